import {
  agentFigures,
  csvText,
  figureRows,
  formatDuration,
  isAgentFact,
  isoTime,
  loadProgram,
  type NamedFigures,
  replay,
  spanIn,
  standingOf,
} from "../runtime/index.ts";
import { exit, UsageError } from "./exit.ts";
import { openKept } from "./journal.ts";
import { printable, say } from "./output.ts";

export interface ReportOptions {
  from?: string;
  to?: string;
  format: "human" | "json" | "csv";
}

/** What agents have done in a journal (row 3.15), by the same figures as at the desk. */
export function report(path: string, { from, to, format }: ReportOptions): number {
  const { start, entries, program, library } = openKept(path);
  const { site, agents: people } = program.directory;
  const zone = start.zones[site.zone];
  const end = entries.at(-1)?.at ?? start.startedAt;
  const said = zone
    ? spanIn(zone, end, { from, to })
    : { error: `the journal does not know the zone \`${site.zone}\`` };
  if ("error" in said) throw new UsageError(`${path}: ${said.error}`);
  const span = from === undefined ? { ...said, from: Math.min(said.to, start.startedAt) } : said;
  const loaded = loadProgram(program);
  const standing = replay(loaded, start, [], library).engine.agents().map(standingOf);
  const facts = replay(loaded, start, entries, library).records.filter(isAgentFact);
  const figures = agentFigures([...standing, ...facts], span).map((its) => {
    const person = Object.hasOwn(people, its.agent) ? people[its.agent] : undefined;
    return { name: person?.name ?? its.agent, kind: person?.kind ?? "agent", ...its };
  });
  if (format === "csv") process.stdout.write(csvText(figureRows(figures)));
  else if (format === "json")
    say(JSON.stringify({ from: isoTime(span.from), to: isoTime(span.to), agents: figures }, null, 2));
  else say(printable(tableText(figures)));
  return exit.ok;
}

const columns: Record<string, (its: NamedFigures) => string> = {
  agent: (its) => its.name,
  offered: (its) => String(its.offered),
  answered: (its) => String(its.answered),
  "no answer": (its) => String(its.noAnswer),
  declined: (its) => String(its.declined),
  talk: (its) => duration(its.talkMs),
  hold: (its) => duration(its.holdMs),
  "wrap-up": (its) => duration(its.wrapUpMs),
  previews: ({ previews }) => `${previews.accepted} of ${previews.offered}`,
  states: ({ states }) =>
    states.map(({ state, reasons, ms }) => `${[state, ...reasons].join(" ")} ${duration(ms)}`).join(", "),
};

const duration = (ms: number): string => formatDuration(Math.round(ms / 1000) * 1000);

function tableText(all: readonly NamedFigures[]): string {
  const rows = [Object.keys(columns), ...all.map((its) => Object.values(columns).map((cellOf) => cellOf(its)))];
  const widths = Object.keys(columns).map((_, nth) => Math.max(...rows.map((row) => row[nth]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, nth) => cell.padEnd(widths[nth] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

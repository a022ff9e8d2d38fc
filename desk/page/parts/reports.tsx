import { useEffect, useState } from "preact/hooks";
import type { AgentFigures } from "../../../runtime/index.ts";
import type { ReportRow } from "../../answers.ts";
import { lasting, whenIn } from "../clock.ts";
import { attempt, fail, save } from "../desk.ts";
import { ask } from "../link.ts";
import { useWords } from "../say.ts";
import { usePage } from "../store.ts";
import type { WordKey } from "../words.ts";
import { useRemarks, useStateText } from "./state.tsx";
import { Cell, Row, RowHead, Table } from "./table.tsx";

/** What everybody has done today, or in another span (row 3.15). Closed until somebody asks. */
export function Reports() {
  const say = useWords();
  const [isOpen, open] = useState(false);
  const [said, setSaid] = useState({ from: "", to: "" });
  const query = new URLSearchParams(Object.entries(said).filter(([, time]) => time !== "")).toString();
  return (
    <section class="card" aria-labelledby="reports-head">
      <h2 id="reports-head">{say("reports")}</h2>
      <details onToggle={({ currentTarget }) => open(currentTarget.open)}>
        <summary>{say(query === "" ? "today" : "span")}</summary>
        {isOpen && (
          <>
            <p class="row">
              {(["from", "to"] as const).map((end) => (
                <label key={end} class="row">
                  {say(end === "from" ? "spanFrom" : "spanTo")}
                  <input
                    type="datetime-local"
                    value={said[end]}
                    onChange={({ currentTarget }) => setSaid({ ...said, [end]: currentTarget.value })}
                  />
                </label>
              ))}
            </p>
            <Figures key={query} query={query} />
          </>
        )}
      </details>
      <p class="row">
        <button
          type="button"
          onClick={() => void attempt(() => save(`/api/reports/agents/export?${query}`, "agents.csv"))}
        >
          {say("exportReport")}
        </button>
      </p>
    </section>
  );
}

/** Asked for again as long as it is looked at. */
const AGAIN_MS = 5000;

const columns: [WordKey, (its: AgentFigures) => string | number][] = [
  ["offered", (its) => its.offered],
  ["answered", (its) => its.answered],
  ["noAnswers", (its) => its.noAnswer],
  ["declined", (its) => its.declined],
  ["talkTime", (its) => lasting(its.talkMs)],
  ["holdTime", (its) => lasting(its.holdMs)],
  ["wrapUpTime", (its) => lasting(its.wrapUpMs)],
];

function Figures({ query }: { query: string }) {
  const say = useWords();
  const language = usePage((page) => page.language);
  const [report, tell] = useState<ReportRow>();
  useEffect(() => {
    const look = (): void => void ask<ReportRow>(`/api/reports/agents?${query}`).then(tell, fail);
    look();
    const timer = setInterval(look, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  if (!report) return null;
  return (
    <>
      <p class="soft">
        {say("reportZone", report.zone)}{" "}
        {report.since > report.from && say("knownSince", whenIn(language, report.since))}
      </p>
      <Table
        by="reports-head"
        kind="figures is-wide"
        heads={[say("name"), ...columns.map(([word]) => say(word)), say("previewsTaken"), say("response")]}
      >
        {report.agents.map((its) => (
          <Done key={its.agent} its={its} />
        ))}
      </Table>
    </>
  );
}

const standingText = (state: string, remarks: string[], ms: number): string =>
  `${state}${remarks.length > 0 ? ` (${remarks.join(", ")})` : ""} ${lasting(ms)}`;

/** Below the figures, the states with their reasons. */
function Done({ its }: { its: ReportRow["agents"][number] }) {
  const say = useWords();
  const stateOf = useStateText();
  const remarksOf = useRemarks();
  const { previews, states } = its;
  const { offered, accepted, declined, timeout } = previews;
  return (
    <>
      <Row>
        <RowHead rows={2}>{its.name}</RowHead>
        {columns.map(([word, cellOf]) => (
          <Cell key={word} of={say(word)}>
            {cellOf(its)}
          </Cell>
        ))}
        <Cell of={say("previewsTaken")}>{offered > 0 && `${offered} / ${accepted} / ${declined} / ${timeout}`}</Cell>
        <Cell of={say("response")}>
          {previews.responseMs !== undefined && `${(previews.responseMs / 1000).toFixed(1)} s`}
        </Cell>
      </Row>
      <Row>
        <Cell isWhole columns={columns.length + 2}>
          <span class="soft">
            {states.map((each) => standingText(stateOf(each), remarksOf(each), each.ms)).join(" · ")}
          </span>
        </Cell>
      </Row>
    </>
  );
}

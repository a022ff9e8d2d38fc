import type * as ast from "../../ast.ts";
import type { Range } from "../../source.ts";
import { braced } from "../items.ts";
import { twice } from "../options.ts";
import type { Reader, Rule } from "../reader.ts";
import { callsLine, staffLine, timingLine } from "./load.ts";
import type { Quality } from "../qualities.ts";
import type { Around } from "../tests/parties.ts";
import * as T from "../tokens.ts";
import type { Values } from "../values.ts";

const { W } = T;

/** What begins a line of traffic, and what one goes on with. */
const words = (
  "during seed replications calls talk wrap_up patience no_answer agents http bot target " +
  "per each to from presses mean sd shape with between within"
).split(" ");

/** `traffic "…" for "…" { lines }` (chapter 11 of the language). No line begins with a word that continues another. */
export function traffic(g: Reader, v: Values, quality: Rule<Quality>, { http, bot, press }: Around): Rule<ast.Traffic> {
  const lines: Rule<ast.TrafficLine>[] = [
    ...runLines(g, v),
    callsLine(g, v, press),
    timingLine(g, v),
    staffLine(g, v, quality),
    http,
    bot,
  ];
  const line = g.oneOf("trafficLine", lines, "a line of traffic");
  const hole = (range: Range): ast.Hole => ({ kind: "hole", range });
  const items = { rule: line, what: "a line of traffic", words, hole };
  return g.rule("traffic", (): ast.Traffic => {
    const start = g.start();
    g.take(W.traffic);
    const name = g.part(v.plainText, 0);
    g.take(W.for);
    const strategy = g.part(v.plainText, 1);
    const found = braced(g, items);
    onceEach(g, found);
    return { kind: "traffic", range: g.range(start), name, strategy, lines: found };
  });
}

/** There may be several rates of calls, rows of agents, and others beside them. */
const several = new Set<ast.TrafficLine["kind"]>(["hole", "calls", "staff", "httpAct", "botAct"]);

function onceEach(g: Reader, lines: ast.TrafficLine[]): void {
  const seen = new Set<string>();
  for (const line of lines) {
    if (several.has(line.kind)) continue;
    const word = g.work.text.slice(line.range.start).match(/^\w+/)?.[0] ?? "";
    if (seen.has(word)) g.note(twice(word, line.range));
    seen.add(word);
  }
}

/** Of the run as a whole: hours, seed, how often, what is aimed at. */
function runLines(g: Reader, v: Values): Rule<ast.TrafficLine>[] {
  const during = g.rule("during", (): ast.DuringLine => {
    const start = g.start();
    g.take(W.during);
    const hours = g.part(v.hours);
    return { kind: "during", range: g.range(start), hours };
  });
  const counted = <K extends "seed" | "replications">(kind: K) =>
    g.rule(kind, () => {
      const start = g.start();
      g.take(W[kind]);
      const value = g.part(v.number);
      return { kind, range: g.range(start), value };
    });
  const noAnswer = g.rule("no answer", (): ast.NoAnswerLine => {
    const start = g.start();
    g.take(W.no_answer);
    const share = g.part(v.percent);
    return { kind: "noAnswer", range: g.range(start), share };
  });
  const goal = g.rule("target of service", (): ast.GoalLine => {
    const start = g.start();
    g.take(W.target);
    const share = g.part(v.percent);
    g.take(W.within);
    const within = g.part(v.duration);
    return { kind: "goal", range: g.range(start), share, within };
  });
  return [during, counted("seed"), counted("replications"), noAnswer, goal];
}

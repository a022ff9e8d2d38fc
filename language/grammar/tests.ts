import type * as ast from "../ast.ts";
import type { Expressions } from "./expressions.ts";
import { agentLine } from "./test-agents.ts";
import { expectLine } from "./test-expects.ts";
import { after, nounName } from "./test-parts.ts";
import type { Values } from "./values.ts";
import { braced, refuse, refuseItem } from "./items.ts";
import type { Reader, Rule } from "./reader.ts";
import type { Range } from "../source.ts";
import * as T from "./tokens.ts";

const { W } = T;

/** What begins a line of a test, and what one goes on with. */
const words = (
  "clock prompt agent number trunk call expect flag split site http bot ewt " +
  "at within after before twice data hangs ends until talks"
).split(" ");

/** `test "…" for "…" { lines }` (chapter 10 of the language). No line begins with a word that continues another. */
export function tests(g: Reader, values: Values, e: Expressions): Rule<ast.Test> {
  const lines: Rule<ast.TestLine>[] = [
    clockLine(g, values),
    promptLine(g, values),
    agentLine(g, values),
    numberLine(g, values),
    trunkLine(g, values),
    callLine(g, values, e),
    expectLine(g, values, e),
    later(g),
  ];
  const line = g.oneOf("testLine", lines, "a line of a test");
  const items = { rule: line, what: "a line of a test", words, hole };

  return g.rule("test", (): ast.Test => {
    const start = g.start();
    g.take(W.test);
    const name = g.part(values.plainText, 0);
    g.take(W.for);
    const strategy = g.part(values.plainText, 1);
    const found = braced(g, items);
    return { kind: "test", range: g.range(start), name, strategy, lines: found };
  });
}

function clockLine(g: Reader, values: Values): Rule<ast.ClockLine> {
  return g.rule("clock", (): ast.ClockLine => {
    const start = g.start();
    g.take(W.clock);
    const date = g.part(values.day);
    const time = g.part(values.time);
    return { kind: "clock", range: g.range(start), date, time };
  });
}

function promptLine(g: Reader, values: Values): Rule<ast.PromptLine> {
  return g.rule("promptMissing", (): ast.PromptLine => {
    const start = g.start();
    g.take(W.prompt);
    const prompt = g.part(values.plainText);
    g.take(W.is);
    g.take(W.missing);
    return { kind: "promptMissing", range: g.range(start), prompt };
  });
}

/** `number "+1509…" answers after 10s` · `is busy` · `does not answer` */
function numberLine(g: Reader, values: Values): Rule<ast.NumberLine> {
  type Act = Pick<ast.NumberLine, "act" | "after">;
  const answers = g.rule("numberAnswers", (): Act => {
    g.take(W.answers);
    return { act: "answers", ...after(g, values) };
  });
  const busy = g.rule("numberBusy", (): Act => {
    g.take(W.is);
    g.take(W.busy);
    return { act: "busy" };
  });
  const silent = g.rule("numberSilent", (): Act => {
    g.take(W.does);
    g.take(W.not);
    g.take(W.answer);
    return { act: "silent" };
  });
  const act = g.oneOf("numberActs", [answers, busy, silent], "`answers`, `is busy` or `does not answer`");

  return g.rule("numberAct", (): ast.NumberLine => {
    const start = g.start();
    g.take(W.number);
    const number = g.part(values.plainText);
    const acts = g.part(act);
    if (g.isNext(W.presses)) refuse(g);
    return { kind: "numberAct", range: g.range(start), number, presses: [], ...acts };
  });
}

/** `trunk a replies 503` · `is silent` · `answers after 3s` */
function trunkLine(g: Reader, values: Values): Rule<ast.TrunkLine> {
  type Act = Pick<ast.TrunkLine, "act" | "code" | "after">;
  const replies = g.rule("trunkReplies", (): Act => {
    g.take(W.replies);
    const code = g.part(values.number);
    return { act: "replies", code };
  });
  const silent = g.rule("trunkSilent", (): Act => {
    g.take(W.is);
    g.take(W.silent);
    return { act: "silent" };
  });
  const answers = g.rule("trunkAnswers", (): Act => {
    g.take(W.answers);
    return { act: "answers", ...after(g, values) };
  });
  const act = g.oneOf("trunkActs", [replies, silent, answers], "`replies`, `is silent` or `answers`");
  const name = nounName(g, "trunkName");

  return g.rule("trunkAct", (): ast.TrunkLine => {
    const start = g.start();
    g.take(W.trunk);
    const trunk = g.part(name);
    const acts = g.part(act);
    return { kind: "trunkAct", range: g.range(start), trunk, ...acts };
  });
}

/** `call A from "+3461" to "5100" at 0s data { … } hangs up at 90s` */
function callLine(g: Reader, values: Values, e: Expressions): Rule<ast.CallLine> {
  return g.rule("callLine", (): ast.CallLine => {
    const start = g.start();
    g.take(W.call);
    const name = g.part(values.name);
    g.take(W.from);
    const from = g.part(values.plainText, 0);
    g.take(W.to);
    const to = g.part(values.plainText, 1);
    g.take(W.at, 0);
    const at = g.part(values.duration, 0);
    const data = g.maybe(() => {
      g.take(W.data);
      return g.part(e.record);
    });
    if (g.isNext(W.presses)) refuse(g);
    const hangsUpAt = g.maybe(() => {
      g.take(W.hangs);
      g.take(W.up);
      g.take(W.at, 1);
      return g.part(values.duration, 1);
    }, 1);
    const range = g.range(start);
    return {
      kind: "callIn",
      range,
      name,
      from,
      to,
      at,
      presses: [],
      ...(data && { data }),
      ...(hangsUpAt && { hangsUpAt }),
    };
  });
}

function hole(range: Range): ast.Hole {
  return { kind: "hole", range };
}

/** Lines of a test that this version has not. */
function later(g: Reader): Rule<ast.Hole> {
  return g.rule("laterTestLine", (): ast.Hole => {
    if (!g.RECORDING_PHASE) refuseItem(g);
    const start = g.start();
    g.word(["flag", "site", "bot", "ewt", "split", "http"], "a line of a test");
    return { kind: "hole", range: g.range(start) };
  });
}

import type { Handler, Name, Statement, Strategy } from "../../ast.ts";
import { statementsIn } from "../../blocks.ts";
import type { Names } from "../../names.ts";
import type { Range } from "../../source.ts";
import { outcomesOf } from "../../builtins.ts";
import { type Advice, type Checking, quote, report } from "../checking.ts";
import { isTried, type Tried } from "../handlers.ts";
import { firstWord } from "../words.ts";
import type { Analysis, Here, Turn } from "./analysis.ts";
import { ending, routing } from "./kinds.ts";
import { waysThrough } from "./ways.ts";

/*
 * The end of a strategy. That a call goes to the default route because nobody took it is what the default route is for, and it is
 * told by nobody. It is told where a call comes there by oversight: nothing was tried on its way, or the caller was spoken to
 * last, as before a `hangup`; or one outcome of an attempt was forgotten where another one is led on.
 */

/** One way to where the walk is; of several that differ in nothing here, the first. */
interface Way {
  /** Nobody was asked since the start, or since something was said. */
  untried: boolean;
  said?: { statement: Statement } & Pick<Here<never>, "through">;
  /** The outcomes without a handler that led straight here. */
  open?: { of: Tried; outcomes: readonly string[] };
  turns?: Turns;
}

/** Decisions on a way, the last one first. */
interface Turns {
  turn: Turn;
  before?: Turns;
}

const atMost = 8;

function distinct(ways: readonly Way[]): Way[] {
  const found = new Map<string, Way>();
  for (const way of ways) if (!found.has(keyOf(way)) && found.size < atMost) found.set(keyOf(way), way);
  return [...found.values()];
}

const keyOf = ({ untried, said, open }: Way): string =>
  `${untried} ${said?.statement.range.start} ${said?.through?.range.start} ${open?.of.range.start}`;

function speaks(statement: Statement): boolean {
  switch (statement.kind) {
    case "play":
    case "say":
    case "collect":
      return true;
    case "music":
      return statement.for !== undefined;
    case "let":
    case "set":
      return statement.value.kind === "collectValue";
    default:
      return false;
  }
}

/** Whatever came before is what a sub's own ways follow. */
const unknownWays: readonly Way[] = [{ untried: true }];

/** The ways through a sub, for one call of it. */
function belowSub(found: readonly Way[], above: readonly Way[], through: Name): readonly Way[] {
  const turns = above[0]?.turns;
  const ways = found.flatMap((way) =>
    unknownWays.includes(way) ? above : [{ ...way, turns, ...(way.said && { said: { ...way.said, through } }) }],
  );
  return distinct(ways);
}

const endings: Analysis<readonly Way[], never> = {
  after(statement, ways, { through }) {
    if (routing.has(statement.kind)) return distinct(ways.map(({ turns }) => ({ untried: false, turns })));
    if (!speaks(statement)) return ways;
    const said = { statement, ...(through && { through }) };
    return distinct(ways.map(({ turns }) => ({ untried: true, said, turns })));
  },
  inSub: { above: unknownWays, below: belowSub },
  join: (one, other) => distinct([...one, ...other]),
  key: (ways) => ways.map(keyOf).join(),
  enter(turn, ways, { through }) {
    // Where a way goes inside a sub says less than what led into it.
    if (through) return ways;
    const open =
      turn.into === "none" && turn.outcomes && canRoute(turn.of) ? { of: turn.of, outcomes: turn.outcomes } : undefined;
    return ways.map((way) => ({ ...way, ...(open && { open }), turns: { turn, before: way.turns } }));
  },
};

/** Below a recording without words nothing is forgotten. */
const canRoute = (statement: Statement): statement is Tried =>
  routing.has(statement.kind) && isTried(statement) && statement.kind !== "voicemail";

/** Tells of ways by which a call comes to the default route by oversight. */
export function checkEndings(checking: Checking, { name, body }: Strategy, names: Names): void {
  const start: readonly Way[] = [{ untried: true }];
  const { exits } = waysThrough(body, start, endings, { ...checking, names });
  for (const way of exits.below ?? []) {
    if (way.untried) tellUntried(checking, way, name.range);
    else if (way.open) tellForgotten(checking, way.open);
  }
}

function tellUntried(checking: Checking, { said, turns }: Way, strategy: Range): void {
  const where = conditionOf(checking, turns);
  const range = said?.through?.range ?? (said ? firstWord(said.statement) : (where?.range ?? strategy));
  const words = said && quote(checking, said.through?.range ?? said.statement.range);
  const what = words ? `the strategy ends after ${words}` : "the strategy ends with nothing tried";
  const message = `${where ? `${where.words} ` : ""}${what}, and the call goes to its default route`;
  const hint = "write `hangup`, or what is tried next";
  report(checking, "warning", "S424", range, message, {
    hint,
    ...(said && !said.through && said.statement.kind !== "collect" && hangUpBelow(checking, said.statement)),
  });
}

/** The fix that ends the way there: on a line of its own, where the statement has one. */
function hangUpBelow({ source: { path, text } }: Checking, { range: { start, end } }: Statement): Advice {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const indent = text.slice(lineStart, start);
  const hasLine = /^[ \t]*$/.test(indent) && /^[ \t]*(\n|$)/.test(text.slice(end, end + 200));
  const edits = [{ path, range: { start: end, end }, text: hasLine ? `\n${indent}hangup` : "  hangup" }];
  return { fix: { title: "hang up below it", edits } };
}

/** The last decision that says something about the call. */
function conditionOf(checking: Checking, last: Turns | undefined): { words: string; range: Range } | undefined {
  for (let at = last; at; at = at.before) {
    const found = conditionIn(checking, at.turn);
    if (found) return found;
  }
  return undefined;
}

function conditionIn(checking: Checking, turn: Turn): { words: string; range: Range } | undefined {
  const { of } = turn;
  const block = turn.into === "block" ? turn.block : undefined;
  switch (of.kind) {
    case "if": {
      const holds = block === of.then ? "holds" : "does not hold";
      return { words: `where ${quote(checking, of.condition.range)} ${holds}`, range: of.condition.range };
    }
    case "match": {
      const arm = of.arms.find(({ body }) => body === block);
      const [pattern] = arm?.patterns ?? [];
      if (pattern) return { words: `by ${quote(checking, pattern.range)}`, range: pattern.range };
      return { words: `where ${quote(checking, of.subject.range)} is none of these`, range: of.subject.range };
    }
    case "split": {
      const branch = of.branches.find(({ body }) => body === block);
      return branch && { words: `by \`${branch.label.text}\``, range: branch.label.range };
    }
    default: {
      const [outcome] = turn.into === "block" ? (turn.handler?.outcomes ?? []) : [];
      return outcome && { words: `on ${quote(checking, outcome.name.range)}`, range: outcome.range };
    }
  }
}

/** An outcome that runs off the end, where a handler of the same attempt leads another one on. */
function tellForgotten(checking: Checking, { of, outcomes }: NonNullable<Way["open"]>): void {
  const handler = of.handlers.find(leadsOn);
  const [led] = handler?.outcomes ?? [];
  // A mistyped outcome may be the forgotten one, and is told already.
  const known = outcomesOf(of.kind).handled;
  const isMistyped = of.handlers.some((one) => one.outcomes.some(({ name }) => !Object.hasOwn(known, name.text)));
  if (!led || isMistyped) return;
  const names = outcomes.map((name) => `\`${name}\``).join(", ");
  const message = `${names} ${outcomes.length > 1 ? "have" : "has"} no handler, so that the strategy ends there and the call goes to its default route`;
  const related = [{ path: checking.source.path, range: led.range, message: "this outcome is led on" }];
  const hint = `write \`on ${outcomes.join(", ")} { … }\`, or below what is tried next`;
  report(checking, "warning", "S428", firstWord(of), message, { hint, related });
}

const leadsOn = ({ body }: Handler): boolean =>
  statementsIn([body]).some(({ kind }) => kind !== "hole" && (routing.has(kind) || ending.has(kind)));

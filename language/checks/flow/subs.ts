import type { Block, Name, Statement, Sub } from "../../ast.ts";
import { statementsIn } from "../../blocks.ts";
import type { Directory } from "../../directory/directory.ts";
import type { Declared } from "../../names.ts";
import type { Source } from "../../source.ts";
import { type Checking, report } from "../checking.ts";
import { longest } from "./lengths.ts";
import { runIn } from "../../runs.ts";

/** A call goes at most so many subs deep. */
export const deepest = 32;

/**
 * What a sub runs, itself and by the subs it runs: the first statement of each kind, and how many subs deep it goes. What it runs
 * beside a wait of its own or after a callback stands in another place.
 */
export interface Inside {
  statements: Map<Statement["kind"], { statement: Statement; source: Source }>;
  depth: number;
  /** The longest way through, in milliseconds, as far as it is written out. */
  length: number;
}

/** A sub that is being looked into. */
interface Open {
  sub: Declared<Sub>;
  statements: Statement[];
  calls: { at: Name; sub: Declared<Sub>; elsewhere: boolean }[];
  next: number;
}

function open(sub: Declared<Sub>): Open {
  const all = statementsIn([sub.item.body]);
  const elsewhere = new Set(all.flatMap((statement) => statementsIn(blocksElsewhere(statement))));
  const calls = all.flatMap((statement) => {
    const run = runIn(statement);
    const called = run && sub.names.subs.get(run.sub.text);
    return run && called ? [{ at: run.sub, sub: called, elsewhere: elsewhere.has(statement) }] : [];
  });
  return { sub, statements: all.filter((statement) => !elsewhere.has(statement)), calls, next: 0 };
}

function blocksElsewhere(statement: Statement): Block[] {
  const block =
    statement.kind === "queue"
      ? statement.whileWaiting
      : statement.kind === "callback"
        ? statement.afterCallback
        : undefined;
  return block ? [block] : [];
}

/** Looks into all subs, those that others run first. Tells of subs that run themselves, and of those that go too deep. */
export function lookIntoSubs(
  subs: readonly Declared<Sub>[],
  checkingOf: (source: Source) => Checking,
): Map<Sub, Inside> {
  const inside = new Map<Sub, Inside>();
  for (const first of subs) {
    const way = inside.has(first.item) ? [] : [open(first)];
    const running = new Set(way.map(({ sub }) => sub.item));
    for (let at = way.at(-1); at; at = way.at(-1)) {
      const call = at.calls[at.next++];
      if (!call) {
        way.pop();
        running.delete(at.sub.item);
        inside.set(at.sub.item, insideOf(at, inside, checkingOf(at.sub.source).directory));
        tellDepth(checkingOf(at.sub.source), at.sub.item, inside);
      } else if (running.has(call.sub.item)) {
        const circle = way.slice(way.findIndex(({ sub }) => sub.item === call.sub.item));
        tellCircle(
          checkingOf(at.sub.source),
          call.at,
          circle.map(({ sub }) => sub.item.name.text),
        );
      } else if (!inside.has(call.sub.item)) {
        way.push(open(call.sub));
        running.add(call.sub.item);
      }
    }
  }
  return inside;
}

function insideOf({ sub, statements, calls }: Open, known: ReadonlyMap<Sub, Inside>, directory: Directory): Inside {
  const length = longest(sub.item.body, { directory, names: sub.names, subs: known });
  const found: Inside = { statements: new Map(), depth: 1, length };
  const add = (statement: Statement, source: Source) => {
    if (!found.statements.has(statement.kind)) found.statements.set(statement.kind, { statement, source });
  };
  for (const statement of statements) add(statement, sub.source);
  for (const call of calls) {
    const called = known.get(call.sub.item);
    if (!call.elsewhere) called?.statements.forEach(({ statement, source }) => add(statement, source));
    found.depth = Math.max(found.depth, 1 + (called?.depth ?? 0));
  }
  return found;
}

/** Of a long circle the first are enough to find it. */
const namedOfCircle = 5;

function tellCircle(checking: Checking, at: Name, circle: readonly string[]): void {
  const [first, ...others] = circle.map((name) => `\`${name}\``);
  const between =
    others.length > namedOfCircle
      ? [...others.slice(0, namedOfCircle), `${others.length - namedOfCircle} more`]
      : others;
  const way = [first, ...between, first].join(" runs ");
  const message = `a sub cannot run itself: ${way}`;
  report(checking, "error", "S445", at.range, message, { hint: "what is done again is a `loop`" });
}

/** Told of the sub with which it becomes too deep, not of those that run it. */
function tellDepth(checking: Checking, sub: Sub, inside: ReadonlyMap<Sub, Inside>): void {
  if (inside.get(sub)?.depth !== deepest + 1) return;
  const message = `sub \`${sub.name.text}\` runs subs that run subs, more than ${deepest} deep`;
  report(checking, "error", "S445", sub.name.range, message, { hint: "put some of them together" });
}

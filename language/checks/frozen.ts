import type { AnyNode, Block, Expr, QueueRules } from "../ast.ts";
import { blocksOf } from "../blocks.ts";
import { reached } from "../runs.ts";
import { walk } from "../walk.ts";
import { type Checking, report } from "./checking.ts";
import { isOutside } from "./targets.ts";

/*
 * The order rules and people of a queue are taken once, when the call enters it. What `while waiting` sets later changes none of them,
 * and an author who lets callers say that it is urgent believes it does.
 */

/** Told of each rule that reads a part of the call which the waiting sets and stays. */
export function checkFrozen(rules: QueueRules, checkingOf: (line: object) => Checking): void {
  const { whileWaiting } = rules;
  if (!whileWaiting) return;
  const written = setsIn(whileWaiting, checkingOf(whileWaiting));
  if (written.length === 0) return;
  for (const { line, what, exprs } of frozenLines(rules)) {
    const read = exprs.flatMap(readsIn).find(({ path }) => written.some((other) => overlap(path, other)));
    if (!read) continue;
    const name = `call.${read.path.join(".")}`;
    const message = `${what} is taken once, on entering the queue: that \`while waiting\` sets \`${name}\` changes nothing`;
    const hint = "write `leave` behind the `set`, and queue the call again below, with `keep place of call.arrived`";
    report(checkingOf(line), "warning", "S447", read.node.range, message, { hint });
  }
}

type Path = readonly string[];

/** Where the call leaves the block behind it, the next one takes what was set. */
function setsIn(waiting: Block, { source, names }: Checking): Path[] {
  const statements = reached([waiting], source, names).map(({ statement }) => statement);
  const blocks = [waiting, ...statements.flatMap(blocksOf)];
  const leaving = blocks.filter((block) => block.statements.some(({ kind }) => kind === "leave" || kind === "hangup"));
  const gone = new Set(leaving.flatMap((block) => block.statements));
  return statements.flatMap((statement) =>
    statement.kind === "set" && !gone.has(statement) ? [statement.path.map(({ text }) => text)] : [],
  );
}

/** `skill(topic)` of a step stands beside what is asked again as time goes by, its `when`. */
function frozenLines({ priority, tier, exclude, steps }: QueueRules): { line: object; what: string; exprs: Expr[] }[] {
  const present = (...exprs: (Expr | undefined)[]): Expr[] => exprs.filter((expr) => expr !== undefined);
  const { base, rising } = priority ?? {};
  return [
    { line: priority ?? {}, what: "`priority`", exprs: present(base, rising?.by, rising?.every, rising?.upTo) },
    { line: tier ?? {}, what: "`tier`", exprs: present(tier?.when) },
    { line: exclude ?? {}, what: "`exclude`", exprs: present(exclude) },
    ...steps.map((step) => ({
      line: step,
      what: "who is meant",
      exprs: step.targets
        .filter((target) => !isOutside(target))
        .map((target) => (target.kind === "skilled" ? target.condition : target.thing)),
    })),
  ];
}

/** The parts of the call that are read, each as long as it is written. */
function readsIn(expr: Expr): { path: Path; node: AnyNode }[] {
  const found: { path: Path; node: AnyNode }[] = [];
  walk(expr, (node) => {
    const path = pathOf(node);
    if (path && path.length > 0) found.push({ path, node });
    return path === undefined;
  });
  return found;
}

function pathOf(node: AnyNode): Path | undefined {
  if (node.kind === "variable") return node.name === "call" ? [] : undefined;
  const before = node.kind === "member" ? pathOf(node.object) : undefined;
  return before && node.kind === "member" ? [...before, node.name.text] : undefined;
}

function overlap(one: Path, other: Path): boolean {
  return one.every((name, index) => index >= other.length || other[index] === name);
}

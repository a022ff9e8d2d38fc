import type { Run, RunValue, Sub } from "../ast.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Declared } from "../names.ts";
import { either, optional, type Type, unknown } from "../types.ts";
import { instead, markUsed, report, reportUnknown, within } from "./checking.ts";
import { infer } from "./expressions.ts";
import { deepest } from "./flow/subs.ts";
import { type Frame, type Passage, placeIn, type Returned, type Walker } from "./frame.ts";
import { bind, checkUnused } from "./names.ts";
import { copy, forget, join, learn, nothingKnown, outside, type Scope, type State } from "./state.ts";

/** One sub is walked for so many kinds of arguments; whatever more there are counts as unknown. */
const mostPassages = 24;

/**
 * Subs are walked where they are run, with the types of the arguments as given there. The same sub with the same types is walked
 * once, and what is found in it is told once, however many ways lead there. Notes which subs were.
 */
export function subs(block: Walker["block"], walked: Set<Sub>): Walker["run"] {
  const passages = new Map<Sub, Map<string, Passage>>();
  return (run, state, frame) => {
    const sub = subOf(run, frame);
    const types = run.args.map((argument) => infer(argument, placeIn(frame, state)));
    const running = frame.running ?? [];
    if (!sub || running.includes(sub.item) || running.length >= deepest) return lost(state);
    checkArguments(run, sub, frame);
    const parameters = sub.item.parameters.map((_, index) => types[index] ?? unknown);
    const known = passages.get(sub.item) ?? new Map<string, Passage>();
    passages.set(sub.item, known);
    walked.add(sub.item);
    const given = known.size < mostPassages ? parameters : parameters.map(() => unknown);
    const key = JSON.stringify([
      given,
      frame.leaving !== undefined,
      frame.queued,
      frame.ended,
      [...frame.checking.secrets],
    ]);
    const passage = known.get(key) ?? walkSub(sub, given, frame, block);
    known.set(key, passage);
    frame.ran.add(passage);
    return pass(passage, state, frame);
  };
}

/** Walks the body of a sub. */
export function walkSub(sub: Declared<Sub>, types: readonly Type[], frame: Frame, block: Walker["block"]): Passage {
  const found: Diagnostic[] = [];
  const checking = { ...within(frame.checking, sub), diagnostics: found };
  const scope: Scope = outside();
  sub.item.parameters.forEach((name, index) => bind({ checking, scope }, name, types[index] ?? unknown));
  const leaving: State[] = [];
  const returning: Returned[] = [];
  const writes = new Set<string>();
  const ran = new Set<Passage>();
  const end = block(sub.item.body, nothingKnown(), {
    ...frame,
    checking,
    scope,
    outcome: undefined,
    ...(frame.leaving && { leaving }),
    stopping: undefined,
    returning,
    writes,
    ran,
    running: [...(frame.running ?? []), sub.item],
  });
  checkUnused(checking, scope);
  if (!end.ended) returning.push({ type: undefined, state: end });
  const below = join(returning.map(({ state }) => state));
  return {
    type: returned(returning),
    below,
    ...(leaving.length > 0 && { leaving: join(leaving) }),
    writes,
    found,
    ran,
  };
}

/** What was found in these subs and in those that they run. */
export function foundIn(passages: ReadonlySet<Passage>): Diagnostic[] {
  const all = new Set(passages);
  for (const { ran } of all) for (const one of ran) all.add(one);
  return [...all].flatMap(({ found }) => found);
}

/** Of several returns any may come; a way without a value gives `missing`. A sub that never comes back gives whatever one likes. */
function returned(all: readonly Returned[]): Type | undefined {
  const types = all.flatMap(({ type }) => (type ? [type] : []));
  const [first, ...others] = types;
  if (!first) return all.length > 0 ? undefined : unknown;
  const type = others.reduce(either, first);
  return types.length < all.length ? optional(type) : type;
}

/** What holds behind a `run`: what the sub wrote is as it left it, all else as it was. */
function pass(passage: Passage, state: State, frame: Frame): { type: Type | undefined; state: State } {
  for (const path of passage.writes) frame.writes.add(path);
  if (passage.leaving) frame.leaving?.push(after(state, passage, passage.leaving));
  return { type: passage.type, state: after(state, passage, passage.below) };
}

function after(above: State, { writes }: Passage, below: State): State {
  const state = copy(above);
  for (const path of writes) forget(state, path);
  for (const [path, type] of below.known) if (path.startsWith("call.")) learn(state, path, type);
  return state;
}

/** A sub that is not there, or runs itself, may do anything. */
function lost(above: State): { type: Type; state: State } {
  const state = copy(above);
  forget(state, "call.data");
  return { type: unknown, state };
}

function subOf({ sub: { text, range } }: Run | RunValue, { checking }: Frame): Declared<Sub> | undefined {
  const sub = checking.names.subs.get(text);
  if (sub) {
    markUsed(checking, sub.item);
    return sub;
  }
  const { hint, write } = instead(text, checking.names.subs.keys());
  reportUnknown(checking, "S213", range, `there is no sub \`${text}\``, {
    hint: hint ?? `write \`sub ${text}(…) { … }\` at the top, or \`use\` the file that has it`,
    ...(write !== undefined && { write }),
  });
  return undefined;
}

function checkArguments(run: Run | RunValue, { source, item }: Declared<Sub>, { checking }: Frame): void {
  const [wanted, given] = [item.parameters.length, run.args.length];
  if (wanted === given) return;
  const form = `\`${item.name.text}(${item.parameters.map((one) => one.text).join(", ")})\``;
  const related = [{ path: source.path, range: item.name.range, message: "the sub" }];
  report(checking, "error", "S216", run.range, `${form} takes ${wanted}, not ${given}`, { related });
}

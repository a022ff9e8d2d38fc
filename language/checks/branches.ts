import type { Arm, Block, Every, Expr, If, Loop, Match, Split, Try } from "../ast.ts";
import { present, type Type } from "../types.ts";
import { infer, inferAs, quietly } from "./expressions.ts";
import { type Frame, placeIn, silently } from "./frame.ts";
import { checkHandlers } from "./handlers.ts";
import { checkBeside } from "./holds.ts";
import { bound, checkUnused } from "./names.ts";
import { assume, pathOf } from "./narrow.ts";
import { bindingsOf, checkArms, coversAll } from "./patterns.ts";
import { inferCount, inferShare, inferTime } from "./ranges.ts";
import { walkCaught } from "./outcomes.ts";
import { copy, join, learn, type State } from "./state.ts";

export function walkIf(statement: If, state: State, frame: Frame): State {
  const ways: State[] = [];
  let rest = state;
  for (let at: If = statement; ; ) {
    const place = placeIn(frame, rest);
    const { condition } = at;
    inferAs(condition, place, ["yes or no"], "`if`");
    const typeOf = (expr: Expr) => quietly(expr, place);
    ways.push(frame.walker.block(at.then, assume(rest, condition, true, typeOf), frame));
    rest = assume(rest, condition, false, typeOf);
    if (!at.else) return join([...ways, rest]);
    if (at.else.kind === "block") return join([...ways, frame.walker.block(at.else, rest, frame)]);
    at = at.else;
  }
}

export function walkMatch(statement: Match, state: State, frame: Frame): State {
  const at = placeIn(frame, state);
  const subject = infer(statement.subject, at);
  checkArms(frame.checking, statement.arms, subject, (value) => infer(value, at));
  for (const pattern of statement.arms.flatMap((arm) => arm.patterns)) {
    if (pattern.kind === "literal") checkBeside(frame.checking, statement.subject, pattern.value);
  }
  const ways = statement.arms.map((arm) => walkArm(arm, statement.subject, subject, state, frame));
  const covered = coversAll(statement.arms, subject);
  const { covered: known } = frame.checking;
  known.set(statement, covered && known.get(statement) !== false);
  if (statement.else) ways.push(frame.walker.block(statement.else, copy(state), frame));
  else if (!covered) ways.push(state);
  return join(ways);
}

/** In an arm the subject has matched something, so that it is not missing. */
function walkArm(arm: Arm<Block>, subject: Expr, type: Type, above: State, frame: Frame): State {
  const state = copy(above);
  const path = pathOf(subject);
  const sayMissing = arm.patterns.some((pattern) => pattern.kind === "literal" && pattern.value.kind === "missing");
  if (path !== undefined && !sayMissing) learn(state, path, present(type));
  const scope = bound(frame, bindingsOf(arm.patterns, type));
  const below = frame.walker.block(arm.body, state, { ...frame, scope });
  checkUnused(frame.checking, scope);
  return below;
}

export function walkSplit({ by, branches }: Split, state: State, frame: Frame): State {
  const at = placeIn(frame, state);
  if (by) infer(by, at);
  const ways = branches.map(({ share, body }) => {
    inferShare(share, at, "a branch");
    return frame.walker.block(body, copy(state), frame);
  });
  return ways.length > 0 ? join(ways) : state;
}

/** Loops in loops are looked through twice each, so that what one round leaves is known in the next; deeper ones once. */
const deepestLoop = 3;

/** A round starts from what is known above or from what the round before has left. */
export function walkLoop(statement: Loop | Every, state: State, frame: Frame): State {
  const at = placeIn(frame, state);
  if (statement.kind === "loop") inferCount(statement.times, at, "`loop`", { from: 1, to: 10_000 });
  else inferTime(statement.every, at, "`every`");
  const stopping: State[] = [];
  const looped = { ...frame, stopping };
  const round = walkRounds(statement.body, state, looped);
  const never = statement.kind === "every" ? [state] : [];
  return join([round, ...stopping, ...never]);
}

/** Walks a body that is run again and again. */
export function walkRounds(body: Block, state: State, frame: Frame): State {
  const loops = (frame.loops ?? 0) + 1;
  const inside = { ...frame, loops };
  if (loops > deepestLoop) return frame.walker.block(body, copy(state), inside);
  const first = frame.walker.block(body, copy(state), silently(inside));
  return frame.walker.block(body, join([state, first]), inside);
}

/** An error can come at the first statement or at the last. */
export function walkTry(statement: Try, state: State, frame: Frame): State {
  checkHandlers(frame.checking, statement, {});
  const below = frame.walker.block(statement.body, copy(state), frame);
  const caught = walkCaught(statement, join([state, below]), () => frame);
  return join([below, ...caught]);
}

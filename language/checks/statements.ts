import type { Arm, Block, Expr, If, Let, Match, Name, Queue, SetData, Statement, ValueForm } from "../ast.ts";
import { everywhere, rejectCodes, reserved, settable } from "../builtins.ts";
import { present, type Type, unknown } from "../types.ts";
import { checkRing, checkVoicemail } from "./attempts.ts";
import { type Checking, report } from "./checking.ts";
import { infer, inferAs, type Place, quietly } from "./expressions.ts";
import { impossibleIn, type Tried, unhandled, type Waited } from "./handlers.ts";
import { checkPrompt } from "./media.ts";
import { assume, pathOf } from "./narrow.ts";
import { demand } from "./operators.ts";
import { bindingsOf, checkArms, scopeOf } from "./patterns.ts";
import { checkQueue } from "./queue.ts";
import { copy, join, lookUp, overwrite, type Scope, type State } from "./state.ts";

/*
 * One walk along all ways a call can take. It carries what is known on the way (state.ts); each statement changes that, ways
 * part in branches and handlers and meet below them.
 */

/** Where a block stands. */
export interface Frame {
  checking: Checking;
  scope: Scope;
  outcome?: readonly string[];
  queued: boolean;
  /** Inside `while waiting`: what is known wherever a `leave` runs. */
  leaving?: State[];
}

/** Walks a block in a scope of its own. Changes `state` and returns what holds below the block. */
export function walkBlock(block: Block, state: State, outer: Frame): State {
  const frame = { ...outer, scope: { names: new Map(), outer: outer.scope } };
  let now = state;
  let ended = false;
  for (const statement of block.statements) {
    now = walkStatement(statement, { ...now, ended: false }, frame);
    ended ||= frame.checking.ends.has(statement);
  }
  return { ...now, ended };
}

function walkStatement(statement: Statement, state: State, frame: Frame): State {
  const at: Place = { ...frame, state };
  switch (statement.kind) {
    case "hole":
      return unread(state, frame);
    case "let":
      declare(statement, at);
      return state;
    case "set":
      setData(statement, at);
      return state;
    case "if":
      return walkIf(statement, at, frame);
    case "match":
      return walkMatch(statement, at, frame);
    case "play":
      for (const prompt of [statement.prompt, statement.otherwise]) if (prompt) sound(prompt, at);
      return state;
    case "music":
      sound(statement.name, at);
      if (statement.for) inferAs(statement.for, at, ["duration"], "`for`");
      return state;
    case "wait":
      inferAs(statement.for, at, ["duration"], "`wait`");
      return state;
    case "queue":
      return walkQueue(statement, at, frame);
    case "ring":
      checkRing(statement, at);
      return walkHandlers(statement, {}, state, frame);
    case "voicemail":
      checkVoicemail(statement, at);
      return walkHandlers(statement, {}, state, frame);
    case "reject":
      checkCode(statement.code, at);
      return state;
    case "leave":
      frame.leaving?.push(copy(state));
      return state;
    case "note":
      inferAs(statement.text, at, ["text"], "`note`");
      return state;
    case "once":
      return join([state, walkBlock(statement.body, copy(state), frame)]);
    case "answer":
    case "hangup":
    case "ringback":
    case "silence":
      return state;
    default:
      return unread(state, frame);
  }
}

/** What could not be read may have declared anything. */
function unread(state: State, frame: Frame): State {
  frame.scope.torn = true;
  frame.leaving?.push(copy(state));
  return state;
}

function sound(name: Expr, at: Place): void {
  inferAs(name, at, ["text"], "a prompt");
  checkPrompt(at.checking, name);
}

function declare({ name, value }: Let, at: Place): void {
  const type = given(value, at);
  bind(at, name, type.is === "missing" ? { ...unknown, optional: true } : type);
}

/** The type of a value, or of what an attempt gives. */
function given(value: Expr | ValueForm, at: Place): Type {
  return isForm(value) ? unknown : infer(value, at);
}

function isForm(value: Expr | ValueForm): value is ValueForm {
  return value.kind === "collectValue" || value.kind === "fetchValue" || value.kind === "runValue";
}

/** A name that `let`, an arm or a handler gives. */
function bind(at: Place, name: Name, type: typeof unknown): void {
  const { checking, scope } = at;
  const first = lookUp(scope, name.text);
  if (everywhere.has(name.text)) {
    const message = `\`${name.text}\` is a word of the language and cannot be a name`;
    report(checking, "error", "S205", name.range, message, { hint: "choose another name" });
  } else if (reserved.has(name.text)) return;
  else if (first) {
    const message = `\`${name.text}\` is declared already, and \`let\` binds once`;
    const related = [{ path: checking.source.path, range: first.range, message: "the first one" }];
    const hint = "choose another name; what changes is `set call.data.NAME`";
    report(checking, "error", "S205", name.range, message, { hint, related });
  } else scope.names.set(name.text, { type, range: name.range });
}

function bindAll(names: readonly (Name | undefined)[], at: Place): void {
  for (const name of names) if (name) bind(at, name, unknown);
}

function setData({ path, value, range }: SetData, at: Place): void {
  const { checking } = at;
  const type = given(value, at);
  const [head, ...rest] = path;
  if (!head) return;
  if (head.text === "data" && rest.length > 0) {
    overwrite(at.state, `call.${path.map((name) => name.text).join(".")}`, type);
  } else if (head.text === "data") {
    report(checking, "error", "S301", range, "`call.data` is not set as a whole", {
      hint: "write `set call.data.NAME = …`",
    });
  } else if (rest.length > 0 || !(settable as readonly string[]).includes(head.text)) {
    const hint = `write \`set call.data.${head.text} = …\` for data of your own`;
    report(checking, "error", "S301", head.range, `\`call.${head.text}\` cannot be set`, { hint });
  } else
    demand(
      checking,
      { expr: isForm(value) ? { kind: "hole", range: value.range } : value, type },
      ["text"],
      `\`call.${head.text}\``,
    );
}

function walkIf(statement: If, at: Place, frame: Frame): State {
  const { condition } = statement;
  inferAs(condition, at, ["yes or no"], "`if`");
  const typeOf = (expr: Expr) => quietly(expr, at);
  const then = walkBlock(statement.then, assume(at.state, condition, true, typeOf), frame);
  const rest = assume(at.state, condition, false, typeOf);
  const otherwise = statement.else;
  if (!otherwise) return join([then, rest]);
  return join([
    then,
    otherwise.kind === "if" ? walkIf(otherwise, { ...at, state: rest }, frame) : walkBlock(otherwise, rest, frame),
  ]);
}

function walkMatch(statement: Match, at: Place, frame: Frame): State {
  const subject = infer(statement.subject, at);
  checkArms(frame.checking, statement.arms, subject, (value) => infer(value, at));
  const ways = statement.arms.map((arm) => walkArm(arm, statement.subject, at, frame));
  ways.push(statement.else ? walkBlock(statement.else, copy(at.state), frame) : at.state);
  return join(ways);
}

/** In an arm the subject has matched something, so that it is not missing. */
function walkArm(arm: Arm<Block>, subject: Expr, at: Place, frame: Frame): State {
  const state = copy(at.state);
  const path = pathOf(subject);
  const sayMissing = arm.patterns.some((pattern) => pattern.kind === "literal" && pattern.value.kind === "missing");
  if (path !== undefined && !sayMissing) state.known.set(path, present(quietly(subject, at)));
  const scope = { names: new Map(), outer: frame.scope };
  bindAll(bindingsOf(arm.patterns), { ...at, scope });
  return walkBlock(arm.body, state, { ...frame, scope });
}

function checkCode(code: Expr, at: Place): void {
  inferAs(code, at, ["number"], "`reject`");
  const { from, to } = rejectCodes;
  if (code.kind !== "number" || (Number.isInteger(code.value) && code.value >= from && code.value <= to)) return;
  const message = `\`${code.value}\` does not reject a call`;
  report(at.checking, "error", "S306", code.range, message, {
    hint: `a code from ${from} to ${to}: \`486\` is busy, \`603\` declined`,
  });
}

function walkQueue(queue: Queue, at: Place, frame: Frame): State {
  checkQueue(queue, { ...at, queued: false });
  const { whileWaiting } = queue;
  const leaving: State[] = [];
  const ways = [at.state];
  if (whileWaiting) {
    const inside = { ...frame, queued: true, leaving };
    const round = walkBlock(whileWaiting, copy(at.state), inside);
    // The waiting may be cut off anywhere, so what it changed may hold below or not.
    ways.push({ ...round, ended: false }, ...leaving);
  }
  return walkHandlers(queue, { leaves: leaving.length > 0 }, join(ways), frame);
}

/** Each handler starts from what the attempt left; the call goes on below after any of them, or past them all. */
function walkHandlers(tried: Tried, waited: Waited, state: State, frame: Frame): State {
  const ways = tried.handlers.map((handler) => {
    const outcome = handler.outcomes.map((one) => one.name.text);
    const scope = scopeOf(
      handler.outcomes.map((one) => one.binding),
      frame.scope,
    );
    return walkBlock(handler.body, copy(state), { ...frame, scope, outcome, leaving: frame.leaving });
  });
  const passed = unhandled(tried, tried.handlers, impossibleIn(tried, waited)).length > 0;
  return join(passed ? [...ways, state] : ways);
}

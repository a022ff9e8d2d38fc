import type { Block, Statement } from "../ast.ts";
import { callbackOutcomes } from "../builtins.ts";
import { checkRing, checkVoicemail } from "./attempts.ts";
import { given, walkLet, walkSet } from "./bindings.ts";
import { walkIf, walkLoop, walkMatch, walkSplit, walkTry } from "./branches.ts";
import { checkCallback } from "./callback.ts";
import { checkCollecting } from "./collect.ts";
import { inferAs } from "./expressions.ts";
import type { Place } from "./place.ts";
import { type Frame, placeIn } from "./frame.ts";
import { checkUnused } from "./names.ts";
import { walkHandlers } from "./outcomes.ts";
import { checkAsk, checkDial, checkRefer, checkTransfer } from "./outward.ts";
import { checkPreview } from "./preview.ts";
import { checkSound } from "./prompts.ts";
import { walkQueue } from "./queueing.ts";
import { checkRefusal, inferTime } from "./ranges.ts";
import { checkRequest } from "./requests.ts";
import { checkSaid } from "./said.ts";
import { checkOpen } from "./secrets.ts";
import { copy, join, nothingKnown, type State } from "./state.ts";
import { unknownThing } from "./things.ts";

/*
 * One walk along all ways a call can take. It carries what is known on the way (state.ts); each statement changes that, ways
 * part in branches and handlers and meet below them.
 */

/** Walks a block in a scope of its own. Changes `state` and returns what holds below the block. */
export function walkBlock(block: Block, state: State, outer: Frame): State {
  const frame: Frame = { ...outer, scope: { names: new Map(), outer: outer.scope } };
  let now = state;
  let ended = false;
  for (const statement of block.statements) {
    now = walkStatement(statement, { ...now, ended: false }, frame);
    ended ||= frame.checking.ends.has(statement);
  }
  checkUnused(frame.checking, frame.scope);
  return { ...now, ended };
}

function walkStatement(statement: Statement, state: State, frame: Frame): State {
  const at = placeIn(frame, state);
  switch (statement.kind) {
    case "hole":
      return unread(state, frame);
    case "let":
      return walkLet(statement, state, frame);
    case "set":
      return walkSet(statement, state, frame);
    case "if":
      return walkIf(statement, state, frame);
    case "match":
      return walkMatch(statement, state, frame);
    case "split":
      return walkSplit(statement, state, frame);
    case "loop":
    case "every":
      return walkLoop(statement, state, frame);
    case "once":
      return join([state, frame.walker.block(statement.body, copy(state), frame)]);
    case "uninterrupted":
      return frame.walker.block(statement.body, copy(state), frame);
    case "try":
      return walkTry(statement, state, frame);
    case "queue":
      return walkQueue(statement, state, frame);
    case "stopLoop":
      frame.stopping?.push(copy(state));
      return state;
    case "leave":
      frame.leaving?.push(copy(state));
      return state;
    case "run":
      return frame.walker.run(statement, state, frame).state;
    case "return": {
      const result = statement.value && given(statement.value, state, frame);
      frame.returning?.push({ type: result?.type, state: copy(result?.state ?? state) });
      return state;
    }
    case "ring":
    case "preview":
    case "ask":
    case "dial":
    case "transfer":
    case "refer":
    case "voicemail":
    case "collect":
    case "fetch":
    case "send":
      checkAttempt(statement, at);
      return walkHandlers(statement, {}, state, frame);
    case "callback": {
      checkCallback(statement, at);
      // A call of its own: what is known here may have changed.
      const later = { ...frame, outcome: undefined, ended: callbackOutcomes };
      if (statement.afterCallback) frame.walker.block(statement.afterCallback, nothingKnown(), later);
      return walkHandlers(statement, {}, state, frame);
    }
    default:
      checkPlain(statement, at);
      return state;
  }
}

type Attempted = Extract<Statement, { handlers: unknown[] }>;

/** The head and the options of what is tried. */
function checkAttempt(attempt: Exclude<Attempted, { kind: "queue" | "try" | "callback" }>, at: Place): void {
  switch (attempt.kind) {
    case "ring":
      checkRing(attempt, at);
      return;
    case "preview":
      checkPreview(attempt, at);
      return;
    case "ask":
      checkAsk(attempt, at);
      return;
    case "dial":
      checkDial(attempt, at);
      return;
    case "transfer":
      checkTransfer(attempt, at);
      return;
    case "refer":
      checkRefer(attempt, at);
      return;
    case "voicemail":
      checkVoicemail(attempt, at);
      return;
    case "collect":
      checkCollecting(attempt, at);
      return;
    default:
      checkRequest(attempt, at);
  }
}

/** What changes nothing that is known. */
function checkPlain(statement: Statement, at: Place): void {
  switch (statement.kind) {
    case "play":
      for (const prompt of [statement.prompt, statement.otherwise]) if (prompt) checkSound(prompt, at);
      return;
    case "music":
      checkSound(statement.name, at);
      if (statement.for) inferTime(statement.for, at, "`for`");
      return;
    case "say":
      for (const value of statement.values) checkSaid(value, at);
      return;
    case "wait":
      inferTime(statement.for, at, "`wait`");
      return;
    case "reject":
      inferAs(statement.code, at, ["number"], "`reject`");
      checkRefusal(at.checking, statement.code);
      return;
    case "redirect":
      inferAs(statement.to, at, ["uri", "phone"], "`redirect to`");
      return;
    case "note":
      checkOpen(at.checking, statement.text, inferAs(statement.text, at, ["text"], "`note`"), "notes are written down");
      return;
    case "count": {
      const { text } = statement.counter;
      const { counters } = at.checking.directory;
      if (!Object.hasOwn(counters, text)) {
        unknownThing(at.checking, "counter", statement.counter, text, Object.keys(counters));
      }
      return;
    }
    default:
      return;
  }
}

/** What could not be read may have declared anything. */
function unread(state: State, frame: Frame): State {
  frame.scope.torn = true;
  frame.leaving?.push(copy(state));
  return state;
}

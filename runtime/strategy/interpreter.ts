import { positionAt, rejectCodes } from "../../language/index.ts";
import { setAttribute } from "./assignment.ts";
import type { Call } from "../call.ts";
import { change, command, type Core, record } from "../core.ts";
import { Defect, unreachable } from "../defect.ts";
import type { CallId } from "../events.ts";
import { tellUnreached } from "./unreached.ts";
import { asText } from "./format.ts";
import { asDuration, asNumber } from "./needed.ts";
import { limits } from "../limits.ts";
import { asBoolean } from "./operators.ts";
import { codeOf, scopeOf } from "./frames.ts";
import { answer, music, pause, play, say } from "./hearing.ts";
import { event, type Need } from "./need.ts";
import type { Code, Goal, Op, Pc } from "./program.ts";
import { every, round, uninterrupted } from "./rounds.ts";
import { leaveSub, runSub } from "./running.ts";
import { countOne } from "../house.ts";
import { isGivenOut } from "./overflow.ts";
import { hush, masked } from "./secrets.ts";
import { recordStated } from "./recording.ts";
import { branchOf } from "./splits.ts";
import { startTreatment } from "./treatments.ts";
import { kindOf, textOf, type Value, word } from "../values.ts";
import { fail, type Failure, type Scope } from "./world.ts";

const tooMany: Need = {
  need: "raise",
  failure: { error: "limit", text: `${limits.statementsBetweenWaits} statements without waiting` },
};

/** Runs the strategy of a call until it stands still. The place stays at the operation that is not done yet. */
export function run(core: Core, id: CallId): Need {
  return change(core, "call", id, (call) => runCode(core, call));
}

function runCode(core: Core, call: Call): Need {
  let code = codeOf(core, call);
  const scope = scopeOf(core, call);
  let sounds = false;
  let last: Pc | undefined;
  call.wait = { for: "nothing" };
  const before = core.spent.get(call.id) ?? 0;
  const most = before - (before % limits.statementsBetweenWaits) + limits.statementsBetweenWaits;
  for (let statements = before + 1; ; statements++) {
    const { pc } = call;
    const op = code.ops[pc];
    if (!op) throw new Defect(`${code.name} has no operation ${pc}`);
    core.ways?.see(call, last, core.now);
    last = pc;
    const need = statements === most ? tooMany : step(core, call, op, scope, sounds);
    if (scope.failure || need) {
      core.spent.set(call.id, statements);
      if (!scope.failure) return need ?? event;
      call.pc = pc;
      return { need: "raise", failure: scope.failure };
    }
    sounds = op.op === "jump" ? sounds : isEndless(op);
    if (scope.locals === call.locals) continue;
    last = undefined;
    code = codeOf(core, call);
    scope.locals = call.locals;
  }
}

/** Goes on behind an attempt, by way of the handler of its outcome, or the one `named`, if there is one. `call.pc` is the attempt's. */
export function goOn(
  call: Call,
  { handlers, next }: Goal,
  outcome: string,
  brought: Value = null,
  named: string = outcome,
): void {
  const handler = Object.hasOwn(handlers, named) ? handlers[named] : undefined;
  call.wait = { for: "nothing" };
  call.pc = handler?.to ?? next;
  if (!handler) return;
  call.locals[handler.outcome] = word(outcome);
  if (handler.binding !== undefined) call.locals[handler.binding] = brought;
}

/** A failure with its place, for whoever must mend the strategy. */
export function reasonOf({ error, text }: Failure, { source }: Code, op: Op | undefined): string {
  const place = source && op ? ` (${source.path}:${positionAt(source, op.at.start).line})` : "";
  return `${error}: ${text}${place}`;
}

function isEndless(op: Op): boolean {
  return op.op === "ringback" || op.op === "silence" || (op.op === "music" && op.length === undefined);
}

/** One operation. `sounds`: the one before it started something that sounds on by itself. Nothing is done after a failure. */
function step(core: Core, call: Call, op: Op, scope: Scope, sounds: boolean): Need | undefined {
  switch (op.op) {
    case "let":
      call.locals[op.slot] = op.value(scope);
      call.pc++;
      return undefined;
    case "run":
      runSub(core, call, op, scope);
      return undefined;
    case "return":
      leaveSub(core, call, op.value?.(scope) ?? null, scope);
      return undefined;
    case "set":
      hush(core, call, op.path);
      setAttribute(call, op.path, op.value(scope), scope);
      if (call.queued) core.rewritten.add(call.id);
      call.pc++;
      return undefined;
    case "jump":
      call.pc = op.to;
      return undefined;
    case "unless":
      call.pc = asBoolean(op.condition(scope), scope) ? call.pc + 1 : op.to;
      return undefined;
    case "unlike": {
      const value = call.locals[op.slot] ?? null;
      call.pc = op.takes.some((takes) => takes(value, scope)) ? call.pc + 1 : op.to;
      return undefined;
    }
    case "rounds":
      call.locals[op.slot] = asNumber(op.times(scope), scope);
      call.pc++;
      return undefined;
    case "again": {
      const left = call.locals[op.slot];
      const more = typeof left === "number" && left >= 1;
      if (more) call.locals[op.slot] = left - 1;
      call.pc = more ? call.pc + 1 : op.to;
      return undefined;
    }
    case "split":
      call.pc = op.to[branchOf(core, call, op, scope)] ?? call.pc;
      return undefined;
    case "every":
      every(core, call, op, scope);
      return undefined;
    case "uninterrupted":
      return uninterrupted(core, call);
    case "interruptible":
      call.pc++;
      return { need: "stand" };
    case "once":
      call.pc = call.locals[op.slot] === true ? op.to : call.pc + 1;
      call.locals[op.slot] = true;
      return undefined;
    case "answer":
      return answer(core, call, op.withRingback);
    case "play":
      return play(core, call, op, scope);
    case "say":
      return say(core, call, op, scope);
    case "music":
      return music(core, call, op, scope);
    case "ringback":
    case "silence":
      call.pc++;
      command(core, { type: op.op, call: call.id, task: startTreatment(core, call, op.op) });
      return undefined;
    case "wait":
      return pause(core, call, asDuration(op.length(scope), scope), scope);
    case "round":
      return round(core, call, op.to, sounds);
    case "note":
      return note(core, call, op.text(scope), scope);
    case "leave":
      return { need: "leave", outcome: "left" };
    case "queue":
    case "ring":
    case "voicemail":
    case "collect":
    case "request":
    case "ask":
    case "callback":
    case "preview":
    case "dial":
    case "transfer":
    case "enter":
    case "refer":
      return { need: "attempt", op };
    case "previewOn":
      return { need: "previewOn", to: op.to };
    case "count":
      call.pc++;
      countOne(core, op.counter, call.id);
      return undefined;
    case "record":
      call.pc++;
      recordStated(core, call, op.what);
      return undefined;
    case "notReached":
    case "notHandedOn":
      call.pc++;
      tellUnreached[op.op](core, call, call.locals[op.outcome] ?? null, call.locals[op.code] ?? null);
      return undefined;
    case "finished":
      return { need: "finished" };
    case "redirect":
      return redirect(op.to(scope), call, scope);
    case "hangup":
      return { need: "hangup" };
    case "reject":
      return reject(op.code(scope), scope);
    case "end":
      return { need: "default", reason: "the strategy ended without a route" };
    case "recall":
      if (isGivenOut(core, call)) return { need: "unserved" };
      call.pc++;
      return undefined;
    case "unserved":
      return { need: "unserved" };
    case "undone":
      return { need: "default", reason: "the default route failed" };
    default:
      return unreachable(op);
  }
}

function note(core: Core, call: Call, value: Value, scope: Scope): undefined {
  const text = asText(value);
  call.pc++;
  if (text === undefined) fail(scope, "bad_value", `${kindOf(value)} as a note`);
  else if (!scope.failure) record(core, { type: "call.noted", call: call.id, text: masked(core, call, text) });
}

function redirect(to: Value, call: Call, scope: Scope): Need | undefined {
  const uri = textOf(to);
  if (call.answered) fail(scope, "bad_value", "a call that was answered cannot be redirected");
  if (uri !== undefined && /^[^\s<>"]+$/.test(uri)) return { need: "redirect", to: uri };
  fail(scope, "bad_value", `a call cannot be redirected to ${kindOf(to)}`);
  return undefined;
}

function reject(code: Value, scope: Scope): Need | undefined {
  const { from, to } = rejectCodes;
  if (typeof code === "number" && code >= from && code <= to) return { need: "reject", code: Math.floor(code) };
  fail(scope, "bad_value", `a call is rejected with a code from ${from} to ${to}`);
  return undefined;
}

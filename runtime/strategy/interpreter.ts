import { positionAt, rejectCodes } from "../../language/index.ts";
import { setAttribute } from "./assignment.ts";
import { type Call, emptyLocals } from "../call.ts";
import { arm, change, command, type Core, record } from "../core.ts";
import { Defect, invariant, unreachable } from "../defect.ts";
import type { CallId } from "../events.ts";
import { asText } from "./format.ts";
import { asDuration, asName, asNumber } from "./needed.ts";
import { limits } from "../limits.ts";
import { asBoolean } from "./operators.ts";
import { backTo, codeOf, enter, scopeOf } from "./frames.ts";
import type {
  AskOp,
  CallbackOp,
  Code,
  CollectOp,
  DialOp,
  Goal,
  Op,
  PreviewOp,
  Pc,
  QueueOp,
  ReferOp,
  RequestOp,
  RingOp,
  TransferOp,
  VoicemailOp,
} from "./program.ts";
import { countOne } from "../house.ts";
import { hush, masked } from "./secrets.ts";
import { branchOf } from "./splits.ts";
import { startSaying } from "./saying.ts";
import { startTreatment } from "./treatments.ts";
import { kindOf, textOf, type Value, word } from "../values.ts";
import { fail, type Failure, type Scope } from "./world.ts";

/**
 * Why the strategy of a call stands still: it waits for an event, or the engine must do what touches more than this call.
 */
export type Need =
  | { need: "event" }
  | { need: "queue"; op: QueueOp }
  | { need: "ring"; op: RingOp }
  | { need: "voicemail"; op: VoicemailOp }
  | { need: "collect"; op: CollectOp }
  | { need: "request"; op: RequestOp }
  | { need: "ask"; op: AskOp }
  | { need: "callback"; op: CallbackOp }
  | { need: "preview"; op: PreviewOp }
  | { need: "previewOn"; to: number }
  | { need: "dial"; op: DialOp }
  | { need: "transfer"; op: TransferOp }
  | { need: "refer"; op: ReferOp }
  /** What it may be taken for by the matcher has changed. */
  | { need: "stand" }
  | { need: "finished" }
  | { need: "redirect"; to: string }
  | { need: "leave"; outcome: "left" | "treatment_broken" }
  | { need: "hangup" }
  | { need: "reject"; code: number }
  /** The operation at `pc` could not be done. */
  | { need: "raise"; failure: Failure }
  | { need: "default"; reason: string };

const event: Need = { need: "event" };
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
    core.ways?.see(call, last);
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
      return { need: "queue", op };
    case "ring":
      return { need: "ring", op };
    case "voicemail":
      return { need: "voicemail", op };
    case "collect":
      return { need: "collect", op };
    case "request":
      return { need: "request", op };
    case "ask":
      return { need: "ask", op };
    case "callback":
      return { need: "callback", op };
    case "preview":
      return { need: "preview", op };
    case "previewOn":
      return { need: "previewOn", to: op.to };
    case "dial":
      return { need: "dial", op };
    case "transfer":
      return { need: "transfer", op };
    case "refer":
      return { need: "refer", op };
    case "count":
      call.pc++;
      countOne(core, op.counter, call.id);
      return undefined;
    case "record":
      call.pc++;
      command(core, { type: "record", call: call.id, what: op.what });
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
    case "undone":
      return { need: "default", reason: "the default route failed" };
    default:
      return unreachable(op);
  }
}

type OpOf<K extends Op["op"]> = Extract<Op, { op: K }>;

function runSub(core: Core, call: Call, op: OpOf<"run">, scope: Scope): void {
  const code = core.programs.get(call.program)?.codes[op.code];
  invariant(code, "a sub without code");
  if (call.frames.length >= limits.callDepth) fail(scope, "limit", `${limits.callDepth} subs inside one another`);
  const locals = emptyLocals(code.slots);
  for (const [slot, arg] of op.args.entries()) locals[slot] = arg(scope);
  const ms = op.within ? asDuration(op.within(scope), scope) : Infinity;
  if (!scope.failure) enter(core, call, op.code, locals, ms === Infinity ? undefined : core.now + Math.max(0, ms));
}

/** The caller stands at its `run`. */
function leaveSub(core: Core, call: Call, value: Value, scope: Scope): void {
  if (scope.failure) return;
  invariant(call.frames.length > 0, "nothing to return to");
  backTo(core, call, call.frames.length - 1);
  const op = codeOf(core, call).ops[call.pc];
  invariant(op?.op === "run", "returned to what has called nothing");
  if (op.into !== undefined) call.locals[op.into] = value;
  call.pc++;
}

function answer(core: Core, call: Call, ringback: boolean): Need | undefined {
  call.pc++;
  if (call.answered) return undefined;
  call.wait = { for: "answer", ringback };
  command(core, { type: "answer", call: call.id, ringback });
  return event;
}

function play(core: Core, call: Call, op: OpOf<"play">, scope: Scope): Need | undefined {
  const prompt = asName(op.prompt(scope), scope);
  const otherwise = op.otherwise && asName(op.otherwise(scope), scope);
  if (scope.failure) return undefined;
  const task = startTreatment(core, call, "play", prompt);
  command(core, { type: "play", call: call.id, task, prompt, otherwise, language: call.language });
  return treatment(call, task);
}

function say(core: Core, call: Call, op: OpOf<"say">, scope: Scope): Need | undefined {
  const task = startSaying(core, call, op.values, scope);
  return task === undefined ? undefined : treatment(call, task);
}

function music(core: Core, call: Call, op: OpOf<"music">, scope: Scope): Need | undefined {
  const name = asName(op.name(scope), scope);
  const length = op.length && asDuration(op.length(scope), scope);
  if (scope.failure) return undefined;
  const ms = length === Infinity ? undefined : length;
  const task = startTreatment(core, call, "music", name);
  command(core, { type: "music", call: call.id, task, name, ms, language: call.language });
  if (ms !== undefined) return treatment(call, task);
  call.pc++;
  return undefined;
}

function treatment(call: Call, task: number): Need {
  call.pc++;
  call.wait = { for: "treatment", task };
  return event;
}

function pause(core: Core, call: Call, ms: number, scope: Scope): Need | undefined {
  if (scope.failure) return undefined;
  call.pc++;
  call.wait = { for: "time" };
  if (ms !== Infinity) arm(core, call, "time", core.now + Math.max(0, ms));
  return event;
}

/** From the top of `while waiting`. Rounds that take no time are slowed down, and end the block when they do not stop. */
function round(core: Core, call: Call, to: number, sounds: boolean): Need | undefined {
  const { queued } = call;
  invariant(queued, "a round without a queue");
  if (sounds) {
    call.wait = { for: "idle" };
    return event;
  }
  const short = core.now - queued.roundAt < limits.shortRound;
  queued.shortRounds = short ? queued.shortRounds + 1 : 0;
  if (queued.shortRounds >= limits.brokenAfterRounds) return { need: "leave", outcome: "treatment_broken" };
  call.pc = to;
  if (!short) {
    queued.roundAt = core.now;
    return undefined;
  }
  if (queued.shortRounds === 1) record(core, { type: "limit.reached", call: call.id, limit: "short_round" });
  queued.roundAt += limits.slowedRound;
  call.wait = { for: "time" };
  arm(core, call, "time", queued.roundAt);
  return event;
}

/** The first time so long after the queue was entered: for what comes at once there is `once`. */
function every(core: Core, call: Call, op: OpOf<"every">, scope: Scope): void {
  const ms = Math.max(limits.slowedRound, asDuration(op.every(scope), scope));
  const last = call.locals[op.slot];
  const due = (typeof last === "number" ? last : (call.queued?.enteredAt ?? core.now)) + ms;
  if (core.now >= due) call.locals[op.slot] = core.now;
  call.pc = core.now >= due ? call.pc + 1 : op.to;
}

/** Whoever's phone rings already may still take the call; nobody else is asked from here on. */
function uninterrupted(core: Core, call: Call): Need {
  if (call.queued && call.offers.length > 0) {
    call.wait = { for: "offers" };
    return { need: "stand" };
  }
  call.pc++;
  if (!call.queued) return { need: "stand" };
  const until = core.now + limits.uninterruptedMs;
  call.queued.heldUntil = until;
  arm(core, call, "hold", until);
  return { need: "stand" };
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

import type { Call, Queued } from "../call.ts";
import { callOf, change, type Core, record, resume } from "../core.ts";
import { invariant } from "../defect.ts";
import { endCall, forget } from "./ending.ts";
import type { CallId } from "../events.ts";
import { backTo, codeOf, frameAt, placeOf, startOver } from "./frames.ts";
import { abandonBlock } from "./interrupt.ts";
import { goOn, reasonOf } from "./interpreter.ts";
import { limits } from "../limits.ts";
import { takeStand } from "../queue/stand.ts";
import { prunePreview } from "./previewing.ts";
import type { Program, Try } from "./program.ts";
import type { Failure } from "./world.ts";

/*
 * What catches a strategy that cannot go on: its own `try`, its default route, then the entry's, then an end.
 */

/** What stands at `pc` cannot be done: the innermost `try` that knows the error takes it, else the default route. */
export function raise(core: Core, id: CallId, failure: Failure): void {
  const call = callOf(core, id);
  const spent = core.spent.get(id) ?? 0;
  if (failure.error === "limit" && spent >= limits.statementsBetweenWaits) {
    record(core, { type: "limit.reached", call: id, limit: "statements" });
  }
  const net = spent < 2 * limits.statementsBetweenWaits ? netFor(core, call, failure.error) : undefined;
  if (!net) {
    const code = codeOf(core, call);
    return takeDefaultRoute(core, id, reasonOf(failure, code, code.ops[call.pc]));
  }
  const { queued } = call;
  if (queued && !staysQueued(core, call, queued, net)) abandonBlock(core, id, "failed");
  change(core, "call", id, (changing) => {
    backTo(core, changing, net.depth);
    goOn(changing, net, failure.error);
  });
  prunePreview(core, id);
  takeStand(core, id);
  resume(core, id);
}

interface Net extends Try {
  depth: number;
}

/** The innermost `try` with a handler for the error, through all that waits for what runs now. */
export function netFor(core: Core, call: Call, error: Failure["error"]): Net | undefined {
  for (let depth = call.frames.length; depth >= 0; depth--) {
    const pc = depth === call.frames.length ? placeOf(call) : frameAt(call, depth).pc;
    const found = codeOf(core, call, depth).tries.find(
      ({ from, to, handlers }) => from <= pc && pc < to && Object.hasOwn(handlers, error),
    );
    if (found) return { ...found, depth };
  }
  return undefined;
}

/** Whether the `try` stands inside of what runs beside the queue. */
function staysQueued(core: Core, call: Call, queued: Queued, { depth, from }: Net): boolean {
  if (depth !== queued.depth) return depth > queued.depth;
  const op = codeOf(core, call, depth).ops[queued.pc];
  return op?.op === "queue" && op.body !== undefined && from >= op.body;
}

/** The next net: the strategy's own default route, then the entry's, and when that has failed too, the end. */
export function takeDefaultRoute(core: Core, id: CallId, reason: string): void {
  if (callOf(core, id).queued) abandonBlock(core, id, "default_routed");
  const call = callOf(core, id);
  if (call.ended) {
    record(core, { type: "after_call.failed", call: id, reason });
    return forget(core, id);
  }
  const last = call.defaulted === "entry" || (call.defaulted === "strategy" && !hasEntryRoute(core, call));
  if (last) return endCall(core, id, { by: "system", disposition: "failed", sip: limits.failedCode });
  const net = call.defaulted === undefined ? "strategy" : "entry";
  record(core, { type: "call.default_routed", call: id, net, reason });
  change(core, "call", id, (changing) => {
    changing.defaulted = net;
    const home = net === "strategy" ? changing.home : 0;
    startOver(core, changing, home, program(core, changing).codes[home]?.defaultRoute ?? 0);
  });
  core.spent.delete(id);
  prunePreview(core, id);
  resume(core, id);
}

function program(core: Core, call: Call): Program {
  const its = core.programs.get(call.program);
  invariant(its, `no program for ${call.id}`);
  return its;
}

function hasEntryRoute(core: Core, call: Call): boolean {
  return program(core, call).directory.defaults.entryRoute !== undefined;
}

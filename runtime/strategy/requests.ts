import type { Expr } from "../../language/index.ts";
import type { Assembly } from "./assembly.ts";
import { weigh } from "./assignment.ts";
import { arm, callOf, change, command, type Core, disarm, record } from "../core.ts";
import type { CallId, TaskId } from "../events.ts";
import { percentEncoded } from "./encoding.ts";
import { lowerExpression } from "./expressions.ts";
import { asText } from "./format.ts";
import { scopeOf } from "./frames.ts";
import { fromJson, type Json, toJson } from "../json.ts";
import { limits } from "../limits.ts";
import { asDuration } from "./needed.ts";
import type { RequestOp } from "./program.ts";
import { kindOf, type Value } from "../values.ts";
import { type Evaluate, fail, type Failure, type Scope } from "./world.ts";

/*
 * `fetch` and `send`: a host is asked, and answers in time or not. Encoding is ours: what is computed in a path, and what goes
 * along, in the path of GET and DELETE, as JSON in all others.
 */

/** What came of it. `brought`: the reply, or the code of a failure. */
export interface Requested {
  outcome: "ok" | "timeout" | "failed";
  brought: Value;
}

/** A path as it is written, with what is computed in it encoded. */
export function lowerPath(path: Expr, code: Assembly): Evaluate {
  if (path.kind !== "text") return lowerExpression(path, code);
  const parts = path.parts.map((part) => (typeof part === "string" ? part : lowerExpression(part, code)));
  return (scope) => parts.map((part) => (typeof part === "string" ? part : encoded(part(scope), scope))).join("");
}

function encoded(value: Value, scope: Scope): string {
  const text = asText(value);
  if (text === undefined) fail(scope, "bad_value", `${kindOf(value)} inside a path`);
  return percentEncoded(text ?? "");
}

export function startRequest(core: Core, id: CallId, { request }: RequestOp): Failure | undefined {
  const scope = scopeOf(core, callOf(core, id));
  const { method, host } = request;
  const written = asText(request.path(scope));
  const sent = request.with?.(scope) ?? null;
  const ms = request.within ? asDuration(request.within(scope), scope) : limits.requestMs;
  if (written === undefined) fail(scope, "bad_value", "a path that is missing");
  if (scope.failure) return scope.failure;
  const inPath = method === "GET" || method === "DELETE";
  const path = inPath ? withQuery(written ?? "", sent) : (written ?? "");
  const body = inPath || sent === null ? undefined : toJson(sent);
  const task = change(core, "call", id, (call) => {
    const its = ++call.lastTask;
    call.wait = { for: "request", task: its };
    arm(core, call, "request", core.now + Math.max(0, Math.min(ms, limits.requestMs)));
    return its;
  });
  command(core, { type: "request", call: id, task, method, host, path, body });
  return undefined;
}

function withQuery(path: string, sent: Value): string {
  if (typeof sent !== "object" || sent?.is !== "record") return path;
  const pairs = Object.entries(sent.fields).flatMap(([key, value]) => {
    const values = typeof value === "object" && value?.is === "list" ? value.items : [value];
    return values.flatMap((each) => {
      const text = asText(each);
      return text === undefined ? [] : [`${percentEncoded(key)}=${percentEncoded(text)}`];
    });
  });
  if (pairs.length === 0) return path;
  return `${path}${path.includes("?") ? "&" : "?"}${pairs.join("&")}`;
}

/** The host has answered: what that means, or undefined where nobody waits for it any more. */
export function requestEnded(core: Core, id: CallId, task: TaskId, code: number, body: Json): Requested | undefined {
  const { wait } = callOf(core, id);
  if (wait.for !== "request" || wait.task !== task) return undefined;
  change(core, "call", id, (call) => disarm(core, call, "request"));
  const reply = fromJson(body ?? {});
  const fits = weigh(reply, limits.callDataCharacters) >= 0;
  if (!fits) record(core, { type: "limit.reached", call: id, limit: "reply" });
  const outcome = code >= 200 && code <= 299 && fits ? "ok" : "failed";
  record(core, { type: "request.ended", call: id, outcome, code });
  return { outcome, brought: outcome === "ok" ? reply : code };
}

/** Nobody waits for the answer any more. */
export function abandonRequest(core: Core, id: CallId, outcome: "timeout" | "abandoned"): void {
  const { wait } = callOf(core, id);
  if (wait.for !== "request") return;
  change(core, "call", id, (call) => disarm(core, call, "request"));
  command(core, { type: "abandonRequest", call: id, task: wait.task });
  record(core, { type: "request.ended", call: id, outcome });
}

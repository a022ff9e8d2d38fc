import type { HttpLine, Test } from "../../language/index.ts";
import type { HttpCommand } from "../commands.ts";
import type { CallId, Event, Millis, TaskId } from "../events.ts";
import { type Json, toJson } from "../json.ts";
import type { HttpPort } from "../ports.ts";
import { linesOf } from "./cast.ts";
import type { VirtualClock } from "./clock.ts";
import { literal, plainText } from "./literal.ts";

type Request = Extract<HttpCommand, { type: "request" }>;

/** How a host answers at some paths; never without a reply. */
export interface HostAct {
  host: string;
  path: string;
  afterMs: Millis;
  reply?: { code: number; body?: Json };
}

export function hostAct({ host, path, act, code, body, after }: HttpLine): HostAct {
  const where = { host: host.text, path: plainText(path), afterMs: after?.ms ?? 0 };
  if (act === "silent") return where;
  if (code) return { ...where, reply: { code: code.value } };
  return { ...where, reply: { code: 200, ...(body && { body: toJson(literal(body)) }) } };
}

/** The last line that fits a path counts. */
export function actFor(acts: readonly HostAct[], { host, path }: Request): HostAct | undefined {
  return acts.findLast((each) => each.host === host && matches(each.path, path));
}

/** Whether a line of the test says what this is answered. */
export function playsHosts(test: Test): (request: Request) => boolean {
  const acts = linesOf(test, "httpAct").map(hostAct);
  return (request) => actFor(acts, request) !== undefined;
}

/** Hosts that answer as a test says; whoever is asked without a line cannot be asked. */
export function hostsOf(test: Test, clock: VirtualClock, deliver: (event: Event) => void): HttpPort {
  const acts = linesOf(test, "httpAct").map(hostAct);
  const under = new Map<string, () => void>();
  const key = (call: CallId, task: TaskId): string => `${call} ${task}`;
  return {
    perform(command) {
      const { call, task } = command;
      if (command.type === "abandonRequest") {
        under.get(key(call, task))?.();
        return;
      }
      const { afterMs, reply } = actFor(acts, command) ?? { afterMs: 0, reply: { code: 0 } };
      if (!reply) return;
      const answer = () => deliver({ type: "request.ended", call, task, ...reply });
      under.set(key(call, task), clock.plan(clock.now() + afterMs, answer));
    },
  };
}

/** A `*` stands for anything; without one the query does not count. */
export function matches(pattern: string, path: string): boolean {
  const [head = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return pattern === path || pattern === path.split("?")[0];
  if (!path.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest.slice(0, -1)) {
    const found = path.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  const tail = rest.at(-1) ?? "";
  return path.length - tail.length >= at && path.endsWith(tail);
}

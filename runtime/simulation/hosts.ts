import type { HttpLine, Test } from "../../language/index.ts";
import type { HttpCommand } from "../commands.ts";
import type { CallId, Event, TaskId } from "../events.ts";
import { toJson } from "../json.ts";
import type { HttpPort } from "../ports.ts";
import { linesOf } from "./cast.ts";
import type { VirtualClock } from "./clock.ts";
import { literal, plainText } from "./literal.ts";

/** Hosts that answer as a test says; the last line that fits a path counts, and whoever is asked without one cannot be asked. */
export function hostsOf(test: Test, clock: VirtualClock, deliver: (event: Event) => void): HttpPort {
  const lines = linesOf(test, "httpAct");
  const under = new Map<string, () => void>();
  const key = (call: CallId, task: TaskId): string => `${call} ${task}`;
  return {
    perform(command) {
      const { call, task } = command;
      if (command.type === "abandonRequest") {
        under.get(key(call, task))?.();
        return;
      }
      const line = lines.findLast((each) => takes(each, command));
      if (line?.act === "silent") return;
      const answer = () => deliver({ type: "request.ended", call, task, ...replyOf(line) });
      under.set(key(call, task), clock.plan(clock.now() + (line?.after?.ms ?? 0), answer));
    },
  };
}

function takes({ host, path }: HttpLine, command: Extract<HttpCommand, { type: "request" }>): boolean {
  return host.text === command.host && matches(plainText(path), command.path);
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

function replyOf(line: HttpLine | undefined) {
  if (!line) return { code: 0 };
  if (line.code) return { code: line.code.value };
  return { code: 200, ...(line.body && { body: toJson(literal(line.body)) }) };
}

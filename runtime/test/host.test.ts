import { expect, test } from "vitest";
import type { Command } from "../commands.ts";
import { Defect } from "../defect.ts";
import type { Engine, Outcome } from "../engine.ts";
import type { Event } from "../events.ts";
import { startHost } from "../host.ts";

/** An engine that does what it is told, and notes the order of everything around it. */
function stage(accept: (event: Event) => Partial<Outcome>) {
  const order: string[] = [];
  const wakes: (number | undefined)[] = [];
  let wake: (() => void) | undefined;
  const none = { commands: [], records: [] };
  const engine: Engine = {
    accept(event) {
      order.push(`accept ${name(event)}`);
      return { ...none, ...accept(event) };
    },
    nextDeadline: () => 70,
    shown: (event) => event,
    snapshot: () => {
      throw new Error("no state");
    },
    abandon: () => {
      order.push("abandon");
      return { ...none, commands: [{ type: "hangup", call: "A" }] };
    },
    calls: () => [],
    glance: () => [],
    agents: () => [],
    why: () => undefined,
    queues: () => [],
    flags: () => ({}),
    away: () => [],
    call: () => undefined,
    agent: () => undefined,
    mailbox: () => undefined,
  };
  const host = startHost({
    engine,
    clock: {
      now: () => 50,
      wakeAt(at, act) {
        wakes.push(at);
        wake = act;
      },
    },
    calls: {
      perform(command) {
        order.push(`perform ${command.type}`);
        onPerform(command);
      },
    },
    journal: { append: (at, event) => order.push(`journal ${at} ${name(event)}`) },
    watch: ({ type }) => order.push(`record ${type}`),
    onDefect: (defect) => order.push(String(defect)),
  });
  let onPerform: (command: Command) => void = () => undefined;
  return { host, order, wakes, wake: () => wake?.(), during: (act: typeof onPerform) => (onPerform = act) };
}

const name = (event: Event): string => ("call" in event ? `${event.type} ${event.call}` : event.type);
const gone = (call: string): Event => ({ type: "call.gone", call });
const hangup: Command = { type: "hangup", call: "A" };

test("journal, then engine, then records, then commands; then the next wake-up", () => {
  const { host, order, wakes } = stage(() => ({
    commands: [hangup],
    records: [{ type: "call.answered", call: "A", at: 50, seq: 1 }],
  }));
  host.deliver(gone("A"));
  expect(order).toEqual(["journal 50 call.gone A", "accept call.gone A", "record call.answered", "perform hangup"]);
  expect(wakes).toEqual([70]);
});

test("an event from within a command waits for its turn", () => {
  const { host, order, wakes, during } = stage((event) => ({
    commands: name(event) === "call.gone A" ? [hangup, hangup] : [],
  }));
  let told = 0;
  during(() => {
    host.deliver(gone(`B${++told}`));
  });
  host.deliver(gone("A"));
  expect(order.filter((each) => !each.startsWith("journal"))).toEqual([
    "accept call.gone A",
    "perform hangup",
    "perform hangup",
    "accept call.gone B1",
    "accept call.gone B2",
  ]);
  expect(wakes).toEqual([70]);
});

test("a defect ends its call, and the next event is taken as ever", () => {
  const { host, order } = stage((event) => {
    if (name(event) === "call.gone A") throw new Defect("a mistake of ours");
    return {};
  });
  host.deliver(gone("A"));
  host.deliver(gone("B"));
  expect(order).toEqual([
    "journal 50 call.gone A",
    "accept call.gone A",
    "Defect: a mistake of ours",
    "abandon",
    "perform hangup",
    "journal 50 call.gone B",
    "accept call.gone B",
  ]);
});

test("what fails outside does not stop the loop for good", () => {
  const { host, order, during } = stage(() => ({ commands: [hangup] }));
  during(() => {
    throw new Error("the port broke");
  });
  expect(() => host.deliver(gone("A"))).toThrow("the port broke");
  during(() => undefined);
  host.deliver(gone("B"));
  expect(order.at(-1)).toBe("perform hangup");
  expect(order).toContain("accept call.gone B");
});

test("a wake-up is time that passes; after stop nothing is", () => {
  const { host, order, wakes, wake } = stage(() => ({}));
  host.deliver(gone("A"));
  wake();
  host.stop();
  host.deliver(gone("B"));
  expect(order.filter((each) => each.startsWith("accept"))).toEqual(["accept call.gone A", "accept time.passed"]);
  expect(wakes.at(-1)).toBeUndefined();
});

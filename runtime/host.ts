import type { Command } from "./commands.ts";
import type { Engine, Outcome } from "./engine.ts";
import type { Event, Millis } from "./events.ts";
import type { CallPort, Clock, HttpPort, Journal, Watcher } from "./ports.ts";

export interface HostOptions {
  engine: Engine;
  calls: CallPort;
  /** Without one no host can be asked. */
  http?: HttpPort;
  clock: Clock;
  journal?: Journal;
  watch?: Watcher;
  /** Told of every mistake of ours, with the event that showed it. */
  onDefect?: (defect: unknown, event: Event) => void;
}

export interface Host {
  /** Takes an event; what it brings forth is performed before this returns, or, from within a command, right after it. */
  deliver(event: Event): void;
  /** From here on nothing is taken and nothing falls due. Calls under way are left as they are. */
  stop(): void;
}

/**
 * The only loop: one event after another, in the order of their delivery, each journalled before its commands leave. Reads the
 * clock, and is the one place that catches a defect: that call goes by default, the others go on.
 */
export function startHost({ engine, calls, http, clock, journal, watch, onDefect }: HostOptions): Host {
  const waiting: Event[] = [];
  let busy = false;
  let stopped = false;

  function deliver(event: Event): void {
    if (stopped) return;
    waiting.push(event);
    if (!busy) drain();
  }

  function drain(): void {
    busy = true;
    try {
      for (let event = waiting.shift(); event; event = waiting.shift()) {
        const now = clock.now();
        journal?.append(now, event, engine.shown(event));
        send(accept(event, now));
        if (journal?.isFull?.()) journal.turn?.(now, engine.snapshot());
      }
    } finally {
      busy = false;
    }
    if (!stopped) clock.wakeAt(engine.nextDeadline(), () => deliver({ type: "time.passed" }));
  }

  function accept(event: Event, now: Millis): Outcome {
    try {
      return engine.accept(event, now);
    } catch (defect) {
      onDefect?.(defect, event);
      return engine.abandon(now);
    }
  }

  function send({ commands, records }: Outcome): void {
    for (const record of records) {
      journal?.note?.(record);
      watch?.(record);
    }
    for (const command of commands) perform(command);
  }

  function perform(command: Command): void {
    if (command.type !== "request" && command.type !== "abandonRequest") return calls.perform(command);
    if (http) return http.perform(command);
    const { type, call, task } = command;
    if (type === "request") deliver({ type: "request.ended", call, task, code: 0 });
  }

  return {
    deliver,
    stop() {
      stopped = true;
      waiting.length = 0;
      clock.wakeAt(undefined, () => undefined);
    },
  };
}

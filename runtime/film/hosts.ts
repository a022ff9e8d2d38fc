import type { HttpCommand } from "../commands.ts";
import type { Event } from "../events.ts";
import type { Json } from "../json.ts";
import type { HttpPort } from "../ports.ts";
import type { VirtualClock } from "../simulation/clock.ts";

type Request = Extract<HttpCommand, { type: "request" }>;

export interface Reply {
  /** 0: it cannot be asked. */
  code: number;
  body?: Json;
}

/** Hosts that somebody answers for by hand: what they are asked waits, as long as the strategy waits, until he says what they answer. */
export class HostsByHand {
  private readonly replies = new Map<string, Reply>();
  private readonly waiting = new Map<string, { host: string; answer(reply: Reply): void }>();

  /** Stands before hosts that are played, and leaves to them what `plays` says. */
  before(
    played: HttpPort,
    plays: (request: Request) => boolean,
    { clock, deliver }: { clock: VirtualClock; deliver(event: Event): void },
  ): HttpPort {
    return {
      perform: (command) => {
        const { call, task } = command;
        const key = `${call} ${task}`;
        if (command.type === "abandonRequest") this.waiting.delete(key);
        if (command.type === "abandonRequest" || plays(command)) return played.perform(command);
        const answer = (reply: Reply): void =>
          void clock.plan(clock.now(), () => {
            if (this.waiting.delete(key)) deliver({ type: "request.ended", call, task, ...reply });
          });
        this.waiting.set(key, { host: command.host, answer });
        const known = this.replies.get(command.host);
        if (known) answer(known);
      },
    };
  }

  /** What this host is asked now and from now on; without a reply it waits for a hand again. */
  set(host: string, reply?: Reply): void {
    if (!reply) return void this.replies.delete(host);
    this.replies.set(host, reply);
    for (const one of this.waiting.values()) if (one.host === host) one.answer(reply);
  }
}

import type { BotTransfer, CallId, Event, Millis, OfferId } from "../events.ts";
import type { Cast } from "../simulation/acts.ts";
import type { Setting } from "../simulation/rehearsal.ts";
import { readJson } from "../json.ts";
import { transferOf } from "../simulation/bots.ts";
import type { Value } from "../values.ts";
import type { HostsByHand } from "./hosts.ts";

/** What somebody at the switchboard does by hand, as plain data. */
export type Deed =
  /** Without `patienceMs` the caller waits for ever. `digits` are pressed as soon as somebody collects them. */
  | {
      do: "call";
      call: CallId;
      from: string;
      to: string;
      data?: Record<string, Value>;
      patienceMs?: Millis;
    }
  | { do: "hang up"; call: CallId }
  | { do: "press"; call: CallId; digit: string }
  | { do: "agent"; agent: string; state: "ready" | "not_ready" | "offline"; reason?: string }
  /** From now on he answers by himself; without `answersAfterMs` his phone rings until somebody acts for him. */
  | { do: "habit"; agent: string; answersAfterMs?: Millis; talksMs?: Millis }
  | { do: "pick up" | "decline" | "release"; agent: string }
  | { do: "preview"; call: CallId; preview: OfferId; agent: string; takes: boolean }
  /** What becomes of calls to a number outside from now on. */
  | { do: "number"; number: string; is: "answering" | "busy" | "silent" }
  /** What a host answers to what it is asked now and from now on: `body` is JSON, code 0 that it cannot be asked; without a code it waits for a hand. */
  | { do: "host"; host: string; code?: number; body?: string }
  /** The bot is done with a caller. `context` goes along as a record in User-to-User data. */
  | {
      do: "bot";
      call: CallId;
      outcome: "done" | "transfer" | "silent" | "failed";
      target?: string;
      context?: Record<string, Value>;
    }
  | { do: "flag"; flag: string; on: boolean };

/** A deed, and when it was done: milliseconds since the session began. */
export type Act = Deed & { at: Millis };

/** How those act whom nobody plays by hand. */
export interface Habits {
  agents: Map<string, { answersAfterMs: Millis; talksMs?: Millis }>;
  numbers: Map<string, "answering" | "busy" | "silent">;
  hosts: HostsByHand;
}

/** People and bots who wait for a hand, beside those whom a test plays. */
export function castByHand(
  cast: Cast,
  played: { agents: ReadonlySet<string>; bots: ReadonlySet<string> },
  { agents, numbers }: Pick<Habits, "agents" | "numbers">,
): Cast {
  return {
    ...cast,
    bot: (name, trunks) => (played.bots.has(name) ? cast.bot(name, trunks) : { act: "stays" }),
    answering(party) {
      const habit = party.kind === "agent" ? agents.get(party.agent) : undefined;
      if (habit) return { act: "answers", afterMs: habit.answersAfterMs, talksMs: habit.talksMs };
      const outside = party.kind === "number" ? numbers.get(party.number) : undefined;
      if (outside === "answering") return { act: "answers", afterMs: 0 };
      if (outside === "busy") return { act: "fails", afterMs: 0, outcome: "busy", sip: 486 };
      if (outside === "silent") return { act: "ignores" };
      return party.kind === "agent" && !played.agents.has(party.agent) ? { act: "ignores" } : cast.answering(party);
    },
  };
}

/** Does it, now. */
export function perform(deed: Deed, { stage, clock, deliver }: Setting, habits: Habits): void {
  switch (deed.do) {
    case "call": {
      const { call, from, to, data, patienceMs } = deed;
      stage.arrive({ call, from, to, data });
      if (patienceMs !== undefined) clock.plan(clock.now() + patienceMs, () => stage.loseHeart(call));
      return;
    }
    case "hang up":
      return stage.hangUp(deed.call);
    case "press":
      return stage.press(deed.call, deed.digit);
    case "agent":
      return claims(deed).forEach(deliver);
    case "habit": {
      const { agent, answersAfterMs, talksMs } = deed;
      if (answersAfterMs === undefined) habits.agents.delete(agent);
      else habits.agents.set(agent, { answersAfterMs, talksMs });
      return;
    }
    case "pick up":
      return stage.pickUp(deed.agent);
    case "decline":
      return stage.decline(deed.agent);
    case "release":
      return stage.release(deed.agent);
    case "preview": {
      const { call, preview, agent, takes } = deed;
      return deliver({ type: takes ? "preview.accepted" : "preview.declined", call, preview, agent });
    }
    case "number":
      habits.numbers.set(deed.number, deed.is);
      return;
    case "host": {
      const { host, code, body } = deed;
      const json = body === undefined || body.trim() === "" ? undefined : (readJson(body) ?? body);
      return habits.hosts.set(
        host,
        code === undefined ? undefined : { code, ...(json !== undefined && { body: json }) },
      );
    }
    case "bot":
      return stage.endBot(deed.call, deed.outcome, deed.outcome === "transfer" ? handedOn(deed) : undefined);
    case "flag":
      return deliver({ type: "flag.set", flag: deed.flag, on: deed.on, by: "hand" });
  }
}

/** As a test writes it. */
function handedOn({ target, context }: Extract<Deed, { do: "bot" }>): BotTransfer {
  const uui: Value = { is: "record", fields: { json: { is: "record", fields: context ?? {} } } };
  return transferOf({
    is: "record",
    fields: { ...(target !== undefined && { target }), ...(context && { uui }) },
  });
}

/** As his desk and his phone would say it. */
function claims({ agent, state, reason }: Extract<Deed, { do: "agent" }>): Event[] {
  const why = reason === undefined ? {} : { reason };
  if (state === "offline") return [{ type: "agent.claimed", agent, source: "desk", state, ...why }];
  const comes: Event[] = ["registration", "login"].map((source) => ({ type: "agent.claimed", agent, source }));
  if (state === "ready") return [...comes, { type: "agent.readied", agent, source: "desk" }];
  return [{ type: "agent.claimed", agent, source: "desk", state, ...why }, ...comes];
}

import type { CallCommand } from "../commands.ts";
import { asText } from "../strategy/format.ts";
import type { BotOutcome } from "./acts.ts";
import type { BotTransfer } from "../events.ts";
import { deposit } from "./depositing.ts";
import { confirm, connect, join, part, ring, turn } from "./phones.ts";
import { after, nothing, type Of, soon, sound, type Visit } from "./visit.ts";

/* What the engine wants done for a caller who is there. */

type Service = Exclude<CallCommand, { type: "open" | "adopt" | "withdraw" | "hangup" | "reject" | "redirect" }>;

/** What takes the place of the treatment that sounds. */
const SOUNDS = new Set<CallCommand["type"]>([
  "ask",
  "play",
  "say",
  "music",
  "ringback",
  "silence",
  "connect",
  "deposit",
  "takeMessage",
]);
/** How long one value is spoken. */
const SPOKEN_MS = 1500;
const RECORDING = { call: "started", pause: "paused", resume: "resumed", stop: "ended" } as const;

export function serve(visit: Visit, command: Service): void {
  if (SOUNDS.has(command.type)) visit.stopSound();
  switch (command.type) {
    case "answer":
      soon(visit, { type: "call.answered", call: visit.call });
      return;
    case "play":
      return play(visit, command);
    case "say":
      visit.onHeard?.(visit.call, command.values.map(asText).join(", "), visit.clock.now());
      return sound(visit, command.task, command.values.length * SPOKEN_MS);
    case "place":
      return place(visit, command);
    case "unplace":
      return visit.stopPlacing();
    case "announce":
    case "text":
    case "listen":
      return;
    case "ask":
      return ask(visit, command);
    case "dismiss":
      delete visit.bot;
      return visit.stopBot();
    case "refer":
      return refer(visit, command);
    case "record":
      soon(visit, { type: "recording.changed", call: visit.call, state: RECORDING[command.what] });
      if (command.paused) soon(visit, { type: "recording.changed", call: visit.call, state: "paused" });
      return;
    case "music":
      visit.onHeard?.(visit.call, command.name, visit.clock.now());
      return sound(visit, command.task, command.ms);
    case "ringback":
    case "silence":
      return sound(visit, command.task, undefined);
    case "offer":
      return ring(visit, command);
    case "confirm":
      return confirm(visit, command);
    case "connect":
      return connect(visit, command);
    case "part":
      return part(visit, command);
    case "turn":
      return turn(visit, command);
    case "join":
      return join(visit, command);
    case "deposit":
      return deposit(visit, command.task, visit.cast.deposit(command.trunk, visit.call));
    case "takeMessage": {
      const ms = Math.min(visit.cast.speaksMs(visit.call), command.mostMs);
      return deposit(visit, command.task, { act: "records", ms });
    }
    // Nobody keeps messages here.
    case "visit":
      soon(visit, { type: "call.answered", call: visit.call });
      soon(visit, { type: "visit.ended", call: visit.call });
      return;
    case "abandonDeposit":
      visit.deposit?.cancel();
      delete visit.deposit;
  }
}

function play(visit: Visit, { task, prompt, otherwise, language }: Of<"play">): void {
  for (const name of otherwise === undefined ? [prompt] : [prompt, otherwise]) {
    const ms = visit.cast.promptMs(name, language);
    if (ms === undefined) continue;
    visit.onHeard?.(visit.call, name, visit.clock.now());
    return sound(visit, task, ms);
  }
  visit.stopSound = soon(visit, { type: "treatment.ended", call: visit.call, task, outcome: "missing" });
}

/** Somebody outside is called to be the caller. */
function place(visit: Visit, { call, party }: Of<"place">): void {
  const answering = visit.cast.answering(party);
  if (answering.act === "ignores") return;
  visit.stopPlacing = after(visit, answering.afterMs, () => {
    visit.stopPlacing = nothing;
    if (answering.act === "fails") return visit.deliver({ type: "place.failed", call, outcome: answering.outcome });
    visit.caller = "there";
    visit.deliver({ type: "call.answered", call });
  });
}

function ask(visit: Visit, { task, bot, trunks }: Of<"ask">): void {
  const act = visit.cast.bot(bot, trunks);
  visit.bot = task;
  if (act.act === "stays") return;
  const { afterMs, outcome, transfer, sip } = act;
  visit.stopBot = after(visit, afterMs, () => botEnds(visit, outcome, transfer, sip));
}

export function botEnds(visit: Visit, outcome: BotOutcome, transfer?: BotTransfer, sip?: number): void {
  const { call, bot: task } = visit;
  visit.stopBot();
  visit.stopBot = nothing;
  delete visit.bot;
  if (task !== undefined && !visit.gone) visit.deliver({ type: "bot.ended", call, task, outcome, transfer, sip });
}

/** The caller's network reaches whom it is told to, or not, as any number outside is reached. */
function refer(visit: Visit, { call, task, to }: Of<"refer">): void {
  const answering = visit.cast.referred(to);
  const sip = answering.act === "fails" ? answering.sip : undefined;
  const outcome = answering.act === "fails" ? (answering.outcome === "unreachable" ? "failed" : "refused") : "accepted";
  soon(visit, { type: "refer.ended", call, task, outcome, ...(sip === undefined ? {} : { sip }) });
}

import { expect } from "vitest";
import type { Command } from "../commands.ts";
import { createEngine, type Engine, type EngineOptions } from "../engine.ts";
import type { BotTransfer, Event, OfferFailure } from "../events.ts";
import { formatDuration } from "../strategy/format.ts";
import { loadProgram } from "../strategy/load.ts";
import type { Program } from "../strategy/program.ts";
import type { EventRecord } from "../records.ts";
import type { Json } from "../json.ts";
import type { Value } from "../values.ts";
import { programOf } from "./programs.ts";

/*
 * A ladder is a story as text. Lines that begin with a time are what happens, the indented lines under them what the engine did:
 * `>` a command, the others records. Deadlines fall due by themselves and stand as `-`. Telling the story again from its happenings
 * must give the same text.
 *
 *   0ms ana ready
 *     agent.state ana ready
 *   1s A calls 5000
 *     > answer A
 *     call.arrived A
 */

export interface Story {
  text: string;
  engine: Engine;
  records: EventRecord[];
  commands: Command[];
}

export interface TellOptions extends Partial<EngineOptions> {
  /** Takes the place of the engine after each happening. */
  after?(engine: Engine, program: Program): Engine;
  /** Another than the usual house. */
  directory?: string;
}

/** What the ladder becomes when its happenings are told to an engine. */
export function tell(strategy: string, ladder: string, options: TellOptions = {}): Story {
  const program = loadProgram(programOf(strategy, options.directory));
  let engine = createEngine({ program, now: 0, seed: 1, ...options });
  const lines: string[] = [];
  const all: Pick<Story, "records" | "commands"> = { records: [], commands: [] };

  function happen(at: number, name: string, event: Event): void {
    const { records, commands } = engine.accept(event, at);
    all.records.push(...records);
    all.commands.push(...commands);
    for (const each of [...engine.calls(), ...engine.agents()]) {
      expect(JSON.parse(JSON.stringify(each)), "what is known is plain data").toEqual(each);
    }
    lines.push(`${formatDuration(at)} ${name}`);
    lines.push(...records.flatMap((record) => recordLine(record) ?? []).map((line) => `  ${line}`));
    lines.push(...commands.map((command) => `  > ${commandLine(command)}`));
    engine = options.after?.(engine, program) ?? engine;
  }

  for (const line of ladder.split("\n")) {
    const said = /^(\S+) (.+)$/.exec(line.trim());
    if (!said?.[1] || !said[2] || !/^\d/.test(said[1]) || said[2] === "-") continue;
    const at = millis(said[1]);
    for (let due = engine.nextDeadline(); due !== undefined && due <= at; due = engine.nextDeadline()) {
      happen(due, "-", { type: "time.passed" });
    }
    happen(at, said[2], eventOf(said[2]));
  }
  return { text: lines.join("\n"), engine, ...all };
}

/** A ladder as it stands in a test, without the indentation that it shares. */
export function ladder(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent)).join("\n");
}

function millis(text: string): number {
  const unit: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  let sum = 0;
  for (const [, number, name] of text.matchAll(/(\d+)(ms|s|m|h)/g)) sum += Number(number) * (unit[name ?? ""] ?? NaN);
  return sum;
}

function eventOf(text: string): Event {
  const [who = "", verb = "", ...rest] = text.split(" ");
  const [first = "", second] = rest;
  if (who === "flag") return { type: "flag.set", flag: verb, on: first === "on", by: "desk" };
  if (who === "run") return { type: "run.restarted" };
  if (who === "trunk") return { type: "trunk.changed", trunk: verb, up: first === "up" };
  const [call = "", attempt] = who.split("/");
  if (attempt !== undefined) return offerEvent(call, who, verb, first, second);
  switch (verb) {
    case "ready":
      return { type: "agent.readied", agent: who, source: "desk" };
    case "claims":
      return { type: "agent.claimed", agent: who, source: first, state: second === "offline" ? second : "not_ready" };
    case "redirects":
      return { type: "agent.redirected", agent: who, number: first === "nowhere" ? null : first || undefined };
    case "unclaims":
      return { type: "agent.claimed", agent: who, source: first };
    case "calls":
      return {
        type: "call.arrived",
        call,
        from: "+34600000001",
        to: first,
        headers: { "X-Cell": "17" },
        ...(second ? { data: dataOf(second) } : {}),
        ...(rest[2] && { trunk: rest[2] }),
      };
    case "holds":
      return { type: "hold.asked", call, by: first || "desk", ...(second === "caller" && { side: second }) };
    case "retrieves":
      return { type: "retrieve.asked", call, by: first || "desk" };
    case "hands_on":
      return handsOn(call, rest);
    case "consults":
      return { type: "consult.asked", call, by: second ?? "desk", to: first };
    case "alternates":
      return { type: "alternate.asked", call, by: "desk" };
    case "merges":
      return { type: "merge.asked", call, with: first, ...sidesOf(rest.slice(1)) };
    case "completes":
      return { type: "complete.asked", call, by: "desk" };
    case "dialled":
      return { type: "call.dialled", call, agent: first, to: second ?? "" };
    case "wrapped_up":
      return { type: "agent.wrapped_up", agent: who };
    case "presses":
      return { type: "digit.pressed", call, digit: first };
    case "collected":
      return { type: "keys.collected", call, task: Number(first), keys: second ?? "" };
    case "replied":
      return { type: "request.ended", call, task: Number(first), code: Number(second), ...bodyOf(rest.slice(2)) };
    case "bot":
      return botEvent(call, Number(first), second ?? "", rest.slice(2));
    case "unreached":
      return { type: "place.failed", call, outcome: failureOf(first), ...(second && { sip: Number(second) }) };
    case "referred":
      return {
        type: "refer.ended",
        call,
        task: Number(first),
        outcome: second === "accepted" || second === "refused" ? second : "failed",
        ...(rest[2] && { sip: Number(rest[2]) }),
      };
    case "guest":
      return {
        type: "guest.changed",
        call,
        who: first,
        state: second === "talks" || second === "listens" ? second : "left",
      };
    case "recording":
      return { type: "recording.changed", call, state: first === "started" ? first : "failed" };
    case "returns":
      return { type: "call.returned", call };
    case "answered":
      return { type: "call.answered", call };
    case "gone":
      return { type: "call.gone", call };
    case "played":
      return { type: "treatment.ended", call, task: Number(first), outcome: second === "missing" ? second : "done" };
    case "deposited":
      return {
        type: "voicemail.ended",
        call,
        task: Number(first),
        outcome: second === "empty" || second === "failed" ? second : "left_message",
      };
    default:
      throw new Error(`what is \`${text}\`?`);
  }
}

/** `A merges B caller party`: what he is who does. */
function sidesOf([its, theirs]: string[]): { side?: "caller"; withSide?: "caller" } {
  return { ...(its === "caller" && { side: "caller" }), ...(theirs === "caller" && { withSide: "caller" }) };
}

/** `A hands_on queue Sales uui=00{…} by=ana`, or `by_caller` */
function handsOn(call: string, words: string[]): Event {
  const uui = words.find((each) => each.startsWith("uui="))?.slice("uui=".length);
  const by = words.find((each) => each.startsWith("by="));
  const to = words.filter((each) => !/^((uui|by)=|by_caller$)/.test(each)).join(" ");
  return {
    type: "transfer.asked",
    call,
    by: by?.slice("by=".length) ?? "desk",
    to,
    ...(words.includes("by_caller") && { side: "caller" as const }),
    ...(uui !== undefined && { uui, headers: { "X-Cell": "19" } }),
  };
}

/** `A bot 3 transfer {…}` */
function botEvent(call: string, task: number, outcome: string, words: string[]): Event {
  if (outcome !== "done" && outcome !== "transfer" && outcome !== "silent" && outcome !== "failed") {
    throw new Error(`what is \`${outcome}\`?`);
  }
  const transfer: BotTransfer | undefined = words.length > 0 ? JSON.parse(words.join(" ")) : undefined;
  return { type: "bot.ended", call, task, outcome, transfer };
}

function bodyOf(words: string[]): { body?: Json } {
  return words.length === 0 ? {} : { body: JSON.parse(words.join(" ")) };
}

function offerEvent(call: string, offer: string, verb: string, outcome: string, sip?: string): Event {
  switch (verb) {
    case "rings":
      return { type: "offer.ringing", call, offer };
    case "accepts":
      return { type: "preview.accepted", call, preview: offer, agent: outcome };
    case "declines":
      return { type: "preview.declined", call, preview: offer, agent: outcome };
    case "answers":
      return { type: "offer.answered", call, offer };
    case "fails":
      return { type: "offer.failed", call, offer, outcome: failureOf(outcome), ...(sip && { sip: Number(sip) }) };
    case "confirms":
      return { type: "offer.confirmed", call, offer, confirmed: outcome !== "not" };
    case "connected":
      return { type: "call.connected", call, offer };
    case "unconnected":
      return { type: "connect.failed", call, offer };
    case "gone":
      return { type: "party.gone", call, offer };
    case "parted":
      return { type: "call.parted", call, offer, parted: outcome !== "no" };
    case "paired":
      return { type: "parties.joined", call, offer, joined: outcome !== "no" };
    default:
      throw new Error(`what is \`${verb}\`?`);
  }
}

function failureOf(text: string): OfferFailure {
  if (text === "busy" || text === "rejected" || text === "unreachable") return text;
  throw new Error(`what is \`${text}\`?`);
}

/** `tier=gold,level=3` */
function dataOf(text: string): Record<string, Value> {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [key = "", value = ""] = pair.split("=");
      return [key, /^\d+$/.test(value) ? Number(value) : value];
    }),
  );
}

function recordLine(record: EventRecord): string | undefined {
  const { type, at: _at, seq: _seq, ...rest } = record;
  const parts = Object.entries(rest).flatMap(([key, value]) => {
    if (
      value === undefined ||
      key === "from" ||
      key === "source" ||
      key === "entry" ||
      key === "data" ||
      key === "ewt" ||
      key === "level"
    )
      return [];
    if (key === "call" && "offer" in rest) return [];
    if (key === "ringFor" && typeof value === "number") return [`for ${formatDuration(value)}`];
    if (key === "forMs" && typeof value === "number") return [`for ${formatDuration(value)}`];
    if (key === "responseMs" && typeof value === "number") return [`after ${formatDuration(value)}`];
    if (Array.isArray(value)) return value.length > 0 ? [`(${value.join(", ")})`] : [];
    return [typeof value === "object" ? JSON.stringify(value) : String(value)];
  });
  return [type, ...parts].join(" ");
}

function commandLine(command: Command): string {
  const { type, ...rest } = command;
  const parts = Object.entries(rest).flatMap(([key, value]) => {
    if (value === undefined || key === "language" || key === "showing") return [];
    if (key === "from") return value === "+34600000001" ? [] : [`from ${String(value)}`];
    if (key === "call" && "offer" in rest) return [];
    if (key === "ms" && typeof value === "number") return [formatDuration(value)];
    if (typeof value === "boolean") return value ? [key] : [];
    if (key === "party") return [partyText(rest)];
    return [typeof value === "object" ? JSON.stringify(value) : String(value)];
  });
  return [type, ...parts].join(" ");
}

function partyText(command: object): string {
  if (!("party" in command)) return "";
  const party = command.party;
  if (typeof party !== "object" || party === null) return "";
  if ("agent" in party) return `${String(party.agent)}@${"device" in party ? String(party.device) : ""}`;
  return "number" in party && "trunks" in party ? `${String(party.number)} via ${String(party.trunks)}` : "";
}

import type { EventRecord } from "../../runtime/index.ts";

/* What came to pass, as lanes over time: one for each call, one for each agent. Times are milliseconds since 1970, as in records. */

export interface Lane {
  id: string;
  from: number;
  /** Absent while it goes on. */
  to?: number;
  pieces: Piece[];
  /** Single events. */
  dots: { at: number; about: string; tone: "plain" | "bad" }[];
}

/** `as` is how it is drawn; of what is over, `to` is known. */
export interface Piece {
  from: number;
  to?: number;
  as: "strategy" | "queue" | "rings" | "talk" | "message" | "ready" | "not_ready" | "wrap_up" | "offline";
  about: string;
}

export interface Lanes {
  calls: Lane[];
  agents: Lane[];
}

/** `agent2` before `agent10`. */
const byName = new Intl.Collator("en", { numeric: true });

export function lanesOf(records: readonly EventRecord[]): Lanes {
  const calls = new Map<string, Lane>();
  const agents = new Map<string, Lane>();
  for (const record of records) {
    if (record.type === "agent.state") agentIs(laneOf(agents, record.agent, record.at), record);
    else if ("call" in record && record.call !== undefined) callIs(laneOf(calls, record.call, record.at), record);
  }
  return { calls: [...calls.values()], agents: [...agents.values()].toSorted((a, b) => byName.compare(a.id, b.id)) };
}

function laneOf(lanes: Map<string, Lane>, id: string, from: number): Lane {
  const known = lanes.get(id);
  if (known) return known;
  const lane: Lane = { id, from, pieces: [], dots: [] };
  lanes.set(id, lane);
  return lane;
}

function begin({ pieces }: Lane, from: number, as: Piece["as"], about: string): void {
  const last = pieces.at(-1);
  if (last?.to === undefined && last?.as === as && last.about === about) return;
  if (last && last.to === undefined) last.to = from;
  // What lasted no time is not to be seen.
  if (last && last.from === last.to) pieces.pop();
  pieces.push({ from, as, about });
}

function end(lane: Lane, at: number): void {
  const last = lane.pieces.at(-1);
  if (last && last.to === undefined) last.to = at;
  lane.to = at;
}

const agentPieces: Record<string, Piece["as"]> = {
  ready: "ready",
  not_ready: "not_ready",
  wrap_up: "wrap_up",
  ringing: "rings",
  talking: "talk",
  hold: "talk",
  offline: "offline",
};

type Of<T extends EventRecord["type"]> = Extract<EventRecord, { type: T }>;

function agentIs(lane: Lane, { at, state, custom, reasons }: Of<"agent.state">): void {
  const why = reasons.length > 0 ? `: ${reasons.join(", ")}` : "";
  begin(lane, at, agentPieces[state] ?? "not_ready", `${custom ?? state.replace("_", " ")}${why}`);
}

function callIs(lane: Lane, record: EventRecord): void {
  const { at } = record;
  const dot = (about: string, tone: "plain" | "bad" = "plain") => lane.dots.push({ at, about, tone });
  switch (record.type) {
    case "call.arrived":
      return begin(lane, at, "strategy", record.strategy ?? "strategy");
    case "call.queued":
      return begin(lane, at, "queue", `waits in ${record.queue}`);
    case "call.dequeued":
      return begin(lane, at, "strategy", `left ${record.queue}: ${record.outcome}`);
    case "offer.made":
      return void dot(`rings at ${record.agent ?? record.destination ?? "somebody"}`);
    case "offer.ended":
      if (record.outcome !== "answered") dot(`${record.agent ?? record.destination ?? ""} ${record.outcome}`, "bad");
      return;
    case "call.step":
      return void dot(`step ${record.step}`);
    case "call.connected":
      return begin(lane, at, "talk", `talks with ${record.agent ?? record.destination ?? "somebody"}`);
    case "voicemail.started":
      return begin(lane, at, "message", `leaves a message in ${record.mailbox}`);
    case "call.ended":
      end(lane, at);
      return void dot(`ended: ${record.disposition}`, record.disposition === "abandoned" ? "bad" : "plain");
    default:
      return;
  }
}

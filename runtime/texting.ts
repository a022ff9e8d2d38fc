import type { Call } from "./call.ts";
import { callOf, change, command, type Core, record } from "./core.ts";
import type { CallId, Event } from "./events.ts";
import { limits } from "./limits.ts";
import { entry, isThing, whom } from "./strategy/things.ts";
import { masked } from "./strategy/secrets.ts";

/*
 * What two agents write one another about a call (row 3.4). It is kept in the call as long as that lives; whatever the call's strategy calls
 * secret stays so.
 */

type EventOf<K extends Event["type"]> = Extract<Event, { type: K }>;

/** An agent writes to another, whose desk shows it; whose desk is closed is told by his phone. */
export function textSent(core: Core, { call: id, by, to, text, phone }: EventOf<"text.sent">): void {
  const reader = core.tables.agent.get(to);
  if (!core.tables.agent.has(by) || !reader || by === to) return;
  const call = callOf(core, id);
  if (writesTooMuch(core, call, by)) return record(core, { type: "limit.reached", call: id, limit: "texts" });
  const shown = masked(core, call, text.slice(0, limits.textLetters));
  change(core, "call", id, (its) => {
    its.texts = [...(its.texts ?? []), { at: core.now, by, to, text: shown }].slice(-limits.texts);
  });
  record(core, { type: "text.sent", call: id, by, to, text: shown });
  if (!phone) return;
  const party = { kind: "agent", agent: to, device: reader.device } as const;
  const from = entry(core.directory.agents, by)?.extension ?? by;
  command(core, { type: "text", call: id, party, from, text: shown });
}

/** Whoever sits at this phone answers an agent who has written to him, about the call of which they wrote last. */
export function textReceived(core: Core, { device, to, text }: EventOf<"text.received">): void {
  const other = whom(core, to);
  const by = [...core.tables.agent.values()].find((agent) => agent.device === device);
  if (!by || !isThing(other, "agent")) return;
  const call = lastOf(core, other.name, by.id);
  if (call === undefined) return;
  // Whose desk is closed says so as a source of its own.
  const isClosed = core.tables.agent.get(other.name)?.claims["browser"]?.state === "offline";
  textSent(core, { type: "text.sent", call, by: by.id, to: other.name, text, ...(isClosed && { phone: true }) });
}

/** The call of which the one wrote to the other last. */
function lastOf(core: Core, by: string, to: string): CallId | undefined {
  let last: { call: CallId; at: number } | undefined;
  for (const { id, texts = [], ended } of core.tables.call.values()) {
    const its = ended ? undefined : texts.findLast((text) => text.by === by && text.to === to);
    if (its && its.at >= (last?.at ?? 0)) last = { call: id, at: its.at };
  }
  return last?.call;
}

function writesTooMuch(core: Core, { texts = [] }: Call, by: string): boolean {
  const since = core.now - limits.textsMs;
  return texts.filter((text) => text.by === by && text.at > since).length >= limits.textsAtOnce;
}

import type { CallView, EventRecord } from "../runtime/index.ts";

/**
 * Whose each record is. Of a call that rings for somebody, or is shown to him, he is told only what names him; all of it belongs to
 * whoever talks, and to whoever asked for it at his desk.
 */
export class Theirs {
  readonly #parties = new Map<string, Set<string>>();

  /** The agents who may see this record. Told every record once, in order. */
  of(record: EventRecord): readonly string[] {
    if (record.type === "mailbox.status") return record.agents;
    if (record.type === "guest.changed") return []; // who is listened to is not told
    if (record.type === "text.sent") return [record.by, record.to];
    const named = "agent" in record && record.agent !== undefined ? [record.agent] : [];
    if (!("call" in record) || record.call === undefined) return named;
    if (record.type === "call.connected" || record.type === "call.dialled") this.#join(record.call, named);
    const parties = this.#parties.get(record.call);
    if (record.type === "call.ended") this.#parties.delete(record.call);
    return parties ? [...new Set([...named, ...parties])] : named;
  }

  #join(call: string, agents: readonly string[]): void {
    const parties = this.#parties.get(call) ?? new Set();
    for (const agent of agents) parties.add(agent);
    this.#parties.set(call, parties);
  }
}

/** Whether he talks in it, or has asked for it at his desk. */
export function isTheirs({ party, dialler }: CallView, agent: string): boolean {
  return party?.agent === agent || dialler?.agent === agent;
}

/** Whether it rings for him, or is shown to him. */
export function isOffered({ offers, preview }: CallView, agent: string): boolean {
  return offers.some((each) => each.agent === agent) || (preview?.shown ?? []).some((each) => each.agent === agent);
}

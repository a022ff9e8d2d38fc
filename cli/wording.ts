import type { EventRecord } from "../runtime/index.ts";

/* How event records are put in words: for each type a function, and what several of them say. */

export type Type = EventRecord["type"];
export type Of<T extends Type> = Extract<EventRecord, { type: T }>;
/** A name for people. */
export type Person = (id: string) => string;
export type Words = { [T in Type]: (record: Of<T>, person: Person) => string };

/** Who takes a call that has come. */
export function serving({ strategy, service }: Of<"call.arrived">): string {
  if (strategy !== undefined) return `strategy ${shown(strategy)}`;
  if (service === undefined) return "no strategy has an entry for it";
  return service === "mailbox" ? "where messages are heard" : "what turns a flag";
}

export function treatment({ kind, name }: { kind: string; name?: string }): string {
  return name === undefined ? kind : `${kind} ${shown(name)}`;
}

export const codeOf = (code: number | undefined): string => (code === undefined ? "" : ` (${code})`);

export function who({ agent, destination }: { agent?: string; destination?: string }, person: Person): string {
  if (agent !== undefined) return person(agent);
  return destination === undefined ? "somebody" : shown(destination);
}

/** Why, and of who may hold several calls at once, how many he has. */
export function remarks({ reasons, inHand = 0 }: Of<"agent.state">): string {
  const said = inHand > 1 ? [...reasons, `${inHand} in hand`] : reasons;
  return said.length > 0 ? ` (${said.join(", ")})` : "";
}

export function shown(text: string): string {
  return JSON.stringify(text);
}

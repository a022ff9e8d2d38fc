import type { State } from "./directory.ts";

type States = Readonly<Record<string, Pick<State, "next" | "from">>>;

/** What everybody may say of himself, beside the directory's own states. */
const usual = ["ready", "not_ready", "offline"];

/** Whether somebody in one state may choose another at his desk. To say again what he has said changes nothing. */
export function mayFollow(states: States, before: string, after: string): boolean {
  const { next } = of(states, before);
  const { from } = of(states, after);
  return before === after || ((next ?? [after]).includes(after) && (from ?? [before]).includes(before));
}

/** All that somebody in this state may choose. */
export function choicesAfter(states: States, before: string): string[] {
  return [...usual, ...Object.keys(states)].filter((after) => mayFollow(states, before, after));
}

const of = (states: States, name: string): Pick<State, "next" | "from"> =>
  Object.hasOwn(states, name) ? (states[name] ?? {}) : {};

import { choicesAfter, mayFollow } from "../language/index.ts";
import type { Agent } from "./agent.ts";
import { type Core, record } from "./core.ts";

/*
 * What somebody may choose at his desk after what he has chosen before (row 3.20). What others say of him, and what a supervisor
 * forces, is bound by nothing.
 */

/** His own last word: one of the directory's states, or a class. */
export function chosenOf({ claims }: Pick<Agent, "claims">): string {
  const { desk, login } = claims;
  return desk?.custom ?? desk?.state ?? (login?.state === "offline" ? "offline" : "ready");
}

/** Whether he may; that he may not is recorded. */
export function mayChoose(core: Core, agent: Agent, to: string): boolean {
  const { states } = core.directory;
  const from = chosenOf(agent);
  if (mayFollow(states, from, to)) return true;
  const allowed = choicesAfter(states, from).filter((each) => each !== from);
  record(core, { type: "agent.refused", agent: agent.id, from, to, allowed });
  return false;
}

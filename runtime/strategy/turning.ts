import { callOf, change, command, type Core } from "../core.ts";
import type { CallId } from "../events.ts";
import { entry } from "./things.ts";

/*
 * Calls are held, handed on and asked about by their party, and who dialled at his desk is a caller. So he changes places with whom he talks
 * with: his lease is the party's from there on, and an agent who was called is the caller, as one who has dialled.
 */

/** Whether who asks is the call's party, or has become that. */
export function becomesParty(core: Core, id: CallId, by: string): boolean {
  const { wait, party, dialler, held, consult, guests } = callOf(core, id);
  if (!dialler || !party) return true;
  const isCaller = by === dialler.agent || (party.agent === undefined && by !== "phone");
  if (!isCaller) return true;
  if (wait.for !== "talk" || held || consult || guests) return false;
  command(core, { type: "turn", call: id, offer: party.offer, as: dialler.offer, agent: dialler.agent });
  const extension = (agent: string): string => entry(core.directory.agents, agent)?.extension ?? agent;
  change(core, "call", id, (call) => {
    const { agent, destination = call.to, offer, trunk, identity } = party;
    call.from = agent === undefined ? destination : extension(agent);
    call.to = extension(dialler.agent);
    call.dialler = agent === undefined ? undefined : { agent, offer, trunk };
    call.trunk = agent === undefined ? trunk : undefined;
    call.party = { offer: dialler.offer, agent: dialler.agent, trunk: dialler.trunk, identity: call.identity };
    call.identity = identity;
    call.wait = { for: "talk", offer: dialler.offer };
  });
  return true;
}

/** Whether he is the caller of this call, and another may do something with it. */
export function isItsCaller(core: Core, id: CallId, by: string): boolean {
  return callOf(core, id).dialler?.agent === by;
}

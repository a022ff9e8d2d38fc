import { type Call, newOffer } from "../call.ts";
import { callOf, change, command, type Core } from "../core.ts";
import type { CallId } from "../events.ts";
import { entry } from "./things.ts";

/*
 * Calls are held, handed on and asked about by their party, and who dialled at his desk is a caller. So he changes places with whom he talks
 * with: his lease is the party's from there on, and an agent who was called is the caller, as one who has dialled.
 */

/** Whether who asks is the call's party, or has become that. `side`: it is the caller who asks, agent or not. */
export function becomesParty(core: Core, id: CallId, by: string, side?: "caller"): boolean {
  const { wait, party, dialler, held, consult, guests } = callOf(core, id);
  if (!party) return true;
  const dialled = dialler && (by === dialler.agent || (party.agent === undefined && by !== "phone"));
  if (!dialled && side === undefined) return true;
  if (wait.for !== "talk" || held || consult || guests) return false;
  turn(core, id, party);
  return true;
}

/** Caller and party, who talk, change places. */
export function turn(core: Core, id: CallId, party: NonNullable<Call["party"]>): void {
  const extension = (agent: string): string => entry(core.directory.agents, agent)?.extension ?? agent;
  const was = callOf(core, id).dialler;
  const as = change(core, "call", id, (call) => {
    const { agent, destination = call.to, offer, trunk, identity } = party;
    const its = was?.offer ?? newOffer(call);
    const { from } = call;
    call.party = { offer: its, agent: was?.agent, trunk: was ? was.trunk : call.trunk, identity: call.identity };
    call.from = agent === undefined ? destination : extension(agent);
    call.to = was ? extension(was.agent) : from;
    call.dialler = agent === undefined ? undefined : { agent, offer, trunk };
    call.trunk = agent === undefined ? trunk : undefined;
    call.identity = identity;
    call.wait = { for: "talk", offer: its };
    return its;
  });
  command(core, { type: "turn", call: id, offer: party.offer, as, agent: was?.agent });
}

/** Whether he is the caller of this call, and another may do something with it. */
export function isItsCaller(core: Core, id: CallId, by: string): boolean {
  return callOf(core, id).dialler?.agent === by;
}

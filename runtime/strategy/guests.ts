import { wrapUp } from "../agents.ts";
import { callOf, change, type Core, record } from "../core.ts";
import type { CallId, Event } from "../events.ts";
import { attends, leaves } from "./attending.ts";
import { endCall, served } from "./ending.ts";
import { dropConsulted } from "./consulting.ts";

/*
 * Who was asked into a conversation. Those who talk in it keep it when the party hangs up; with the last of them it is over.
 */

export function guestChanged(core: Core, { call: id, who, state }: Extract<Event, { type: "guest.changed" }>): void {
  record(core, { type: "guest.changed", call: id, who, state });
  change(core, "call", id, (call) => {
    call.guests = withOrWithout(call.guests, who, state === "talks");
    call.listeners = withOrWithout(call.listeners, who, state === "listens");
  });
  if (state === "left") leaves(core, who);
  else attends(core, who);
  const { wait, party, guests } = callOf(core, id);
  if (wait.for === "talk" && !party && !guests)
    endCall(core, id, { by: "party", disposition: served(callOf(core, id), "answered") });
}

function withOrWithout(names: string[] = [], who: string, isIn: boolean): string[] | undefined {
  const others = names.filter((each) => each !== who);
  const now = isIn ? [...others, who] : others;
  return now.length > 0 ? now : undefined;
}

/** The party has hung up: whether the caller talks on with others. Who is held hears none of them. */
export function goesOnWithGuests(core: Core, id: CallId): boolean {
  const { party, guests, held } = callOf(core, id);
  if (!guests || held) return false;
  dropConsulted(core, id);
  if (party?.agent !== undefined) wrapUp(core, party.agent, party.offer);
  change(core, "call", id, (call) => void (call.party = undefined));
  record(core, { type: "party.left", call: id, agent: party?.agent, destination: party?.destination });
  return true;
}

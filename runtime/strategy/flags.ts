import type { Flag } from "../../language/index.ts";
import { change, type Core, resume } from "../core.ts";
import type { CallId } from "../events.ts";
import { flagOf, mayTurn, setFlag } from "../house.ts";
import { limits } from "../limits.ts";
import { sittingAt } from "../seating.ts";
import { endCall } from "./ending.ts";
import { startOver } from "./frames.ts";

/*
 * Who may turn a switch dials its number (`dial` of a flag) from the phone that he is logged in at: it is turned over, and he hears how it
 * stands now. No strategy has anything to do with it, and whoever else dials that number is refused.
 */

export function dialsFlag(core: Core, id: CallId, flag: Flag, phone: string | undefined): void {
  const by = phone === undefined ? undefined : sittingAt(core, phone).find((agent) => may(core, flag, agent.id));
  if (!by) return endCall(core, id, { by: "system", disposition: "rejected", sip: limits.notAllowedCode });
  const on = flagOf(core, flag.name) !== true;
  setFlag(core, flag.name, on, by.id);
  change(core, "call", id, (call) => {
    startOver(core, call, core.program.flagTurned, 0);
    call.locals[0] = on;
  });
  resume(core, id);
}

function may({ directory }: Core, flag: Flag, person: string): boolean {
  return mayTurn(directory, flag, { person, isSupervisor: directory.agents[person]?.supervisor === true });
}

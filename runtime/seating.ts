import { type Directory, phoneTrunks } from "../language/index.ts";
import { type Agent, isStaffed, READY, redirectOf } from "./agent.ts";
import { claim, unclaim } from "./agents.ts";
import { change, type Core, record } from "./core.ts";
import { sitesOf } from "./people.ts";
import { countsOfAgent } from "./queue/ages.ts";
import { leaveSeats } from "./queue/seats.ts";
import { entry } from "./strategy/things.ts";

/*
 * Where agents sit. An agent may log in at any phone of the directory; what that says of the phone then holds for him, and what becomes of the
 * phone, or of the trunk that it is behind, becomes of whoever sits at it.
 */

/** He logs in there; who was logged in there before is logged out. */
export function seat(core: Core, id: string, wanted?: string): void {
  const device = wanted ?? entry(core.directory.agents, id)?.device;
  if (!core.tables.agent.has(id) || device === undefined || !entry(core.directory.devices, device)) return;
  for (const other of sittingAt(core, device)) {
    if (other.id === id) continue;
    claim(core, other.id, { source: "login", state: "offline", reason: "seat taken" });
  }
  moveTo(core, id, device);
  unclaim(core, id, ["login"], "login");
}

/** Who is logged in at this phone. */
export function sittingAt(core: Core, device: string): Agent[] {
  return [...core.tables.agent.values()].filter((agent) => agent.device === device && isStaffed(agent));
}

/** From here on his calls ring there, whatever he is doing. */
function moveTo(core: Core, id: string, device: string): void {
  if (core.tables.agent.get(id)?.device === device) return;
  change(core, "agent", id, (agent) => void (agent.device = device));
  record(core, { type: "agent.seated", agent: id, device });
  const person = core.classes.person(id);
  leaveSeats(core, id);
  if (person) core.classes.put({ ...person, sites: sitesOf(core.directory, device) }, countsOfAgent(core, id));
  if (countsOfAgent(core, id) & READY) core.freeAgents.add(id);
  core.comeOrGone.add(id);
  core.changed.add("people");
  askPhone(core, id);
}

/** Whether the phone that he sits at can be rung. */
export function askPhone(core: Core, id: string): void {
  const device = entry(core.directory.devices, core.tables.agent.get(id)?.device ?? "");
  if (!device) return;
  const { trunk } = device;
  const isGone = trunk === undefined && !core.upDevices.has(device.id);
  if (isGone) claim(core, id, { source: "registration", state: "offline", reason: "unregistered" });
  else unclaim(core, id, ["registration"], "registration");
  askTrunks(core, id, device.id);
}

/** He can be rung as long as one of the trunks lives behind which his phone is. */
function askTrunks(core: Core, id: string, device: string): void {
  const lines = phoneTrunks(device, core.directory);
  const isCutOff = lines.length > 0 && lines.every((trunk) => core.downTrunks.has(trunk));
  if (isCutOff) claim(core, id, { source: "trunk", state: "offline", reason: "trunk down" });
  else unclaim(core, id, ["trunk"], "trunk");
}

/** From here on he takes calls elsewhere at this number, at none, or at the directory's. */
export function redirect(core: Core, id: string, number: string | null | undefined): void {
  const own = entry(core.directory.agents, id);
  if (!own || !core.tables.agent.has(id)) return;
  const now = change(core, "agent", id, (agent) => {
    agent.redirect = number;
    return redirectOf(own, agent);
  });
  record(core, { type: "agent.redirected", agent: id, number: now });
}

export function deviceChanged(core: Core, device: string, up: boolean): void {
  if (up) core.upDevices.add(device);
  else core.upDevices.delete(device);
  for (const agent of core.tables.agent.values()) if (agent.device === device) askPhone(core, agent.id);
}

/** A trunk is up or down, and the agents behind it with it. */
export function trunkChanged(core: Core, trunk: string, up: boolean): void {
  if (!Object.hasOwn(core.directory.trunks, trunk) || core.downTrunks.has(trunk) !== up) return;
  if (up) core.downTrunks.delete(trunk);
  else core.downTrunks.add(trunk);
  record(core, { type: "trunk.state", trunk, up });
  for (const { id, device } of core.tables.agent.values()) {
    if (phoneTrunks(device, core.directory).includes(trunk)) askTrunks(core, id, device);
  }
}

/** With a changed directory: who sat at his own phone sits at his own again, and so does he whose phone is no more. */
export function reseat(core: Core, id: string, before: Directory): void {
  const own = entry(core.directory.agents, id)?.device;
  const at = core.tables.agent.get(id)?.device;
  if (own === undefined || at === undefined) return;
  const isAway = at !== entry(before.agents, id)?.device && entry(core.directory.devices, at) !== undefined;
  moveTo(core, id, isAway ? at : own);
  if (registers(before, at) !== registers(core.directory, at)) askPhone(core, id);
}

function registers({ devices }: Directory, device: string): boolean {
  return entry(devices, device)?.trunk === undefined;
}

import type { Call } from "../call.ts";
import { holds } from "../agents.ts";
import { callOf, change, command, type Core, record } from "../core.ts";
import type { CallId, OfferId } from "../events.ts";
import { entry } from "./things.ts";
import { endTreatment, startTreatment } from "./treatments.ts";

/*
 * Who talks holds the caller, and goes on with him. Every step is one of ours (3pcc): the caller's leg stays here, and phones are only told
 * where media are.
 */

/** The two are parted, and the caller hears music. */
export function holdAsked(core: Core, id: CallId, by?: string): void {
  const { wait, held } = callOf(core, id);
  if (wait.for !== "talk") return;
  if (by === "phone") phoneHolds(core, id, true);
  if (held) return;
  change(core, "call", id, (call) => void (call.held = "parting"));
  command(core, { type: "part", call: id, offer: wait.offer });
}

export function phoneHolds(core: Core, id: CallId, does: boolean): void {
  change(core, "call", id, ({ party }) => {
    if (party) party.holds = does || undefined;
  });
}

/** The caller has been parted from who talked, or could not be. False: that is not waited for. */
export function callerParted(core: Core, id: CallId, offer: OfferId, done: boolean): boolean {
  const { wait, held, party } = callOf(core, id);
  if (wait.for !== "talk" || wait.offer !== offer || held !== "parting") return false;
  change(core, "call", id, (call) => void (call.held = done ? "parted" : undefined));
  if (!done) {
    record(core, { type: "hold.failed", call: id });
    return true;
  }
  record(core, { type: "call.held", call: id, agent: party?.agent, destination: party?.destination });
  tellHolder(core, id);
  soundHold(core, id);
  return true;
}

/** Who holds the caller is in `hold`, but while he talks with whom he has asked. */
export function tellHolder(core: Core, id: CallId): void {
  const { party, held, consult } = callOf(core, id);
  if (party?.agent === undefined) return;
  const isApart = held === "parted" || held === "joining";
  holds(core, party.agent, party.offer, isApart && !consult?.joined ? "hold" : "talking");
}

function soundHold(core: Core, id: CallId): void {
  const { language, trunk } = callOf(core, id);
  const music = holdMusic(core, trunk);
  const task = change(core, "call", id, (call) => startTreatment(core, call, music ? "music" : "silence", music));
  if (music) command(core, { type: "music", call: id, task, name: music, language });
  else command(core, { type: "silence", call: id, task });
}

/** What who is held hears, who is there by this trunk; undefined: nothing. */
export function holdMusic({ directory }: Core, trunk: Call["trunk"]): string | undefined {
  const { trunks, prompts } = directory;
  const wanted = entry(trunks, trunk ?? "")?.hold ?? prompts.hold ?? prompts.music;
  return wanted === "silence" ? undefined : wanted;
}

/** Who talked with the caller before is joined with him again. */
export function joinCaller(core: Core, id: CallId, offer: OfferId): void {
  change(core, "call", id, (call) => {
    endTreatment(core, call, "interrupted");
    call.held = "joining";
    call.wait = { for: "connect", offer };
  });
  command(core, { type: "connect", call: id, offer });
}

/** Joined again after a hold; false where it was none. */
export function retrieved(core: Core, id: CallId, offer: OfferId): boolean {
  const { held, party } = callOf(core, id);
  if (held !== "joining") return false;
  change(core, "call", id, (call) => {
    call.held = undefined;
    call.wait = { for: "talk", offer };
  });
  phoneHolds(core, id, false); // where it does so still, that is told anew
  record(core, { type: "call.retrieved", call: id, agent: party?.agent, destination: party?.destination });
  tellHolder(core, id);
  return true;
}

/** Whether it is being joined again, or with whom who talked has asked: its strategy was done with it before. */
export function isResumed(core: Core, id: CallId): boolean {
  const { held, handedOn } = callOf(core, id);
  return held === "joining" || handedOn?.asked === true;
}

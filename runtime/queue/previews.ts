import { lease, release } from "../agents.ts";
import { newOffer } from "../call.ts";
import type { Preview, Shown } from "../tried.ts";
import { arm, callOf, change, type Core, disarm, record } from "../core.ts";
import type { CallId, Millis, OfferId } from "../events.ts";
import { limits } from "../limits.ts";
import type { PreviewOutcome } from "../records.ts";
import { makeChooser } from "./choosers.ts";
import { poolOf } from "./seats.ts";

/*
 * A preview shows a call to people before anybody's phone rings. Each showing is a lease like an offer: it is made in one place and
 * ends in one place, whatever its outcome. The time is kept here; whoever accepts first has the call, all others are told so.
 */

/** Shows the call to whoever is next; how it all ended, where there is nobody any more or no time. */
export function showNext(core: Core, id: CallId): "nobody" | "declined_by_all" | "timeout" | undefined {
  const preview = callOf(core, id).preview;
  if (!preview) return "timeout";
  const { mode, forMs, leftMs } = preview;
  const ms = mode === "one by one" ? forMs : leftMs;
  const people = ms > 0 ? whoIsNext(core, id, preview) : [];
  if (people.length === 0) return ms > 0 ? exhausted(preview) : "timeout";
  for (const agent of people) show(core, id, agent, ms);
  change(core, "call", id, (call) => {
    call.wait = { for: "preview" };
    if (call.preview) call.preview.people = [...new Set([...call.preview.people, ...people])];
    arm(core, call, "preview", core.now + ms);
  });
  return undefined;
}

/**
 * Ready people in the order of the chooser, without those who have said no to this call or let it pass. All at once means always
 * the same people.
 */
function whoIsNext(core: Core, id: CallId, preview: Preview): string[] {
  const { mode, out, most, people, chooser } = preview;
  const goesOn = mode === "all at once" && people.length > 0;
  const room = mode === "one by one" ? Math.min(1, most - people.length) : Math.min(most, limits.previews);
  const found: string[] = [];
  for (const { agent } of poolOf(core, core.classes.get(preview.class), makeChooser(chooser)).seats) {
    if (out.includes(agent) || !rested(core, id, agent) || people.includes(agent) !== goesOn) continue;
    if (found.length === limits.previews) record(core, { type: "limit.reached", call: id, limit: "previews" });
    if (found.length >= room) break;
    found.push(agent);
  }
  return found;
}

function rested(core: Core, id: CallId, agent: string): boolean {
  const failedAt: Millis | undefined = callOf(core, id).failures[agent];
  return failedAt === undefined || core.now >= failedAt + limits.pairRest;
}

function exhausted({ people, declined }: Preview): "nobody" | "declined_by_all" | "timeout" {
  if (people.length === 0) return "nobody";
  return declined === people.length ? "declined_by_all" : "timeout";
}

function show(core: Core, id: CallId, agent: string, forMs: Millis): void {
  const offer = change(core, "call", id, (call) => {
    const its = newOffer(call);
    call.preview?.shown.push({ id: its, agent, since: core.now });
    return its;
  });
  const { mode = "all at once", showing, sound } = callOf(core, id).preview ?? {};
  lease(core, agent, id, { id: offer });
  record(core, { type: "preview.offered", call: id, preview: offer, agent, mode, forMs, showing, sound });
}

/** The one way in which the showing to somebody ends. An accepted one keeps its lease, for his phone is rung next. */
export function endShown(core: Core, id: CallId, { id: offer, agent, since }: Shown, outcome: PreviewOutcome): void {
  const refused = outcome === "declined" || outcome === "timeout";
  change(core, "call", id, (call) => {
    if (!call.preview) return;
    call.preview.shown = call.preview.shown.filter((each) => each.id !== offer);
    if (refused) call.preview.out = [...call.preview.out, agent];
    if (outcome === "declined") {
      call.preview.declined++;
      call.failures[agent] = core.now;
    }
  });
  record(core, { type: "preview.ended", call: id, preview: offer, agent, outcome, responseMs: core.now - since });
  if (outcome !== "accepted") release(core, agent, offer, refused ? "idle from now" : "unharmed");
}

/** He has it, and nobody else; from now on the preview rests with the time that is left. */
export function acceptPreview(core: Core, id: CallId, shown: Shown): void {
  endShown(core, id, shown, "accepted");
  endAllShown(core, id, "answered_elsewhere");
  change(core, "call", id, (call) => {
    const { preview } = call;
    if (!preview) return;
    preview.leftMs = Math.max(0, (call.due.preview?.at ?? core.now) - core.now);
    preview.out = [...preview.out, shown.agent];
    preview.accepted = { agent: shown.agent, offer: shown.id };
    disarm(core, call, "preview");
    arm(core, call, "accepted", core.now + limits.acceptedMs);
  });
}

export function endAllShown(core: Core, id: CallId, outcome: PreviewOutcome): void {
  for (const shown of callOf(core, id).preview?.shown ?? []) endShown(core, id, shown, outcome);
}

/** Whoever has accepted is free again, if his phone was not rung meanwhile. */
export function releaseAccepted(core: Core, id: CallId): void {
  const accepted = callOf(core, id).preview?.accepted;
  change(core, "call", id, (call) => {
    disarm(core, call, "accepted");
    if (call.preview) delete call.preview.accepted;
  });
  if (accepted) release(core, accepted.agent, accepted.offer, "idle from now");
}

/** The preview is over, whatever it was doing. */
export function dropPreview(core: Core, id: CallId, outcome: PreviewOutcome): void {
  if (!callOf(core, id).preview) return;
  endAllShown(core, id, outcome);
  releaseAccepted(core, id);
  change(core, "call", id, (call) => {
    disarm(core, call, "preview");
    delete call.preview;
  });
}

export function shownAs(core: Core, id: CallId, preview: OfferId): Shown | undefined {
  return core.tables.call.get(id)?.preview?.shown.find((each) => each.id === preview);
}

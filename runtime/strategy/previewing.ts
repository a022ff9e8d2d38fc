import type { Call } from "../call.ts";
import { callOf, change, type Core } from "../core.ts";
import type { CallId, OfferId } from "../events.ts";
import { dropPreview, releaseAccepted, showNext } from "../queue/previews.ts";
import { classOf } from "../queue/statistics.ts";
import { codeOf, frameAt, placeOf, scopeOf } from "./frames.ts";
import { asDuration, asFields, asName, asNumber } from "./needed.ts";
import type { PreviewOp } from "./program.ts";
import { masked } from "./secrets.ts";
import type { Failure } from "./world.ts";

/*
 * `preview`: what a strategy asks for and where it goes on. While `on accepted` runs the preview rests; where that ends without a
 * connection, it goes on.
 */

type Previewed = "nobody" | "declined_by_all" | "timeout";

export function startPreview(core: Core, id: CallId, { preview }: PreviewOp): Previewed | Failure | undefined {
  const call = callOf(core, id);
  const scope = scopeOf(core, call);
  const forMs = asDuration(preview.length(scope), scope);
  const people = preview.people?.(scope);
  const number = (of: typeof preview.top): number => (of ? asNumber(of(scope), scope) : Infinity);
  const most = Math.min(number(preview.top), number(preview.atMost));
  const showing = preview.showing && masked(core, call, asFields(preview.showing(scope)));
  const sound = preview.sound && asName(preview.sound(scope), scope);
  if (scope.failure) return scope.failure;
  if (!people) return "nobody";
  dropPreview(core, id, "withdrawn");
  change(core, "call", id, (changing) => {
    changing.preview = {
      pc: changing.pc,
      depth: changing.frames.length,
      mode: preview.mode,
      class: classOf(core, people).key,
      chooser: preview.chooser.terms,
      most: most === Infinity ? Number.MAX_SAFE_INTEGER : most,
      forMs,
      leftMs: forMs,
      showing,
      sound,
      people: [],
      declined: 0,
      out: [],
      shown: [],
    };
  });
  return endWith(core, id, showNext(core, id));
}

/** At the end of `on accepted`: nobody was connected, so the others are asked with the time that is left. */
export function goOnPreviewing(core: Core, id: CallId, pc: number): Previewed | undefined {
  const { preview, frames } = callOf(core, id);
  change(core, "call", id, (call) => {
    call.pc = pc;
  });
  if (preview?.pc !== pc || preview.depth !== frames.length) return "timeout";
  releaseAccepted(core, id);
  return endWith(core, id, showNext(core, id));
}

export function endWith(core: Core, id: CallId, outcome: Previewed | undefined): Previewed | undefined {
  if (outcome !== undefined) dropPreview(core, id, "withdrawn");
  return outcome;
}

/** A preview that rests ends as soon as its call stands outside of `on accepted`, by whatever way it left. */
export function prunePreview(core: Core, id: CallId): void {
  const call = core.tables.call.get(id);
  if (call?.preview && !isInside(core, call)) dropPreview(core, id, "withdrawn");
}

function isInside(core: Core, call: Call): boolean {
  const { preview, frames } = call;
  if (!preview || preview.depth > frames.length) return false;
  const op = codeOf(core, call, preview.depth).ops[preview.pc];
  const from = op?.op === "preview" ? op.handlers.accepted?.to : undefined;
  const pc = preview.depth === frames.length ? placeOf(call) : frameAt(call, preview.depth).pc;
  return op?.op === "preview" && (pc === preview.pc || (from !== undefined && from <= pc && pc < op.over));
}

/** Whether this person has accepted the call, and may therefore be rung although he is taken. */
export function hasAccepted(call: Call, agent: string): OfferId | undefined {
  const { accepted } = call.preview ?? {};
  return accepted?.agent === agent ? accepted.offer : undefined;
}

import { callOf, change, type Core, disarm } from "../core.ts";
import type { CallId } from "../events.ts";
import { withdrawAll } from "../queue/offers.ts";
import { dropPreview } from "../queue/previews.ts";
import { leaveQueue } from "../queue/queue.ts";
import { endAsk } from "./asking.ts";
import { endCollect } from "./collecting.ts";
import { abandonRequest } from "./requests.ts";
import { stopWaitedFor } from "./treatments.ts";
import { endDeposit } from "./voicemail.ts";

/** Calls off whatever the strategy waits for; nothing follows from it. A treatment without an end of its own sounds on. */
export function interrupt(core: Core, id: CallId): void {
  const { wait } = callOf(core, id);
  if (wait.for === "ring") withdrawAll(core, id, "strategy");
  if (wait.for === "deposit") endDeposit(core, id);
  if (wait.for === "preview") dropPreview(core, id, "withdrawn");
  if (wait.for === "bot") endAsk(core, id, wait.task, "abandoned");
  if (wait.for === "request") abandonRequest(core, id, "abandoned");
  change(core, "call", id, (call) => {
    stopWaitedFor(core, call);
    if (call.collecting) endCollect(core, call);
    if (call.dialing) delete call.dialing;
    disarm(core, call, "ringback");
    disarm(core, call, "time");
  });
}

/** Out of the queue block: its phones stop ringing, what runs beside it is called off, audio without an end sounds on. */
export function abandonBlock(core: Core, id: CallId, outcome: string): void {
  withdrawAll(core, id, "strategy");
  leaveQueue(core, id, outcome);
  interrupt(core, id);
  change(core, "call", id, (call) => {
    call.queued = undefined;
  });
}

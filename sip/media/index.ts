import { sibling, startThread } from "../thread.ts";
import { type MediaOptions, startLegs } from "./legs.ts";
import type { MediaEvent, MediaPort } from "./port.ts";
import { connectService } from "./remote.ts";

export { type Door, type DoorPort, openDoor } from "./door.ts";
export { enterDoor } from "./enter.ts";
export type { MediaOptions } from "./legs.ts";
export type { MediaCommand, MediaEvent, MediaLeg, MediaPort, PlayId } from "./port.ts";
export type { Quality } from "./quality.ts";
export { SAMPLE_RATE, readWav, wavLengthMs, wavMs, writeWav } from "./wav.ts";

/**
 * Our media service in a thread of its own. Rejects where no RTP port can be bound. When the service crashes, its legs are reported
 * closed with the reason, `crashed` is told, and a new one is started a second later.
 */
export function startMedia(options: MediaOptions & { crashed?: (error: Error) => void }): Promise<MediaPort> {
  const { crashed, ...data } = options;
  return connectService({ start: () => startThread(sibling(import.meta.url, "service"), data), crashed });
}

/** The same service in this thread, for tests. */
export async function startMediaHere(options: MediaOptions): Promise<MediaPort> {
  let listener: ((event: MediaEvent) => void) | undefined;
  const legs = await startLegs(options, (event) => queueMicrotask(() => listener?.(event)));
  return {
    send: (command) => legs.perform(command),
    listen: (to) => {
      listener = to;
    },
    stop: () => legs.stop(),
  };
}

/** When nothing is read from a connection: from whose address too much has come, and from who does not read what he is told. */
import type { Socket } from "node:net";

/** What we have said to a peer and he has not taken; beyond, he is not asked further. Enough for two of us who say much to one another at once. */
const UNREAD_BYTES = 256 * 1024;

export interface Intake {
  readonly isHeld: boolean;
  /** Nothing is read for so long; 0: it goes on. */
  pause(ms: number): void;
  /** Something was written. */
  wrote(): void;
}

/** `reading`: what `socket` brings. */
export function createIntake(socket: Socket, reading: { pause(): void; resume(): void }): Intake {
  const reasons = new Set<"much" | "unread">();

  function hold(reason: "much" | "unread"): void {
    reasons.add(reason);
    reading.pause();
  }

  function release(reason: "much" | "unread"): void {
    if (reasons.delete(reason) && reasons.size === 0 && !socket.destroyed) reading.resume();
  }

  socket.on("drain", () => release("unread"));
  return {
    get isHeld() {
      return reasons.size > 0;
    },
    pause(ms) {
      if (ms === 0 || reasons.has("much")) return;
      hold("much");
      setTimeout(() => release("much"), ms).unref();
    },
    wrote() {
      if (socket.writableLength > UNREAD_BYTES) hold("unread");
    },
  };
}

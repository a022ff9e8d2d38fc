import type { Writable } from "node:stream";

/** What is written to it in this turn of the event loop goes out by one system call: that is most of what a short text costs. */
export function together(stream: Writable): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}

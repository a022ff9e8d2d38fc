import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { type MediaEvent, type MediaPort, startMedia, writeWav } from "../media/index.ts";
import { connectService } from "../media/remote.ts";

function gather(media: MediaPort) {
  const events: MediaEvent[] = [];
  media.listen((event) => events.push(event));
  return {
    events,
    async until(count: number) {
      for (let waited = 0; waited < 15_000 && events.length < count; waited += 5) await pause(5);
      return events;
    },
  };
}

test("the service in a thread plays from leg to leg, and stops with all its legs closed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "media-remote-"));
  const prompt = join(folder, "prompt.wav");
  await writeFile(prompt, writeWav(new Int16Array(800).fill(5000)));
  const media = await startMedia({ address: "127.0.0.1" });
  const { events, until } = gather(media);
  media.send({ type: "open", leg: "a" });
  const [opened] = await until(1);
  media.send({ type: "open", leg: "b", offer: opened?.type === "opened" ? opened.sdp : "" });
  const [, answered] = await until(2);
  media.send({ type: "peer", leg: "a", role: "answer", sdp: answered?.type === "opened" ? answered.sdp : "" });
  media.send({ type: "play", leg: "a", play: 7, files: [prompt], loop: false });
  expect((await until(3))[2]).toEqual({ type: "played", leg: "a", play: 7, outcome: "done" });
  await media.stop();
  const closed = events.slice(3);
  expect(closed.map(({ type, leg }) => `${type} ${leg}`).toSorted()).toEqual(["closed a", "closed b"]);
  for (const event of closed) expect(event.type === "closed" && event.sent).toBeGreaterThan(1);
  await rm(folder, { recursive: true });
});

test("a service that cannot start says why", async () => {
  await expect(startMedia({ address: "192.0.2.1", ports: [20_000, 20_002] })).rejects.toThrow(
    "no RTP port from 20000 to 20002 can be bound at 192.0.2.1",
  );
});

/** A service that opens whatever it is asked to, and crashes when told to play. */
const FRAGILE = `
  const { parentPort } = require("node:worker_threads");
  parentPort.on("message", ({ type, leg }) => {
    if (type === "open" && leg !== "slow") parentPort.postMessage({ type: "opened", leg, sdp: "" });
    if (type === "close") parentPort.postMessage({ type: "closed", leg, sent: 1, received: 1 });
    if (type === "play") throw new Error("a mistake of ours");
    if (type === "stopService") parentPort.close();
  });
  parentPort.postMessage({ type: "ready" });
`;

test("a crash closes every leg with its reason, refuses new ones, and a new service takes over", async () => {
  const crashes: string[] = [];
  const media = await connectService({
    start: () => new Worker(FRAGILE, { eval: true }),
    crashed: (error) => crashes.push(error.message),
    restartMs: 100,
  });
  const { events, until } = gather(media);
  for (const leg of ["a", "gone", "slow"]) media.send({ type: "open", leg });
  await until(2);
  media.send({ type: "close", leg: "gone" });
  await until(3);
  media.send({ type: "play", leg: "a", play: 1, files: [], loop: false });
  await until(5);
  const reason = "the media service failed: a mistake of ours";
  expect(events.slice(3)).toEqual([
    { type: "closed", leg: "a", sent: 0, received: 0, reason },
    { type: "refused", leg: "slow", reason },
  ]);
  expect(crashes).toEqual(["a mistake of ours"]);

  media.send({ type: "open", leg: "b" });
  media.send({ type: "close", leg: "a" });
  expect((await until(6)).slice(5)).toEqual([{ type: "refused", leg: "b", reason: "the media service is down" }]);
  // How long a thread takes to begin is the machine's.
  await expect
    .poll(
      () => {
        media.send({ type: "open", leg: "c" });
        return events.at(-1);
      },
      { interval: 50, timeout: 20_000 },
    )
    .toEqual({ type: "opened", leg: "c", sdp: "" });
  await media.stop();
});

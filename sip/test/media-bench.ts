/*
 * How evenly packets leave, and what they cost: `npx tsx sip/test/media-bench.ts [streams …]`, 100 and 500 by default.
 * The phones are another process, so that only the service itself weighs on the clock it is measured by.
 */
import { fork } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startMedia } from "../media/index.ts";

const SECONDS = 8;
const PROMPT = join(import.meta.dirname, "../../examples/first-call/prompts/welcome.wav");

if (process.send) await listen();
else for (const count of streams()) await measure(count);

function streams(): number[] {
  const asked = process.argv.slice(2).map(Number);
  return asked.length > 0 ? asked : [100, 500];
}

async function measure(count: number): Promise<void> {
  const phones = fork(import.meta.filename, { execArgv: process.execArgv });
  const [{ port }] = await once(phones, "message");
  const offer = `v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio ${port} RTP/AVP 0\n`;
  const media = await startMedia({ address: "127.0.0.1" });
  let opened = 0;
  let sent = 0;
  media.listen((event) => {
    if (event.type === "opened") opened++;
    if (event.type === "closed") sent += event.sent;
  });
  for (let i = 0; i < count; i++) {
    media.send({ type: "open", leg: `${i}`, offer });
    media.send({ type: "play", leg: `${i}`, play: 1, files: [PROMPT], loop: true });
  }
  await pause(1500);
  phones.send("measure");
  const before = process.cpuUsage();
  await pause(SECONDS * 1000);
  const { user, system } = process.cpuUsage(before);
  phones.send("report");
  const [{ gaps, packets }] = await once(phones, "message");
  await media.stop();
  const cpu = Math.round((user + system) / 1e4 / SECONDS);
  process.stdout.write(
    `${opened} streams: gap p1/p50/p99/p99.9 ${gaps.join(" / ")} ms, ${packets} packets of ${count * 50 * SECONDS} in ${SECONDS} s, ${sent} sent in all, CPU ${cpu} % of a core\n`,
  );
}

/** The phones: one socket, streams told apart by their port. */
async function listen(): Promise<void> {
  const socket = createSocket({ type: "udp4", recvBufferSize: 4_000_000 });
  const last = new Map<number, number>();
  let gaps: number[] = [];
  socket.on("message", (_, { port }) => {
    const now = performance.now();
    const before = last.get(port);
    if (before !== undefined) gaps.push(now - before);
    last.set(port, now);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  process.on("message", (message) => {
    if (message === "measure") gaps = [];
    else report();
  });
  process.send?.({ port: socket.address().port });

  function report(): void {
    gaps.sort((a, b) => a - b);
    const at = (share: number) => Number((gaps[Math.floor(gaps.length * share)] ?? 0).toFixed(1));
    process.send?.({ gaps: [at(0.01), at(0.5), at(0.99), at(0.999)], packets: gaps.length }, () => process.exit());
  }
}

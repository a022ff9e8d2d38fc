/*
 * `npm run bench:sip -- [--rate 200] [--seconds 10] [--waiting 1000] [--streams 500]`: live calls through `cordboard run` with SIPp calling, beside bare
 * `srf.createB2BUA` on the same endpoint. The longest: `--seconds 3300`, for phones register once, for an hour. Linux only: the processor's time is read from /proc. CPU time counts, not the clock.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { register } from "../../sip/test/peers/register.ts";
import * as script from "../../sip/test/peers/scenarios.ts";
import { sipp } from "../../sip/test/peers/sipp.ts";
import { startPhones } from "./phones.ts";
import { type Measured, startMeasured } from "./process.ts";
import { benchSite, few, root } from "./site.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({ options: { rate: text, seconds: text, waiting: text, streams: text } });
const number = (given: string | undefined, otherwise: number) => Number(given ?? otherwise);
const [rate, seconds] = [number(values.rate, 200), number(values.seconds, 10)];
/** The longest that the registrar takes. */
const REGISTERED_S = 3_600;
/** What is only compared needs no hour. */
const briefly = Math.min(seconds, 60);
const [waiting, streams] = [number(values.waiting, 1_000), number(values.streams, 500)];
/** Enough for calls of half a second and what they wait for each other. */
const extensions = Array.from({ length: Math.max(20, rate * 2) }, (_, at) => `${20_000 + at}`);

/** A caller who hangs up half a second after somebody has answered. */
const plain = script.scenario(script.invite, script.answeredAndAcked, script.pause(500), script.byeSent);

/** One who is answered by us first, and hangs up half a second after he was moved from our media to an agent. */
const moved = script.scenario(
  script.invite,
  script.answeredAndAcked,
  script.movedByReinvite,
  script.pause(500),
  script.byeSent,
);

const site = benchSite(extensions);

try {
  const own = await throughQueue();
  const bare = await throughBare();
  for (const [which, each] of Object.entries(own))
    say(
      `${`CPU a call: queue + agent leg, ${which} / bare`.padEnd(48)} ${each.toFixed(2)} / ${bare.toFixed(2)} ms = ${(each / bare).toFixed(2)} ×, budget 1.5 ×`,
    );
  await backlog();
  await callersWaiting();
  const media = spawnSync(process.execPath, ["--import", "tsx", join(root, "sip/test/media-bench.ts"), `${streams}`], {
    encoding: "utf8",
  });
  say(`RTP: ${media.stdout.trim()}, budget p99 < 25 ms`);
} finally {
  site.remove();
}

/** Calls of half a second at the rate; the processor's ms for each, after a warm-up. */
async function load(run: Measured, scenario: string, service: string, lasting = briefly): Promise<number> {
  const callers = async (calls: number) => {
    const { ended } = await sipp({ scenario, remote: run.sip, service, calls, rate, timeoutSeconds: lasting + 60 });
    const { code, errors } = await ended;
    if (code !== 0) say(`  SIPp: ${errors.trim().slice(0, 500)}`);
    return code;
  };
  await callers(rate * 3);
  const before = run.cpuMs();
  const code = await callers(rate * lasting);
  if (code !== 0) process.exitCode = 1;
  const each = (run.cpuMs() - before) / (rate * lasting);
  say(
    `${`${rate} calls/s for ${lasting} s, ${service}`.padEnd(48)} ${code === 0 ? "none failed" : "FAILED"}, ${each.toFixed(2)} ms CPU a call, ${megabytes(run)}`,
  );
  return each;
}

/** `unanswered`: who rings until an agent takes the call, as any caller of the bare B2BUA does; `answered` by our media first, and moved to the agent. */
async function throughQueue(): Promise<{ answered: number; unanswered: number }> {
  const phones = await startPhones();
  const run = await site.run();
  for (const extension of extensions) await register(run.sip, extension, phones.port, REGISTERED_S);
  const idle = run.sockets();
  const each = await load(run, moved, "5000", seconds);
  await leftBehind(run, idle);
  const unanswered = await load(run, plain, "8000");
  await run.stop();
  await phones.stop();
  const offers = site.records<{ at: string; call: string }>("offer.made").flatMap(({ at, call }) => {
    const came = phones.invited.get(call);
    // Whole milliseconds of one clock.
    return came === undefined ? [] : [came - Date.parse(at)];
  });
  say(`${"event → INVITE".padEnd(48)} ${spread(offers)} of ${offers.length} offers, budget p99 < 20 ms`);
  return { answered: each, unanswered };
}

/** Once the last transaction is forgotten (RFC 3261 17: 32 s) nothing of all calls may be left. */
async function leftBehind(run: Measured, idle: number): Promise<void> {
  await pause(35_000);
  const [begun, ended] = [site.records("call.arrived").length, site.records("call.ended").length];
  const sockets = run.sockets() - idle;
  const isClean = sockets === 0 && begun === ended;
  if (!isClean) process.exitCode = 1;
  say(
    `${"left behind after 35 s".padEnd(48)} ${isClean ? "nothing" : "FAILED"}: ${begun} calls begun, ${ended} ended, ${sockets} sockets more, ${megabytes(run)}`,
  );
}

/** Ten agents, and always somebody who waits: how long is an agent without a call? */
async function backlog(): Promise<void> {
  const phones = await startPhones();
  const run = await site.run();
  for (const extension of few) await register(run.sip, extension, phones.port, REGISTERED_S);
  const callers = await sipp({
    scenario: moved,
    remote: run.sip,
    service: "7000",
    calls: few.length * 20,
    rate: 100,
    timeoutSeconds: 120,
  });
  if ((await callers.ended).code !== 0) process.exitCode = 1;
  await run.stop();
  await phones.stop();
  say(`${"an agent's BYE → next INVITE, others waiting".padEnd(48)} ${spread(phones.rests)} of ${phones.rests.length}`);
}

async function throughBare(): Promise<number> {
  const phones = await startPhones();
  const run = await startMeasured(["--import", "tsx", join(import.meta.dirname, "bare.ts"), `${phones.port}`]);
  const each = await load(run, plain, "bare");
  await run.stop();
  await phones.stop();
  return each;
}

async function callersWaiting(): Promise<void> {
  const phones = await startPhones();
  const run = await site.run();
  // A queue that nobody could ever serve lets its callers go at once.
  await register(run.sip, extensions[0]!, phones.port, REGISTERED_S);
  const idle = run.rss();
  const held = script.scenario(script.invite, script.answeredAndAcked, script.pause(3_600_000), script.byeSent);
  const callers = await sipp({
    scenario: held,
    remote: run.sip,
    service: "6000",
    calls: waiting,
    rate: 100,
    timeoutSeconds: 3_600,
  });
  await pause((waiting / 100) * 1_000 + 3_000);
  const before = run.cpuMs();
  await pause(briefly * 1_000);
  const share = (run.cpuMs() - before) / (briefly * 10);
  const gone = site.records("call.ended").length;
  if (gone > 0) process.exitCode = 1;
  const bytes = (run.rss() - idle) / waiting;
  say(
    `${`${waiting} callers in a queue with music, ${briefly} s`.padEnd(48)} ${gone === 0 ? "" : `FAILED, ${gone} gone; `}${share.toFixed(0)} % of a core, ${(bytes / 1_024).toFixed(0)} KB a caller with all buffers, ${megabytes(run)}`,
  );
  await callers.stop();
  await run.stop();
  await phones.stop();
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const share = (part: number) => (sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN).toFixed(0);
  return `p50 / p99 / max ${share(0.5)} / ${share(0.99)} / ${share(1)} ms`;
}

function megabytes(run: Measured): string {
  return `${(run.rss() / 1_048_576).toFixed(0)} MB`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

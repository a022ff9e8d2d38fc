/*
 * `npm run bench:sip -- [--rate 200] [--seconds 10] [--waiting 1000] [--streams 500]`: live calls through `cordboard run` with SIPp calling, beside bare
 * `srf.createB2BUA` on the same endpoint. An hour: `--seconds 3600`. Linux only: the processor's time is read from /proc. CPU time counts, not the clock.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { register } from "../../sip/test/peers/register.ts";
import * as script from "../../sip/test/peers/scenarios.ts";
import { sipp } from "../../sip/test/peers/sipp.ts";
import { startPhones } from "./phones.ts";
import { type Measured, startMeasured } from "./process.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({ options: { rate: text, seconds: text, waiting: text, streams: text } });
const number = (given: string | undefined, otherwise: number) => Number(given ?? otherwise);
const [rate, seconds] = [number(values.rate, 200), number(values.seconds, 10)];
const [waiting, streams] = [number(values.waiting, 1_000), number(values.streams, 500)];
const root = join(import.meta.dirname, "../..");
/** Enough for calls of half a second and what they wait for each other. */
const AGENTS = Math.max(20, rate * 2);

const strategy = `strategy "bench" {
  entry "5000"
  entry "6000"
  default route to group Everyone
  answer
  if call.to == "6000" { music "moh/calm" for 1h }
  queue Bench {
    ring for 10s
    at 0s group Everyone
    give up after 30s
    while waiting { music "moh/calm" }
  }
  hangup
}
`;
const directory = `directory: 1
site: { name: bench, zone: UTC, country: ES, languages: [en] }
defaults: { ring_for: 10s, wrap_up: 0s }
prompts: { folder: prompts }
agents:
${Array.from({ length: AGENTS }, (_, at) => `  a${at}: { extension: "${20_000 + at}" }`).join("\n")}
`;

const folder = mkdtempSync(join(tmpdir(), "cordboard-bench-"));
mkdirSync(join(folder, "site"));
writeFileSync(join(folder, "site/bench.strategy"), strategy);
writeFileSync(join(folder, "site/directory.yaml"), directory);
cpSync(join(root, "examples/first-call/prompts"), join(folder, "site/prompts"), { recursive: true });

try {
  const own = await throughQueue();
  const bare = await throughBare();
  say(
    `${"CPU a call: queue + agent leg / bare B2BUA".padEnd(48)} ${own.toFixed(2)} / ${bare.toFixed(2)} ms = ${(own / bare).toFixed(2)} ×, budget 1.5 ×`,
  );
  await callersWaiting();
  const media = spawnSync(process.execPath, ["--import", "tsx", join(root, "sip/test/media-bench.ts"), `${streams}`], {
    encoding: "utf8",
  });
  say(`RTP: ${media.stdout.trim()}, budget p99 < 25 ms`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runSite(): Promise<Measured> {
  const flags = ["--sip", "udp:127.0.0.1:0", "--no-http", "--log-level", "error", "--drain", "1"];
  const events = ["--events", join(folder, "events.ndjson")];
  return startMeasured([join(root, "dist-bench/cli/start.js"), "run", join(folder, "site"), ...flags, ...events]);
}

/** Calls of half a second at the rate; the processor's ms for each, after a warm-up. */
async function load(run: Measured, scenario: string, service: string): Promise<number> {
  const callers = async (calls: number) => {
    const { ended } = await sipp({ scenario, remote: run.sip, service, calls, rate, timeoutSeconds: seconds + 60 });
    const { code, errors } = await ended;
    if (code !== 0) say(`  SIPp: ${errors.trim().slice(0, 500)}`);
    return code;
  };
  await callers(rate * 3);
  const before = run.cpuMs();
  const code = await callers(rate * seconds);
  const each = (run.cpuMs() - before) / (rate * seconds);
  say(
    `${`${rate} calls/s for ${seconds} s, ${service}`.padEnd(48)} ${code === 0 ? "none failed" : "FAILED"}, ${each.toFixed(2)} ms CPU a call, ${megabytes(run)}`,
  );
  return each;
}

async function throughQueue(): Promise<number> {
  const phones = await startPhones();
  const run = await runSite();
  for (let at = 0; at < AGENTS; at++) await register(run.sip, String(20_000 + at), phones.port);
  const moved = script.scenario(
    script.invite,
    script.answeredAndAcked,
    script.movedByReinvite,
    script.pause(500),
    script.byeSent,
  );
  const each = await load(run, moved, "5000");
  await run.stop();
  await phones.stop();
  reportLatency(phones.invited);
  return each;
}

/** From the record of an offer to the INVITE at the phone: this is whole milliseconds of one clock. */
function reportLatency(invited: Map<string, number>): void {
  const lines = readFileSync(join(folder, "events.ndjson"), "utf8")
    .split("\n")
    .filter((line) => line.includes('"offer.made"'));
  const waits = lines.flatMap((line) => {
    const { at, call }: { at: string; call: string } = JSON.parse(line);
    const came = invited.get(call);
    return came === undefined ? [] : [came - Date.parse(at)];
  });
  const sorted = waits.toSorted((a, b) => a - b);
  const share = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
  say(
    `${"event → INVITE p50 / p99 / max".padEnd(48)} ${share(0.5)} / ${share(0.99)} / ${sorted.at(-1)} ms of ${sorted.length} offers, budget p99 < 20 ms`,
  );
}

async function throughBare(): Promise<number> {
  const phones = await startPhones();
  const run = await startMeasured(["--import", "tsx", join(import.meta.dirname, "bare.ts"), `${phones.port}`]);
  const plain = script.scenario(script.invite, script.answeredAndAcked, script.pause(500), script.byeSent);
  const each = await load(run, plain, "bare");
  await run.stop();
  await phones.stop();
  return each;
}

async function callersWaiting(): Promise<void> {
  const run = await runSite();
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
  await pause(seconds * 1_000);
  const share = (run.cpuMs() - before) / (seconds * 10);
  const bytes = (run.rss() - idle) / waiting;
  say(
    `${`${waiting} callers with music for ${seconds} s`.padEnd(48)} ${share.toFixed(0)} % of a core, ${(bytes / 1_024).toFixed(0)} KB a caller with all buffers, ${megabytes(run)}`,
  );
  await callers.stop();
  await run.stop();
}

function megabytes(run: Measured): string {
  return `${(run.rss() / 1_048_576).toFixed(0)} MB`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { folder, running } from "../../cli/test/command.ts";
import { readWav, startMediaHere, writeWav } from "../media/index.ts";
import { type Phone, type PhoneOptions, startPhone } from "../phone/phone.ts";
import { correlation } from "./audio.ts";
import { sweep } from "./rtp-phone.ts";

/* A call over IPv6 alone, through `cordboard run`: signalling, descriptions and audio. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const hasSix = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === "::1"));

const voices = { caller: sweep(6400, 300), ana: sweep(6400, 1500) };
const prompt = sweep(6400, 2600);

const strategy = (queue: string): string => `strategy "desk" {
  entry "5000"
  default route to group Everyone
  answer
  play "welcome"
  ${queue}
  hangup
}
`;
const directory = `directory: 1
site: { name: desk, zone: UTC, country: ES, languages: [en] }
agents:
  ana: { extension: "101" }
trunks:
  pbx: { to: "sip:[::1]:PORT", health: never, media: MEDIA }
prompts: { folder: prompts }
`;

/** Of this user; it says his voice, and keeps what he hears in `NAME.heard.wav`. */
async function phone(files: string, name: "caller" | "ana", options: PhoneOptions): Promise<Phone> {
  const play = join(files, `${name}.wav`);
  writeFileSync(play, writeWav(voices[name]));
  const media = await startMediaHere({ address: "[::1]" });
  const record = join(files, `${name}.heard.wav`);
  const started = await startPhone({ listen: "udp:[::1]:0", play, record, media, ...options });
  closing.push(() => started.stop());
  return started;
}

const size = (files: string, name: string): number =>
  statSync(join(files, `${name}.heard.wav`), { throwIfNoEntry: false })?.size ?? 0;

function heard(files: string, name: string): Int16Array {
  const read = readWav(readFileSync(join(files, `${name}.heard.wav`)));
  if ("reason" in read) throw new Error(read.reason);
  return read.samples;
}

test.skipIf(!hasSix).each([
  ["a phone that registers, directly", "direct", "ring agent ana for 20s"],
  ["a phone behind a trunk, directly", "direct", 'dial "102" via trunk pbx'],
  ["a phone behind a trunk, in our mix", "relay", 'dial "102" via trunk pbx'],
])("the caller hears a prompt, and he and %s hear one another", { timeout: 60_000 }, async (_, media, connect) => {
  const files = mkdtempSync(join(tmpdir(), "six-"));
  closing.push(() => rmSync(files, { recursive: true, force: true }));
  const isTrunk = connect.startsWith("dial");
  const behind = isTrunk ? await phone(files, "ana", { user: "102" }) : undefined;
  const port = /:(\d+)$/.exec(behind?.uri ?? "")?.[1] ?? "9";
  const site = folder({
    "desk.strategy": strategy(connect),
    "directory.yaml": directory.replace("PORT", port).replace("MEDIA", media),
    "prompts/welcome.wav": "",
  });
  closing.push(() => site.remove());
  writeFileSync(join(site.path, "prompts/welcome.wav"), writeWav(prompt));
  const run = await running(site.path, ["--sip", "udp:[::1]:0", "--log-level", "warn"]);
  closing.push(() => run.stop());
  expect(run.sip).toMatch(/^\[::1\]:\d+$/);
  const ana = behind ?? (await phone(files, "ana", { user: "101", registrar: `sip:${run.sip}` }));
  const caller = await phone(files, "caller", { user: "200" });
  const call = caller.call(`sip:5000@${run.sip}`);
  const taken = await ana.incoming(20_000);
  await run.event(({ type }) => type === "call.connected");
  for (const leg of [call.leg, taken.leg]) {
    await expect.poll(() => leg?.remoteSdp).toMatch(/^c=IN IP6 ::1\r$/m);
    expect(leg?.remoteSdp).not.toContain("IP4");
  }
  // More than a second of what each says.
  await expect.poll(() => size(files, "ana"), { timeout: 20_000 }).toBeGreaterThan(20_000);
  call.hangUp();
  await taken.reached("ended");
  await run.event(({ type, disposition }) => type === "call.ended" && disposition === "answered");
  await expect.poll(() => [call.heard, taken.heard]).not.toContain(undefined);
  expect(correlation(heard(files, "caller"), prompt)).toBeGreaterThan(0.8);
  expect(correlation(heard(files, "caller"), voices.ana)).toBeGreaterThan(0.5);
  expect(correlation(heard(files, "ana"), voices.caller)).toBeGreaterThan(0.5);
});

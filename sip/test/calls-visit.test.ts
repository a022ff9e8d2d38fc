import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { CallId } from "../../runtime/index.ts";
import { readWav, writeWav } from "../media/index.ts";
import type { PhoneCall } from "../phone/phone-call.ts";
import type { Phone } from "../phone/phone.ts";
import { correlation } from "./audio.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { sweep } from "./rtp-phone.ts";

/** What is heard takes its time, on a busy machine more. */
vi.setConfig({ testTimeout: 60_000 });

let rig: Rig;
beforeEach(async () => {
  const mailboxes = {
    it: { owner: "agent ana", access: "*97" },
    shared: { owner: "agent luc", access: "910 603 198", pin: { env: "PIN_4711" } },
  };
  rig = await startRig({}, { mailboxes });
});
afterEach(async () => {
  // What is keyed in is told to nobody.
  expect(rig.events.filter(({ type }) => type === "digit.pressed" || type === "treatment.ended")).toEqual([]);
  await rig.stop();
});

const said = [sweep(4800, 300), sweep(4800, 1500)];

async function leave(mailbox: string, index: number): Promise<void> {
  const draft = await rig.messages.begin({ mailbox, call: "c", from: "1", to: "2" });
  writeFileSync(draft.file, writeWav(said[index] ?? new Int16Array()));
  await draft.keep(600);
}

function samplesOf(file: string): Int16Array {
  const wav = readWav(readFileSync(file));
  return "samples" in wav ? wav.samples : new Int16Array();
}

const record = (): string => join(rig.folder, "heard.wav");
const clip = (name: string): Int16Array => samplesOf(join(import.meta.dirname, `../saying/clips/en/${name}.wav`));
const heard = (sound: Int16Array | undefined): boolean =>
  correlation(samplesOf(record()), sound ?? new Int16Array()) > 0.8;

interface Visiting {
  call: PhoneCall;
  id: CallId;
}

/** Calls; what the engine says to it, which the rig has not. */
async function calls(phone: Phone, number: string, mailboxes: string[]): Promise<Visiting> {
  const call = phone.call(`sip:${number}@${rig.at}`);
  const { call: id } = await rig.next("call.arrived");
  rig.perform({ type: "visit", call: id, mailboxes });
  return { call, id };
}

/** The same, where he is answered. */
async function visits(phone: Phone, number: string, mailbox: string): Promise<Visiting> {
  const visiting = await calls(phone, number, [mailbox]);
  await rig.next("call.answered");
  await visiting.call.reached("talking");
  return visiting;
}

const keys = (call: PhoneCall, text: string, how?: "audio"): void =>
  text.split("").forEach((key) => call.press(key, how));

/** He is done, and let go. */
async function over({ call, id }: Visiting): Promise<void> {
  await rig.next("visit.ended", 30_000);
  rig.perform({ type: "hangup", call: id });
  await call.reached("ended");
  await until(() => existsSync(record()));
}

it("the owner hears new messages from his own phone, and deletes one", async () => {
  await leave("it", 0);
  await leave("it", 1);
  const phone = await rig.agent("ana", { record: record() });
  rig.mailboxes.length = 0;
  const visit = await visits(phone, "*97", "it");
  expect(await rig.next("visit.opened")).toMatchObject({ mailbox: "it", by: "phone" });
  await until(() => rig.mailboxes.length === 1, 30_000);
  keys(visit.call, "3");
  await until(() => rig.mailboxes.length === 3, 30_000);
  keys(visit.call, "*");
  await over(visit);
  expect(rig.mailboxes).toEqual([
    ["it", 1, 1],
    ["it", 1, 0],
    ["it", 0, 1],
  ]);
  for (const sound of [clip("2"), clip("new-messages"), clip("deleted"), ...said]) expect(heard(sound)).toBe(true);
  expect(heard(clip("enter-pin"))).toBe(false);
  expect(await rig.rest()).toEqual([]);
});

it("who has the PIN hears them from anywhere, after a wrong one too, and both are told", async () => {
  await leave("shared", 0);
  const phone = await rig.phone({ user: "stranger", record: record() });
  const visit = await visits(phone, "+34910603198", "shared");
  keys(visit.call, "1234#");
  expect(await rig.next("visit.refused", 30_000)).toMatchObject({ reason: "wrong" });
  keys(visit.call, "4711#", "audio");
  expect(await rig.next("visit.opened", 30_000)).toMatchObject({ mailbox: "shared", by: "pin" });
  await until(() => rig.mailboxes.some(([, fresh, old]) => fresh === 0 && old === 1), 30_000);
  keys(visit.call, "2");
  await over(visit);
  expect(heard(said[0])).toBe(true);
  expect(heard(clip("no-more-messages"))).toBe(true);
});

it("three wrong PINs end the call; after ten the right one opens nothing to who has guessed, and to others all the same", async () => {
  await leave("shared", 0);
  const phone = await rig.phone({ user: "stranger", record: record() });
  const reasons: string[] = [];
  for (let nth = 0; nth < 4; nth++) {
    const visit = await visits(phone, "910603198", "shared");
    keys(visit.call, nth < 3 ? "1#2#3#" : "1#4711#2#");
    for (let tries = 0; tries < 3; tries++) reasons.push((await rig.next("visit.refused", 30_000)).reason);
    await over(visit);
  }
  expect(reasons).toEqual([...Array<string>(10).fill("wrong"), "too_many", "too_many"]);
  expect(rig.mailboxes).toEqual([["shared", 1, 0]]);
  expect(heard(clip("wrong"))).toBe(true);
  expect(heard(said[0])).toBe(false);
  const owner = await rig.phone({ user: "owner" });
  const { call, id } = await visits(owner, "910603198", "shared");
  keys(call, "4711#");
  expect(await rig.next("visit.opened", 30_000)).toMatchObject({ mailbox: "shared", by: "pin" });
  call.hangUp();
  expect(await rig.next("call.gone")).toMatchObject({ call: id });
  expect(await rig.rest()).toEqual([]);
});

it("without a PIN nobody but the owner's phone is let in", async () => {
  const phone = await rig.phone({ user: "ana" });
  const { call, id } = await calls(phone, "*97", ["it"]);
  expect(await rig.next("visit.ended")).toMatchObject({ sip: 403 });
  rig.perform({ type: "reject", call: id, code: 403 });
  await call.reached("ended");
  expect(call.status).toBe(403);
  expect(await rig.rest()).toEqual([]);
  expect(rig.calls.stats().calls).toBe(0);
});

it("whoever is at his mailbox when the run stops, or signalling is lost, is gone, told once", async () => {
  const phone = await rig.phone({ user: "stranger" });
  const { call } = await visits(phone, "910603198", "shared");
  keys(call, "47");
  await rig.calls.stop();
  await call.reached("ended");
  expect(await rig.next("call.gone")).toMatchObject({ reason: "stopped" });
  expect(await rig.rest()).toEqual([]);
});

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readWav, writeWav } from "../media/index.ts";
import type { PhoneCall } from "../phone-call.ts";
import { correlation } from "./audio.ts";
import { pause, type Rig, startRig, until } from "./calls-rig.ts";
import { sweep } from "./rtp-phone.ts";

let rig: Rig;
beforeEach(async () => {
  const mailboxes = {
    it: { owner: "agent ana", access: "*97" },
    shared: { owner: "agent luc", access: "*98", pin: { env: "PIN_4711" } },
  };
  rig = await startRig({}, { mailboxes });
});
afterEach(() => rig.stop());

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

async function over(call: PhoneCall | undefined): Promise<void> {
  await call?.reached("ended", 20_000);
  await until(() => existsSync(record()));
}

it("the owner hears new messages from his own phone, and deletes one", async () => {
  await leave("it", 0);
  await leave("it", 1);
  const phone = await rig.agent("ana", { record: record() });
  rig.mailboxes.length = 0;
  const call = phone.call(`sip:*97@${rig.at}`);
  await call.reached("talking");
  await until(() => rig.mailboxes.length === 1, 15_000);
  call.press("3", "audio");
  await until(() => rig.mailboxes.length === 3, 15_000);
  await pause(300);
  call.press("*");
  await over(call);
  expect(rig.mailboxes).toEqual([
    ["it", 1, 1],
    ["it", 1, 0],
    ["it", 0, 1],
  ]);
  for (const sound of [clip("2"), clip("new-messages"), clip("deleted"), ...said]) expect(heard(sound)).toBe(true);
  expect(heard(clip("enter-pin"))).toBe(false);
  expect(await rig.rest()).toEqual([]);
});

it("who has the PIN hears them from anywhere, after a wrong one too", async () => {
  await leave("shared", 0);
  const phone = await rig.phone({ user: "stranger", record: record() });
  const call = phone.call(`sip:*98@${rig.at}`);
  await call.reached("talking");
  for (const key of "1234#".split("")) call.press(key);
  await pause(500);
  for (const key of "4711#".split("")) call.press(key, "audio");
  await until(() => rig.mailboxes.some(([, fresh, old]) => fresh === 0 && old === 1), 15_000);
  call.press("2");
  await over(call);
  expect(heard(said[0])).toBe(true);
  expect(heard(clip("no-more-messages"))).toBe(true);
});

it("three wrong PINs end the call; ten in a row close the mailbox, for the right one too", async () => {
  await leave("shared", 0);
  const phone = await rig.phone({ user: "stranger", record: record() });
  for (let calls = 0; calls < 4; calls++) {
    const call = phone.call(`sip:*98@${rig.at}`);
    await call.reached("talking");
    const wrong = calls < 3 ? "1#2#3#" : "1#4711#2#";
    for (const key of wrong.split("")) call.press(key);
    await over(call);
  }
  expect(rig.mailboxes).toEqual([["shared", 1, 0]]);
  expect(heard(clip("wrong"))).toBe(true);
  expect(heard(said[0])).toBe(false);
});

it("without a PIN nobody but the owner's phone is let in", async () => {
  const phone = await rig.phone({ user: "ana" });
  const call = phone.call(`sip:*97@${rig.at}`);
  await call.reached("ended");
  expect(call.status).toBe(403);
  expect(await rig.rest()).toEqual([]);
  expect(rig.calls.stats().calls).toBe(0);
});

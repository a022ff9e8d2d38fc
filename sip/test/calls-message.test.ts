import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readWav, writeWav } from "../media/index.ts";
import { correlation } from "./audio.ts";
import { pause, type Rig, startRig, until } from "./calls-rig.ts";
import { sweep } from "./rtp-phone.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.stop());

const said = sweep(6400, 300);

function samplesOf(file: string): Int16Array {
  const wav = readWav(readFileSync(file));
  if ("reason" in wav) throw new Error(wav.reason);
  return wav.samples;
}

/** A caller who speaks, and is being recorded. */
async function speaking(more: { mostMs?: number; subject?: string } = {}) {
  writeFileSync(join(rig.folder, "said.wav"), writeWav(said));
  const record = join(rig.folder, "heard.wav");
  const { phone, call } = await rig.caller({ play: join(rig.folder, "said.wav"), record });
  rig.perform({ type: "takeMessage", call, task: 1, mailbox: "own", mostMs: 60_000, ...more });
  return { phone: phone.calls[0], call, record };
}

const leftThere = (): string[] =>
  existsSync(join(rig.folder, "mailboxes/own")) ? readdirSync(join(rig.folder, "mailboxes/own")) : [];
const wavs = (): string[] => leftThere().filter((name) => name.endsWith(".wav"));

it("the caller hears the tone, and what he says until he hangs up is a message", async () => {
  const { phone, call, record } = await speaking({ subject: "broken" });
  await pause(2300);
  phone?.hangUp();
  expect(await rig.next("voicemail.ended")).toMatchObject({ call, task: 1, outcome: "left_message" });
  await rig.next("call.gone");
  await until(() => rig.mailboxes.length > 0);
  expect(rig.mailboxes).toEqual([["own", 1, 0]]);
  const [message] = await rig.messages.list("own");
  expect(message).toMatchObject({ call, from: "+34600000001", to: "5000", subject: "broken", heard: false });
  const kept = samplesOf((await rig.messages.fileOf("own", message?.id ?? "")) ?? "");
  expect(kept.length).toBe((message?.lengthMs ?? 0) * 8);
  expect(message?.lengthMs).toBeGreaterThan(1500);
  expect(correlation(kept, said)).toBeGreaterThan(0.6);
  await phone?.reached("ended");
  const tone = samplesOf(join(import.meta.dirname, "../saying/clips/tone.wav"));
  expect(correlation(samplesOf(record), tone)).toBeGreaterThan(0.9);
  expect(correlation(kept, tone)).toBeLessThan(0.5);
});

it("it ends when it is as long as it may be, or with #, and the call goes on", async () => {
  const { call, phone } = await speaking({ mostMs: 2200 });
  expect(await rig.next("voicemail.ended")).toMatchObject({ task: 1, outcome: "left_message" });
  await until(() => rig.mailboxes.length === 1);
  expect((await rig.messages.list("own"))[0]?.lengthMs).toBe(2200);
  rig.perform({ type: "takeMessage", call, task: 2, mailbox: "own", mostMs: 60_000 });
  await pause(2200);
  phone?.press("#", "audio");
  expect(await rig.next("voicemail.ended")).toMatchObject({ task: 2, outcome: "left_message" });
  await until(() => rig.mailboxes.length === 2);
  expect(await rig.next("digit.pressed")).toMatchObject({ digit: "#" });
  rig.perform({ type: "play", call, task: 3, prompt: "hello", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 3, outcome: "done" });
});

it("where the call is recorded both are whole: the message, and the call through it and after it", async () => {
  writeFileSync(join(rig.folder, "said.wav"), writeWav(said));
  const { phone, call } = await rig.caller({ play: join(rig.folder, "said.wav") });
  rig.perform({ type: "record", call, what: "call" });
  expect(await rig.next("recording.changed")).toMatchObject({ state: "started" });
  rig.perform({ type: "takeMessage", call, task: 1, mailbox: "own", mostMs: 2200 });
  await until(() => wavs().length === 1);
  rig.perform({ type: "record", call, what: "pause" });
  expect(await rig.next("recording.changed")).toMatchObject({ state: "paused" });
  expect(await rig.next("voicemail.ended")).toMatchObject({ outcome: "left_message" });
  rig.perform({ type: "record", call, what: "resume" });
  expect(await rig.next("recording.changed")).toMatchObject({ state: "resumed" });
  await until(() => rig.mailboxes.length === 1);
  const [message] = await rig.messages.list("own");
  expect(message?.lengthMs).toBe(2200);
  const kept = samplesOf((await rig.messages.fileOf("own", message?.id ?? "")) ?? "");
  expect(correlation(kept, said)).toBeGreaterThan(0.6);
  phone.calls[0]?.hangUp();
  await rig.next("call.gone");
  const day = join(rig.folder, "recordings/calls", readdirSync(join(rig.folder, "recordings/calls"))[0] ?? "");
  const notes = () => JSON.parse(readFileSync(join(day, `${call}.json`), "utf8") || "{}");
  await until(() => notes().lengthMs !== undefined);
  expect(notes().lengthMs).toBeGreaterThan(2200);
  expect(samplesOf(join(day, `${call}.wav`)).length).toBe(notes().lengthMs * 8);
});

it("what was given up, or was too short, leaves nothing", async () => {
  const { call, phone } = await speaking();
  await until(() => wavs().length === 1);
  rig.perform({ type: "abandonDeposit", call, task: 1 });
  await until(() => leftThere().length === 0);
  rig.perform({ type: "takeMessage", call, task: 2, mailbox: "own", mostMs: 60_000 });
  await until(() => wavs().length === 1);
  phone?.hangUp();
  await rig.next("call.gone");
  await until(() => leftThere().length === 0);
  expect(rig.mailboxes).toEqual([]);
});

it("where it cannot be kept it fails", async () => {
  writeFileSync(join(rig.folder, "mailboxes"), "not a folder");
  await speaking();
  expect(await rig.next("voicemail.ended")).toMatchObject({ task: 1, outcome: "failed" });
  expect(rig.logged.some(({ level, message }) => level === "error" && message === "no message taken")).toBe(true);
});

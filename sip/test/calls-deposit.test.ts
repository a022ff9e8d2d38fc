import { afterEach, beforeEach, expect, it } from "vitest";
import { type Phone, startPhone } from "../phone/phone.ts";
import { pause, type Rig, startRig, until } from "./calls-rig.ts";

let rig: Rig;
let mailbox: Phone;
beforeEach(async () => {
  mailbox = await startPhone({ user: "2000" });
  rig = await startRig({ pbx: [mailbox.uri] });
});
afterEach(async () => {
  await rig.stop();
  await mailbox.stop();
});

const deposit = { type: "deposit", mailbox: "it", trunk: "pbx", number: "2000" } as const;

it("the mailbox is told whose it is, and hears the caller until he has spoken and gone", async () => {
  const { phone, call } = await rig.caller();
  rig.directory.agents.ana = { ...(rig.directory.agents.ana ?? never()), extension: "6177" };
  rig.perform({ ...deposit, call, task: 1, subject: "broken\r\nX-Evil: 1" });
  const taken = await mailbox.incoming();
  await until(() => rig.calls.stats().mediaLegs === 0);
  expect(taken.invite?.get("Diversion")).toMatch(/^<sip:6177@127\.0\.0\.1:\d+>;reason=no-answer;counter=1$/);
  expect(taken.invite?.has("X-Evil")).toBe(false);
  await pause(2100);
  phone.calls[0]?.hangUp();
  expect(await rig.next("voicemail.ended")).toMatchObject({ call, task: 1, outcome: "left_message" });
  expect(await rig.next("call.gone")).toMatchObject({ call });
  await taken.reached("ended");
  expect(taken.heard?.received).toBeGreaterThan(50);
});

it("a mailbox that hangs up at once has no message, and the caller hears us again", async () => {
  const { call } = await rig.caller();
  rig.perform({ ...deposit, call, task: 1 });
  const taken = await mailbox.incoming();
  await until(() => rig.calls.stats().mediaLegs === 0);
  taken.hangUp();
  expect(await rig.next("voicemail.ended")).toMatchObject({ task: 1, outcome: "empty" });
  rig.perform({ type: "play", call, task: 2, prompt: "hello", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 2, outcome: "done" });
});

it("a mailbox that is not there fails, and says why", async () => {
  const { call } = await rig.caller();
  rig.perform({ ...deposit, call, task: 1, number: "2001" });
  expect(await rig.next("voicemail.ended")).toMatchObject({ task: 1, outcome: "failed", sip: 404 });
  rig.perform({ ...deposit, call, task: 2, trunk: "nowhere" });
  expect(await rig.next("voicemail.ended")).toEqual({
    type: "voicemail.ended",
    call,
    task: 2,
    outcome: "failed",
    sip: 503,
  });
  await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 1, mediaLegs: 1 });
});

it("a caller who was not answered may leave a message too", async () => {
  const phone = await rig.phone({ user: "ann" });
  const placed = phone.call(`sip:5000@${rig.at}`);
  const { call } = await rig.next("call.arrived");
  rig.perform({ ...deposit, call, task: 1 });
  const taken = await mailbox.incoming();
  await placed.reached("talking");
  expect(taken.invite?.get("Diversion")).toContain("sip:5000@");
  await pause(50);
  rig.perform({ type: "abandonDeposit", call, task: 1 });
  await taken.reached("ended");
  const answered = { type: "voicemail.answered", call, task: 1, dialog: expect.any(String) };
  expect(await rig.rest()).toEqual([answered]);
  await until(() => rig.calls.stats().legs === 1);
});

function never(): never {
  throw new Error("no such agent");
}

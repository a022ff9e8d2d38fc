import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { type RawPhone, type RawRequest, rawSdp, requestFrom, startRawPhone } from "./raw-phone.ts";

/* What crosses while two who talk are moved into our mix, or out of it. */

let rig: Rig;
/** A party on a trunk; how it answers each re-INVITE. */
let far: RawPhone;
let reinvited: (request: RawRequest) => void;

beforeEach(async () => {
  reinvited = ({ reply }) => reply("200 OK", { body: rawSdp(40_000) });
  far = await startRawPhone((request) => {
    const { method, text, reply } = request;
    if (method === "ACK") return;
    if (method === "INVITE" && /^To:.*;tag=/im.test(text)) return reinvited(request);
    reply("200 OK", method === "INVITE" ? { body: rawSdp(40_000) } : {});
  });
  rig = await startRig({ hub: [`sip:127.0.0.1:${far.port}`] });
});
afterEach(async () => {
  await rig.stop();
  await far.stop();
});

async function talking(): Promise<string> {
  const { call } = await rig.caller();
  rig.perform({
    type: "offer",
    call,
    offer: "o1",
    party: { kind: "number", number: "910603165", trunks: ["hub"] },
    from: "1",
  });
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "o1" });
  await rig.next("call.connected");
  await until(() => rig.calls.stats().mediaLegs === 0);
  return call;
}

async function recording(call: string, what: "call" | "stop"): Promise<string> {
  rig.perform({ type: "record", call, what });
  return (await rig.next("recording.changed")).state;
}

const attend = async (call: string, agent: string) =>
  await rig.calls.attend(call, { party: { kind: "agent", agent, device: `d_${agent}` }, from: "1", speaks: false });

describe("a recording that is ended while the two are moved for it", () => {
  const kept = (): string[] => {
    const days = join(rig.folder, "recordings/calls");
    return readdirSync(days).flatMap((day) => readdirSync(join(days, day)));
  };

  it("keeps nothing where it has not begun, and the next is one of its own", async () => {
    const call = await talking();
    rig.perform({ type: "record", call, what: "call" });
    expect(await recording(call, "stop")).toBe("ended");
    expect(await recording(call, "call")).toBe("started");
    expect(kept().filter((name) => name.endsWith(".wav"))).toEqual([`${call}.wav`]);
  });

  it("leaves the two talking directly", async () => {
    const call = await talking();
    let answer = (): void => undefined;
    reinvited = ({ reply }) => (answer = () => reply("200 OK", { body: rawSdp(40_000) }));
    const asked = far.received.length;
    rig.perform({ type: "record", call, what: "call" });
    await until(() => far.received.length > asked);
    expect(await recording(call, "stop")).toBe("ended");
    reinvited = ({ reply }) => reply("200 OK", { body: rawSdp(40_000) });
    answer();
    await until(() => rig.calls.stats().mediaLegs === 0);
    expect(await rig.rest()).toEqual([]);
  });
});

it("who hangs up while the two are led back to one another is told as gone", async () => {
  const call = await talking();
  expect(await recording(call, "call")).toBe("started");
  reinvited = ({ text, reply }) => {
    far.send(requestFrom(text, far.port, { method: "BYE" }), Number(rig.at.split(":")[1]));
    reply("487 Request Terminated");
  };
  expect(await recording(call, "stop")).toBe("ended");
  expect(await rig.next("party.gone")).toMatchObject({ call, offer: "o1" });
  rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 1, outcome: "done" });
});

it("two who come at one time move the party once", async () => {
  const call = await talking();
  await rig.agent("eva");
  await rig.agent("tim");
  const held: (() => void)[] = [];
  reinvited = ({ reply }) => held.push(() => reply("200 OK", { body: rawSdp(40_000) }));
  const coming = [attend(call, "eva"), attend(call, "tim")];
  await until(() => held.length > 0 && rig.calls.stats().legs === 4);
  reinvited = ({ reply }) => reply("200 OK", { body: rawSdp(40_000) });
  for (const answer of held) answer();
  expect(await Promise.all(coming)).toEqual(["attending", "attending"]);
  await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 4, mediaLegs: 4 });
});

it("who leaves while the two are moved for him leaves them talking directly", async () => {
  const call = await talking();
  const eva = await rig.agent("eva");
  let answer = (): void => undefined;
  reinvited = ({ reply }) => (answer = () => reply("200 OK", { body: rawSdp(40_000) }));
  const asked = far.received.length;
  const coming = attend(call, "eva");
  await until(() => far.received.length > asked);
  eva.calls[0]?.hangUp();
  expect(await rig.next("guest.changed")).toMatchObject({ who: "eva", state: "left" });
  reinvited = ({ reply }) => reply("200 OK", { body: rawSdp(40_000) });
  answer();
  expect(await coming).toBe("unreachable");
  await until(() => rig.calls.stats().mediaLegs === 0 && rig.calls.stats().legs === 2);
});

it("who is asked for twice at one time is called once", async () => {
  const call = await talking();
  const eva = await rig.agent("eva");
  expect(await Promise.all([attend(call, "eva"), attend(call, "eva")])).toEqual(["attending", "busy"]);
  expect(eva.calls).toHaveLength(1);
});

it("a guest for whom the party cannot be moved leaves the two as they were", async () => {
  const call = await talking();
  await rig.agent("eva");
  reinvited = ({ reply }) => reply("488 Not Acceptable Here");
  expect(await attend(call, "eva")).toBe("unreachable");
  await until(() => rig.calls.stats().mediaLegs === 0 && rig.calls.stats().legs === 2);
});

it("a party that refuses to be led back to the caller stays with him in our mix", async () => {
  const call = await talking();
  expect(await recording(call, "call")).toBe("started");
  const refused: RawRequest[] = [];
  reinvited = (request) => {
    refused.push(request);
    request.reply("488 Not Acceptable Here");
  };
  expect(await recording(call, "stop")).toBe("ended");
  await until(() => refused.length === 1 && rig.calls.stats().mediaLegs === 2);
  expect(await rig.rest()).toEqual([]);
  // Both are there already, so nobody is asked again.
  expect(await recording(call, "call")).toBe("started");
  expect(refused).toHaveLength(1);
});

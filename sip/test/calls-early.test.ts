import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallId, Party } from "../../runtime/index.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { ackTo, inviteTo, okTo, type RawPhone, type RawRequest, rawSdp, startRawPhone } from "./raw-phone.ts";

/* Row 4.26: what a caller hears before he is answered, by the trunk he came by; and prompts before the answer. */

let rig: Rig;
let outside: RawPhone;
let caller: RawPhone;
let takes: (request: RawRequest) => void = () => undefined;
const portOf = (): number => Number(rig.at.split(":")[1]);

beforeEach(async () => {
  takes = () => undefined;
  outside = await startRawPhone((request) => {
    if (request.method === "INVITE") takes(request);
    else if (request.method !== "ACK") request.reply("200 OK");
  });
  caller = await startRawPhone((request) => {
    if (request.method === "INVITE") request.reply("200 OK", { body: rawSdp(40_050, 2) });
    else if (request.method !== "ACK") request.reply("200 OK");
  });
});
afterEach(async () => {
  await rig.stop();
  await outside.stop();
  await caller.stop();
});

/** He calls by a trunk of this mode. */
async function called(ringback: string): Promise<CallId> {
  const trunk = { to: [`sip:127.0.0.1:${caller.port}`], ringback };
  rig = await startRig({ out: [`sip:127.0.0.1:${outside.port}`], in: trunk });
  caller.send(inviteTo(rig.at, caller.port, { body: rawSdp(40_050) }), portOf());
  const { call, trunk: by } = await rig.next("call.arrived");
  expect(by).toBe("in");
  return call;
}

const party = { kind: "number", number: "61", trunks: ["out"] } satisfies Party;
const offer = (call: CallId): void => rig.perform({ type: "offer", call, offer: "1", party, from: "" });
/** Answers he has had to his INVITE, in order. */
const answers = (): string[] =>
  caller.received
    .filter((text) => text.startsWith("SIP/2.0") && /^CSeq: 1 INVITE/im.test(text))
    .map((text) => text.slice(8, 11))
    .filter((status) => status !== "100");
const bodyOf = (status: string): string => {
  const text = caller.received.findLast((each) => each.startsWith(`SIP/2.0 ${status}`)) ?? "";
  return text.slice(text.indexOf("\r\n\r\n") + 4);
};
const acknowledge = async (): Promise<void> => {
  await until(() => answers().at(-1) === "200");
  const ok = caller.received.findLast((text) => text.startsWith("SIP/2.0 200")) ?? "";
  caller.send(ackTo(ok, caller.port), portOf());
};

describe("pass", () => {
  it("nothing before the party rings, then what the party sends, and the answer is the same", async () => {
    const call = await called("pass");
    expect(answers()).toEqual([]);
    takes = (request) => {
      request.reply("180 Ringing");
      request.reply("183 Session Progress", { body: rawSdp(40_060) });
      setTimeout(() => request.reply("200 OK", { body: rawSdp(40_060) }), 60);
    };
    offer(call);
    await rig.next("offer.ringing");
    await rig.next("offer.answered");
    expect(answers()).toEqual(["180", "183"]);
    expect(bodyOf("183")).toContain("m=audio 40060 ");
    rig.perform({ type: "connect", call, offer: "1" });
    await acknowledge();
    await rig.next("call.connected");
    expect(bodyOf("200")).toBe(bodyOf("183"));
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
  });

  it("two parties that ring at once are only rung for: nobody's media are his", async () => {
    const call = await called("pass");
    takes = (request) => request.reply("183 Session Progress", { body: rawSdp(40_060) });
    offer(call);
    rig.perform({ type: "offer", call, offer: "2", party, from: "" });
    await until(() => answers().length > 0);
    expect(new Set(answers())).toEqual(new Set(["180"]));
    takes = () => undefined;
    for (const text of outside.received.filter((each) => each.startsWith("INVITE"))) {
      outside.send(okTo(text, outside.port).replace("200 OK", "486 Busy Here"), portOf());
    }
    await rig.next("offer.failed");
    await rig.next("offer.failed");
  });
});

it("instant180: his network's tone at once, before anybody is called", async () => {
  const call = await called("instant180");
  await until(() => answers().length === 1);
  expect(answers()).toEqual(["180"]);
  expect(outside.received).toEqual([]);
  rig.perform({ type: "reject", call, code: 486 });
  await until(() => answers().at(-1) === "486");
});

describe("tone183", () => {
  it("our tone at once; who has heard us is answered by us, and moved to the party", async () => {
    const call = await called("tone183");
    await until(() => answers().length === 1);
    expect(answers()).toEqual(["183"]);
    await expect.poll(() => rig.calls.stats().mediaLegs).toBe(1);
    takes = (request) => request.reply("200 OK", { body: rawSdp(40_060) });
    offer(call);
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await acknowledge();
    await rig.next("call.connected");
    expect(bodyOf("200 OK")).toBe(bodyOf("183"));
    expect(caller.received.findLast((text) => text.startsWith("INVITE"))).toContain("m=audio 40060 ");
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
  });

  it("row 4.9: where the party is relayed, he is answered by us, and stays with us", async () => {
    const trunk = { to: [`sip:127.0.0.1:${caller.port}`], ringback: "tone183" };
    rig = await startRig({ out: { to: `sip:127.0.0.1:${outside.port}`, media: "relay" }, in: trunk });
    caller.send(inviteTo(rig.at, caller.port, { body: rawSdp(40_050) }), portOf());
    const { call } = await rig.next("call.arrived");
    await until(() => answers().length === 1);
    takes = (request) => request.reply("200 OK", { body: rawSdp(40_060) });
    offer(call);
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await acknowledge();
    await rig.next("call.connected");
    expect(bodyOf("200 OK")).toBe(bodyOf("183"));
    expect(rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 2 });
  });

  it("he gives up: nothing is left", async () => {
    await called("tone183");
    await until(() => answers().length === 1);
    caller.send(inviteTo(rig.at, caller.port, { body: "" }).replaceAll("INVITE", "CANCEL"), portOf());
    await rig.next("call.gone");
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 0, legs: 0, mediaLegs: 0 });
  });
});

describe("prompts before the answer", () => {
  it("are heard, and the answer says the same again", async () => {
    const call = await called("pass");
    rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en" });
    expect(await rig.next("treatment.ended")).toMatchObject({ task: 1, outcome: "done" });
    expect(answers()).toEqual(["183"]);
    rig.perform({ type: "answer", call, ringback: false });
    await acknowledge();
    await rig.next("call.answered");
    expect(bodyOf("200")).toBe(bodyOf("183"));
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 1, mediaLegs: 1 });
  });

  it("he is refused after them, and nothing is left", async () => {
    const call = await called("pass");
    rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en" });
    await rig.next("treatment.ended");
    rig.perform({ type: "reject", call, code: 480 });
    await until(() => answers().at(-1) === "480");
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 0, legs: 0, mediaLegs: 0 });
  });
});

describe("row 1.18: a caller who is answered hears our ringing tone", () => {
  /** He hears the tone, and the party has said what it says. */
  async function ringing(says: (request: RawRequest) => void) {
    rig = await startRig({ out: [`sip:127.0.0.1:${outside.port}`] });
    const { call, phone } = await rig.caller();
    rig.perform({ type: "ringback", call, task: 1 });
    takes = says;
    offer(call);
    await rig.next("offer.ringing");
    const leg = phone.calls[0]?.leg;
    if (!leg) throw new Error("no leg");
    return { call, leg };
  }
  const early = (request: RawRequest): void => request.reply("183 Session Progress", { body: rawSdp(40_060) });

  it("until the party sends media of its own: he hears those, also when it answers", async () => {
    let answer: (() => void) | undefined;
    const { call, leg } = await ringing((request) => {
      early(request);
      answer = () => request.reply("200 OK", { body: rawSdp(40_060) });
    });
    await until(() => leg.remoteSdp.includes("m=audio 40060 "));
    await until(() => rig.calls.stats().mediaLegs === 0);
    const before = leg.remoteSdp;
    answer?.();
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    expect(leg.remoteSdp).toBe(before);
  });

  it.each(["refuses", "is withdrawn"])("a party that %s after that: he hears us again", async (how) => {
    let refuse: (() => void) | undefined;
    const { call, leg } = await ringing((request) => {
      early(request);
      refuse = () => request.reply(how === "refuses" ? "486 Busy Here" : "487 Request Terminated");
    });
    await until(() => leg.remoteSdp.includes("m=audio 40060 "));
    await until(() => rig.calls.stats().mediaLegs === 0);
    if (how === "refuses") refuse?.();
    else rig.perform({ type: "withdraw", call, offer: "1", reason: "no_answer" });
    await until(() => !leg.remoteSdp.includes("m=audio 40060 "));
    await until(() => rig.calls.stats().mediaLegs === 1);
    if (how !== "refuses") refuse?.();
  });

  it("it refuses at once: he hears us all the same", async () => {
    const { leg } = await ringing((request) => {
      early(request);
      request.reply("486 Busy Here");
    });
    await rig.next("offer.failed");
    await until(() => !leg.busy && rig.calls.stats().mediaLegs === 1 && !leg.remoteSdp.includes("m=audio 40060 "));
  });
});

describe("row 4.27: who comes by no trunk is a phone that calls out", () => {
  const ringing = async (defaults: object): Promise<string[]> => {
    rig = await startRig({ out: [`sip:127.0.0.1:${outside.port}`] }, { defaults: { cool_down: "0s", ...defaults } });
    caller.send(inviteTo(rig.at, caller.port, { body: rawSdp(40_050) }), portOf());
    const { call } = await rig.next("call.arrived");
    takes = (request) => request.reply("183 Session Progress", { body: rawSdp(40_060) });
    offer(call);
    await until(() => bodyOf("183").includes("m=audio 40060 "));
    const heard = answers();
    const invite = outside.received.find((text) => text.startsWith("INVITE")) ?? "";
    outside.send(okTo(invite, outside.port).replace("200 OK", "486 Busy Here"), portOf());
    await rig.next("offer.failed");
    return heard;
  };

  it("180 at once unless said otherwise, then what the called side sends", async () => {
    expect(await ringing({})).toEqual(["180", "183"]);
  });

  it("`defaults: { ringback: { outbound: pass } }`: only what the called side sends", async () => {
    expect(await ringing({ ringback: { outbound: "pass" } })).toEqual(["183"]);
  });

  it("`inbound` is for trunks that do not say themselves", async () => {
    const trunk = { to: [`sip:127.0.0.1:${caller.port}`] };
    rig = await startRig({ in: trunk }, { defaults: { cool_down: "0s", ringback: { inbound: "instant180" } } });
    caller.send(inviteTo(rig.at, caller.port, { body: rawSdp(40_050) }), portOf());
    await rig.next("call.arrived");
    await until(() => answers().length === 1);
    expect(answers()).toEqual(["180"]);
  });
});

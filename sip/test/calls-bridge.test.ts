import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallId, Party } from "../../runtime/index.ts";
import type { Phone } from "../phone/phone.ts";
import type { PhoneCall } from "../phone/phone-call.ts";
import { parseSdp, printSdp, type SdpDirection, withDirection } from "../dialog/sdp.ts";
import { pause, type Rig, startRig, until } from "./calls-rig.ts";
import {
  ackTo,
  inviteTo,
  okTo,
  type RawPhone,
  type RawRequest,
  rawSdp,
  requestTo,
  startRawPhone,
} from "./raw-phone.ts";

let rig: Rig;
const phones: RawPhone[] = [];
let raw: RawPhone | undefined;
let takes: (request: RawRequest) => void = () => undefined;
beforeEach(async () => {
  raw = await startRawPhone((request) => takes(request));
  rig = await startRig({ raw: [`sip:127.0.0.1:${raw.port}`] });
});
afterEach(async () => {
  await rig.stop();
  await raw?.stop();
  await Promise.all(phones.splice(0).map((phone) => phone.stop()));
});

const ana = { kind: "agent", agent: "ana", device: "d_ana" } as const;
const outside = { kind: "number", number: "+34700", trunks: ["raw"] } satisfies Party;

/** A caller, answered, and an agent, connected. */
async function connected(): Promise<{ call: CallId; caller: PhoneCall; agent: PhoneCall; phones: [Phone, Phone] }> {
  const second = await rig.agent("ana");
  const { phone, call } = await rig.caller();
  rig.perform({ type: "music", call, task: 1, name: "calm", language: "en" });
  rig.perform({ type: "offer", call, offer: "1", party: ana, from: "+34600000001" });
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "1" });
  await rig.next("call.connected");
  const [caller, agent] = [phone.calls[0], second.calls[0]];
  if (!caller || !agent) throw new Error("no calls");
  return { call, caller, agent, phones: [phone, second] };
}

const originOf = (sdp = ""): { id: string; version: number } => {
  const [, id = "", version] = /^o=\S+ (\d+) (\d+) /m.exec(sdp) ?? [];
  return { id, version: Number(version) };
};

const media = (sdp = ""): string => sdp.slice(sdp.indexOf("m="));

function directed(sdp: string, direction: SdpDirection): string {
  const parsed = parseSdp(sdp);
  if (!("sdp" in parsed)) throw new Error(parsed.reason);
  return printSdp(withDirection(parsed.sdp, direction));
}

describe("caller and agent are joined", () => {
  it("media are direct, ours are freed, and each dialog is one session with a rising version", async () => {
    const { caller, agent, call } = await connected();
    await until(() => rig.calls.stats().mediaLegs === 0);
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
    expect(media(caller.leg?.remoteSdp)).toBe(media(agent.leg?.localSdp));
    expect(media(agent.leg?.remoteSdp).split(" ")[1]).toBe(media(caller.leg?.localSdp).split(" ")[1]);
    expect(originOf(caller.leg?.remoteSdp).version).toBe(2);
    expect(originOf(agent.leg?.remoteSdp).version).toBe(1);
    expect(agent.invite?.get("From")).toMatch(/^"\+34600000001" <sip:\+34600000001@/);
    expect(agent.invite?.get("X-Conversation-Id")).toBe(call);
  });

  it.each(["caller", "agent"] as const)("the %s hangs up", async (who) => {
    const both = await connected();
    await pause(200);
    both[who].hangUp();
    const event = await rig.next(who === "caller" ? "call.gone" : "party.gone");
    expect(event.call).toBe(both.call);
    rig.perform({ type: "hangup", call: both.call });
    await Promise.all([both.caller.reached("ended"), both.agent.reached("ended")]);
    expect(both.agent.heard?.received).toBeGreaterThan(5);
    expect(both.caller.heard?.received).toBeGreaterThan(5);
    expect(await rig.rest()).toEqual([]);
    await until(() => Object.values(rig.calls.stats()).every((count) => count === 0));
  });

  it("the caller holds and goes on: the other is told", async () => {
    const { caller: self, agent: other } = await connected();
    const before = originOf(other.leg?.remoteSdp);
    const held = await self.leg?.offer(directed(self.leg.localSdp, "sendonly"));
    expect(held).toMatchObject({ sdp: expect.stringContaining("a=recvonly") });
    expect(other.leg?.remoteSdp).toContain("a=sendonly");
    expect(originOf(other.leg?.remoteSdp)).toEqual({ id: before.id, version: before.version + 1 });
    await self.leg?.offer(directed(self.leg.localSdp, "sendrecv"));
    expect(other.leg?.remoteSdp).toContain("a=sendrecv");
    expect(originOf(other.leg?.remoteSdp)).toEqual({ id: before.id, version: before.version + 2 });
  });

  it("a refresh is answered with what holds, and goes no further", async () => {
    const { caller, agent } = await connected();
    const before = agent.leg?.remoteSdp;
    const answer = await caller.leg?.offer(caller.leg.localSdp);
    expect(answer).toEqual({ sdp: caller.leg?.remoteSdp });
    expect(agent.leg?.remoteSdp).toBe(before);
  });

  it("both offer at once: neither waits for ever (RFC 3261 14.2)", async () => {
    const { caller, agent } = await connected();
    const both = [caller, agent].map(async (one) => one.leg?.offer(directed(one.leg.localSdp, "sendonly")));
    const answers = await Promise.all(both);
    expect(answers.some((answer) => answer && "status" in answer && answer.status === 491)).toBe(true);
    await pause(100);
    expect(await caller.leg?.offer(directed(caller.leg.localSdp, "inactive"))).toHaveProperty("sdp");
  });

  it("a party that hung up leaves a caller who can hear us again", async () => {
    const { call, caller, agent } = await connected();
    agent.hangUp();
    await rig.next("party.gone");
    rig.perform({ type: "play", call, task: 5, prompt: "hello", language: "en" });
    expect(await rig.next("treatment.ended")).toMatchObject({ task: 5, outcome: "done" });
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 1, mediaLegs: 1 });
    expect(originOf(caller.leg?.remoteSdp).version).toBe(3);
  });
});

describe("a party that answers and is not joined", () => {
  it("hangs up before the connect: party.gone, and the connect fails", async () => {
    const phone = await rig.agent("ana");
    const { call } = await rig.caller();
    rig.perform({ type: "offer", call, offer: "1", party: ana, from: "" });
    await rig.next("offer.answered");
    phone.calls[0]?.hangUp();
    expect(await rig.next("party.gone")).toMatchObject({ call, offer: "1" });
    rig.perform({ type: "connect", call, offer: "1" });
    expect(await rig.next("connect.failed")).toMatchObject({ call, offer: "1" });
  });

  it.each(["488 Not Acceptable Here", "415 Unsupported Media Type", "503 Service Unavailable"])(
    "the caller's side takes no re-INVITE (%s): both stay where they are, and hear one another in our mix",
    async (status) => {
      const caller = await rawCaller((request) => request.reply(status));
      const phone = await rig.agent("ana");
      rig.perform({ type: "offer", call: caller.call, offer: "1", party: ana, from: "" });
      await rig.next("offer.answered");
      rig.perform({ type: "connect", call: caller.call, offer: "1" });
      await rig.next("call.connected");
      await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 2 });
      const told = { fields: { call: caller.call, sip: Number(status.slice(0, 3)) } };
      expect(rig.logged).toContainEqual(expect.objectContaining({ level: "warn", ...told }));
      phone.calls[0]?.hangUp();
      await rig.next("party.gone");
      rig.perform({ type: "play", call: caller.call, task: 5, prompt: "hello", language: "en" });
      expect(await rig.next("treatment.ended")).toMatchObject({ task: 5, outcome: "done" });
    },
  );

  it("nobody is at the caller's address any more: he is gone at once, and nobody else is rung for him", async () => {
    const caller = await rawCaller(() => undefined);
    await rig.agent("ana");
    rig.perform({ type: "offer", call: caller.call, offer: "1", party: ana, from: "" });
    await rig.next("offer.answered");
    await phones.splice(phones.indexOf(caller.phone), 1)[0]?.stop();
    rig.perform({ type: "connect", call: caller.call, offer: "1" });
    expect(await rig.next("call.gone", 8000)).toMatchObject({ call: caller.call, reason: "lost" });
    expect(await rig.rest()).toEqual([]);
    await expect.poll(() => rig.calls.stats().calls).toBe(0);
  });

  it("a 491 of the caller is tried again (RFC 3261 14.1)", async () => {
    let refusals = 0;
    const caller = await rawCaller((request, port) =>
      refusals++ === 0 ? request.reply("491 Request Pending") : request.reply("200 OK", { body: rawSdp(port, 2) }),
    );
    await rig.agent("ana");
    rig.perform({ type: "offer", call: caller.call, offer: "1", party: ana, from: "" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call: caller.call, offer: "1" });
    expect(await rig.next("call.connected")).toMatchObject({ offer: "1" });
  });

  it("the caller answers from another port: the party is told", async () => {
    const caller = await rawCaller((request) => request.reply("200 OK", { body: rawSdp(40_404, 2) }));
    const phone = await rig.agent("ana");
    rig.perform({ type: "offer", call: caller.call, offer: "1", party: ana, from: "" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call: caller.call, offer: "1" });
    await rig.next("call.connected");
    expect(phone.calls[0]?.leg?.remoteSdp).toContain("m=audio 40404 ");
    expect(originOf(phone.calls[0]?.leg?.remoteSdp).version).toBe(2);
  });
});

describe("what crosses, and answers that are none", () => {
  it("the caller cancels his re-INVITE: what held holds on, for the party too", async () => {
    let told = 0;
    takes = (request) => {
      if (request.method === "BYE") request.reply("200 OK");
      if (request.method !== "INVITE") return;
      told += 1;
      setTimeout(() => request.reply("200 OK", { body: rawSdp(5000, told) }), told === 2 ? 200 : 0);
    };
    const caller = await rawCaller((request, port) => request.reply("200 OK", { body: rawSdp(port, 2) }));
    rig.perform({ type: "offer", call: caller.call, offer: "1", party: outside, from: "" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call: caller.call, offer: "1" });
    await rig.next("call.connected");

    const { phone } = caller;
    const ok = phone.received.find((text) => text.startsWith("SIP/2.0 200")) ?? "";
    const inDialog = { from: headerOf(ok, "From"), to: headerOf(ok, "To"), callId: headerOf(ok, "Call-ID") };
    const held = rawSdp(phone.port, 2, ["a=sendonly"]);
    phone.send(requestOf(phone, { ...inDialog, method: "INVITE", body: held }), portOf());
    await until(() => told === 2);
    phone.send(requestOf(phone, { ...inDialog, method: "CANCEL" }), portOf());
    await until(() => phone.received.some((text) => text.startsWith("SIP/2.0 487")));
    phone.send(requestOf(phone, { ...inDialog, method: "ACK" }), portOf());
    await until(() => told === 3);
    const [hold, back] = (raw?.received ?? []).filter((text) => text.startsWith("INVITE")).slice(1);
    expect(hold).toContain("a=sendonly");
    expect(back).not.toContain("a=sendonly");

    rig.perform({ type: "withdraw", call: caller.call, offer: "1", reason: "strategy" });
    rig.perform({ type: "play", call: caller.call, task: 5, prompt: "hello", language: "en" });
    expect(await rig.next("treatment.ended")).toMatchObject({ task: 5, outcome: "done" });
  });

  it("the party hangs up before an offerless caller's ACK: nothing of him stays", async () => {
    takes = (request) => request.method === "INVITE" && request.reply("200 OK", { body: rawSdp(5000) });
    const phone = await startRawPhone((request) => request.method === "BYE" && request.reply("200 OK"));
    phones.push(phone);
    phone.send(inviteTo(rig.at, phone.port, { body: "" }), portOf());
    const { call } = await rig.next("call.arrived");
    rig.perform({ type: "offer", call, offer: "1", party: outside, from: "" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    const answered = (text: string): boolean => text.startsWith("SIP/2.0 200");
    await until(() => phone.received.some(answered));

    const invite = raw?.received.find((text) => text.startsWith("INVITE")) ?? "";
    const inDialog = {
      from: `${headerOf(invite, "To")};tag=raw${raw?.port}`,
      to: headerOf(invite, "From"),
      callId: headerOf(invite, "Call-ID"),
    };
    raw?.send(requestOf(raw, { ...inDialog, method: "BYE" }), portOf());
    await until(() => raw?.received.some(answered) === true);
    phone.send(ackTo(phone.received.find(answered) ?? "", phone.port, rawSdp(phone.port)), portOf());
    expect(await rig.next("connect.failed")).toMatchObject({ offer: "1" });
    await until(() => rig.calls.stats().mediaLegs === 0);
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 1, mediaLegs: 0 });
  });

  it.each([
    ["before the party was told where he is", "", ["call.connected", "call.gone"]],
    [
      "before our media are his",
      rawSdp(4000).replace("a=rtpmap:101 telephone-event/8000\r\n", "").replace("8 101", "8"),
      ["call.connected", "call.gone"],
    ],
  ])("the caller hangs up with his ACK, %s: he was answered first", async (_when, body, told) => {
    takes = (request) => {
      // The party's answer to where the caller is takes its time.
      if (request.method !== "ACK" && !/^To:.*tag=/im.test(request.text))
        request.reply("200 OK", { body: rawSdp(5000) });
      if (request.method === "BYE") request.reply("200 OK");
    };
    const phone = await startRawPhone(() => undefined);
    phones.push(phone);
    phone.send(inviteTo(rig.at, phone.port, { body }), portOf());
    const { call } = await rig.next("call.arrived");
    rig.perform({ type: "offer", call, offer: "1", party: outside, from: "" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    const answered = (text: string): boolean => text.startsWith("SIP/2.0 200");
    await until(() => phone.received.some(answered));
    const ok = phone.received.find(answered) ?? "";
    phone.send(ackTo(ok, phone.port, body ? "" : rawSdp(phone.port)), portOf());
    phone.send(requestTo(ok, phone.port, { method: "BYE" }), portOf());
    await until(() => rig.events.some((event) => event.type === "call.gone"));
    expect((await rig.rest()).map((event) => event.type)).toEqual(told);
    await until(() => rig.calls.stats().legs === 0);
  });

  it("a 200 that describes nothing has agreed to nothing: he stays with our media", async () => {
    const caller = await rawCaller((request) => request.reply("200 OK"));
    await rig.agent("ana");
    rig.perform({ type: "offer", call: caller.call, offer: "1", party: ana, from: "" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call: caller.call, offer: "1" });
    expect(await rig.next("call.connected")).toMatchObject({ offer: "1" });
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 2 });
  });
});

describe("ringing before the answer", () => {
  it("passes the ringing on, and answers the caller with the party's media", async () => {
    const agent = await rig.agent("ana", { answer: "ignore" });
    const phone = await rig.phone({ user: "ann" });
    const placed = phone.call(`sip:5000@${rig.at}`);
    const { call } = await rig.next("call.arrived");
    rig.perform({ type: "offer", call, offer: "1", party: ana, from: "ann" });
    await rig.next("offer.ringing");
    await placed.reached("ringing");
    agent.calls[0]?.answer();
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    await placed.reached("talking");
    expect(originOf(placed.leg?.remoteSdp).version).toBe(1);
    await until(() => rig.calls.stats().mediaLegs === 0);
  });

  it("for a caller who has described nothing: the party hears us until he has", async () => {
    const agent = await rig.agent("ana");
    const caller = await rawCaller((request) => request.reply("500"), "");
    rig.perform({ type: "offer", call: caller.call, offer: "1", party: ana, from: "ann" });
    await rig.next("offer.answered");
    await expect.poll(() => rig.calls.stats().mediaLegs).toBe(1);
    rig.perform({ type: "connect", call: caller.call, offer: "1" });
    await rig.next("call.connected");
    expect(agent.calls[0]?.leg?.remoteSdp).toContain(`m=audio ${caller.phone.port} `);
    await until(() => rig.calls.stats().mediaLegs === 0);
  });

  it("the caller cancels: so is the party", async () => {
    takes = (request) => {
      if (request.method === "INVITE") request.reply("180 Ringing");
      if (request.method === "CANCEL") request.reply("200 OK");
    };
    const phone = await rig.phone({ user: "ann" });
    const placed = phone.call(`sip:5000@${rig.at}`);
    const { call } = await rig.next("call.arrived");
    rig.perform({ type: "offer", call, offer: "1", party: outside, from: "ann" });
    await rig.next("offer.ringing");
    placed.hangUp();
    await rig.next("call.gone");
    await until(() => raw?.methods().includes("CANCEL") === true);
    expect(raw?.received.find((text) => text.startsWith("CANCEL"))).toMatch(/^Reason: SIP;cause=487/m);
    // The 487 that ends it, as a phone would send it.
    raw?.send(
      refused(raw.received.find((text) => text.startsWith("INVITE")) ?? "", "487 Request Terminated"),
      portOf(),
    );
    await until(() => rig.calls.stats().legs === 0);
  });
});

it("a call that goes round runs out of forwards (RFC 7332)", async () => {
  takes = (request) => request.method === "INVITE" && request.reply("486 Busy Here");
  const phone = await rig.phone({ user: "ann" });
  phone.call(`sip:5000@${rig.at}`, { "Max-Forwards": "3" });
  const { call } = await rig.next("call.arrived");
  rig.perform({ type: "offer", call, offer: "1", party: outside, from: "" });
  await rig.next("offer.failed");
  expect(headerOf(raw?.received[0] ?? "", "Max-Forwards")).toBe("2");
});

function headerOf(message: string, name: string): string {
  return new RegExp(`^${name}: *([^\\r\\n]*)`, "im").exec(message)?.[1] ?? "";
}

/** A request inside a dialog; INVITE, CANCEL and ACK are those of one transaction. */
function requestOf(
  { port }: RawPhone,
  { method, from, to, callId, body = "" }: { method: string; from: string; to: string; callId: string; body?: string },
): string {
  return [
    `${method} sip:5000@${rig.at} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bKlater${port}`,
    `From: ${from}`,
    `To: ${to}`,
    `Call-ID: ${callId}`,
    `CSeq: 2 ${method}`,
    `Contact: <sip:raw@127.0.0.1:${port}>`,
    ...(body ? ["Content-Type: application/sdp"] : []),
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}

function portOf(): number {
  return Number(rig.at.split(":")[1]);
}

function refused(invite: string, status: string): string {
  return okTo(invite, 1)
    .replace("200 OK", status)
    .replace(/^(To:.*)$/m, "$1;tag=x");
}

/** A caller that is only a socket; each re-INVITE is answered by the function. Without a body he is not answered yet. */
async function rawCaller(
  reinvited: (request: RawRequest, port: number) => void,
  body?: string,
): Promise<{ call: CallId; phone: RawPhone }> {
  const phone = await startRawPhone((request, self) => {
    if (request.method === "INVITE") reinvited(request, self.port);
    if (request.method === "BYE" || request.method === "OPTIONS") request.reply("200 OK");
  });
  phones.push(phone);
  const acknowledge = setInterval(() => {
    const ok = phone.received.find((text) => text.startsWith("SIP/2.0 200") && text.includes("1 INVITE"));
    if (!ok) return;
    clearInterval(acknowledge);
    phone.send(ackTo(ok, phone.port, body === "" ? rawSdp(phone.port) : ""), portOf());
  }, 5);
  phone.send(inviteTo(rig.at, phone.port, body === undefined ? {} : { body }), portOf());
  const { call } = await rig.next("call.arrived");
  if (body === "") return { call, phone };
  rig.perform({ type: "answer", call, ringback: false });
  await rig.next("call.answered");
  return { call, phone };
}

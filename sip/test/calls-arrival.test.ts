import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MediaEvent, MediaPort } from "../media/index.ts";
import { pause, type Rig, startRig, until } from "./calls-rig.ts";
import { rtpPhone } from "./rtp-phone.ts";
import { ackTo, inviteTo, okTo, rawSdp, requestTo, startRawPhone } from "./raw-phone.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startRig({ carrier: ["sip:192.0.2.1"] });
});
afterEach(() => rig.stop());

const nothing = { calls: 0, legs: 0, mediaLegs: 0 };
const nothingLeft = (): boolean => Object.values(rig.calls.stats()).every((count) => count === 0);

describe("what a call brings", () => {
  it("numbers, allowed headers, the conversation", async () => {
    const phone = await rig.phone({ user: "ann" });
    phone.call(`sip:+34%23910@${rig.at};user=phone`, {
      "X-Cell": "lyon-4",
      "User-to-User": "00abcd;encoding=hex",
      "X-Conversation-Id": "c-17",
      "P-Asserted-Identity": "<sip:boss@example>",
      Secret: "no",
    });
    const arrived = await rig.next("call.arrived");
    expect(arrived).toMatchObject({ from: "ann", to: "+34#910", conversation: "c-17" });
    expect(arrived.trunk).toBeUndefined();
    expect(arrived.headers).toEqual({
      "x-cell": "lyon-4",
      "user-to-user": "00abcd;encoding=hex",
      "x-conversation-id": "c-17",
    });
    rig.perform({ type: "reject", call: arrived.call, code: 404 });
    await phone.calls[0]?.reached("ended");
    expect(phone.calls[0]?.status).toBe(404);
  });

  it("a withheld number is empty, and the conversation is the call where none is brought", async () => {
    const phone = await rig.phone({ user: "ann" });
    phone.call(`sip:5000@${rig.at}`, { From: '"Anonymous" <sip:anonymous@anonymous.invalid>' });
    const arrived = await rig.next("call.arrived");
    expect(arrived).toMatchObject({ from: "", to: "5000", conversation: arrived.call });
  });

  it("the phone of the directory that it comes from, where that registers there", async () => {
    const phone = await rig.agent("ana");
    phone.call(`sip:*28@${rig.at}`);
    expect(await rig.next("call.arrived")).toMatchObject({ to: "*28", phone: "d_ana" });
    const stranger = await rig.phone({ user: "ana" });
    stranger.call(`sip:*28@${rig.at}`);
    expect((await rig.next("call.arrived")).phone).toBeUndefined();
  });

  it.each([
    ["he requires session timers", ["Require: timer", "Session-Expires: 600;refresher=uac"], "600;refresher=uac"],
    ["he knows them", ["Supported: timer"], "1800;refresher=uas"],
    ["he knows nothing of them", [], "1800;refresher=uas"],
  ])("a party that dies without a word is found out (RFC 4028): %s", async (_what, headers, expires) => {
    const phone = await startRawPhone((request) => request.method !== "ACK" && request.reply("200 OK"));
    const port = Number(rig.at.split(":")[1]);
    phone.send(inviteTo(rig.at, phone.port, { headers }), port);
    const { call } = await rig.next("call.arrived");
    rig.perform({ type: "answer", call, ringback: false });
    const ok = (): string => phone.received.find((text) => text.startsWith("SIP/2.0 200")) ?? "";
    await until(() => ok() !== "");
    phone.send(ackTo(ok(), phone.port), port);
    expect(/^Session-Expires: *(.*)$/m.exec(ok())?.[1]?.trim()).toBe(expires);
    await rig.next("call.answered");
    rig.perform({ type: "hangup", call });
    await until(nothingLeft);
    await phone.stop();
  });

  it.each([
    ["brings one", ["X-Conversation-Id: c-17"], "c-17"],
    ["brings none: the call's", [], undefined],
  ])("row 1.3: whatever is answered names the conversation; who calls %s", async (_what, headers, conversation) => {
    const phone = await startRawPhone(() => undefined);
    const port = Number(rig.at.split(":")[1]);
    phone.send(inviteTo(rig.at, phone.port, { headers }), port);
    const { call } = await rig.next("call.arrived");
    const heard = (status: number): string => phone.received.find((text) => text.startsWith(`SIP/2.0 ${status}`)) ?? "";
    rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en" });
    await until(() => heard(183) !== "");
    rig.perform({ type: "answer", call, ringback: false });
    await until(() => heard(200) !== "");
    phone.send(ackTo(heard(200), phone.port), port);
    await rig.next("call.answered");
    phone.send(
      inviteTo(rig.at, phone.port, { headers }).replaceAll(`${phone.port}@raw`, "another").replace("z9", "z9hG4bK2z9"),
      port,
    );
    const second = await rig.next("call.arrived");
    rig.perform({ type: "reject", call: second.call, code: 486 });
    await until(() => heard(486) !== "");
    for (const [status, id] of [
      [183, call],
      [200, call],
      [486, second.call],
    ] as const)
      expect(heard(status)).toMatch(new RegExp(`^X-Conversation-Id: ${conversation ?? id}\r$`, "m"));
    await phone.stop();
  });

  it.each([
    ["a malformed description", { body: "v=0\r\nnonsense" }, "488"],
    ["an extension we do not know", { headers: ["Require: replaces"] }, "420"],
    ["no Contact", { contact: false }, "400"],
  ])("%s is refused", async (_what, odd, status) => {
    const phone = await startRawPhone(() => undefined);
    phone.send(inviteTo(rig.at, phone.port, odd), Number(rig.at.split(":")[1]));
    const refused = (): string | undefined => phone.received.find((text) => text.startsWith(`SIP/2.0 ${status}`));
    await until(() => refused() !== undefined);
    phone.send(ackTo(refused() ?? "", phone.port), Number(rig.at.split(":")[1]));
    expect(await rig.rest(50)).toEqual([]);
    await phone.stop();
  });
});

it.each([
  [486, 486],
  [607, 603],
  [599, 500],
  [425, 480],
])("a strategy refuses with %i: the caller hears %i", async (code, heard) => {
  const phone = await rig.phone({ user: "ann" });
  const placed = phone.call(`sip:5000@${rig.at}`);
  const { call } = await rig.next("call.arrived");
  rig.perform({ type: "reject", call, code });
  await placed.reached("ended");
  expect(placed.status).toBe(heard);
  expect(await rig.rest(50)).toEqual([]);
  expect(rig.logged.filter(({ level }) => level === "error")).toEqual([]);
});

describe("a caller is answered", () => {
  it("hears a prompt, and is hung up", async () => {
    const { phone, call } = await rig.caller();
    rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en" });
    expect(await rig.next("treatment.ended")).toEqual({ type: "treatment.ended", call, task: 1, outcome: "done" });
    rig.perform({ type: "hangup", call });
    await phone.calls[0]?.reached("ended");
    expect(phone.calls[0]?.heard?.received).toBeGreaterThan(15);
    expect(await rig.rest()).toEqual([]);
    await until(nothingLeft);
  });

  it("without having described anything: our media make the offer", async () => {
    const phone = await startRawPhone(() => undefined);
    const port = Number(rig.at.split(":")[1]);
    phone.send(inviteTo(rig.at, phone.port, { body: "" }), port);
    const { call } = await rig.next("call.arrived");
    rig.perform({ type: "answer", call, ringback: true });
    await until(() => phone.received.some((text) => text.startsWith("SIP/2.0 200")));
    expect(await rig.rest(50)).toEqual([]); // until his ACK says where he is
    const ok = phone.received.at(-1) ?? "";
    expect(ok).toMatch(/^SIP\/2.0 200[^]*m=audio/);
    phone.send(ackTo(ok, phone.port, rawSdp(phone.port)), port);
    await rig.next("call.answered");
    rig.perform({ type: "hangup", call });
    await until(() => phone.methods().includes("BYE"));
    phone.send(okTo(phone.received.find((text) => text.startsWith("BYE")) ?? "", phone.port), port);
    await until(nothingLeft);
    await phone.stop();
  });

  it("behind a NAT and a proxy: what comes from where he signals goes before a stranger who was faster", async () => {
    const proxy = await startRawPhone(() => undefined);
    const [outside, stranger] = [await rtpPhone("127.0.0.2"), await rtpPhone("127.0.0.9")];
    const port = Number(rig.at.split(":")[1]);
    const via = "Via: SIP/2.0/UDP 127.0.0.7:5060;branch=z9hG4bKphone;received=127.0.0.2";
    const body = rawSdp(4000).replaceAll("127.0.0.1", "127.0.0.7"); // where nobody is
    const invite = inviteTo(rig.at, proxy.port, { body }).replace("\r\nFrom", `\r\n${via}\r\nFrom`);
    proxy.send(invite, port);
    const { call } = await rig.next("call.arrived");
    rig.perform({ type: "answer", call, ringback: true });
    await rig.next("call.answered");
    await until(() => proxy.received.some((text) => text.startsWith("SIP/2.0 200")));
    const ok = proxy.received.at(-1) ?? "";
    proxy.send(ackTo(ok, proxy.port), port);
    const media = Number(/m=audio (\d+)/.exec(ok)?.[1]);
    for (const one of [stranger, outside]) {
      one.say(media, { payloadType: 8 });
      await until(() => one.packets.length > 0);
    }
    rig.perform({ type: "hangup", call });
    await until(() => proxy.methods().includes("BYE"));
    proxy.send(okTo(proxy.received.find((text) => text.startsWith("BYE")) ?? "", proxy.port), port);
    await until(nothingLeft);
    for (const one of [outside, stranger]) one.close();
    await proxy.stop();
  });

  it("is refused where there is no codec in common, and gone", async () => {
    const phone = await startRawPhone(() => undefined);
    const port = Number(rig.at.split(":")[1]);
    phone.send(inviteTo(rig.at, phone.port, { body: rawSdp(4000).replaceAll("8", "9") }), port);
    const { call } = await rig.next("call.arrived");
    rig.perform({ type: "answer", call, ringback: false });
    expect(await rig.next("call.gone")).toMatchObject({ call, sip: 488 });
    await until(() => phone.received.at(-1)?.startsWith("SIP/2.0 488") === true);
    phone.send(ackTo(phone.received.at(-1) ?? "", phone.port), port);
    await phone.stop();
  });

  it("is refused with 503 where we have no media for him: that is none of his fault, and his trunk fails over", async () => {
    const full = await startRig({}, {}, { media: noMedia() });
    const phone = await startRawPhone(() => undefined);
    const port = Number(full.at.split(":")[1]);
    phone.send(inviteTo(full.at, phone.port, { body: rawSdp(4000) }), port);
    const { call } = await full.next("call.arrived");
    full.perform({ type: "answer", call, ringback: false });
    expect(await full.next("call.gone")).toMatchObject({ call, sip: 503 });
    await until(() => phone.received.at(-1)?.startsWith("SIP/2.0 503") === true);
    phone.send(ackTo(phone.received.at(-1) ?? "", phone.port), port);
    await phone.stop();
    await full.stop();
  });
});

/** Every port is taken. */
function noMedia(): MediaPort {
  let tell: (event: MediaEvent) => void = () => undefined;
  return {
    send({ type, leg }) {
      if (type === "open") queueMicrotask(() => tell({ type: "refused", leg, reason: "no free RTP port" }));
    },
    listen: (listener) => void (tell = listener),
    stop: () => Promise.resolve(),
  };
}

describe("a caller goes, told once", () => {
  it.each([0, 1, 3, 8, 20])("by CANCEL while he is being answered, %i ms later", async (ms) => {
    const phone = await rig.phone({ user: "ann" });
    const placed = phone.call(`sip:5000@${rig.at}`);
    const { call } = await rig.next("call.arrived");
    rig.perform({ type: "answer", call, ringback: false });
    await pause(ms);
    placed.hangUp();
    await until(nothingLeft);
    const told = (await rig.rest()).map((event) => event.type);
    expect(told.filter((type) => type === "call.gone")).toHaveLength(1);
  });

  it("by BYE with his ACK: he was answered first", async () => {
    const phone = await startRawPhone(() => undefined);
    const port = Number(rig.at.split(":")[1]);
    phone.send(inviteTo(rig.at, phone.port, { body: "" }), port);
    const { call } = await rig.next("call.arrived");
    rig.perform({ type: "answer", call, ringback: false });
    await until(() => phone.received.some((text) => text.startsWith("SIP/2.0 200")));
    const ok = phone.received.at(-1) ?? "";
    phone.send(ackTo(ok, phone.port, rawSdp(phone.port)), port);
    phone.send(requestTo(ok, phone.port, { method: "BYE" }), port);
    await rig.next("call.answered");
    expect(await rig.next("call.gone")).toMatchObject({ call });
    await until(nothingLeft);
    await phone.stop();
  });

  it("by BYE in the middle of a prompt", async () => {
    const { phone, call } = await rig.caller();
    rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en" });
    await pause(50);
    phone.calls[0]?.hangUp();
    expect(await rig.next("call.gone")).toMatchObject({ call });
    rig.perform({ type: "hangup", call });
    expect(await rig.rest(500)).toEqual([]);
    await until(nothingLeft);
  });
});

describe("the port ends", () => {
  it("drains: new calls get 503, the last one ends it", async () => {
    const { phone, call } = await rig.caller();
    expect(await alive(rig.at)).toBe(true);
    let drained = false;
    void rig.calls.drain().then(() => {
      drained = true;
    });
    const late = await rig.phone({ user: "late" });
    const refused = late.call(`sip:5000@${rig.at}`);
    await refused.reached("ended");
    expect(refused.status).toBe(503);
    expect(drained).toBe(false);
    expect(await alive(rig.at)).toBe(false);
    rig.perform({ type: "hangup", call });
    await phone.calls[0]?.reached("ended");
    await until(() => drained);
  });

  it("stops: everybody is hung up", async () => {
    const { phone } = await rig.caller();
    await rig.calls.stop();
    await phone.calls[0]?.reached("ended");
    await expect.poll(() => rig.calls.stats()).toEqual(nothing);
  });
});

/** Whether an OPTIONS gets any answer: to some peers each is life, a 503 too. What comes with the next one is one to the first. */
async function alive(at: string): Promise<boolean> {
  const phone = await startRawPhone(() => undefined);
  const options = inviteTo(at, phone.port, { body: "" }).replaceAll("INVITE", "OPTIONS");
  phone.send(options, Number(at.split(":")[1]));
  phone.send(options.replaceAll("OPTIONS", "PUBLISH").replace(`${phone.port}@raw`, "other"), Number(at.split(":")[1]));
  await until(() => phone.received.some((text) => text.includes("PUBLISH")));
  await phone.stop();
  return phone.received.some((text) => text.includes("OPTIONS\r"));
}

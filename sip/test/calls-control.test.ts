import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallId } from "../../runtime/index.ts";
import type { Phone } from "../phone/phone.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { type RawPhone, rawSdp, requestFrom, startRawPhone } from "./raw-phone.ts";

/* Row 1.13, 3.32: hold, retrieve, asking somebody first, handing on: what phones see of it. */

let rig: Rig;
let raw: RawPhone;
const portOf = (): number => Number(rig.at.split(":")[1]);
beforeEach(async () => {
  let version = 0;
  raw = await startRawPhone((request) => {
    if (request.method === "INVITE") request.reply("200 OK", { body: rawSdp(40_030, ++version) });
    else if (request.method !== "ACK") request.reply("200 OK");
  });
  const to = [`sip:127.0.0.1:${raw.port}`];
  rig = await startRig({ pbx: to, open: { to, may: ["refer", "hold"] }, mixed: { to, media: "relay" } });
});
afterEach(async () => {
  await rig.stop();
  await raw.stop();
});

const agent = (id: string) => ({ kind: "agent", agent: id, device: `d_${id}` }) as const;
const portIn = (sdp = ""): string => /^m=audio (\d+)/m.exec(sdp)?.[1] ?? "";

/** A caller who talks with a phone on a trunk. */
async function talking(trunk = "pbx"): Promise<{ call: CallId; phone: Phone }> {
  const { phone, call } = await rig.caller();
  rig.perform({ type: "offer", call, offer: "1", party: { kind: "number", number: "61", trunks: [trunk] }, from: "" });
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "1" });
  await rig.next("call.connected");
  return { call, phone };
}

/** What the phone on the trunk was sent, in order. */
const ladder = (): string[] => raw.methods().filter((method) => method !== "ACK");
const invites = (): string[] => raw.received.filter((text) => text.startsWith("INVITE"));

describe("hold", () => {
  it("each hears us: packets go on (row 4.11), and nothing is left of it when they go on", async () => {
    const { call, phone } = await talking();
    expect(portIn(phone.calls[0]?.leg?.remoteSdp)).toBe("40030");
    rig.perform({ type: "part", call, offer: "1" });
    expect(await rig.next("call.parted")).toMatchObject({ call, offer: "1", parted: true });
    rig.perform({ type: "music", call, task: 3, name: "calm", language: "en" });
    await until(() => rig.calls.stats().mediaLegs === 2);
    await until(() => portIn(phone.calls[0]?.leg?.remoteSdp) !== "40030");
    expect(invites().at(-1)).not.toMatch(/a=(inactive|sendonly)/);
    rig.perform({ type: "connect", call, offer: "1" });
    expect(await rig.next("call.connected")).toMatchObject({ offer: "1" });
    expect(portIn(phone.calls[0]?.leg?.remoteSdp)).toBe("40030");
    expect(portIn(invites().at(-1))).toBe(portIn(phone.calls[0]?.leg?.localSdp));
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
    expect(ladder()).toEqual(["INVITE", "INVITE", "INVITE"]);
  });

  it("a glare is tried again: the phone's own re-INVITE meets ours", async () => {
    const { call, phone } = await talking();
    const leg = phone.calls[0]?.leg;
    const theirs = leg?.offer(leg.localSdp);
    rig.perform({ type: "part", call, offer: "1" });
    await theirs;
    expect(await rig.next("call.parted", 8000)).toMatchObject({ parted: true });
  });

  it("the phone hangs up while the caller is held: that is told", async () => {
    const { call } = await talking();
    rig.perform({ type: "part", call, offer: "1" });
    await rig.next("call.parted");
    const text = requestFrom(invites()[0] ?? "", raw.port, { method: "BYE" });
    raw.send(text, portOf());
    expect(await rig.next("party.gone")).toMatchObject({ call, offer: "1" });
  });

  it("the phone does not want other media: they are still joined", async () => {
    const { call } = await talking();
    rig.perform({ type: "part", call, offer: "9" });
    expect(await rig.next("call.parted")).toMatchObject({ offer: "9", parted: false });
  });
});

describe("row 3.32: asking somebody first", () => {
  /** Who talks has parted, and the other one has answered apart and is joined with him. */
  async function asking(): Promise<{ call: CallId; phone: Phone; other: Phone }> {
    const other = await rig.agent("luc");
    const { call, phone } = await talking();
    rig.perform({ type: "part", call, offer: "1" });
    await rig.next("call.parted");
    rig.perform({ type: "music", call, task: 3, name: "calm", language: "en" });
    rig.perform({ type: "offer", call, offer: "2", party: agent("luc"), from: "61", apart: true });
    await rig.next("offer.answered");
    // He does not hear the caller.
    expect(portIn(other.calls[0]?.leg?.remoteSdp)).not.toBe(portIn(phone.calls[0]?.leg?.localSdp));
    rig.perform({ type: "join", call, offer: "2", with: "1" });
    expect(await rig.next("parties.joined")).toMatchObject({ call, offer: "2", joined: true });
    expect(portIn(other.calls[0]?.leg?.remoteSdp)).toBe("40030");
    expect(portIn(invites().at(-1))).toBe(portIn(other.calls[0]?.leg?.localSdp));
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 3, mediaLegs: 1 });
    return { call, phone, other };
  }

  it("he takes the call: the caller is joined with him, the other one is free", async () => {
    const { call, phone, other } = await asking();
    rig.perform({ type: "withdraw", call, offer: "1", reason: "strategy" });
    rig.perform({ type: "connect", call, offer: "2" });
    expect(await rig.next("call.connected")).toMatchObject({ offer: "2" });
    expect(portIn(other.calls[0]?.leg?.remoteSdp)).toBe(portIn(phone.calls[0]?.leg?.localSdp));
    expect(portIn(phone.calls[0]?.leg?.remoteSdp)).toBe(portIn(other.calls[0]?.leg?.localSdp));
    await until(() => ladder().at(-1) === "BYE");
    await until(() => rig.calls.stats().legs === 2);
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
  });

  it("he does not: the first goes on with the caller", async () => {
    const { call, phone, other } = await asking();
    rig.perform({ type: "withdraw", call, offer: "2", reason: "strategy" });
    rig.perform({ type: "connect", call, offer: "1" });
    expect(await rig.next("call.connected")).toMatchObject({ offer: "1" });
    await other.calls[0]?.reached("ended");
    expect(portIn(phone.calls[0]?.leg?.remoteSdp)).toBe("40030");
  });

  it("he goes to the caller and back: who is not talked with hears music of ours", async () => {
    const { call, phone, other } = await asking();
    const port = (one: Phone) => portIn(one.calls[0]?.leg?.remoteSdp);
    const own = (one: Phone) => portIn(one.calls[0]?.leg?.localSdp);
    for (let turn = 0; turn < 2; turn++) {
      rig.perform({ type: "part", call, offer: "2", music: { name: "calm", language: "en" } });
      expect(await rig.next("call.parted")).toMatchObject({ call, offer: "2", parted: true });
      expect(port(other)).not.toBe("40030");
      rig.perform({ type: "connect", call, offer: "1" });
      expect(await rig.next("call.connected")).toMatchObject({ offer: "1" });
      expect([port(phone), portIn(invites().at(-1))]).toEqual(["40030", own(phone)]);
      expect([own(phone), "40030"]).not.toContain(port(other));
      await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 3, mediaLegs: 1 });
      rig.perform({ type: "part", call, offer: "1" });
      expect(await rig.next("call.parted")).toMatchObject({ call, offer: "1", parted: true });
      rig.perform({ type: "music", call, task: 4, name: "calm", language: "en" });
      await until(() => port(phone) !== "40030");
      rig.perform({ type: "join", call, offer: "2", with: "1" });
      expect(await rig.next("parties.joined")).toMatchObject({ call, offer: "2", joined: true });
      expect([port(other), portIn(invites().at(-1))]).toEqual(["40030", own(other)]);
      await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 3, mediaLegs: 1 });
    }
  });

  it("the asking one hangs up while he talks with the caller again: whom he asked takes the call", async () => {
    const { call, phone, other } = await asking();
    rig.perform({ type: "part", call, offer: "2" });
    await rig.next("call.parted");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    raw.send(requestFrom(invites()[0] ?? "", raw.port, { method: "BYE" }), portOf());
    expect(await rig.next("party.gone")).toMatchObject({ call, offer: "1" });
    rig.perform({ type: "connect", call, offer: "2" });
    expect(await rig.next("call.connected")).toMatchObject({ offer: "2" });
    expect(portIn(phone.calls[0]?.leg?.remoteSdp)).toBe(portIn(other.calls[0]?.leg?.localSdp));
    expect(portIn(other.calls[0]?.leg?.remoteSdp)).toBe(portIn(phone.calls[0]?.leg?.localSdp));
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
  });

  it("he puts the asking one on hold: it goes to him, and not to the caller", async () => {
    const { call, phone, other } = await asking();
    const before = phone.calls[0]?.leg?.remoteSdp;
    const leg = other.calls[0]?.leg;
    const held = leg?.localSdp.replace("a=sendrecv", "a=sendonly") ?? "";
    expect(await leg?.offer(held)).toHaveProperty("sdp");
    expect(invites().at(-1)).toContain("a=sendonly");
    expect(phone.calls[0]?.leg?.remoteSdp).toBe(before);
    other.calls[0]?.hangUp();
    expect(await rig.next("party.gone")).toMatchObject({ call, offer: "2" });
  });
});

describe("row 1.13: who dialled at his desk changes places with whom he talks with", () => {
  const call = "ours";

  /** Luc has dialled the phone on the trunk, and is the party of `0`. */
  async function turned(trunk = "pbx"): Promise<Phone> {
    const luc = await rig.agent("luc");
    rig.perform({ type: "open", call });
    rig.perform({ type: "place", call, party: agent("luc"), from: "61" });
    await rig.next("call.answered");
    const party = { kind: "number", number: "61", trunks: [trunk] } as const;
    rig.perform({ type: "offer", call, offer: "1", party: { ...party, trunks: [trunk] }, from: "1002" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    const before = rig.calls.stats();
    rig.perform({ type: "turn", call, offer: "1", as: "0", agent: "luc" });
    await expect.poll(() => rig.calls.stats()).toEqual(before);
    return luc;
  }
  const heard = (phone: Phone): string => portIn(phone.calls[0]?.leg?.remoteSdp);

  it("he holds, goes on, and hands on; who he called is the caller", async () => {
    const luc = await turned();
    expect(heard(luc)).toBe("40030");
    rig.perform({ type: "part", call, offer: "0" });
    expect(await rig.next("call.parted")).toMatchObject({ offer: "0", parted: true });
    expect(heard(luc)).not.toBe("40030");
    const told = invites().length;
    rig.perform({ type: "music", call, task: 3, name: "calm", language: "en" });
    await until(() => invites().length > told);
    expect(portIn(invites().at(-1))).not.toBe(portIn(luc.calls[0]?.leg?.localSdp));
    rig.perform({ type: "connect", call, offer: "0" });
    expect(await rig.next("call.connected")).toMatchObject({ offer: "0" });
    expect([heard(luc), portIn(invites().at(-1))]).toEqual(["40030", portIn(luc.calls[0]?.leg?.localSdp)]);
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
    const ana = await rig.agent("ana");
    rig.perform({ type: "withdraw", call, offer: "0", reason: "strategy" });
    await luc.calls[0]?.reached("ended");
    rig.perform({ type: "offer", call, offer: "2", party: agent("ana"), from: "61" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "2" });
    expect(await rig.next("call.connected")).toMatchObject({ offer: "2" });
    expect(heard(ana)).toBe("40030");
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
  });

  it("what each does is told as of what he is now", async () => {
    const luc = await turned();
    const leg = luc.calls[0]?.leg;
    expect(await leg?.offer(leg.localSdp.replace("a=sendrecv", "a=sendonly"))).toHaveProperty("sdp");
    expect(await rig.next("hold.asked")).toEqual({ type: "hold.asked", call, by: "phone" });
    luc.calls[0]?.hangUp();
    expect(await rig.next("party.gone")).toEqual({ type: "party.gone", call, offer: "0" });
    raw.send(requestFrom(invites()[0] ?? "", raw.port, { method: "BYE" }), portOf());
    expect(await rig.next("call.gone")).toMatchObject({ call });
  });

  it("so it is where their media are with us: keys of either are his", async () => {
    const luc = await turned("mixed");
    await expect.poll(() => rig.calls.stats().mediaLegs).toBe(2);
    luc.calls[0]?.press("5");
    const headers = ["Content-Type: application/dtmf-relay"];
    raw.send(
      requestFrom(invites()[0] ?? "", raw.port, { method: "INFO", headers, body: "Signal=7\r\nDuration=160\r\n" }),
      portOf(),
    );
    expect(await rig.next("digit.pressed")).toMatchObject({ call, digit: "7" });
    expect(await rig.rest()).toEqual([]);
    luc.calls[0]?.hangUp();
    expect(await rig.next("party.gone")).toMatchObject({ offer: "0" });
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 1, mediaLegs: 1 });
  });

  it("who was to be the caller has hung up meanwhile: the call has lost its caller", async () => {
    const luc = await rig.agent("luc");
    rig.perform({ type: "open", call });
    rig.perform({ type: "place", call, party: agent("luc"), from: "61" });
    await rig.next("call.answered");
    rig.perform({ type: "turn", call, offer: "1", as: "0", agent: "luc" });
    expect(await rig.next("call.gone")).toMatchObject({ call });
    await luc.calls[0]?.reached("ended");
  });
});

describe("rows 0.12, 2.5: a phone hands on by REFER", () => {
  const refer = (to: string, ...others: string[]): void => {
    const headers = [`Refer-To: <${to}>`, ...others];
    const text = requestFrom(invites()[0] ?? "", raw.port, { method: "REFER", headers });
    raw.send(text, portOf());
  };
  const said = (): string[] =>
    raw.received
      .filter((text) => text.startsWith("NOTIFY"))
      .map((text) => text.slice(text.indexOf("\r\n\r\n") + 4).trim());

  it("where its trunk may: it is told, and the phone hears how that went", async () => {
    const { call } = await talking("open");
    refer("sip:1002@127.0.0.1?User-to-User=00%7B%7D", "X-Team: loans");
    const brought = { uui: "00{}", headers: { "x-team": "loans" } };
    expect(await rig.next("transfer.asked")).toMatchObject({ call, to: "1002", by: "phone", ...brought });
    rig.perform({ type: "withdraw", call, offer: "1", reason: "strategy" });
    await until(() => ladder().at(-1) === "BYE");
    expect(ladder()).toEqual(["INVITE", "NOTIFY", "NOTIFY", "BYE"]);
    expect(said()).toEqual(["SIP/2.0 100 Trying", "SIP/2.0 200 OK"]);
    expect(raw.received.some((text) => text.startsWith("SIP/2.0 202"))).toBe(true);
  });

  it("where nothing comes of it: the two still talk", async () => {
    await talking("open");
    refer("sip:nobody@127.0.0.1");
    await rig.next("transfer.asked");
    await until(() => said().at(-1) === "SIP/2.0 503 Failed");
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
  });

  it("where its trunk may not: 603", async () => {
    await talking();
    refer("sip:1002@127.0.0.1");
    await until(() => raw.received.some((text) => text.startsWith("SIP/2.0 603")));
    expect(await rig.rest()).toMatchObject([
      { type: "phone.refused", offer: "1", what: "transfer", reason: "not_allowed", sip: 603 },
    ]);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CallId } from "../../runtime/index.ts";
import { KEYS } from "../media/digits.ts";
import { createToneDetector } from "../media/dtmf.ts";
import { decode } from "../media/g711.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { ackTo, inviteTo, type RawPhone, type RawRequest, requestFrom, requestTo, startRawPhone } from "./raw-phone.ts";
import { type RtpPhone, rtpPhone } from "./rtp-phone.ts";

/* Keys between two who talk (row 4.12): how each tells them, what he takes, and what the other gets. */

/** What one of the two says of himself. */
interface Ways {
  /** RFC 4733. */
  events: boolean;
  /** His `Allow` has INFO. */
  info: boolean;
}
const both: Ways = { events: true, info: true };
const infoOnly: Ways = { events: false, info: true };
const soundOnly: Ways = { events: false, info: false };

interface Side {
  phone: RawPhone;
  rtp: RtpPhone;
  sdp: string;
  allow: string;
}

let rig: Rig;
let party: Side;
const callers: Side[] = [];
let last: CallId | undefined;
beforeAll(async () => {
  party = await side(both);
  rig = await startRig(
    { there: [`sip:127.0.0.1:${party.phone.port}`] },
    { bots: { helper: { trunk: "there", user: "helpdesk" } } },
  );
});
afterEach(async () => {
  if (last) rig.perform({ type: "hangup", call: last });
  await until(() => Object.values(rig.calls.stats()).every((count) => count === 0));
  for (const { phone, rtp } of callers.splice(0)) {
    await phone.stop();
    rtp.close();
  }
  await rig.rest(0);
});
afterAll(async () => {
  await rig.stop();
  await party.phone.stop();
  party.rtp.close();
});

async function side(ways: Ways): Promise<Side> {
  const phone = await startRawPhone((request) => answer(made, request));
  const made: Side = { phone, rtp: await rtpPhone(), sdp: "", allow: "" };
  become(made, ways);
  return made;
}

function become(one: Side, { events, info }: Ways): void {
  const sdp = one.rtp.sdp();
  one.sdp = events ? sdp : sdp.replace(" 0 96", " 0").replace(/a=rtpmap:96.*\r\n/, "");
  one.allow = `Allow: INVITE, ACK, BYE${info ? ", INFO" : ""}`;
  one.phone.received.length = 0;
  one.rtp.packets.length = 0;
}

function answer({ sdp, allow }: Side, request: RawRequest): void {
  if (request.method === "INVITE") request.reply("200 OK", { body: sdp, headers: [allow] });
  else if (request.method !== "ACK") request.reply("200 OK");
}

const port = (): number => Number(rig.at.split(":")[1]);
const okIn = ({ phone }: Side): string => phone.received.find((text) => text.startsWith("SIP/2.0 200")) ?? "";

async function arrived(): Promise<CallId> {
  last = (await rig.next("call.arrived")).call;
  return last;
}

/** A caller who talks with the party: an agent's trunk, a bot's, or a mailbox on an exchange. */
async function talking(caller: Ways, other: Ways, as: "offer" | "ask" | "deposit" = "offer"): Promise<Side> {
  become(party, other);
  const one = await side(caller);
  callers.push(one);
  one.phone.send(inviteTo(rig.at, one.phone.port, { body: one.sdp, headers: [one.allow] }), port());
  const call = await arrived();
  rig.perform({ type: "answer", call, ringback: false });
  await until(() => okIn(one) !== "");
  one.phone.send(ackTo(okIn(one), one.phone.port), port());
  await rig.next("call.answered");
  await join(call, as);
  return one;
}

async function connect(call: CallId): Promise<void> {
  const there = { kind: "number" as const, number: "700", trunks: ["there"] };
  rig.perform({ type: "offer", call, offer: "1", party: there, from: "" });
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "1" });
  await rig.next("call.connected");
}

async function join(call: CallId, as: "offer" | "ask" | "deposit"): Promise<void> {
  if (as === "ask") rig.perform({ type: "ask", call, task: 1, bot: "helper", trunks: ["there"] });
  if (as === "deposit") rig.perform({ type: "deposit", call, task: 1, mailbox: "it", trunk: "there", number: "2000" });
  if (as === "offer") await connect(call);
  else await until(() => rig.calls.stats().mediaLegs === 0);
}

const relayed = { method: "INFO", headers: ["Content-Type: application/dtmf-relay"] };
const signal = (key: string): string => `Signal=${key}\r\nDuration=160\r\n`;
const callerTells = (caller: Side, key: string, cseq: number): void =>
  caller.phone.send(requestTo(okIn(caller), caller.phone.port, { ...relayed, cseq, body: signal(key) }), port());
let told = 0; // over all tests: a number is the name of the transaction too
const partyTells = (key: string): void => {
  const invite = party.phone.received.find((text) => text.startsWith("INVITE")) ?? "";
  party.phone.send(requestFrom(invite, party.phone.port, { ...relayed, cseq: ++told, body: signal(key) }), port());
};

/** The keys that came, and how. */
function heard({ phone, rtp }: Side): string[] {
  const infos = phone.received.flatMap((text) => /^INFO [^]*Signal=(.)/.exec(text)?.[1] ?? []);
  const events = new Map(
    rtp.packets.filter((one) => one.payloadType === 96).map((one) => [one.timestamp, one.payload.readUInt8(0)]),
  );
  const tones = createToneDetector();
  const sounds = rtp.packets
    .filter((one) => one.payloadType === 0)
    .map((one) => tones.hear(decode("PCMU", one.payload)));
  return [
    ...infos.map((key) => `INFO ${key}`),
    ...[...events.values()].map((code) => `event ${KEYS[code]}`),
    ...sounds
      .join("")
      .split("")
      .map((key) => `tone ${key}`),
  ];
}

describe("a caller tells keys by SIP INFO", () => {
  it.each([
    ["who takes RFC 4733: both are moved into our mix", both, both, "event", 2],
    [
      "who takes RFC 4733, which the caller does not: they are in our mix from the beginning",
      infoOnly,
      both,
      "event",
      2,
    ],
    ["who takes INFO alone, as the caller", infoOnly, infoOnly, "INFO", 0],
    ["who takes INFO alone, and the caller RFC 4733 too", both, infoOnly, "INFO", 2],
    ["who takes neither", infoOnly, soundOnly, "tone", 2],
  ])("to a party %s", async (_what, caller, other, how, mediaLegs) => {
    const one = await talking(caller, other);
    callerTells(one, "5", 2);
    callerTells(one, "#", 3);
    await until(() => heard(party).length >= 2);
    expect(heard(party)).toEqual([`${how} 5`, `${how} #`]);
    await expect.poll(() => rig.calls.stats().mediaLegs).toBe(mediaLegs);
    expect((await rig.rest(0)).map((event) => event.type)).toEqual(["digit.pressed", "digit.pressed"]);
  });

  it.each(["ask", "deposit"] as const)("to whom he is brought by `%s`", async (as) => {
    const one = await talking(both, both, as);
    callerTells(one, "1", 2);
    await until(() => heard(party).length >= 1);
    expect(heard(party)).toEqual(["event 1"]);
  });
});

it.each([
  ["RFC 4733", both, "event"],
  ["INFO", infoOnly, "INFO"],
])("a party tells keys by SIP INFO: a caller gets them by %s, as he takes them", async (_what, ways, how) => {
  const one = await talking(ways, ways);
  partyTells("8");
  partyTells("9");
  await until(() => heard(one).length >= 2);
  expect(heard(one)).toEqual([`${how} 8`, `${how} 9`]);
  expect(await rig.rest(0)).toEqual([]);
});

it("a caller tells keys by RFC 4733 to a party who does not take that: they come as tones", async () => {
  const one = await talking(both, soundOnly);
  const to = Number(/m=audio (\d+)/.exec(one.phone.received.findLast((text) => text.includes("m=audio")) ?? "")?.[1]);
  const payload = Buffer.from([KEYS.indexOf("7"), 0x8a, 0x03, 0x20]);
  one.rtp.say(to, { payloadType: 96, payload, marker: true });
  await until(() => heard(party).length >= 1);
  expect(heard(party)).toEqual(["tone 7"]);
});

it.each([
  ["encrypted", (sdp: string) => sdp.replace("RTP/AVP", "RTP/SAVP"), both],
  ["by a codec that our mix does not speak", (sdp: string) => sdp.replace(" 0 96", " 9 96"), both],
])("two who talk %s stay as they are, and keys are passed on by INFO", async (_what, write, ways) => {
  become(party, ways);
  const one = await side(infoOnly);
  callers.push(one);
  Object.assign(one, { sdp: write(one.sdp.replace(" 0\r", " 0 9\r")) });
  party.sdp = write(party.sdp);
  one.phone.send(inviteTo(rig.at, one.phone.port, { body: one.sdp, headers: [one.allow] }), port());
  const call = await arrived();
  await connect(call);
  one.phone.send(ackTo(okIn(one), one.phone.port), port());
  callerTells(one, "3", 2);
  await until(() => heard(party).length >= 1);
  expect(heard(party)).toEqual(["INFO 3"]);
  await expect.poll(() => rig.calls.stats().mediaLegs).toBe(0);
});

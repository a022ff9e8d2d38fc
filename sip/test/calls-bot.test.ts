import { afterEach, expect, it } from "vitest";
import type { CallId } from "../../runtime/index.ts";
import type { Phone } from "../phone/phone.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { inviteTo, type RawPhone, type RawRequest, rawSdp, requestFrom, startRawPhone } from "./raw-phone.ts";

/* A caller is joined to a bot on a trunk, which hands him back by REFER. The bot is a socket, so that every byte can be looked at. */

let rig: Rig;
let bot: RawPhone;
let takes: (request: RawRequest, phone: RawPhone) => void = answers;
afterEach(async () => {
  takes = answers;
  await rig.stop();
  await bot.stop();
});

function answers(request: RawRequest): void {
  if (request.method === "INVITE") request.reply("200 OK", { body: rawSdp(40_000) });
  else if (request.method !== "ACK") request.reply("200 OK");
}

async function start(trunk: object = {}, headers: object = {}): Promise<void> {
  bot = await startRawPhone((request, phone) => takes(request, phone));
  rig = await startRig(
    { livehub: { to: [`sip:127.0.0.1:${bot.port}`], ...trunk } },
    { bots: { helper: { trunk: "livehub", user: "helpdesk", headers } } },
  );
}

type Along = Parameters<typeof ask>[1];
function ask(call: CallId, along?: { uui?: { discriminator?: string; hex: string }; headers: Record<string, string> }) {
  rig.perform({ type: "ask", call, task: 7, bot: "helper", trunks: ["livehub"], along });
}

/** A caller who talks with the bot. */
async function asked(along?: Along): Promise<{ call: CallId; phone: Phone }> {
  const { phone, call } = await rig.caller();
  ask(call, along);
  // Joined: by then the caller has been told where the bot's media are.
  await until(() => phone.calls[0]?.leg?.remoteSdp.includes("m=audio 40000 ") === true);
  return { call, phone };
}

const invite = (): string => bot.received.find((text) => text.startsWith("INVITE")) ?? "";
const header = (text: string, name: string): string | undefined =>
  new RegExp(`^${name}: *(.*?)\r?$`, "im").exec(text)?.[1];
const refer = (headers: string[]): void => {
  const text = requestFrom(invite(), bot.port, { method: "REFER", headers });
  bot.send(text, Number(rig.at.split(":")[1]));
};
/**
 * What the bot saw, in order: requests by method, NOTIFYs with what they say, final responses to its own requests. What a busy machine made
 * the endpoint say again (RFC 3261 17.1.1.2) is the same text.
 */
const ladder = (): string[] =>
  [...new Set(bot.received)]
    .filter((text) => !text.startsWith("ACK"))
    .map((text) => {
      const body = text.slice(text.indexOf("\r\n\r\n") + 4).trim();
      const [first = ""] = text.split("\r\n");
      if (first.startsWith("SIP/2.0")) return first.replace("SIP/2.0 ", "");
      return first.startsWith("NOTIFY") ? `NOTIFY ${body}` : (first.split(" ", 1)[0] ?? "");
    });

const sample = '00{ "personalId": "555", "creditCard": "xxx" };encoding=ascii;purpose=isdn-uui;content=isdn-uui';
const sampleHex = Buffer.from('{ "personalId": "555", "creditCard": "xxx" }').toString("hex");

it.each([
  ["ascii", sample],
  ["hex", `00${sampleHex};encoding=hex`],
])("row 0.10, 0.15: the trunk says how data are written: %s", async (encoding, written) => {
  await start({ uui: { encoding, at_most: 256 } });
  const { call } = await asked({ uui: { discriminator: "00", hex: sampleHex }, headers: { "X-inin-cnv": "e21b897e" } });
  expect(header(invite(), "User-to-User")).toBe(written);
  expect(header(invite(), "X-inin-cnv")).toBe("e21b897e");
  expect(invite()).toMatch(/^INVITE sip:helpdesk@127/);
  rig.perform({ type: "hangup", call });
  await until(() => ladder().at(-1) === "BYE");
});

it("row 0.9: the conversation's id comes in and goes out by the header of the trunk", async () => {
  await start({ conversation: "X-inin-cnv" });
  const { call } = await asked();
  expect(header(invite(), "X-inin-cnv")).toBe(call);
  expect(header(invite(), "X-Conversation-Id")).toBe(call);
  const { port } = bot;
  const from = await rig.phone({ user: "carol" });
  from.call(`sip:5000@${rig.at}`, { "X-Conversation-Id": "theirs" });
  expect(await rig.next("call.arrived")).toMatchObject({ conversation: "theirs" });
  // The trunk is known by the address of its next hop.
  bot.send(inviteTo(rig.at, port, { headers: ["X-inin-cnv: adopted"] }), Number(rig.at.split(":")[1]));
  expect(await rig.next("call.arrived")).toMatchObject({ conversation: "adopted", trunk: "livehub" });
});

it("row 0.16: headers of the call that the bot's entry names go along; the strategy's own beat them", async () => {
  await start({ uui: { encoding: "ascii", at_most: 256 } }, { "User-to-User": "customerData", "X-Cell": "cell" });
  const phone = await rig.phone({ user: "dave" });
  phone.call(`sip:5000@${rig.at}`, { "X-Cell": "7", "X-Other": "no", "User-to-User": "0061" });
  const { call } = await rig.next("call.arrived");
  rig.perform({ type: "answer", call, ringback: false });
  await rig.next("call.answered");
  ask(call, { uui: { hex: "6f7572" }, headers: {} });
  await until(() => invite() !== "");
  expect(header(invite(), "X-Cell")).toBe("7");
  expect(header(invite(), "X-Other")).toBeUndefined();
  expect(header(invite(), "User-to-User")).toBe("our;encoding=ascii;purpose=isdn-uui;content=isdn-uui");
});

it.each([
  ["as a header", ["Refer-To: <tel:+1222>", `User-to-User: ${sample}`], "+1222"],
  [
    "escaped in the URI",
    [`Refer-To: <sip:+1222@centre.example?User-to-User=${encodeURIComponent(sample)}&X-Team=loans>`],
    "+1222",
  ],
  [
    "with other headers and a reason",
    [
      "Refer-To: sip:sales@centre.example",
      `User-to-User: ${sample}`,
      "X-Team: loans",
      'Reason: SIP;cause=302;text="asked for a person"',
    ],
    "sip:sales@centre.example",
  ],
])("row 0.21, 0.23: the bot hands the caller on, with data %s", async (_, headers, target) => {
  await start();
  const { call, phone } = await asked();
  refer(headers);
  const { transfer, ...told } = await rig.next("bot.ended");
  expect(told).toMatchObject({ call, task: 7, outcome: "transfer" });
  expect(transfer).toMatchObject({ target, uui: sample });
  if (headers.join().includes("X-Team")) expect(transfer?.headers).toMatchObject({ "x-team": "loans" });
  if (headers.join().includes("Reason")) expect(transfer?.reason).toBe("asked for a person");
  await until(() => ladder().at(-1) === "BYE");
  expect(ladder()).toEqual(["INVITE", "202 Accepted", "NOTIFY SIP/2.0 100 Trying", "NOTIFY SIP/2.0 200 OK", "BYE"]);
  // The caller's leg has not moved (row 0.24): he hears us again.
  rig.perform({ type: "play", call, task: 8, prompt: "hello", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 8, outcome: "done" });
  expect(phone.calls).toHaveLength(1);
  await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 1, mediaLegs: 1 });
});

it("the bot hangs up: it has done what was wanted", async () => {
  await start();
  await asked();
  bot.send(requestFrom(invite(), bot.port, { method: "BYE" }), Number(rig.at.split(":")[1]));
  expect(await rig.next("bot.ended")).toMatchObject({ task: 7, outcome: "done" });
});

it("a bot that refuses has failed, with its code; one of which nothing is heard is silent", async () => {
  await start();
  const { call } = await rig.caller();
  takes = (request) => request.method === "INVITE" && request.reply("503 Service Unavailable");
  ask(call);
  expect(await rig.next("bot.ended")).toMatchObject({ outcome: "failed", sip: 503 });
  takes = () => undefined;
  ask(call);
  expect(await rig.next("bot.ended")).toMatchObject({ outcome: "silent" });
  takes = answers;
});

it("we take the caller from the bot, and nothing is told", async () => {
  await start();
  const { call } = await asked();
  rig.perform({ type: "dismiss", call, task: 7 });
  await until(() => ladder().at(-1) === "BYE");
  rig.perform({ type: "play", call, task: 8, prompt: "hello", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 8, outcome: "done" });
  expect(await rig.rest()).toEqual([]);
});

it("the caller hangs up while the bot hands him on: the bot is told so, and left", async () => {
  await start();
  const { phone } = await asked();
  takes = (request) => {
    if (request.method === "NOTIFY") phone.calls[0]?.hangUp();
    answers(request);
  };
  refer(["Refer-To: <tel:+1222>"]);
  await rig.next("bot.ended");
  await rig.next("call.gone");
  await until(() => ladder().at(-1) === "BYE");
});

it("what names nobody, or another dialog, is not done", async () => {
  await start();
  await asked();
  refer(["Refer-To: <mailto:x@y>"]);
  await until(() => ladder().includes("400 Bad Request"));
  const to = "Refer-To: <sip:+1222@h?Replaces=a%3Bto-tag%3Db>";
  const text = requestFrom(invite(), bot.port, { method: "REFER", cseq: 2, headers: [to] });
  bot.send(text, Number(rig.at.split(":")[1]));
  await until(() => ladder().includes("603 Decline"));
  expect(await rig.rest()).toEqual([]);
});

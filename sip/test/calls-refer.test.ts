import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallId } from "../../runtime/index.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { ackTo, inviteTo, type RawPhone, rawSdp, requestFrom, requestTo, startRawPhone } from "./raw-phone.ts";

/* The caller's network is asked to call somebody (row 0.22), and what the other side may do by itself (rows 0.12, 2.5). */

let rig: Rig;
let network: RawPhone;
let ok = "";
/** What it says to a REFER, and the NOTIFYs it then sends: body and Subscription-State. */
let answers = "202 Accepted";
let progress: [string, string][] = [];
const portOf = (): number => Number(rig.at.split(":")[1]);

beforeEach(async () => {
  ok = "";
  answers = "202 Accepted";
  progress = [];
  network = await startRawPhone((request, self) => {
    if (request.method !== "REFER")
      return request.reply("200 OK", request.method === "INVITE" ? { body: rawSdp(self.port) } : {});
    request.reply(answers);
    for (const [index, [body, state]] of progress.entries()) {
      const headers = ["Event: refer", `Subscription-State: ${state}`, "Content-Type: message/sipfrag"];
      self.send(requestTo(ok, self.port, { method: "NOTIFY", cseq: 2 + index, headers, body }), portOf());
    }
  });
  rig = await startRig({
    net: { to: [`sip:127.0.0.1:${network.port}`], may: [], uui: { encoding: "ascii", at_most: 256 } } as {
      to: string[];
    },
  });
});
afterEach(async () => {
  await rig.stop();
  await network.stop();
});

/** A caller of the network, answered. */
async function called(): Promise<CallId> {
  network.send(inviteTo(rig.at, network.port, { body: rawSdp(40_010) }), portOf());
  const { call } = await rig.next("call.arrived");
  rig.perform({ type: "answer", call, ringback: false });
  await until(() => (ok = network.received.find((text) => text.startsWith("SIP/2.0 200")) ?? "") !== "");
  network.send(ackTo(ok, network.port), portOf());
  await rig.next("call.answered");
  return call;
}

const uui = { discriminator: "00", hex: Buffer.from('{"a":"b c"}').toString("hex") };
const asText = '00{"a":"b c"};encoding=ascii;purpose=isdn-uui;content=isdn-uui';
const refer = (): string => network.received.find((text) => text.startsWith("REFER")) ?? "";

it.each([
  ["tel:+1222", "<tel:+1222>"],
  ["+1222", "<tel:+1222>"],
  ["sip:+1222@centre.example", `<sip:+1222@centre.example?User-to-User=${encodeURIComponent(asText)}>`],
])("row 0.22: asked to call %s, it does, and we hang up", async (to, written) => {
  progress = [
    ["SIP/2.0 100 Trying\r\n", "active;expires=60"],
    ["SIP/2.0 180 Ringing\r\n", "active;expires=55"],
    ["SIP/2.0 200 OK\r\n", "terminated;reason=noresource"],
  ];
  const call = await called();
  rig.perform({ type: "refer", call, task: 6, to, along: { uui, headers: { "X-Team": "loans" } } });
  expect(await rig.next("refer.ended")).toMatchObject({ call, task: 6, outcome: "accepted" });
  for (const [name, value] of Object.entries({ "Refer-To": written, "User-to-User": asText, "X-Team": "loans" })) {
    expect(new RegExp(`^${name}: (.*)\r$`, "im").exec(refer())?.[1]).toBe(value);
  }
  rig.perform({ type: "hangup", call });
  await until(() => network.methods().at(-1) === "BYE");
  expect(network.methods().filter((method) => method !== "ACK")).toEqual(["REFER", "BYE"]);
  expect(network.received.filter((text) => /^SIP\/2.0 200.*CSeq: \d+ NOTIFY/s.test(text))).toHaveLength(3);
});

it.each<[string, string, [string, string][], object]>([
  ["does not want to", "603 Decline", [], { outcome: "refused", sip: 603 }],
  [
    "tries, and is busy",
    "202 Accepted",
    [
      ["SIP/2.0 100 Trying", "active"],
      ["SIP/2.0 486 Busy Here", "terminated;reason=noresource"],
    ],
    { outcome: "failed", sip: 486 },
  ],
  [
    "gives up without a word",
    "202 Accepted",
    [["SIP/2.0 100 Trying", "terminated;reason=timeout"]],
    { outcome: "failed" },
  ],
])("row 0.22: it %s: the call is still there", async (_, answer, notified, told) => {
  answers = answer;
  progress = notified;
  const call = await called();
  rig.perform({ type: "refer", call, task: 6, to: "tel:+1222" });
  expect(await rig.next("refer.ended")).toMatchObject({ task: 6, ...told });
  rig.perform({ type: "play", call, task: 7, prompt: "hello", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 7, outcome: "done" });
  expect(await rig.rest()).toEqual([]);
});

it("the caller hangs up meanwhile: he is gone, and nothing else is told", async () => {
  progress = [["SIP/2.0 100 Trying", "active"]];
  const call = await called();
  rig.perform({ type: "refer", call, task: 6, to: "tel:+1222" });
  await until(() => refer() !== "");
  network.send(requestTo(ok, network.port, { method: "BYE", cseq: 9 }), portOf());
  expect(await rig.next("call.gone")).toMatchObject({ call });
  expect(await rig.rest()).toEqual([]);
});

it("a NOTIFY of nothing we asked for is refused (RFC 6665 4.1.3)", async () => {
  await called();
  network.send(requestTo(ok, network.port, { method: "NOTIFY", headers: ["Event: presence"], body: "" }), portOf());
  await until(() => network.received.some((text) => text.startsWith("SIP/2.0 481")));
});

it("row 2.5: a phone's REFER is declined, and its hold is where the trunk does not allow it; both are told", async () => {
  const { call } = await rig.caller();
  rig.perform({ type: "offer", call, offer: "1", party: { kind: "number", number: "61", trunks: ["net"] }, from: "" });
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "1" });
  await rig.next("call.connected");
  const invite = network.received.find((text) => text.startsWith("INVITE")) ?? "";
  const say = (method: string, cseq: number, headers: string[], body = ""): void =>
    network.send(requestFrom(invite, network.port, { method, cseq, headers, body }), portOf());
  say("REFER", 1, ["Refer-To: <sip:1002@127.0.0.1>"]);
  await until(() => network.received.some((text) => text.startsWith("SIP/2.0 603")));
  const refused = { call, offer: "1", reason: "not_allowed" };
  expect(await rig.next("phone.refused")).toMatchObject({ ...refused, what: "transfer", sip: 603 });
  say("INVITE", 2, ["Content-Type: application/sdp"], rawSdp(network.port, 2, ["a=sendonly"]));
  await until(() => network.received.some((text) => text.startsWith("SIP/2.0 488")));
  expect(await rig.next("phone.refused")).toMatchObject({ ...refused, what: "hold", sip: 488 });
  // Other media are no hold.
  say("INVITE", 3, ["Content-Type: application/sdp"], rawSdp(network.port + 2, 3));
  await until(() => network.received.some((text) => /^SIP\/2.0 200.*CSeq: 3 INVITE/s.test(text)));
  say("ACK", 3, []);
});

describe("row 0.12: the caller's network hands the call on", () => {
  const say = (headers: string[], cseq = 2): void =>
    network.send(requestTo(ok, network.port, { method: "REFER", cseq, headers }), portOf());
  const status = (code: number): boolean =>
    network.received.some((text) => text.startsWith(`SIP/2.0 ${code}`) && text.includes("REFER"));

  /** A caller of the network, which may do that, talks with Ana. */
  async function talking(): Promise<CallId> {
    const { net } = rig.directory.trunks;
    rig.calls.use({ ...rig.directory, trunks: { net: { ...net!, may: ["refer"] } } });
    await rig.agent("ana");
    const call = await called();
    const party = { kind: "agent", agent: "ana", device: "d_ana" } as const;
    rig.perform({ type: "offer", call, offer: "1", party, from: "" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    return call;
  }

  it("it is told, the network hears how that went and is let go, and who talked with the caller is the caller", async () => {
    const call = await talking();
    say(["Refer-To: <sip:1002@127.0.0.1?User-to-User=00%7B%7D>"]);
    expect(await rig.next("transfer.asked")).toMatchObject({
      call,
      to: "1002",
      by: "phone",
      side: "caller",
      uui: "00{}",
    });
    rig.perform({ type: "turn", call, offer: "1", as: "2" });
    rig.perform({ type: "withdraw", call, offer: "2", reason: "strategy" });
    await until(() => network.methods().includes("BYE"));
    const said = network.received.filter((text) => text.startsWith("NOTIFY"));
    expect(said.map((text) => text.trim().split("\r\n").at(-1))).toEqual(["SIP/2.0 100 Trying", "SIP/2.0 200 OK"]);
    expect(status(202)).toBe(true);
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 1, mediaLegs: 0 });
    expect(await rig.rest()).toEqual([]);
  });

  it("who wants to hear nothing of it hears nothing (RFC 4488)", async () => {
    const call = await talking();
    say(["Refer-To: <sip:1002@127.0.0.1>", "Refer-Sub: false"]);
    await rig.next("transfer.asked");
    rig.perform({ type: "turn", call, offer: "1", as: "2" });
    rig.perform({ type: "withdraw", call, offer: "2", reason: "strategy" });
    await until(() => network.methods().includes("BYE"));
    expect(network.methods()).not.toContain("NOTIFY");
    expect(network.received.find((text) => text.startsWith("SIP/2.0 202"))).toMatch(/^Refer-Sub: false\r$/m);
  });

  it("603 where it may not, where nobody talks with the caller; 400 where nobody is named", async () => {
    const call = await called();
    say(["Refer-To: <sip:1002@127.0.0.1>"]);
    expect(await rig.next("phone.refused")).toMatchObject({ call, what: "transfer", reason: "not_allowed", sip: 603 });
    const { net } = rig.directory.trunks;
    rig.calls.use({ ...rig.directory, trunks: { net: { ...net!, may: ["refer"] } } });
    say(["Refer-To: <sip:1002@127.0.0.1>"], 3);
    expect(await rig.next("phone.refused")).toMatchObject({ reason: "not_possible", sip: 603 });
    say([], 4);
    expect(await rig.next("phone.refused")).toMatchObject({ reason: "not_possible", sip: 400 });
  });
});

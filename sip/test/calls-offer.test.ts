import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallId, Party } from "../../runtime/index.ts";
import { deviceOf } from "../caller/arrival.ts";
import { offerFailure, triesNextHop } from "../dialog/causes.ts";
import { silent } from "../log.ts";
import { hopsTo } from "../party/party.ts";
import { createWays } from "../trunks/ways.ts";
import { pause, type Rig, secretOf, startRig, testDirectory, until } from "./calls-rig.ts";
import { type RawPhone, type RawRequest, rawSdp, startRawPhone } from "./raw-phone.ts";

describe("what a final status means", () => {
  it.each([
    [486, "busy"],
    [600, "busy"],
    [603, "rejected"],
    [403, "rejected"],
    [404, "unreachable"],
    [480, "unreachable"],
    [302, "unreachable"],
    [401, "unreachable"],
    [503, "unreachable"],
    [undefined, "unreachable"],
  ] as const)("%s: %s", (status, outcome) => expect(offerFailure(status)).toBe(outcome));

  it.each([
    [503, true],
    [500, true],
    [408, true],
    [undefined, true],
    [486, false],
    [404, false],
    [603, false],
    [488, false],
  ] as const)("after %s the next hop is tried: %s", (status, tried) => expect(triesNextHop(status)).toBe(tried));
});

describe("where a party is", () => {
  const directory = testDirectory("prompts", {
    gw: { to: ["sip:gw1.example:5061;transport=tls", "sip:[2001:db8::1]"] },
  });
  directory.devices.desk = { id: "desk", user: "6177", trunk: "gw", noAnswer: {}, autoAnswer: true };
  directory.trunks.second = { ...directory.trunks.gw!, id: "second", to: ["sip:gw2.example"] };
  directory.trunkGroups.pair = { id: "pair", trunks: ["gw", "second"], order: "rotate" };
  directory.devices.both = { ...directory.devices.desk, id: "both", trunk: "pair", user: "6178" };
  const registered = [{ uri: "sip:ana@127.0.0.1:4000", headers: {} }];
  const contacts = (user: string) => (user === "ana" ? registered : []);
  const ways = createWays({
    directory: () => directory,
    contacts,
    isUp: () => true,
    secret: secretOf,
    proving: () => undefined,
    log: silent,
  });
  const reach = { directory, registrar: { contacts }, ways };
  const uris = (party: Party): string[] | number => {
    const hops = hopsTo(reach, party, "+34600");
    return "status" in hops ? hops.status : hops.map((hop) => hop.uri);
  };

  it.each<[string, Party, string[] | number]>([
    ["a registered phone", { kind: "agent", agent: "ana", device: "d_ana" }, ["sip:ana@127.0.0.1:4000"]],
    ["an unregistered one", { kind: "agent", agent: "luc", device: "d_luc" }, 480],
    ["an unknown device", { kind: "agent", agent: "ana", device: "sip:evil@example" }, 404],
    [
      "a phone on a trunk",
      { kind: "agent", agent: "otto", device: "desk" },
      ["sip:6177@gw1.example:5061;transport=tls", "sip:6177@[2001:db8::1]"],
    ],
    [
      "a phone behind a group of trunks, by those that are named",
      { kind: "agent", agent: "otto", device: "both", trunks: ["second"] },
      ["sip:6178@gw2.example"],
    ],
    [
      "one that is called by nobody's order: as they are written",
      { kind: "agent", agent: "otto", device: "both" },
      ["sip:6178@gw1.example:5061;transport=tls", "sip:6178@[2001:db8::1]", "sip:6178@gw2.example"],
    ],
    [
      "an outside number",
      { kind: "number", number: "+34 911", trunks: ["gw"] },
      ["sip:+34911@gw1.example:5061;transport=tls", "sip:+34911@[2001:db8::1]"],
    ],
    ["a number without a trunk", { kind: "number", number: "+34911", trunks: [] }, 503],
    ["a trunk nobody named", { kind: "number", number: "+34911", trunks: ["other"] }, 403],
    ["a number that would be an address", { kind: "number", number: "x@evil.example\r\nX: y;z", trunks: ["gw"] }, 403],
  ])("%s", (_what, party, expected) => expect(uris(party)).toEqual(expected));

  it("whoever calls from there is known by each of its trunks that is trusted, and by no other", () => {
    const source = (trunk: string | undefined) => deviceOf({ trunk, phone: "6178" }, "6178", directory);
    expect([source("second"), source(undefined)]).toEqual([undefined, undefined]);
    directory.trunks.second!.trusted = true;
    expect([source("second"), source("gw")]).toEqual(["both", undefined]);
  });

  it("auto answer is asked for, and To has no parameters of the URI", () => {
    const hops = hopsTo(reach, { kind: "agent", agent: "otto", device: "desk" }, "+34600");
    expect(hops).toMatchObject([
      {
        headers: {
          To: "<sip:6177@gw1.example:5061>",
          "Call-Info": "<sip:localhost>;answer-after=0",
          "Alert-Info": "<http://localhost>;info=alert-autoanswer;delay=0",
        },
      },
      {},
    ]);
  });
});

describe("an offer", () => {
  let rig: Rig;
  let first: RawPhone;
  let second: RawPhone;
  let call: CallId;
  let answers: (request: RawRequest) => void;
  const outside: Party = { kind: "number", number: "+34700", trunks: ["first", "second"] };

  beforeEach(async () => {
    first = await startRawPhone((request) => {
      if (request.method === "BYE" || request.method === "CANCEL") request.reply("200 OK");
      else answers(request);
    });
    second = await startRawPhone((request) => {
      if (request.method === "INVITE") request.reply("200 OK", { body: rawSdp(40_000) });
      if (request.method === "BYE") request.reply("200 OK");
    });
    rig = await startRig({
      first: { to: [`sip:127.0.0.1:${first.port}`], no_ringback: "1s" } as { to: string[] },
      second: [`sip:127.0.0.1:${second.port}`],
    });
    ({ call } = await rig.caller());
  });
  afterEach(async () => {
    await rig.stop();
    await first.stop();
    await second.stop();
  });
  const offer = (): void =>
    rig.perform({ type: "offer", call, offer: "1", party: outside, from: "+34600000001", queue: "Billing" });

  it("goes to the next trunk where the first has trouble", async () => {
    answers = (request) => request.method === "INVITE" && request.reply("503 Service Unavailable");
    offer();
    expect(await rig.next("offer.answered")).toMatchObject({ offer: "1" });
    expect(second.received[0]).toMatch(/^INVITE sip:\+34700@/);
    expect(first.methods()).toEqual(["INVITE", "ACK"]);
  });

  it("stops where somebody says no", async () => {
    answers = (request) => request.method === "INVITE" && request.reply("486 Busy Here");
    offer();
    expect(await rig.next("offer.failed")).toMatchObject({ offer: "1", outcome: "busy", sip: 486 });
    expect(second.received).toEqual([]);
  });

  it("does not wait for a silent hop, and hangs up on a late answer", async () => {
    let late: (() => void) | undefined;
    answers = (request) => {
      if (request.method === "INVITE") late = () => request.reply("200 OK", { body: rawSdp(40_002) });
    };
    offer();
    await rig.next("offer.answered");
    late?.();
    await until(() => first.methods().includes("BYE"));
    expect(await rig.rest()).toEqual([]);
  });

  it("rings with what the caller described, under an origin of its own", async () => {
    answers = (request) => request.method === "INVITE" && request.reply("180 Ringing");
    offer();
    await rig.next("offer.ringing");
    const invite = first.received[0] ?? "";
    expect(invite).toMatch(/\r\nFrom: "\+34600000001" <sip:\+34600000001@127\.0\.0\.1:\d+>;tag=/);
    expect(invite).toMatch(/\r\no=- \d+ 1 IN IP4 127\.0\.0\.1\r\n/);
    expect(invite).toMatch(/\r\nm=audio \d+ RTP\/AVP 0 8 /);
    rig.perform({ type: "withdraw", call, offer: "1", reason: "lost_race" });
    await until(() => first.methods().includes("CANCEL"));
    expect(first.received.find((text) => text.startsWith("CANCEL"))).toContain(
      'Reason: SIP;cause=200;text="Call completed elsewhere"',
    );
    first.send(terminated(invite, first.port), Number(rig.at.split(":")[1]));
    await until(() => rig.calls.stats().legs === 1);
  });

  it("answered without media is no answer", async () => {
    answers = (request) => request.method === "INVITE" && request.reply("200 OK");
    offer();
    expect(await rig.next("offer.failed")).toMatchObject({ outcome: "unreachable", sip: 488 });
    await until(() => first.methods().includes("BYE"));
  });

  it("to nobody fails at once", async () => {
    rig.perform({ type: "offer", call, offer: "2", party: { kind: "number", number: "1", trunks: [] }, from: "" });
    expect(await rig.next("offer.failed", 50)).toMatchObject({ offer: "2", outcome: "unreachable" });
  });

  it("to many at once, all withdrawn by the hang-up", async () => {
    answers = (request) => request.method === "INVITE" && request.reply("180 Ringing");
    for (const id of ["1", "2", "3"]) {
      rig.perform({ type: "offer", call, offer: id, party: { ...outside, trunks: ["first"] }, from: "" });
    }
    await pause(100);
    rig.perform({ type: "hangup", call });
    await until(() => first.methods().filter((method) => method === "CANCEL").length === 3);
    for (const invite of first.received.filter((text) => text.startsWith("INVITE"))) {
      first.send(terminated(invite, first.port), Number(rig.at.split(":")[1]));
    }
    await until(() => rig.calls.stats().legs === 0);
  });
});

function terminated(invite: string, port: number): string {
  const lines = invite.split("\r\n").filter((line) => /^(via|from|to|call-id|cseq):/i.test(line));
  return [
    "SIP/2.0 487 Request Terminated",
    ...lines.map((line) => (/^to:/i.test(line) ? `${line};tag=raw${port}` : line)),
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
}

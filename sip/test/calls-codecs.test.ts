import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallId, Party } from "../../runtime/index.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { type RawPhone, rawSdp, startRawPhone } from "./raw-phone.ts";
import { sweep } from "./rtp-phone.ts";
import { type Side, startSide } from "./sides.ts";

/* Who have no codec in common hear one another through our media, where those speak with both. */

const voices = { caller: sweep(800, 300), phone: sweep(800, 1900), colleague: sweep(800, 2700) };
let rig: Rig;
/** It speaks PCMA and nothing else. */
let caller: Side;
/** PCMU. */
let phone: Side;
/** PCMA. */
let colleague: Side;
let call: CallId;
beforeEach(async () => {
  caller = await startSide(() => rig.at, { voice: voices.caller, law: "PCMA" });
  phone = await startSide(() => rig.at, { voice: voices.phone });
  colleague = await startSide(() => rig.at, { voice: voices.colleague, law: "PCMA" });
  const to = [`sip:127.0.0.1:${phone.phone.port}`];
  rig = await startRig(
    { pbx: to, only: { to, codecs: ["PCMU"] }, far: [`sip:127.0.0.1:${colleague.phone.port}`] },
    {
      devices: { d_ana: { trunk: "pbx", user: "61" }, d_eva: { trunk: "far", user: "62" } },
      bots: { helper: { trunk: "pbx", user: "helper" } },
    },
  );
});
afterEach(async () => {
  await rig.stop();
  await Promise.all([caller, phone, colleague].map((side) => side.stop()));
});

const ana = { kind: "agent", agent: "ana", device: "d_ana" } as const;
const offers = (): string[] =>
  phone.phone.received
    .filter((text) => text.startsWith("INVITE") && !/^To:.*;tag=/im.test(text))
    .map((text) => /^m=audio \d+ (.*)\r$/m.exec(text)?.[1] ?? "");

async function rings(party: Party = ana): Promise<void> {
  rig.perform({ type: "offer", call, offer: "1", party, from: "1" });
  await rig.next("offer.answered");
}

async function talk(): Promise<void> {
  rig.perform({ type: "connect", call, offer: "1" });
  await rig.next("call.connected");
  await heard();
}

async function heard(): Promise<void> {
  await Promise.all([caller.hears(voices.phone), phone.hears(voices.caller)]);
  expect(rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 2 });
}

describe("a caller of PCMA and a phone of PCMU", () => {
  it("who refuses the caller's own description is offered ours, and the two hear one another", async () => {
    call = await caller.calls(rig);
    await rings();
    expect(offers()).toEqual(["RTP/AVP 8 96", "RTP/AVP 0 8 101"]);
    await talk();
    expect(await rig.rest(0)).toEqual([]);
  });

  it("so it is where the caller is answered only then", async () => {
    call = await caller.arrives(rig);
    await rings();
    await talk();
  });

  it("so it is where the trunk says what is spoken there: nothing else is offered", async () => {
    call = await caller.calls(rig);
    await rings({ kind: "number", number: "61", trunks: ["only"] });
    expect(offers()).toEqual(["RTP/AVP 0 101"]);
    await talk();
  });

  it("held by the phone, and taken back, they are there again", async () => {
    call = await caller.calls(rig);
    await rings();
    await talk();
    await phone.offer(phone.description("a=sendonly"));
    await rig.next("hold.asked");
    rig.perform({ type: "part", call, offer: "1" });
    await rig.next("call.parted");
    await phone.offer(phone.description());
    await rig.next("retrieve.asked");
    await talk();
  });

  it("recorded no more, they stay there", async () => {
    call = await caller.calls(rig);
    await rings();
    await talk();
    rig.perform({ type: "record", call, what: "call" });
    expect(await rig.next("recording.changed")).toMatchObject({ state: "started" });
    rig.perform({ type: "record", call, what: "stop" });
    expect(await rig.next("recording.changed")).toMatchObject({ state: "ended" });
    await heard();
  });

  it("so is a bot reached", async () => {
    call = await caller.calls(rig);
    rig.perform({ type: "ask", call, task: 1, bot: "helper", trunks: ["pbx"] });
    await until(() => rig.calls.stats().mediaLegs === 2);
    await heard();
  });

  it("so is a mailbox elsewhere", async () => {
    call = await caller.calls(rig);
    rig.perform({ type: "deposit", call, task: 1, mailbox: "it", trunk: "pbx", number: "2000" });
    await until(() => rig.calls.stats().mediaLegs === 2);
    await heard();
  });

  it("so is a colleague whom the agent asks first", async () => {
    call = await caller.calls(rig);
    await rings();
    await talk();
    const part = async (offer: string) => {
      rig.perform({ type: "part", call, offer });
      await rig.next("call.parted");
    };
    await part("1");
    const eva = { kind: "agent", agent: "eva", device: "d_eva" } as const;
    rig.perform({ type: "offer", call, offer: "2", party: eva, from: "1", apart: true });
    await rig.next("offer.answered");
    for (let turn = 0; turn < 2; turn++) {
      rig.perform({ type: "join", call, offer: "2", with: "1" });
      expect(await rig.next("parties.joined")).toMatchObject({ joined: true });
      await Promise.all([colleague.hears(voices.phone), phone.hears(voices.colleague)]);
      await part("2");
      rig.perform({ type: "connect", call, offer: "1" });
      await rig.next("call.connected");
      await Promise.all([caller.hears(voices.phone), phone.hears(voices.caller)]);
      await part("1");
    }
    rig.perform({ type: "withdraw", call, offer: "1", reason: "strategy" });
    rig.perform({ type: "connect", call, offer: "2" });
    await rig.next("call.connected");
    // The two speak alike.
    await Promise.all([caller.hears(voices.colleague), colleague.hears(voices.caller)]);
    await until(() => rig.calls.stats().legs === 2);
    expect(rig.calls.stats().mediaLegs).toBe(0);
  });

  it.each([1, 2])("withdrawn when it is asked, %i, nothing is left of it", async (asked) => {
    call = await caller.calls(rig);
    const speaks = phone.refuses;
    phone.refuses = (sdp) => {
      if (offers().length === asked) rig.perform({ type: "withdraw", call, offer: "1", reason: "strategy" });
      return speaks(sdp);
    };
    rig.perform({ type: "offer", call, offer: "1", party: ana, from: "1" });
    await until(() => offers().length === asked && rig.calls.stats().legs === 1);
    expect(rig.calls.stats()).toEqual({ calls: 1, legs: 1, mediaLegs: 1 });
    expect(await rig.rest(0)).toEqual([]);
  });
});

it("a party that refuses to be led to where the caller is stays with us, and so does he", async () => {
  const another = await startSide(() => rig.at, { voice: voices.caller });
  try {
    call = await another.calls(rig);
    await rings();
    expect(offers()).toEqual(["RTP/AVP 0 96"]);
    another.answers = async () => {
      another.answers = () => undefined;
      await another.moves();
    };
    phone.refuses = (sdp) => sdp.includes(`m=audio ${another.rtp.port} `);
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    await Promise.all([another.hears(voices.phone), phone.hears(voices.caller)]);
    expect(rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 2 });
    expect(rig.logged).toContainEqual(
      expect.objectContaining({ level: "warn", fields: { call, trunk: "pbx", sip: 488 } }),
    );
    rig.perform({ type: "hangup", call });
    await until(() => rig.calls.stats().legs === 0);
  } finally {
    await another.stop();
  }
});

it("of two phones that ring at once, one that speaks as the caller does is joined with him directly", async () => {
  call = await caller.calls(rig);
  const lines = [
    "REGISTER sip:127.0.0.1 SIP/2.0",
    `Via: SIP/2.0/UDP 127.0.0.1:${phone.phone.port};branch=z9hG4bKregister`,
    "From: <sip:luc@127.0.0.1>;tag=register",
    "To: <sip:luc@127.0.0.1>",
    "Call-ID: register",
    "CSeq: 1 REGISTER",
    `Contact: <sip:raw@127.0.0.1:${phone.phone.port}>;expires=60`,
    "Max-Forwards: 70",
    "Content-Length: 0",
    "",
    "",
  ];
  phone.phone.send(lines.join("\r\n"), Number(rig.at.split(":")[1]));
  await rig.next("device.changed");
  const luc = await rig.phone({ user: "luc", registrar: `sip:${rig.at}`, answer: "ignore" });
  // Asked again to speak with us, the first picks up too late.
  phone.answers = async () => {
    if (offers().length > 1) await until(() => phone.phone.methods().includes("CANCEL"));
  };
  rig.perform({ type: "offer", call, offer: "1", party: { kind: "agent", agent: "luc", device: "d_luc" }, from: "1" });
  await until(() => offers().length === 2 && luc.calls.length === 1);
  luc.calls[0]?.answer();
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "1" });
  await rig.next("call.connected");
  await until(() => rig.calls.stats().legs === 2);
  expect(rig.calls.stats().mediaLegs).toBe(0);
});

describe("with whom our media cannot speak", () => {
  it("a caller of G.729 is told what the phone says, once", async () => {
    const far: RawPhone = await startRawPhone(({ method, reply }) => {
      if (method === "INVITE") reply("488 Not Acceptable Here");
    });
    try {
      rig.calls.use({
        ...rig.directory,
        trunks: { ...rig.directory.trunks, pbx: { ...rig.directory.trunks.pbx!, to: [`sip:127.0.0.1:${far.port}`] } },
      });
      call = await caller.arrives(rig, rawSdp(40_000).replace("8 101", "18 101"));
      rig.perform({ type: "offer", call, offer: "1", party: ana, from: "1" });
      expect(await rig.next("offer.failed")).toMatchObject({ outcome: "unreachable", sip: 488 });
      expect(far.methods().filter((method) => method === "INVITE")).toHaveLength(1);
      rig.perform({ type: "reject", call, code: 488 });
    } finally {
      await far.stop();
    }
  });
});

import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallId, Party } from "../../runtime/index.ts";
import { correlation } from "./audio.ts";
import { readWav, writeWav } from "../media/index.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { baresip } from "./peers/baresip.ts";
import { peerSuite } from "./peers/suite.ts";
import { sweep } from "./rtp-phone.ts";
import { type Side, startSide } from "./sides.ts";

/* Row 4.11: the hold key of an agent's phone is the hold button of his desk (RFC 3264 8.4); what a caller holds goes to whom he talks with. */

const voices = { caller: sweep(800, 300), ana: sweep(800, 1900) };
/** As `calm` of the rig has it. */
const music = Int16Array.from({ length: 800 }, (_, at) => Math.round(8000 * Math.sin((at * 2 * Math.PI * 440) / 8000)));

let rig: Rig;
let ana: Side;
let caller: Side;
let call: CallId;
beforeEach(async () => {
  ana = await startSide(() => rig.at, { voice: voices.ana });
  caller = await startSide(() => rig.at, { voice: voices.caller });
  const to = [`sip:127.0.0.1:${ana.phone.port}`];
  rig = await startRig(
    { pbx: to, mixed: { to, media: "relay" }, out: [`sip:127.0.0.1:${caller.phone.port}`] },
    { devices: { d_ana: { trunk: "pbx", user: "61" }, d_tim: { trunk: "mixed", user: "62" } } },
  );
});
afterEach(async () => {
  await rig.stop();
  await Promise.all([ana.stop(), caller.stop()]);
});

const direct = () => ({ calls: 1, legs: 2, mediaLegs: 0 });
const apart = () => ({ calls: 1, legs: 2, mediaLegs: 2 });
const directionIn = (sdp: string): string => /^a=(sendrecv|sendonly|recvonly|inactive)/m.exec(sdp)?.[1] ?? "sendrecv";
const portIn = (sdp: string): string => /^m=audio (\d+)/m.exec(sdp)?.[1] ?? "";

/** The caller talks with Ana, whose phone is on a trunk. */
async function talking(agent: "ana" | "tim" = "ana"): Promise<void> {
  call = await caller.calls(rig);
  const party = { kind: "agent", agent, device: `d_${agent}` } as const;
  rig.perform({ type: "offer", call, offer: "1", party, from: "" });
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "1" });
  await rig.next("call.connected");
}

const hold = (): string => ana.description("a=sendonly");

/** As the engine does when it is asked. */
async function parted(): Promise<void> {
  expect(await rig.next("hold.asked")).toEqual({ type: "hold.asked", call, by: "phone" });
  await isParted();
}

async function isParted(offer = "1"): Promise<void> {
  rig.perform({ type: "part", call, offer });
  expect(await rig.next("call.parted")).toMatchObject({ call, offer, parted: true });
  rig.perform({ type: "music", call, task: 3, name: "calm", language: "en" });
}

async function joined(offer = "1"): Promise<void> {
  expect(await rig.next("retrieve.asked")).toEqual({ type: "retrieve.asked", call, by: "phone" });
  rig.perform({ type: "connect", call, offer });
  await rig.next("call.connected");
}

/** Each hears the other, by nobody between them where that is so. */
async function bothTalk(between: object = direct()): Promise<void> {
  await Promise.all([caller.hears(voices.ana), ana.hears(voices.caller)]);
  expect(rig.calls.stats()).toEqual(between);
}

describe("the hold key of an agent's phone", () => {
  it.each([
    ["sendonly", "INVITE", ["a=sendonly"], "recvonly"],
    ["inactive", "INVITE", ["a=inactive"], "inactive"],
    ["an address of zeros", "INVITE", ["c=IN IP4 0.0.0.0"], "recvonly"],
    ["sendonly", "UPDATE", ["a=sendonly"], "recvonly"],
  ] as const)(
    "%s by %s is answered at once; the caller hears music, and goes on with him directly",
    async (_, method, lines, direction) => {
      await talking();
      await bothTalk();
      expect(directionIn(await ana.offer(ana.description(...lines), method))).toBe(direction);
      expect(portIn(caller.told)).toBe(String(ana.rtp.port));
      await parted();
      await caller.hears(music);
      ana.rtp.packets.length = 0;
      await caller.hears(music);
      expect(correlation(caller.rtp.heard(), voices.ana)).toBeLessThan(0.4);
      expect(ana.rtp.packets).toEqual([]);
      expect(rig.calls.stats()).toEqual(apart());
      expect(directionIn(await ana.offer(ana.description(), method))).toBe("sendrecv");
      await joined();
      await bothTalk();
      expect(await rig.rest(0)).toEqual([]);
    },
  );

  it("held twice, and by another word, it is held once; the phone goes on from another address", async () => {
    await talking();
    await ana.offer(hold());
    await parted();
    expect(directionIn(await ana.offer(ana.description("a=inactive")))).toBe("inactive");
    const again = hold();
    expect(directionIn(await ana.offer(again))).toBe("recvonly");
    expect(directionIn(await ana.offer(again))).toBe("recvonly"); // a refresh
    expect(await rig.rest(0)).toEqual([]);
    await ana.moves();
    await ana.offer(ana.description());
    await joined();
    await bothTalk();
  });

  it("goes on by a re-INVITE without an offer, which is offered both ways", async () => {
    await talking();
    await ana.offer(ana.description("a=inactive"));
    await parted();
    expect(directionIn(await ana.asks(ana.description("a=sendonly")))).toBe("sendrecv"); // music of its own exchange
    await caller.hears(music);
    expect(await rig.rest(0)).toEqual([]);
    expect(directionIn(await ana.asks(ana.description()))).toBe("sendrecv");
    await joined();
    await bothTalk();
    // To hold so is no hold key: the other is told.
    await ana.asks(ana.description("a=sendonly"));
    await until(() => directionIn(caller.told) === "sendonly");
  });

  it("pressed again before the two are parted, that waits for it", async () => {
    await talking();
    await ana.offer(hold());
    await ana.offer(ana.description());
    await parted();
    await joined();
    await bothTalk();
  });

  it("so it is where their media are with us", async () => {
    await talking("tim");
    await bothTalk(apart());
    expect(directionIn(await ana.offer(hold()))).toBe("recvonly");
    await parted();
    await caller.hears(music);
    await ana.offer(ana.description());
    await joined();
    await bothTalk(apart());
  });

  it("so it is where somebody talks with them, who is left alone as where the desk holds", async () => {
    await talking();
    await rig.agent("eva");
    const eva = { kind: "agent", agent: "eva", device: "d_eva" } as const;
    expect(await rig.calls.attend(call, { party: eva, from: "1", speaks: true })).toBe("attending");
    await rig.next("guest.changed");
    await ana.offer(hold());
    await parted();
    await caller.hears(music);
    await ana.offer(ana.description());
    await joined();
    await bothTalk({ calls: 1, legs: 3, mediaLegs: 3 });
  });

  it("so it is in a call that he began at his desk, whose party he is from then on", async () => {
    call = "desk-1";
    rig.perform({ type: "open", call });
    const agent = { kind: "agent", agent: "ana", device: "d_ana" } as const;
    rig.perform({ type: "place", call, party: agent, from: "1" });
    await rig.next("call.answered");
    const party = { kind: "number", number: "+34600000001", trunks: ["out"] } satisfies Party;
    rig.perform({ type: "offer", call, offer: "1", party, from: "1" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    await bothTalk();
    await ana.offer(hold());
    expect(await rig.next("hold.asked")).toEqual({ type: "hold.asked", call, by: "phone", side: "caller" });
    rig.perform({ type: "turn", call, offer: "1", as: "0", agent: "ana" });
    await isParted("0");
    await caller.hears(music);
    await ana.offer(ana.description());
    await joined("0");
    await bothTalk();
  });

  it("the phone hangs up while it holds, and so may the caller", async () => {
    await talking();
    await ana.offer(hold());
    await parted();
    ana.says("BYE");
    expect(await rig.next("party.gone")).toMatchObject({ call, offer: "1" });
    await caller.hears(music);
    caller.says("BYE");
    expect(await rig.next("call.gone")).toMatchObject({ call });
  });

  it("with keys (RFC 4568) it is answered with ours", async () => {
    await talking();
    const crypto = `a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${Buffer.alloc(30, 7).toString("base64")}`;
    const secured = (...lines: string[]) => ana.description(crypto, ...lines).replace("RTP/AVP", "RTP/SAVP");
    const answer = await ana.offer(secured("a=sendonly"));
    expect(answer).toMatch(/^m=audio \d+ RTP\/SAVP 0 96\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:/m);
    expect(answer).not.toContain(crypto);
    expect(directionIn(answer)).toBe("recvonly");
    await parted();
    await caller.hears(music);
    await ana.offer(ana.description());
    await joined();
    await bothTalk();
  });

  it("called off before it is answered (RFC 3261 14.2), nothing has come of it", async () => {
    await talking();
    const status = ana.offer(hold());
    ana.cancels();
    expect(await status).toMatch(/^487/);
    await bothTalk();
    expect(await rig.rest(0)).toEqual([]);
  });
});

describe("the key and the button of the desk", () => {
  it("the desk holds while the phone does: one of them meets the other (491), and both count", async () => {
    await talking();
    let glare: Promise<string> | undefined;
    ana.answers = () => {
      glare ??= ana.offer(hold());
      return glare.then(() => undefined);
    };
    await isParted();
    expect(await glare).toMatch(/^491/);
    ana.answers = () => undefined;
    await ana.offer(hold());
    expect(await rig.next("hold.asked")).toMatchObject({ by: "phone" });
    await ana.offer(ana.description());
    await joined();
    await bothTalk();
  });

  it("joined while the phone holds, they are parted again", async () => {
    await talking();
    await ana.offer(hold());
    await parted();
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    await parted();
    await caller.hears(music);
    await ana.offer(ana.description());
    await joined();
    await bothTalk();
  });

  it("so they are not where the phone goes on by itself when it is led back", async () => {
    await talking();
    await ana.offer(hold());
    await parted();
    ana.keepsHold = false;
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    expect(directionIn(caller.told)).toBe("sendrecv");
    await bothTalk();
    expect(await rig.rest(0)).toEqual([]);
  });

  it("what the button holds, the key takes back too; he goes on with whom he has asked when his phone does", async () => {
    const asked = await rig.agent("luc");
    await talking();
    await ana.offer(hold());
    await parted();
    const luc = { kind: "agent", agent: "luc", device: "d_luc" } as const;
    rig.perform({ type: "offer", call, offer: "2", party: luc, from: "61", apart: true });
    await rig.next("offer.answered");
    rig.perform({ type: "join", call, offer: "2", with: "1" });
    await rig.next("parties.joined");
    expect(asked.calls[0]?.leg?.remoteSdp).toContain("a=sendonly");
    await ana.offer(ana.description());
    expect(asked.calls[0]?.leg?.remoteSdp).not.toContain("a=sendonly");
    // The engine takes it as no word about the caller.
    expect(await rig.next("retrieve.asked")).toMatchObject({ by: "phone" });
    // What he holds now is whom he has asked, who is told so.
    await ana.offer(hold());
    expect(asked.calls[0]?.leg?.remoteSdp).toContain("a=sendonly");
    expect(await rig.rest(0)).toEqual([]);
  });
});

describe("handed on by the phone while it holds (rows 0.12, 3.32)", () => {
  const refer = (to: string): void => ana.says("REFER", [`Refer-To: <${to}>`]);
  const accepted = () => until(() => ana.phone.received.some((text) => text.startsWith("SIP/2.0 202")));
  beforeEach(() => {
    const { pbx } = rig.directory.trunks;
    rig.calls.use({ ...rig.directory, trunks: { ...rig.directory.trunks, pbx: { ...pbx!, may: ["hold", "refer"] } } });
  });

  it("at once, the caller hears music until somebody has him", async () => {
    await talking();
    await ana.offer(hold());
    await parted();
    refer("sip:1002@127.0.0.1");
    await accepted();
    expect(await rig.next("transfer.asked")).toMatchObject({ call, by: "phone", to: "1002" });
    rig.perform({ type: "withdraw", call, offer: "1", reason: "strategy" });
    await until(() => ana.phone.methods().includes("BYE"));
    await caller.hears(music);
  });
});

describe("holds that go to whom they are for", () => {
  it("of an outside number: the caller hears what comes from there", async () => {
    call = await caller.calls(rig);
    const party = { kind: "number", number: "61", trunks: ["pbx"] } satisfies Party;
    rig.perform({ type: "offer", call, offer: "1", party, from: "" });
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    expect(directionIn(await ana.offer(hold()))).toBe("recvonly");
    expect(directionIn(caller.told)).toBe("sendonly");
    await caller.hears(voices.ana);
    await ana.offer(ana.description());
    await bothTalk();
    expect(await rig.rest(0)).toEqual([]);
  });

  it("of a phone with which our media cannot speak", async () => {
    const g729 = (side: Side, ...lines: string[]) =>
      side.description(...lines).replace("RTP/AVP 0 96", "RTP/AVP 18 96");
    await talking();
    caller.refuses = () => false;
    await ana.offer(g729(ana));
    expect(caller.told).toContain("RTP/AVP 18");
    await ana.offer(g729(ana, "a=sendonly"));
    expect(directionIn(caller.told)).toBe("sendonly");
    expect(await rig.rest(0)).toEqual([]);
  });

  it.each([
    ["sendonly", ["a=sendonly"], "sendonly"],
    ["inactive", ["a=inactive"], "inactive"],
    // A phone that does not take it for a hold would think the caller dead.
    ["an address of zeros", ["c=IN IP4 0.0.0.0"], "sendonly"],
  ])("of the caller: %s is told to the phone", async (_, lines, told) => {
    await talking();
    await caller.offer(caller.description(...lines));
    expect(directionIn(ana.told)).toBe(told);
    if (told === "sendonly") await ana.hears(voices.caller);
    await caller.offer(caller.description());
    expect(directionIn(ana.told)).toBe("sendrecv");
    await bothTalk();
    expect(await rig.rest(0)).toEqual([]);
  });

  it("the phone holds him too, and each goes on when he wants: nobody stays on hold", async () => {
    await talking();
    await caller.offer(caller.description("a=inactive"));
    await ana.offer(hold());
    await parted();
    await ana.offer(ana.description());
    await joined();
    expect(directionIn(ana.told)).not.toBe("sendrecv");
    await caller.offer(caller.description());
    await bothTalk();
  });

  it("the desk holds him too: the phone is told nothing of his hold, and both talk when all is over", async () => {
    await talking();
    await caller.offer(caller.description("a=inactive"));
    expect(directionIn(ana.told)).toBe("inactive");
    await isParted();
    expect(directionIn(ana.told)).toBe("sendrecv");
    // Our re-INVITE to him may be under way.
    await until(() => directionIn(caller.told) === "inactive");
    while ((await caller.offer(caller.description())).startsWith("491"));
    await caller.hears(music);
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    await bothTalk();
  });
});

peerSuite("phones of others that hold", ["baresip"], () => {
  it("baresip: its caller hears it, then music, then it again", { timeout: 60_000 }, async () => {
    await rig.stop();
    rig = await startRig();
    const voice = (name: string, sound: Int16Array): string => {
      const long = new Int16Array(sound.length * 600);
      for (let at = 0; at < 600; at++) long.set(sound, at * sound.length);
      writeFileSync(join(rig.folder, name), writeWav(long));
      return join(rig.folder, name);
    };
    const server = rig.at;
    const agent = await baresip({ server, user: "ana", microphone: voice("ana.wav", voices.ana), answers: true });
    const far = await baresip({
      server,
      user: "200",
      microphone: voice("far.wav", voices.caller),
      answers: false,
      registers: false,
    });
    try {
      await rig.next("device.changed", 10_000);
      far.dial(`sip:5000@${rig.at}`);
      ({ call } = await rig.next("call.arrived", 10_000));
      rig.perform({ type: "answer", call, ringback: false });
      await rig.next("call.answered", 10_000);
      const size = (): number => far.heard().map((file) => statSync(file).size)[0] ?? 0;
      const hears = async (): Promise<number> => {
        const before = size();
        await until(() => size() > before + 16_000, 10_000);
        return before;
      };
      // Led elsewhere before it is quite there, it hears nothing.
      await far.event("CALL_ESTABLISHED");
      await hears();
      rig.perform({
        type: "offer",
        call,
        offer: "1",
        party: { kind: "agent", agent: "ana", device: "d_ana" },
        from: "1",
      });
      await rig.next("offer.answered", 10_000);
      rig.perform({ type: "connect", call, offer: "1" });
      await rig.next("call.connected", 10_000);
      const talked = await hears();
      agent.hold();
      await parted();
      const held = await hears();
      agent.resume();
      await joined();
      const resumed = await hears();
      rig.perform({ type: "hangup", call });
      await far.event("CALL_CLOSED");
      const wav = readWav(readFileSync(far.heard()[0] ?? ""));
      if ("reason" in wav) throw new Error(wav.reason);
      const [one, two, three] = [[talked, held], [held, resumed], [resumed]].map(([from = 0, to]) =>
        wav.samples.subarray(from / 2, to && to / 2),
      );
      expect(correlation(one!, voices.ana)).toBeGreaterThan(0.8);
      expect(correlation(two!, music)).toBeGreaterThan(0.8);
      expect(correlation(three!, voices.ana)).toBeGreaterThan(0.8);
    } finally {
      await Promise.all([agent.stop(), far.stop()]);
    }
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readWav, writeWav } from "../media/index.ts";
import type { Phone } from "../phone/phone.ts";
import { correlation, energy } from "./audio.ts";
import { pause, type Rig, startRig, until } from "./calls-rig.ts";
import { type RawPhone, type RawRequest, requestFrom, startRawPhone } from "./raw-phone.ts";
import { type RtpPhone, rtpPhone, sweep } from "./rtp-phone.ts";

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.stop());

/** 0.8 s each, said over and over, of other frequencies. */
const caller = sweep(6400, 300);
const ana = sweep(6400, 1500);

const path = (name: string): string => join(rig.folder, name);
function file(name: string, samples: Int16Array): string {
  writeFileSync(path(name), writeWav(samples));
  return path(name);
}

function samplesOf(name: string): Int16Array {
  const wav = readWav(readFileSync(name));
  if ("reason" in wav) throw new Error(wav.reason);
  return wav.samples;
}

/** Each speaks and keeps what he hears, in `NAME.heard.wav`. */
const voice = (name: string, said: Int16Array) => ({
  play: file(`${name}.wav`, said),
  record: path(`${name}.heard.wav`),
});

/** Who of the two is in a recording. */
const in_ = (samples: Int16Array) => ({
  caller: correlation(samples, caller) > 0.5,
  ana: correlation(samples, ana) > 0.5,
});

async function talking(): Promise<{ call: string; phone: Phone; agent: Phone }> {
  const agent = await rig.agent("ana", voice("ana", ana));
  const { phone, call } = await rig.caller(voice("caller", caller));
  await offered(call);
  return { call, phone, agent };
}

async function offered(call: string): Promise<void> {
  rig.perform({
    type: "offer",
    call,
    offer: `${call}/1`,
    party: { kind: "agent", agent: "ana", device: "d_ana" },
    from: "1",
  });
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: `${call}/1` });
  await rig.next("call.connected");
}

const wavSize = (name: string): number => (name.endsWith(".wav") ? statSync(path(`recordings/${name}`)).size : 0);

async function recording(call: string, what: "call" | "pause" | "resume" | "stop"): Promise<string> {
  rig.perform({ type: "record", call, what });
  return (await rig.next("recording.changed")).state;
}

/** The recording and its notes, once it has ended. */
async function recorded(): Promise<{ samples: Int16Array; notes: Record<string, unknown> & { lengthMs: number } }> {
  const folder = path("recordings/calls");
  const ofDay = (): string => join(folder, readdirSync(folder)[0] ?? "");
  const named = (end: string): string => join(ofDay(), readdirSync(ofDay()).find((name) => name.endsWith(end)) ?? "");
  const notes = () => JSON.parse(readFileSync(named(".json"), "utf8") || "{}");
  await until(() => notes().lengthMs !== undefined);
  expect([".wav", ".json"].map((end) => statSync(named(end)).mode & 0o777)).toEqual([0o600, 0o600]);
  return { samples: samplesOf(named(".wav")), notes: notes() };
}

describe("row 1.42: recording", () => {
  it("a conversation is moved to our media and recorded, with its gap and its notes; both hear each other on", async () => {
    const { call, phone, agent } = await talking();
    await until(() => rig.calls.stats().mediaLegs === 0);
    expect(await recording(call, "call")).toBe("started");
    await expect.poll(() => rig.calls.stats().mediaLegs).toBe(2);
    await pause(1800);
    expect(await recording(call, "pause")).toBe("paused");
    await pause(300);
    expect(await recording(call, "resume")).toBe("resumed");
    await pause(400);
    phone.calls[0]?.hangUp();
    await rig.next("call.gone");
    await agent.calls[0]?.reached("ended");
    const { samples, notes } = await recorded();
    expect(notes).toMatchObject({
      call,
      conversation: call,
      from: "+34600000001",
      to: "5000",
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      gaps: [{ fromMs: expect.any(Number), toMs: expect.any(Number) }],
      with: [{ who: "ana", fromMs: 0, toMs: expect.any(Number) }],
    });
    const [gap] = notes["gaps"] as { fromMs: number; toMs: number }[];
    expect(samples.length).toBe(notes.lengthMs * 8);
    expect(in_(samples)).toEqual({ caller: true, ana: true });
    expect(energy(samples.subarray((gap?.fromMs ?? 0) * 8, (gap?.toMs ?? 0) * 8))).toBe(0);
    await until(() => existsSync(path("caller.heard.wav")));
    expect(in_(samplesOf(path("ana.heard.wav")))).toEqual({ caller: true, ana: false });
  });

  it.each([
    ["begun paused", [{ what: "call", paused: true }]],
    ["paused before it has begun", [{ what: "call" }, { what: "pause" }]],
  ] as const)("%s: it is told that it began, then that it is paused, and there is nothing on it", async (_, wanted) => {
    const { call, phone } = await talking();
    for (const each of wanted) rig.perform({ type: "record", call, ...each });
    for (const state of ["started", "paused"])
      expect(await rig.next("recording.changed")).toMatchObject({ call, state });
    await pause(600);
    phone.calls[0]?.hangUp();
    await rig.next("call.gone");
    const { samples, notes } = await recorded();
    expect(notes).toMatchObject({ gaps: [{ fromMs: 0, toMs: notes.lengthMs }] });
    expect(notes.lengthMs).toBeGreaterThan(0);
    expect(energy(samples)).toBe(0);
  });

  it("that is paused goes on where it is begun again", async () => {
    const { call } = await talking();
    expect(await recording(call, "call")).toBe("started");
    expect(await recording(call, "pause")).toBe("paused");
    expect(await recording(call, "call")).toBe("resumed");
    await pause(1200);
    rig.perform({ type: "hangup", call });
    const { samples, notes } = await recorded();
    expect(notes["gaps"]).toHaveLength(1);
    expect(in_(samples)).toEqual({ caller: true, ana: true });
  });

  it("is a file of its own where a run that died has left one of the call", async () => {
    const { call } = await rig.caller(voice("caller", caller));
    const day = join(path("recordings/calls"), new Date().toISOString().slice(0, 10));
    mkdirSync(day, { recursive: true });
    writeFileSync(join(day, `${call}.wav`), "before");
    expect(await recording(call, "call")).toBe("started");
    await until(() => existsSync(join(day, `${call}-2.wav`)));
    expect(readFileSync(join(day, `${call}.wav`), "utf8")).toBe("before");
  });

  it("begins before anybody is there, goes on with whoever comes, and keeps no prompt", async () => {
    const { phone, call } = await rig.caller(voice("caller", caller));
    expect(await recording(call, "call")).toBe("started");
    await rig.agent("ana", voice("ana", ana));
    await offered(call);
    await pause(1500);
    expect(await rig.rest(0)).toEqual([]);
    rig.perform({ type: "withdraw", call, offer: `${call}/1`, reason: "strategy" });
    rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en" });
    await rig.next("treatment.ended");
    phone.calls[0]?.hangUp();
    await rig.next("call.gone");
    const { samples, notes } = await recorded();
    const [{ who, fromMs, toMs }] = notes["with"] as [{ who: string; fromMs: number; toMs: number }];
    expect(who).toBe("ana");
    expect(in_(samples.subarray(fromMs * 8, toMs * 8))).toEqual({ caller: true, ana: true });
    expect(in_(samples.subarray(toMs * 8 + 800))).toMatchObject({ ana: false });
    expect(correlation(samples.subarray(toMs * 8 + 800), samplesOf(path("hello.wav")))).toBeLessThan(0.5);
    expect(in_(samplesOf(path("caller.heard.wav")))).toEqual({ caller: false, ana: true });
  });

  it("goes on when a bot hands the caller on: the bot is in it, then whoever comes", async () => {
    const its = await rtpPhone();
    const bot = await startRawPhone(({ method, text, reply }) => {
      if (method === "ACK") return;
      if (method !== "INVITE") return reply("200 OK");
      reply("200 OK", { body: its.sdp() });
      its.speak(Number(/^m=audio (\d+)/m.exec(text)?.[1]), sweep(6400, 2600));
    });
    try {
      await rig.stop();
      const to = [`sip:127.0.0.1:${bot.port}`];
      rig = await startRig({ hub: { to, trusted: true } }, { bots: { helper: { trunk: "hub", user: "helper" } } });
      const { phone, call } = await rig.caller(voice("caller", caller));
      expect(await recording(call, "call")).toBe("started");
      rig.perform({ type: "ask", call, task: 7, bot: "helper", trunks: ["hub"] });
      await until(() => its.packets.length > 0);
      await pause(1200);
      const invite = bot.received.find((text) => text.startsWith("INVITE")) ?? "";
      const headers = ["Refer-To: <tel:+1222>"];
      bot.send(requestFrom(invite, bot.port, { method: "REFER", headers }), Number(rig.at.split(":")[1]));
      expect(await rig.next("bot.ended")).toMatchObject({ outcome: "transfer", transfer: { target: "+1222" } });
      await rig.agent("ana", voice("ana", ana));
      await offered(call);
      await pause(1200);
      phone.calls[0]?.hangUp();
      await rig.next("call.gone");
      const { samples, notes } = await recorded();
      const spans = notes["with"] as { who: string; fromMs: number; toMs: number }[];
      expect(spans.map(({ who }) => who)).toEqual(["helper", "ana"]);
      const [helped, talked] = spans.map(({ fromMs, toMs }) => samples.subarray(fromMs * 8, toMs * 8));
      expect(correlation(helped ?? samples, sweep(6400, 2600))).toBeGreaterThan(0.5);
      expect(in_(helped ?? samples)).toEqual({ caller: true, ana: false });
      expect(in_(talked ?? samples)).toEqual({ caller: true, ana: true });
    } finally {
      its.close();
      await bot.stop();
    }
  });

  it("row 2.24: ended, the two talk on directly; what is begun then is another file", async () => {
    const { call } = await talking();
    expect(await recording(call, "stop")).toBe("failed");
    expect(await recording(call, "call")).toBe("started");
    expect(await recording(call, "stop")).toBe("ended");
    await until(() => rig.calls.stats().mediaLegs === 0);
    expect(await recording(call, "call")).toBe("started");
    await expect.poll(() => rig.calls.stats().mediaLegs).toBe(2);
    rig.perform({ type: "hangup", call });
    const day = (): string => join(path("recordings/calls"), readdirSync(path("recordings/calls"))[0] ?? "");
    await until(() => readdirSync(day()).filter((name) => name.endsWith(".wav")).length === 2);
    expect(readdirSync(day())).toEqual(expect.arrayContaining([`${call}.wav`, `${call}-2.wav`]));
  });

  it("media that fail end it in order: the file is whole, and its length in the notes", async () => {
    const { call } = await talking();
    expect(await recording(call, "call")).toBe("started");
    await until(() =>
      readdirSync(path("recordings"), { recursive: true }).some((name) => wavSize(String(name)) > 8000),
    );
    rig.failMedia();
    expect(await rig.next("recording.changed")).toMatchObject({ call, state: "failed" });
    const { samples, notes } = await recorded();
    expect(notes).toMatchObject({ reason: "media crashed", with: [{ who: "ana", toMs: expect.any(Number) }] });
    expect(notes.lengthMs).toBeGreaterThan(900);
    expect(samples.length).toBeGreaterThanOrEqual(notes.lengthMs * 8);
  });

  it("without a folder it fails, and the two talk on directly", async () => {
    const { call } = await talking();
    writeFileSync(path("recordings"), "not a folder");
    expect(await recording(call, "call")).toBe("failed");
    expect(await recording(call, "pause")).toBe("failed");
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
  });
});

describe("confirmation", () => {
  async function asked(press: (phone: Phone) => void): Promise<boolean> {
    const agent = await rig.agent("ana", { record: path("ana.heard.wav") });
    const { call } = await rig.caller();
    rig.perform({
      type: "offer",
      call,
      offer: "o1",
      party: { kind: "agent", agent: "ana", device: "d_ana" },
      from: "1",
    });
    await rig.next("offer.answered");
    rig.perform({ type: "confirm", call, offer: "o1", prompt: "hello", key: "1", language: "en" });
    await pause(900);
    expect(await rig.rest(0)).toEqual([]);
    press(agent);
    const { confirmed } = await rig.next("offer.confirmed");
    rig.perform({ type: "connect", call, offer: "o1" });
    await rig.next("call.connected");
    await until(() => rig.calls.stats().mediaLegs === 0);
    rig.perform({ type: "hangup", call });
    await agent.calls[0]?.reached("ended");
    expect(correlation(samplesOf(path("ana.heard.wav")), samplesOf(path("hello.wav")))).toBeGreaterThan(0.9);
    return confirmed;
  }

  it("the party hears the prompt and presses the key in his audio", async () => {
    expect(await asked((phone) => phone.calls[0]?.press("1", "audio"))).toBe(true);
  });
  it("or by SIP INFO", async () => {
    expect(await asked((phone) => phone.calls[0]?.press("1"))).toBe(true);
  });
  it("another key is none", async () => {
    expect(await asked((phone) => phone.calls[0]?.press("2", "audio"))).toBe(false);
  });
});

describe("rows 2.18, 2.19: guests", () => {
  /** Of the next second or so: who of the three is heard on a leg of his. */
  const eva = sweep(6400, 2600);

  async function attended(speaks: boolean) {
    const talk = await talking();
    const guest = await rig.agent("eva", voice("eva", eva));
    const coming = rig.calls.attend(talk.call, {
      party: { kind: "agent", agent: "eva", device: "d_eva" },
      from: "1",
      speaks,
    });
    expect(await coming).toBe("attending");
    expect(await rig.next("guest.changed")).toMatchObject({
      call: talk.call,
      who: "eva",
      state: speaks ? "talks" : "listens",
    });
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 3, mediaLegs: 3 });
    return { ...talk, guest };
  }

  const heardBy = (name: string) => {
    const samples = samplesOf(path(`${name}.heard.wav`));
    return { ...in_(samples), eva: correlation(samples, eva) > 0.4 };
  };

  async function ended(phone: Phone, ...others: Phone[]): Promise<void> {
    phone.calls[0]?.hangUp();
    await rig.next("call.gone");
    for (const each of [phone, ...others]) await each.calls[0]?.reached("ended");
  }

  it("who listens hears both and is heard by nobody", async () => {
    const { phone, agent, guest } = await attended(false);
    await pause(1500);
    await ended(phone, agent, guest);
    expect(heardBy("eva")).toMatchObject({ caller: true, ana: true });
    expect(heardBy("ana")).toMatchObject({ caller: true, eva: false });
    expect(heardBy("caller")).toMatchObject({ ana: true, eva: false });
  });

  it("he speaks once he is told to, and when he has gone the two are direct again", async () => {
    const { call, phone, agent, guest } = await attended(false);
    expect(
      await rig.calls.attend(call, {
        party: { kind: "agent", agent: "eva", device: "d_eva" },
        from: "1",
        speaks: true,
      }),
    ).toBe("attending");
    expect(await rig.next("guest.changed")).toMatchObject({ state: "talks" });
    await pause(1200);
    guest.calls[0]?.hangUp();
    expect(await rig.next("guest.changed")).toMatchObject({ state: "left" });
    await until(() => rig.calls.stats().mediaLegs === 0);
    const direct = /c=.*|m=audio \d+/g;
    expect(phone.calls[0]?.leg?.remoteSdp.match(direct)).toEqual(agent.calls[0]?.leg?.localSdp.match(direct));
    await ended(phone, agent);
    expect(heardBy("caller")).toMatchObject({ ana: true, eva: true });
    expect(heardBy("ana")).toMatchObject({ caller: true, eva: true });
  });

  it("when the party hangs up, the caller and who talks with them go on", async () => {
    const { call, phone, agent, guest } = await attended(true);
    agent.calls[0]?.hangUp();
    expect(await rig.next("party.gone")).toMatchObject({ call });
    await until(() => rig.calls.stats().mediaLegs === 2);
    await pause(1200);
    await ended(phone, guest);
    const all = samplesOf(path("eva.heard.wav"));
    expect(correlation(all.subarray(-6400), caller)).toBeGreaterThan(0.4);
  });

  it("a recording and a guest need one mix, and whoever comes last out of it is direct only without either", async () => {
    const { call, phone, agent, guest } = await attended(true);
    expect(await recording(call, "call")).toBe("started");
    expect(rig.calls.dismissGuest(call, "eva")).toBe(true);
    expect(rig.calls.dismissGuest(call, "eva")).toBe(false);
    expect(await rig.next("guest.changed")).toMatchObject({ state: "left" });
    await guest.calls[0]?.reached("ended");
    await until(() => rig.calls.stats().legs === 2);
    await expect.poll(() => rig.calls.stats().mediaLegs).toBe(2);
    await ended(phone, agent);
  });

  it("who does not answer, or is not there, changes nothing", async () => {
    const { call } = await talking();
    await rig.agent("tim", { answer: "reject" });
    const invite = (agent: string) =>
      rig.calls.attend(call, { party: { kind: "agent", agent, device: `d_${agent}` }, from: "1", speaks: true });
    expect(await invite("tim")).toBe("rejected");
    expect(await invite("luc")).toBe("unreachable");
    expect(
      rig.calls.attend("nobody", { party: { kind: "agent", agent: "tim", device: "d_tim" }, from: "1", speaks: true }),
    ).toBeUndefined();
    await until(() => rig.calls.stats().mediaLegs === 0);
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
    expect(await rig.rest()).toEqual([]);
  });

  it("who is rung for half a minute has not answered", async () => {
    const { call } = await talking();
    const phone = await rig.agent("tim", { answer: "ignore" });
    const usual = setTimeout;
    vi.stubGlobal("setTimeout", (run: () => void, ms?: number) => usual(run, ms === 30_000 ? 300 : ms));
    try {
      const party = { kind: "agent", agent: "tim", device: "d_tim" } as const;
      expect(await rig.calls.attend(call, { party, from: "1", speaks: false })).toBe("no_answer");
    } finally {
      vi.unstubAllGlobals();
    }
    await phone.calls[0]?.reached("ended");
  });
});

describe("rows 1.41, 2.18: a conference on a media server", () => {
  let server: RawPhone;
  /** In the order in which they came: who was invited by which URI, what was heard of him, and how the server hangs up. */
  let seats: { uri: string; text: string; voice: RtpPhone; hangUp(): void }[];
  let status: string;

  beforeEach(async () => {
    seats = [];
    status = "200 OK";
    server = await startRawPhone((request) => void take(request));
    await rig.stop();
    rig = await startRig({ ms: { to: [`sip:127.0.0.1:${server.port}`], roles: ["media"] } });
  });
  afterEach(async () => {
    for (const { voice: its } of seats) its.close();
    await server.stop();
  });

  async function take({ method, text, reply }: RawRequest): Promise<void> {
    if (method === "ACK") return;
    if (method !== "INVITE") return reply("200 OK");
    if (status !== "200 OK") return reply(status);
    const callId = (message: string): string => /^Call-ID: *(.*)$/im.exec(message)?.[1] ?? "";
    let seat = seats.find((each) => callId(each.text) === callId(text));
    if (!seat) {
      const hangUp = (): void =>
        server.send(requestFrom(text, server.port, { method: "BYE" }), Number(rig.at.split(":")[1]));
      seat = { uri: text.split(" ", 2)[1] ?? "", text, voice: await rtpPhone(), hangUp };
      seats.push(seat);
    }
    reply("200 OK", { body: seat.voice.sdp() });
    seat.voice.speak(Number(/^m=audio (\d+)/m.exec(text)?.[1]), sweep(6400, 2600));
  }

  const eva = { party: { kind: "agent", agent: "eva", device: "d_eva" }, from: "1" } as const;
  async function conference() {
    const talk = await talking();
    const guest = await rig.agent("eva", voice("eva", caller));
    expect(await rig.calls.attend(talk.call, { ...eva, speaks: true })).toBe("attending");
    expect(await rig.next("guest.changed")).toMatchObject({ who: "eva", state: "talks" });
    return { ...talk, guest };
  }
  const byes = (): number => server.methods().filter((method) => method === "BYE").length;

  it("three are invited to one conference, hear it and are heard there; the two are direct again without the third", async () => {
    const { call, phone, agent, guest } = await conference();
    expect(seats.map(({ uri }) => uri)).toEqual(Array(3).fill(`sip:conf=${call}@127.0.0.1:${server.port}`));
    await until(() => rig.calls.stats().mediaLegs === 0);
    await expect.poll(() => rig.calls.stats().legs).toBe(6);
    await until(() => seats.every(({ voice: its }) => its.packets.length > 20));
    const told = [phone, agent, guest].map((each) => each.calls[0]?.leg?.remoteSdp.match(/m=audio \d+/)?.[0]);
    expect(told).toEqual(seats.map(({ voice: its }) => `m=audio ${its.port}`));
    guest.calls[0]?.hangUp();
    expect(await rig.next("guest.changed")).toMatchObject({ who: "eva", state: "left" });
    await until(() => byes() === 3 && rig.calls.stats().legs === 2);
    await expect.poll(() => rig.calls.stats().mediaLegs).toBe(0);
    phone.calls[0]?.hangUp();
    await rig.next("call.gone");
    await agent.calls[0]?.reached("ended");
    expect(energy(samplesOf(path("eva.heard.wav")))).toBeGreaterThan(500);
  });

  it("who holds by his phone leaves it for our media, and all talk there when he goes on", async () => {
    const { call, agent } = await conference();
    const leg = agent.calls[0]?.leg;
    const offer = `${call}/1`;
    expect(await leg?.offer(leg.localSdp.replace("a=sendrecv", "a=sendonly"))).toMatchObject({
      sdp: expect.stringContaining("a=recvonly"),
    });
    expect(await rig.next("hold.asked")).toMatchObject({ call, by: "phone" });
    rig.perform({ type: "part", call, offer });
    expect(await rig.next("call.parted")).toMatchObject({ parted: true });
    await until(() => byes() === 1);
    rig.perform({ type: "music", call, task: 9, name: "calm", language: "en" });
    await until(() => rig.calls.stats().mediaLegs === 2);
    await leg?.offer(leg.localSdp.replace("a=sendonly", "a=sendrecv"));
    expect(await rig.next("retrieve.asked")).toMatchObject({ call, by: "phone" });
    rig.perform({ type: "connect", call, offer });
    await rig.next("call.connected");
    await until(() => byes() === 3 && rig.calls.stats().legs === 3);
    expect(rig.calls.stats().mediaLegs).toBe(3);
  });

  it("when the party hangs up, the others stay there, and go on in our mix where the server hangs up too", async () => {
    const { call, agent } = await conference();
    agent.calls[0]?.hangUp();
    expect(await rig.next("party.gone")).toMatchObject({ call });
    await until(() => byes() === 1 && rig.calls.stats().legs === 4);
    await expect.poll(() => rig.calls.stats().mediaLegs).toBe(0);
    seats[0]?.hangUp();
    await until(() => rig.calls.stats().mediaLegs === 2 && rig.calls.stats().legs === 2);
  });

  it.each(["recording", "listener", "server"])(
    "all go on in our mix where it cannot be there any more: %s",
    async (why) => {
      const { call } = await conference();
      if (why === "recording") expect(await recording(call, "call")).toBe("started");
      if (why === "listener") {
        await rig.agent("tim");
        const tim = { party: { kind: "agent", agent: "tim", device: "d_tim" }, from: "1", speaks: false } as const;
        expect(await rig.calls.attend(call, tim)).toBe("attending");
      }
      if (why === "server") seats[1]?.hangUp();
      await until(() => rig.calls.stats().mediaLegs === (why === "listener" ? 4 : 3));
      await until(() => byes() >= (why === "server" ? 2 : 3) && rig.calls.stats().legs === rig.calls.stats().mediaLegs);
    },
  );

  it.each(["200 OK", "486 Busy Here"])("the caller's going ends it for all, there as in our mix: %s", async (says) => {
    status = says;
    const { phone, agent, guest } = await conference();
    phone.calls[0]?.hangUp();
    await rig.next("call.gone");
    for (const each of [agent, guest]) await each.calls[0]?.reached("ended");
    await until(() => rig.calls.stats().legs === 0 && byes() === seats.length);
  });

  it("where the server does not take it our own media mix", async () => {
    status = "486 Busy Here";
    await conference();
    expect(seats).toEqual([]);
    await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 3, mediaLegs: 3 });
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallId, Party } from "../../runtime/index.ts";
import { startEndpoint } from "../endpoint/index.ts";
import { silent } from "../log.ts";
import { openDoor, readWav, startMediaHere, writeWav } from "../media/index.ts";
import type { Phone } from "../phone/phone.ts";
import { connectLatency } from "../trunks/latency.ts";
import { correlation } from "./audio.ts";
import { type Rig, startRig, testDirectory, until } from "./calls-rig.ts";
import type { MediaSiteView } from "../mix/media-sites.ts";
import { ackTo, inviteTo, type RawPhone, type RawRequest, startRawPhone } from "./raw-phone.ts";
import { type RtpPhone, rtpPhone, sweep } from "./rtp-phone.ts";

/* Row 4.9: media of a trunk are relayed at the nearest of several sites. Each is an address of the loopback network. */

const US = "127.0.0.1";
const MADRID = "127.0.0.2";
const DENVER = "127.0.0.3";
const FULL = "127.0.0.4";
/** More than a busy machine is late by, in ms. */
const SLOW = 400;
const SECRET = "SITE-password";
const saidByCaller = sweep(6400, 300);
const saidByCarrier = sweep(6400, 1500);

interface Site {
  at: string;
  legs(): number;
  /** As if its machine were gone. */
  die(): Promise<void>;
}

let rig: Rig;
let carrier: RawPhone;
let voice: RtpPhone;
/** The carrier's answer to an OPTIONS from this address comes so much later, in ms; none at all where it is `never`. */
let late: Record<string, number | "never"> = {};
/** The carrier takes no re-INVITE. */
let refuses = false;
let sites: Record<string, Site> = {};
const stops: (() => unknown)[] = [];

beforeEach(async () => {
  late = {};
  refuses = false;
  voice = await rtpPhone();
  carrier = await startRawPhone((request) => {
    if (request.method === "INVITE") answer(request);
    else if (request.method === "OPTIONS") tellThatItLives(request);
    else if (request.method !== "ACK") request.reply("200 OK");
  });
  sites = { madrid: await site(MADRID), denver: await site(DENVER) };
});
afterEach(async () => {
  await rig.stop();
  for (const stop of stops.splice(0).toReversed()) await stop();
  voice.close();
  await carrier.stop();
});

function answer(request: RawRequest): void {
  if (refuses && /^To:.*;tag=/m.test(request.text)) return request.reply("488 Not Acceptable Here");
  request.reply("200 OK", { body: voice.sdp() });
  voice.speak(Number(portIn(request.text)), saidByCarrier, addressIn(request.text));
}

function tellThatItLives({ text, reply }: RawRequest): void {
  const ms = late[/^Via: SIP\/2.0\/UDP ([\d.]+)/m.exec(text)?.[1] ?? ""] ?? 0;
  if (ms === "never") return;
  const timer = setTimeout(() => reply("200 OK"), ms);
  stops.push(() => clearTimeout(timer));
}

/** What `cordboard endpoint` is made of. */
async function site(address: string, ports?: [low: number, high: number]): Promise<Site> {
  const media = await startMediaHere({ address, ports });
  const endpoint = await startEndpoint({ listen: [`udp:${address}:0`], secret: SECRET });
  const latency = await connectLatency({ ...endpoint.app, secret: SECRET }, silent);
  let legs = 0;
  const counted: typeof media = {
    ...media,
    listen: (tell) =>
      media.listen((event) => {
        if (event.type === "opened") legs++;
        if (event.type === "closed") legs--;
        tell(event);
      }),
  };
  const door = await openDoor(counted, { host: address, port: 0 }, SECRET, (hop) => latency.to(hop));
  let gone: Promise<unknown> | undefined;
  const die = (): Promise<unknown> => (gone ??= door.close().then(() => media.stop()));
  stops.push(
    () => endpoint.stop(),
    () => latency.stop(),
    () => die(),
  );
  return { at: `${address}:${door.address.port}`, legs: () => legs, die: async () => void (await die()) };
}

const written = () =>
  Object.fromEntries(Object.entries(sites).map(([id, { at }]) => [id, { at, secret: { env: "SITE" } }]));

/** A run beside the two sites; resolves once it has reached both, and knows how far those are that get an answer. */
async function run(trunk: object = {}): Promise<void> {
  const to = `sip:127.0.0.1:${carrier.port}`;
  rig = await startRig({ carrier: { to, media: "relay", health: "30s", ...trunk } }, { media_sites: written() });
  const answered = "health" in trunk ? 0 : 2 - Object.values(late).filter((ms) => ms === "never").length;
  const known = (what: (view: MediaSiteView) => boolean): number => rig.calls.mediaSites().filter(what).length;
  await until(() => known(({ up }) => up) === 2 && known(({ latencies }) => latencies.length > 0) === answered);
}

async function die(id: string): Promise<void> {
  await sites[id]?.die();
  await until(() => !rig.calls.mediaSites().some(({ site, up }) => site === id && up));
}

const portIn = (text: string): string => /^m=audio (\d+)/m.exec(text)?.[1] ?? "";
const addressIn = (text: string): string => /^c=IN IP4 ([\d.]+)/m.exec(text)?.[1] ?? "";
/** Where media are that the carrier was told of last. */
const told = (): string => addressIn(carrier.received.findLast((text) => text.startsWith("INVITE")) ?? "");

interface Talk {
  phone: Phone;
  call: CallId;
}

async function talking(): Promise<Talk> {
  const play = join(rig.folder, "caller.wav");
  writeFileSync(play, writeWav(saidByCaller));
  const { phone, call } = await rig.caller({ play, record: join(rig.folder, "heard.wav") });
  await joined(call);
  return { phone, call };
}

async function joined(call: CallId): Promise<void> {
  const party: Party = { kind: "number", number: "+34700", trunks: ["carrier"] };
  rig.perform({ type: "offer", call, offer: "1", party, from: "+34600000001" });
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "1" });
  await rig.next("call.connected");
}

/** Where the caller's phone was told that media are. */
const callers = ({ phone }: Talk): string => addressIn(phone.calls[0]?.leg?.remoteSdp ?? "");

function samplesOf(name: string): Int16Array {
  const file = readWav(readFileSync(join(rig.folder, name)));
  if ("reason" in file) throw new Error(file.reason);
  return file.samples;
}

/** Ends it; whom each has heard. */
async function ended({ phone }: Talk): Promise<{ carrier: boolean; caller: boolean }> {
  const before = voice.packets.length;
  await until(() => voice.packets.length > before + 60);
  phone.calls[0]?.hangUp();
  await rig.next("call.gone");
  await until(() => rig.calls.stats().mediaLegs === 0);
  await phone.calls[0]?.reached("ended");
  const heard = samplesOf("heard.wav");
  return {
    carrier: correlation(voice.heard().subarray(-12_000), saidByCaller) > 0.5,
    caller: correlation(heard.subarray(-12_000), saidByCarrier) > 0.5,
  };
}

const port = (): number => Number(rig.at.split(":")[1]);
/** Our answer to the carrier's INVITE. */
const ok = (): string => carrier.received.find((text) => /^SIP\/2.0 200[^]*CSeq: 1 INVITE/.test(text)) ?? "";

/** A call of the carrier's, for Ana. */
async function called(): Promise<{ call: CallId; ana: Phone }> {
  const ana = await rig.agent("ana");
  carrier.send(inviteTo(rig.at, carrier.port, { body: voice.sdp() }), port());
  const { call } = await rig.next("call.arrived");
  return { call, ana };
}

async function offered(call: CallId): Promise<void> {
  rig.perform({ type: "offer", call, offer: "1", party: { kind: "agent", agent: "ana", device: "d_ana" }, from: "" });
  await rig.next("offer.answered");
}

async function acknowledged(): Promise<void> {
  await until(() => ok() !== "");
  carrier.send(ackTo(ok(), carrier.port), port());
}

describe("row 4.9: media are relayed", () => {
  it.each([
    ["madrid", MADRID, { [DENVER]: SLOW }],
    ["denver", DENVER, { [MADRID]: SLOW }],
  ])("at the nearest, which is %s", async (id, address, slow) => {
    late = slow;
    await run();
    const talk = await talking();
    expect(told()).toBe(address);
    expect(callers(talk)).toBe(address);
    expect(sites[id]?.legs()).toBe(2);
    expect(await ended(talk)).toEqual({ carrier: true, caller: true });
  });

  it("at the one that the trunk names, be it the farther", async () => {
    late = { [DENVER]: SLOW };
    await run({ media: { relay: "denver" } });
    const talk = await talking();
    expect([told(), callers(talk)]).toEqual([DENVER, DENVER]);
  });

  it("at the other where the nearest gets no answer, unless it is named", async () => {
    late = { [MADRID]: "never", [DENVER]: 50 };
    await run();
    await talking();
    expect(told()).toBe(DENVER);
    await rig.stop();
    await run({ media: { relay: "madrid" } });
    await talking();
    expect(told()).toBe(MADRID);
  });

  it("at the other where the one that is named is out of reach, and here where none is left", async () => {
    await run({ media: { relay: "madrid" } });
    await die("madrid");
    await talking();
    expect(told()).toBe(DENVER);
    await die("denver");
    const talk = await talking();
    expect([told(), callers(talk)]).toEqual([US, US]);
    expect(rig.logged.map(({ message, fields }) => ({ message, ...fields }))).toEqual(
      expect.arrayContaining([
        { message: "a media site is out of reach", site: "denver", reason: "connection lost" },
        { message: "no media site reaches it; our own media serve its calls", trunk: "carrier" },
      ]),
    );
  });

  it("here where nothing is known of how far they are", async () => {
    await run({ health: "never" });
    await talking();
    expect(told()).toBe(US);
  });

  it("elsewhere when the site dies of two who talk there", async () => {
    late = { [DENVER]: SLOW };
    await run();
    const talk = await talking();
    expect(told()).toBe(MADRID);
    await die("madrid");
    await until(() => told() === DENVER && callers(talk) === DENVER);
    await until(() => sites["denver"]?.legs() === 2);
    expect(await ended(talk)).toEqual({ carrier: true, caller: true });
  });

  it("here, where a site has no port left", async () => {
    sites = { madrid: await site(FULL, [16_384, 16_387]), denver: sites["denver"]! };
    await run({ media: { relay: "madrid" } });
    await talking();
    expect(told()).toBe(FULL);
    const talk = await talking();
    expect([told(), callers(talk)]).toEqual([US, US]);
  });

  it("at the site of the caller's trunk, where nobody has heard us before", async () => {
    await run({ media: { relay: "denver" } });
    const { call } = await called();
    await offered(call);
    rig.perform({ type: "connect", call, offer: "1" });
    await acknowledged();
    await rig.next("call.connected");
    expect(addressIn(ok())).toBe(DENVER);
    expect(sites["denver"]?.legs()).toBe(2);
  });

  it("here, where the caller has heard us and his trunk takes no re-INVITE", async () => {
    await run({ media: { relay: "denver" } });
    const { call, ana } = await called();
    rig.perform({ type: "answer", call, ringback: false });
    await acknowledged();
    await rig.next("call.answered");
    refuses = true;
    await offered(call);
    expect(addressIn(ana.calls[0]?.leg?.remoteSdp ?? "")).toBe(DENVER);
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    expect([addressIn(ok()), addressIn(ana.calls[0]?.leg?.remoteSdp ?? "")]).toEqual([US, US]);
    expect(rig.logged.map(({ message }) => message)).toContain(
      "not relayed at a media site; our own media serve the call",
    );
  });

  it("by a changed directory from the next call on: who talks is let talk", async () => {
    late = { [DENVER]: SLOW };
    await run();
    const talk = await talking();
    const { madrid: _gone, ...left } = written();
    const trunks = { carrier: { to: `sip:127.0.0.1:${carrier.port}`, media: "relay", health: "30s" } };
    rig.calls.use(testDirectory(rig.folder, trunks, { media_sites: left }));
    await joined((await rig.caller()).call);
    expect(told()).toBe(DENVER);
    expect([callers(talk), sites["madrid"]?.legs()]).toEqual([MADRID, 2]);
  });
});

describe("row 4.9: what is a file is here", () => {
  beforeEach(() => run({ media: { relay: "madrid" } }));

  it("prompts after a talk", async () => {
    const talk = await talking();
    rig.perform({ type: "withdraw", call: talk.call, offer: "1", reason: "strategy" });
    rig.perform({ type: "play", call: talk.call, task: 1, prompt: "hello", language: "en" });
    expect(await rig.next("treatment.ended")).toMatchObject({ outcome: "done" });
    expect(callers(talk)).toBe(US);
    await until(() => sites["madrid"]?.legs() === 0);
  });

  it("music for whom is held, who goes back to the site", async () => {
    const talk = await talking();
    const music = { name: "calm", language: "en" };
    rig.perform({ type: "part", call: talk.call, offer: "1", music });
    expect(await rig.next("call.parted")).toMatchObject({ parted: true });
    expect(told()).toBe(US);
    rig.perform({ type: "connect", call: talk.call, offer: "1" });
    await rig.next("call.connected");
    expect([told(), callers(talk)]).toEqual([MADRID, MADRID]);
    expect(await ended(talk)).toEqual({ carrier: true, caller: true });
  });

  it("recordings, for which both are moved", async () => {
    const talk = await talking();
    rig.perform({ type: "record", call: talk.call, what: "call" });
    expect(await rig.next("recording.changed")).toMatchObject({ state: "started" });
    expect([told(), callers(talk)]).toEqual([US, US]);
    expect(await ended(talk)).toEqual({ carrier: true, caller: true });
  });

  it("but who listens is at the site", async () => {
    const ana = await rig.agent("ana", { record: join(rig.folder, "ana.wav") });
    const talk = await talking();
    const party: Party = { kind: "agent", agent: "ana", device: "d_ana" };
    expect(await rig.calls.attend(talk.call, { party, from: "1", speaks: false })).toBe("attending");
    await rig.next("guest.changed");
    expect(addressIn(ana.calls[0]?.leg?.remoteSdp ?? "")).toBe(MADRID);
    expect(sites["madrid"]?.legs()).toBe(3);
    expect(await ended(talk)).toEqual({ carrier: true, caller: true });
    await ana.calls[0]?.reached("ended");
    const heard = samplesOf("ana.wav");
    expect(correlation(heard, saidByCaller)).toBeGreaterThan(0.5);
    expect(correlation(heard, saidByCarrier)).toBeGreaterThan(0.5);
  });
});

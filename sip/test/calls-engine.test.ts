import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Directory } from "../../language/index.ts";
import { createEngine, type Event, type EventRecord, loadProgram, startHost } from "../../runtime/index.ts";
import { systemClock } from "../../runtime/node/clock.ts";
import { createMessages } from "../../runtime/node/index.ts";
import { programOf } from "../../runtime/test/programs.ts";
import { connectCalls, type LiveCalls } from "../calls.ts";
import { startEndpointThread } from "../endpoint/index.ts";
import { startMedia, writeWav } from "../media/index.ts";
import type { Leg } from "../dialog/leg.ts";
import { type Phone, type PhoneOptions, startPhone } from "../phone/phone.ts";
import { type RawPhone, type RawRequest, rawSdp, requestFrom, startRawPhone } from "./raw-phone.ts";
import { until } from "./calls-rig.ts";

/* One strategy, the engine, our endpoint and media in their threads, and phones: a call from end to end. */

const strategy = `
strategy "desk" {
  entry "5000"
  default route to group Desk

  answer
  play "welcome"
  queue Desk {
    ring for 1s
    at 0s  group Desk
    give up after 2500ms
    while waiting { music "calm" }
    on give_up { play "welcome" }
  }
  voicemail to mailbox desk
  hangup
}

strategy "elsewhere" {
  entry "5003"
  default route to group Desk
  answer
  try { play "gone"  on media_not_found { note "no such prompt" } }
  play "welcome"
  queue Desk {
    at 0s  group Desk
    give up after 1m
    while waiting { music "calm" }
    on give_up { hangup }
  }
  hangup
}

strategy "to ana" {
  entry "5001"
  default route to agent ana
  let x = 1
}

strategy "first the bot" {
  entry "5004"
  default route to group Desk
  set call.data.topic = "loans"
  answer
  ask bot helper {
    give up after 1m
    on transfer(t) { transfer to t.target { uui json t.uui.json ?? {} } }
    on done, silent, failed, give_up { hangup }
  }
}

strategy "second line" {
  entry "5005"
  default route to group Desk
  note "{call.to}: {call.data.topic ?? "no topic"}, {call.data.personalId ?? "nobody"}"
  ring agent luc for 5s
}

strategy "to the desk" {
  entry "5002"
  default route to group Desk
  let x = 1
}
`;

interface Peers {
  voicemail: string;
  server: number;
  bot: number;
}

const directory = (folder: string, { voicemail, server, bot }: Peers) => `
directory: 1
site: { name: house, zone: Europe/Madrid, country: ES, languages: [en] }
defaults: { wrap_up: 0s, after_no_answer: not_ready, ring_for: 1s }
agents:
  ana: { extension: "1001", no_answer: { then: [agent luc, mailbox desk] } }
  luc: { extension: "1002" }
groups: { Desk: { members: [ana, luc], mailbox: desk } }
trunks: { vm: { to: "${voicemail}", roles: [voicemail] }, ms: { to: "sip:127.0.0.1:${server}", roles: [media], health: never }, hub: { to: "sip:127.0.0.1:${bot}", health: never } }
bots: { helper: { trunk: hub, user: helper } }
flags: { storm: { who: [group Desk], dial: "*28" } }
mailboxes: { desk: { owner: group Desk, on: vm, deposit: "2000" }, own: { owner: agent ana, access: "*97" }, locked: { owner: agent luc, access: "*98", pin: { env: PIN } } }
prompts: { folder: "${folder}", music: calm }
`;

const PIN = "739146";

let stops: (() => Promise<void> | void)[] = [];
let records: EventRecord[] = [];
let calls: LiveCalls;
let at = "";
let mailbox: Phone;
let server: RawPhone;
let bot: RawPhone;
let house: Directory;
let tell: (event: Event) => void;

beforeEach(async () => {
  records = [];
  const folder = mkdtempSync(join(tmpdir(), "engine-"));
  const sound = writeWav(new Int16Array(1600).fill(900));
  for (const name of ["welcome", "calm"]) writeFileSync(join(folder, `${name}.wav`), sound);
  mailbox = await phone({ user: "2000" });
  server = await startRawPhone(play);
  bot = await startRawPhone(({ method, reply }) => {
    if (method === "INVITE") reply("200 OK", { body: rawSdp(40_050) });
    else if (method !== "ACK") reply("200 OK");
  });
  stops.push(
    () => server.stop(),
    () => bot.stop(),
  );
  const peers = { voicemail: mailbox.uri, server: server.port, bot: bot.port };
  const program = programOf(strategy, directory(folder, peers));
  house = program.directory;
  program.directory.prompts.folder = folder;

  const endpoint = await startEndpointThread({ listen: ["udp:127.0.0.1:0"], secret: "s" });
  const media = await startMedia({ address: "127.0.0.1", country: "ES" });
  const clock = systemClock();
  const engine = createEngine({ program: loadProgram(program), now: clock.now() });
  calls = await connectCalls({
    drachtio: { ...endpoint.app, secret: "s" },
    media,
    directory: program.directory,
    deliver: (event) => host.deliver(event),
    messages: createMessages({ folder: join(folder, "messages"), changed: () => undefined, failed: () => undefined }),
    secret: () => PIN,
  });
  const defects: unknown[] = [];
  const watch = (record: EventRecord): void => void records.push(record);
  const host = startHost({ engine, calls, clock, watch, onDefect: (defect) => defects.push(defect) });
  at = (calls.listen[0] ?? "").replace("udp:", "");
  tell = (event) => host.deliver(event);
  stops.push(
    () => calls.stop(),
    () => host.stop(),
    () => media.stop(),
    () => endpoint.stop(),
    () => rmSync(folder, { recursive: true }),
    () => expect(defects).toEqual([]),
  );
});
afterEach(async () => {
  for (const stop of stops) await stop();
  stops = [];
});

/** A media server (RFC 4240) whose prompts are over at once, but music. */
function play({ method, text, reply }: RawRequest): void {
  if (method === "ACK") return;
  if (method !== "INVITE") return reply("200 OK");
  if (text.includes("/gone")) return reply("404 Not Found");
  reply("200 OK", { body: rawSdp(9) });
  if (!text.includes("repeat=forever") && !/^To:.*tag=/im.test(text))
    server.send(requestFrom(text, server.port, { method: "BYE" }), Number(at.split(":")[1]));
}

async function phone(options: PhoneOptions): Promise<Phone> {
  const started = await startPhone(options);
  stops.push(() => started.stop());
  return started;
}

const happened = (type: EventRecord["type"], about: object = {}): boolean =>
  records.some(
    (record) =>
      record.type === type &&
      Object.entries(about).every(([key, value]) =>
        Object.entries(record).some(([has, is]) => has === key && is === value),
      ),
  );

const nothingLeft = (): boolean => Object.values(calls.stats()).every((count) => count === 0);

it("waits with music until an agent's phone is there, and talks to her", async () => {
  const caller = await phone({ user: "+34600000001" });
  const call = caller.call(`sip:5000@${at}`);
  await until(() => happened("call.queued"));
  const ana = await phone({ user: "1001", registrar: `sip:${at}`, answer: { afterMs: 100 } });
  await until(() => happened("call.connected", { agent: "ana" }));
  await until(() => calls.stats().mediaLegs === 0);
  expect(calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
  ana.calls[0]?.hangUp();
  await call.reached("ended");
  await until(() => happened("call.ended", { by: "party", disposition: "answered" }));
  await until(nothingLeft);
});

it("the number of a flag turns it over, from the phone of somebody who may", async () => {
  const ana = await phone({ user: "1001", registrar: `sip:${at}` });
  await until(() => happened("agent.state", { agent: "ana", state: "ready" }));
  const call = ana.call(`sip:*28@${at}`);
  await call.reached("talking");
  await call.reached("ended");
  expect(happened("flag.set", { flag: "storm", on: true, by: "ana" })).toBe(true);
  const stranger = await phone({ user: "1001" });
  const refused = stranger.call(`sip:*28@${at}`);
  await refused.reached("ended");
  expect(refused.status).toBe(403);
  await until(nothingLeft);
});

/** What was told of a call, in its order: the type and what is worth a look. */
const toldOf = (call: string): string[] =>
  records.flatMap((record) => {
    if (!("call" in record) || record.call !== call || record.type === "call.measured") return [];
    const {
      reason,
      mailbox: which,
      by,
      service,
      disposition,
    } = { reason: "", mailbox: "", by: "", service: "", disposition: "", ...record };
    return [[record.type, service, which, by, reason, disposition].filter(Boolean).join(" ")];
  });
const arrivedAt = (to: string): string =>
  records.find(
    (record): record is EventRecord & { type: "call.arrived" } => record.type === "call.arrived" && record.to === to,
  )?.call ?? "";

it("who hears his messages is a caller like others, and busy meanwhile", async () => {
  const ana = await phone({ user: "1001", registrar: `sip:${at}` });
  await until(() => happened("agent.state", { agent: "ana", state: "ready" }));
  const call = ana.call(`sip:*97@${at}`);
  await until(() => happened("mailbox.opened"));
  expect(happened("agent.state", { agent: "ana", state: "not_ready", source: "phone" })).toBe(true);
  await call.reached("ended"); // there are none
  await until(() => happened("agent.state", { agent: "ana", state: "ready", source: "phone" }));
  expect(toldOf(arrivedAt("*97"))).toEqual([
    "call.arrived mailbox",
    "call.answered",
    "mailbox.opened own phone",
    "call.ended system hung_up",
  ]);
  const stranger = await phone({ user: "1001" });
  const refused = stranger.call(`sip:*97@${at}`);
  await refused.reached("ended");
  expect(refused.status).toBe(403);
  await until(() => happened("call.ended", { disposition: "rejected", sip: 403 }));
  await until(nothingLeft);
});

it("wrong PINs are told, what was keyed in is not, and who is there when the run stops has an end", async () => {
  const caller = await phone({ user: "+34600000001" });
  const call = caller.call(`sip:*98@${at}`);
  await call.reached("talking");
  for (const key of "51#") call.press(key);
  await until(() => happened("mailbox.refused"));
  for (const key of `${PIN}#`) call.press(key);
  await until(() => happened("mailbox.opened"));
  await calls.stop();
  await call.reached("ended");
  await until(() => happened("call.ended"));
  expect(toldOf(arrivedAt("*98"))).toEqual([
    "call.arrived mailbox",
    "call.answered",
    "mailbox.refused wrong",
    "mailbox.opened locked pin",
    "call.ended caller hung_up",
  ]);
  expect(JSON.stringify(records)).not.toContain(PIN);
});

it("whose phone calls in is busy until that call is over, and not offered it", async () => {
  const ana = await phone({ user: "1001", registrar: `sip:${at}` });
  await until(() => happened("agent.state", { agent: "ana", state: "ready" }));
  const call = ana.call(`sip:5000@${at}`);
  await until(() => happened("call.queued"));
  expect(happened("agent.state", { agent: "ana", state: "not_ready", source: "phone" })).toBe(true);
  call.hangUp();
  await until(() => happened("agent.state", { agent: "ana", state: "ready", source: "phone" }));
  expect(happened("offer.made")).toBe(false);
  await until(nothingLeft);
});

it("a phone that does not answer is withdrawn, the next one rings, the caller gives up", async () => {
  const ana = await phone({ user: "1001", registrar: `sip:${at}`, answer: "ignore" });
  const luc = await phone({ user: "1002", registrar: `sip:${at}`, answer: "ignore" });
  const caller = await phone({ user: "+34600000001" });
  const call = caller.call(`sip:5000@${at}`);
  await until(() => happened("offer.ended", { outcome: "no_answer" }));
  await until(() => ana.calls.length + luc.calls.length === 2);
  call.hangUp();
  await until(() => happened("call.ended", { by: "caller", disposition: "abandoned" }));
  await until(() => [...ana.calls, ...luc.calls].every((rung) => rung.state === "ended"));
  await until(nothingLeft);
});

it("nobody is there: the caller leaves a message", async () => {
  const caller = await phone({ user: "+34600000001" });
  const call = caller.call(`sip:5000@${at}`);
  const message = await mailbox.incoming(9000);
  await message.reached("talking");
  await new Promise((resolve) => setTimeout(resolve, 2100));
  call.hangUp();
  await until(() => happened("call.ended", { disposition: "left_message" }));
  await message.reached("ended");
  expect(message.heard?.received).toBeGreaterThan(80);
  await until(nothingLeft);
});

it("a default route to an agent follows the list of whoever lets it ring", { timeout: 20_000 }, async () => {
  const ana = await phone({ user: "1001", registrar: `sip:${at}`, answer: "ignore" });
  const luc = await phone({ user: "1002", registrar: `sip:${at}`, answer: "ignore" });
  const caller = await phone({ user: "+34600000001" });
  caller.call(`sip:5001@${at}`);
  const message = await mailbox.incoming(9000);
  await message.reached("talking");
  const rung = records.flatMap((record) => (record.type === "offer.made" ? [record.agent] : []));
  expect(rung).toEqual(["ana", "luc"]);
  await until(() => [...ana.calls, ...luc.calls].every(({ state }) => state === "ended"));
  await new Promise((resolve) => setTimeout(resolve, 2100));
  message.hangUp();
  await until(() => happened("call.ended", { disposition: "default_routed" }));
  await until(nothingLeft);
});

it("who waits by a default route hears the site's music, and is answered by whoever comes", async () => {
  const ana = await phone({ user: "1001", registrar: `sip:${at}`, answer: { afterMs: 300 } });
  const caller = await phone({ user: "+34600000001" });
  const call = caller.call(`sip:5002@${at}`);
  await until(() => happened("treatment.started", { kind: "music", name: "calm" }));
  await until(() => happened("call.connected", { agent: "ana" }));
  call.hangUp();
  await call.reached("ended");
  expect(call.heard?.received).toBeGreaterThan(3);
  await until(() => ana.calls.every(({ state }) => state === "ended"));
  await until(nothingLeft);
});

it("row 1.39: a media server has no such prompt, plays another, and music until an agent is there", async () => {
  house.prompts.served = "http://files.test";
  const caller = await phone({ user: "+34600000001" });
  const call = caller.call(`sip:5003@${at}`);
  await until(() => happened("call.noted", { text: "no such prompt" }));
  await until(() => happened("treatment.ended", { name: "welcome", outcome: "done" }));
  await until(() => happened("call.queued"));
  const music = `INVITE sip:annc@127.0.0.1:${server.port};play=http://files.test/calm.wav;repeat=forever;locale=en SIP/2.0`;
  await until(() => server.received.some((text) => text.startsWith(music)));
  const ana = await phone({ user: "1001", registrar: `sip:${at}`, answer: { afterMs: 100 } });
  await until(() => happened("call.connected", { agent: "ana" }));
  await until(() => calls.stats().legs === 2 && calls.stats().mediaLegs === 0);
  ana.calls[0]?.hangUp();
  await call.reached("ended");
  await until(nothingLeft);
});

const idOf = (): string => records.flatMap((record) => (record.type === "call.arrived" ? [record.call] : []))[0] ?? "";
const arrivals = (): number => records.filter(({ type }) => type === "call.arrived").length;

it("row 3.11: handed on at the desk to an entry of ours, the same call goes on there and who talked is let go", async () => {
  const ana = await phone({ user: "1001", registrar: `sip:${at}`, answer: { afterMs: 10 } });
  const caller = await phone({ user: "+34600000001" });
  const call = caller.call(`sip:5000@${at}`);
  await until(() => happened("call.connected", { agent: "ana" }));
  const luc = await phone({ user: "1002", registrar: `sip:${at}`, answer: { afterMs: 10 } });
  tell({ type: "transfer.asked", call: idOf(), by: "ana", to: "5005" });
  await until(() => happened("call.handed_on", { by: "ana", entry: "5005", strategy: "second line" }));
  await until(() => happened("call.connected", { agent: "luc" }));
  await ana.calls[0]?.reached("ended");
  expect(happened("call.noted", { text: "5005: no topic, nobody" })).toBe(true);
  expect(arrivals()).toBe(1);
  await until(() => calls.stats().legs === 2 && calls.stats().mediaLegs === 0);
  luc.calls[0]?.hangUp();
  await call.reached("ended");
  await until(() => happened("call.ended", { call: idOf(), by: "party", disposition: "answered" }));
  await until(nothingLeft);
});

it("row 0.21: a bot hands on to an entry of ours by REFER: its data join those of the call", async () => {
  const luc = await phone({ user: "1002", registrar: `sip:${at}`, answer: { afterMs: 10 } });
  const caller = await phone({ user: "+34600000001" });
  const call = caller.call(`sip:5004@${at}`);
  const sent = (method: string): string[] => bot.received.filter((text) => text.startsWith(method));
  await until(() => sent("ACK").length > 0);
  const headers = [`Refer-To: <sip:5005@127.0.0.1>`, 'User-to-User: 00{ "personalId": "555" };encoding=ascii'];
  bot.send(requestFrom(sent("INVITE")[0] ?? "", bot.port, { method: "REFER", headers }), Number(at.split(":")[1]));
  await until(() => happened("call.connected", { agent: "luc" }));
  expect(happened("call.handed_on", { entry: "5005" })).toBe(true);
  expect(happened("call.noted", { text: "5005: loans, 555" })).toBe(true);
  await until(() => sent("BYE").length === 1);
  expect(arrivals()).toBe(1);
  call.hangUp();
  await until(() => happened("call.ended", { by: "caller" }));
  await until(() => luc.calls.every(({ state }) => state === "ended"));
  await until(nothingLeft);
});

/** With its hold key. */
async function holds(leg: Leg | undefined): Promise<void> {
  expect(await leg?.offer(leg.localSdp.replace(/a=\w+r\w+v\b/, "a=sendonly"))).toHaveProperty("sdp");
}

/** `K` and `k`: the phone holds, and goes on, one after the other; `B` and `b`: the button of the desk, meanwhile. */
it.each(["Kk", "KBk", "BKbk", "KbBk", "BKkb"])(
  "row 4.11: key and button in any order, %s: in the end the two talk directly",
  async (keys) => {
    const ana = await phone({ user: "1001", registrar: `sip:${at}`, answer: { afterMs: 10 } });
    const caller = await phone({ user: "+34600000001" });
    const call = caller.call(`sip:5001@${at}`);
    await until(() => happened("call.connected", { agent: "ana" }));
    const leg = ana.calls[0]?.leg;
    const both = leg?.localSdp ?? "";
    const offer = async (sdp: string): Promise<void> => {
      const answer = await leg?.insist(sdp);
      if (answer && "status" in answer) await offer(sdp);
    };
    let last = Promise.resolve();
    for (const key of keys) {
      if (key === "K") last = last.then(() => offer(both.replace("a=sendrecv", "a=sendonly")));
      else if (key === "k") last = last.then(() => offer(both));
      else tell({ type: key === "B" ? "hold.asked" : "retrieve.asked", call: idOf(), by: "ana" });
      await new Promise(setImmediate);
    }
    await last;
    const portIn = (sdp = ""): string => /^m=audio (\d+)/m.exec(sdp)?.[1] ?? "";
    const areDirect = (): boolean =>
      calls.stats().mediaLegs === 0 &&
      [leg, call.leg].every((one) => one?.holds === false) &&
      portIn(call.leg?.remoteSdp) === portIn(leg?.localSdp) &&
      portIn(leg?.remoteSdp) === portIn(call.leg?.localSdp);
    // The button counts once the two are parted.
    await until(() => {
      if (!areDirect()) tell({ type: "retrieve.asked", call: idOf(), by: "ana" });
      return areDirect();
    }, 10_000);
    call.hangUp();
    await ana.calls[0]?.reached("ended");
    await until(nothingLeft);
  },
  30_000,
);

/** Ana talks in one call, has asked Luc by another of her own, and her phone, which `holds` so many, joins the two; by the second call where it says so `there`. */
async function joinedByPhone(
  written: (replaces: string) => string,
  { held = 0, there = false }: { held?: number; there?: boolean } = {},
): Promise<Phone[]> {
  const ana = await phone({ user: "1001", registrar: `sip:${at}`, answer: { afterMs: 10 } });
  const luc = await phone({ user: "1002", registrar: `sip:${at}`, answer: { afterMs: 10 } });
  const caller = await phone({ user: "+34600000001" });
  caller.call(`sip:5001@${at}`);
  await until(() => happened("call.connected", { agent: "ana" }));
  const first = ana.calls[0]?.leg;
  if (held > 0) await holds(first);
  if (held > 0) await until(() => happened("call.held", { agent: "ana" }));
  const asked = ana.call(`sip:5005@${at}`);
  await until(() => happened("call.connected", { agent: "luc" }));
  await asked.reached("talking");
  if (held > 1) await holds(asked.leg);
  const [by, named] = there ? [asked.leg, first] : [first, asked.leg];
  // Our leg names what the other side's `Replaces` would: hers is the other way round.
  const [, callId, theirs, ours] = /^(.*);to-tag=(.*);from-tag=(.*)$/.exec(named?.replaces ?? "") ?? [];
  const to = `<sip:1002@127.0.0.1?Replaces=${encodeURIComponent(written(`${callId};to-tag=${ours};from-tag=${theirs}`))}>`;
  expect(await by?.request("REFER", { "Refer-To": to })).toBe(written("a") === "a" ? 202 : 603);
  return [ana, luc, caller];
}

it.each([
  ["", {}],
  [", while it holds the first", { held: 1 }],
  [", while it holds both", { held: 2 }],
  [", while it holds both, in the second call", { held: 2, there: true }],
])(
  "rows 0.12, 3.32: a phone joins the two it talks with by REFER with Replaces (RFC 5589 7)%s: it is out of both calls",
  async (_, how) => {
    const [ana, luc, caller] = await joinedByPhone((replaces) => replaces, how);
    await until(() => happened("call.transferred", "there" in how ? {} : { agent: "luc" }));
    for (const call of ana?.calls ?? []) await call.reached("ended");
    await until(() => happened("call.ended", { disposition: "transferred" }));
    const [theirs, his] = [caller?.calls[0]?.leg, luc?.calls[0]?.leg];
    const portIn = (sdp = ""): string => /^m=audio (\d+)/m.exec(sdp)?.[1] ?? "";
    await until(
      () => portIn(theirs?.remoteSdp) === portIn(his?.localSdp) && portIn(his?.remoteSdp) === portIn(theirs?.localSdp),
    );
    expect([theirs?.holds, his?.holds]).toEqual([false, false]);
    await until(() => calls.stats().legs === 2); // its BYEs are answered
    expect(calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
    luc?.calls[0]?.hangUp();
    await caller?.calls[0]?.reached("ended");
    await until(nothingLeft);
  },
);

it("rows 0.12, 3.32: whom it has asked still rings: who is handed on waits for him to pick up, and the call that asked is over", async () => {
  const ana = await phone({ user: "1001", registrar: `sip:${at}`, answer: { afterMs: 10 } });
  const luc = await phone({ user: "1002", registrar: `sip:${at}`, answer: { afterMs: 3000 } });
  const caller = await phone({ user: "+34600000001" });
  const call = caller.call(`sip:5001@${at}`);
  await until(() => happened("call.connected", { agent: "ana" }));
  const line = await startRawPhone(() => undefined);
  stops.push(() => line.stop());
  const lines = [
    `INVITE sip:5005@${at} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${line.port};branch=z9hG4bKearly`,
    "From: <sip:1001@127.0.0.1>;tag=asks",
    `To: <sip:5005@${at}>`,
    "Call-ID: early@127.0.0.1",
    "CSeq: 1 INVITE",
    `Contact: <sip:1001@127.0.0.1:${line.port}>`,
    "Max-Forwards: 70",
    "Content-Type: application/sdp",
  ];
  const sdp = rawSdp(40_000);
  const port = Number(at.split(":")[1]);
  line.send(`${lines.join("\r\n")}\r\nContent-Length: ${sdp.length}\r\n\r\n${sdp}`, port);
  await until(() => line.received.some((text) => text.startsWith("SIP/2.0 180")));
  const ours = /^To: .*tag=(\S+)/m.exec(line.received.find((text) => text.startsWith("SIP/2.0 180")) ?? "")?.[1];
  const refer = (tag: string): Promise<number> | undefined => {
    const to = `<sip:1002@127.0.0.1?Replaces=${encodeURIComponent(`early@127.0.0.1;to-tag=${ours};from-tag=${tag}`)}>`;
    return ana.calls[0]?.leg?.request("REFER", { "Refer-To": to });
  };
  expect(await refer("another")).toBe(603);
  expect(await refer("asks")).toBe(202);
  await until(() => line.received.some((text) => text.startsWith("SIP/2.0 487")));
  await ana.calls[0]?.reached("ended");
  await until(() => happened("call.connected", { agent: "luc" }), 10_000);
  expect(luc.calls.map(({ state }) => state)).toEqual(["ended", "talking"]);
  expect(call.state).toBe("talking");
  luc.calls[1]?.hangUp();
  await call.reached("ended");
  await until(nothingLeft);
});

it("who waits himself in the call that has asked hands on to where it waits", async () => {
  const ana = await phone({ user: "1001", registrar: `sip:${at}`, answer: { afterMs: 10 } });
  const caller = await phone({ user: "+34600000001" });
  const call = caller.call(`sip:5001@${at}`);
  await until(() => happened("call.connected", { agent: "ana" }));
  const asked = ana.call(`sip:5003@${at}`);
  await until(() => happened("call.queued"));
  await asked.reached("talking");
  const [, callId, theirs, ours] = /^(.*);to-tag=(.*);from-tag=(.*)$/.exec(asked.leg?.replaces ?? "") ?? [];
  const to = `<sip:5003@127.0.0.1?Replaces=${encodeURIComponent(`${callId};to-tag=${ours};from-tag=${theirs}`)}>`;
  expect(await ana.calls[0]?.leg?.request("REFER", { "Refer-To": to })).toBe(202);
  await asked.reached("ended");
  await ana.calls[0]?.reached("ended");
  await until(() => records.filter(({ type }) => type === "call.queued").length === 2);
  call.hangUp();
  await call.reached("ended");
  await until(nothingLeft);
});

it("no phone takes the call of another, though it knows its tags: 603, and both conversations go on", async () => {
  const [ana, luc] = [
    await phone({ user: "1001", registrar: `sip:${at}`, answer: { afterMs: 10 } }),
    await phone({ user: "1002", registrar: `sip:${at}`, answer: { afterMs: 10 } }),
  ];
  const callers = [await phone({ user: "+34600000001" }), await phone({ user: "+34600000002" })];
  callers[0]?.call(`sip:5001@${at}`);
  await until(() => happened("call.connected", { agent: "ana" }));
  callers[1]?.call(`sip:5005@${at}`);
  await until(() => happened("call.connected", { agent: "luc" }));
  const [, callId, theirs, ours] = /^(.*);to-tag=(.*);from-tag=(.*)$/.exec(ana.calls[0]?.leg?.replaces ?? "") ?? [];
  const to = `<sip:1001@127.0.0.1?Replaces=${encodeURIComponent(`${callId};to-tag=${ours};from-tag=${theirs}`)}>`;
  expect(await luc.calls[0]?.leg?.request("REFER", { "Refer-To": to })).toBe(603);
  expect(calls.stats()).toMatchObject({ calls: 2, legs: 4 });
  for (const caller of callers) caller.calls[0]?.hangUp();
  await until(nothingLeft);
});

it("where it names no call of ours: 603, and both conversations go on", async () => {
  const [, luc, caller] = await joinedByPhone((replaces) => `${replaces}0`);
  await until(() => happened("phone.refused", { what: "transfer", reason: "not_possible" }));
  expect(calls.stats()).toMatchObject({ calls: 2, legs: 4 });
  caller?.calls[0]?.hangUp();
  luc?.calls[0]?.hangUp();
  await until(nothingLeft);
});

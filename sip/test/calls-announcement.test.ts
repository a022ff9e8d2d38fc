import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { announcing } from "../servers/announcement.ts";
import { readWav } from "../media/index.ts";
import { type RawPhone, type RawRequest, requestFrom, startRawPhone } from "./raw-phone.ts";
import { pause, type Rig, startRig, until } from "./calls-rig.ts";
import { type RtpPhone, rtpPhone, sweep } from "./rtp-phone.ts";

/** A media server (RFC 4240) that is asked by its Request-URI alone, and speaks to where the INVITE says. */
let server: RawPhone;
let voice: RtpPhone;
let rig: Rig;
let invites: string[];
let refuse: (uri: string) => string | undefined;

beforeEach(async () => {
  invites = [];
  refuse = () => undefined;
  voice = await rtpPhone();
  server = await startRawPhone(take);
  rig = await startRig(
    { ms: { to: [`sip:127.0.0.1:${server.port};transport=udp`], roles: ["media"] } },
    { prompts: { folder: "none", lengths: { default: "1s" }, served: "http://files.test/a%20b;c/" } },
  );
});
afterEach(async () => {
  await rig.stop();
  voice.close();
  await server.stop();
});

function take(request: RawRequest): void {
  const { method, text } = request;
  if (method === "ACK") return;
  if (method !== "INVITE") return request.reply("200 OK");
  const isFirst = !/^To:.*tag=/im.test(text);
  const refused = isFirst ? refuse(uriIn(text)) : undefined;
  if (isFirst) invites.push(text);
  if (refused) return request.reply(refused);
  request.reply("200 OK", { body: voice.sdp() });
  voice.speak(Number(/^m=audio (\d+)/m.exec(text)?.[1]), sweep(8000));
}

const uriIn = (text: string): string => text.split(" ", 2)[1] ?? "";
const annc = (params: string): string => `sip:annc@127.0.0.1:${server.port};transport=udp;${params}`;
const hangUp = (): void =>
  server.send(requestFrom(invites.at(-1) ?? "", server.port, { method: "BYE" }), Number(rig.at.split(":")[1]));
const byes = (): number => server.methods().filter((method) => method === "BYE").length;

describe("the URI of an announcement", () => {
  const [call, task] = ["c", 1];
  it.each([
    ["a prompt", { type: "play", call, task, prompt: "x", language: "en" }, ";play=URL;locale=en"],
    ["music", { type: "music", call, task, name: "x", language: "es" }, ";play=URL;repeat=forever;locale=es"],
    [
      "music for a while",
      { type: "music", call, task, name: "x", ms: 9000, language: "en" },
      ";play=URL;repeat=forever;duration=9000;locale=en",
    ],
  ] as const)("of %s", (_, command, expected) => {
    expect(announcing(command, "URL")).toBe(expected);
  });

  it("has what may not stand in a parameter escaped", () => {
    const url = "https://[::1]:80/a;b=c?d=e&f@g,h%20i#j<k>é";
    const said = announcing({ type: "play", call, task, prompt: "x", language: "en" }, url);
    expect(said).toBe(";play=https://[::1]:80/a%3Bb%3Dc%3Fd%3De&f%40g%2Ch%2520i%23j%3Ck%3E%C3%A9;locale=en");
  });
});

it("a prompt is played by the media server, by the name it has in the language, until the server hangs up", async () => {
  const heard = join(rig.folder, "heard.wav");
  const { phone, call } = await rig.caller({ record: heard });
  rig.perform({ type: "play", call, task: 7, prompt: "it/wel come", language: "en" });
  await until(() => rig.calls.stats().mediaLegs === 0);
  const play = "play=http://files.test/a%2520b%3Bc/it/wel%2520come.en.wav;locale=en";
  expect(invites.map(uriIn)).toEqual([annc(play)]);
  await pause(300);
  expect(await rig.rest(0)).toEqual([]);
  hangUp();
  expect(await rig.next("treatment.ended")).toMatchObject({ call, task: 7, outcome: "done" });
  phone.calls[0]?.hangUp();
  await rig.next("call.gone");
  await phone.calls[0]?.reached("ended");
  const sound = readWav(readFileSync(heard));
  if (!("samples" in sound)) throw new Error(JSON.stringify(sound));
  // Ours had been silent; the server sweeps at 9,000.
  expect(sound.samples.filter((sample) => Math.abs(sample) > 4000).length).toBeGreaterThan(500);
});

it("a prompt that the server has under no name is missing, and the next is asked for", async () => {
  refuse = (uri) => (uri.includes("none") ? "404 Not Found" : undefined);
  const { call } = await rig.caller();
  rig.perform({ type: "play", call, task: 1, prompt: "none", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 1, outcome: "missing" });
  expect(invites.map((text) => /[^/]*(?=;locale)/.exec(uriIn(text))?.[0])).toEqual(["none.en.wav", "none.wav"]);
  rig.perform({ type: "play", call, task: 2, prompt: "there", language: "en" });
  await until(() => rig.calls.stats().mediaLegs === 0);
  rig.perform({ type: "play", call, task: 3, prompt: "other", language: "en" });
  await until(() => invites.length === 4 && byes() === 1);
  hangUp();
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 3, outcome: "done" });
});

it("row 1.9: music plays there until something else does: silence, ours, a party", async () => {
  const agent = await rig.agent("ana");
  const { phone, call } = await rig.caller();
  rig.perform({ type: "music", call, task: 1, name: "calm", language: "en" });
  await until(() => rig.calls.stats().mediaLegs === 0);
  rig.perform({ type: "silence", call, task: 2 });
  await until(() => rig.calls.stats().mediaLegs === 1 && byes() === 1);
  rig.perform({ type: "music", call, task: 3, name: "calm", language: "en" });
  await until(() => rig.calls.stats().mediaLegs === 0);
  rig.perform({ type: "offer", call, offer: "o4", party: { kind: "agent", agent: "ana", device: "d_ana" }, from: "x" });
  await agent.incoming();
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "o4" });
  await rig.next("call.connected");
  await until(() => byes() === 2);
  expect(phone.calls[0]?.state).toBe("talking");
});

it("music ends after its time even where the server goes on", async () => {
  const { call } = await rig.caller();
  rig.perform({ type: "music", call, task: 1, name: "calm", ms: 200, language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 1, outcome: "done" });
  expect(invites.map(uriIn)[0]).toContain(";repeat=forever;duration=200;");
  await until(() => byes() === 1);
});

it.each(["503 Service Unavailable", "486 Busy Here"])("where the server says %s our own media play", async (status) => {
  refuse = () => status;
  rig.directory.prompts.folder = rig.folder;
  const { call } = await rig.caller();
  rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 1, outcome: "done" });
  expect(invites).toHaveLength(1);
  expect(rig.logged.map(({ message }) => message)).toContain("the media server failed; our own media play");
});

it("while keys are collected, and before the answer, our own media play", async () => {
  rig.directory.prompts.folder = rig.folder;
  const { call } = await rig.caller();
  rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en", keys: { atMost: 1 } });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 1, outcome: "done" });
  const early = await rig.phone({ user: "ann" });
  early.call(`sip:5000@${rig.at}`);
  const arrived = await rig.next("call.arrived");
  rig.perform({ type: "play", call: arrived.call, task: 2, prompt: "hello", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 2, outcome: "done" });
  expect(invites).toEqual([]);
});

it.each(["play", "music"] as const)(
  "a call that is to be recorded meanwhile goes on in our media: %s",
  async (type) => {
    rig.directory.prompts.folder = rig.folder;
    const { call } = await rig.caller();
    if (type === "play") rig.perform({ type, call, task: 1, prompt: "hello", language: "en" });
    else rig.perform({ type, call, task: 1, name: "calm", language: "en" });
    await until(() => rig.calls.stats().mediaLegs === 0);
    rig.perform({ type: "record", call, what: "call" });
    expect(await rig.next("recording.changed")).toMatchObject({ state: "started" });
    if (type === "play") expect(await rig.next("treatment.ended")).toMatchObject({ task: 1, outcome: "done" });
    await until(() => byes() === 1);
    expect([rig.calls.stats().mediaLegs, invites.length]).toEqual([1, 1]);
  },
);

it("who listens to a caller hears him, who hears our media from then on", async () => {
  rig.directory.prompts.folder = rig.folder;
  await rig.agent("ana");
  const { call } = await rig.caller();
  rig.perform({ type: "music", call, task: 1, name: "calm", language: "en" });
  await until(() => rig.calls.stats().mediaLegs === 0);
  const party = { kind: "agent", agent: "ana", device: "d_ana" } as const;
  expect(await rig.calls.attend(call, { party, from: "x", speaks: false })).toBe("attending");
  await until(() => byes() === 1 && rig.calls.stats().mediaLegs === 2);
});

it("row 1.19: who was not reached is told by a tone where there is no recording, and who is held hears noise", async () => {
  delete rig.directory.prompts.served;
  const { call } = await rig.caller();
  for (const prompt of ["dial/busy", "dial/no_answer"]) {
    rig.perform({ type: "play", call, task: 1, prompt, language: "en" });
    expect(await rig.rest(100)).toEqual([]);
  }
  rig.perform({ type: "music", call, task: 2, name: "comfort_noise", ms: 100, language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 2, outcome: "done" });
  rig.perform({ type: "play", call, task: 3, prompt: "other/busy", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 3, outcome: "missing" });
});

it("the server may be said for the run; without a URL of the recordings our own media play", async () => {
  await rig.stop();
  const said = { mediaServer: `sip:127.0.0.1:${server.port}` };
  rig = await startRig({}, { prompts: { folder: "none", served: "file:///var/prompts" } }, said);
  const { call } = await rig.caller();
  rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en" });
  await until(() => rig.calls.stats().mediaLegs === 0);
  expect(invites.map(uriIn)).toEqual([
    `sip:annc@127.0.0.1:${server.port};play=file:///var/prompts/hello.en.wav;locale=en`,
  ]);
  delete rig.directory.prompts.served;
  rig.directory.prompts.folder = rig.folder;
  rig.perform({ type: "play", call, task: 2, prompt: "hello", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 2, outcome: "done" });
});

it.each<[string, string, number]>([
  ["a prompt that is in our folder too", "hello", 6444 / 8 + 10_000],
  ["a prompt that only the server has", "theirs", 600_000],
])("%s has failed where the server does not end it", async (_, prompt, limitMs) => {
  rig.directory.prompts.folder = rig.folder;
  const { call } = await rig.caller();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    rig.perform({ type: "play", call, task: 1, prompt, language: "en" });
    const ended = () => rig.events.filter(({ type }) => type === "treatment.ended");
    while (rig.calls.stats().mediaLegs > 0) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(limitMs - 10);
    expect(ended()).toEqual([]);
    vi.advanceTimersByTime(20);
    expect(ended()).toMatchObject([{ task: 1, outcome: "failed" }]);
  } finally {
    vi.useRealTimers();
  }
  await until(() => byes() === 1);
});

it("a caller who goes while the server is asked leaves nothing behind", async () => {
  const { phone, call } = await rig.caller();
  rig.perform({ type: "play", call, task: 1, prompt: "one", language: "en" });
  rig.perform({ type: "play", call, task: 2, prompt: "two", language: "en" });
  rig.perform({ type: "silence", call, task: 3 });
  rig.perform({ type: "play", call, task: 4, prompt: "four", language: "en" });
  phone.calls[0]?.hangUp();
  expect(await rig.next("call.gone")).toMatchObject({ call });
});

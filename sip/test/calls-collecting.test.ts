import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Keys } from "../../runtime/index.ts";
import { createDocuments, type Document } from "../../runtime/node/index.ts";
import { type RawPhone, type RawRequest, rawSdp, requestFrom, startRawPhone } from "./raw-phone.ts";
import { readWav, writeWav } from "../media/index.ts";
import type { Phone } from "../phone/phone.ts";
import { pause, type Rig, startRig, until } from "./calls-rig.ts";
import { sweep } from "./rtp-phone.ts";
import { type Asked, fetchQuestion } from "./voicexml-browser.ts";

/* Row 1.40: digits, and messages, by a media server (RFC 4240 4) that fetches from us what it is to do. */

const documents = createDocuments();
let web: Server;
let base = "";
let server: RawPhone;
let rig: Rig;
let invites: string[];
let status: string;

beforeAll(async () => {
  web = createServer((request, response) => {
    const document = documents.find((request.url ?? "").replace("/dialogs/", ""));
    if (!document) return response.writeHead(404).end();
    if (request.method === "GET") {
      return response.writeHead(200, { "content-type": "application/voicexml+xml; charset=utf-8" }).end(document.text);
    }
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    return request.on("end", () => {
      const [body, type] = [Buffer.concat(parts), request.headers["content-type"] ?? ""];
      void takeForm(document, body, type).then(() => response.end());
    });
  });
  web.listen(0, "127.0.0.1");
  await once(web, "listening");
  const address = web.address();
  base = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
async function takeForm(document: Document, body: Buffer, type: string): Promise<void> {
  if (!type.startsWith("multipart/")) return document.submitted(new URLSearchParams(body.toString()));
  const file = (await new Response(body, { headers: { "content-type": type } }).formData()).get("message");
  if (file instanceof Blob) document.uploaded?.(Buffer.from(await file.arrayBuffer()));
}
afterAll(() => {
  web.closeAllConnections();
  web.close();
});

beforeEach(async () => {
  invites = [];
  status = "200 OK";
  server = await startRawPhone(take);
  rig = await startRig(
    { ms: { to: [`sip:127.0.0.1:${server.port}`], roles: ["media"] } },
    { prompts: { folder: "none", lengths: { default: "1s" }, served: "http://files.test", dialogs: `${base}/` } },
    { documents },
  );
});
afterEach(async () => {
  await rig.stop();
  await server.stop();
});

function take({ method, text, reply }: RawRequest): void {
  if (method === "ACK") return;
  if (method !== "INVITE") return reply("200 OK");
  if (!/^To:.*tag=/im.test(text)) invites.push(text);
  if (status !== "") reply(status, status === "200 OK" ? { body: rawSdp(9) } : {});
}

const say = (method: string, body = "", headers: string[] = []): void =>
  server.send(
    requestFrom(invites.at(-1) ?? "", server.port, { method, body, headers, cseq: server.received.length }),
    Number(rig.at.split(":")[1]),
  );
const byes = (): number => server.methods().filter((method) => method === "BYE").length;
const url = (): string => decodeURIComponent(/;voicexml=(\S+)/.exec(invites.at(-1) ?? "")?.[1] ?? "");
const pin: Keys = { atMost: 4, endedBy: "#", withinMs: 3000 };

/** A caller who is asked, as soon as the server has fetched the question. */
async function asked(keys: Keys = pin): Promise<{ call: string; question: Asked }> {
  const { call } = await rig.caller();
  rig.perform({ type: "play", call, task: 7, prompt: "the pin", language: "es", keys });
  await until(() => rig.calls.stats().mediaLegs === 0);
  return { call, question: await fetchQuestion(url()) };
}

it("row 1.40: the server is told what to ask by an address that only it knows, and says what was pressed", async () => {
  const { call, question } = await asked();
  expect(invites).toHaveLength(1);
  expect(invites[0]).toMatch(
    /^INVITE sip:dialog@127\.0\.0\.1:\d+;voicexml=http:\/\/127\.0\.0\.1:\d+\/dialogs\/[\w-]{24} SIP/,
  );
  expect(question).toMatchObject({
    audio: ["http://files.test/the%20pin.es.wav", "http://files.test/the%20pin.wav"],
    language: "es",
    timeout: "3000ms",
    repeat: "1-4",
    keys: "0123456789*",
    properties: { inputmodes: "dtmf", termchar: "#", interdigittimeout: "3000ms" },
  });
  expect(await question.press("1234")).toBe(200);
  expect(await rig.next("keys.collected")).toEqual({ type: "keys.collected", call, task: 7, keys: "1234" });
  await until(() => byes() === 1);
  expect(await question.press("5678")).toBe(404);
  await expect(fetchQuestion(url())).rejects.toThrow("404");
});

const none = "application/x-www-form-urlencoded";
it.each<[string, Partial<Keys>, (question: Asked) => void, object]>([
  ["nothing, which ends the question", {}, ({ press }) => void press(""), { type: "keys.collected", keys: "" }],
  [
    "nothing before another prompt",
    { more: true },
    ({ press }) => void press(""),
    { type: "treatment.ended", outcome: "done" },
  ],
  ["a key before another prompt", { more: true }, ({ press }) => void press("1"), { keys: "1" }],
  ["keys apart, and too many", { atMost: 3 }, ({ press }) => void press("1 * # 4"), { keys: "1*#" }],
  [
    "with its BYE (RFC 5552)",
    {},
    () => say("BYE", "digits=98&__reason=exit", [`Content-Type: ${none}`]),
    { keys: "98" },
  ],
  [
    "in a MESSAGE",
    {},
    () => say("MESSAGE", '{"digits":"98","status":"OK"}', ["Content-Type: text/plain"]),
    { keys: "98" },
  ],
])("row 1.40: what is pressed is told: %s", async (_, more, does, told) => {
  const { question } = await asked({ ...pin, ...more });
  expect(question.timeout).toBe(more.more ? "0ms" : "3000ms");
  does(question);
  await until(() => rig.events.some((event) => "task" in event && event.task === 7));
  expect((await rig.rest(0)).at(-1)).toMatchObject({ task: 7, ...told });
});

it("who knows the address and says no keys changes nothing", async () => {
  const { question } = await asked();
  expect(await question.press("<b>")).toBe(200);
  expect(await rig.rest(50)).toEqual([]);
  await question.press("1");
  expect(await rig.next("keys.collected")).toMatchObject({ keys: "1" });
});

it.each(["404 Not Found", "503 Service Unavailable", "BYE"])("where it fails our own media ask: %s", async (how) => {
  rig.directory.prompts.folder = rig.folder;
  if (how !== "BYE") status = how;
  const { phone, call } = await rig.caller();
  rig.perform({ type: "play", call, task: 7, prompt: "calm", language: "en", keys: pin });
  await until(() => invites.length === 1);
  if (how === "BYE") {
    await until(() => rig.calls.stats().mediaLegs === 0);
    say("BYE");
  }
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 7, outcome: "done" });
  phone.calls[0]?.press("5", "audio");
  expect(await rig.next("digit.pressed")).toMatchObject({ call, digit: "5" });
  await expect(fetchQuestion(url())).rejects.toThrow("404");
});

it.each<[string, (of: Rig) => void]>([
  ["for ever", () => undefined],
  ["where the directory does not say how it reaches us", ({ directory }) => delete directory.prompts.dialogs],
  ["where it does not find the recordings", ({ directory }) => delete directory.prompts.served],
])("our own media ask: %s", async (about, change) => {
  change(rig);
  rig.directory.prompts.folder = rig.folder;
  const { call } = await rig.caller();
  const keys = about === "for ever" ? { atMost: 1 } : pin;
  rig.perform({ type: "play", call, task: 7, prompt: "calm", language: "en", keys });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 7, outcome: "done" });
  expect(invites).toEqual([]);
});

it("row 4.12: a key by SIP INFO is ours, and what is pressed after it too", async () => {
  rig.directory.prompts.folder = rig.folder;
  const { phone, call } = await rig.caller();
  rig.perform({ type: "play", call, task: 7, prompt: "calm", language: "en", keys: pin });
  await until(() => rig.calls.stats().mediaLegs === 0);
  phone.calls[0]?.press("5", "info");
  expect(await rig.next("digit.pressed")).toMatchObject({ call, digit: "5" });
  rig.perform({ type: "silence", call, task: 8 }); // as the engine does at the first key
  await until(() => byes() === 1 && rig.calls.stats().mediaLegs === 1);
  phone.calls[0]?.press("6", "audio");
  expect(await rig.next("digit.pressed")).toMatchObject({ call, digit: "6" });
  expect(server.methods()).not.toContain("INFO");
});

/** A caller whose message is being recorded there. */
async function recorded(
  mostMs = 60_000,
): Promise<{ call: string; phone: Phone; upload(file: Buffer): Promise<number> }> {
  const { phone, call } = await rig.caller();
  rig.perform({ type: "takeMessage", call, task: 5, mailbox: "it", mostMs });
  await until(() => rig.calls.stats().mediaLegs === 0);
  const address = url();
  const text = await (await fetch(address)).text();
  expect(text).toContain(`beep="true" dtmfterm="true" maxtime="${mostMs}ms" type="audio/x-wav"`);
  const [, next = ""] = /<filled><submit next="([^"]*)" method="post" enctype="multipart\/form-data"/.exec(text) ?? [];
  const upload = async (file: Buffer): Promise<number> => {
    const body = new FormData();
    body.append("message", new Blob([Uint8Array.from(file)], { type: "audio/x-wav" }), "a.wav");
    return (await fetch(next, { method: "POST", body })).status;
  };
  return { call, phone, upload };
}

describe("a message that a media server records", () => {
  const said = sweep(20_000, 300);
  const kept = async (): Promise<Int16Array> => {
    await until(() => rig.mailboxes.length > 0);
    const [message] = await rig.messages.list("it");
    const wav = readWav(readFileSync((await rig.messages.fileOf("it", message?.id ?? "")) ?? ""));
    expect(message).toMatchObject({ from: "+34600000001", lengthMs: "samples" in wav ? wav.samples.length / 8 : 0 });
    return "samples" in wav ? wav.samples : expect.fail(wav.reason);
  };

  it("is kept when it is uploaded, once, and the call goes on", async () => {
    const { call, upload } = await recorded();
    await pause(2050);
    expect(await upload(writeWav(said))).toBe(200);
    expect(await rig.next("voicemail.ended")).toMatchObject({ call, task: 5, outcome: "left_message" });
    expect(await kept()).toEqual(said);
    expect(await upload(writeWav(said))).toBe(404);
    await until(() => byes() === 1);
    rig.perform({ type: "silence", call, task: 6 });
    await until(() => rig.calls.stats().mediaLegs === 1);
    expect(rig.mailboxes).toEqual([["it", 1, 0]]);
  });

  it("is kept when the caller has hung up before it is uploaded, no longer than it may be", async () => {
    const { phone, upload } = await recorded(2400);
    await pause(2050);
    phone.calls[0]?.hangUp();
    expect(await rig.next("voicemail.ended")).toMatchObject({ outcome: "left_message" });
    await rig.next("call.gone");
    await until(() => byes() === 1);
    expect(await upload(writeWav(said))).toBe(200);
    expect(await kept()).toEqual(said.subarray(0, 2400 * 8));
  });

  it("is ended by # that is told by SIP INFO", async () => {
    const { phone, upload } = await recorded();
    await pause(2050);
    phone.calls[0]?.press("#", "info");
    expect(await rig.next("voicemail.ended")).toMatchObject({ outcome: "left_message" });
    await until(() => byes() === 1);
    await upload(writeWav(said));
    expect(await kept()).toEqual(said);
  });

  it("has failed where what is uploaded is no recording", async () => {
    const { upload } = await recorded();
    await upload(Buffer.from("<html>"));
    expect(await rig.next("voicemail.ended")).toMatchObject({ task: 5, outcome: "failed" });
    expect(rig.mailboxes).toEqual([]);
  });

  it("is kept nowhere where it was given up", async () => {
    const { call, upload } = await recorded();
    rig.perform({ type: "abandonDeposit", call, task: 5 });
    await until(() => byes() === 1);
    await upload(writeWav(said));
    expect(await rig.rest(50)).toEqual([]);
    expect(rig.mailboxes).toEqual([]);
  });

  it("is recorded by our own media where the server fails", async () => {
    const { phone, upload } = await recorded();
    say("BYE");
    await until(() => rig.calls.stats().mediaLegs === 1);
    expect(await upload(writeWav(said))).toBe(404);
    await pause(2050);
    phone.calls[0]?.press("#", "audio");
    expect(await rig.next("voicemail.ended")).toMatchObject({ task: 5, outcome: "left_message" });
    await until(() => rig.mailboxes.length === 1);
  });
});

it("a question that the server does not end is asked by our own media", async () => {
  rig.directory.prompts.folder = rig.folder;
  const { call } = await rig.caller();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const later = () => new Promise((resolve) => setImmediate(resolve));
  try {
    rig.perform({ type: "play", call, task: 7, prompt: "calm", language: "en", keys: pin });
    while (rig.calls.stats().mediaLegs > 0) await later();
    vi.advanceTimersByTime(10_000 + 5 * 3000);
    await expect.poll(() => rig.calls.stats().mediaLegs).toBe(0);
    vi.advanceTimersByTime(2000);
    while (rig.calls.stats().mediaLegs === 0) await later();
  } finally {
    vi.useRealTimers();
  }
  await until(() => byes() === 1);
  expect(await rig.rest(0)).toEqual([]);
  rig.perform({ type: "hangup", call });
});

it("a question ends where something else is to be heard, and where the caller goes", async () => {
  const { call } = await asked();
  rig.perform({ type: "silence", call, task: 8 });
  await until(() => byes() === 1 && rig.calls.stats().mediaLegs === 1);
  await expect(fetchQuestion(url())).rejects.toThrow("404");
  rig.perform({ type: "play", call, task: 9, prompt: "the pin", language: "es", keys: pin });
  await until(() => invites.length === 2 && rig.calls.stats().mediaLegs === 0);
  rig.perform({ type: "hangup", call });
  await until(() => byes() === 2);
  await expect(fetchQuestion(url())).rejects.toThrow("404");
});

it("a caller who hears music of the server is heard by us where digits are collected without a prompt", async () => {
  rig.directory.prompts.folder = rig.folder;
  const { phone, call } = await rig.caller();
  rig.perform({ type: "music", call, task: 1, name: "calm", language: "en" });
  await until(() => rig.calls.stats().mediaLegs === 0);
  rig.perform({ type: "listen", call });
  await until(() => byes() === 1 && rig.calls.stats().mediaLegs === 1);
  phone.calls[0]?.press("5", "audio");
  expect(await rig.next("digit.pressed")).toMatchObject({ call, digit: "5" });
});

it("a server that does not answer is waited for once", async () => {
  status = "";
  rig.directory.prompts.folder = rig.folder;
  const { call } = await rig.caller();
  for (const task of [1, 2]) {
    rig.perform({ type: "play", call, task, prompt: "calm", language: "en" });
    expect(await rig.next("treatment.ended")).toMatchObject({ task, outcome: "done" });
  }
  expect(new Set(invites.map((text) => /^Call-ID:.*$/im.exec(text)?.[0])).size).toBe(1);
});

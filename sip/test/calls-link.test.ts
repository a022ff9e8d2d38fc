import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Event } from "../../runtime/index.ts";
import { connectCalls, type LiveCalls } from "../calls.ts";
import { connectSignalling } from "../dialog/connect.ts";
import { type Endpoint, startEndpoint } from "../endpoint/index.ts";
import { type Logger, silent } from "../log.ts";
import { type MediaEvent, type MediaPort, startMediaHere } from "../media/index.ts";
import { type Phone, startPhone } from "../phone/phone.ts";
import { createSignalling } from "../dialog/srf.ts";
import { testDirectory, until } from "./calls-rig.ts";
import { ackTo, inviteTo, rawSdp, startRawPhone } from "./raw-phone.ts";

let endpoint: Endpoint;
let media: MediaPort;
let calls: LiveCalls | undefined;
let phone: Phone | undefined;
const events: Event[] = [];
const logged: object[] = [];
const note = (fields: object, message: string): void => void logged.push({ ...fields, message });
const log: Logger = { debug: note, info: note, warn: note, error: note };
let folder: string;

beforeEach(async () => {
  endpoint = await startEndpoint({ listen: ["udp:127.0.0.1:0"], secret: "right" });
  standing = true;
  media = await startMediaHere({ address: "127.0.0.1" });
  events.length = logged.length = 0;
  folder = mkdtempSync(join(tmpdir(), "link-"));
  writeFileSync(join(folder, "broken.wav"), "no recording");
});
afterEach(async () => {
  await calls?.stop();
  await phone?.stop();
  calls = phone = undefined;
  await media.stop();
  await stopEndpoint();
  rmSync(folder, { recursive: true });
});

let standing = true;
async function stopEndpoint(): Promise<void> {
  if (standing) await endpoint.stop();
  standing = false;
}

const deliver = (event: Event): void => void events.push(event);

function connect(secret: string, port: MediaPort = media): Promise<LiveCalls> {
  const directory = testDirectory(folder);
  return connectCalls({ drachtio: { ...endpoint.app, secret }, media: port, directory, deliver, log });
}

async function arrive(): Promise<string> {
  phone = await startPhone({ user: "ann" });
  phone.call(`sip:5000@${calls?.listen[0]?.replace("udp:", "")}`);
  await until(() => events.some((event) => event.type === "call.arrived"));
  const arrived = events.find((event) => event.type === "call.arrived");
  return arrived?.call ?? "";
}

describe("the connection to the endpoint", () => {
  it("a wrong secret is refused, in words", async () => {
    await expect(connect("wrong")).rejects.toThrow(
      /^no signalling endpoint at 127\.0\.0\.1:\d+: failed to authenticate/,
    );
  });

  it("nobody there is told when the patience is over", async () => {
    await stopEndpoint();
    const drachtio = { ...endpoint.app, secret: "right" };
    const options = { signalling: createSignalling(), drachtio, log: silent, lost: () => undefined, patienceMs: 300 };
    await expect(connectSignalling(options)).rejects.toThrow(/ECONNREFUSED/);
  });

  it("one that is lost in the moment in which it is left is left all the same", async () => {
    const signalling = createSignalling();
    const disconnect = signalling.disconnect.bind(signalling);
    const drachtio = { ...endpoint.app, secret: "right" };
    const connection = await connectSignalling({ signalling, drachtio, log: silent, lost: () => undefined });
    // As drachtio-srf has it between the end of its socket and telling that.
    signalling.disconnect = () => {
      throw new Error("no socket");
    };
    expect(() => connection.close()).not.toThrow();
    disconnect();
  });

  it("nothing is told before `connectCalls` has resolved", async () => {
    const connecting = connect("right");
    expect(events).toEqual([]);
    calls = await connecting;
    expect(events).toEqual([]);
    await until(() => events.length === 4);
    expect(events.every((event) => event.type === "device.changed")).toBe(true);
  });

  it("lost: every call is gone", async () => {
    calls = await connect("right");
    const call = await arrive();
    calls.perform({ type: "answer", call, ringback: false });
    await until(() => events.some((event) => event.type === "call.answered"));
    await stopEndpoint();
    await until(() => events.some((event) => event.type === "call.gone"));
    expect(events.filter((event) => event.type === "call.gone")).toEqual([
      { type: "call.gone", call, reason: "signalling lost" },
    ]);
    await until(() => calls?.stats().mediaLegs === 0);
    expect(calls.stats()).toEqual({ calls: 0, legs: 0, mediaLegs: 0 });
  });
});

/** The media port with a way to report that its latest leg was lost. */
function failing(): { port: MediaPort; lose: () => void } {
  const told: ((event: MediaEvent) => void)[] = [];
  const opened: string[] = [];
  const port: MediaPort = {
    send(command) {
      if (command.type === "open") opened.push(command.leg);
      media.send(command);
    },
    listen(listener) {
      told.push(listener);
      media.listen(listener);
    },
    stop: () => media.stop(),
  };
  const lose = (): void => {
    const leg = opened.at(-1) ?? "";
    media.send({ type: "close", leg });
    for (const tell of told) tell({ type: "closed", leg, sent: 0, received: 0, reason: "crashed" });
  };
  return { port, lose };
}

describe("media fail", () => {
  it("a prompt fails, and the caller is taken to media again for the next", async () => {
    const { port, lose } = failing();
    calls = await connect("right", port);
    const call = await arrive();
    calls.perform({ type: "answer", call, ringback: false });
    await until(() => events.some((event) => event.type === "call.answered"));
    calls.perform({ type: "ringback", call, task: 1 });
    lose();
    calls.perform({ type: "music", call, task: 2, name: "none", ms: 100, language: "en" });
    await until(() => events.at(-1)?.type === "treatment.ended");
    expect(events.at(-1)).toMatchObject({ task: 2, outcome: "missing" });
    calls.perform({ type: "ringback", call, task: 3 });
    await until(() => calls?.stats().mediaLegs === 1);
    calls.perform({ type: "hangup", call });
    await until(() => calls?.stats().legs === 0);
  });

  it("why a prompt was not played is logged", async () => {
    calls = await connect("right");
    const call = await arrive();
    calls.perform({ type: "answer", call, ringback: false });
    await until(() => events.at(-1)?.type === "call.answered");
    calls.perform({ type: "play", call, task: 1, prompt: "broken", language: "en" });
    await until(() => events.at(-1)?.type === "treatment.ended");
    expect(events.at(-1)).toMatchObject({ task: 1, outcome: "failed" });
    const told = { call, prompt: "broken", outcome: "failed", message: "prompt not played" };
    expect(logged).toContainEqual(expect.objectContaining({ ...told, reason: expect.stringContaining("broken.wav") }));
  });

  it("while the caller is taken back to them: the treatment fails", async () => {
    const { port, lose } = failing();
    calls = await connect("right", port);
    const at = calls.listen[0]?.replace("udp:", "") ?? "";
    const to = Number(at.split(":")[1]);
    const caller = await startRawPhone((request, self) => {
      if (request.method === "INVITE") lose();
      if (request.method !== "ACK") request.reply("200 OK", { body: rawSdp(self.port, 2) });
    });
    caller.send(inviteTo(at, caller.port), to);
    await until(() => events.at(-1)?.type === "call.arrived");
    const call = events.flatMap((event) => (event.type === "call.arrived" ? event.call : []))[0] ?? "";
    calls.perform({ type: "answer", call, ringback: false });
    const ok = (): string | undefined => caller.received.find((text) => text.startsWith("SIP/2.0 200"));
    await until(() => events.at(-1)?.type === "call.answered" && ok() !== undefined);
    caller.send(ackTo(ok() ?? "", caller.port), to);
    lose();
    calls.perform({ type: "play", call, task: 5, prompt: "broken", language: "en" });
    await until(() => events.at(-1)?.type === "treatment.ended");
    expect(events.at(-1)).toMatchObject({ task: 5, outcome: "failed" });
    const lost = { call, prompt: "broken", reason: "crashed", message: "media lost" };
    expect(logged).toContainEqual(lost);
    calls.perform({ type: "hangup", call });
    await until(() => calls?.stats().legs === 0);
    expect(calls.stats().mediaLegs).toBe(0);
    await caller.stop();
  });
});

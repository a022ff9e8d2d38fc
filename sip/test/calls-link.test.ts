import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Event } from "../../runtime/index.ts";
import { connectCalls, type LiveCalls } from "../calls.ts";
import { connectSignalling } from "../connect.ts";
import { type Endpoint, startEndpoint } from "../endpoint/index.ts";
import { silent } from "../log.ts";
import { type MediaEvent, type MediaPort, startMediaHere } from "../media/index.ts";
import { type Phone, startPhone } from "../phone.ts";
import { createSignalling } from "../srf.ts";
import { testDirectory, until } from "./calls-rig.ts";

let endpoint: Endpoint;
let media: MediaPort;
let calls: LiveCalls | undefined;
let phone: Phone | undefined;
const events: Event[] = [];

beforeEach(async () => {
  endpoint = await startEndpoint({ listen: ["udp:127.0.0.1:0"], secret: "right" });
  standing = true;
  media = await startMediaHere({ address: "127.0.0.1" });
  events.length = 0;
});
afterEach(async () => {
  await calls?.stop();
  await phone?.stop();
  calls = phone = undefined;
  await media.stop();
  await stopEndpoint();
});

let standing = true;
async function stopEndpoint(): Promise<void> {
  if (standing) await endpoint.stop();
  standing = false;
}

const deliver = (event: Event): void => void events.push(event);

function connect(secret: string, port: MediaPort = media): Promise<LiveCalls> {
  const directory = testDirectory("prompts");
  return connectCalls({ drachtio: { ...endpoint.app, secret }, media: port, directory, deliver });
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

  it("nothing is told before `connectCalls` has resolved", async () => {
    const connecting = connect("right");
    expect(events).toEqual([]);
    calls = await connecting;
    expect(events).toEqual([]);
    await until(() => events.length === 4);
    expect(events.every((event) => event.type === "agent.claimed")).toBe(true);
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
});

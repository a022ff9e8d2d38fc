/** Who says too much, and who does not read what he is told: he waits, and nobody else does. */
import { createSocket } from "node:dgram";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ownAddress } from "../endpoint/own-address.ts";
import { createSources } from "../endpoint/sources.ts";
import { cutStream } from "../endpoint/stream.ts";
import type { Flow, Transport } from "../endpoint/transport.ts";
import { listenStream } from "../endpoint/transport-stream.ts";
import { listenUdp } from "../endpoint/transport-udp.ts";
import { createWorld } from "./endpoint/world.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** A busy machine is no failure: the usual second is short. */
const WAIT = { timeout: 15_000 };
const AT = { host: "127.0.0.1", port: 0 };
const request = (at: number) => `OPTIONS sip:a@b SIP/2.0\r\nCall-ID: ${at}\r\nContent-Length: 0\r\n\r\n`;

function listened(transport: Transport): Transport {
  closing.push(() => transport.close());
  return transport;
}

function connected({ local }: Transport): Socket {
  const socket = connect(local.port, "127.0.0.1");
  closing.push(() => socket.destroy());
  return socket;
}

describe("who says too much in a second", () => {
  test("is not read before the next, by stream: nothing is lost, and all comes in order", async () => {
    const heard: { text: string; at: number }[] = [];
    const user = {
      received: (text: string) => void heard.push({ text, at: performance.now() }),
      heldUp: () => (heard.length % 3 === 0 ? 20 : 0),
    };
    const socket = connected(listened(await listenStream(AT, ownAddress(), user)));
    const all = Array.from({ length: 8 }, (_, at) => request(at));
    socket.write(all.join(""));
    await vi.waitUntil(() => heard.length === all.length, WAIT);
    expect(heard.map(({ text }) => text)).toEqual(all);
    const after = (count: number) => (heard[count]?.at ?? 0) - (heard[count - 1]?.at ?? 0);
    // They came together.
    expect([after(3), after(6)].map((ms) => ms > 15)).toEqual([true, true]);
  });

  test("loses datagrams, unread", async () => {
    const heard: string[] = [];
    const user = {
      received: (text: string) => void heard.push(text),
      heldUp: (_: string, text: string) => Number(text.includes(": 1")),
    };
    const { local } = listened(await listenUdp(AT, ownAddress(), user));
    const socket = createSocket("udp4");
    closing.push(() => socket.close());
    for (const at of [0, 1, 2]) socket.send(request(at), local.port, "127.0.0.1");
    await vi.waitUntil(() => heard.length === 2, WAIT);
    expect(heard).toEqual([request(0), request(2)]);
  });

  test("is counted by requests of all kinds and by bytes; responses are few bytes", () => {
    const world = createWorld({ limits: { heardPerSource: 2, heardBytesPerSource: 100 }, onSip() {}, onFrame() {} });
    const { core } = world;
    const ask = (text: string, host = "192.0.2.1") => core.heldUp(host, text);
    expect([ask("BYE"), ask("SIP/2.0 200 OK"), ask("OPTIONS"), ask("ACK")]).toEqual([0, 0, 0, 1_000]);
    expect(ask("ACK", "192.0.2.2")).toBe(0);
    world.advanceTo(1_400);
    expect([ask(`SIP/2.0 200 OK${"x".repeat(90)}`), ask("ACK")]).toEqual([600, 600]);
    expect(createSources({ now: () => 0, wake: () => () => {} }, { requests: 0, bytes: 9 }).tooMuch("a", 1, 0)).toBe(
      false,
    );
  });
});

test("who does not read what he is told is asked no further, and gets all of it once he reads", async () => {
  const answer = "x".repeat(32 * 1024);
  let asked = 0;
  const user = {
    received(_: string, flow: Flow) {
      asked++;
      flow.send(answer);
    },
    heldUp: () => 0,
  };
  const socket = connected(listened(await listenStream(AT, ownAddress(), user)));
  const [questions, most] = [2_000, 1_000];
  socket.pause();
  socket.write(Array.from({ length: questions }, (_, at) => request(at)).join(""));
  await vi.waitUntil(() => asked > 8, WAIT);
  // 64 MB are asked for. The system takes some of it, and we keep a quarter of one.
  let before = -1;
  await vi.waitUntil(() => asked === before || ((before = asked), false), { interval: 100, ...WAIT });
  expect(asked).toBeLessThan(most);
  let got = 0;
  socket.on("data", (data) => (got += data.length));
  socket.resume();
  await vi.waitUntil(() => got === questions * answer.length, WAIT);
});

test("line ends alone are answered once, however many came together", () => {
  const said: string[] = [];
  const take = cutStream({ message: (text) => said.push(text.slice(0, 7)), ping: () => said.push("ping"), lost() {} });
  const blank = (times: number) => Buffer.from("\r\n".repeat(times));
  expect(take(blank(20_000))).toBe(false);
  expect(said.splice(0)).toEqual(["ping"]);
  take(Buffer.concat([blank(1), Buffer.from(request(1)), blank(2), Buffer.from(request(2)), blank(3)]));
  expect(said).toEqual(["OPTIONS", "ping", "OPTIONS"]);
});

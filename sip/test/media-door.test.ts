import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import {
  type DoorPort,
  enterDoor,
  type MediaCommand,
  type MediaEvent,
  type MediaPort,
  openDoor,
  startMediaHere,
} from "../media/index.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function door(latencyTo?: (hop: string) => Promise<number | undefined>) {
  const media = await startMediaHere({ address: "127.0.0.1" });
  const opened = await openDoor(media, { host: "127.0.0.1", port: 0 }, "secret", latencyTo);
  stops.push(
    () => media.stop(),
    () => opened.close(),
  );
  return opened;
}

/** Says the secret; `next` gives the events in their order. */
async function entered(at: { host: string; port: number }): Promise<{ port: DoorPort; next(): Promise<MediaEvent> }> {
  const port = await enterDoor(at, "secret", { lost: () => undefined });
  stops.push(() => port.stop());
  const events: MediaEvent[] = [];
  const told = new EventTarget();
  port.listen((event) => {
    events.push(event);
    told.dispatchEvent(new Event("event"));
  });
  return {
    port,
    async next() {
      if (events.length === 0) await once(told, "event");
      const [event] = events.splice(0, 1);
      if (!event) throw new Error("no event");
      return event;
    },
  };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server on TCP that listens has one
const addressOf = (server: Server) => ({ ...(server.address() as AddressInfo), host: "127.0.0.1" });

test("names of legs are each user's own: two at one time, and the next after one that has died with two in a mix", async () => {
  const { address } = await door();
  const [one, other] = [await entered(address), await entered(address)];
  for (const { port, next } of [one, other]) {
    port.send({ type: "open", leg: "m1" });
    expect(await next()).toMatchObject({ type: "opened", leg: "m1" });
  }
  one.port.send({ type: "join", leg: "m1", mix: "call" });
  await one.port.stop();
  const next = await entered(address);
  next.port.send({ type: "open", leg: "m1" });
  expect(await next.next()).toMatchObject({ type: "opened", leg: "m1" });
  other.port.send({ type: "close", leg: "m1" });
  expect(await other.next()).toMatchObject({ type: "closed", leg: "m1" });
});

test("what a user records is closed when it is gone, and its legs stay", async () => {
  const sent: MediaCommand[] = [];
  const told = new EventTarget();
  const media: MediaPort = {
    send(command) {
      sent.push(command);
      told.dispatchEvent(new Event(command.type));
    },
    listen: () => undefined,
    stop: async () => undefined,
  };
  const { address, close } = await openDoor(media, { host: "127.0.0.1", port: 0 }, "secret");
  stops.push(close);
  const { port } = await entered(address);
  const stopped = once(told, "stopRecording");
  port.send({ type: "open", leg: "m1" });
  port.send({ type: "join", leg: "m1", mix: "call" });
  port.send({ type: "tape", leg: "m1", file: "call.wav" });
  const taped = once(told, "tape");
  await taped;
  await port.stop();
  await stopped;
  await entered(address);
  expect(sent.map(({ type, leg }) => `${type} ${leg}`)).toEqual(
    ["open", "join", "tape", "stopRecording"].map((type) => `${type} 1/m1`),
  );
});

test("a door tells how long a next hop takes to answer there, of two at one time too", async () => {
  const asked: string[] = [];
  const { address } = await door(async (hop) => {
    asked.push(hop);
    return hop === "sip:far" ? 80 : undefined;
  });
  const { port } = await entered(address);
  expect(await Promise.all(["sip:far", "sip:dead", "sip:far"].map(port.latencyTo))).toEqual([80, undefined, 80]);
  expect(asked).toEqual(["sip:far", "sip:dead"]);
});

test("one that says nothing any more is lost with all its legs, and entered again", async () => {
  let answers = true;
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => {
    sockets.add(socket);
    socket.on("data", (text) => {
      if (answers || String(text).startsWith("secret"))
        socket.write(String(text).startsWith("secret") ? "welcome\n" : '{"type":"pong"}\n');
    });
    socket.on("error", () => undefined);
  });
  silent.listen(0, "127.0.0.1");
  await once(silent, "listening");
  const told = new EventTarget();
  const port = await enterDoor(addressOf(silent), "secret", {
    lost: () => told.dispatchEvent(new Event("lost")),
    back: () => told.dispatchEvent(new Event("back")),
    beatMs: 50,
  });
  const events: MediaEvent[] = [];
  port.listen((event) => events.push(event));
  stops.push(
    async () => void silent.close(),
    async () => sockets.forEach((socket) => socket.destroy()),
    () => port.stop(),
  );
  port.send({ type: "open", leg: "m1" });
  const lost = once(told, "lost");
  const back = once(told, "back");
  answers = false;
  const measured = port.latencyTo("sip:far");
  await lost;
  expect(events).toEqual([{ type: "refused", leg: "m1", reason: "the media service is out of reach" }]);
  expect(await measured).toBeUndefined();
  answers = true;
  await back;
});

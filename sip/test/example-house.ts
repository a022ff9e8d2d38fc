import { createServer, type IncomingMessage } from "node:http";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import {
  type CallCommand,
  type Clock,
  createEngine,
  type Engine,
  type Event,
  type EventRecord,
  loadProgram,
  startHost,
  type Value,
} from "../../runtime/index.ts";
import { createHttp } from "../../runtime/node/index.ts";
import { exampleProgram } from "../../runtime/test/programs.ts";
import { connectCalls, type LiveCalls } from "../calls.ts";
import { startEndpoint } from "../endpoint/index.ts";
import { startMediaHere, writeWav } from "../media/index.ts";
import { type Phone, type PhoneOptions, startPhone } from "../phone/phone.ts";
import { until } from "./calls-rig.ts";
import { type RawPhone, type RawRequest, rawSdp, requestFrom, startRawPhone } from "./raw-phone.ts";

/*
 * An example as it stands, live: its strategies and directory on the engine, our endpoint and media, and behind every trunk a peer that takes
 * calls for all its numbers. The engine's time may go faster, so that a minute of the strategy is six seconds; SIP's own times do not.
 */

/** How a number behind a trunk takes a call; a status refuses it. */
export type Answer = "answers" | "rings" | "silent" | `${number} ${string}`;

export interface ExampleHouse {
  at: string;
  records: EventRecord[];
  engine: Engine;
  calls: LiveCalls;
  /** What was asked of whom, in order: `pbx INVITE 5101`, `pbx 486`, `crm GET /customers?phone=…`. */
  ladder: string[];
  /** The latest INVITE to this number behind a trunk. */
  invite(trunk: string, user: string): string;
  tell(event: Event): void;
  happened(type: EventRecord["type"], about?: object): boolean;
  /** Waits until it has. */
  comes(type: EventRecord["type"], about?: object, withinMs?: number): Promise<void>;
  caller(options: Partial<PhoneOptions> & { user: string }): Promise<Phone>;
  /** A request of a party behind a trunk, in the dialog of the latest INVITE to him. */
  says(trunk: string, user: string, request: Parameters<typeof requestFrom>[2]): void;
  stop(): Promise<void>;
}

export interface ExampleOptions {
  /** By number; whoever is not named answers. */
  answers?: Record<string, Answer>;
  /** By host and path, without the query. */
  hosts?: Record<string, object>;
  /** What came with each call. */
  data?: Record<string, Value>;
  stated?: Record<string, Value>;
  /** How much faster the engine's time goes; 10 unless said. */
  speed?: number;
  /** Wall time at the beginning. */
  startsAt?: string;
}

export async function openExample(name: string, options: ExampleOptions = {}): Promise<ExampleHouse> {
  const { answers = {}, hosts = {}, data, stated, speed = 10 } = options;
  const stops: (() => Promise<void> | void)[] = [];
  const ladder: string[] = [];
  const peers = new Map<string, RawPhone>();
  const { strategies, ...program } = exampleProgram(name);
  const { directory } = program;
  const folder = mkdtempSync(join(tmpdir(), "example-"));
  stops.push(() => rmSync(folder, { recursive: true }));
  writePrompts(name, folder);
  directory.prompts.folder = folder;
  for (const [index, trunk] of Object.values(directory.trunks).entries()) {
    const peer = await startRawPhone(taker(trunk.id, answers, ladder, 41_000 + 2 * index));
    peers.set(trunk.id, peer);
    trunk.to = [`sip:127.0.0.1:${peer.port}`];
    trunk.healthMs = undefined;
    stops.push(() => peer.stop());
  }
  for (const host of Object.values(directory.hosts)) {
    const served = await serve(host.id, hosts, ladder);
    host.url = served.url;
    host.token = undefined;
    stops.push(served.stop);
  }

  const secret = "s";
  const endpoint = await startEndpoint({ listen: ["udp:127.0.0.1:0"], secret });
  stops.push(() => endpoint.stop());
  const media = await startMediaHere({ address: "127.0.0.1", country: directory.site.country });
  stops.push(() => media.stop());
  const clock = fastClock(options.startsAt ?? new Date().toISOString(), speed);
  const records: EventRecord[] = [];
  const defects: unknown[] = [];
  const engine = createEngine({ program: loadProgram({ strategies, ...program }), now: clock.now(), seed: 1, stated });
  const deliver = (event: Event): void =>
    host.deliver(event.type === "call.arrived" && data ? { ...event, data } : event);
  const http = createHttp({ hosts: () => directory.hosts, secret: () => undefined, deliver });
  stops.push(() => http.stop());
  const calls = await connectCalls({ drachtio: { ...endpoint.app, secret }, media, directory, deliver });
  const host = startHost({
    engine,
    calls: { perform: (command) => calls.perform(faster(command, speed)) },
    http,
    clock,
    watch: (record) => records.push(record),
    onDefect: (defect) => defects.push(defect),
  });
  stops.push(
    () => host.stop(),
    () => calls.stop(),
  );
  const at = (calls.listen[0] ?? "").replace("udp:", "");
  const phones: Phone[] = [];

  const house: ExampleHouse = {
    at,
    records,
    engine,
    calls,
    ladder,
    tell: deliver,
    invite: (trunk, user) =>
      peers.get(trunk)?.received.findLast((text) => text.startsWith(`INVITE sip:${user}@`)) ?? "",
    happened: (type, about = {}) => records.some((record) => record.type === type && has(record, about)),
    comes: (type, about = {}, withinMs = 15_000) =>
      until(() => house.happened(type, about), withinMs).catch(() => {
        throw new Error(`no ${type} ${JSON.stringify(about)}; ${records.map((record) => record.type).join(" ")}`);
      }),
    async caller(phone) {
      const started = await startPhone(phone);
      phones.push(started);
      return started;
    },
    says(trunk, user, request) {
      const peer = peers.get(trunk);
      peer?.send(requestFrom(house.invite(trunk, user), peer.port, request), Number(at.split(":")[1]));
    },
    async stop() {
      for (const phone of phones) await phone.stop();
      for (const stop of stops.toReversed()) await stop();
      expect(defects).toEqual([]);
    },
  };
  return house;
}

function has(record: object, about: object): boolean {
  const fields = new Map(Object.entries(record));
  return Object.entries(about).every(([key, value]) => fields.get(key) === value);
}

/** A peer that takes calls for every number. */
function taker(trunk: string, answers: Record<string, Answer>, ladder: string[], port: number) {
  const ringing = new Map<string, RawRequest>();
  const callOf = (text: string): string => /^Call-ID: *(.*)$/im.exec(text)?.[1] ?? "";

  function invited(request: RawRequest, user: string): void {
    const answer = answers[user] ?? answers[trunk] ?? "answers";
    if (answer === "silent") return;
    if (answer === "answers" || answer === "rings") request.reply("180 Ringing");
    if (answer === "answers") return request.reply("200 OK", { body: rawSdp(port) });
    if (answer === "rings") return void ringing.set(callOf(request.text), request);
    ladder.push(`${trunk} ${answer.split(" ", 1)[0]}`);
    request.reply(answer);
  }

  return (request: RawRequest): void => {
    const { method, text } = request;
    if (method === "ACK") return;
    const uri = decodeURIComponent(/^\S+ sips?:([^@]+)@/.exec(text)?.[1] ?? "");
    const inDialog = uri === "raw";
    const user = /^To:.*?sips?:([^@>]+)@/im.exec(text)?.[1] ?? "";
    const body = text.slice(text.indexOf("\r\n\r\n") + 4).trim();
    ladder.push(`${trunk} ${method} ${method === "NOTIFY" ? body : inDialog ? `(${user})` : uri}`);
    if (method === "INVITE" && !inDialog) return invited(request, uri);
    request.reply("200 OK", method === "INVITE" ? { body: rawSdp(port) } : {});
    if (method === "CANCEL") ringing.get(callOf(text))?.reply("487 Request Terminated");
  };
}

async function serve(host: string, replies: Record<string, object>, ladder: string[]) {
  const server = createServer((request: IncomingMessage, response) => {
    const path = new URL(request.url ?? "/", "http://h").pathname;
    ladder.push(`${host} ${request.method} ${path}`);
    const reply = replies[`${host} ${path}`];
    response.writeHead(reply ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(reply ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A tenth of a second each. */
function writePrompts(example: string, folder: string): void {
  const from = join(import.meta.dirname, "../../examples", example);
  const texts = readdirSync(from, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".strategy"))
    .map((path) => readFileSync(join(from, path), "utf8"));
  const sound = writeWav(new Int16Array(800).fill(700));
  for (const [, prompt = ""] of texts.join("\n").matchAll(/(?:play|else|music|prompt) "([^"{]+)"/g)) {
    mkdirSync(dirname(join(folder, prompt)), { recursive: true });
    writeFileSync(join(folder, `${prompt}.wav`), sound);
  }
}

/** Music that a strategy wants for a time is audio, and lasts by the wall. */
function faster(command: CallCommand, speed: number): CallCommand {
  return command.type === "music" && command.ms !== undefined ? { ...command, ms: command.ms / speed } : command;
}

function fastClock(startsAt: string, speed: number): Clock {
  const start = Date.parse(startsAt);
  const begun = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const now = (): number => Math.floor(start + (performance.now() - begun) * speed);
  return {
    now,
    wakeAt(when, wake) {
      clearTimeout(timer);
      timer = when === undefined ? undefined : setTimeout(wake, Math.max(0, (when - now()) / speed));
    },
  };
}

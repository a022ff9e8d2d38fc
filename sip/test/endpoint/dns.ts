/** A name service for tests, on a real socket: it answers what it is told, and nothing else exists. */
import { createSocket } from "node:dgram";
import type { Naptr, Srv } from "../../endpoint/names.ts";

export interface Zone {
  a?: Record<string, string[]>;
  srv?: Record<string, Srv[]>;
  naptr?: Record<string, Naptr[]>;
}

export interface NameServer {
  /** `127.0.0.1:PORT`. */
  at: string;
  /** What was asked, as `SRV _sip._udp.example.test`. */
  asked: string[];
  stop(): Promise<void>;
}

const TYPES: Record<number, string> = { 1: "A", 28: "AAAA", 33: "SRV", 35: "NAPTR" };

export async function startNameServer(zone: Zone): Promise<NameServer> {
  const socket = createSocket("udp4");
  const asked: string[] = [];
  socket.on("message", (query, from) => {
    const { name, type, end } = question(query);
    asked.push(`${TYPES[type]} ${name}`);
    const answers = answersTo(zone, name.toLowerCase(), type).map((data) => record(type, data));
    const head = Buffer.from(query.subarray(0, 12));
    head.writeUInt16BE(0x8580 | (answers.length > 0 ? 0 : 3), 2);
    head.writeUInt16BE(answers.length, 6);
    head.writeUInt32BE(0, 8);
    socket.send(Buffer.concat([head, query.subarray(12, end), ...answers]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    at: `127.0.0.1:${socket.address().port}`,
    asked,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function question(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function answersTo({ a = {}, srv = {}, naptr = {} }: Zone, name: string, type: number): Buffer[] {
  if (type === 1) return (a[name] ?? []).map((address) => Buffer.from(address.split(".").map(Number)));
  if (type === 33) {
    return (srv[name] ?? []).map((each) =>
      Buffer.concat([shorts(each.priority, each.weight, each.port), labels(each.name)]),
    );
  }
  if (type !== 35) return [];
  return (naptr[name] ?? []).map((each) =>
    Buffer.concat([
      shorts(each.order, each.preference),
      ...[each.flags, each.service, ""].map(counted),
      labels(each.replacement),
    ]),
  );
}

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(12);
  // The name of the question, at offset 12.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function shorts(...numbers: number[]): Buffer {
  const buffer = Buffer.alloc(numbers.length * 2);
  numbers.forEach((number, at) => buffer.writeUInt16BE(number, at * 2));
  return buffer;
}

const counted = (text: string) => Buffer.from([text.length, ...Buffer.from(text, "latin1")]);

const labels = (name: string) => Buffer.concat([...name.split(".").filter(Boolean).map(counted), Buffer.from([0])]);

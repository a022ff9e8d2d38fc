/**
 * Plays a recorded transcript of the native server against our endpoint: what applications and peers said is fed in at
 * its recorded time, what the endpoint says is matched with what the native server said, and every difference is named.
 */
import { readFileSync } from "node:fs";
import { cseqOf, fromTag, header, type Message, readMessage, toTag } from "../../endpoint/message.ts";
import type { Protocol } from "../../endpoint/transport.ts";
import { param } from "../../endpoint/uri.ts";
import { topVia } from "../../endpoint/via.ts";
import { createWorld, fromBytes, toBytes } from "./world.ts";

interface Line {
  ms: number;
  note?: string;
  /** An application's connection, or a SIP peer. */
  app?: string;
  peer?: string;
  open?: boolean;
  close?: "app" | "server";
  /** To the endpoint: a frame or message, or raw bytes. */
  in?: string;
  raw?: string;
  /** From the native server. */
  out?: string;
}
interface Head {
  listen: string[];
  peers: Record<string, { protocol: Protocol; host: string; port: number }>;
}

/** A rule of rewriting: the native server writes something one way always, we another. */
export interface Habit {
  name: string;
  /** The recorded text as we would have written it. */
  rewrite(recorded: string, ours: string): string;
}

interface Expected {
  ms: number;
  place: number;
  channel: string;
  text: string;
  shape: string;
  matched: boolean;
}

export interface Outcome {
  differences: string[];
  /** Names of the habits that were needed. */
  habits: Set<string>;
}

/** Two messages of one shape belong together when they are not further apart. Retransmissions are 500 ms apart at least. */
const TOLERANCE_MS = 300;

export async function replay(file: URL, habits: Habit[], unreachable: number[] = []): Promise<Outcome> {
  const [first, ...rest] = readFileSync(file, "utf8").trim().split("\n");
  const head = JSON.parse(first!) as Head;
  const lines = rest.map((line) => JSON.parse(line) as Line);
  const expected = lines.flatMap(expect);
  const inputs = lines.filter((line) => line.in !== undefined || line.raw !== undefined || line.open || line.close);
  const serverMade = namesOf(expected.map((each) => each.text));
  const learned = new Map<string, string>();
  /** How far our CSeq numbers are from the recorded ones, by our Call-ID. */
  const shifts = new Map<string, number>();
  const differences: string[] = [];
  const untimely = new Map<string, string[]>();
  const used = new Set<string>();
  const closed = new Set<string>();
  const started = new Set<string>();

  const world = createWorld({
    listen: head.listen,
    unreachable: ({ port }) => unreachable.includes(port),
    onSip(text, to) {
      const peer = Object.keys(head.peers).find((name) => head.peers[name]!.port === to.port);
      took(peer ?? `port ${to.port}`, text);
    },
    onFrame: took,
    onClosed: (name) => void closed.add(name),
  });

  /** To half a second: what is meant is retransmissions. */
  function timed(what: string, ms: number): void {
    untimely.set(what, [...(untimely.get(what) ?? []), (Math.round(ms / 500) / 2).toFixed(1)]);
  }

  function took(channel: string, text: string): void {
    const shape = shapeOf(text);
    const match = expected
      .filter((each) => !each.matched && each.channel === channel && each.shape === shape)
      .filter((each) => Math.abs(each.ms - world.now()) <= TOLERANCE_MS && sameCall(each.text, text))
      .map((each) => ({ each, distance: compare(translate(each.text), text).length }))
      .toSorted((a, b) => a.distance - b.distance)[0]?.each;
    if (!match) return timed(`${channel} extra ${shape}`, world.now());
    match.matched = true;
    learn(match.text, text);
    let recorded = translate(match.text);
    for (const { name, rewrite } of habits) {
      const rewritten = rewrite(recorded, text);
      if (rewritten !== recorded) used.add(name);
      recorded = rewritten;
    }
    for (const difference of compare(recorded, text))
      differences.push(`${channel} ${shape} ${difference.replace(/fresh\d+/g, "…")}`);
  }

  /** Not when either belongs to a call known under another Call-ID. */
  function sameCall(recorded: string, ours: string): boolean {
    const [theirs, mine] = [recorded, ours].map((text) => header(messageOf(text) ?? { headers: [] }, "call-id") ?? "");
    return (
      theirs === mine || (learned.has(theirs!) ? learned.get(theirs!) === mine : ![...learned.values()].includes(mine!))
    );
  }

  function learn(recorded: string, ours: string): void {
    const theirs = namesIn(recorded);
    const mine = namesIn(ours);
    for (let at = 0; at < theirs.length; at++) {
      const name = theirs[at]!;
      if (name !== "" && mine[at] !== undefined && mine[at] !== name && !learned.has(name))
        learned.set(name, mine[at]!);
    }
    const [recordedMessage, message] = [messageOf(recorded), messageOf(ours)];
    if (!recordedMessage || !message) return;
    const shift = (cseqOf(message)?.number ?? 0) - (cseqOf(recordedMessage)?.number ?? 0);
    const callId = header(message, "call-id")!;
    if (!shifts.has(callId)) shifts.set(callId, shift);
  }

  function translate(text: string): string {
    let result = text;
    for (const [theirs, mine] of learned) result = result.replaceAll(theirs, mine);
    const callId = [...shifts.keys()].find((each) => result.includes(each));
    const shift = shifts.get(callId ?? "") ?? 0;
    return result.replace(NATIVE_CSEQ, (number) => String(Number(number) + shift));
  }

  /** Everything it quotes of the server is known by now. */
  const quotable = (line: Line) => !serverMade.some((name) => !learned.has(name) && (line.in ?? "").includes(name));
  /** What came just before on its connection has been said. */
  const inTurn = (line: Line) => {
    const place = lines.indexOf(line);
    const mine = expected.filter((each) => each.channel === (line.app ?? line.peer) && each.place < place);
    return mine.every((each) => each.matched || each.ms < line.ms - 20);
  };

  while (inputs.length > 0) {
    const soon = inputs.filter((line, index) => line.ms <= inputs[0]!.ms + 2 && isFirstOf(inputs, index));
    const next = soon.find((line) => quotable(line) && inTurn(line)) ?? soon.find(quotable) ?? inputs[0]!;
    const at = inputs.indexOf(next);
    const [line] = inputs.splice(at, 1);
    world.advanceTo(line!.ms);
    play(line!);
    // Names are looked up in promises.
    await new Promise(setImmediate);
  }
  world.advanceTo((lines.at(-1)?.ms ?? 0) + TOLERANCE_MS);

  function play(line: Line): void {
    const { app, peer } = line;
    if (app !== undefined) {
      if (!started.has(app)) world.connect(app);
      started.add(app);
      if (line.raw !== undefined) world.feed(app, line.raw);
      else if (line.in !== undefined) world.frame(app, translate(line.in));
      else if (line.close === "app") world.disconnect(app);
      else if (line.close === "server" && isEarly(lines, line) && !closed.has(app)) {
        if (closedByServer(lines, line)) differences.push(`${app} was not closed`);
        else world.disconnect(app);
      }
    }
    if (peer !== undefined) {
      const { protocol, host, port } = head.peers[peer]!;
      world.receive(translate(line.in!), { host, port }, protocol);
    }
  }

  for (const name of closed) {
    if (!lines.some((line) => line.app === name && line.close === "server")) differences.push(`${name} was closed`);
  }
  for (const each of expected) {
    if (!each.matched) timed(`${each.channel} missing ${each.shape}`, each.ms);
  }
  for (const [what, times] of untimely) differences.push(`${what} at ${times.join(", ")} s`);
  return { differences, habits: used };
}

function expect(line: Line, place: number): Expected[] {
  if (line.out === undefined) return [];
  return [
    { ms: line.ms, place, channel: line.app ?? line.peer!, text: line.out, shape: shapeOf(line.out), matched: false },
  ];
}

/** Inputs of one connection or peer stay in order. */
function isFirstOf(inputs: Line[], index: number): boolean {
  const { app, peer, close } = inputs[index]!;
  if (close) return index === 0;
  return inputs.findIndex((line) => line.app === app && line.peer === peer) === index;
}

/** The end of a recording closes everything; that is not news. */
function isEarly(lines: Line[], line: Line): boolean {
  return lines.slice(lines.indexOf(line)).some((later) => later.in !== undefined || later.out !== undefined);
}

/** Recordings name the server as the closer when it only agreed; it closes on its own after a `NO` or a broken frame. */
function closedByServer(lines: Line[], line: Line): boolean {
  const before = lines.slice(0, lines.indexOf(line)).filter((each) => each.app === line.app);
  return before.some((each) => each.out?.includes("|NO|") || each.raw !== undefined);
}

function sipOf(text: string): string | undefined {
  const at =
    text.startsWith("SIP/2.0") || / SIP\/2\.0\r\n/.test(text.slice(0, text.indexOf("\r\n") + 2))
      ? 0
      : text.indexOf("\r\n") + 2;
  return at === 1 ? undefined : text.slice(at);
}

function messageOf(text: string): Message | undefined {
  const sip = sipOf(text);
  const message = sip === undefined ? undefined : readMessage(toBytes(sip), "rest");
  return message?.kind === "unreadable" ? undefined : message;
}

function tokensOf(text: string): string[] {
  const sip = sipOf(text);
  if (sip === text) return [];
  return (sip === undefined ? text : text.slice(0, text.indexOf("\r\n"))).split("|");
}

/** What kind of thing it is: `sip network 200 INVITE`, `response OK`, `BYE`. */
function shapeOf(text: string): string {
  const tokens = tokensOf(text);
  const message = messageOf(text);
  const frame =
    tokens[1] === "sip"
      ? `sip ${tokens[2]}${tokens[8] === "unsolicited" ? " unsolicited" : ""}`
      : tokens[1] === "response"
        ? `response ${tokens[3]}`
        : "";
  const inside = message?.kind === "request" && message.method !== "ACK" && toTag(message) !== undefined ? "re-" : "";
  const sip = message
    ? message.kind === "request"
      ? inside + message.method
      : `${message.status} ${cseqOf(message)?.method}`
    : "";
  return `${frame} ${sip}`.trim();
}

/** The names a server makes up, by place, so that two texts of one shape can be laid side by side. */
function namesIn(text: string): string[] {
  const tokens = tokensOf(text);
  const message = messageOf(text);
  const frame =
    tokens[1] === "sip"
      ? [tokens[8] === "unsolicited" ? "" : tokens[8]!]
      : tokens[1] === "response" && tokens.length > 10
        ? [tokens[10]!]
        : [""];
  if (!message) return frame;
  return [
    ...frame,
    param(topVia(message)?.params ?? "", "branch") ?? "",
    fromTag(message) ?? "",
    toTag(message) ?? "",
    header(message, "call-id") ?? "",
    header(message, "rseq") ?? "",
  ];
}

/** The native server counts from its clock; no other number looks like that. */
const NATIVE_CSEQ = /\b1230\d{5}\b/g;

/** The names that occur in what the server said and in nothing it was told before are its own; good enough: long ones. */
function namesOf(texts: string[]): string[] {
  const names = new Set<string>();
  for (const text of texts) {
    const [transaction, branch, from, to] = namesIn(text);
    for (const name of [transaction, branch, from, to])
      if (name !== undefined && looksServerMade(name)) names.add(name);
  }
  return [...names];
}

const SOFIA_NAME = /^(z9hG4bK)?[0-9A-Za-z]{13}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

function looksServerMade(name: string): boolean {
  return SOFIA_NAME.test(name) || UUID.test(name);
}

/** Field by field; ids of frames, times and sizes are not compared, the order of different headers neither. */
function compare(recorded: string, ours: string): string[] {
  return [
    ...compareTokens(tokensOf(recorded), tokensOf(ours)),
    ...compareMessages(messageOf(recorded), messageOf(ours)),
  ];
}

function compareTokens(recorded: string[], ours: string[]): string[] {
  const skipped = recorded[1] === "sip" ? [0, 3, 7] : [0, 5, 9];
  const differences: string[] = [];
  for (let at = 0; at < Math.max(recorded.length, ours.length); at++) {
    if (!skipped.includes(at) && recorded[at] !== ours[at])
      differences.push(`token ${at}: ${recorded[at]} → ${ours[at]}`);
  }
  return differences;
}

function compareMessages(recorded: Message | undefined, ours: Message | undefined): string[] {
  if (!recorded || !ours) return recorded === ours ? [] : ["one has no SIP message"];
  const differences: string[] = [];
  const start = (message: Message) => message.text.slice(0, message.text.indexOf("\r\n"));
  if (start(recorded) !== start(ours)) differences.push(`start: ${start(recorded)} → ${start(ours)}`);
  const keys = new Set([...recorded.headers, ...ours.headers].map((each) => each.key));
  for (const key of keys) {
    const [theirs, mine] = [recorded, ours].map((message) =>
      message.headers
        .filter((each) => each.key === key)
        .map((each) => `${each.name}: ${fromBytes(each.value)}`)
        .join(" & "),
    );
    if (theirs !== mine) differences.push(`${theirs} → ${mine}`);
  }
  if (recorded.body !== ours.body) differences.push(`body of ${recorded.body.length} → ${ours.body.length}`);
  return differences;
}

/**
 * Hostile input by chance: `npm test` takes a fixed sample, `npm run soak` a million messages and ten thousand values for each header.
 */
import { createRequire } from "node:module";
import { connect } from "node:net";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Address, Flow } from "../endpoint/transport.ts";
import { listenStream } from "../endpoint/transport-stream.ts";
import { ownAddress } from "../endpoint/own-address.ts";
import { safeHeaders } from "../dialog/headers.ts";
import { fromHeader } from "../dialog/address.ts";
import { ALICE, openStage, SDP } from "./endpoint/stage.ts";
import { createWorld, toBytes, type World } from "./endpoint/world.ts";

const soak = process.env["CORDBOARD_SOAK"] === "1";
vi.setConfig({ testTimeout: soak ? 3_600_000 : 60_000 });

/** The parser of drachtio-srf: none of ours. */
interface Parsed {
  headers: Record<string, string>;
  get(name: string): string | undefined;
}
const require = createRequire(import.meta.url);
const SipMessage: new (text: string) => Parsed = require("drachtio-srf/lib/sip-parser/message");

const lines = (method: string, more: string[] = []) => [
  `${method} sip:bob@127.0.0.1;transport=udp SIP/2.0`,
  "Via: SIP/2.0/UDP 192.0.2.1:5060;rport;branch=z9hG4bKfuzz, SIP/2.0/TCP [2001:db8::1]:5061;branch=z9hG4bKb",
  'Record-Route: <sip:192.0.2.8;lr>, "p" <sip:p.example:5070;lr;x=y>',
  "Max-Forwards: 70",
  'From: "Alice \\"A\\" L" <sip:alice;a=b@192.0.2.1:5060;user=phone>;tag=alice',
  "To: <sip:bob@127.0.0.1>",
  "Call-ID: fuzz@192.0.2.1",
  `CSeq: 7 ${method}`,
  "Contact: <sip:alice@192.0.2.1;transport=udp>;expires=60;q=0.5",
  "Supported: timer, 100rel",
  "Session-Expires: 1800;refresher=uac",
  "Subject: folded\r\n\t and on",
  ...more,
];
const whole = (head: string[], body = "") => [...head, `Content-Length: ${body.length}`, "", body].join("\r\n");

const SEEDS = [
  whole(lines("INVITE", ["Content-Type: application/sdp"]), SDP),
  whole(lines("OPTIONS")),
  whole(lines("REGISTER", ["Expires: 60"])),
  whole(lines("SUBSCRIBE", ["Event: presence", "Expires: 60"])),
  whole(lines("NOTIFY", ["Event: presence", "Subscription-State: active;expires=60"])),
  whole(lines("CANCEL")),
  whole(lines("ACK")),
  whole(lines("BYE").map((line) => line.replace(/^To: .*/, "$&;tag=fresh000004"))),
  whole(["SIP/2.0 200 OK", ...lines("INVITE").slice(1)]),
  whole(["SIP/2.0 183 Progress", ...lines("INVITE", ["RSeq: 1", "Require: 100rel"]).slice(1)]),
];

const PIECES = [
  "",
  "\r\n",
  "\n",
  "\r",
  "\0",
  ":",
  ";",
  ",",
  "<",
  ">",
  '"',
  "\\",
  "?",
  "@",
  "=",
  " ",
  "\t",
  "%",
  "%00",
  "\xff",
  "é",
  "[",
  "]",
  "sips:",
  "tel:",
  "z9hG4bK",
  "*",
  "-1",
  "9".repeat(40),
  "a".repeat(300),
  "\r\n ",
  "\r\nVia: x",
  "\r\nContent-Length: 5",
  "SIP/2.0",
];

const mutated = fc
  .tuple(
    fc.constantFrom(...SEEDS),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), fc.constantFrom(...PIECES)), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([seed, edits]) =>
    edits.reduce((text, [where, length, piece]) => {
      const at = Math.floor(where * text.length);
      return text.slice(0, at) + piece + text.slice(at + length);
    }, seed),
  );

describe("mutations of valid messages", () => {
  test("no fault of ours, no more answers than requests they end, and nothing left when all is over", () => {
    let said = 0;
    let world: World = begin();
    let fed = 0;

    function begin(): World {
      const fresh = createWorld({ keep: true, onSip: () => said++, onFrame() {} });
      fresh.connect("app");
      fresh.frame("app", "1|authenticate|cymru|");
      for (const method of ["invite", "options", "register", "subscribe", "notify", "message"])
        fresh.frame("app", `2|route|${method}`);
      return fresh;
    }

    function finish(): void {
      world.disconnect("app");
      world.advanceTo(world.now() + 4_000_000);
      expect(world.log.filter(({ kind }) => kind === "defect")).toEqual([]);
      const none = { transactions: { client: 0, server: 0, bytes: 0 }, held: 0, sent: 0, timers: 0, dialogs: 0 };
      expect(world.core.stats()).toMatchObject(none);
      world = begin();
    }

    fc.assert(
      fc.property(mutated, fc.constantFrom("udp" as const, "tcp" as const), (text, protocol) => {
        said = 0;
        world.receive(text, ALICE, protocol);
        // A CANCEL, or a BYE, brings the answer of its INVITE too.
        expect(said).toBeLessThanOrEqual(2);
        if (++fed % 500 === 0) finish();
      }),
      { numRuns: soak ? 1_000_000 : 3_000, endOnFailure: soak },
    );
    finish();
  });
});

/** Everything that would be a header of its own, end the message, or close a quote or bracket. */
const hostile = fc.oneof(
  fc.string({
    unit: fc.constantFrom(
      "a",
      "ü",
      "\u{1f600}",
      " ",
      "\r",
      "\n",
      "\0",
      "\t",
      ":",
      ";",
      ",",
      '"',
      "<",
      ">",
      "\\",
      "@",
      "=",
      "\u2028",
      "\x85",
      "\x0b",
    ),
  }),
  fc.constantFrom(
    "x\r\nEvil: 1",
    "x\nEvil: 1",
    "x\rEvil: 1",
    "x\r\n\r\nINVITE sip:x SIP/2.0",
    '">;evil',
    "x\0y",
    "\r\n Evil: 1",
    "Evil: 1\r\n",
  ),
);

/** Every header in which data of callers, strategies or people are written. */
const WRITTEN = [
  "From",
  "To",
  "Contact",
  "Subject",
  "User-to-User",
  "Reason",
  "Diversion",
  "History-Info",
  "P-Asserted-Identity",
  "Call-Info",
  "Refer-To",
  "Referred-By",
  "X-Conversation-Id",
  "X-Data",
  "Alert-Info",
  "Priority",
  "Retry-After",
  "Warning",
];

describe("header injection", () => {
  test.each(WRITTEN)("what is written into %s is one header, or none", { timeout: 600_000 }, (name) => {
    const sent: string[] = [];
    const world = createWorld({ onSip: (text) => sent.push(text), onFrame() {} });
    world.connect("app");
    world.frame("app", "1|authenticate|cymru|");
    /** Names of the headers, by a parser that is none of ours; `undefined` when nothing was sent. */
    const ask = (value: string | undefined): string[] | undefined => {
      sent.length = 0;
      const line = value === undefined ? [] : [`${name}: ${value}`];
      const head = [
        "MESSAGE sip:bob@192.0.2.7 SIP/2.0",
        ...line,
        "X-Last: 1",
        "Content-Type: text/plain",
        "Content-Length: 2",
      ];
      world.frame("app", `7|sip||\r\n${head.join("\r\n")}\r\n\r\nhi`);
      return sent[0] === undefined
        ? undefined
        : Object.keys(new SipMessage(sent[0]).headers)
            .map((each) => each.toLowerCase())
            .toSorted();
    };
    const plain = ask(undefined)!;
    const expected = [...new Set([...plain, name.toLowerCase()])].toSorted();
    const check = (value: string | undefined) => {
      const names = ask(value);
      if (names) expect(names).toEqual(value === undefined ? plain : expected);
      expect(sent.length).toBeLessThanOrEqual(1);
    };
    fc.assert(
      fc.property(hostile, (value) => {
        const safe = safeHeaders({ [name]: name === "From" ? fromHeader(value) : value });
        // As the live side writes it, which passes on nothing that could end a line…
        expect(safe[name] ?? "").not.toMatch(/[\r\n\0]/);
        check(safe[name] === "" ? undefined : safe[name]);
        // …and as somebody would who forgot: the endpoint refuses it. A line end alone is where drachtio-srf's own line ends.
        if (!value.includes("\r\n") && value.trim() !== "") check(value);
        world.advanceTo(world.now() + 40_000);
      }),
      { numRuns: soak ? 10_000 : 200 },
    );
  });
});

describe("floods", () => {
  test.each(["INVITE", "REGISTER"])("of one address are held off, others are served: %s", (method) => {
    const stage = openStage({ limits: { perSource: 50, pendingInvites: 100 } });
    stage.connect("app");
    stage.world.frame("app", "r|route|register");
    const FLOOD: Address = { host: "198.51.100.66", port: 5060 };
    let served = 0;
    for (let at = 0; at < 5_000; at++) {
      stage.ask(method, { from: FLOOD, callId: `flood${at}` });
      if (at % 100 !== 0) continue;
      // One that is served, among a hundred that are not.
      stage.ask(method, { callId: `honest${at}` });
      stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 486 No"]);
      if (stage.ladder.at(-1) === `${stage.world.now()} alice < 486 ${method}`) served++;
      stage.world.advanceTo(stage.world.now() + 10);
    }
    expect(served).toBe(50);
    const flood = stage.ladder.filter((line) => line.includes(FLOOD.host));
    expect(flood.filter((line) => line.endsWith(`503 ${method}`)).length).toBeGreaterThan(4_900);
    expect(stage.world.core.stats().held).toBeLessThanOrEqual(50);
    expect(stage.world.log.filter(({ kind }) => kind === "defect")).toEqual([]);
    // The next second it may ask again.
    stage.world.advanceTo(stage.world.now() + 1_000);
    stage.ask(method, { from: FLOOD, callId: "again" });
    expect(stage.ladder.at(-1)).toContain(`app < ${method}`);
  });
});

test("a stream that never completes a message is closed, however steadily it drips", async () => {
  const heard: string[] = [];
  // Whoever looks for a listener that had the port before is none of this test's.
  const received = (text: string, _flow: Flow) => text.startsWith("OPTIONS") && heard.push(text);
  const user = { received, heldUp: () => 0 };
  const transport = await listenStream({ host: "127.0.0.1", port: 0 }, ownAddress(), user, { unfinishedMs: 300 });
  const socket = connect(transport.local.port, "127.0.0.1");
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.on("error", () => {});
  socket.write("OPTIONS sip:a@b SIP/2.0\r\n");
  const drip = setInterval(() => socket.write("X: 1\r\n"), 20);
  await closed;
  clearInterval(drip);
  expect(heard).toEqual([]);
  await transport.close();
});

test("bytes of applications that are no frames end that application and no other", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("5#", "99999999#", "12#1|ping", "#", "0#")), {
        maxLength: 6,
      }),
      (chunks) => {
        const frames: string[] = [];
        const world = createWorld({ onSip() {}, onFrame: (name, payload) => name === "good" && frames.push(payload) });
        world.connect("good");
        world.frame("good", "1|authenticate|cymru|");
        world.connect("bad");
        for (const chunk of chunks) world.feed("bad", toBytes(chunk));
        world.frame("good", "2|ping");
        expect(frames.at(-1)).toContain("|OK|pong");
        expect(world.log).toEqual([]);
      },
    ),
    { numRuns: soak ? 100_000 : 300 },
  );
});

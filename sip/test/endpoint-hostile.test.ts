/** What a peer can do to hurt: each case once stopped the endpoint, held it up, or left something behind for ever. */
import { EventEmitter } from "node:events";
import { connect, Server, type Socket } from "node:net";
import type { Worker } from "node:worker_threads";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Endpoint, type LogEvent, startEndpoint, startEndpointThread } from "../endpoint/index.ts";
import { header, type Message, readMessage, toTag } from "../endpoint/message.ts";
import { ownAddress } from "../endpoint/own-address.ts";
import { createProbe } from "../endpoint/probe.ts";
import { createReach } from "../endpoint/reach.ts";
import { cutStream } from "../endpoint/stream.ts";
import { createShunned, wayTo } from "../endpoint/target.ts";
import { listenerTls } from "../endpoint/certificates.ts";
import { boundCrowd } from "../endpoint/crowd.ts";
import { listenStream } from "../endpoint/transport-stream.ts";
import { listenUdp } from "../endpoint/transport-udp.ts";
import { listenWs } from "../endpoint/transport-ws.ts";
import type * as thread from "../thread.ts";
import { CERTIFICATES } from "./endpoint/certificates.ts";
import { ALICE, BOB, openStage, SDP, type Stage } from "./endpoint/stage.ts";

const workers = vi.hoisted((): Worker[] => []);
vi.mock("../thread.ts", async (original) => {
  const real = await original<typeof thread>();
  return {
    ...real,
    startThread(...given: Parameters<typeof real.startThread>) {
      const worker = real.startThread(...given);
      workers.push(worker);
      return worker;
    },
  };
});

function open(options: Parameters<typeof openStage>[0] = {}): Stage {
  const stage = openStage(options);
  stage.connect("app");
  return stage;
}

/** Alice called and was answered; she has not acknowledged. */
function answered(contact?: string): Stage {
  const stage = open();
  stage.ask("INVITE", { body: SDP, lines: contact === undefined ? [] : [`Contact: ${contact}`] });
  stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"], SDP);
  stage.ladder.length = 0;
  return stage;
}

const NOBODY = { received() {}, heldUp: () => 0 };

const NOWHERE = [
  "sip:x@h;transport=tcp;maddr=",
  "sip:x@h;maddr=",
  "sip:x@h;maddr=;lr",
  "sip:x@h;maddr=a%00b",
  "sip:x@h;maddr=[::1",
  `sip:x@h;maddr=${"a".repeat(300)}`,
  `sip:x@${"a".repeat(300)}`,
  "sip:x@h:0",
  "sip:x@h:70000",
  "sip:x@h;transport=none",
  "sips:x@127.0.0.1",
  "sip:",
];

describe("a way that leads nowhere", () => {
  test.each(NOWHERE)("in a Contact: the application may hang up, and hears of the end: %s", (uri) => {
    const byApplication = answered(`<${uri}>`);
    byApplication.say("app", "|call;from-tag=alice", ["BYE sip:placeholder SIP/2.0"]);
    expect(byApplication.ladder.join()).toMatch(/^0 app < NOK Server error: unable to find route/);
    const byEndpoint = answered(`<${uri}>`);
    byEndpoint.world.advanceTo(32_000);
    expect(byEndpoint.ladder.at(-1)).toBe("32000 app < unsolicited BYE");
    for (const { world } of [byApplication, byEndpoint]) {
      world.advanceTo(100_000);
      expect(world.core.stats()).toMatchObject({ dialogs: 0, held: 0, sent: 0, timers: 0 });
      expect(world.log.filter(({ kind }) => kind === "defect")).toEqual([]);
    }
  });

  test.each(NOWHERE)("as a target or route of an application: %s", (uri) => {
    for (const [route, target] of [
      ["", uri],
      [uri, "sip:bob@192.0.2.2"],
    ]) {
      const stage = open();
      stage.say("app", `|${route}`, [`INVITE ${target} SIP/2.0`], SDP);
      expect(stage.ladder).toEqual([expect.stringContaining("0 app < NOK ")]);
    }
  });

  test("a name whose address cannot be used counts as one without address", async () => {
    const transport = await listenUdp({ host: "127.0.0.1", port: 0 }, ownAddress(), NOBODY);
    const broken = {
      ...transport,
      flowTo: () => {
        throw new Error("no such address");
      },
    };
    const flow = wayTo("sip:a@name", {
      transports: [broken],
      resolver: { naptr: async () => [], srv: async () => [], addresses: async () => ["192.0.2.1"] },
      random: () => 0,
      reach: createReach(),
      shunned: createShunned(() => 0, 1_000),
    });
    if ("refused" in flow) throw new Error(flow.refused);
    expect(await new Promise((resolve) => flow.send("x", resolve))).toBe("DNS Error");
    await transport.close();
  });

  test("an address the socket refuses on the spot is a failed send", async () => {
    const transport = await listenUdp({ host: "127.0.0.1", port: 0 }, ownAddress(), NOBODY);
    for (const port of [0, 70_000, -1]) {
      const failed = vi.fn();
      transport.flowTo({ host: "127.0.0.1", port }).send("x", failed);
      expect(failed).toHaveBeenCalledOnce();
    }
    await transport.close();
  });

  test("an address that cannot be probed is refused", async () => {
    const probe = createProbe();
    await new Promise<void>((resolve) => probe({ host: "255.255.255.255", port: 5060 }, resolve));
  });
});

describe("the thread", () => {
  const running: Endpoint[] = [];
  const log: LogEvent[] = [];
  const died = vi.fn();
  afterEach(async () => {
    for (const endpoint of running.splice(0)) await endpoint.stop();
    log.length = 0;
    died.mockClear();
  });

  async function start(): Promise<{ endpoint: Endpoint; worker: Worker }> {
    const listen = ["udp:127.0.0.1:0", "tcp:127.0.0.1:0"];
    const endpoint = await startEndpointThread({ listen, secret: "s", died, log: (event) => log.push(event) });
    running.push(endpoint);
    return { endpoint, worker: workers.at(-1)! };
  }

  test("an exception nobody caught is reported, and the endpoint goes on", async () => {
    const { endpoint, worker } = await start();
    // No question at all: the promise of its answer fails.
    worker.postMessage(null);
    await expect.poll(() => log.map(({ kind }) => kind)).toEqual(["defect"]);
    expect(await endpoint.stats()).toMatchObject({ dialogs: 0 });
    expect(died).not.toHaveBeenCalled();
  });

  test("its death is told, and every question about it ends at once", async () => {
    const { endpoint, worker } = await start();
    const asked = endpoint.stats();
    asked.catch(() => {});
    await worker.terminate();
    await expect.poll(() => died.mock.calls.length).toBe(1);
    expect(log.map(({ kind }) => kind)).toEqual(["died"]);
    await expect(endpoint.stats()).rejects.toThrow("has stopped");
    await endpoint.stop();
    await endpoint.stop();
  });

  test.each([
    ["in this thread", startEndpoint],
    ["in its own thread", startEndpointThread],
  ])("stopping twice is stopping: %s", async (_where, how) => {
    const endpoint = await how({ listen: ["udp:127.0.0.1:0"], secret: "s", died });
    await Promise.all([endpoint.stop(), endpoint.stop()]);
    await endpoint.stop();
    expect(died).not.toHaveBeenCalled();
  });

  test("a Contact with an empty maddr does not end it", async () => {
    const { endpoint } = await start();
    const app = connect(endpoint.app.port, endpoint.app.host);
    const heard: string[] = [];
    app.on("data", (data) => heard.push(data.toString()));
    const say = (payload: string) => app.write(`${payload.length}#${payload}`);
    say("1|authenticate|s|");
    say("2|sip||\r\nOPTIONS sip:x@h;transport=tcp;maddr= SIP/2.0\r\n\r\n");
    await expect.poll(() => heard.join("")).toContain("|NOK|no way to");
    expect(await endpoint.stats()).toMatchObject({ sent: 0 });
    app.destroy();
  });

  test("a stream that cannot be cut is closed, though the peer does not close its side", async () => {
    const { endpoint } = await start();
    const socket = connect({
      port: Number(endpoint.listen[1]!.split(":").at(-1)),
      host: "127.0.0.1",
      allowHalfOpen: true,
    });
    const heard: string[] = [];
    socket.on("error", () => {});
    socket.on("data", (data) => heard.push(data.toString()));
    socket.write(options(["Content-Length: 0", "l: 4"]));
    await expect.poll(() => heard.join("")).toContain("SIP/2.0 400 ");
    await expect.poll(async () => (await endpoint.stats()).connections).toBe(0);
    socket.destroy();
  });
});

function options(lines: string[], start = "OPTIONS sip:a@127.0.0.1 SIP/2.0"): string {
  const plain = [
    "Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKx;rport",
    "From: <sip:a@127.0.0.1>;tag=a",
    "To: <sip:b@127.0.0.1>",
    "Call-ID: c",
    "CSeq: 1 OPTIONS",
  ];
  return [start, ...plain, ...lines, "", ""].join("\r\n");
}

const folded = (blanks: number) => `Fold: a\r\n b${" ".repeat(blanks)}c`;

/** Milliseconds of processor time it takes. */
function costs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1_000;
}

describe("time", () => {
  test("unfolding takes what it takes to look once", () => {
    const text = options(Array<string>(15).fill(folded(16_300)));
    expect(costs(() => readMessage(text, "length"))).toBeLessThan(100);
    const read = readMessage(options(["Fold: a \r\n \r\n\t b  \t c \r\n d "]), "length");
    expect(read.kind !== "unreadable" && header(read, "fold")).toBe("a  b  \t c d");
  });

  test("a message that comes byte by byte takes what it takes to look once", () => {
    const text = options([`X: ${"a".repeat(150_000)}`, "Content-Length: 0"]);
    const got: string[] = [];
    const take = cutStream({ message: (each) => got.push(each), ping() {}, lost: () => got.push("lost") });
    const bytes = Buffer.from(text);
    const drip = () => {
      for (let at = 0; at < bytes.length; at++) take(bytes.subarray(at, at + 1));
    };
    expect(costs(drip)).toBeLessThan(1_000);
    expect(got).toEqual([text]);
  });

  test("INVITEs an application never reacts to hold up the others for four seconds", () => {
    const stage = open({ limits: { pendingInvites: 2 } });
    for (const callId of ["one", "two", "three"]) stage.ask("INVITE", { callId });
    expect(stage.ladder.at(-1)).toBe("0 alice < 503 INVITE");
    stage.world.advanceTo(4_000);
    stage.ladder.length = 0;
    for (const callId of ["four", "five", "six"]) stage.ask("INVITE", { callId });
    expect(stage.ladder.filter((line) => !line.includes("100"))).toEqual([
      "4000 app < INVITE",
      "4000 app < INVITE",
      "4000 alice < 503 INVITE",
    ]);
  });
});

describe("what nobody is served by takes no memory", () => {
  test.each(["BYE", "INVITE", "INFO", "UPDATE", "NOTIFY", "REFER", "MESSAGE"])("%s of no dialog", (method) => {
    const stage = open();
    for (let at = 0; at < 50; at++) stage.ask(method, { callId: `none${at}`, toTag: "none" });
    expect(stage.ladder).toEqual(Array.from({ length: 50 }, () => `0 alice < 481 ${method}`));
    expect(stage.world.core.stats()).toMatchObject({ transactions: { server: 0, bytes: 0 }, timers: 0 });
  });

  test("CANCEL of no INVITE, and its copy gets the same answer", () => {
    const stage = open();
    const tags = [1, 2].map(() => {
      stage.ask("CANCEL", { branch: "z9hG4bKnone" });
      return toTag(stage.last("alice"));
    });
    expect(stage.ladder).toEqual(["0 alice < 481 CANCEL", "0 alice < 481 CANCEL"]);
    expect(tags[0]).toBe(tags[1]);
    expect(stage.world.core.stats()).toMatchObject({ transactions: { server: 0, bytes: 0 }, timers: 0 });
  });

  test("nor an answer, where only some are heard: a tag that was made up opens no ears; who knows his is heard to the end", () => {
    const stage = answered();
    const tag = toTag(stage.last("alice"))!;
    stage.ask("ACK", { toTag: tag });
    stage.world.core.hear(["203.0.113.0/24"]);
    stage.ladder.length = 0;
    for (const method of ["BYE", "INVITE", "INFO", "CANCEL", "NOTIFY"]) stage.ask(method, { toTag: "none", cseq: 2 });
    expect(stage.ladder).toEqual([]);
    const bye = { toTag: tag, cseq: 3, branch: "z9hG4bKlast" };
    stage.ask("BYE", bye);
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"]);
    stage.ask("BYE", bye);
    expect(stage.ladder).toEqual(["0 app < BYE", "0 alice < 200 BYE", "0 alice < 200 BYE"]);
  });

  const LARGE = [`Subject: ${"x".repeat(10_000)}`];

  test("one address sends so many bytes a second, others are served", () => {
    const stage = open({ limits: { bytesPerSource: 25_000 } });
    for (const callId of ["one", "two", "three"]) stage.ask("INVITE", { callId, lines: LARGE });
    expect(stage.ladder.at(-1)).toBe("0 alice < 503 INVITE");
    stage.ask("INVITE", { callId: "other", from: BOB });
    expect(stage.ladder.at(-1)).toBe("0 app < INVITE");
    stage.world.advanceTo(1_000);
    stage.ask("INVITE", { callId: "later", lines: LARGE });
    expect(stage.ladder.at(-1)).toBe("1000 app < INVITE");
  });

  test("all addresses together have answers remembered up to a bound, until those have ended", () => {
    const via = `Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK`;
    const large = (at: number) => [`${via}${at};x=${"x".repeat(10_000)}`];
    const stage = open({ limits: { keptBytes: 25_000 } });
    for (let at = 0; at < 4; at++) stage.ask("SUBSCRIBE", { callId: `${at}`, lines: large(at) });
    expect(stage.ladder.at(-1)).toBe("0 alice < 503 SUBSCRIBE");
    expect(stage.world.core.stats().transactions.server).toBe(3);
    stage.world.advanceTo(40_000);
    expect(stage.world.core.stats().transactions.server).toBe(0);
    stage.ladder.length = 0;
    stage.ask("INVITE", { callId: "later" });
    expect(stage.ladder.at(-1)).toBe("40000 app < INVITE");
  });
});

describe("what is read", () => {
  test.each([
    ["OPTIONS sip:a@127.0.0.1 sip/2.0", "OPTIONS sip:a@127.0.0.1 SIP/2.0"],
    ["OPTIONS sip:a@127.0.0.1 Sip/2.0  ", "OPTIONS sip:a@127.0.0.1 SIP/2.0"],
    ["sip/2.0 200 fine", "SIP/2.0 200 fine"],
    ["SIP/2.0 200", "SIP/2.0 200"],
  ])("the version is handed on in capitals: %s", (start, expected) => {
    const read = readMessage(options([], start), "length");
    expect(read).toMatchObject({ version: "SIP/2.0", text: options([], expected) });
  });

  test("a letter whose second byte looks like white space keeps it", () => {
    const read = readMessage(options(["Subject: voil\xc3\xa0"]), "length");
    expect(read.kind !== "unreadable" && header(read, "subject")).toBe("voil\xc3\xa0");
  });

  test("a first line is no longer than a header may be", () => {
    const read = readMessage(options([], `OPTIONS sip:${"a".repeat(16_384)} SIP/2.0`), "length");
    expect(read).toEqual({ kind: "unreadable", why: "the first line is too long" });
  });

  test.each<[string, string[], string[]]>([
    ["one length", ["Content-Length: 0"], ["message"]],
    ["one length twice", ["Content-Length: 0", "l : 0"], ["message"]],
    ["two lengths", ["Content-Length: 0", "l: 5"], ["lost"]],
    ["two lengths, apart", ["Content-Length: 0", "X: y", "CONTENT-LENGTH: 5"], ["lost"]],
    ["a length that goes on", ["Content-Length: 0\r\n 5"], ["lost"]],
    ["a length that is none", ["Content-Length: x"], ["lost"]],
  ])("in a stream: %s", (_name, lines, expected) => {
    const got: string[] = [];
    const take = cutStream({ message: () => got.push("message"), ping() {}, lost: () => got.push("lost") });
    const text = options(lines);
    expect(take(Buffer.from(text.slice(0, 50)))).toBe(true);
    expect(take(Buffer.from(text.slice(50)))).toBe(expected[0] === "lost");
    expect(got).toEqual(expected);
  });

  test("a message too large gets 513 over tcp", () => {
    const stage = open();
    stage.ask("OPTIONS", { protocol: "tcp", lines: ["Content-Length: 300000"] });
    expect(stage.ladder).toEqual(["0 alice < 513 OPTIONS (tcp)"]);
  });

  test("every copy of a broken request gets the same answer, another request another tag", () => {
    const stage = open();
    const tags = ["z9hG4bKone", "z9hG4bKone", "z9hG4bKtwo"].map((branch) => {
      stage.ask("OPTIONS", { branch, lines: ["Max-Forwards: many"] });
      return toTag(stage.last("alice"));
    });
    expect(stage.ladder[0]).toBe("0 alice < 400 OPTIONS");
    expect(tags[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(tags[1]).toBe(tags[0]);
    expect(tags[2]).not.toBe(tags[0]);
  });
});

/** An answer to an INVITE of ours. */
function okOf(invite: Message, tag: string): string {
  const lines = ["via", "from", "call-id", "cseq"].map((name) => `${name}: ${header(invite, name)}`);
  const more = [`To: ${header(invite, "to")};tag=${tag}`, "Contact: <sip:bob@192.0.2.2>"];
  return ["SIP/2.0 200 OK", ...lines, ...more, "", ""].join("\r\n");
}

describe("nothing is left behind", () => {
  test("by a callee that rings, takes the CANCEL and never answers", () => {
    const stage = open();
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0"], SDP);
    const transaction = stage.tokens("app")[10];
    stage.answer(BOB, "180 Ringing");
    stage.say("app", `${transaction}|`, ["CANCEL sip:bob@192.0.2.2 SIP/2.0"]);
    stage.answer(BOB, "200 OK");
    stage.world.advanceTo(40_000);
    expect(stage.ladder.at(-1)).toBe("32000 app < 487 INVITE");
    const none = { transactions: { client: 0, server: 0, bytes: 0 }, dialogs: 0, sent: 0, timers: 0 };
    expect(stage.world.core.stats()).toMatchObject(none);
  });

  test.each([
    [
      "a Contact that can be read",
      "Contact: <sip:bob@192.0.2.2>",
      ["0 bob < INVITE", "32000 bob < ACK", "32000 bob < BYE"],
    ],
    ["one that leads nowhere", "Contact: ;;;", ["0 bob < INVITE"]],
  ])("by an application that never acknowledges who has picked up: %s", (_name, contact, steps) => {
    const stage = open();
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0"], SDP);
    stage.answer(BOB, "200 OK", [contact], SDP);
    stage.world.advanceTo(32_000);
    expect(stage.ladder.filter((step) => step.includes("bob"))).toEqual(steps);
    expect(stage.ladder.at(-1)).toBe("32000 app < unsolicited BYE");
    expect(stage.world.core.stats()).toMatchObject({ dialogs: 0, sent: 0 });
  });

  test("by a callee that answers under ever other tags: a few are released, once each, and the rest costs nothing", () => {
    const stage = open();
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0"], SDP);
    const invite = stage.last("bob");
    stage.answer(BOB, "200 OK", [], SDP);
    stage.say("app", `|${stage.tokens("app")[9]}`, ["ACK sip:placeholder SIP/2.0"]);
    const answers = Array.from({ length: 100 }, (_, at) => okOf(invite, `fork${at}`));
    stage.ladder.length = 0;
    for (const answer of [...answers, ...answers]) stage.world.receive(answer, BOB);
    const said = (what: string) => stage.ladder.filter((step) => step.endsWith(what)).length;
    expect([said("BYE"), said("ACK")]).toEqual([16, 32]);
  });

  test("by BYEs of ours that wait for the ACK when the peer's BYE comes first", () => {
    const stage = answered();
    const tag = toTag(stage.last("alice"))!;
    for (const _ of "12") stage.say("app", "|call;from-tag=alice", ["BYE sip:placeholder SIP/2.0"]);
    stage.ladder.length = 0;
    stage.ask("BYE", { cseq: 2, toTag: tag });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"]);
    expect(stage.ladder).toEqual(["0 app < BYE", "0 alice < 200 BYE", "0 alice < BYE", "0 alice < BYE"]);
    stage.answer(ALICE, "481 Gone");
    expect(stage.ladder.at(-1)).toBe("0 app < 481 BYE");
    stage.world.advanceTo(100_000);
    expect(stage.ladder.at(-1)).toBe("32000 app < 408 BYE");
    expect(stage.world.core.stats()).toMatchObject({ dialogs: 0, sent: 0, held: 0, timers: 0 });
  });
});

describe("a crowd", () => {
  const tls = { own: CERTIFICATES, trust: { ca: [], unverified: [] } };
  const from = (remoteAddress: string) => {
    const socket = Object.assign(new EventEmitter(), { remoteAddress, destroy: vi.fn(() => socket.emit("close")) });
    return socket;
  };

  test("of one address is held back beyond a bound, others are not; whoever goes makes room", () => {
    const server = new Server();
    const end = boundCrowd(server, 2);
    const come = (address: string) => {
      const socket = from(address);
      server.emit("connection", socket);
      return socket;
    };
    const [one, two, three, other] = ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"].map(come);
    const ended = () => [one, two, three, other].map((socket) => socket?.destroy.mock.calls.length);
    expect(ended()).toEqual([0, 0, 1, 0]);
    one?.emit("close");
    expect([come("192.0.2.1"), come("192.0.2.1")].map((socket) => socket.destroy.mock.calls.length)).toEqual([0, 1]);
    end();
    expect(ended()).toEqual([0, 1, 1, 1]);
  });

  test.each(["tcp", "tls", "ws", "wss"])(
    "of connections that say nothing, not even hello, is held back, and no reason to wait at the end: %s",
    async (protocol) => {
      const secured = protocol === "tls" || protocol === "wss" ? { tls } : {};
      const listen = protocol.startsWith("w") ? listenWs : listenStream;
      const at = { host: "127.0.0.1", port: 0 };
      const transport = await listen(at, ownAddress(), NOBODY, { ...secured, mostOfOne: 2 });
      const come = async (): Promise<Socket> => {
        const socket = connect(transport.local.port, "127.0.0.1");
        socket.on("error", () => {}).resume();
        await new Promise((resolve) => socket.once("connect", resolve));
        return socket;
      };
      const [one, two, three] = [await come(), await come(), await come()];
      await new Promise((resolve) => three.on("close", resolve));
      expect([one.destroyed, two.destroyed]).toEqual([false, false]);
      await transport.close();
    },
  );

  test("has ten seconds to shake hands, where browsers connect too", () => {
    expect(listenerTls(tls)).toMatchObject({ handshakeTimeout: 10_000 });
  });
});

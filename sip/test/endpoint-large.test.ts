/** Requests too large for a datagram go by TCP, and to whoever takes none by UDP after all (RFC 3261 18.1.1; row 4.30). */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createSignalling, type Signalling, type SipDialog } from "../dialog/srf.ts";
import { startEndpoint } from "../endpoint/index.ts";
import { header } from "../endpoint/message.ts";
import { startPhone } from "./endpoint/sipp.ts";
import { ALICE, BOB, openStage, SDP, type Stage } from "./endpoint/stage.ts";
import { freePort } from "./peers/ports.ts";
import { peerSuite } from "./peers/suite.ts";

const INVITE_BOB = "INVITE sip:bob@192.0.2.2 SIP/2.0";
const LARGE = `Subject: ${"x".repeat(1_300)}`;
const CONTACT = "Contact: <sip:us@localhost>";

function open(options: Parameters<typeof openStage>[0] = {}): Stage {
  const stage = openStage(options);
  stage.connect("app");
  return stage;
}

const onlyDatagrams = () => open({ unreachable: (_remote, protocol) => protocol === "tcp" });
const since = (stage: Stage) => stage.ladder.splice(0);
const said = (stage: Stage, name: string) => header(stage.last("bob"), name);
/** What a request must keep when it is said again (RFC 3261 8.1.3.4, 17.1.2). */
const identity = (stage: Stage) => ["from", "to", "call-id", "cseq", "contact"].map((name) => said(stage, name));

/** The application called Bob, who answered. The name of the dialog. */
function calling(stage: Stage, lines: string[] = []): string {
  stage.say("app", "|", [INVITE_BOB], SDP);
  stage.answer(BOB, "200 OK", lines, SDP);
  const dialog = stage.tokens("app")[9]!;
  stage.say("app", `|${dialog}`, ["ACK sip:placeholder SIP/2.0"]);
  since(stage);
  return dialog;
}

describe("a large request", () => {
  test("from 1301 bytes on goes by TCP; its Via says so, its Contact and the dialog stay with UDP", () => {
    const stage = open();
    const say = (pad: number) => stage.say("app", "|", [INVITE_BOB, CONTACT, `Subject: ${"x".repeat(pad)}`], SDP);
    say(100);
    const pad = 100 + 1_300 - stage.last("bob").text.length;
    say(pad);
    expect(stage.last("bob").text).toHaveLength(1_300);
    expect(since(stage)).toEqual(["0 bob < INVITE", "0 bob < INVITE"]);
    say(pad + 1);
    expect(since(stage)).toEqual(["0 bob < INVITE (tcp)"]);
    expect(said(stage, "via")).toMatch(/^SIP\/2.0\/TCP 127.0.0.1:5070;branch=z9hG4bK\w+$/);
    expect(said(stage, "contact")).toBe("<sip:us@127.0.0.1:5070>");
    stage.answer(BOB, "200 OK", [], SDP);
    const dialog = stage.tokens("app")[9]!;
    stage.say("app", `|${dialog}`, ["ACK sip:placeholder SIP/2.0"]);
    stage.say("app", `|${dialog}`, ["BYE sip:placeholder SIP/2.0"]);
    expect(since(stage)).toEqual(["0 app < 200 INVITE", "0 bob < ACK", "0 bob < BYE"]);
  });

  test("its CANCEL and the ACK of a refusal go where it went", () => {
    const stage = open();
    stage.say("app", "|", [INVITE_BOB, LARGE], SDP);
    const via = said(stage, "via");
    stage.answer(BOB, "180 Ringing");
    stage.say("app", `${stage.tokens("app")[8]}|`, ["CANCEL sip:bob@192.0.2.2 SIP/2.0"]);
    expect(since(stage)).toEqual(["0 bob < INVITE (tcp)", "0 app < 180 INVITE", "0 bob < CANCEL (tcp)"]);
    expect(said(stage, "via")).toBe(via);
    stage.answer(BOB, "200 OK");
    stage.say("app", "|", [INVITE_BOB, LARGE], SDP);
    stage.answer(BOB, "486 Busy Here");
    expect(since(stage).slice(-3)).toEqual(["0 bob < INVITE (tcp)", "0 bob < ACK (tcp)", "0 app < 486 INVITE"]);
  });

  test("to whom no connection stands goes by UDP as the same request, and the next ones for ten minutes at once", () => {
    const stage = onlyDatagrams();
    const say = () => stage.say("app", "|", [INVITE_BOB, CONTACT, LARGE, "Call-ID: one"], SDP);
    say();
    // The application hears of one request.
    expect(since(stage)).toEqual(["0 bob < INVITE (tcp)", "0 bob < INVITE"]);
    expect(said(stage, "via")).toMatch(/^SIP\/2.0\/UDP 127.0.0.1:5070;rport;branch=/);
    expect(said(stage, "contact")).toBe("<sip:us@127.0.0.1:5070>");
    stage.answer(BOB, "486 Busy Here");
    expect(since(stage)).toEqual(["0 bob < ACK", "0 app < 486 INVITE"]);
    say();
    expect(since(stage)).toEqual(["0 bob < INVITE"]);
    stage.answer(BOB, "486 Busy Here");
    stage.world.advanceTo(599_000);
    since(stage);
    say();
    expect(since(stage)).toEqual(["599000 bob < INVITE"]);
    stage.answer(BOB, "486 Busy Here");
    stage.world.advanceTo(600_001);
    since(stage);
    say();
    expect(since(stage)).toEqual(["600001 bob < INVITE (tcp)", "600001 bob < INVITE"]);
    stage.answer(BOB, "486 Busy Here");
    stage.world.advanceTo(700_000);
    expect(stage.world.core.stats()).toMatchObject({ sent: 0, timers: 0, dialogs: 0, transactions: { client: 0 } });
  });

  test("is the same one by UDP: From, To, Call-ID, CSeq", () => {
    const stages = [open(), onlyDatagrams()];
    const [first, second] = stages.map((stage) => {
      stage.say("app", "|", [INVITE_BOB, CONTACT, LARGE], SDP);
      return identity(stage);
    });
    expect(second).toEqual(first);
  });

  test("that a connection takes and nobody answers goes by UDP after four seconds; one that is answered does not", () => {
    for (const answered of [false, true]) {
      const stage = open();
      stage.say("app", "|", [INVITE_BOB, LARGE], SDP);
      if (answered) stage.answer(BOB, "180 Ringing");
      since(stage);
      stage.world.advanceTo(4_000);
      expect(since(stage)).toEqual(answered ? [] : ["4000 bob < INVITE"]);
    }
  });

  test("inside a dialog goes by TCP too, and by UDP under the same number; refused by its peer it is not said again", () => {
    for (const stage of [open(), onlyDatagrams()]) {
      const dialog = calling(stage);
      stage.say("app", `|${dialog}`, ["INFO sip:placeholder SIP/2.0", LARGE]);
      const [first, ...others] = since(stage);
      expect(first).toBe("0 bob < INFO (tcp)");
      const cseq = said(stage, "cseq");
      expect(Number(cseq?.split(" ")[0])).toBeGreaterThan(0);
      if (others.length > 0) expect(others).toEqual(["0 bob < INFO"]);
      stage.world.advanceTo(10_000);
      stage.answer(BOB, "503 Service Unavailable");
      expect(since(stage).filter((line) => !line.includes("bob < INFO"))).toEqual(["10000 app < 503 INFO"]);
      // The next number: none was lost on the way.
      stage.say("app", `|${dialog}`, ["INFO sip:placeholder SIP/2.0"]);
      expect(said(stage, "cseq")).toBe(`${Number(cseq?.split(" ")[0]) + 1} INFO`);
    }
  });

  test("to a peer behind a NAT, or where we listen on UDP alone, stays with UDP; so do large responses", () => {
    const nat = open();
    const dialog = calling(nat, ["Contact: <sip:bob@192.168.1.20>"]);
    nat.say("app", `|${dialog}`, ["INFO sip:placeholder SIP/2.0", LARGE]);
    expect(since(nat)).toEqual(["0 bob < INFO"]);

    const udp = open({ listen: ["udp:127.0.0.1:5070"] });
    udp.say("app", "|", [INVITE_BOB, LARGE], SDP);
    expect(since(udp)).toEqual(["0 bob < INVITE"]);

    const answering = open();
    answering.ask("OPTIONS");
    answering.say("app", `${answering.tokens("app")[8]}|`, ["SIP/2.0 200 OK", LARGE]);
    expect(since(answering)).toEqual(["0 app < OPTIONS", "0 alice < 200 OPTIONS"]);
  });

  test("with which the endpoint refreshes a session goes by UDP the second time", () => {
    const stage = onlyDatagrams();
    stage.ask("INVITE", { body: SDP, lines: ["Supported: timer", "Session-Expires: 90;refresher=uas"] });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"], `${SDP}a=${"x".repeat(1_300)}\r\n`);
    stage.ask("ACK", { toTag: header(stage.last("alice"), "to")?.split("tag=")[1] });
    since(stage);
    stage.world.advanceTo(48_000);
    expect(since(stage).filter((line) => line.includes("INVITE"))).toEqual([
      "45000 alice < INVITE (tcp)",
      "48000 alice < INVITE",
    ]);
    stage.answer(ALICE, "200 OK", ["Session-Expires: 90;refresher=uac"], SDP);
    stage.world.advanceTo(80_000);
    expect(since(stage)).toEqual(["48000 alice < ACK"]);
  });

  test("by which a kept caller is moved to the next application arrives by UDP", () => {
    const stage = open({ keep: true, unreachable: (_remote, protocol) => protocol === "tcp" });
    stage.ask("INVITE", { body: SDP });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"], SDP);
    stage.ask("ACK", { toTag: header(stage.last("alice"), "to")?.split("tag=")[1] });
    stage.world.disconnect("app");
    stage.connect("next");
    stage.world.advanceTo(1_000);
    since(stage);
    stage.say("next", `${stage.tokens("next")[8]}|`, ["SIP/2.0 200 OK"], `${SDP}a=${"x".repeat(1_300)}\r\n`);
    expect(since(stage).filter((line) => line.includes("alice"))).toEqual([
      "1000 alice < INVITE (tcp)",
      "1000 alice < INVITE",
    ]);
    stage.answer(ALICE, "200 OK", [], SDP);
    expect(stage.world.core.stats()).toMatchObject({ dialogs: 1, orphans: 0 });
  });
});

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function startHere(): Promise<Signalling> {
  const endpoint = await startEndpoint({ listen: ["udp:127.0.0.1:0", "tcp:127.0.0.1:0"], secret: "large" });
  closing.push(() => endpoint.stop());
  const srf = createSignalling();
  srf.on("error", () => {});
  srf.connect({ ...endpoint.app, secret: "large" });
  await new Promise<void>((resolve) => srf.on("connect", () => resolve()));
  closing.push(() => srf.disconnect());
  return srf;
}

/** Another endpoint as the peer: what its application heard a request on. */
async function startPeer(port: number, protocols: string[]): Promise<string[]> {
  const listen = protocols.map((each) => `${each}:127.0.0.1:${port}`);
  const endpoint = await startEndpoint({ listen, secret: "large" });
  closing.push(() => endpoint.stop());
  const srf = createSignalling();
  srf.connect({ ...endpoint.app, secret: "large" });
  await new Promise<void>((resolve) => srf.on("connect", () => resolve()));
  closing.push(() => srf.disconnect());
  const heard: string[] = [];
  srf.use("message", (request, reply) => {
    heard.push(`${request.protocol} ${request.get("Via")?.slice(0, 11)} ${request.get("Subject")?.length}`);
    reply.send(200);
  });
  return heard;
}

function message(srf: Signalling, port: number, length: number): Promise<number> {
  const headers = { Subject: "x".repeat(length) };
  return new Promise((resolve, reject) =>
    srf.request(`sip:bob@127.0.0.1:${port}`, { method: "MESSAGE", headers }, (error, request) =>
      request ? request.on("response", ({ status }) => resolve(status)) : reject(error),
    ),
  );
}

describe("on real sockets", () => {
  test("a peer with UDP and TCP hears the large one by TCP, one with UDP alone by UDP", async () => {
    const [both, udp] = [await freePort(), await freePort()];
    const heard = [await startPeer(both, ["udp", "tcp"]), await startPeer(udp, ["udp"])];
    const srf = await startHere();
    for (const port of [both, udp]) {
      for (const length of [10, 1_300, 5_000]) expect(await message(srf, port, length)).toBe(200);
    }
    const lengths = [10, 1_300, 5_000];
    expect(heard).toEqual([
      lengths.map((length) => (length > 10 ? `tcp SIP/2.0/TCP ${length}` : `udp SIP/2.0/UDP ${length}`)),
      lengths.map((length) => `udp SIP/2.0/UDP ${length}`),
    ]);
  });

  test("a peer that says nothing to a connection, as behind a NAT, hears it by UDP within two seconds, then at once", async () => {
    const port = await freePort();
    await deafTo(port);
    const heard = await startPeer(port, ["udp"]);
    const srf = await startHere();
    const began = performance.now();
    expect(await message(srf, port, 1_300)).toBe(200);
    const first = performance.now();
    expect(await message(srf, port, 1_300)).toBe(200);
    expect(first - began).toBeGreaterThan(900);
    // Far from the two minutes that the kernel would try, and from the 10 s of other connections.
    expect(first - began).toBeLessThan(6_000);
    expect(performance.now() - first).toBeLessThan(900);
    expect(heard).toEqual(["udp SIP/2.0/UDP 1300", "udp SIP/2.0/UDP 1300"]);
  });
});

/** A TCP port that lets no connection stand: a stopped process, whose queue is full. */
async function deafTo(port: number): Promise<void> {
  const listening = `require("net").createServer().listen({port:${port},host:"127.0.0.1",backlog:1},()=>console.log())`;
  const child = spawn(process.execPath, ["-e", listening], { stdio: ["ignore", "pipe", "inherit"] });
  closing.push(() => child.kill("SIGKILL"));
  await once(child.stdout, "data");
  child.kill("SIGSTOP");
  const queue: Socket[] = [];
  closing.push(() => queue.forEach((each) => each.destroy()));
  for (let waiting = 0; waiting < 2; waiting++) {
    const socket = connect(port, "127.0.0.1");
    queue.push(socket);
    await once(socket, "connect");
  }
}

peerSuite("large", ["sipp"], () => {
  test("SIPp, which listens on TCP alone, takes the call, and its end", async () => {
    const srf = await startHere();
    const phone = await startPhone({ scenario: "callee-answers", transport: "tcp" });
    const headers = { Subject: "x".repeat(1_300) };
    const dialog = await new Promise<SipDialog>((resolve, reject) =>
      srf.createUAC(
        { uri: `sip:bob@127.0.0.1:${phone.port}`, headers, localSdp: SDP },
        { cbRequest() {}, cbProvisional() {} },
        (error, found) => (found ? resolve(found) : reject(error)),
      ),
    );
    dialog.destroy({}, () => {});
    expect(await phone.done).toBe("");
  });
});

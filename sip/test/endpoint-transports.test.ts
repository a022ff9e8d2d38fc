/** TLS and WebSocket on real sockets, and how a peer behind a NAT or a connection is reached. */
import { createRequire } from "node:module";
import { connect } from "node:net";
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import {
  type Endpoint,
  type EndpointOptions,
  type LogEvent,
  startEndpoint,
  startEndpointThread,
} from "../endpoint/index.ts";
import { header, readMessage, toTag } from "../endpoint/message.ts";
import { createReach } from "../endpoint/reach.ts";
import type { Flow } from "../endpoint/transport.ts";
import { parseUri } from "../endpoint/uri.ts";
import { AUTHORITY, CERTIFICATES, EXPIRED } from "./endpoint/certificates.ts";
import { BOB, openStage, SDP } from "./endpoint/stage.ts";
import { createSignalling, type Signalling, type SipDialog, statusOf } from "../dialog/srf.ts";

interface Client {
  send(text: string | Buffer): void;
  close(): void;
  on(event: "message", listener: (data: Buffer, binary: boolean) => void): void;
  on(event: "open" | "close", listener: () => void): void;
  on(event: "error", listener: (error: Error) => void): void;
}
const WebSocket: new (url: string, protocols: string[], options: object) => Client = createRequire(import.meta.url)(
  "ws",
);

const SECRET = "transports";
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function start(options: Partial<EndpointOptions>, how = startEndpoint): Promise<Endpoint> {
  const endpoint = await how({ listen: [], secret: SECRET, certificates: CERTIFICATES, ...options });
  closing.push(() => endpoint.stop());
  return endpoint;
}

async function startApp(endpoint: Endpoint): Promise<Signalling> {
  const srf = createSignalling();
  srf.on("error", () => {});
  srf.connect({ host: endpoint.app.host, port: endpoint.app.port, secret: SECRET });
  await new Promise<void>((resolve) => srf.on("connect", () => resolve()));
  closing.push(() => srf.disconnect());
  return srf;
}

const portOf = (endpoint: Endpoint, protocol: string) =>
  Number(
    endpoint.listen
      .find((each) => each.startsWith(`${protocol}:`))!
      .split(":")
      .at(-1),
  );

/** The status of the answer. */
function ask(srf: Signalling, uri: string): Promise<number> {
  return new Promise((resolve, reject) => {
    srf.request(uri, { method: "OPTIONS" }, (error, request) => {
      if (!request) reject(error);
      request?.on("response", (response) => resolve(response.status));
    });
  });
}

/** The call, or the status it failed with. */
function call(srf: Signalling, uri: string): Promise<SipDialog | number | undefined> {
  const nothing = { cbRequest() {}, cbProvisional() {} };
  return new Promise((resolve) =>
    srf.createUAC({ uri, headers: {}, localSdp: SDP }, nothing, (error, dialog) => resolve(dialog ?? statusOf(error))),
  );
}

const TRUSTING = { ca: [AUTHORITY], unverified: [] };

describe("rows 0.1, 0.28: TLS", () => {
  test.each([
    ["in this thread", startEndpoint],
    ["in its own thread", startEndpointThread],
  ])("calls from one endpoint to another, by sips and by transport=tls: %s", async (_where, how) => {
    const there = await start({ listen: ["tls:127.0.0.1:0"] }, how);
    const here = await start({ listen: ["tls:127.0.0.1:0", "udp:127.0.0.1:0"], trust: TRUSTING }, how);
    const [callee, caller] = [await startApp(there), await startApp(here)];
    const said: string[] = [];
    callee.use("invite", (request, reply) => {
      const via = request.get("Via")?.slice(0, 11);
      said.push(`${request.protocol} ${via} ${request.get("Contact")?.replace(/\d{4,}/, "PORT")}`);
      callee.createUAS(request, reply, { localSdp: SDP }, () => {});
    });
    const port = portOf(there, "tls");
    for (const uri of [`sips:bob@localhost:${port}`, `sip:bob@127.0.0.1:${port};transport=tls`]) {
      const dialog = await call(caller, uri);
      if (typeof dialog !== "object") throw new Error(`${uri} failed with ${dialog}`);
      await new Promise((resolve) => dialog.destroy({}, resolve));
    }
    expect(said).toEqual(["sips", "sip"].map((scheme) => `tls SIP/2.0/TLS <${scheme}:127.0.0.1:PORT;transport=tls>`));
    expect((await there.stats()).dialogs).toBe(0);
  });

  test("whom nobody vouches for is not called, until he is trusted or need not be verified", async () => {
    const there = await start({ listen: ["tls:127.0.0.1:0"] });
    const here = await start({ listen: ["tls:127.0.0.1:0"] }, startEndpointThread);
    const [callee, caller] = [await startApp(there), await startApp(here)];
    let heard = 0;
    callee.use("options", (_request, reply) => {
      heard++;
      reply.send(200);
    });
    const uri = `sip:localhost:${portOf(there, "tls")};transport=tls`;
    expect(await ask(caller, uri)).toBe(503);
    // Not a word before it is known who listens.
    expect(heard).toBe(0);
    here.trust({ ca: [], unverified: ["localhost"] });
    expect(await ask(caller, uri)).toBe(200);
    // The connection that stands is another name's.
    expect(await ask(caller, uri.replace("localhost", "127.0.0.2"))).toBe(503);
    here.trust(TRUSTING);
    expect(await ask(caller, `${uri};maddr=127.0.0.1`)).toBe(200);
  });

  test("the authority of one host vouches for no other", async () => {
    const there = await start({ listen: ["tls:127.0.0.1:0"] });
    const callee = await startApp(there);
    callee.use("options", (_request, reply) => reply.send(200));
    const vouched = new Map([
      ["127.0.0.1", { system: false, ca: [AUTHORITY] }],
      ["localhost", { system: true, ca: [] }],
    ]);
    const here = await start({ listen: ["tls:127.0.0.1:0"], trust: { ...TRUSTING, vouched } }, startEndpointThread);
    const caller = await startApp(here);
    const found = ["127.0.0.1", "localhost"].map((host) =>
      ask(caller, `sip:${host}:${portOf(there, "tls")};transport=tls`),
    );
    expect(await Promise.all(found)).toEqual([200, 503]);
  });

  test("an expired certificate is told with its reason; one that is good again is taken without a restart", async () => {
    const server = createTlsServer(CERTIFICATES, (socket: TLSSocket) => {
      socket.on("data", (data) => {
        const request = readMessage(data.toString(), "length");
        if (request.kind === "unreadable") throw new Error(request.why);
        const echo = ["Via", "From", "To", "Call-ID", "CSeq"].map(
          (name) => `${name}: ${header(request, name.toLowerCase())}`,
        );
        socket.write(["SIP/2.0 200 OK", ...echo, "Content-Length: 0", "", ""].join("\r\n"));
      });
      socket.on("error", () => {});
      closing.push(() => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closing.push(() => server.close());
    const { port } = server.address() as { port: number };
    const log: LogEvent[] = [];
    const trust = { ca: [AUTHORITY, EXPIRED], unverified: [] };
    const here = await start(
      { listen: ["tls:127.0.0.1:0"], trust, log: (event) => log.push(event) },
      startEndpointThread,
    );
    const caller = await startApp(here);
    // Each by a name of its own, for a connection that stands is used again.
    const asked = (host: string) => ask(caller, `sip:${host}:${port};transport=tls`);
    expect(await asked("127.0.0.1")).toBe(200);
    expect(log).toEqual([]);
    server.setSecureContext({ cert: EXPIRED, key: CERTIFICATES.key });
    expect(await asked("localhost")).toBe(503);
    const to = { host: "127.0.0.1", port };
    await expect
      .poll(() => log)
      .toEqual([{ kind: "untrusted", to, name: "localhost", why: "certificate has expired", more: 0 }]);
    server.setSecureContext(CERTIFICATES);
    expect(await asked("localhost")).toBe(200);
  });

  test("a certificate of another name is none, and the server hears which name was meant", async () => {
    const names: (string | false | null | undefined)[] = [];
    const heard: string[] = [];
    const server = createTlsServer(CERTIFICATES, (socket: TLSSocket) => {
      names.push(socket.servername);
      socket.on("data", (data) => heard.push(data.toString().slice(0, 7)));
      socket.on("error", () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
    closing.push(() => server.close());
    const { port } = server.address() as { port: number };
    const caller = await startApp(await start({ listen: ["tls:127.0.0.1:0"], trust: TRUSTING }));
    expect(await ask(caller, `sip:127.0.0.2:${port};transport=tls`)).toBe(503);
    expect(heard).toEqual([]);
    void ask(caller, `sip:localhost:${port};transport=tls`);
    await expect.poll(() => heard).toEqual(["OPTIONS"]);
    expect(names.at(-1)).toBe("localhost");
  });

  test("who has connected from somebody's address is not him: without a registration nobody is called over it", async () => {
    const here = await start({ listen: ["tls:127.0.0.1:0"], trust: TRUSTING });
    const srf = await startApp(here);
    srf.use("register", (request, reply) => reply.send(200, { headers: { Contact: request.get("Contact") ?? "" } }));
    const heard: string[] = [];
    const socket = connect({ port: portOf(here, "tls"), host: "127.0.0.1", localAddress: "127.0.0.2" });
    const impostor = connectTls({ socket, ca: AUTHORITY, servername: "localhost" });
    closing.push(() => impostor.destroy());
    impostor.on("data", (data) => heard.push(data.toString().split(" ", 2).join(" ")));
    impostor.write(fromPhone("OPTIONS", "127.0.0.2"));
    await expect.poll(() => heard).toEqual(["SIP/2.0 503"]);
    // A carrier that is named by its address, say.
    const there = `sip:127.0.0.2:${socket.localPort};transport=tls`;
    expect(await ask(srf, there)).toBe(503);
    impostor.write(fromPhone("REGISTER", "127.0.0.2"));
    await expect.poll(() => heard).toEqual(["SIP/2.0 503", "SIP/2.0 200"]);
    void ask(srf, there);
    await expect.poll(() => heard.at(-1)).toMatch(/^OPTIONS/);
  });

  test("a phone's plain connection takes nothing that is meant to be secret", () => {
    const [host, port] = ["192.0.2.1", 40_000];
    const reach = createReach();
    const flow: Flow = {
      protocol: "tcp",
      reliable: true,
      local: { host: "127.0.0.1", port: 5060 },
      remote: { host, port },
      open: () => true,
      send() {},
    };
    const request = readMessage(fromPhone("REGISTER", host).replace("192.168.1.20;transport=tls", host), "length");
    if (request.kind !== "request") throw new Error("unreadable");
    reach.learn(request, flow);
    const reaches = (uri: string) => reach.flowTo(parseUri(uri)!) === flow;
    expect([`sip:bob@${host}`, `sip:${host}:${port};transport=tcp`].map(reaches)).toEqual([true, true]);
    const secret = [`sips:bob@${host}`, `sip:bob@${host};transport=tls`, `sip:${host}:${port};transport=tls`];
    expect(secret.map(reaches)).toEqual([false, false, false]);
  });

  test("a client that speaks no TLS, and one that speaks too old a one, leave nothing behind", async () => {
    const here = await start({ listen: ["tls:127.0.0.1:0"] });
    const port = portOf(here, "tls");
    const old = connectTls({
      port,
      host: "127.0.0.1",
      maxVersion: "TLSv1.1",
      minVersion: "TLSv1.1",
      rejectUnauthorized: false,
    });
    await new Promise((resolve) => old.once("error", resolve));
    expect((await here.stats()).connections).toBe(0);
    await expect(start({ listen: ["tls:127.0.0.1:0"], certificates: undefined })).rejects.toThrow(
      "needs a certificate",
    );
  });
});

/** Of a phone on TLS, whose Contact is at an address of its own network. */
function fromPhone(method: string, host: string): string {
  return [
    `${method} sip:cordboard.test SIP/2.0`,
    `Via: SIP/2.0/TLS ${host};branch=z9hG4bK${method}`,
    "Max-Forwards: 70",
    "From: <sip:bob@cordboard.test>;tag=a",
    "To: <sip:bob@cordboard.test>",
    `Call-ID: ${method}`,
    `CSeq: 1 ${method}`,
    "Contact: <sip:bob@192.168.1.20;transport=tls>;expires=60",
    "Content-Length: 0",
    "",
    "",
  ].join("\r\n");
}

/** A browser, as far as SIP sees it. */
async function browser(
  url: string,
  protocols = ["sip"],
  origin?: string,
  host?: string,
): Promise<{ socket: Client; heard: string[]; binary: boolean[] }> {
  const socket = new WebSocket(url, protocols, {
    ca: AUTHORITY,
    ...(origin && { origin }),
    ...(host && { headers: { host } }),
  });
  closing.push(() => socket.close());
  const heard: string[] = [];
  const binary: boolean[] = [];
  socket.on("message", (data, isBinary) => {
    heard.push(data.toString("latin1"));
    binary.push(isBinary);
  });
  await new Promise<void>((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
  });
  return { socket, heard, binary };
}

function fromBrowser(method: string, lines: string[] = []): string {
  return [
    `${method} sip:cordboard.test SIP/2.0`,
    `Via: SIP/2.0/WS df7jal23ls0d.invalid;branch=z9hG4bK${method}`,
    "Max-Forwards: 70",
    "From: <sip:alice@cordboard.test>;tag=a",
    "To: <sip:alice@cordboard.test>",
    `Call-ID: ${method}`,
    `CSeq: 1 ${method}`,
    "Contact: <sip:alice@df7jal23ls0d.invalid;transport=ws>;expires=60",
    ...lines,
    "",
    "",
  ].join("\r\n");
}

describe("WebSocket", () => {
  test.each(["ws", "wss"] as const)("a browser registers, and is called over its connection: %s", async (protocol) => {
    const endpoint = await start({ listen: [`${protocol}:127.0.0.1:0`, "udp:127.0.0.1:0"] });
    const srf = await startApp(endpoint);
    srf.use("register", (request, reply) => {
      expect(request.protocol).toBe(protocol);
      reply.send(200, { headers: { Contact: request.get("Contact") ?? "" } });
    });
    const { socket, heard } = await browser(`${protocol}://localhost:${portOf(endpoint, protocol)}`);
    // Content-Length may be absent: a frame has an end.
    socket.send(fromBrowser("REGISTER"));
    await expect.poll(() => heard.length).toBe(1);
    expect(heard[0]).toContain("SIP/2.0 200 OK");
    const called = call(srf, "sip:alice@df7jal23ls0d.invalid;transport=ws");
    await expect.poll(() => heard.length).toBe(2);
    expect(heard[1]).toMatch(
      new RegExp(
        `^INVITE [^]*\r\nVia: SIP/2.0/${protocol.toUpperCase()} 127.0.0.1[^]*\r\nContact: <sip:127.0.0.1:\\d+;transport=ws>`,
      ),
    );
    socket.send(
      heard[1]!
        .replace(/^.*/, "SIP/2.0 486 Busy Here")
        .replace(/\r\nTo: .*/, "$&;tag=b")
        .replace(/\r\n\r\n[^]*/, "\r\n\r\n")
        .replace(/\r\nContent-Length: \d+/, ""),
    );
    expect(await called).toBe(486);
    expect(heard[2]).toMatch(/^ACK /);
  });

  test("what is no text goes as binary, and comes so", async () => {
    const endpoint = await start({ listen: ["ws:127.0.0.1:0"] });
    const srf = await startApp(endpoint);
    srf.use("options", (request, reply) => reply.send(200, { headers: { "X-Name": request.get("X-Name") ?? "" } }));
    const { socket, heard, binary } = await browser(`ws://127.0.0.1:${portOf(endpoint, "ws")}`);
    socket.send(fromBrowser("OPTIONS", ["X-Name: Zoë"]));
    await expect.poll(() => binary).toEqual([false]);
    socket.send("\r\n\r\n");
    await expect.poll(() => heard[1]).toBe("\r\n");
    socket.send(Buffer.from(fromBrowser("MESSAGE", ["X-Name: \xff"]), "latin1"));
    await expect.poll(() => heard[2]?.slice(0, 11)).toBe("SIP/2.0 503");
  });

  test("who does not speak SIP on it is refused; who is gone cannot be called", async () => {
    const endpoint = await start({ listen: ["ws:127.0.0.1:0"] });
    const srf = await startApp(endpoint);
    const url = `ws://127.0.0.1:${portOf(endpoint, "ws")}`;
    await expect(browser(url, ["chat"])).rejects.toThrow("401");
    expect((await fetch(url.replace("ws", "http"))).status).toBe(426);
    expect(await ask(srf, "sip:alice@127.0.0.1:9;transport=ws")).toBe(503);
    expect((await endpoint.stats()).connections).toBe(0);
  });

  test("pages of other hosts are refused unless they are named", async () => {
    const endpoint = await start({ listen: ["ws:127.0.0.1:0"], origins: ["https://desk.example"] });
    const url = `ws://127.0.0.1:${portOf(endpoint, "ws")}`;
    for (const origin of ["http://127.0.0.1:8080", "https://desk.example"]) await browser(url, ["sip"], origin);
    for (const origin of ["https://evil.example", "https://desk.example.evil.example", "null"]) {
      await expect(browser(url, ["sip"], origin)).rejects.toThrow("401");
    }
    expect((await endpoint.stats()).connections).toBe(2);
  });

  test("a page whose name has been led to this machine is refused: here no password is asked for", async () => {
    const endpoint = await start({ listen: ["ws:127.0.0.1:0"], origins: ["https://pbx.example"] });
    const port = portOf(endpoint, "ws");
    const url = `ws://127.0.0.1:${port}`;
    for (const origin of ["http://evil.example", `http://evil.example:${port}`]) {
      await expect(browser(url, ["sip"], origin, `evil.example:${port}`)).rejects.toThrow("401");
    }
    await browser(url, ["sip"], "http://localhost:8080", `localhost:${port}`);
    // Behind a proxy of this machine.
    await browser(url, ["sip"], "https://pbx.example", "pbx.example");
  });

  test("nobody takes over the address of another by registering it", async () => {
    const endpoint = await start({ listen: ["ws:127.0.0.1:0", "udp:127.0.0.1:0"] });
    const srf = await startApp(endpoint);
    srf.use("register", (_request, reply) => reply.send(200));
    const { socket, heard } = await browser(`ws://127.0.0.1:${portOf(endpoint, "ws")}`);
    socket.send(fromBrowser("REGISTER").replace("df7jal23ls0d.invalid;transport=ws>", "192.0.2.55;transport=ws>"));
    await expect.poll(() => heard.length).toBe(1);
    expect(await ask(srf, "sip:alice@192.0.2.55;transport=ws")).toBe(503);
    expect(heard).toHaveLength(1);
  });

  test("a message too large ends the connection, and nothing else", async () => {
    const endpoint = await start({ listen: ["ws:127.0.0.1:0"] });
    const { socket } = await browser(`ws://127.0.0.1:${portOf(endpoint, "ws")}`);
    const closed = new Promise<void>((resolve) => socket.on("close", resolve));
    socket.send("x".repeat(300_000));
    await closed;
    await expect.poll(async () => (await endpoint.stats()).connections).toBe(0);
  });
});

describe("a peer behind a NAT", () => {
  const OUTSIDE = { host: "192.0.2.1", port: 33_000 };

  test("that calls is reached where it was seen; one that knows its address by its Contact", () => {
    for (const [via, where] of [
      ["10.0.0.5:5060;rport", "192.0.2.1"],
      // It does not ask for that.
      ["10.0.0.5:5060", "10.0.0.5"],
      ["192.0.2.1:5060;rport", "10.0.0.5"],
    ]) {
      const stage = openStage();
      stage.connect("app");
      const lines = [`Via: SIP/2.0/UDP ${via};branch=z9hG4bKnat`, "Contact: <sip:alice@10.0.0.5:5060>"];
      stage.ask("INVITE", { from: OUTSIDE, lines, body: SDP });
      stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"], SDP);
      stage.ask("ACK", { from: OUTSIDE, lines, toTag: toTag(stage.last(where === "192.0.2.1" ? "alice" : "alice")) });
      stage.ladder.length = 0;
      stage.say("app", "|call;from-tag=alice", ["BYE sip:placeholder SIP/2.0"]);
      expect(stage.ladder).toEqual([`0 ${where === "192.0.2.1" ? "alice" : where} < BYE`]);
    }
  });

  test("that is called is reached where it answered", () => {
    const stage = openStage();
    stage.connect("app");
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0"], SDP);
    stage.answer(BOB, "200 OK", ["Contact: <sip:bob@192.168.1.20>"], SDP);
    stage.ladder.length = 0;
    const id = stage.tokens("app")[9]!;
    stage.say("app", `|${id}`, ["ACK sip:placeholder SIP/2.0"]);
    stage.say("app", `|${id}`, ["BYE sip:placeholder SIP/2.0"]);
    expect(stage.ladder).toEqual(["0 bob < ACK", "0 bob < BYE"]);
  });
});

describe("how messages are written", () => {
  test("row 4.29: compact forms, when asked; applications see the long ones", () => {
    const stage = openStage({ writing: { compact: true } });
    stage.connect("app");
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0", "Supported: timer", "Subject: m"], `${SDP}f: x\r\n`);
    const names = stage
      .last("bob")
      .text.split("\r\n\r\n")[0]!
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(":")[0]);
    expect(names).toEqual(["v", "Max-Forwards", "f", "t", "i", "CSeq", "m", "k", "s", "c", "l"]);
    expect(stage.last("bob").body).toContain("\r\nf: x");
    stage.answer(BOB, "486 Busy", []);
    expect(stage.last("bob").text).toMatch(/\r\ni: /);
    stage.ask("OPTIONS", { lines: [] });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"]);
    expect(stage.last("alice").text).toMatch(/\r\nv: [^]*\r\nl: 0/);
    expect(stage.tokens("app").join()).toContain("Msg sent");
  });

  test("compact forms are read like long ones", () => {
    const stage = openStage();
    stage.connect("app");
    const text = [
      "INVITE sip:bob@127.0.0.1 SIP/2.0",
      "v: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKshort",
      "f: <sip:alice@192.0.2.1>;tag=alice",
      "t: <sip:bob@127.0.0.1>",
      "i: call",
      "CSeq: 1 INVITE",
      "m: <sip:alice@192.0.2.1>",
      "c: application/sdp",
      `l: ${SDP.length}`,
      "",
      SDP,
    ];
    stage.world.receive(text.join("\r\n"), { host: "192.0.2.1", port: 5060 });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"], SDP);
    expect(stage.ladder).toEqual(["0 alice < 100 INVITE", "0 app < INVITE", "0 alice < 200 INVITE"]);
  });

  test("row 4.10: a token for the user in Contacts of ours; requests to it are in the dialog", () => {
    const stage = openStage({ writing: { contactToken: true } });
    stage.connect("app");
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0", "Contact: <sip:+4930123@localhost>"], SDP);
    const contact = header(stage.last("bob"), "contact")!;
    expect(contact).toMatch(/^<sip:c[0-9a-f]{20}@127\.0\.0\.1:5070>$/);
    stage.answer(BOB, "200 OK", [], SDP);
    const bye = header(stage.last("bob"), "from")!;
    stage.ladder.length = 0;
    stage.ask("BYE", {
      from: BOB,
      uri: contact.slice(1, -1),
      lines: ["From: <sip:bob@192.0.2.2>;tag=bob", `To: ${bye}`, `Call-ID: ${header(stage.last("bob"), "call-id")}`],
    });
    expect(stage.ladder).toEqual(["0 app < BYE"]);
    stage.say("app", "|", ["REGISTER sip:192.0.2.2 SIP/2.0", "Contact: <sip:+4930123@192.0.2.77>"]);
    expect(header(stage.last("bob"), "contact")).toBe("<sip:+4930123@192.0.2.77>");
  });
});

/** The endpoint on real sockets of this machine, without any program of others. */
import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { createRequire } from "node:module";
import { afterEach, expect, test } from "vitest";
import { type Endpoint, startEndpoint, startEndpointThread } from "../endpoint/index.ts";

/** What we use of drachtio-srf; its own declarations lack most of it. */
interface Srf {
  connect(options: { host: string; port: number; secret: string }): void;
  disconnect(): void;
  once(event: "connect", listener: (error: unknown) => void): void;
  on(event: "error", listener: () => void): void;
  invite(handler: (req: Incoming) => void): void;
  message(handler: (req: Incoming, res: Reply) => void): void;
  register(handler: (req: Incoming, res: Reply) => void): void;
  request(
    uri: string,
    options: object,
    sent: (error: unknown, req: { on(event: "response", listener: (res: { status: number }) => void): void }) => void,
  ): void;
}
interface Reply {
  send(status: number, options?: object): void;
}
interface Incoming {
  body: string;
  get(header: string): string;
}
const Srf: new () => Srf = createRequire(import.meta.url)("drachtio-srf");

const SECRET = "sockets";
const running: Endpoint[] = [];
const apps: Srf[] = [];

async function start(listen: string[], how = startEndpoint): Promise<Endpoint> {
  const endpoint = await how({ listen, secret: SECRET });
  running.push(endpoint);
  return endpoint;
}

async function startApp(endpoint: Endpoint): Promise<Srf> {
  const srf = new Srf();
  apps.push(srf);
  srf.connect({ host: endpoint.app.host, port: endpoint.app.port, secret: SECRET });
  await new Promise((resolve) => srf.once("connect", resolve));
  return srf;
}

afterEach(async () => {
  for (const srf of apps.splice(0)) srf.disconnect();
  for (const endpoint of running.splice(0)) await endpoint.stop();
});

const portOf = (listen: string) => Number(listen.split(":").at(-1));

test.each([
  "udp",
  "udp:127.0.0.1",
  "tls:127.0.0.1:5061",
  "sctp:127.0.0.1:5060",
  "udp:127.0.0.1:70000",
  "udp:nowhere.invalid:0",
])("an address that cannot be listened on is an error: %s", async (listen) => {
  await expect(startEndpoint({ listen: [listen], secret: SECRET })).rejects.toThrow();
});

test.each([
  ["in this thread", startEndpoint],
  ["in its own thread", startEndpointThread],
])("a taken port is an error, and leaves nothing open: %s", async (_where, how) => {
  const first = await start(["udp:127.0.0.1:0"]);
  await expect(how({ listen: ["tcp:127.0.0.1:0", first.listen[0]!], secret: SECRET })).rejects.toThrow("EADDRINUSE");
});

test.each([
  ["in this thread", startEndpoint],
  ["in its own thread", startEndpointThread],
])("MESSAGE and REGISTER from one endpoint to another: %s", async (_where, how) => {
  const here = await start(["udp:127.0.0.1:0", "tcp:127.0.0.1:0"], how);
  const there = await start(["udp:127.0.0.1:0", "tcp:127.0.0.1:0"], how);
  const [caller, callee] = [await startApp(here), await startApp(there)];
  const bodies: string[] = [];
  callee.register((req, res) => res.send(200, { headers: { Contact: req.get("Contact"), Expires: "60" } }));
  callee.message((req, res) => {
    bodies.push(req.body);
    res.send(200);
  });
  const ask = (uri: string, options: object) =>
    new Promise<number>((resolve, reject) => {
      caller.request(uri, options, (error, req) => {
        if (error) reject(error);
        else req.on("response", (res) => resolve(res.status));
      });
    });
  const [udp, tcp] = there.listen.map(portOf);
  const long = "ü".repeat(40_000);
  const headers = { "Content-Type": "text/plain" };
  expect(await ask(`sip:bob@127.0.0.1:${udp}`, { method: "MESSAGE", headers, body: "hé" })).toBe(200);
  expect(await ask(`sip:bob@localhost:${tcp};transport=tcp`, { method: "MESSAGE", headers, body: long })).toBe(200);
  const contact = { Contact: "<sip:alice@localhost>;expires=60" };
  expect(await ask(`sip:127.0.0.1:${udp}`, { method: "REGISTER", headers: contact })).toBe(200);
  expect(bodies).toEqual(["hé", long]);
});

test("a double CRLF over tcp is answered with one, nonsense ends the connection", async () => {
  const endpoint = await start(["tcp:127.0.0.1:0"]);
  const socket = connect(portOf(endpoint.listen[0]!), "127.0.0.1");
  const heard: string[] = [];
  socket.on("data", (data) => heard.push(data.toString()));
  socket.write("\r\n\r\n");
  await expect.poll(() => heard.join("")).toBe("\r\n");
  expect((await endpoint.stats()).connections).toBe(1);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.write("OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1;branch=z9hG4bKx\r\n\r\n");
  await closed;
  expect(heard.join("")).toContain("SIP/2.0 400 Bad Request");
});

test("stopping refuses the INVITEs applications hold", async () => {
  const endpoint = await start(["udp:127.0.0.1:0"]);
  const srf = await startApp(endpoint);
  const rang = new Promise((resolve) => srf.invite(resolve));
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const heard: string[] = [];
  socket.on("message", (data) => heard.push(data.toString().slice(8, 11)));
  const lines = [
    "INVITE sip:bob@127.0.0.1 SIP/2.0",
    `Via: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bKstop;rport`,
    "From: <sip:alice@127.0.0.1>;tag=a",
    "To: <sip:bob@127.0.0.1>",
    "Call-ID: stop",
    "CSeq: 1 INVITE",
    `Contact: <sip:alice@127.0.0.1:${socket.address().port}>`,
    "",
    "",
  ];
  socket.send(lines.join("\r\n"), portOf(endpoint.listen[0]!), "127.0.0.1");
  await rang;
  srf.on("error", () => {});
  srf.disconnect();
  apps.length = 0;
  await running.pop()!.stop();
  await expect.poll(() => heard).toEqual(["100", "503"]);
  socket.close();
});

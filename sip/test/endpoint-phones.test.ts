/** The unmodified drachtio-srf on our endpoint, with SIPp as phones, over real sockets. */
import Srf from "drachtio-srf";
import { afterEach, expect, test } from "vitest";
import { type Endpoint, startEndpoint, startEndpointThread } from "../endpoint/index.ts";
import { startPhone } from "./endpoint/sipp.ts";
import { freePort } from "./peers/ports.ts";
import { peerSuite } from "./peers/suite.ts";

const SECRET = "phones";
const running: Endpoint[] = [];
const apps: Srf[] = [];

async function startApp(start = startEndpoint): Promise<{ srf: Srf; at: string; endpoint: Endpoint }> {
  const endpoint = await start({ listen: ["udp:127.0.0.1:0", "tcp:127.0.0.1:0"], secret: SECRET });
  running.push(endpoint);
  const srf = new Srf();
  apps.push(srf);
  void srf.connect({ host: endpoint.app.host, port: endpoint.app.port, secret: SECRET });
  await new Promise((resolve) => srf.once("connect", resolve));
  return { srf, endpoint, at: endpoint.listen[0]!.slice("udp:".length) };
}

afterEach(async () => {
  for (const srf of apps.splice(0)) srf.disconnect();
  for (const endpoint of running.splice(0)) await endpoint.stop();
});

type Invite = Parameters<Srf["createUAS"]>;

function onInvite(srf: Srf, handle: (req: Invite[0], res: Invite[1]) => Promise<unknown>): void {
  srf.invite((req, res) => void handle(req, res));
}

const SDP =
  "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\na=sendrecv\r\n";

peerSuite("phones", ["sipp"], () => {
  test.each(["udp", "tcp"] as const)("createUAS, the caller hangs up: %s", async (transport) => {
    const { srf, endpoint } = await startApp();
    const ended = new Promise((resolve) =>
      onInvite(srf, async (req, res) => (await srf.createUAS(req, res, { localSdp: SDP })).on("destroy", resolve)),
    );
    const to = endpoint.listen.find((each) => each.startsWith(transport))!.slice(4);
    const phone = await startPhone({ scenario: "uac", call: to, transport });
    expect(await phone.done).toBe("");
    await ended;
    expect((await endpoint.stats()).dialogs).toBe(0);
  });

  test.each(["udp", "tcp"] as const)("createUAS, we hang up: %s", async (transport) => {
    const { srf, endpoint } = await startApp();
    onInvite(srf, async (req, res) => {
      const dialog = await srf.createUAS(req, res, { localSdp: SDP });
      setTimeout(() => dialog.destroy(), 100);
    });
    const to = endpoint.listen.find((each) => each.startsWith(transport))!.slice(4);
    const phone = await startPhone({ scenario: "caller-hears-bye", call: to, transport });
    expect(await phone.done).toBe("");
  });

  test.each(["udp", "tcp"] as const)("createUAC, we hang up: %s", async (transport) => {
    const { srf } = await startApp();
    const phone = await startPhone({ scenario: "callee-answers", transport });
    const dialog = await srf.createUAC(`sip:bob@127.0.0.1:${phone.port};transport=${transport}`, { localSdp: SDP });
    dialog.destroy();
    expect(await phone.done).toBe("");
  });

  test.each(["udp", "tcp"] as const)("createUAC, the callee hangs up: %s", async (transport) => {
    const { srf } = await startApp();
    const phone = await startPhone({ scenario: "callee-hangs-up", transport });
    const dialog = await srf.createUAC(`sip:bob@127.0.0.1:${phone.port};transport=${transport}`, { localSdp: SDP });
    await new Promise((resolve) => dialog.on("destroy", resolve));
    expect(await phone.done).toBe("");
  });

  test.each([
    ["in this thread", startEndpoint],
    ["in its own thread", startEndpointThread],
  ])("createB2BUA, many calls: endpoint %s", async (_where, start) => {
    const { srf, at, endpoint } = await startApp(start);
    const callee = await startPhone({ scenario: "callee-answers", calls: 50 });
    onInvite(srf, async (req, res) => {
      const { uas, uac } = await srf.createB2BUA(req, res, `sip:bob@127.0.0.1:${callee.port}`, { localSdpB: req.body });
      uas.on("destroy", () => uac.destroy());
      uac.on("destroy", () => uas.destroy());
    });
    const caller = await startPhone({ scenario: "uac", call: at, calls: 50, rate: 50 });
    expect(await caller.done).toBe("");
    expect(await callee.done).toBe("");
    expect(await endpoint.stats()).toMatchObject({ dialogs: 0, held: 0 });
  });

  test("createB2BUA, the caller cancels", async () => {
    const { srf, at } = await startApp();
    const callee = await startPhone({ scenario: "callee-rings" });
    onInvite(srf, (req, res) => srf.createB2BUA(req, res, `sip:bob@127.0.0.1:${callee.port}`, {}).catch(() => {}));
    const caller = await startPhone({ scenario: "caller-cancels", call: at });
    expect(await caller.done).toBe("");
    expect(await callee.done).toBe("");
  });

  test("createB2BUA, the callee is busy", async () => {
    const { srf, at } = await startApp();
    const callee = await startPhone({ scenario: "callee-busy" });
    onInvite(srf, (req, res) => srf.createB2BUA(req, res, `sip:bob@127.0.0.1:${callee.port}`, {}).catch(() => {}));
    const caller = await startPhone({ scenario: "caller-hears-busy", call: at });
    expect(await caller.done).toBe("");
    expect(await callee.done).toBe("");
  });

  test("the caller holds", async () => {
    const { srf, at } = await startApp();
    const held = new Promise((resolve) =>
      onInvite(srf, async (req, res) => {
        const dialog = await srf.createUAS(req, res, { localSdp: SDP });
        dialog.on("modify", (reinvite, answer) => {
          answer.send(200, { body: SDP.replace("sendrecv", "recvonly") });
          resolve(reinvite.body.includes("a=sendonly"));
        });
      }),
    );
    const caller = await startPhone({ scenario: "caller-holds", call: at });
    expect(await caller.done).toBe("");
    expect(await held).toBe(true);
  });

  test("nobody listens: 503 without waiting for the timeout", async () => {
    const { srf } = await startApp();
    const port = await freePort();
    const begun = Date.now();
    const call = srf.createUAC(`sip:bob@127.0.0.1:${port}`, { localSdp: SDP });
    await expect(call).rejects.toMatchObject({ status: 503 });
    expect(Date.now() - begun).toBeLessThan(2_000);
  });
});

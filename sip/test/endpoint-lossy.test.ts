/**
 * What the tests of the native server cover, with SIPp on a line that loses a tenth of what is said: cancelled calls, lost 200s and ACKs, reliable
 * 18x, INVITEs that overlap, long messages. Session timers need minutes: they are in `endpoint-dialogs.test.ts`, on the virtual clock.
 */
import Srf from "drachtio-srf";
import { afterEach, expect, test } from "vitest";
import { type Endpoint, startEndpoint } from "../endpoint/index.ts";
import { createSignalling } from "../dialog/srf.ts";
import * as script from "./peers/scenarios.ts";
import { sipp } from "./peers/sipp.ts";
import { peerSuite } from "./peers/suite.ts";

const SECRET = "lossy";
const SDP =
  "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\na=sendrecv\r\n";
const LOST = 10;
const CALLS = 30;

const RINGS = [script.invited, script.ringsSurely, script.pause(20), script.answers].join("\n");

/** A phone that says its last 200 again for whoever did not hear it. */
const LINGERS = '<timewait milliseconds="8000"/>';
const RUNG = script.invite
  .replace(' start_rtd="1"', "")
  .replace(/<recv response="180" optional="true"\/>/, '<recv response="180"/>')
  .replace(/<recv response="183".*/, "");

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function startApp(): Promise<{ srf: Srf; endpoint: Endpoint; at: (protocol: string) => string }> {
  const endpoint = await startEndpoint({ listen: ["udp:127.0.0.1:0", "tcp:127.0.0.1:0"], secret: SECRET });
  closing.push(() => endpoint.stop());
  const srf = new Srf();
  void srf.connect({ host: endpoint.app.host, port: endpoint.app.port, secret: SECRET });
  await new Promise((resolve) => srf.once("connect", resolve));
  closing.push(() => srf.disconnect());
  return { srf, endpoint, at: (protocol) => endpoint.listen.find((each) => each.startsWith(protocol))!.slice(4) };
}

async function call(options: Parameters<typeof sipp>[0]): Promise<void> {
  const run = await sipp({ calls: CALLS, rate: 20, timeoutSeconds: 60, ...options });
  closing.push(() => run.stop());
  const { code, errors } = await run.ended;
  expect({ code, errors: code === 0 ? "" : errors }).toEqual({ code: 0, errors: "" });
}

async function phone(scenario: string, lost = 0): Promise<number> {
  const run = await sipp({ scenario, lost, timeoutSeconds: 70 });
  closing.push(() => run.stop());
  await new Promise((resolve) => setTimeout(resolve, 300));
  return run.port;
}

/** The dialogs of the endpoint come to their end: where SIPp gave a call up, after 64 T1. */
async function settled(endpoint: Endpoint): Promise<void> {
  await expect.poll(async () => (await endpoint.stats()).dialogs, { timeout: 45_000 }).toBe(0);
  expect((await endpoint.stats()).held).toBe(0);
}

const bridge = (srf: Srf, port: number) =>
  srf.invite((req, res) => {
    srf
      .createB2BUA(req, res, `sip:bob@127.0.0.1:${port}`, { localSdpB: req.body })
      .then(({ uas, uac }) => {
        uas.on("destroy", () => uac.destroy());
        uac.on("destroy", () => uas.destroy());
      })
      .catch(() => {});
  });

peerSuite("a line that loses a tenth", ["sipp"], () => {
  test("calls through a B2BUA, both sides lose: every 200 and ACK comes in the end", { timeout: 90_000 }, async () => {
    const { srf, endpoint, at } = await startApp();
    bridge(srf, await phone(script.scenario(RINGS, script.byeReceived, LINGERS, script.phoneForgets), LOST));
    const caller = script.scenario(script.invite, script.answeredAndAcked, script.pause(100), script.byeSent);
    await call({ scenario: caller, remote: at("udp"), service: "bob", lost: LOST });
    await settled(endpoint);
  });

  test("cancelled calls", { timeout: 90_000 }, async () => {
    const { srf, endpoint, at } = await startApp();
    bridge(srf, await phone(script.scenario(script.phoneCancelled), LOST));
    const caller = script.scenario(RUNG, script.cancelSent);
    await call({ scenario: caller, remote: at("udp"), service: "bob" });
    await settled(endpoint);
  });

  test("a 200 that crosses the CANCEL is acknowledged and ended", { timeout: 90_000 }, async () => {
    const { srf, endpoint, at } = await startApp();
    bridge(srf, await phone(script.scenario(script.phoneCrossing)));
    const caller = script.scenario(RUNG, script.cancelSent);
    await call({ scenario: caller, remote: at("udp"), service: "bob" });
    await settled(endpoint);
  });

  const prack = `<recv response="183" rrs="true"><action><ereg regexp="[0-9]+" search_in="hdr" header="RSeq:" assign_to="1"/></action></recv>
<send retrans="500"><![CDATA[
PRACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+34600000001@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 PRACK
RAck: [$1] 1 INVITE
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"/>`;

  test("a reliable 183 and its PRACK", { timeout: 90_000 }, async () => {
    const { srf, endpoint, at } = await startApp();
    srf.invite((req, res) => {
      res.send(183, { headers: { Require: "100rel" }, body: SDP });
      setTimeout(
        () =>
          void srf.createUAS(req, res, { localSdp: SDP }).then(
            (uas) => uas.on("destroy", () => {}),
            () => {},
          ),
        1_500,
      );
    });
    const invite = script.invite
      .replace("Max-Forwards: 70", "Max-Forwards: 70\nSupported: 100rel")
      .replace(/<recv response="18[03]".*/g, "");
    const caller = script.scenario(
      invite,
      prack,
      script.answeredAndAcked,
      script.byeSent.replace("CSeq: 2 BYE", "CSeq: 3 BYE"),
    );
    await call({ scenario: caller, remote: at("udp"), service: "bob", calls: 20 });
    await settled(endpoint);
  });

  const reinvite = (cseq: number): string => `<send><![CDATA[
INVITE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=z9hG4bK-[pid]-[call_number]-re${cseq}
From: <sip:+34600000001@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: ${cseq} INVITE
Contact: <sip:+34600000001@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=- ${cseq} ${cseq} IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio 6000 RTP/AVP 0
]]></send>`;
  const ackOf = (cseq: number, branch = "[branch]"): string => `<send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${branch}
From: <sip:+34600000001@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: ${cseq} ACK
Max-Forwards: 70
Content-Length: 0

]]></send>`;

  test("an INVITE before the one before is answered gets 500, and the first its answer (RFC 3261 14.2)", {
    timeout: 90_000,
  }, async () => {
    const { srf, endpoint, at } = await startApp();
    srf.invite((req, res) => {
      void srf.createUAS(req, res, { localSdp: SDP }).then((uas) => {
        uas.on("destroy", () => {});
        uas.on("modify", (_request, reply) => setTimeout(() => reply.send(200, { body: SDP }), 300));
      });
    });
    const caller = script.scenario(
      script.invite,
      script.answeredAndAcked,
      reinvite(2),
      '<recv response="100"/>',
      reinvite(3),
      '<recv response="500"/>',
      ackOf(3, "z9hG4bK-[pid]-[call_number]-re3"),
      '<recv response="200" rrs="true"/>',
      ackOf(2),
      script.byeSent.replace("CSeq: 2 BYE", "CSeq: 4 BYE"),
    );
    await call({ scenario: caller, remote: at("udp"), service: "bob", calls: 10 });
    await settled(endpoint);
  });

  test.each([
    ["u1", 30_000],
    ["t1", 60_000],
  ] as const)("long messages: %s, %i bytes", { timeout: 90_000 }, async (transport, bytes) => {
    const { endpoint, at } = await startApp();
    const sizes: number[] = [];
    const other = createSignalling();
    other.use("message", (request, reply) => {
      sizes.push(request.body?.length ?? 0);
      reply.send(200);
    });
    other.connect({ ...endpoint.app, secret: SECRET });
    await new Promise<void>((resolve) => other.on("connect", () => resolve()));
    closing.push(() => other.disconnect());
    const line = `${"x".repeat(998)}\n`;
    const message = `<send retrans="500"><![CDATA[
MESSAGE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:a@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 MESSAGE
Max-Forwards: 70
Content-Type: text/plain
Content-Length: [len]

${line.repeat(bytes / 1_000)}]]></send>
<recv response="200"/>`;
    await call({
      scenario: script.scenario(message),
      transport,
      remote: at(transport === "u1" ? "udp" : "tcp"),
      service: "bob",
      calls: 3,
    });
    expect(sizes).toEqual(Array(3).fill(bytes));
  });
});

/** Phones and browsers of others on the transports that SIPp does not speak: baresip on TLS and TCP, Chromium on WebSocket; and baresip with SRTP. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { folder, running } from "../../cli/test/command.ts";
import { startEndpoint } from "../endpoint/index.ts";
import { readWav, writeWav } from "../media/wav.ts";
import { startPhone } from "../phone/phone.ts";
import { createSignalling } from "../dialog/srf.ts";
import { correlation } from "./audio.ts";
import { startRig } from "./calls-rig.ts";
import { CERTIFICATES } from "./endpoint/certificates.ts";
import { baresip } from "./peers/baresip.ts";
import { freePort } from "./peers/ports.ts";
import { peerSuite } from "./peers/suite.ts";
import { sweep } from "./rtp-phone.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const strategy = `strategy "desk" {
  entry "5000"
  default route to group Everyone
  answer
  queue Desk {
    ring for 20s
    at 0s group Everyone
    give up after 1m
    while waiting { music "moh/calm" }
  }
  hangup
}
`;
const directory = `directory: 1
site: { name: desk, zone: UTC, country: ES, languages: [en] }
agents:
  ana: { extension: "101" }
`;

peerSuite("phones", ["baresip"], () => {
  test.each(["tls", "tcp"] as const)(
    "baresip registers on %s, is called over its connection, and its caller hangs up",
    { timeout: 60_000 },
    async (transport) => {
      const files = mkdtempSync(join(tmpdir(), "secured-"));
      closing.push(() => rmSync(files, { recursive: true, force: true }));
      for (const [name, pem] of Object.entries(CERTIFICATES)) writeFileSync(join(files, name), pem);
      const microphone = join(files, "microphone.wav");
      writeFileSync(microphone, writeWav(new Int16Array(8_000 * 60)));
      const site = folder({ "desk.strategy": strategy, "directory.yaml": directory });
      closing.push(() => site.remove());
      const port = await freePort();
      const tls = ["--tls-cert", join(files, "cert"), "--tls-key", join(files, "key")];
      const run = await running(site.path, [
        "--sip",
        `udp:127.0.0.1:0,${transport}:127.0.0.1:${port}`,
        ...tls,
        "--log-level",
        "error",
      ]);
      closing.push(() => run.stop());
      const ana = await baresip({ user: "101", server: `127.0.0.1:${port}`, microphone, answers: true, transport });
      closing.push(() => ana.stop());
      await run.event(
        ({ type, agent, state }) => type === "agent.state" && agent === "ana" && state === "ready",
        20_000,
      );
      const caller = await startPhone({ user: "200" });
      closing.push(() => caller.stop());
      const call = caller.call(`sip:5000@${run.sip}`);
      await ana.event("CALL_ESTABLISHED", 20_000);
      await run.event(({ type }) => type === "call.connected", 20_000);
      call.hangUp();
      await ana.event("CALL_CLOSED", 20_000);
    },
  );
});

peerSuite("phones that encrypt", ["baresip"], () => {
  test("row 4.25: baresip hears a prompt by SRTP, and its keys and its voice arrive", { timeout: 60_000 }, async () => {
    const rig = await startRig({
      secret: { to: "sip:127.0.0.1:9", srtp: "required", inbound: { from: ["127.0.0.1"] } },
    });
    closing.push(() => rig.stop());
    const prompt = sweep(8_000);
    writeFileSync(join(rig.folder, "sweep.wav"), writeWav(prompt));
    const microphone = join(rig.folder, "microphone.wav");
    const voice = sweep(8_000, 700);
    const long = new Int16Array(voice.length * 60);
    for (let at = 0; at < 60; at++) long.set(voice, at * voice.length);
    writeFileSync(microphone, writeWav(long));
    const phone = await baresip({
      user: "200",
      server: rig.at,
      microphone,
      answers: false,
      registers: false,
      encrypts: true,
    });
    closing.push(() => phone.stop());
    phone.dial(`sip:5000@${rig.at}`);
    const { call } = await rig.next("call.arrived", 10_000);
    rig.perform({ type: "answer", call, ringback: false });
    await rig.next("call.answered", 10_000);
    rig.perform({ type: "record", call, what: "call" });
    expect(await rig.next("recording.changed")).toMatchObject({ state: "started" });
    rig.perform({ type: "play", call, task: 1, prompt: "sweep", language: "en" });
    expect(await rig.next("treatment.ended", 10_000)).toMatchObject({ outcome: "done" });
    phone.digit("5");
    expect(await rig.next("digit.pressed", 10_000)).toMatchObject({ digit: "5" });
    rig.perform({ type: "hangup", call });
    await phone.event("CALL_CLOSED", 10_000);

    const samples = (file: string): Int16Array => {
      const read = readWav(readFileSync(file));
      if ("reason" in read) throw new Error(read.reason);
      return read.samples;
    };
    // Half a second of each: a machine that is busy may skip elsewhere.
    const half = (sound: Int16Array): Int16Array => sound.subarray(0, 4_000);
    expect(correlation(samples(phone.heard()[0] ?? ""), half(prompt))).toBeGreaterThan(0.9);
    await expect.poll(() => rig.measured).toHaveLength(1);
    expect(rig.measured[0]).not.toHaveProperty("unverified");
    const [recording] = readdirSync(join(rig.folder, "recordings"), { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".wav"),
    );
    expect(correlation(samples(join(rig.folder, "recordings", recording ?? "")), half(voice))).toBeGreaterThan(0.9);
  });
});

peerSuite("browsers", ["chromium"], () => {
  test("a page registers over WebSocket, in letters of all kinds, and is called over it", {
    timeout: 60_000,
  }, async () => {
    const endpoint = await startEndpoint({ listen: ["ws:127.0.0.1:0", "udp:127.0.0.1:0"], secret: "s" });
    closing.push(() => endpoint.stop());
    const srf = createSignalling();
    srf.connect({ ...endpoint.app, secret: "s" });
    await new Promise<void>((resolve) => srf.on("connect", () => resolve()));
    closing.push(() => srf.disconnect());
    const names: (string | undefined)[] = [];
    srf.use("register", (request, reply) => {
      names.push(request.get("X-Name"));
      reply.send(200, { headers: { Contact: request.get("Contact") ?? "" } });
    });
    const browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      // Chromium's sandbox does not start for root.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    });
    closing.push(() => browser.close());
    const page = await browser.newPage();
    const at = `127.0.0.1:${endpoint.listen[0]!.split(":").at(-1)}`;
    // A page of the listener's own host.
    await page.goto(`http://${at}/`);
    const heard = page.evaluate(
      ([url, register]) =>
        new Promise<string[]>((resolve, reject) => {
          const socket = new WebSocket(url!, "sip");
          const lines: string[] = [];
          socket.addEventListener("open", () => socket.send(register!));
          socket.addEventListener("error", () => reject(new Error("no WebSocket")));
          socket.addEventListener("message", (event) => {
            const data = String(event.data);
            lines.push(data.split("\r\n")[0]!);
            if (!data.startsWith("MESSAGE")) return;
            lines.push(data.split("\r\n\r\n")[1]!);
            resolve(lines);
          });
        }),
      [
        `ws://${at}`,
        [
          "REGISTER sip:cordboard.test SIP/2.0",
          "Via: SIP/2.0/WS page.invalid;branch=z9hG4bKpage",
          "Max-Forwards: 70",
          "From: <sip:zoe@cordboard.test>;tag=a",
          "To: <sip:zoe@cordboard.test>",
          "Call-ID: page",
          "CSeq: 1 REGISTER",
          "Contact: <sip:zoe@page.invalid;transport=ws>;expires=60",
          "X-Name: Zoë 高橋",
          "Content-Length: 0",
          "",
          "",
        ].join("\r\n"),
      ],
    );
    await expect.poll(() => names, { timeout: 20_000 }).toEqual(["Zoë 高橋"]);
    const message = { method: "MESSAGE", headers: { "Content-Type": "text/plain" }, body: "hallo Zoë" };
    srf.request("sip:zoe@page.invalid;transport=ws", message, () => {});
    expect(await heard).toEqual(["SIP/2.0 200 OK", "MESSAGE sip:zoe@page.invalid;transport=ws SIP/2.0", "hallo Zoë"]);
  });
});

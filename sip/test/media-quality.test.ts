import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { type MediaEvent, startMediaHere } from "../media/index.ts";
import { createMeter, isRtcp, reportsIn } from "../media/quality.ts";
import { readRtp, writeRtpHeader } from "../media/rtp.ts";
import { startRig, until } from "./calls-rig.ts";
import { rawSdp } from "./raw-phone.ts";

const OURS = 0x1234_5678;

/** Packets of 20 ms: sequence numbers as they come, each with how late it is in ms. */
function heard(packets: readonly (number | [sequence: number, lateMs: number, ssrc?: number])[]) {
  const meter = createMeter(OURS);
  for (const packet of packets) {
    const [sequence, lateMs = 0, ssrc = 1] = typeof packet === "number" ? [packet] : packet;
    const header = { payloadType: 8, marker: false, sequence: sequence & 0xffff, timestamp: sequence * 160, ssrc };
    meter.hear({ ...header, payload: Buffer.alloc(160) }, sequence * 20 + lateMs);
  }
  return meter.figures();
}

describe("row 4.13: loss and jitter of what we hear (RFC 3550 A.3, A.8)", () => {
  it.each<[string, Parameters<typeof heard>[0], { received: number; lost: number } | undefined]>([
    ["nothing", [], undefined],
    ["all", [1, 2, 3, 4], { received: 4, lost: 0 }],
    ["one is missing", [1, 2, 4], { received: 3, lost: 1 }],
    ["out of order", [1, 3, 2, 4], { received: 4, lost: 0 }],
    ["twice the same", [1, 2, 2, 3], { received: 4, lost: 0 }],
    ["across the end of the numbers", [65_534, 65_535, 65_537, 65_538], { received: 4, lost: 1 }],
    ["another stream after it", [1, 3, [500, 0, 2], [502, 0, 2]], { received: 4, lost: 2 }],
    ["a jump that is no loss", [1, 2, 20_000, 20_001], { received: 4, lost: 0 }],
  ])("%s", (_what, packets, figures) => {
    const found = heard(packets);
    expect(found && { received: found.received, lost: found.lost }).toEqual(figures);
  });

  it("jitter is none for a steady sender, however late, and nears how far packets come apart", () => {
    const steady = Array.from({ length: 100 }, (_, at): [number, number] => [at, 300]);
    const shaken = Array.from({ length: 400 }, (_, at): [number, number] => [at, at % 2 ? 10 : 0]);
    expect([heard(steady)?.jitterMs, heard(shaken)?.jitterMs]).toEqual([0, 10]);
  });
});

/** A receiver report about `about`, after a sender report of nobody. */
function report(about: number, lost: number, jitter: number): Buffer {
  const sender = Buffer.alloc(28);
  sender.writeUInt8(0x80, 0);
  sender.writeUInt8(200, 1);
  sender.writeUInt16BE(6, 2);
  const receiver = Buffer.alloc(32);
  receiver.writeUInt8(0x81, 0);
  receiver.writeUInt8(201, 1);
  receiver.writeUInt16BE(7, 2);
  receiver.writeUInt32BE(about, 8);
  receiver.writeIntBE(lost, 13, 3);
  receiver.writeUInt32BE(jitter, 20);
  return Buffer.concat([sender, receiver]);
}

describe("reports of the other side (RFC 3550 6.4)", () => {
  it("one about us", () => expect(reportsIn(report(OURS, 5, 160))).toEqual([{ about: OURS, lost: 5, jitter: 160 }]));
  it("duplicates make no loss below none", () => expect(reportsIn(report(OURS, -2, 0))[0]?.lost).toBe(0));

  it("about others, and what is cut or lies about its length, tells nothing", () => {
    const meter = createMeter(OURS);
    meter.hear({ payloadType: 8, marker: false, sequence: 1, timestamp: 0, ssrc: 1, payload: Buffer.alloc(0) }, 0);
    const whole = report(OURS, 5, 160);
    meter.report(report(OURS + 1, 9, 9));
    for (let length = 0; length < whole.length; length++) meter.report(whole.subarray(0, length));
    const liar = Buffer.from(whole);
    liar.writeUInt8(0x9f, 28); // 31 blocks
    meter.report(liar);
    meter.report(Buffer.alloc(1500, 0xff));
    expect(meter.figures()?.theirs).toBeUndefined();
    meter.report(whole);
    expect(meter.figures()?.theirs).toEqual({ lost: 5, jitterMs: 20 });
  });

  it("are told from RTP on the same port (RFC 5761 4)", () => {
    const rtp = Buffer.alloc(172);
    writeRtpHeader(rtp, { payloadType: 8, marker: true, sequence: 1, timestamp: 1, ssrc: 1 });
    expect([isRtcp(report(OURS, 0, 0)), isRtcp(rtp), isRtcp(Buffer.alloc(3))]).toEqual([true, false, false]);
  });
});

describe("a leg of ours", () => {
  const sockets: Socket[] = [];
  afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));
  async function bound(): Promise<Socket> {
    const socket = createSocket("udp4").bind(0, "127.0.0.1");
    await once(socket, "listening");
    sockets.push(socket);
    return socket;
  }

  it("hears the reports on the port beside it, and tells at its end how it was", async () => {
    const media = await startMediaHere({ address: "127.0.0.1" });
    const events: MediaEvent[] = [];
    media.listen((event) => events.push(event));
    const [party, control] = [await bound(), await bound()];
    let ssrc: number | undefined;
    party.on("message", (bytes) => (ssrc ??= readRtp(bytes)?.ssrc));
    media.send({ type: "open", leg: "1", offer: rawSdp(party.address().port) });
    await until(() => events.length > 0 && ssrc !== undefined);
    const [opened] = events;
    const port = Number(/m=audio (\d+)/.exec(opened?.type === "opened" ? opened.sdp : "")?.[1]);
    for (const sequence of [1, 2, 4, 5]) {
      const packet = Buffer.alloc(172, 0xd5);
      writeRtpHeader(packet, { payloadType: 8, marker: false, sequence, timestamp: sequence * 160, ssrc: 7 });
      party.send(packet, port, "127.0.0.1");
    }
    // Nothing says when it has arrived.
    const closed = (): MediaEvent | undefined => events.find((event) => event.type === "closed");
    for (let tries = 0; tries < 20; tries++) {
      control.send(report(ssrc ?? 0, 3, 80), port + 1, "127.0.0.1");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    media.send({ type: "close", leg: "1" });
    await until(() => closed() !== undefined);
    expect(closed()).toMatchObject({ quality: { received: 4, lost: 1, theirs: { lost: 3, jitterMs: 10 } } });
    await media.stop();
  });

  it("row 4.13: the call's record gets the figures", async () => {
    const rig = await startRig();
    const { call } = await rig.caller();
    await until(() => rig.calls.stats().mediaLegs === 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    rig.perform({ type: "hangup", call });
    await until(() => rig.measured.length > 0);
    expect(rig.measured[0]).toMatchObject({ type: "call.measured", call, lost: 0 });
    expect((rig.measured[0] as { received: number }).received).toBeGreaterThan(0);
    await rig.stop();
  });
});

import { type Socket, createSocket } from "node:dgram";
import { once } from "node:events";
import type { SdpCrypto } from "../dialog/sdes.ts";
import { decode, encode, type Law } from "../media/g711.ts";
import { type RtpPacket, readRtp, writeRtpHeader } from "../media/rtp.ts";
import { createOpener, createSealer, keyedBy, type Opener, type Sealer } from "../media/srtp.ts";

/** Something like speech: a sweep that is like itself at one place only. */
export function sweep(samples: number, from = 300): Int16Array {
  const phase = (i: number) => 2 * Math.PI * ((from * i) / 8000 + (i / 8000) ** 2 * 400);
  return Int16Array.from({ length: samples }, (_, i) => Math.round(9000 * Math.sin(phase(i))));
}

/** A socket as a phone: what it is told stays, what it says is a packet at a time, or sound at the pace of speech. */
export interface RtpPhone {
  socket: Socket;
  port: number;
  packets: RtpPacket[];
  sdp(...lines: string[]): string;
  /** One packet to a leg. */
  say(to: number, packet: Partial<RtpPacket>): void;
  /** Speaks to a leg, a packet each 20 ms, over and over until it is told something else or closed. */
  speak(to: number, samples: Int16Array, host?: string): void;
  silence(): void;
  /** What it says is sealed with the one key, what it is told opened with the other, from now on; what cannot be is not heard. */
  secure(keys: { mine?: SdpCrypto; theirs?: SdpCrypto }): void;
  /** All it was told, as samples. */
  heard(): Int16Array;
  close(): void;
}

/** On an address of this machine; `law`: what it speaks. */
export async function rtpPhone(at = "127.0.0.1", law: Law = "PCMU"): Promise<RtpPhone> {
  const payloadType = law === "PCMU" ? 0 : 8;
  const socket = createSocket("udp4");
  const packets: RtpPacket[] = [];
  let sealer: Sealer | undefined;
  let opener: Opener | undefined;
  socket.on("message", (bytes) => {
    const plain = opener ? opener.open(Buffer.from(bytes)) : Buffer.from(bytes);
    const packet = plain && readRtp(plain);
    if (packet) packets.push(packet);
  });
  socket.bind(0, at);
  await once(socket, "listening");
  const { port } = socket.address();
  const lines = [`m=audio ${port} RTP/AVP ${payloadType} 96`, "a=rtpmap:96 telephone-event/8000"];
  let timer: NodeJS.Timeout | undefined;
  let spoken = 0;
  let peer = "127.0.0.1";
  const said: RtpPhone = {
    socket,
    port,
    packets,
    sdp: (...more) =>
      ["v=0", `o=- 1 1 IN IP4 ${at}`, "s=-", `c=IN IP4 ${at}`, "t=0 0", ...lines, ...more, ""].join("\r\n"),
    say(to, packet) {
      const header = { payloadType, marker: false, sequence: 1, timestamp: 0, ssrc: 77, ...packet };
      const room = Buffer.alloc(sealer?.room ?? 0);
      const bytes = Buffer.concat([Buffer.alloc(12), packet.payload ?? Buffer.alloc(160, 0xff), room]);
      writeRtpHeader(bytes, header);
      sealer?.seal(bytes);
      socket.send(bytes, to, peer);
    },
    heard() {
      const sound = packets.filter((packet) => packet.payloadType === payloadType);
      return decode(law, Buffer.concat(sound.map(({ payload }) => payload)));
    },
    speak(to, samples, host = "127.0.0.1") {
      clearInterval(timer);
      peer = host;
      const startedAt = performance.now();
      let frame = 0;
      timer = setInterval(() => {
        for (; frame * 20 <= performance.now() - startedAt; frame++, spoken++) {
          const at = (frame * 160) % (samples.length - (samples.length % 160));
          const payload = Buffer.alloc(160);
          encode(law, samples.subarray(at, at + 160), payload);
          said.say(to, { payload, sequence: spoken & 0xffff, timestamp: spoken * 160 });
        }
      }, 10);
    },
    silence: () => clearInterval(timer),
    secure({ mine, theirs }) {
      if (mine) sealer = keyedBy(sealer, mine, createSealer);
      if (theirs) opener = keyedBy(opener, theirs, createOpener);
    },
    close() {
      clearInterval(timer);
      socket.close();
    },
  };
  return said;
}

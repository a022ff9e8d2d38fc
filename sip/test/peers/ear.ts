import { createSocket, type RemoteInfo } from "node:dgram";
import { decode, encode } from "../../media/g711.ts";
import { readRtp, RTP_HEADER_BYTES, writeRtpHeader } from "../../media/rtp.ts";

const FRAME_SAMPLES = 160;

export interface Ear {
  port: number;
  /** Packets so far. */
  packets(): number;
  /** Ports that packets came from, in the order in which they first spoke. */
  speakers(): number[];
  /** What one speaker said, by the packets' timestamps; gaps are silence. µ-law only. */
  heard(port: number): Int16Array;
  /** Speaks to whoever spoke last, one frame each 20 ms, over and over until closed. */
  speak(samples: Int16Array): void;
  close(): void;
}

/** The media side of a phone whose signalling is done by somebody else: hears, remembers and speaks RTP. */
export function openEar(): Promise<Ear> {
  const socket = createSocket("udp4");
  const heard = new Map<number, { timestamp: number; payload: Buffer }[]>();
  let last: RemoteInfo | undefined;
  let packets = 0;
  let timer: NodeJS.Timeout | undefined;
  socket.on("message", (bytes, from) => {
    const packet = readRtp(bytes);
    if (!packet) return;
    packets += 1;
    last = from;
    if (packet.payloadType !== 0) return;
    const said = heard.get(from.port) ?? [];
    heard.set(from.port, said);
    said.push({ timestamp: packet.timestamp, payload: Buffer.from(packet.payload) });
  });
  const speak = (samples: Int16Array): void => {
    let frame = 0;
    timer = setInterval(() => {
      if (!last) return;
      const at = (frame * FRAME_SAMPLES) % Math.max(FRAME_SAMPLES, samples.length - FRAME_SAMPLES);
      const packet = Buffer.alloc(RTP_HEADER_BYTES + FRAME_SAMPLES);
      writeRtpHeader(packet, {
        payloadType: 0,
        marker: frame === 0,
        sequence: frame & 0xffff,
        timestamp: frame * FRAME_SAMPLES,
        ssrc: 0x0ea40ea4,
      });
      encode("PCMU", samples.subarray(at, at + FRAME_SAMPLES), packet, RTP_HEADER_BYTES);
      socket.send(packet, last.port, last.address);
      frame += 1;
    }, 20);
  };
  return new Promise((resolve, reject) => {
    socket.once("error", reject).bind(0, "127.0.0.1", () =>
      resolve({
        port: socket.address().port,
        packets: () => packets,
        speakers: () => [...heard.keys()],
        heard: (port) => inOrder(heard.get(port) ?? []),
        speak,
        close() {
          clearInterval(timer);
          socket.close();
        },
      }),
    );
  });
}

function inOrder(said: { timestamp: number; payload: Buffer }[]): Int16Array {
  const first = said[0]?.timestamp ?? 0;
  const end = Math.max(0, ...said.map((one) => one.timestamp - first + one.payload.length));
  const samples = new Int16Array(end);
  for (const one of said) {
    const at = one.timestamp - first;
    if (at >= 0) samples.set(decode("PCMU", one.payload), at);
  }
  return samples;
}

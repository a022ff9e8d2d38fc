/** One packet of RFC 3550. Numbers are unsigned: sequence 16 bits, timestamp and ssrc 32 bits. */
export interface RtpPacket {
  payloadType: number;
  marker: boolean;
  sequence: number;
  timestamp: number;
  ssrc: number;
  payload: Buffer;
}

export const RTP_HEADER_BYTES = 12;
/** Nothing that fits an Ethernet frame is larger. */
export const MAX_PACKET_BYTES = 1500;

/** Reads a packet (RFC 3550 5.1); `undefined` where it is not RTP or not sound. The payload shares the memory of `bytes`. */
export function readRtp(bytes: Buffer): RtpPacket | undefined {
  const start = payloadStart(bytes);
  if (start === undefined) return undefined;
  const first = bytes.readUInt8(0);
  const padding = first & 0x20 ? bytes.readUInt8(bytes.length - 1) : 0;
  const end = bytes.length - padding;
  if (start > end || (first & 0x20 && padding === 0)) return undefined;

  return {
    payloadType: bytes.readUInt8(1) & 0x7f,
    marker: bytes.readUInt8(1) >= 0x80,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, end),
  };
}

/** Where the header ends, which may be behind the packet; `undefined` where there is none. */
export function payloadStart(bytes: Buffer): number | undefined {
  if (bytes.length < RTP_HEADER_BYTES || bytes.length > MAX_PACKET_BYTES) return undefined;
  const first = bytes.readUInt8(0);
  if (first >> 6 !== 2) return undefined;
  const start = RTP_HEADER_BYTES + (first & 0x0f) * 4;
  if (!(first & 0x10)) return start;
  return start + 4 > bytes.length ? undefined : start + 4 + bytes.readUInt16BE(start + 2) * 4;
}

/** Writes the header into the first twelve bytes of `packet`. */
export function writeRtpHeader(packet: Buffer, header: Omit<RtpPacket, "payload">): void {
  packet.writeUInt8(0x80, 0);
  packet.writeUInt8((header.marker ? 0x80 : 0) | header.payloadType, 1);
  packet.writeUInt16BE(header.sequence, 2);
  packet.writeUInt32BE(header.timestamp, 4);
  packet.writeUInt32BE(header.ssrc, 8);
}

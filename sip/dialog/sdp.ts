/*
 * The part of SDP (RFC 4566, 3264) that is read, changed and printed here. What we do not understand is kept as it came, so that a
 * description may pass from one party to the other.
 */

export interface Sdp {
  /** Session lines in order, such as `s=-`, up to the first `m=`. */
  lines: string[];
  media: SdpMedia[];
}

export interface SdpMedia {
  /** `audio`, `video` … */
  kind: string;
  /** 0: this stream is refused. */
  port: number;
  /** `RTP/AVP`, `RTP/SAVPF` … */
  protocol: string;
  /** For RTP the payload numbers, preferred first. */
  formats: string[];
  /** The lines below `m=`. */
  lines: string[];
}

export type SdpDirection = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** One payload number of an RTP stream. Names in upper case, but `telephone-event`. */
export interface SdpCodec {
  number: number;
  name: string;
  /** Samples a second. */
  clock: number;
}

/** Who describes the session. Within one dialog id and address stay, the version rises with each change (RFC 3264 8). */
export interface SdpOrigin {
  id: number;
  version: number;
  address: string;
}

const MAX_CHARACTERS = 32_768;
const MAX_MEDIA = 32;
const MAX_FORMATS = 128;
const NETWORK_ADDRESS = /^IN IP[46] [\x21-\x7e]{1,255}$/;
const MEDIA_LINE = /^m=([a-z]{1,32}) (\d{1,5})(?:\/\d{1,5})? ([A-Za-z0-9/]{1,64})((?: [\x21-\x7e]{1,64})+) *$/;
const ORIGIN_LINE = /^o=[^ ]+ \d{1,20} \d{1,20} IN IP[46] [\x21-\x7e]{1,255}$/;
const STATIC_CODECS: Record<string, [name: string, clock: number]> = {
  "0": ["PCMU", 8000],
  "3": ["GSM", 8000],
  "4": ["G723", 8000],
  "8": ["PCMA", 8000],
  "9": ["G722", 8000],
  "13": ["CN", 8000],
  "18": ["G729", 8000],
};

/** Reads a description; `reason` says what is malformed. Line ends may be CRLF or LF. */
export function parseSdp(text: string): { sdp: Sdp } | { reason: string } {
  if (text.length > MAX_CHARACTERS) return { reason: "the SDP is too long" };
  const all = text.split(/\r?\n/);
  while (all.at(-1) === "") all.pop();
  const odd = all.findIndex((line) => !/^[a-z]=[^\r\0]*$/.test(line));
  if (odd >= 0) return { reason: `line ${odd + 1} of the SDP is malformed` };
  if (all[0] !== "v=0") return { reason: "the SDP does not start with v=0" };
  if (!ORIGIN_LINE.test(all[1] ?? "")) return { reason: "the o= line of the SDP is missing or malformed" };

  const sdp: Sdp = { lines: [], media: [] };
  for (const line of all) {
    if (line.startsWith("m=")) {
      const media = mediaLine(line);
      if (!media) return { reason: "an m= line of the SDP is malformed" };
      if (sdp.media.push(media) > MAX_MEDIA) return { reason: "the SDP has too many m= lines" };
    } else if (line.startsWith("c=") && !NETWORK_ADDRESS.test(line.slice(2))) {
      return { reason: "a c= line of the SDP is malformed" };
    } else {
      (sdp.media.at(-1) ?? sdp).lines.push(line);
    }
  }
  return { sdp };
}

function mediaLine(line: string): SdpMedia | undefined {
  const [, kind, port, protocol, rest] = MEDIA_LINE.exec(line) ?? [];
  if (!kind || !protocol || !rest || Number(port) > 65535) return undefined;
  const formats = rest.trim().split(" ");
  return formats.length > MAX_FORMATS ? undefined : { kind, port: Number(port), protocol, formats, lines: [] };
}

/** The text, with CRLF after each line. */
export function printSdp(sdp: Sdp): string {
  const media = sdp.media.flatMap((one) => [
    `m=${one.kind} ${one.port} ${one.protocol} ${one.formats.join(" ")}`,
    ...one.lines,
  ]);
  return `${[...sdp.lines, ...media].join("\r\n")}\r\n`;
}

/** The same description under our own `o=` line: what one dialog sees stays one session, whoever described it. */
export function withOrigin(text: string, origin: SdpOrigin): string {
  return text.replace(/^o=[^\r\n]*/m, () => originLine(origin));
}

/** A whole `o=` line. */
export function originLine({ id, version, address }: SdpOrigin): string {
  return `o=- ${id} ${version} IN ${networkAddress(address)}`;
}

/** `IP4 192.0.2.1` or `IP6 2001:db8::1`. */
export function networkAddress(address: string): string {
  return `${address.includes(":") ? "IP6" : "IP4"} ${address}`;
}

/** Where a stream wants its packets, as written: `0.0.0.0` is the old way to hold (RFC 3264 8.4). `undefined`: no `c=` line. */
export function addressOf(sdp: Sdp, media: SdpMedia): string | undefined {
  const line = [...media.lines, ...sdp.lines].find((one) => one.startsWith("c="));
  return line?.split(" ")[2];
}

/** Which way a stream flows, as its writer sees it. */
export function directionOf(sdp: Sdp, media: SdpMedia): SdpDirection {
  return directionIn(media.lines) ?? directionIn(sdp.lines) ?? "sendrecv";
}

function directionIn(lines: string[]): SdpDirection | undefined {
  return lines.map(directionLine).find((direction) => direction !== undefined);
}

function directionLine(line: string): SdpDirection | undefined {
  const name = line.slice(2).trimEnd();
  if (!line.startsWith("a=")) return undefined;
  return name === "sendrecv" || name === "sendonly" || name === "recvonly" || name === "inactive" ? name : undefined;
}

/** The direction the other side answers with when nothing hinders it (RFC 3264 6.1). */
export function mirrored(direction: SdpDirection): SdpDirection {
  if (direction === "sendonly") return "recvonly";
  return direction === "recvonly" ? "sendonly" : direction;
}

/** The same description with one direction for all its streams: `sendonly` or `inactive` to hold, `sendrecv` to go on. */
export function withDirection(sdp: Sdp, direction: SdpDirection): Sdp {
  return {
    lines: undirected(sdp.lines),
    media: sdp.media.map((one) => directed(one, direction)),
  };
}

export function directed(media: SdpMedia, direction: SdpDirection): SdpMedia {
  return { ...media, lines: [...undirected(media.lines), `a=${direction}`] };
}

function undirected(lines: string[]): string[] {
  return lines.filter((line) => !directionLine(line));
}

/** Whether the writer does not want to hear: `sendonly`, `inactive`, or an address of zeros in every live stream. */
export function isHeld(sdp: Sdp): boolean {
  const live = sdp.media.filter((one) => one.port !== 0);
  return live.length > 0 && live.every((one) => !wantsMedia(sdp, one));
}

/** Whether packets may be sent to the writer of this stream. */
export function wantsMedia(sdp: Sdp, media: SdpMedia): boolean {
  const direction = directionOf(sdp, media);
  return direction !== "sendonly" && direction !== "inactive" && !isUnspecified(addressOf(sdp, media));
}

export function isUnspecified(address: string | undefined): boolean {
  return address === "0.0.0.0" || address === "::";
}

/** The codecs of an RTP stream, preferred first. Numbers without a name are left out. */
export function codecsOf(media: SdpMedia): SdpCodec[] {
  const named = new Map<string, [name: string, clock: number]>();
  for (const line of media.lines) {
    const [, number, name, clock] = /^a=rtpmap:(\d{1,3}) ([^/ ]{1,64})\/(\d{1,6})/.exec(line) ?? [];
    if (number && name) named.set(number, [name, Number(clock)]);
  }
  return media.formats.flatMap((format) => {
    const [name, clock] = named.get(format) ?? STATIC_CODECS[format] ?? [];
    const number = Number(format);
    if (!name || !clock || !Number.isInteger(number) || number > 127) return [];
    return [{ number, name: /^telephone-event$/i.test(name) ? "telephone-event" : name.toUpperCase(), clock }];
  });
}

/** Only the audio codecs of these names, `telephone-event` among them if wanted. A stream left without any is refused (port 0). */
export function filterCodecs(sdp: Sdp, names: string[]): Sdp {
  return { lines: sdp.lines, media: sdp.media.map((one) => (one.kind === "audio" ? filterMedia(one, names) : one)) };
}

function filterMedia(media: SdpMedia, names: string[]): SdpMedia {
  const kept = codecsOf(media).filter((codec) => names.includes(codec.name));
  if (!kept.some((codec) => codec.name !== "telephone-event")) return { ...media, port: 0 };
  const formats = kept.map((codec) => String(codec.number));
  const belongs = (line: string) => {
    const [, number] = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(line) ?? [];
    return !number || formats.includes(number);
  };
  return { ...media, formats, lines: media.lines.filter(belongs) };
}

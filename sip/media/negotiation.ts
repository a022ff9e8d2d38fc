import {
  addressOf,
  codecsOf,
  directionOf,
  mirrored,
  networkAddress,
  originLine,
  parseSdp,
  printSdp,
  type Sdp,
  type SdpCodec,
  type SdpDirection,
  type SdpMedia,
  wantsMedia,
} from "../sdp.ts";
import { isIP } from "node:net";
import type { Law } from "./g711.ts";
import type { Address } from "./source.ts";

/** Our side of a leg. */
export interface Local {
  address: string;
  port: number;
  /** Of the `o=` line; the version belongs to the SDP printed last. */
  id: number;
  version: number;
  printed?: string;
}

/** What two sides agreed on (RFC 3264). */
export interface Agreement {
  /** Where the peer hears; absent while he holds with an address of zeros. */
  remote?: Address;
  /** Whether he wants to hear. */
  sending: boolean;
  /** What we send. */
  law: Law;
  payloadType: number;
  /** What keys are sent as, where the peer takes them. */
  keys?: number;
  /** What each payload number we may receive means. */
  meanings: Map<number, Law | "digit">;
}

type Refused = { reason: string };

const OFFERED: SdpCodec[] = [
  { number: 0, name: "PCMU", clock: 8000 },
  { number: 8, name: "PCMA", clock: 8000 },
  { number: 101, name: "telephone-event", clock: 8000 },
];

/** Our offer: both laws and digits. */
export function offer(local: Local): string {
  return print(local, [audio(local, OFFERED, "sendrecv")]);
}

/** The answer to an offer: its first audio stream with the codec it prefers, by its own payload numbers; all others are refused. */
export function answer(local: Local, text: string): { sdp: string; agreement: Agreement } | Refused {
  const read = readSdp(text);
  if ("reason" in read) return read;
  const { sdp, media, codecs } = read;
  const agreement = agree(local, read);
  if ("reason" in agreement) return agreement;

  const chosen = codecs.filter((codec) => codec.number === agreement.payloadType || codec.name === "telephone-event");
  const held = agreement.remote === undefined && directionOf(sdp, media) === "sendrecv";
  const direction = held ? "recvonly" : mirrored(directionOf(sdp, media));
  const streams = sdp.media.map((one) =>
    one === media ? audio(local, chosen, direction) : { ...one, port: 0, lines: [] },
  );
  return { sdp: print(local, streams), agreement };
}

/** What the peer's answer to our offer means. */
export function readAnswer(local: Local, text: string): Agreement | Refused {
  const read = readSdp(text);
  if ("reason" in read) return read;
  const agreement = agree(local, read);
  // He may send by our numbers as well as by his own.
  if (!("reason" in agreement))
    for (const [number, meaning] of meanings(OFFERED)) agreement.meanings.set(number, meaning);
  return agreement;
}

interface Read {
  sdp: Sdp;
  media: SdpMedia;
  /** Those we know, preferred first. */
  codecs: SdpCodec[];
}

function readSdp(text: string): Read | Refused {
  const parsed = parseSdp(text);
  if ("reason" in parsed) return parsed;
  const streams = parsed.sdp.media.filter(
    (one) => one.kind === "audio" && one.port !== 0 && one.protocol === "RTP/AVP",
  );
  if (streams.length === 0) return { reason: "no audio stream over plain RTP" };
  for (const media of streams) {
    const codecs = codecsOf(media).filter((codec) =>
      OFFERED.some((ours) => ours.name === codec.name && codec.clock === ours.clock),
    );
    if (codecs.some((codec) => codec.name !== "telephone-event")) return { sdp: parsed.sdp, media, codecs };
  }
  return { reason: "no codec in common; PCMU and PCMA are spoken here" };
}

function agree(local: Local, { sdp, media, codecs }: Read): Agreement | Refused {
  const address = addressOf(sdp, media);
  const voice = codecs.find((codec) => codec.name !== "telephone-event");
  if (!voice) return { reason: "no codec in common" };
  if (!address || isIP(address) !== isIP(local.address) || isMulticast(address)) {
    return { reason: "no address in the c= line that packets can be sent to" };
  }
  const sending = wantsMedia(sdp, media);
  const zeros = address === "0.0.0.0" || address === "::";
  return {
    remote: zeros ? undefined : { address, port: media.port },
    sending,
    law: voice.name === "PCMA" ? "PCMA" : "PCMU",
    payloadType: voice.number,
    keys: codecs.find((codec) => codec.name === "telephone-event")?.number,
    meanings: meanings(codecs),
  };
}

function isMulticast(address: string): boolean {
  return address.includes(":") ? /^ff/i.test(address) : Number(address.split(".")[0]) >= 224;
}

function meanings(codecs: SdpCodec[]): Map<number, Law | "digit"> {
  return new Map(codecs.map(({ number, name }) => [number, name === "PCMU" || name === "PCMA" ? name : "digit"]));
}

function audio(local: Local, codecs: SdpCodec[], direction: SdpDirection): SdpMedia {
  const events = codecs.filter((codec) => codec.name === "telephone-event");
  return {
    kind: "audio",
    port: local.port,
    protocol: "RTP/AVP",
    formats: codecs.map((codec) => String(codec.number)),
    lines: [
      ...codecs.map((codec) => `a=rtpmap:${codec.number} ${codec.name}/${codec.clock}`),
      ...events.map((codec) => `a=fmtp:${codec.number} 0-15`),
      "a=ptime:20",
      `a=${direction}`,
    ],
  };
}

/** The version rises when anything else of the text has changed (RFC 3264 8). */
function print(local: Local, media: SdpMedia[]): string {
  const text = () =>
    printSdp({
      lines: ["v=0", originLine(local), "s=-", `c=IN ${networkAddress(local.address)}`, "t=0 0"],
      media,
    });
  if (local.printed === undefined || local.printed !== text()) {
    if (local.printed !== undefined) local.version++;
    local.printed = text();
  }
  return local.printed;
}

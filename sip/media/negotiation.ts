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
} from "../dialog/sdp.ts";
import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { cryptoLine, cryptosOf, isEncrypted, isSpoken, type SdpCrypto, type SdpSuite, SUITES } from "../dialog/sdes.ts";
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
  /** What we encrypt with; once agreed on, it stays as long as each agreement has it. */
  keys?: Map<SdpSuite, Buffer>;
  /** Of what was described last. */
  cryptos?: SdpCrypto[];
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
  meanings: Map<number, Meaning>;
  /** By which keys each side encrypts what it sends; absent where media are in the clear. */
  secured?: { ours: SdpCrypto; theirs: SdpCrypto };
}

/** `noise`: how loud it is behind a party who is silent (RFC 3389). */
type Meaning = Law | "digit" | "noise";

type Refused = { reason: string };

const OFFERED: SdpCodec[] = [
  { number: 0, name: "PCMU", clock: 8000 },
  { number: 8, name: "PCMA", clock: 8000 },
  { number: 101, name: "telephone-event", clock: 8000 },
];

/** Taken where they are offered. Never asked for, nor sent: networks think a party dead of whom no packets come. */
const TAKEN: SdpCodec[] = [...OFFERED, { number: 13, name: "CN", clock: 8000 }];

/** Our offer: both laws and digits; `secured`: encrypted, by either suite. */
export function offer(local: Local, secured = false): string {
  const cryptos = SUITES.map((suite, index) => ({ tag: index + 1, suite, key: keyOf(local, suite) }));
  return print(local, [audio(local, OFFERED, "sendrecv", secured ? cryptos : [])]);
}

/** The answer to an offer: its first audio stream with the codec it prefers, by its own payload numbers; all others are refused. */
export function answer(local: Local, text: string): { sdp: string; agreement: Agreement } | Refused {
  const read = readSdp(text);
  if ("reason" in read) return read;
  const { sdp, media, codecs } = read;
  const agreement = agree(local, read);
  if ("reason" in agreement) return agreement;
  const [theirs] = isEncrypted(media) ? cryptosOf(media) : [];
  const ours = theirs && { ...theirs, key: keyOf(local, theirs.suite) };
  if (theirs && ours) agreement.secured = { ours, theirs };
  keepOnly(local, ours);

  const chosen = codecs.filter((codec) => codec.number === agreement.payloadType || !isVoice(codec));
  const held = agreement.remote === undefined && directionOf(sdp, media) === "sendrecv";
  const direction = held ? "recvonly" : mirrored(directionOf(sdp, media));
  const streams = sdp.media.map((one) =>
    one === media ? audio(local, chosen, direction, ours ? [ours] : []) : { ...one, port: 0, lines: [] },
  );
  return { sdp: print(local, streams), agreement };
}

/** What the peer's answer to our offer means. */
export function readAnswer(local: Local, text: string): Agreement | Refused {
  const read = readSdp(text);
  if ("reason" in read) return read;
  const agreement = agree(local, read);
  const [theirs] = isEncrypted(read.media) ? cryptosOf(read.media) : [];
  const ours = local.cryptos?.find(({ tag, suite }) => tag === theirs?.tag && suite === theirs.suite);
  if ((theirs ?? local.cryptos?.[0]) && !ours) return { reason: "media are not encrypted as they were offered" };
  if ("reason" in agreement) return agreement;
  if (theirs && ours) agreement.secured = { ours, theirs };
  keepOnly(local, ours);
  // He may send by our numbers as well as by his own.
  for (const [number, meaning] of meanings(TAKEN)) agreement.meanings.set(number, meaning);
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
  const streams = parsed.sdp.media.filter(isSpoken);
  if (streams.length === 0) return { reason: "no audio stream over RTP, in the clear or with keys of RFC 4568" };
  for (const media of streams) {
    const codecs = codecsOf(media).filter((codec) =>
      TAKEN.some((ours) => ours.name === codec.name && codec.clock === ours.clock),
    );
    if (codecs.some(isVoice)) return { sdp: parsed.sdp, media, codecs };
  }
  return { reason: "no codec in common; PCMU and PCMA are spoken here" };
}

function agree(local: Local, { sdp, media, codecs }: Read): Agreement | Refused {
  const address = addressOf(sdp, media);
  const voice = codecs.find(isVoice);
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

function meanings(codecs: SdpCodec[]): Map<number, Meaning> {
  return new Map(codecs.map(({ number, name }) => [number, meaningOf(name)]));
}

function meaningOf(name: string): Meaning {
  if (name === "PCMU" || name === "PCMA") return name;
  return name === "CN" ? "noise" : "digit";
}

const isVoice = ({ name }: SdpCodec): boolean => name === "PCMU" || name === "PCMA";

function keyOf(local: Local, suite: SdpSuite): Buffer {
  local.keys ??= new Map();
  const key = local.keys.get(suite) ?? randomBytes(30);
  local.keys.set(suite, key);
  return key;
}

/** A key that is left is never taken again: who begins anew with it counts turns from 0, and would use a key stream twice (RFC 3711 9.1). */
function keepOnly(local: Local, ours: SdpCrypto | undefined): void {
  local.keys = new Map<SdpSuite, Buffer>(ours && [[ours.suite, ours.key]]);
}

function audio(local: Local, codecs: SdpCodec[], direction: SdpDirection, cryptos: SdpCrypto[]): SdpMedia {
  local.cryptos = cryptos;
  const events = codecs.filter((codec) => codec.name === "telephone-event");
  return {
    kind: "audio",
    port: local.port,
    protocol: cryptos.length > 0 ? "RTP/SAVP" : "RTP/AVP",
    formats: codecs.map((codec) => String(codec.number)),
    lines: [
      ...cryptos.map(cryptoLine),
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

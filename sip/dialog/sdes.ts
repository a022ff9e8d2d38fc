/* Keys of media in descriptions (RFC 4568), and what our media can speak with. */
import { codecsOf, parseSdp, type SdpMedia } from "./sdp.ts";

/** How one side encrypts what it sends. */
export interface SdpCrypto {
  tag: number;
  suite: SdpSuite;
  /** 16 bytes of master key and 14 of master salt. For no log. */
  key: Buffer;
}

export type SdpSuite = "AES_CM_128_HMAC_SHA1_80" | "AES_CM_128_HMAC_SHA1_32";

export const SUITES: SdpSuite[] = ["AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32"];

/** One key without a name of its own (MKI), whatever its lifetime. */
const CRYPTO_LINE =
  /^a=crypto:(\d{1,9}) +(AES_CM_128_HMAC_SHA1_(?:80|32)) +inline:([A-Za-z0-9+/]{40})(?:\|(?:2\^)?\d{1,15})?((?: +\S+)*) *$/;

/** What may stand behind a key and changes nothing for who hears: a hint, and what may be left out (RFC 4568 6.3.6, 6.3.7). */
const HARMLESS = /^(?:WSH=\d+|-.*)$/;

/** Those that we speak, preferred first. */
export function cryptosOf({ lines }: SdpMedia): SdpCrypto[] {
  return lines.flatMap((line) => {
    const [, tag, name, key = "", more = ""] = CRYPTO_LINE.exec(line) ?? [];
    const suite = SUITES.find((one) => one === name);
    const strange = more.split(" ").some((each) => each !== "" && !HARMLESS.test(each));
    return suite && !strange ? [{ tag: Number(tag), suite, key: Buffer.from(key, "base64") }] : [];
  });
}

export function cryptoLine({ tag, suite, key }: SdpCrypto): string {
  return `a=crypto:${tag} ${suite} inline:${key.toString("base64")}`;
}

export const isEncrypted = ({ protocol }: SdpMedia): boolean => protocol === "RTP/SAVP";

/** Whether our media can speak with this stream, but for its codecs. */
export function isSpoken(media: SdpMedia): boolean {
  const { kind, port, protocol } = media;
  const opens = protocol === "RTP/AVP" || (isEncrypted(media) && cryptosOf(media).length > 0);
  return kind === "audio" && port !== 0 && opens;
}

/** The names of all codecs of live audio that our media can speak, `telephone-event` where keys may be told by RFC 4733. */
export function spokenIn(text: string): string[] {
  return streamsIn(text)
    .flatMap(codecsOf)
    .map(({ name }) => name);
}

/** Whether he encrypts media that ours can speak. */
export function encrypts(text: string): boolean {
  return streamsIn(text).some(isEncrypted);
}

function streamsIn(text: string): SdpMedia[] {
  const read = parseSdp(text);
  return "sdp" in read ? read.sdp.media.filter(isSpoken) : [];
}

/** Whether every key that is named now was named before, under the same number. */
export function namesNoOtherKey(now: SdpMedia, before: SdpMedia): boolean {
  const keys = ({ lines }: SdpMedia): string[] => lines.filter((line) => line.startsWith("a=crypto:"));
  return keys(now).every((line) => keys(before).includes(line));
}

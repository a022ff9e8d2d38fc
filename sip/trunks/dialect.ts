import type { Directory, Trunk } from "../../language/index.ts";
import { codecsOf, filterCodecs, parseSdp, printSdp, type Sdp } from "../dialog/sdp.ts";

/** How session descriptions are spoken with one party, whatever the other says. */
export interface Dialect {
  /** Whether we speak with him about this at all; else 488. */
  takes(sdp: string): boolean;
  /** What he is told. */
  say(sdp: string): string;
  /** What he says, as far as it is to be heard. */
  hear(sdp: string): string;
}

const asItIs = (sdp: string): string => sdp;

/** With phones of our own. */
export const plainDialect: Dialect = { takes: (sdp) => reads(sdp, (read) => !isFax(read)), say: asItIs, hear: asItIs };

/** With the other side of a trunk: its codecs in its order, encrypted or not, and no fax (T.38). */
export function dialectOf(trunk: Pick<Trunk, "codecs" | "srtp"> | undefined): Dialect {
  if (!trunk) return plainDialect;
  const { codecs, srtp } = trunk;
  const only = codecs
    ? (text: string): string => change(text, (sdp) => inOrder(filterCodecs(sdp, [...codecs, ...BESIDE]), codecs))
    : asItIs;
  const fits = (sdp: Sdp): boolean => !isFax(sdp) && encryptedAs(sdp, srtp);
  const isLeft = (text: string): boolean => reads(text, (sdp) => !isLive(sdp)) || reads(only(text), isLive);
  return { takes: (text) => reads(text, fits) && isLeft(text), say: only, hear: only };
}

const isLive = ({ media }: Sdp): boolean => media.some(({ port }) => port !== 0);

/** Whether what we offer by these trunks is encrypted: where each wants that, for others may not understand it. */
export function isSecured({ trunks }: Directory, through: (string | undefined)[]): boolean {
  return through.length > 0 && through.every((trunk) => trunks[trunk ?? ""]?.srtp === "required");
}

/** Go with every codec: keys, and silence. */
const BESIDE = ["telephone-event", "CN"];

/** Unreadable descriptions are for others to refuse; none at all is no hindrance. */
function reads(text: string, takes: (sdp: Sdp) => boolean): boolean {
  const result = text === "" ? undefined : parseSdp(text);
  return !result || !("sdp" in result) || takes(result.sdp);
}

function change(text: string, how: (sdp: Sdp) => Sdp): string {
  const result = text === "" ? undefined : parseSdp(text);
  return result && "sdp" in result ? printSdp(how(result.sdp)) : text;
}

function isFax({ media }: Sdp): boolean {
  const live = media.filter(({ port }) => port !== 0);
  return live.some(({ kind }) => kind === "image") && !live.some(({ kind }) => kind === "audio");
}

function encryptedAs({ media }: Sdp, srtp: Trunk["srtp"]): boolean {
  if (srtp === "optional") return true;
  return media.every(({ port, protocol }) => port === 0 || /\bSAVPF?$/.test(protocol) === (srtp === "required"));
}

/** The trunk's order of codecs; keys and silence after them. */
function inOrder(sdp: Sdp, codecs: readonly string[]): Sdp {
  const place = (name: string): number => (codecs.includes(name) ? codecs.indexOf(name) : codecs.length);
  const media = sdp.media.map((one) => {
    if (one.kind !== "audio" || one.port === 0) return one;
    const sorted = codecsOf(one).toSorted((a, b) => place(a.name) - place(b.name));
    return { ...one, formats: sorted.map(({ number }) => String(number)) };
  });
  return { lines: sdp.lines, media };
}

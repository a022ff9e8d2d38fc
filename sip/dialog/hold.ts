import {
  directed,
  directionOf,
  isHeld,
  isUnspecified,
  addressOf,
  mirrored,
  parseSdp,
  printSdp,
  type Sdp,
  type SdpDirection,
  type SdpMedia,
} from "./sdp.ts";

/*
 * Who holds, by his own word (RFC 3264 8.4), and how descriptions are told to others meanwhile.
 */

/** Whether who describes this does not want to hear. */
export function isHold(text: string): boolean {
  const read = parseSdp(text);
  return "sdp" in read && isHeld(read.sdp);
}

/** Whether he holds who has answered an offer so; where nothing was to be sent to him, he does as `before`. */
export function holdsAfter(offered: string, answered: string, before: boolean): boolean {
  const read = parseSdp(offered);
  const sends = "sdp" in read && read.sdp.media.some((one) => one.port !== 0 && isSending(directionOf(read.sdp, one)));
  return sends ? isHold(answered) : before;
}

const isSending = (direction: SdpDirection): boolean => direction === "sendrecv" || direction === "sendonly";

/** As he would describe it who does not hold, to others who do not: that he only hears, or neither, is what he was asked for. */
export function unheld(text: string): string {
  return /^a=(recvonly|inactive)/m.test(text) ? withAudio(text, () => "sendrecv") : text;
}

/** A description of ours as the answer to an offer, but for its direction (RFC 3264 6.1). */
export function answering(text: string, offered: string): string {
  const read = parseSdp(offered);
  const theirs = "sdp" in read ? read.sdp.media.find(({ kind, port }) => kind === "audio" && port !== 0) : undefined;
  if (!("sdp" in read) || !theirs) return text;
  const direction = mirrored(plainly(read.sdp, theirs));
  return direction === "sendrecv" ? text : withAudio(text, () => direction);
}

/** An address of zeros as a direction too: not every phone takes it for a hold, and one that does not thinks the other dead. */
export function plainHold(text: string): string {
  return /^c=IN IP[46] (0\.0\.0\.0|::)\s*$/m.test(text) ? withAudio(text, plainly) : text;
}

function plainly(sdp: Sdp, media: SdpMedia): SdpDirection {
  const direction = directionOf(sdp, media);
  if (!isUnspecified(addressOf(sdp, media))) return direction;
  return isSending(direction) ? "sendonly" : "inactive";
}

function withAudio(text: string, direction: (sdp: Sdp, media: SdpMedia) => SdpDirection): string {
  const read = parseSdp(text);
  if (!("sdp" in read)) return text;
  const { sdp } = read;
  const media = sdp.media.map((one) => (one.kind === "audio" ? directed(one, direction(sdp, one)) : one));
  return printSdp({ ...sdp, media });
}

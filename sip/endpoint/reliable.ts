/** Reliable provisional responses (RFC 3262). */
import { header, headerLines, type Request, type Response } from "./message.ts";

/** The application asks for it in a provisional response other than 100. */
export function wantsReliable(response: Response): boolean {
  const { status } = response;
  return status > 100 && status < 200 && headerLines(response, "require").some((value) => /\b100rel\b/i.test(value));
}

/** Whether a PRACK means the response with this RSeq to the INVITE with this CSeq (7.2). */
export function acknowledges(prack: Request, rseq: number, cseq: number): boolean {
  const rack = /^(\d+)\s+(\d+)\s+INVITE$/.exec(header(prack, "rack") ?? "");
  return rack !== null && Number(rack[1]) === rseq && Number(rack[2]) === cseq;
}

import { randomBytes } from "node:crypto";
import type { CallId } from "../../runtime/index.ts";
import type { Law } from "../media/g711.ts";
import { isHold } from "../dialog/hold.ts";
import { cryptoLine, cryptosOf, type SdpCrypto } from "../dialog/sdes.ts";
import { parseSdp } from "../dialog/sdp.ts";
import { correlation } from "./audio.ts";
import { type Rig, until } from "./calls-rig.ts";
import { ackTo, inviteTo, type RawPhone, type RawRequest, requestFrom, requestTo, startRawPhone } from "./raw-phone.ts";
import { type RtpPhone, rtpPhone } from "./rtp-phone.ts";

/** One of two who talk: a phone that is only sockets. It says its sound to wherever it was told last, as long as whoever is there wants it. */
export interface Side {
  phone: RawPhone;
  rtp: RtpPhone;
  /** Where it was told that the other is. */
  told: string;
  /** Each INVITE to it that it does not refuse is answered after this. */
  answers: () => Promise<void> | void;
  /** It stays on hold where it is led elsewhere. */
  keepsHold: boolean;
  /** What it answers with 488: what is not of its codec, unless told otherwise. */
  refuses: (sdp: string) => boolean;
  /** Offers a description of its own in the dialog that it is in → the answer, or the status line of a refusal. */
  offer(sdp: string, method?: "INVITE" | "UPDATE"): Promise<string>;
  /** A re-INVITE without an offer, whose answer comes with the ACK → what it was offered. */
  asks(sdp: string): Promise<string>;
  /** Any other request in it. */
  says(method: string, headers?: string[], body?: string): void;
  /** Calls off what it has offered last. */
  cancels(): void;
  /** Calls `5000`, and is answered. */
  calls(rig: Rig): Promise<CallId>;
  /** Calls it; an answer is acknowledged when it comes. */
  arrives(rig: Rig, sdp?: string): Promise<CallId>;
  /** From now on this is heard, until nothing else is; of the last 0.3 s. */
  hears(sound: Int16Array): Promise<void>;
  /** What it answers offers with. */
  description(...lines: string[]): string;
  /** It encrypts with another key from its next description on. */
  rekeys(): void;
  /** It has other sockets for its audio from now on. */
  moves(): Promise<void>;
  stop(): Promise<void>;
}

const isInitial = (text: string): boolean => text.startsWith("INVITE") && !/^To:.*;tag=/im.test(text);
const statusOf = (text: string): string => text.split("\r\n", 1)[0]?.replace("SIP/2.0 ", "") ?? "";
const bodyOf = (text: string): string => text.slice(text.indexOf("\r\n\r\n") + 4);
const cseqOf = (text: string): string => /^CSeq: *(\d+)/im.exec(text)?.[1] ?? "";

/** A CANCEL or ACK of an INVITE; the ACK of a 200 is a transaction of its own. */
function like(invite: string, method: string, { apart = false, body = "" } = {}): string {
  const [head = ""] = invite.split("\r\n\r\n");
  const lines = head.split("\r\n").filter((line) => !line.startsWith("Content-"));
  const described = body ? ["Content-Type: application/sdp"] : [];
  const text = [...lines, ...described, `Content-Length: ${body.length}`, "", body].join("\r\n");
  const named = text.replace(/^INVITE/, method).replace(/^(CSeq: \d+) INVITE/m, `$1 ${method}`);
  return apart ? named.replace("branch=z9hG4bK", "branch=z9hG4bKack") : named;
}

/** RFC 3264 6.1; who holds does not hear. */
function directionTo(offered: string, holds: boolean): string[] {
  if (/^a=inactive/m.test(offered)) return ["a=inactive"];
  if (/^a=sendonly/m.test(offered)) return [holds ? "a=inactive" : "a=recvonly"];
  return holds ? ["a=sendonly"] : [];
}

function keyIn(sdp: string): SdpCrypto | undefined {
  const read = parseSdp(sdp);
  return "sdp" in read ? read.sdp.media.flatMap(cryptosOf)[0] : undefined;
}

/** `law`: of its only codec. `secured`: it speaks SRTP, with keys from descriptions, and nothing else. */
export async function startSide(
  at: () => string,
  { voice, law = "PCMU", secured = false }: { voice: Int16Array; law?: Law; secured?: boolean },
): Promise<Side> {
  let rtp = await rtpPhone("127.0.0.1", law);
  const profile = secured ? "RTP/SAVP" : "RTP/S?AVP";
  const key = (): SdpCrypto => ({ tag: 1, suite: "AES_CM_128_HMAC_SHA1_80", key: randomBytes(30) });
  let mine = key();
  const speaks = new RegExp(`^m=audio \\d+ ${profile}.* ${law === "PCMU" ? 0 : 8}\\b`, "m");
  let version = 1;
  let cseq = 10;
  let held = false;
  let last = "";
  const port = (): number => Number(at().split(":")[1]);
  const phone = await startRawPhone((request) => {
    if (request.method === "INVITE") void answer(request);
    else if (request.method !== "ACK") request.reply("200 OK");
  });

  async function answer({ text, reply }: RawRequest): Promise<void> {
    if (side.refuses(bodyOf(text))) return reply("488 Not Acceptable Here");
    if (isInitial(text)) reply("180 Ringing");
    await side.answers();
    held &&= side.keepsHold;
    hear(bodyOf(text));
    reply("200 OK", { body: side.description(...directionTo(bodyOf(text), held)) });
  }

  function hear(sdp: string): void {
    side.told = sdp;
    if (secured) rtp.secure({ mine, theirs: keyIn(sdp) });
    const to = Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
    if (to && !/^a=(sendonly|inactive)/m.test(sdp)) rtp.speak(to, voice);
    else rtp.silence();
  }

  /** The request that began the dialog, if it was called; else the 200 to its own. */
  const within = (method: string, headers: string[], body: string): string => {
    const request = { method, cseq: ++cseq, headers, body };
    const invite = phone.received.findLast(isInitial);
    const ok = phone.received.find((text) => text.startsWith("SIP/2.0 200") && cseqOf(text) === "1");
    return ok ? requestTo(ok, phone.port, request) : requestFrom(invite ?? "", phone.port, request);
  };

  async function finalOf(request: string): Promise<string> {
    last = request;
    phone.send(request, port());
    const cseq = /^CSeq: *(.*)$/im.exec(request)?.[1] ?? "";
    const isFinal = (text: string): boolean => /^SIP\/2.0 [2-6]/.test(text) && text.includes(`CSeq: ${cseq}`);
    await until(() => phone.received.some(isFinal));
    return phone.received.find(isFinal) ?? "";
  }

  const side: Side = {
    phone,
    get rtp() {
      return rtp;
    },
    told: "",
    answers: () => undefined,
    keepsHold: true,
    refuses: (sdp) => sdp !== "" && !speaks.test(sdp),
    description: (...lines) => {
      const clear = rtp.sdp(...lines, ...(secured ? [cryptoLine(mine)] : []));
      const text = secured ? clear.replace("RTP/AVP", "RTP/SAVP") : clear;
      return text.replace("o=- 1 1", `o=- 1 ${++version}`);
    },
    async offer(sdp, method = "INVITE") {
      const text = within(method, ["Content-Type: application/sdp"], sdp);
      const answer = await finalOf(text);
      const ok = answer.startsWith("SIP/2.0 200");
      if (method === "INVITE") phone.send(like(text, "ACK", { apart: ok }), port());
      if (!ok) return statusOf(answer);
      held = isHold(sdp);
      hear(bodyOf(answer));
      return bodyOf(answer);
    },
    async asks(sdp) {
      const text = within("INVITE", [], "");
      const ok = await finalOf(text);
      phone.send(like(text, "ACK", { apart: true, body: sdp }), port());
      held = isHold(sdp);
      hear(bodyOf(ok));
      return bodyOf(ok);
    },
    cancels: () => phone.send(like(last, "CANCEL"), port()),
    async calls(rig) {
      const call = await side.arrives(rig);
      rig.perform({ type: "answer", call, ringback: false });
      await rig.next("call.answered");
      return call;
    },
    async arrives(rig, sdp = side.description()) {
      phone.send(inviteTo(rig.at, phone.port, { body: sdp }), port());
      const { call } = await rig.next("call.arrived");
      void until(() => phone.received.some((text) => text.startsWith("SIP/2.0 200")), 10_000).then(
        () => {
          const ok = phone.received.find((text) => text.startsWith("SIP/2.0 200")) ?? "";
          hear(bodyOf(ok));
          phone.send(ackTo(ok, phone.port), port());
        },
        () => undefined,
      );
      return call;
    },
    says: (method, headers = [], body = "") => phone.send(within(method, headers, body), port()),
    async hears(sound) {
      rtp.packets.length = 0;
      await until(() => correlation(rtp.heard().subarray(-2400), sound) > 0.6).catch(() => {
        throw new Error(`not heard; ${rtp.packets.length} packets, told ${side.told}`);
      });
    },
    rekeys: () => void (mine = key()),
    async moves() {
      rtp.close();
      rtp = await rtpPhone("127.0.0.1", law);
    },
    async stop() {
      rtp.close();
      await phone.stop();
    },
  };
  return side;
}

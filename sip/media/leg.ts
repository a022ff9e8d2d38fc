import type { RemoteInfo, Socket } from "node:dgram";
import { randomInt } from "node:crypto";
import { type Keypad, digitIn } from "./digits.ts";
import { decode, encode } from "./g711.ts";
import { type Agreement, type Local, answer, readAnswer } from "./negotiation.ts";
import type { MediaCommand, MediaEvent, MediaLeg } from "./port.ts";
import { type Recorder, startRecorder } from "./recorder.ts";
import { RTP_HEADER_BYTES, readRtp, writeRtpHeader } from "./rtp.ts";
import type { Shelf } from "./shelf.ts";
import { FRAME_SAMPLES } from "./sound.ts";
import { type Source, admit, signal, target } from "./source.ts";
import { createSpeaker } from "./speaker.ts";

/** One RTP relation with one party. */
export interface Leg {
  perform(command: LegCommand): void;
  /** Sends the next 20 ms. */
  tick(): void;
  hear(bytes: Buffer, from: RemoteInfo): void;
  /** Ends the recording; → the packet counts. The socket is the caller's to close. */
  finish(): Promise<{ sent: number; received: number }>;
}

export type LegCommand = Exclude<MediaCommand, { type: "open" | "close" }>;

export interface LegOptions {
  id: MediaLeg;
  socket: Socket;
  local: Local;
  /** Absent while our offer has no answer. */
  agreement?: Agreement;
  shelf: Shelf;
  /** One period of it. */
  ringback: Int16Array;
  emit: (event: MediaEvent) => void;
}

export function createLeg({ id, socket, local, shelf, ringback, emit, ...options }: LegOptions): Leg {
  const speaker = createSpeaker(shelf, (play, outcome, reason) =>
    emit({ type: "played", leg: id, play, outcome, ...(reason && { reason }) }),
  );
  const source: Source = { heardAt: 0 };
  const keypad: Keypad = {};
  const frame = new Int16Array(FRAME_SAMPLES);
  const ssrc = randomInt(2 ** 32);
  let sequence = randomInt(2 ** 16);
  let timestamp = randomInt(2 ** 32);
  /** The next packet starts a stretch of sound (RFC 3551 4.1). */
  let marker = true;
  let sent = 0;
  let received = 0;
  let agreement: Agreement | undefined;
  let recording: { file: string; recorder: Recorder } | undefined;
  let recorded: Promise<void> = Promise.resolve();
  if (options.agreement) agreeOn(options.agreement);

  function agreeOn(next: Agreement): void {
    agreement = next;
    if (next.remote) signal(source, next.remote);
  }

  function negotiate(sdp: string, role: "offer" | "answer"): void {
    if (role === "answer") {
      const read = readAnswer(local, sdp);
      if ("reason" in read) emit({ type: "refused", leg: id, reason: read.reason });
      else agreeOn(read);
      return;
    }
    const answered = answer(local, sdp);
    if ("reason" in answered) return emit({ type: "refused", leg: id, reason: answered.reason });
    agreeOn(answered.agreement);
    emit({ type: "opened", leg: id, sdp: answered.sdp });
  }

  function stopRecording(): void {
    if (!recording) return;
    const { file, recorder } = recording;
    recording = undefined;
    const finished = recorder.finish();
    recorded = recorded.then(async () => emit({ type: "recorded", leg: id, file, ...(await finished) }));
  }

  return {
    perform(command) {
      switch (command.type) {
        case "peer":
          return negotiate(command.sdp, command.role);
        case "play":
          return speaker.play(command);
        case "ringback":
          return speaker.tone(ringback);
        case "stop":
          return speaker.silence();
        case "record":
          stopRecording();
          recording = { file: command.file, recorder: startRecorder(command.file) };
          return;
        case "stopRecording":
          return stopRecording();
      }
    },

    tick() {
      speaker.speak(frame);
      timestamp = (timestamp + FRAME_SAMPLES) >>> 0;
      const to = target(source);
      if (!agreement?.sending || !to) {
        marker = true;
        return;
      }
      const packet = Buffer.allocUnsafe(RTP_HEADER_BYTES + FRAME_SAMPLES);
      writeRtpHeader(packet, { payloadType: agreement.payloadType, marker, sequence, timestamp, ssrc });
      encode(agreement.law, frame, packet, RTP_HEADER_BYTES);
      socket.send(packet, to.port, to.address);
      marker = false;
      sequence = (sequence + 1) & 0xffff;
      sent++;
    },

    hear(bytes, from) {
      const packet = readRtp(bytes);
      const meaning = packet && agreement?.meanings.get(packet.payloadType);
      const now = performance.now();
      if (!packet || !meaning || !admit(source, from, packet.ssrc, now)) return;
      received++;
      if (meaning !== "digit") return recording?.recorder.hear(packet, decode(meaning, packet.payload), now);
      const digit = digitIn(keypad, packet);
      if (digit) emit({ type: "digit", leg: id, digit });
    },

    async finish() {
      speaker.silence();
      stopRecording();
      await recorded;
      return { sent, received };
    },
  };
}

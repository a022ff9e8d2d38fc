import type { RemoteInfo, Socket } from "node:dgram";
import { type Keypad, digitIn, isTold } from "./digits.ts";
import { decode } from "./g711.ts";
import { createToneDetector, type ToneDetector } from "./dtmf.ts";
import { type Jitter, createJitter } from "./jitter.ts";
import { type Mixes, type Seat, addTo } from "./mix.ts";
import { type Agreement, type Local, answer, readAnswer } from "./negotiation.ts";
import type { MediaCommand, MediaEvent, MediaLeg } from "./port.ts";
import { createMeter, isRtcp, type Quality } from "./quality.ts";
import { type Recorder, startRecorder } from "./recorder.ts";
import { readRtp } from "./rtp.ts";
import { createSender } from "./sender.ts";
import type { Shelf } from "./shelf.ts";
import { FRAME_SAMPLES } from "./sound.ts";
import { type Source, admit, aim, mayCount, target } from "./source.ts";
import { createSpeaker } from "./speaker.ts";
import { createOpener, createSealer, keyedBy, type Opener, type Sealer } from "./srtp.ts";
import { type Tape, startTape } from "./tape.ts";

/** One RTP relation with one party. */
export interface Leg {
  perform(command: LegCommand): void;
  /** Sends the next 20 ms. */
  tick(): void;
  hear(bytes: Buffer, from: RemoteInfo): void;
  /** What comes on the port beside it. */
  hearReport(bytes: Buffer, from: RemoteInfo): void;
  /** Ends the recording; → the packet counts. The socket is the caller's to close. */
  finish(): Promise<{ sent: number; received: number; quality?: Quality }>;
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
  /** A place in the mix of this name. */
  seat: Mixes["take"];
  emit: (event: MediaEvent) => void;
}

export function createLeg({ id, socket, local, shelf, ringback, seat: seatIn, emit, ...options }: LegOptions): Leg {
  const speaker = createSpeaker(shelf, (play, outcome, reason) =>
    emit({ type: "played", leg: id, play, outcome, ...(reason && { reason }) }),
  );
  const source: Source = { near: [], heardAt: 0 };
  const keypad: Keypad = {};
  const frame = new Int16Array(FRAME_SAMPLES);
  const sender = createSender(socket);
  const meter = createMeter(sender.ssrc);
  let received = 0;
  let agreement: Agreement | undefined;
  let sealer: Sealer | undefined;
  let opener: Opener | undefined;
  let tones: ToneDetector | undefined;
  /** What the party says, frame by frame, where somebody wants it so. */
  let jitter: Jitter | undefined;
  let seat: Seat | undefined;
  let listens = false;
  const said = new Int16Array(FRAME_SAMPLES);
  const others = new Int16Array(FRAME_SAMPLES);
  /** By file: a call that is recorded, and a message that is left in it, are two. */
  const recordings = new Map<string, { recorder?: Recorder; tape?: Tape }>();
  let recorded: Promise<void> = Promise.resolve();
  if (options.agreement) agreeOn(options.agreement);

  function agreeOn(next: Agreement): void {
    agreement = next;
    sealer = keyedBy(sealer, next.secured?.ours, createSealer);
    opener = keyedBy(opener, next.secured?.theirs, createOpener);
    // Who tells keys by RFC 4733 is not listened to for their tones: each would be there twice.
    tones = next.keys === undefined ? (tones ?? createToneDetector()) : undefined;
    if (next.remote) aim(source, next.remote);
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

  function stopRecording(file: string): void {
    const { tape, recorder } = recordings.get(file) ?? {};
    recordings.delete(file);
    const finished = (tape ?? recorder)?.finish();
    if (!finished) return;
    recorded = recorded.then(async () => emit({ type: "recorded", leg: id, file, ...(await finished) }));
  }

  function leave(): void {
    seat?.leave();
    seat = undefined;
  }

  function hearReport(bytes: Buffer, from: RemoteInfo): void {
    if (target(source)?.address !== from.address) return;
    const report = opener ? opener.openReport(bytes) : bytes;
    // Not counted where it does not verify: some open their port by one in the clear.
    if (report) meter.report(report);
  }

  function pressed(digit: string | undefined, now: number): void {
    if (!digit || !isTold(keypad, now)) return;
    if (!listens) seat?.press(digit);
    emit({ type: "digit", leg: id, digit });
  }

  function stopAll(): void {
    for (const file of recordings.keys()) stopRecording(file);
  }

  /** Party and mix hear one another, and each tape hears both. */
  function converse(): void {
    if (!jitter) return;
    jitter.take(said);
    if (seat) seat.pass(listens ? undefined : said, others);
    else others.fill(0);
    addTo(frame, others);
    if (recordings.size === 0) return;
    addTo(others, said);
    for (const [file, { tape }] of recordings) if (tape?.write(others) === false) stopRecording(file);
  }

  return {
    perform(command) {
      switch (command.type) {
        case "peer":
          return negotiate(command.sdp, command.role);
        case "near":
          source.near = command.addresses;
          return;
        case "play":
          return speaker.play(command);
        case "ringback":
          return speaker.tone(ringback);
        case "stop":
          return speaker.silence();
        case "record":
          recordings.set(command.file, { recorder: startRecorder(command.file) });
          return;
        case "tape":
          jitter ??= createJitter();
          recordings.set(command.file, { tape: startTape(command.file, command) });
          return;
        case "pauseTape":
          return recordings.get(command.file)?.tape?.pause(command.paused);
        case "stopRecording":
          return command.file === undefined ? stopAll() : stopRecording(command.file);
        case "join":
          leave();
          jitter ??= createJitter();
          seat = seatIn(command.mix, sender.press);
          listens = command.listens ?? false;
          return;
        case "leave":
          return leave();
        case "press":
          return sender.press(command.digit);
      }
    },

    tick() {
      speaker.speak(frame);
      converse();
      sender.send(frame, agreement, target(source), sealer);
    },

    hearReport,
    hear(bytes, from) {
      if (isRtcp(bytes)) return hearReport(bytes, from);
      // Before it is opened, which takes long: a stranger's copy of a packet would make the party's own a repetition.
      if (!mayCount(source, from)) return;
      const plain = opener ? opener.open(bytes) : bytes;
      if (!plain) return meter.drop();
      const packet = readRtp(plain);
      const meaning = packet && agreement?.meanings.get(packet.payloadType);
      const now = performance.now();
      if (!packet || !meaning || !admit(source, from, packet.ssrc, now)) return;
      received++;
      meter.hear(packet, now);
      if (meaning === "digit") return pressed(digitIn(keypad, packet), now);
      if (meaning === "noise") return jitter?.hush(packet);
      const keys = tones ? tones.hear(decode(meaning, packet.payload)) : "";
      for (const key of keys.split("")) pressed(key, now);
      if (keys) jitter?.clear(); // the others are told the key, and no tape has it
      if (!tones?.sounding) jitter?.hear(packet, meaning);
      for (const { recorder } of recordings.values()) recorder?.hear(packet, decode(meaning, packet.payload), now);
    },

    async finish() {
      speaker.silence();
      leave();
      stopAll();
      await recorded;
      const quality = meter.figures();
      return { sent: sender.sent, received, ...(quality && { quality }) };
    },
  };
}

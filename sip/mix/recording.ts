import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join as pathOf } from "node:path";
import { performance } from "node:perf_hooks";
import type { Command } from "../../runtime/index.ts";
import type { AudioLeg, Taped } from "../audio.ts";
import { mediaOf } from "../caller/caller.ts";
import { unmix } from "../party/bridge.ts";
import { mix } from "./mixing.ts";
import { keepNotes, lengthOf, type RecordingNotes } from "./notes.ts";
import type { Board, LiveCall, Recording } from "../call.ts";
import { reasonOf } from "../dialog/srf.ts";

type RecordCommand = Extract<Command, { type: "record" }>;

/** Records what caller and party say, until the call ends or nobody wants it any more. → `recording.changed` */
export async function record(board: Board, call: LiveCall, { what, paused }: RecordCommand): Promise<void> {
  const tell = (state: "started" | "failed"): void =>
    board.deliver({ type: "recording.changed", call: call.id, state });
  if (what !== "call") {
    if (!call.recording) return tell("failed");
    if (what === "stop") return call.recording.stop();
    return call.recording.pause(what === "pause");
  }
  if (call.recording) return call.recording.pause(false); // it is under way
  const failed = (reason: string): void => {
    call.recording = undefined;
    board.log.error({ call: call.id, reason }, "not recorded");
    if (!call.ended) tell("failed");
  };

  const { recordings } = board;
  if (recordings === undefined) return failed("no folder for recordings");
  const file = fileOf(pathOf(recordings, "calls", new Date().toISOString().slice(0, 10)), call.id);
  const recording = createRecording(board, call, file);
  call.recording = recording;
  recording.pause(paused === true);
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  } catch (error) {
    return failed(reasonOf(error));
  }
  const isOver = (): boolean => call.ended || call.recording !== recording;
  await call.announcement?.here();
  if (isOver()) return;
  await call.returning;
  const { joined } = call;
  recording.talkingTo(joined?.who);
  // At a media site there is nowhere to keep it.
  const isHere = call.media?.place === board.audio;
  const failure = joined && !isHere && (await mix(board, call, joined));
  if (!joined && !isHere && call.media) await mediaOf(board, call);
  if (call.ended) return;
  if (failure) failed("the two could not be moved to our media");
  if (failure || isOver()) return unmix(board, call);
  if (call.media) recording.begin(call.media);
  recording.started();
}

/** Its first is named as the call. Another run may have made some before it died. */
function fileOf(folder: string, id: string): string {
  for (let made = 1; ; made++) {
    const file = pathOf(folder, made === 1 ? `${id}.wav` : `${id}-${made}.wav`);
    if (!existsSync(file)) return file;
  }
}

function createRecording(board: Board, call: LiveCall, file: string): Recording {
  const { id, conversation, from, to } = call;
  const notes: RecordingNotes = { call: id, conversation, from, to, startedAt: "", gaps: [], with: [] };
  let note: () => void = () => undefined;
  let startedMs: number | undefined;
  let [isTold, paused] = [false, false];
  let talkingTo: string | undefined;
  let media: AudioLeg | undefined;

  const now = (): number => Math.round(performance.now() - (startedMs ?? performance.now()));

  function leaveParty(): void {
    const last = notes.with.at(-1);
    if (last && last.toMs === undefined) last.toMs = now();
  }

  async function ended({ ms, gaps = [], reason }: Taped): Promise<void> {
    leaveParty();
    // Media that failed did not say how much they had written; the file is whole all the same.
    const lengthMs = reason ? await lengthOf(file) : ms;
    Object.assign(notes, { lengthMs, gaps, ...(reason && { reason }) });
    note();
    over(reason);
  }

  function tell(state: "started" | "paused" | "resumed" | "ended" | "failed"): void {
    board.deliver({ type: "recording.changed", call: id, state });
  }

  /** Nothing more is kept; the two go on directly where nobody else takes part. */
  function over(reason?: string): void {
    call.recording = undefined;
    if (reason) board.log.error({ call: id, reason }, "not recorded");
    if (call.ended) return;
    tell(reason ? "failed" : "ended");
    board.settle(call, unmix(board, call));
  }

  return {
    begin(carrying) {
      if (startedMs !== undefined || carrying.place !== board.audio) return;
      media = carrying;
      startedMs = performance.now();
      notes.startedAt = new Date().toISOString();
      void media.tape(file, { paused }).then(ended);
      if (talkingTo !== undefined) notes.with.push({ who: talkingTo, fromMs: 0 });
      note = keepNotes(file, notes, board.log);
      note();
    },
    stop() {
      if (media) media.stopRecording(file);
      else over();
    },
    started() {
      isTold = true;
      tell("started");
      if (paused) tell("paused");
    },
    pause(wanted) {
      paused = wanted;
      media?.pauseTape(file, wanted);
      if (isTold) tell(wanted ? "paused" : "resumed");
    },
    talkingTo(who) {
      if (startedMs !== undefined) {
        leaveParty();
        if (who !== undefined) notes.with.push({ who, fromMs: now() });
        note();
      }
      talkingTo = who;
    },
  };
}

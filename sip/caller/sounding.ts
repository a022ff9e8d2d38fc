import type { Event, TaskId } from "../../runtime/index.ts";
import type { AudioHooks } from "../audio.ts";
import type { Board, LiveCall } from "../call.ts";

/** A key of the caller, however it was told. */
export function pressed(board: Board, call: LiveCall, digit: string): void {
  if (call.visitor) return call.visitor.pressed(digit);
  call.deposit?.pressed?.(digit);
  call.bot?.pressed?.(digit);
  board.deliver({ type: "digit.pressed", call: call.id, digit });
}

/** What is told of the audio of a caller. */
export function mediaHooks(board: Board, call: LiveCall): AudioHooks {
  return {
    played(task, outcome, reason) {
      const { sound } = call;
      if (call.ended || sound.kind !== "files" || sound.task !== task) return;
      const endless = sound.loop && sound.ms === undefined;
      if (endless || outcome !== "done") {
        const fields = { call: call.id, prompt: sound.prompt, files: sound.files, outcome, reason };
        board.log.warn(fields, endless ? "music ended" : "prompt not played");
      }
      if (!endless) heard(board, call, task, outcome);
    },
    key: (digit) => pressed(board, call, digit),
    closed(_sent, _received, reason, quality) {
      if (quality) board.deliver({ type: "call.measured", call: call.id, ...quality });
      if (call.ended) return;
      const { sound } = call;
      const prompt = sound.kind === "files" ? sound.prompt : undefined;
      if (reason) board.log.error({ call: call.id, prompt, reason }, "media lost");
      if (!call.media?.lost) return;
      call.media = undefined; // the next treatment asks for media anew
      if (sound.kind !== "files" || (sound.loop && sound.ms === undefined)) return;
      heard(board, call, sound.task, "failed");
    },
  };
}

type Heard = Extract<Event, { type: "treatment.ended" }>;

function heard(board: Board, call: LiveCall, task: TaskId, outcome: Heard["outcome"]): void {
  if (call.visitor) call.visitor.heard(task);
  else board.deliver({ type: "treatment.ended", call: call.id, task, outcome });
}

import type { CallRow } from "../../answers.ts";
import { control } from "../desk.ts";
import { useWords } from "../say.ts";
import { usePage } from "../store.ts";

const nextOf = { none: "start", on: "pause", paused: "resume" } as const;
const words = { start: "record", pause: "pauseRecording", resume: "resumeRecording" } as const;

/** What comes next with the recording of a call (row 2.24), and how to do it; nothing for whom the directory does not let. */
export function useRecording({ id, recording, party }: CallRow): { next?: keyof typeof words; go(): void } {
  const may = usePage((page) => page.me?.may.includes("record")) === true;
  const next = may && party ? nextOf[recording ?? "none"] : undefined;
  return { next, go: () => void (next && control(id, "record", { what: next })) };
}

export function Recording({ call, shortcut }: { call: CallRow; shortcut?: string }) {
  const say = useWords();
  const { next, go } = useRecording(call);
  if (!next) return null;
  return (
    <>
      <button type="button" aria-keyshortcuts={shortcut} onClick={go}>
        {say(words[next])} {shortcut !== undefined && <kbd>{shortcut}</kbd>}
      </button>
      {call.recording && (
        <button type="button" onClick={() => void control(call.id, "record", { what: "stop" })}>
          {say("stopRecording")}
        </button>
      )}
    </>
  );
}

/** Said to everybody who sees the call. */
export function RecordingMark({ call: { recording } }: { call: CallRow }) {
  const say = useWords();
  if (!recording) return null;
  return <span class={`recording is-${recording}`}>{say(recording === "on" ? "recordingOn" : "recordingPaused")}</span>;
}

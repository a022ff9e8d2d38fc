import { useState } from "preact/hooks";
import type { CallRow } from "../../answers.ts";
import { control } from "../desk.ts";
import { useHotkey } from "../hotkeys.ts";
import { nameOf } from "../model.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { Recording, useRecording } from "./recording.tsx";
import { Whom } from "./whom.tsx";

/** What one can do with a call of one's own; the phone has no part in it. Keys are for the first call. */
export function KeyedControls({ call }: { call: CallRow }) {
  const hangUp = useHotkey("hang_up", () => void control(call.id, "release"));
  const hold = useHotkey("hold", () => void control(call.id, call.held ? "retrieve" : "hold"));
  const record = useHotkey("record", useRecording(call).go);
  const alternate = useHotkey("alternate", () => isReached(call) && void control(call.id, "alternate"));
  return <Controls call={call} keys={{ hangUp, hold, record, alternate }} />;
}

type Keys = Record<"hangUp" | "hold" | "record" | "alternate", string>;

/** Whom he asks has picked up. */
const isReached = ({ consult }: CallRow): boolean => consult?.talking === true || consult?.held === true;

export function Controls({ call, keys }: { call: CallRow; keys?: Keys }) {
  const say = useWords();
  const { id, held, consult, party } = call;
  const asked = usePage(({ agents }) => (consult?.agent ? nameOf(agents, consult.agent) : consult?.destination));
  return (
    <>
      <p class="row">
        {party && (
          <button
            type="button"
            aria-keyshortcuts={keys?.hold}
            onClick={() => void control(id, held ? "retrieve" : "hold")}
          >
            {say(held ? "retrieve" : "holdCall")} {keys && <kbd>{keys.hold}</kbd>}
          </button>
        )}
        <Recording call={call} shortcut={keys?.record} />
        <button
          type="button"
          class="danger apart"
          aria-keyshortcuts={keys?.hangUp}
          onClick={() => void control(id, "release")}
        >
          {say("hangUp")} {keys && <kbd>{keys.hangUp}</kbd>}
        </button>
      </p>
      {consult && (
        <p class="row">
          <span>{say(consult.talking ? "consults" : consult.held ? "askedIsHeld" : "asks", asked)}</span>
          <button type="button" class="main" disabled={!isReached(call)} onClick={() => void control(id, "transfer")}>
            {say("complete")}
          </button>
          <button
            type="button"
            aria-keyshortcuts={keys?.alternate}
            disabled={!isReached(call)}
            onClick={() => void control(id, "alternate")}
          >
            {say("alternate")} {keys && <kbd>{keys.alternate}</kbd>}
          </button>
        </p>
      )}
      {party && !consult && <Others call={id} />}
    </>
  );
}

/** To whom it is handed on, who is asked first, or who talks with both. */
function Others({ call }: { call: string }) {
  const say = useWords();
  const [to, setTo] = useState("");
  const whom = to.trim();
  return (
    <p class="row">
      <Whom label={say("partner")} value={to} set={setTo} withPlaces />
      {(["transfer", "consult", "conference"] as const).map((does) => (
        <button key={does} type="button" disabled={whom === ""} onClick={() => void control(call, does, { to: whom })}>
          {say(does)}
        </button>
      ))}
    </p>
  );
}

import { useEffect } from "preact/hooks";
import { change, useStore } from "../store.ts";
import { startClock, togglePlaying } from "./clock.ts";
import { jump, startKeys, stepBy } from "./keys.ts";
import { type Speed, speeds } from "./model.ts";
import { Scrubber } from "./scrubber.tsx";
import { runTime, wallTime } from "./words.ts";

const speedNames: Record<Speed, string> = { "1": "1×", "10": "10×", "60": "60×", max: "max" };

/** The virtual clock of the run: play, pause, step, speed and scrubber. */
export function ClockBar() {
  useEffect(startClock, []);
  useEffect(startKeys, []);
  const isReady = useStore(({ scene }) => scene.stage !== undefined);
  const isPlaying = useStore(({ scene }) => scene.isPlaying);
  const speed = useStore(({ scene }) => scene.speed);
  const atStart = useStore(({ scene }) => scene.at === 0);
  const atEnd = useStore(({ scene: { at, extent } }) => !extent || (at >= extent.until && extent.next === undefined));
  return (
    <footer class="clock-bar" aria-label="Clock of the run">
      <button type="button" class="main play" disabled={!isReady} onClick={togglePlaying} title="Space">
        {isPlaying ? "Pause" : "Play"}
      </button>
      <button type="button" disabled={!isReady || atStart} onClick={() => stepBy(-1)} title="Left arrow">
        Back<span class="hidden"> to the event before</span>
      </button>
      <button type="button" disabled={!isReady || atEnd} onClick={() => stepBy(1)} title="Right arrow">
        Step<span class="hidden"> to the next event</span>
      </button>
      <select
        aria-label="Speed of the clock"
        value={speed}
        onChange={({ currentTarget }) =>
          change(({ scene }) => void (scene.speed = speeds[currentTarget.selectedIndex] ?? "1"))
        }
      >
        {speeds.map((one) => (
          <option key={one} value={one}>
            {speedNames[one]}
          </option>
        ))}
      </select>
      <Scrubber move={jump} />
      <Now />
    </footer>
  );
}

function Now() {
  const at = useStore(({ scene }) => scene.at);
  const stage = useStore(({ scene }) => scene.stage);
  return (
    <span class="clock-now">
      <b>{runTime(at)}</b>
      <span class="soft">{stage ? wallTime(stage.startedAt + at, stage.zone) : ""}</span>
    </span>
  );
}

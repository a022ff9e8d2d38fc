import { moveTo } from "../scene/scene.ts";
import { runTime } from "../scene/words.ts";
import { useStore } from "../store.ts";
import { share, type Window } from "./window.ts";

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400].map((s) => s * 1000);
const MOST_TICKS = 8;

/** The times above the lanes. */
export function Axis({ window, at }: { window: Window; at: number }) {
  const length = window.to - window.from;
  const step = steps.find((one) => length / one <= MOST_TICKS) ?? 21_600_000;
  const first = Math.ceil(window.from / step) * step;
  const ticks = Array.from({ length: Math.floor((window.to - first) / step) + 1 }, (_, nth) => first + nth * step);
  return (
    <div class="lane axis" aria-hidden="true">
      <span class="lane-name soft">{runTime(at)}</span>
      <svg class="strip" onClick={(event) => point(event, window)}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="tick" x1={`${share(tick, window)}%`} x2={`${share(tick, window)}%`} y1="16" y2="24" />
            <text
              class="tick"
              x={`${share(tick, window)}%`}
              y="12"
              text-anchor={share(tick, window) > 95 ? "end" : share(tick, window) < 5 ? "start" : "middle"}
            >
              {runTime(tick, false)}
            </text>
          </g>
        ))}
        <Cursor window={window} />
      </svg>
    </div>
  );
}

/** Where the clock stands. */
export function Cursor({ window }: { window: Window }) {
  const at = useStore(({ scene }) => scene.at);
  if (at < window.from || at > window.to) return null;
  return <line class="cursor" x1={`${share(at, window)}%`} x2={`${share(at, window)}%`} y1="0" y2="24" />;
}

/** A click sets the cursor there. */
export function point({ clientX, currentTarget }: MouseEvent & { currentTarget: Element }, { from, to }: Window): void {
  const { left, width } = currentTarget.getBoundingClientRect();
  moveTo(Math.round(from + ((clientX - left) / width) * (to - from)));
}

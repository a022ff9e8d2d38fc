import { useEffect, useRef } from "preact/hooks";
import { follow, current, useStore } from "../store.ts";
import { followLook } from "../style/theme.ts";
import type { Moment } from "./model.ts";
import { runTime } from "./words.ts";

/** Lowest first: what tells most is drawn over the rest. */
const colours: Record<Moment["what"], { property: string; height: number }> = {
  other: { property: "--line", height: 0.45 },
  arrived: { property: "--accent", height: 0.7 },
  connected: { property: "--good", height: 0.7 },
  ended: { property: "--soft", height: 0.7 },
  failed: { property: "--bad", height: 1 },
};

/** The whole run as a line: dragged over, with a mark wherever something happened. */
export function Scrubber({ move }: { move(at: number): void }) {
  const at = useStore(({ scene }) => scene.at);
  const until = useStore(({ scene }) => scene.extent?.until ?? 0);
  return (
    <span class="scrubber">
      <Marks />
      <input
        type="range"
        aria-label="Time of the run"
        aria-valuetext={`${runTime(at)} of ${runTime(until)}`}
        min={0}
        max={Math.max(until, at, 1)}
        step={1}
        value={at}
        disabled={until === 0}
        onInput={({ currentTarget }) => move(Number(currentTarget.value))}
      />
    </span>
  );
}

function Marks() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const draw = (): void => void (canvas.current && drawOn(canvas.current));
    const size = new ResizeObserver(draw);
    if (canvas.current) size.observe(canvas.current);
    const ends = [
      follow(({ scene }) => scene.moments, draw),
      follow(({ scene }) => scene.extent?.until, draw),
      followLook(draw),
      () => size.disconnect(),
    ];
    return () => ends.forEach((end) => end());
  }, []);
  return <canvas ref={canvas} aria-hidden="true" />;
}

function drawOn(canvas: HTMLCanvasElement): void {
  const { moments, extent, at } = current().scene;
  const ratio = devicePixelRatio;
  const width = (canvas.width = Math.round(canvas.clientWidth * ratio));
  const height = (canvas.height = Math.round(canvas.clientHeight * ratio));
  const pen = canvas.getContext("2d");
  const until = Math.max(extent?.until ?? 0, at, 1);
  if (!pen) return;
  const style = getComputedStyle(canvas);
  for (const [what, look] of Object.entries(colours)) {
    pen.fillStyle = style.getPropertyValue(look.property);
    for (const moment of moments) {
      if (moment.what !== what) continue;
      const x = Math.round((moment.at / until) * (width - ratio));
      pen.fillRect(x, height * (1 - look.height), Math.max(1, Math.round(1.5 * ratio)), height * look.height);
    }
  }
}

import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Curves } from "../../runtime/index.ts";
import { useStore } from "../store.ts";
import { followLook } from "../style/theme.ts";

interface Props extends Curves {
  queue: string;
}

const HEIGHT = 180;

/** Curves by time of day, and the same as a table for those who do not see them. */
export function Chart({ title, unit, from, curves, queue }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useStore((page) => page.theme);
  const names = curves.length > 1 ? ["before", "now"] : ["now"];
  useEffect(() => {
    if (!place.current) return undefined;
    return drawn(place.current, { names, data: [from, ...curves], unit });
  }, [from, curves, theme]);
  const about = `${title}, queue ${queue}, by time of day`;
  return (
    <figure class="chart">
      <figcaption>
        <span>
          {title} <span class="soft">({unit})</span>
        </span>
        {curves.length > 1 && <span class="legend">before ┄ now ─</span>}
      </figcaption>
      <div ref={place} role="img" aria-label={`${about}; the table below has the same`} />
      <details>
        <summary>as a table</summary>
        <table class="figures">
          <caption class="hidden">{about}</caption>
          <thead>
            <tr>
              <th scope="col">from</th>
              {names.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {from.map((seconds, nth) => (
              <tr key={seconds}>
                <th scope="row">{clock(seconds)}</th>
                {curves.map((curve, which) => (
                  <td key={which}>{curve[nth]?.toFixed(1) ?? "–"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}

const two = (amount: number): string => String(amount).padStart(2, "0");

function clock(seconds: number): string {
  return `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}`;
}

interface Drawing {
  /** Of the curves; what is now is the last. */
  names: readonly string[];
  data: uPlot.AlignedData;
  unit: string;
}

/** Drawn in the colours that the page wears now, as wide as there is room. */
function drawn(place: HTMLElement, drawing: Drawing): () => void {
  let plot: uPlot | undefined;
  const draw = (): void => {
    plot?.destroy();
    plot = new uPlot(looks(place, drawing), drawing.data, place);
  };
  const size = new ResizeObserver(() => plot?.setSize({ width: place.clientWidth, height: HEIGHT }));
  const end = followLook(draw);
  draw();
  size.observe(place);
  return () => {
    end();
    size.disconnect();
    plot?.destroy();
  };
}

function looks(place: HTMLElement, { names, unit }: Drawing): uPlot.Options {
  const style = getComputedStyle(place);
  const colour = (name: string): string => style.getPropertyValue(name);
  const axis: uPlot.Axis = {
    stroke: colour("--soft"),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: colour("--line"), width: 1 },
    ticks: { stroke: colour("--line"), width: 1 },
  };
  return {
    width: place.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: { x: { time: false }, y: { range: (_plot, _low, high) => [0, high > 0 ? high * 1.1 : 1] } },
    axes: [
      { ...axis, values: (_plot, ticks) => ticks.map(clock), space: 60, incrs: [900, 1800, 3600, 7200, 14_400] },
      { ...axis, size: 44 },
    ],
    series: [
      { label: "time" },
      ...names.map((label, nth) =>
        nth === names.length - 1
          ? { label: `${label}, ${unit}`, stroke: colour("--accent"), width: 2 }
          : { label, stroke: colour("--soft"), width: 1.5, dash: [5, 4] },
      ),
    ],
  };
}

import { useEffect, useMemo, useState } from "preact/hooks";
import type { ChartNode } from "../../language/index.ts";
import { goTo } from "../places.ts";
import { change, useStore } from "../store.ts";
import { type Charted, useChart } from "./answers.ts";
import { type Laid, layOut, type Line, LINE_HEIGHT, MOST_LETTERS, MOST_NODES, nodesIn } from "./layout.ts";
import { nodeAt, passedBy } from "./passed.ts";

/** A strategy as a flow: where calls can go, where the chosen call has been, and what tests come to. */
export function Flow() {
  const wanted = useStore(({ pictures }) => pictures.strategy);
  const charted = useChart(wanted);
  const laid = useLaid(charted);
  if (!charted) return <p class="empty">Reading the strategy…</p>;
  if (charted.strategy === undefined)
    return (
      <p class="empty">
        There is no strategy in these texts. Write <code>strategy "first call" {"{ … }"}</code>; its ways are drawn
        here.
      </p>
    );
  return (
    <section class="flow" aria-label="Flow">
      <header class="timeline-head">
        <label>
          Strategy{" "}
          <select value={charted.strategy} onChange={({ currentTarget: { value } }) => draw(value)}>
            {charted.names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <FlowLegend />
      </header>
      {laid === undefined && <p class="empty">Drawing the flow…</p>}
      {laid && "failed" in laid && <p class="empty bad">The flow cannot be drawn: {laid.failed}.</p>}
      {laid && "nodes" in laid && <Drawing laid={laid} />}
    </section>
  );
}

const draw = (strategy: string): void => change(({ pictures }) => void (pictures.strategy = strategy));

type Outcome = Laid | { failed: string };

function useLaid(charted: Charted | undefined): Outcome | undefined {
  const [laid, setLaid] = useState<Outcome>();
  useEffect(() => {
    if (!charted) return undefined;
    let isOver = false;
    const tell = (outcome: Outcome): void => void (isOver || setLaid(outcome));
    const count = charted.chart.groups.reduce((sum, group) => sum + nodesIn(group).length, 0);
    if (count > MOST_NODES) tell({ failed: `it has ${count} steps, and more than ${MOST_NODES} nobody reads` });
    else
      layOut(charted.chart).then(tell, (error: unknown) =>
        tell({ failed: error instanceof Error ? error.message : String(error) }),
      );
    return () => void (isOver = true);
  }, [charted]);
  return laid;
}

function Drawing({ laid: { width, height, nodes, groups, lines } }: { laid: Laid }) {
  const trail = useStore(({ pictures }) => pictures.trail);
  const marks = useStore((page) => page.marks.run);
  const tests = useStore(({ results }) => results.tests);
  const isOfNow = useStore(({ results, site }) => results.tests?.files === site.files);
  const passed = useMemo(() => passedBy(nodes, lines, trail), [nodes, lines, trail]);
  const now = useMemo(() => new Set((marks ?? []).flatMap((mark) => nodeAt(nodes, mark) ?? [])), [nodes, marks]);
  const missed = useMemo(() => {
    const covered = (isOfNow && tests?.covered) || [];
    return new Set(covered.filter(({ times }) => times === 0).flatMap((one) => nodeAt(nodes, one) ?? []));
  }, [nodes, tests, isOfNow]);
  const looks: Record<Look, ReadonlySet<string>> = { passed, now, missed };
  return (
    <div class="canvas" tabIndex={0} role="region" aria-label="Drawing of the flow">
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label="Steps of the strategy"
      >
        {groups.map(({ id, title, ...box }) => (
          <g key={id} class="flow-group">
            <rect {...box} rx="6" />
            <text x={box.x + 10} y={box.y + 19}>
              {title}
            </text>
          </g>
        ))}
        {lines.map((line, nth) => (
          <Edge key={nth} line={line} isPassed={passed.has(line.from) && passed.has(line.to) && !line.aside} />
        ))}
        {nodes.map((node) => (
          <Node key={node.id} node={node} looks={lookNames.filter((look) => looks[look].has(node.id))} />
        ))}
      </svg>
    </div>
  );
}

function Edge({ line: { points, words, label, aside }, isPassed }: { line: Line; isPassed: boolean }) {
  const [last, before] = [points.at(-1), points.at(-2)];
  if (!last || !before) return null;
  const turn = (Math.atan2(last.y - before.y, last.x - before.x) * 180) / Math.PI;
  return (
    <g class={`flow-edge ${aside ? "aside" : ""} ${isPassed ? "passed" : ""}`}>
      <polyline points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />
      <path d="M0 0 L-7 -3.5 L-7 3.5 Z" transform={`translate(${last.x} ${last.y}) rotate(${turn})`} />
      {words && (
        <text x={words.x} y={words.y}>
          {label}
        </text>
      )}
    </g>
  );
}

const lookNames = ["passed", "now", "missed"] as const;
type Look = (typeof lookNames)[number];

const says: Record<Look, { legend: string; node: string }> = {
  passed: { legend: "way of the chosen call", node: "the chosen call has been here" },
  now: { legend: "calls now", node: "a call is here now" },
  missed: { legend: "not tested", node: "no test comes to a part of it" },
};

function Node({ node, looks }: { node: Laid["nodes"][number]; looks: readonly Look[] }) {
  const { shape, lines, x, y, width, height } = node;
  const about = looks.map((look) => says[look].node);
  const shown = lines.map((line) => (line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS - 1)}…` : line));
  return (
    <g
      class={`flow-node ${shape} ${looks.join(" ")}`}
      role="button"
      tabindex={0}
      aria-label={[shown.join(" "), ...about].join("; ")}
      onClick={() => goTo(node)}
      onKeyDown={(event) => jumpBy(event, node)}
    >
      <title>{[...lines, ...about].join("\n")}</title>
      <rect x={x} y={y} width={width} height={height} rx={shape === "start" || shape === "end" ? height / 2 : 4} />
      {shown.map((line, nth) => (
        <text key={nth} x={x + 10} y={y + 17 + nth * LINE_HEIGHT}>
          {line}{" "}
        </text>
      ))}
    </g>
  );
}

function jumpBy(event: KeyboardEvent, node: ChartNode): void {
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  event.stopPropagation();
  goTo(node);
}

function FlowLegend() {
  return (
    <ul class="legend" aria-label="Colours">
      {lookNames.map((look) => (
        <li key={look}>
          <svg width="14" height="12" aria-hidden="true" class={`flow-node ${look}`}>
            <rect x="1" y="1" width="12" height="10" rx="2" />
          </svg>
          {says[look].legend}
        </li>
      ))}
    </ul>
  );
}

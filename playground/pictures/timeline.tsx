import { useMemo } from "preact/hooks";
import { Rows } from "../scene/rows.tsx";
import { moveTo } from "../scene/scene.ts";
import { lasting, runTime } from "../scene/words.ts";
import { change, useStore } from "../store.ts";
import { type Lane, lanesOf, type Piece } from "./lanes.ts";
import { type Span, spanNames, spans } from "./model.ts";

/** The part of the run that is shown; milliseconds since it began. */
interface Window {
  from: number;
  to: number;
}

/** What each call and each agent did, over the time of the run. A click sets the cursor. */
export function Timeline() {
  const records = useStore(({ pictures }) => pictures.records);
  const span = useStore(({ pictures }) => pictures.span);
  const at = useStore(({ scene }) => scene.at);
  const until = useStore(({ scene }) => scene.extent?.until ?? 0);
  const startedAt = useStore(({ scene }) => scene.stage?.startedAt ?? 0);
  const lanes = useMemo(() => lanesOf(records), [records]);
  const window = windowOf(spans[span], at, Math.max(until, at, 1000));
  const isSeen = (lane: Lane): boolean =>
    lane.from - startedAt <= window.to && (lane.to ?? Infinity) - startedAt >= window.from;
  const agents = lanes.agents.filter(isSeen);
  const calls = lanes.calls.filter(isSeen);
  if (lanes.calls.length + lanes.agents.length === 0) return <NothingYet />;
  const row = (lane: Lane, kind: "call" | "agent") => (
    <LaneRow lane={lane} kind={kind} window={window} startedAt={startedAt} until={Math.max(until, at)} />
  );
  return (
    <section class="timeline" aria-label="Timeline">
      <header class="timeline-head">
        <label>
          Show{" "}
          <select
            value={span}
            onChange={({ currentTarget: { selectedIndex } }) => showSpan(spanNames[selectedIndex] ?? "all")}
          >
            {spanNames.map((one) => (
              <option key={one} value={one}>
                {one === "all" ? "the whole run" : `${one} around the cursor`}
              </option>
            ))}
          </select>
        </label>
        <Legend />
      </header>
      <Axis window={window} at={at} />
      <h3>Agents</h3>
      <Rows
        label="Agents over time"
        items={agents}
        height={24}
        keyOf={({ id }) => id}
        row={(one) => row(one, "agent")}
        empty={<p class="soft">Nobody was there in this time.</p>}
      />
      <h3>
        Calls <span class="soft">{calls.length}</span>
      </h3>
      <Rows
        label="Calls over time"
        items={calls}
        height={24}
        keyOf={({ id }) => id}
        row={(one) => row(one, "call")}
        empty={<p class="soft">No call was there in this time.</p>}
      />
    </section>
  );
}

export function NothingYet() {
  return (
    <p class="empty">
      Nothing has happened yet. Place a call in Run, or play a test or a day of traffic there; what comes to pass is
      drawn here.
    </p>
  );
}

const showSpan = (span: Span): void => change(({ pictures }) => void (pictures.span = span));

function windowOf(span: number, at: number, until: number): Window {
  if (span >= until) return { from: 0, to: until };
  const from = Math.min(Math.max(0, at - span / 2), until - span);
  return { from, to: from + span };
}

const share = (at: number, { from, to }: Window): number => ((at - from) / (to - from)) * 100;

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400].map((s) => s * 1000);
const MOST_TICKS = 8;

function Axis({ window, at }: { window: Window; at: number }) {
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

function Cursor({ window }: { window: Window }) {
  const at = useStore(({ scene }) => scene.at);
  if (at < window.from || at > window.to) return null;
  return <line class="cursor" x1={`${share(at, window)}%`} x2={`${share(at, window)}%`} y1="0" y2="24" />;
}

/** A click sets the cursor there. */
function point({ clientX, currentTarget }: MouseEvent & { currentTarget: Element }, { from, to }: Window): void {
  const { left, width } = currentTarget.getBoundingClientRect();
  moveTo(Math.round(from + ((clientX - left) / width) * (to - from)));
}

interface RowProps {
  lane: Lane;
  kind: "call" | "agent";
  window: Window;
  startedAt: number;
  until: number;
}

function LaneRow({ lane, kind, window, startedAt, until }: RowProps) {
  const chosen = useStore(({ scene }) => scene.chosen);
  const name = useStore(({ scene }) => scene.stage?.agents.find(({ id }) => id === lane.id)?.name);
  const x = (at: number): number => Math.min(100, Math.max(0, share(at - startedAt, window)));
  const pieces = lane.pieces.filter(
    ({ from, to }) => from - startedAt <= window.to && (to ?? Infinity) - startedAt >= window.from,
  );
  const dots = lane.dots.filter((dot) => dot.at - startedAt >= window.from && dot.at - startedAt <= window.to);
  return (
    <div class="lane" data-chosen={kind === "call" && chosen === lane.id}>
      {kind === "call" ? (
        <button
          type="button"
          class="link lane-name"
          aria-pressed={chosen === lane.id}
          onClick={() => choose(lane)}
          aria-label={`Call ${lane.id}: ${told(pieces, startedAt + until)}`}
        >
          {lane.id}
        </button>
      ) : (
        <span class="lane-name" title={lane.id}>
          {name ?? lane.id}
          <span class="hidden">: {told(pieces, startedAt + until)}</span>
        </span>
      )}
      <svg class="strip" aria-hidden="true" onClick={(event) => point(event, window)}>
        {pieces.map((piece) => (
          <rect
            key={piece.from}
            class={`piece ${piece.as}`}
            x={`${x(piece.from)}%`}
            y="4"
            height="16"
            width={`${Math.max(0.15, x(piece.to ?? startedAt + until) - x(piece.from))}%`}
          >
            <title>{pieceText(piece, startedAt + until)}</title>
          </rect>
        ))}
        {dots.map((dot, nth) => (
          <circle key={nth} class={`dot ${dot.tone}`} cx={`${x(dot.at)}%`} cy="12" r="3">
            <title>{`${runTime(dot.at - startedAt)} ${dot.about}`}</title>
          </circle>
        ))}
        <Cursor window={window} />
      </svg>
    </div>
  );
}

const choose = ({ id }: Lane): void => change(({ scene }) => void (scene.chosen = id));

const pieceText = ({ about, from, to }: Piece, now: number): string => `${about}, ${lasting((to ?? now) - from)}`;

/** Few words say more than all of them. */
const told = (pieces: readonly Piece[], now: number): string =>
  pieces
    .slice(-6)
    .map((piece) => pieceText(piece, now))
    .join("; ");

const legend: [Piece["as"], string][] = [
  ["strategy", "strategy"],
  ["queue", "waits"],
  ["rings", "rings"],
  ["talk", "talks"],
  ["wrap_up", "after work"],
  ["ready", "ready"],
  ["not_ready", "not ready"],
];

function Legend() {
  return (
    <ul class="legend" aria-label="Colours">
      {legend.map(([as, name]) => (
        <li key={as}>
          <svg width="12" height="12" aria-hidden="true">
            <rect class={`piece ${as}`} width="12" height="12" />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

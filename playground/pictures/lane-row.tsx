import { lasting, runTime } from "../scene/words.ts";
import { change, useStore } from "../store.ts";
import { Cursor, point } from "./axis.tsx";
import type { Lane, Piece } from "./lanes.ts";
import { share, type Window } from "./window.ts";

interface RowProps {
  lane: Lane;
  kind: "call" | "agent";
  window: Window;
  startedAt: number;
  until: number;
}

/** One call or agent: what it did is told by its name, and drawn beside it. */
export function LaneRow({ lane, kind, window, startedAt, until }: RowProps) {
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

export function Legend() {
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

import { useMemo } from "preact/hooks";
import { moveTo } from "../scene/scene.ts";
import { runTime } from "../scene/words.ts";
import { change, useStore } from "../store.ts";
import { type LadderOf, ladderOf, type Rung } from "./rungs.ts";
import { NothingYet } from "./timeline.tsx";

/** So many lines of one call; a caller who waits for hours hears music many times. */
const MOST_RUNGS = 500;
/** More calls are chosen in the timeline, or in the run. */
const MOST_CALLS = 200;

/** Who said what to whom in the chosen call. A line sets the cursor to its instant. */
export function Ladder() {
  const records = useStore(({ pictures }) => pictures.records);
  const chosen = useStore(({ scene }) => scene.chosen);
  const calls = useMemo(
    () => records.flatMap((record) => (record.type === "call.arrived" ? [record.call] : [])),
    [records],
  );
  const call = chosen ?? calls[0];
  const ladder = useMemo(() => (call === undefined ? undefined : ladderOf(records, call)), [records, call]);
  if (call === undefined || !ladder) return <NothingYet />;
  const listed = calls.slice(0, MOST_CALLS);
  return (
    <section class="ladder" aria-label="Ladder">
      <label>
        Call{" "}
        <select value={call} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {(listed.includes(call) ? listed : [call, ...listed]).map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <Rungs ladder={ladder} />
    </section>
  );
}

const choose = (call: string): void => change(({ scene }) => void (scene.chosen = call));

function Rungs({ ladder: { columns, rungs } }: { ladder: LadderOf }) {
  const at = useStore(({ scene }) => scene.at);
  const startedAt = useStore(({ scene }) => scene.stage?.startedAt ?? 0);
  const middle = (name: string): number => ((columns.indexOf(name) + 0.5) / columns.length) * 100;
  return (
    <div class="rungs" style={{ minWidth: `${columns.length * 110 + 70}px` }}>
      <div class="rung head">
        <span class="soft">time</span>
        <span class="poles">
          {columns.map((name) => (
            <b key={name} title={name}>
              {name}
            </b>
          ))}
        </span>
      </div>
      <ol>
        {rungs.slice(0, MOST_RUNGS).map((rung) => (
          <li key={rung.seq}>
            <button
              type="button"
              class="rung"
              data-later={rung.at - startedAt > at}
              onClick={() => moveTo(rung.at - startedAt)}
            >
              <span class="figure soft">{runTime(rung.at - startedAt)}</span>
              <span class="poles">
                <Arrow rung={rung} columns={columns} middle={middle} />
              </span>
            </button>
          </li>
        ))}
      </ol>
      {rungs.length > MOST_RUNGS && <p class="soft">… and {rungs.length - MOST_RUNGS} more.</p>}
    </div>
  );
}

interface ArrowProps {
  rung: Rung;
  columns: readonly string[];
  middle(name: string): number;
}

function Arrow({ rung: { from, to, text, tone = "plain" }, columns, middle }: ArrowProps) {
  const [x1, x2] = [middle(from), middle(to ?? from)];
  const isLeft = x2 < x1;
  return (
    <>
      <svg aria-hidden="true" class={`arrow ${tone}`}>
        {columns.map((name) => (
          <line key={name} class="pole" x1={`${middle(name)}%`} x2={`${middle(name)}%`} y1="0" y2="100%" />
        ))}
        {to === undefined ? (
          <circle cx={`${x1}%`} cy="26" r="4" />
        ) : (
          <>
            <line x1={`${x1}%`} x2={`${x2}%`} y1="26" y2="26" />
            <svg x={`${x2}%`} y="26" overflow="visible">
              <path d={isLeft ? "M0 0 L7 -4 L7 4 Z" : "M0 0 L-7 -4 L-7 4 Z"} />
            </svg>
          </>
        )}
      </svg>
      <span class={`said ${tone}`} style={{ left: `${Math.min(x1, x2)}%` }}>
        <span class="hidden">
          {from}
          {to !== undefined && ` to ${to}`}:{" "}
        </span>
        {text}
      </span>
    </>
  );
}

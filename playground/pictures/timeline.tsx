import { useMemo } from "preact/hooks";
import { Rows } from "../scene/rows.tsx";
import { change, useStore } from "../store.ts";
import { Axis } from "./axis.tsx";
import { LaneRow, Legend } from "./lane-row.tsx";
import { type Lane, lanesOf } from "./lanes.ts";
import { type Span, spanNames, spans } from "./model.ts";
import { windowOf } from "./window.ts";

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

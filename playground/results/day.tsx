import type { QueueTable, Row } from "../../runtime/index.ts";
import { Chart } from "./chart.tsx";
import type { DayResult } from "./model.ts";

/** Figures of all days of a block, with how sure they are, and the day as curves. */
export function DayTables({ result: { study, told, isCompared } }: { result: DayResult }) {
  const { replications, events, defects, assumptions } = study;
  return (
    <>
      <p>
        Strategy “{study.strategy}”, {replications === 1 ? "one day" : `${replications} days`} of {told.calls} calls,{" "}
        {events.toLocaleString("en")} events. ± is the 95 % confidence interval of the mean.
      </p>
      {told.goal && (
        <p class={told.goal.met ? "good" : "bad"}>
          Target {told.goal.text}: {told.goal.met ? "met" : "missed"}
        </p>
      )}
      {defects.length > 0 && <p class="bad">Cordboard itself failed: {defects[0]}</p>}
      {told.queues.map((queue) => (
        <Queue key={queue.queue} queue={queue} isCompared={isCompared} />
      ))}
      <Table name="All calls" rows={told.all} isCompared={isCompared} />
      <p class="soft">Taken for granted: {assumptions.join(", ")}.</p>
    </>
  );
}

function Queue({ queue: { queue, rows, charts }, isCompared }: { queue: QueueTable; isCompared: boolean }) {
  return (
    <>
      <Table name={`Queue ${queue}`} rows={rows} isCompared={isCompared} />
      <div class="charts">
        {charts.map((chart) => (
          <Chart key={chart.title} {...chart} queue={queue} />
        ))}
      </div>
    </>
  );
}

function Table({ name, rows, isCompared }: { name: string; rows: readonly Row[]; isCompared: boolean }) {
  return (
    <table class="figures">
      <caption>{name}</caption>
      {isCompared && (
        <thead>
          <tr>
            <td />
            <th scope="col">before</th>
            <th scope="col">now</th>
            <th scope="col">difference</th>
          </tr>
        </thead>
      )}
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            {row.cells.map((cell, nth) => (
              <td key={nth}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

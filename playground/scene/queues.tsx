import type { QueueView } from "../../runtime/index.ts";
import { change, useStore } from "../store.ts";
import type { CallRow } from "./model.ts";
import { lasting } from "./words.ts";

const none: never[] = [];
const MOST_PLACES = 15;

/** Who waits where, in the order in which they are served. */
export function Queues() {
  const queues = useStore(({ scene }) => scene.view?.queues) ?? none;
  const calls = useStore(({ scene }) => scene.view?.calls) ?? none;
  const used = queues.filter(({ entered, waiting }) => entered + waiting > 0);
  return (
    <section class="run-part" aria-label="Queues">
      <h2>Queues</h2>
      {used.length === 0 && <p class="soft">Nobody has waited in a queue yet.</p>}
      {used.map((queue) => (
        <Queue key={queue.name} queue={queue} calls={calls} />
      ))}
    </section>
  );
}

function Queue({ queue, calls }: { queue: QueueView; calls: readonly CallRow[] }) {
  const { name, waiting, entered, answered, abandoned, longestWaitMs, asaMs, ewtMs } = queue;
  const order = calls
    .filter((call) => call.queue === name && call.position !== undefined)
    .toSorted((a, b) => (a.position ?? 0) - (b.position ?? 0));
  return (
    <div class="queue">
      <h3>{name}</h3>
      <p class="soft">
        {waiting} waiting, longest {lasting(longestWaitMs)}; today {entered} came, {answered} answered, {abandoned} gave
        up
        {asaMs !== undefined && `, ${lasting(asaMs)} on average`}
        {ewtMs !== undefined && `; expected wait ${lasting(ewtMs)}`}
      </p>
      <ol aria-label={`Order in ${name}`}>
        {order.slice(0, MOST_PLACES).map((call) => (
          <Waiting key={call.id} {...call} />
        ))}
      </ol>
      {order.length > MOST_PLACES && <p class="soft">… and {order.length - MOST_PLACES} behind them</p>}
    </div>
  );
}

function Waiting({ id, position, score }: CallRow) {
  return (
    <li>
      <button type="button" class="bare" onClick={() => change(({ scene }) => void (scene.chosen = id))}>
        <span class="soft">{position}.</span> <b>{id}</b> {Math.round((score ?? 0) * 10) / 10} points
      </button>
    </li>
  );
}

import type { QueueView } from "../../runtime/index.ts";
import { change, useStore } from "../store.ts";
import { lasting } from "./words.ts";

const none: never[] = [];
const MOST_PLACES = 15;
const itself = (id: string): string => id;

/** A call that waits, with its place in its queue. */
export interface Waiting {
  id: string;
  queue: string;
  position: number;
  score: number;
}

/** Who waits in the run by hand. */
export function Queues() {
  const queues = useStore(({ scene }) => scene.view?.queues) ?? none;
  const calls = useStore(({ scene }) => scene.view?.calls) ?? none;
  const waiting = calls.flatMap(({ id, queue, position, score = 0 }): Waiting[] =>
    queue !== undefined && position !== undefined ? [{ id, queue, position, score }] : [],
  );
  return (
    <QueueList queues={queues} waiting={waiting} choose={(call) => change(({ scene }) => void (scene.chosen = call))} />
  );
}

interface Props {
  queues: readonly QueueView[];
  waiting: readonly Waiting[];
  choose(call: string): void;
  /** Of a call, where its id is not how people call it. */
  nameOf?(call: string): string;
}

/** Who waits where, in the order in which they are served. */
export function QueueList({ queues, ...rest }: Props) {
  const used = queues.filter((queue) => queue.entered + queue.waiting > 0);
  return (
    <section class="run-part" aria-label="Queues">
      <h2>Queues</h2>
      {used.length === 0 && <p class="soft">Nobody has waited in a queue yet.</p>}
      {used.map((queue) => (
        <Queue key={queue.name} queue={queue} {...rest} />
      ))}
    </section>
  );
}

function Queue({ queue, waiting: all, choose, nameOf = itself }: Omit<Props, "queues"> & { queue: QueueView }) {
  const { name, waiting, entered, answered, abandoned, longestWaitMs, asaMs, ewtMs } = queue;
  const order = all.filter((one) => one.queue === name).toSorted((a, b) => a.position - b.position);
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
        {order.slice(0, MOST_PLACES).map(({ id, position, score }) => (
          <li key={id}>
            <button type="button" class="bare" title={id} onClick={() => choose(id)}>
              <span class="soft">{position}.</span> <b>{nameOf(id)}</b> {Math.round(score * 10) / 10} points
            </button>
          </li>
        ))}
      </ol>
      {order.length > MOST_PLACES && <p class="soft">… and {order.length - MOST_PLACES} behind them</p>}
    </div>
  );
}

import { change, useStore } from "../store.ts";
import type { CallRow, Ended } from "./model.ts";
import { Rows } from "./rows.tsx";
import { lasting } from "./words.ts";

const none: never[] = [];

/** Who calls, and what became of those who did. */
export function Calls() {
  const calls = useStore(({ scene }) => scene.view?.calls) ?? none;
  const ended = useStore(({ scene }) => scene.view?.ended) ?? none;
  return (
    <section class="run-part" aria-label="Calls">
      <h2>
        Calls <span class="soft">{calls.length}</span>
      </h2>
      <Rows
        label="Calls under way"
        items={calls}
        height={44}
        keyOf={({ id }) => id}
        row={(call) => <Row call={call} />}
        empty={ended.length === 0 ? <FirstSteps /> : <p>Nobody calls at this instant.</p>}
      />
      <EndedCalls ended={ended} />
    </section>
  );
}

/** To who has not done anything here yet. */
function FirstSteps() {
  const isPlayable = useStore(({ scene }) => scene.stage?.isPlayable ?? false);
  if (!isPlayable) return <p>Nobody calls at this instant. Drag the clock below.</p>;
  return (
    <>
      <p>Nobody calls yet. To see what the strategy on the left does with a call:</p>
      <ol class="first-steps">
        <li>make an agent ready, and write 3 into “answers after”: else you pick up for him,</li>
        <li>place a call,</li>
        <li>play the clock below, or go on event by event.</li>
      </ol>
    </>
  );
}

function Row({ call: { id, from, to, arrivedAt, does, hears } }: { call: CallRow }) {
  const chosen = useStore(({ scene }) => scene.chosen);
  const now = useStore(({ scene }) => (scene.stage?.startedAt ?? 0) + (scene.view?.at ?? 0));
  return (
    <button
      type="button"
      class="bare call-row"
      aria-pressed={id === chosen}
      onClick={() => change(({ scene }) => void (scene.chosen = id))}
    >
      <b>{id}</b>
      <span class="doing">{does}</span>
      <span class="since">{lasting(now - arrivedAt)}</span>
      <span class="soft">
        {from} → {to}, hears {hears}
      </span>
    </button>
  );
}

function EndedCalls({ ended }: { ended: readonly Ended[] }) {
  const startedAt = useStore(({ scene }) => scene.stage?.startedAt ?? 0);
  if (ended.length === 0) return null;
  return (
    <details class="ended">
      <summary>Over: {ended.length === 30 ? "the last 30" : ended.length}</summary>
      <ul>
        {ended.map(({ call, disposition, by, at }) => (
          <li key={call}>
            <b>{call}</b> {disposition}, by the {by}, at {lasting(at - startedAt)}
          </li>
        ))}
      </ul>
    </details>
  );
}

import { Rows } from "../scene/rows.tsx";
import { lasting } from "../scene/words.ts";
import { useStore } from "../store.ts";
import { choose } from "./link.ts";
import type { LiveCall } from "./model.ts";

/** Who calls now. */
export function Calls() {
  const calls = useStore(({ live }) => live.calls);
  return (
    <section class="run-part" aria-label="Calls of the run">
      <h2>
        Calls <span class="soft">{calls.length}</span>
      </h2>
      <Rows
        label="Calls of the run"
        items={calls}
        height={44}
        keyOf={({ id }) => id}
        row={(call) => <Row call={call} />}
        empty={<p>Nobody calls now. Calls appear here as they come.</p>}
      />
    </section>
  );
}

function Row({ call }: { call: LiveCall }) {
  const chosen = useStore(({ live }) => live.chosen);
  const now = useStore(({ live }) => live.at);
  return (
    <button type="button" class="bare call-row" aria-pressed={call.id === chosen} onClick={() => choose(call.id)}>
      <b title={call.id}>{shortId(call.id)}</b>
      <span class="doing">{doing(call)}</span>
      <span class="since">{lasting(sinceThen(now, call.arrivedAt))}</span>
      <span class="soft">
        {call.from} → {call.to}, hears {call.hears ?? (call.answered ? "silence" : "ringing")}
      </span>
    </button>
  );
}

/** Ids of live calls are long; their beginning tells them apart. */
export const shortId = (id: string): string => (id.length > 12 ? id.slice(0, 8) : id);

/** The clock of the run may be ahead of ours. */
export const sinceThen = (now: number, then: string): number => Math.max(0, now - Date.parse(then));

/** What a call is doing, in few words. */
export function doing({ party, offers, mailbox, queue, hears }: LiveCall): string {
  const who = party?.agent ?? party?.destination;
  if (who !== undefined) return `with ${who}`;
  if (mailbox !== undefined) return `leaves a message for ${mailbox}`;
  if (offers.length > 0)
    return `rings at ${offers.map(({ agent, destination }) => agent ?? destination ?? "").join(", ")}`;
  if (queue) return `waits in ${queue.name}`;
  return hears === undefined ? "goes on" : "listens";
}

import { Rows } from "../scene/rows.tsx";
import { lasting } from "../scene/words.ts";
import { useStore } from "../store.ts";
import { choose } from "./link.ts";
import type { LiveCall } from "./model.ts";
import { type Names, useNames } from "./names.ts";

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
  const names = useNames();
  return (
    <button type="button" class="bare call-row" aria-pressed={call.id === chosen} onClick={() => choose(call.id)}>
      <b title={call.id}>{call.from}</b>
      <span class="doing">{doing(call, names)}</span>
      <span class="since">{lasting(sinceThen(now, call.arrivedAt))}</span>
      <span class="soft">
        to {call.to}, hears {hearing(call, names)}
      </span>
    </button>
  );
}

/** The clock of the run may be ahead of ours. */
export const sinceThen = (now: number, then: string): number => Math.max(0, now - Date.parse(then));

/** Of somebody whom a call rings for or who talks: an agent's name, else the number. */
export const partyText = (
  { agent, destination = "" }: { agent?: string; destination?: string },
  names: Names,
): string => (agent === undefined ? destination : names.agent(agent));

const hearing = ({ hears, party, answered }: LiveCall, names: Names): string =>
  hears ?? ((party && partyText(party, names)) || (answered ? "silence" : "ringing"));

/** What a call is doing, in few words. */
export function doing({ party, offers, mailbox, queue, hears }: LiveCall, names: Names): string {
  const who = party && partyText(party, names);
  if (who) return `with ${who}`;
  if (mailbox !== undefined) return `leaves a message for ${mailbox}`;
  if (offers.length > 0) return `rings at ${offers.map((one) => partyText(one, names)).join(", ")}`;
  if (queue) return `waits in ${queue.name}`;
  return hears === undefined ? "goes on" : "listens";
}

import { useStore } from "../store.ts";
import { timeOf } from "./details.tsx";
import type { LiveEvent } from "./model.ts";

const MOST_SHOWN = 60;
/** A value longer than that is cut, in characters. */
const LONGEST = 120;

/** What happened last in the run; of the chosen call, where one is wanted alone. */
export function Events() {
  const events = useStore(({ live }) => live.events);
  return (
    <section class="run-part" aria-label="Events of the run">
      <h2>
        Events <span class="soft">{events.length === 0 ? "" : `the last is number ${events[0]?.seq}`}</span>
      </h2>
      {events.length === 0 && <p class="soft">Nothing has happened since this page is connected.</p>}
      <ul class="live-events">
        {events.slice(0, MOST_SHOWN).map((event) => (
          <li key={event.seq}>
            <span class="soft since">{timeOf(event.at)}</span> <code>{event.type}</code> {fieldsOf(event)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function fieldsOf({ at: _at, seq: _seq, type: _type, ...rest }: LiveEvent): string {
  return Object.entries(rest)
    .map(([name, value]) => `${name}: ${cut(typeof value === "string" ? value : JSON.stringify(value))}`)
    .join(", ");
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

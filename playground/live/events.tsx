import { useStore } from "../store.ts";
import { timeOf } from "./details.tsx";
import type { LiveEvent } from "./model.ts";
import { type Names, useNames } from "./names.ts";

const MOST_SHOWN = 60;
/** A value longer than that is cut, in characters. */
const LONGEST = 120;

/** What happened last in the run; of the chosen call, where one is wanted alone. */
export function Events() {
  const events = useStore(({ live }) => live.events);
  const names = useNames();
  return (
    <section class="run-part" aria-label="Events of the run">
      <h2>
        Events <span class="soft">{events.length === 0 ? "" : `the last is number ${events[0]?.seq}`}</span>
      </h2>
      {events.length === 0 && <p class="soft">Nothing has happened since this page is connected.</p>}
      <ul class="live-events">
        {events.slice(0, MOST_SHOWN).map((event) => (
          <li key={event.seq} title={typeof event["call"] === "string" ? event["call"] : undefined}>
            <span class="soft since">{timeOf(event.at)}</span> <code>{event.type}</code> {fieldsOf(event, names)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function fieldsOf({ at: _at, seq: _seq, type: _type, ...rest }: LiveEvent, names: Names): string {
  return Object.entries(rest)
    .map(([field, value]) => `${field}: ${cut(valueText(field, value, names))}`)
    .join(", ");
}

function valueText(field: string, value: unknown, names: Names): string {
  if (typeof value !== "string") return JSON.stringify(value);
  if (field === "call") return names.call(value);
  return field === "agent" ? names.agent(value) : value;
}

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

import { useState } from "preact/hooks";
import type { Change, EventRecord } from "../../runtime/index.ts";
import { useStore } from "../store.ts";
import { eventWords } from "./event-words.ts";
import type { Happened as One } from "./model.ts";
import { runTime } from "./words.ts";

const none: never[] = [];
/** A value longer than that is cut, in characters. */
const LONGEST = 120;

/** What came to pass last: events, what they brought about, and what they changed. */
export function Happened() {
  const last = useStore(({ scene }) => scene.view?.last) ?? none;
  return (
    <section class="run-part" aria-label="What happened last">
      <h2>What happened last {last[0] && <span class="soft">at {runTime(last[0].at)}</span>}</h2>
      {last.length === 0 && <p class="soft">Nothing yet.</p>}
      {last.map((one, nth) => (
        <Event key={nth} {...one} />
      ))}
    </section>
  );
}

function Event({ event, records, changes }: One) {
  return (
    <div class="happened">
      <h3>
        {eventWords[event]} <code class="soft">{event}</code>
      </h3>
      <ul>
        {records.map((record) => (
          <li key={record.seq}>
            <b>{record.type.replace(/[._]/g, " ")}</b> {fieldsOf(record)}
          </li>
        ))}
      </ul>
      {changes.length > 0 && <Changed changes={changes} />}
    </div>
  );
}

/** Drawn when it is opened: there is much of it, and the clock may run. */
function Changed({ changes }: Pick<One, "changes">) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Changed: {changes.reduce((sum, { patches }) => sum + patches.length, 0)}</summary>
      {isOpen && <ul>{changes.map((change) => patchesOf(change))}</ul>}
    </details>
  );
}

function fieldsOf({ type: _type, at: _at, seq: _seq, ...fields }: EventRecord): string {
  return Object.entries(fields)
    .filter(([, value]) => !["", '""', "{}", "[]"].includes(cut(value)))
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : cut(value)}`)
    .join(", ");
}

/** Each part that was changed, with what it was and is. */
function patchesOf({ kind, id, patches, inverse }: Change) {
  return patches.map(({ path, op, value }, nth) => {
    const place = path.join(".");
    const before = inverse.find((one) => one.path.join(".") === place);
    return (
      <li key={`${kind} ${id} ${place} ${nth}`}>
        {kind} <b>{id}</b> <code>{place}</code>{" "}
        {before?.op === "replace" || before?.op === "add" ? `${cut(before.value)} → ` : ""}
        {op === "remove" ? "gone" : cut(value)}
      </li>
    );
  });
}

function cut(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

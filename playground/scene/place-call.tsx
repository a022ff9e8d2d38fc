import { useState } from "preact/hooks";
import { current, useStore } from "../store.ts";
import { DataRows, type Datum, fieldsIn, noData } from "./call-data.tsx";
import { act } from "./scene.ts";

interface Form {
  from: string;
  to: string;
  /** Seconds; empty: for ever. */
  patience: string;
  data: Datum[];
}

const blank: Form = { from: "+34600000001", to: "", patience: "", data: noData };

/** A caller comes. */
export function PlaceCall() {
  const entries = useStore(({ scene }) => scene.stage?.entries) ?? [];
  const isTroubled = useStore(({ scene }) => scene.trouble !== undefined);
  const [form, setForm] = useState(blank);
  const set = (part: Partial<Form>): void => setForm({ ...form, ...part });
  const to = form.to === "" ? (entries[0]?.number ?? "") : form.to;
  const submit = (event: Event): void => {
    event.preventDefault();
    placeCall({ ...form, to });
  };
  return (
    <form class="place-call" aria-label="Place a call" onSubmit={submit}>
      <label>
        <span>From</span>
        <input
          value={form.from}
          spellcheck={false}
          onInput={({ currentTarget }) => set({ from: currentTarget.value })}
        />
      </label>
      <label>
        <span>To</span>
        <input
          value={to}
          list="entries"
          spellcheck={false}
          onInput={({ currentTarget }) => set({ to: currentTarget.value })}
        />
      </label>
      <datalist id="entries">
        {entries.map(({ number, strategy }) => (
          <option key={number} value={number}>
            {strategy}
          </option>
        ))}
      </datalist>
      <label>
        <span>Patience, s</span>
        <input
          type="number"
          min="0"
          placeholder="for ever"
          value={form.patience}
          onInput={({ currentTarget }) => set({ patience: currentTarget.value })}
        />
      </label>
      <button type="submit" class="main" disabled={isTroubled}>
        Place call
      </button>
      <details>
        <summary>Data</summary>
        <DataRows rows={form.data} of="datum" set={(data) => set({ data })} />
      </details>
    </form>
  );
}

export function placeCall({ from, to, patience, data }: Form): void {
  const fields = fieldsIn(data);
  act({
    do: "call",
    call: nextName(),
    from: from.trim(),
    to: to.trim(),
    ...(fields && { data: fields }),
    ...(patience !== "" && Number(patience) >= 0 && { patienceMs: Math.round(Number(patience) * 1000) }),
  });
}

/** Calls to this number, from anybody. */
export function callTo(to: string): void {
  placeCall({ ...blank, to });
}

/** `A` to `Z`, then `A2` …, as nobody was called yet. */
function nextName(): string {
  const { scenario, scene } = current();
  const taken = new Set([
    ...scenario.acts.flatMap((one) => (one.do === "call" ? [one.call] : [])),
    ...(scene.view?.calls.map(({ id }) => id) ?? []),
    ...(scene.view?.ended.map(({ call }) => call) ?? []),
  ]);
  for (let nth = 0; ; nth++) {
    const round = Math.floor(nth / 26);
    const name = String.fromCharCode(65 + (nth % 26)) + (round === 0 ? "" : String(round + 1));
    if (!taken.has(name)) return name;
  }
}

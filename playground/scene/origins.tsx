import type { Origin } from "../model.ts";
import { useStore } from "../store.ts";
import { beginLimits, dayName, wallText } from "./begin.ts";
import type { Block } from "./model.ts";
import { begin, choose } from "./scene.ts";

type Chosen = Exclude<Origin, { from: "hand" }>;

/** What the run comes from: a hand, a test, a day of traffic. */
export function Origins() {
  const stage = useStore(({ scene }) => scene.stage);
  const share = useStore(({ scene }) => scene.share);
  const isCut = useStore(({ scene }) => scene.extent?.isCut ?? false);
  const origin = useStore(({ scenario }) => scenario.origin);
  const known: [string, Chosen["from"], Block[]][] = [
    ["Tests", "test", stage?.tests ?? []],
    ["Days of traffic", "traffic", stage?.traffic ?? []],
  ];
  const all = known.flatMap(([, from, blocks]) => blocks.map((block): Origin => ({ from, ...block })));
  const value = keyOf(origin);
  const isKnown = origin.from === "hand" || all.some((one) => keyOf(one) === value);
  const pick = (key: string): void => choose(all.find((one) => keyOf(one) === key) ?? { from: "hand" });
  return (
    <div class="origins">
      <label>
        <span>Run</span>
        <select value={value} onChange={({ currentTarget }) => pick(currentTarget.value)}>
          <option value="hand">by hand</option>
          {!isKnown && <option value={value}>{origin.name}</option>}
          {known.map(([title, from, blocks]) => (
            <optgroup key={from} label={title}>
              {blocks.map((block) => (
                <option key={keyOf({ from, ...block })} value={keyOf({ from, ...block })}>
                  {block.name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      {origin.from === "hand" && stage && <Begin />}
      <span class="soft" role="status">
        {share !== undefined && `The day is being played: ${Math.round(share * 100)} %`}
        {share === undefined && stage && told(origin, isCut)}
      </span>
    </div>
  );
}

/** What the clocks of the site show when a run by hand begins, so that closed hours can be tried. */
function Begin() {
  const zone = useStore(({ scene }) => scene.stage?.zone ?? "UTC");
  const shown = useStore(({ scenario: { origin }, scene }) =>
    origin.from === "hand" && origin.begins !== undefined ? origin.begins : wallText(scene.stage?.startedAt ?? 0, zone),
  );
  return (
    <label>
      <span>Begins</span>
      <input
        type="datetime-local"
        {...beginLimits}
        value={shown}
        title={`Time in ${zone}; empty: Monday morning`}
        onChange={({ currentTarget }) => currentTarget.validity.valid && begin(currentTarget.value)}
      />
      <span class="soft">{dayName(shown)}</span>
    </label>
  );
}

function told({ from }: Origin, isCut: boolean): string {
  if (isCut) return "Only the beginning of this day is kept; the rest is too long to look at.";
  if (from === "traffic") return "A day to look at: drag the clock.";
  return from === "test" ? "The test plays its people; you may act beside it." : "";
}

const keyOf = (origin: Origin): string =>
  origin.from === "hand" ? "hand" : JSON.stringify([origin.from, origin.path, origin.name]);

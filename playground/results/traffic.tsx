import { goTo } from "../places.ts";
import { change, useStore } from "../store.ts";
import { DayTables } from "./day.tsx";
import { type Block, keyOf } from "./model.ts";
import { Progress } from "./progress.tsx";
import { simulate } from "./study.ts";

export function TrafficPart() {
  const blocks = useStore(({ results }) => results.blocks?.traffic);
  return (
    <section aria-labelledby="traffic-head">
      <header class="results-head">
        <h2 id="traffic-head">Traffic</h2>
      </header>
      {blocks?.length === 0 && (
        <p class="empty">
          There is no traffic yet. Write <code>traffic "a working day" for "…" {"{ … }"}</code> to play days of calls:
          how long callers wait, how many hang up, and how busy agents are.
        </p>
      )}
      {blocks?.map((block) => (
        <Day key={keyOf(block)} block={block} />
      ))}
    </section>
  );
}

function Day({ block }: { block: Block }) {
  const key = keyOf(block);
  const result = useStore(({ results }) => results.days[key]);
  const before = useStore(({ results }) => results.before[key]);
  const isStale = useStore(({ site }) => result !== undefined && result.files !== site.files);
  const isKept = before !== undefined && before.days === result?.days;
  return (
    <article class="day" aria-label={block.name}>
      <header class="results-head">
        <button type="button" class="link name" onClick={() => goTo(block)}>
          {block.name}
        </button>
        <button type="button" class="main" aria-label={`Simulate “${block.name}”`} onClick={() => void simulate(block)}>
          Simulate
        </button>
        <Progress what="day" block={key} />
        {result && !isKept && (
          <button type="button" onClick={() => keep(key)}>
            Keep as before
          </button>
        )}
        {before && (
          <button type="button" onClick={() => forget(key)}>
            Forget before
          </button>
        )}
        <span class="summary" role="status">
          {isStale && <span class="stale">of the text before it was changed</span>}
          {isKept && !isStale && "Kept. Change the text and simulate again: the same callers come."}
        </span>
      </header>
      {result && <DayTables result={result} />}
    </article>
  );
}

function keep(key: string): void {
  change(({ results }) => {
    const result = results.days[key];
    if (result) results.before[key] = { study: result.study, days: result.days, files: result.files };
  });
}

function forget(key: string): void {
  change(({ results }) => void delete results.before[key]);
}

import { Fact, PlaceFact } from "../scene/call-details.tsx";
import { WhyTable } from "../scene/why.tsx";
import { fieldsText, lasting } from "../scene/words.ts";
import { useStore } from "../store.ts";
import { doing, partyText, sinceThen } from "./calls.tsx";
import type { LiveCall } from "./model.ts";
import { useNames } from "./names.ts";
import { commonFiles } from "./site.ts";

/** One call of the run, looked at closely. */
export function Details() {
  const chosen = useStore(({ live }) => live.chosen);
  const call = useStore(({ live }) => live.calls.find(({ id }) => id === chosen));
  const why = useStore(({ live }) => live.why);
  const names = useNames();
  if (chosen === undefined) return null;
  const caller = names.call(chosen);
  return (
    <section class="run-part details" aria-label={`Call from ${caller}`}>
      <h2 title={chosen}>Call from {caller}</h2>
      {call ? <Facts {...call} /> : <p class="soft">It is over; its events are below.</p>}
      {call && <WhyTable why={why} nameOf={names.call} />}
    </section>
  );
}

function Facts(call: LiveCall) {
  const { id, from, to, arrivedAt, queue, data, offers } = call;
  const now = useStore(({ live }) => live.at);
  const names = useNames();
  const rings = offers.map(({ until, ...party }) => `${partyText(party, names)} until ${timeOf(until)}`);
  return (
    <dl class="facts">
      <Fact name="From, to">
        {from} → {to}, for {lasting(sinceThen(now, arrivedAt))}
      </Fact>
      <Fact name="Does">{doing(call, names)}</Fact>
      {rings.length > 0 && <Fact name="Rings at">{rings.join(", ")}</Fact>}
      {queue && (
        <Fact name="Queue">
          {queue.name}
          {queue.position !== undefined && `, place ${queue.position}`}, step {queue.step}, for{" "}
          {lasting(sinceThen(now, queue.since))}
        </Fact>
      )}
      {Object.keys(data).length > 0 && <Fact name="Data">{fieldsText(data)}</Fact>}
      <Places {...call} />
      <Fact name="Id">
        <code class="soft">{id}</code>
      </Fact>
    </dl>
  );
}

/** Places are of the text that the call came with; another text has other lines there. */
function Places({ program, stack }: LiveCall) {
  const running = useStore(({ live }) => live.site);
  const files = useStore(({ site }) => site.files);
  const common = new Set(commonFiles(files, running).map(({ path }) => path));
  if (program !== running?.program)
    return <Fact name="Stands">in a text from before the last load, which it keeps</Fact>;
  return stack.map((standing, depth) =>
    standing.path === undefined || common.has(standing.path) ? (
      <PlaceFact key={depth} {...standing} />
    ) : (
      <Fact key={depth} name={`In ${standing.name}`}>
        <span class="soft">{standing.path}, which is another text on this page</span>
      </Fact>
    ),
  );
}

export const timeOf = (instant: string): string => new Date(instant).toLocaleTimeString("en-GB");

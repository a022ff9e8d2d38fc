import { useEffect, useState } from "preact/hooks";
import type { Why } from "../../../runtime/index.ts";
import { since, useServerNow } from "../clock.ts";
import { control } from "../desk.ts";
import { ask } from "../link.ts";
import { type AgentRow, type CallRow, nameOf } from "../model.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { RecordingMark } from "./recording.tsx";

/** Every call that lives, where it is, and why it waits. */
export function AllCalls() {
  const say = useWords();
  const calls = usePage((page) => page.calls);
  const [chosen, choose] = useState<string>();
  return (
    <section class="card" aria-labelledby="all-calls-head">
      <h2 id="all-calls-head">{say("calls")}</h2>
      {calls.length === 0 && <p class="soft">{say("noCalls")}</p>}
      {calls.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-labelledby="all-calls-head">
          <table>
            <thead>
              <tr>
                <th scope="col">{say("from")}</th>
                <th scope="col">{say("dialled")}</th>
                <th scope="col">{say("for")}</th>
                <th scope="col">{say("where")}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {calls.map((call) => (
                <Row key={call.id} call={call} isChosen={call.id === chosen} choose={choose} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {chosen !== undefined && <WhyOf key={chosen} call={chosen} />}
    </section>
  );
}

interface RowProps {
  call: CallRow;
  isChosen: boolean;
  choose(call: string): void;
}

function Row({ call, isChosen, choose }: RowProps) {
  const agents = usePage((page) => page.agents);
  const say = useWords();
  const now = useServerNow();
  return (
    <tr>
      <th scope="row">{call.from}</th>
      <td>{call.to}</td>
      <td>{since(call.arrivedAt, now)}</td>
      <td>
        {whereOf(call, agents)} <RecordingMark call={call} />
      </td>
      <td class="row">
        {call.queue && (
          <button type="button" aria-pressed={isChosen} onClick={() => choose(call.id)}>
            {say("whyButton")}
          </button>
        )}
        {call.party && (
          <>
            <button type="button" onClick={() => void control(call.id, "monitor")}>
              {say("listen")}
            </button>
            <button type="button" onClick={() => void control(call.id, "barge")}>
              {say("join")}
            </button>
          </>
        )}
        {(call.party ?? call.dialler) !== undefined && (
          <button type="button" onClick={() => void control(call.id, "release")}>
            {say("release")}
          </button>
        )}
      </td>
    </tr>
  );
}

/** Who talks, who is rung, which queue; else what is heard. */
function whereOf({ party, offers, queue, mailbox, hears, strategy }: CallRow, agents: AgentRow[]): string {
  const named = ({ agent, destination }: { agent?: string; destination?: string }): string | undefined =>
    agent === undefined ? destination : nameOf(agents, agent);
  const who = party && named(party);
  if (who !== undefined) return `☎ ${who}`;
  const rung = offers.map(named).join(", ");
  const place = queue && `${queue.name}${queue.position === undefined ? "" : ` #${queue.position}`}`;
  return [place, rung && `→ ${rung}`, mailbox, !place && !rung && (hears ?? strategy)].filter(Boolean).join(" ");
}

/** Asked for again as long as it is looked at. */
const AGAIN_MS = 2000;

function WhyOf({ call }: { call: string }) {
  const say = useWords();
  const agents = usePage((page) => page.agents);
  const [why, setWhy] = useState<Why | "gone">();
  useEffect(() => {
    const look = (): void =>
      void ask<Why>(`/api/calls/${encodeURIComponent(call)}/why`).then(setWhy, () => setWhy("gone"));
    look();
    const timer = setInterval(look, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  if (why === undefined) return null;
  return (
    <div aria-live="polite">
      <h3>{say("why")}</h3>
      {why === "gone" ? (
        <p class="soft">{say("noWhy")}</p>
      ) : (
        <>
          <p>
            {why.queue} #{why.position} · {why.tier} · {Math.round(why.score)}
          </p>
          <dl class="data">
            {why.agents.map(({ agent, reasons }) => (
              <div key={agent}>
                <dt>{nameOf(agents, agent)}</dt>
                <dd>{reasons.join(", ")}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}

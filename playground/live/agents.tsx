import { Rows } from "../scene/rows.tsx";
import { claimsText, lasting, stateText } from "../scene/words.ts";
import { useStore } from "../store.ts";
import { sinceThen } from "./calls.tsx";
import type { LiveAgent } from "./model.ts";
import { useNames } from "./names.ts";

/** Who is there, and who says so. */
export function Agents() {
  const agents = useStore(({ live }) => live.agents);
  return (
    <section class="run-part" aria-label="Agents of the run">
      <h2>
        Agents <span class="soft">{agents.length}</span>
      </h2>
      <Rows
        label="Agents of the run"
        items={agents}
        height={62}
        keyOf={({ id }) => id}
        row={(agent) => <Card {...agent} />}
        empty={<p>The directory of the run has no agents.</p>}
      />
    </section>
  );
}

function Card(agent: LiveAgent) {
  const { id, name, state, since, call, claims, reasons, device } = agent;
  const now = useStore(({ live }) => live.at);
  const names = useNames();
  const about = claimsText(claims, reasons);
  return (
    <div class="agent-card">
      <p class="who">
        <b title={id}>{name}</b> {device !== id && <span class="soft">at {device}</span>}
        <span class={`state ${state}`} title={call}>
          {stateText(agent)}
          {call === undefined ? "" : ` with ${names.call(call)}`} {lasting(sinceThen(now, since))}
        </span>
      </p>
      <p class="soft claims" title={about}>
        {about}
      </p>
    </div>
  );
}

import { useState } from "preact/hooks";
import type { AgentView } from "../../runtime/index.ts";
import { useStore } from "../store.ts";
import { AgentCard } from "./agent-card.tsx";
import { Rows } from "./rows.tsx";

const none: never[] = [];
/** Up to so many stand in the order of the directory and need no filter. */
const FEW = 8;

/** The people, those who have something to do first where there are many. */
export function Agents() {
  const agents = useStore(({ scene }) => scene.view?.agents) ?? none;
  const calls = useStore(({ scene }) => scene.view?.calls) ?? none;
  const names = useStore(({ scene }) => scene.stage?.agents) ?? none;
  const isPlayable = useStore(({ scene }) => scene.stage?.isPlayable ?? false);
  const [filter, setFilter] = useState("");
  const nameOf = (id: string): string => names.find((one) => one.id === id)?.name ?? id;
  const isMany = agents.length > FEW;
  const wanted = filter.toLowerCase();
  const found = isMany
    ? agents
        .filter(({ id, state }) => [id, nameOf(id), state].some((text) => text.toLowerCase().includes(wanted)))
        .toSorted((a, b) => rank(a) - rank(b))
    : agents;
  const previews = new Map(
    calls.flatMap(({ id, shown = none }) => shown.map(({ agent, preview }) => [agent, { call: id, preview }] as const)),
  );
  return (
    <section class="run-part" aria-label="Agents">
      <h2>
        Agents <span class="soft">{agents.length}</span>
        {isMany && (
          <input
            type="search"
            aria-label="Find agents by name or state"
            placeholder="name or state"
            value={filter}
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
        )}
      </h2>
      <Rows
        label="Agents"
        items={found}
        height={isPlayable ? 108 : 56}
        keyOf={({ id }) => id}
        row={(agent) => <AgentCard agent={agent} name={nameOf(agent.id)} preview={previews.get(agent.id)} />}
        empty={
          <p>{agents.length === 0 ? "The directory has no agents." : "Nobody is called so, or is in such a state."}</p>
        }
      />
    </section>
  );
}

function rank({ work, state }: AgentView): number {
  if (work.length > 0) return 0;
  return state === "ready" ? 1 : state === "offline" ? 3 : 2;
}

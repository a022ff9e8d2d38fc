import { useState } from "preact/hooks";
import { since, useServerNow } from "../clock.ts";
import { act } from "../desk.ts";
import type { AgentRow } from "../model.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { labelIn } from "../words.ts";
import { useRemarks, useStateText } from "./state.tsx";

/** Everybody, how he is, and another state for him. */
export function People() {
  const say = useWords();
  const agents = usePage((page) => page.agents);
  return (
    <section class="card" aria-labelledby="people-head">
      <h2 id="people-head">{say("people")}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-labelledby="people-head">
        <table>
          <thead>
            <tr>
              <th scope="col">{say("name")}</th>
              <th scope="col">{say("state")}</th>
              <th scope="col">{say("for")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {agents.map((agent) => (
              <Row key={agent.id} agent={agent} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ agent }: { agent: AgentRow }) {
  const say = useWords();
  const now = useServerNow();
  const textOf = useStateText();
  const { id, name, call } = agent;
  const why = useRemarks()(agent).join(", ");
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {textOf(agent)} {why !== "" && <span class="soft">{why}</span>}
        {call !== undefined && <span class="soft">☎</span>}
      </td>
      <td>{since(agent.since, now)}</td>
      <td>
        <Force id={id} label={`${say("setState")}: ${name}`} />
      </td>
    </tr>
  );
}

function Force({ id, label }: { id: string; label: string }) {
  const say = useWords();
  const language = usePage((page) => page.language);
  const states = usePage((page) => page.me?.states) ?? [];
  const [chosen, choose] = useState("");
  const force = (value: string): void => {
    choose("");
    const [kind, name = ""] = value.split("/");
    if (kind === "state") void act("state", { state: name }, id);
    else if (kind) void act(kind, undefined, id);
  };
  return (
    <select aria-label={label} value={chosen} onChange={({ currentTarget }) => force(currentTarget.value)}>
      <option value="">{say("setState")} …</option>
      <option value="ready">{say("ready")}</option>
      <option value="not-ready">{say("notReady")}</option>
      <option value="wrap-up-done">{say("done")}</option>
      <option value="logout">{say("logOut")}</option>
      {states.map(({ name, label: labels }) => (
        <option key={name} value={`state/${name}`}>
          {labelIn(labels, language, name)}
        </option>
      ))}
    </select>
  );
}

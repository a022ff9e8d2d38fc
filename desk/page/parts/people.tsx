import { useState } from "preact/hooks";
import type { AgentRow } from "../../answers.ts";
import { since, useServerNow } from "../clock.ts";
import { act } from "../desk.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { labelIn } from "../words.ts";
import { useRemarks, useStateText } from "./state.tsx";
import { Cell, Row, RowHead, Table } from "./table.tsx";

/** Everybody, how he is, and another state for him. */
export function People() {
  const say = useWords();
  const agents = usePage((page) => page.agents);
  return (
    <section class="card" aria-labelledby="people-head">
      <h2 id="people-head">{say("people")}</h2>
      <Table by="people-head" heads={[say("name"), say("state"), say("for"), ""]}>
        {agents.map((agent) => (
          <Person key={agent.id} agent={agent} />
        ))}
      </Table>
    </section>
  );
}

function Person({ agent }: { agent: AgentRow }) {
  const say = useWords();
  const now = useServerNow();
  const textOf = useStateText();
  const { id, name, call } = agent;
  const why = useRemarks()(agent).join(", ");
  return (
    <Row>
      <RowHead>{name}</RowHead>
      <Cell>
        {textOf(agent)} {why !== "" && <span class="soft">{why}</span>}
        {call !== undefined && <span class="soft">☎</span>}
      </Cell>
      <Cell>{since(agent.since, now)}</Cell>
      <Cell>
        <Force id={id} label={`${say("setState")}: ${name}`} />
      </Cell>
    </Row>
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
      <option value="">{say("changeTo")} …</option>
      <option value="ready">{say("ready")}</option>
      <option value="not-ready">{say("notReady")}</option>
      <option value="wrap-up-done">{say("endWrapUp")}</option>
      <option value="logout">{say("logOut")}</option>
      {states.map(({ name, label: labels }) => (
        <option key={name} value={`state/${name}`}>
          {labelIn(labels, language, name)}
        </option>
      ))}
    </select>
  );
}

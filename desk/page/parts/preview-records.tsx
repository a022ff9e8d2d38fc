import { useEffect, useState } from "preact/hooks";
import type { PreviewRow } from "../../answers.ts";
import { whenIn } from "../clock.ts";
import { attempt, fail, save } from "../desk.ts";
import { ask } from "../link.ts";
import { nameOf } from "../model.ts";
import { useWords } from "../say.ts";
import { usePage } from "../store.ts";
import { reasonIn } from "../words.ts";
import { Cell, Row, RowHead, Table } from "./table.tsx";

/** What was shown to whom, and what became of it (row 3.14). Closed until somebody asks, since nobody follows it all day. */
export function PreviewRecords() {
  const say = useWords();
  const [isOpen, open] = useState(false);
  return (
    <section class="card" aria-labelledby="records-head">
      <h2 id="records-head">{say("previewRecords")}</h2>
      <details onToggle={({ currentTarget }) => open(currentTarget.open)}>
        <summary>{say("latest")}</summary>
        {isOpen && <Latest />}
      </details>
      <p class="row">
        <button type="button" onClick={() => void attempt(() => save("/api/previews/export", "previews.csv"))}>
          {say("exportAll")}
        </button>
      </p>
    </section>
  );
}

/** Asked for again as long as it is looked at. */
const AGAIN_MS = 3000;

function Latest() {
  const say = useWords();
  const { language, agents } = usePage((page) => page);
  const [rows, list] = useState<PreviewRow[]>([]);
  useEffect(() => {
    const look = (): void => void ask<PreviewRow[]>("/api/previews/latest").then(list, fail);
    look();
    const timer = setInterval(look, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  if (rows.length === 0) return <p class="soft">{say("noPreviews")}</p>;
  return (
    <Table by="records-head" heads={[say("at"), say("name"), say("outcome"), say("after")]}>
      {rows.map(({ id, agent, offeredAt, outcome, responseMs }) => (
        <Row key={id}>
          <Cell>{whenIn(language, offeredAt)}</Cell>
          <RowHead>{nameOf(agents, agent)}</RowHead>
          <Cell>{outcome === undefined ? say("undecided") : reasonIn(language, outcome)}</Cell>
          <Cell>{responseMs !== undefined && `${(responseMs / 1000).toFixed(1)} s`}</Cell>
        </Row>
      ))}
    </Table>
  );
}

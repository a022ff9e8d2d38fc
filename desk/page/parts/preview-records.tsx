import { useEffect, useState } from "preact/hooks";
import { attempt, fail } from "../desk.ts";
import { ask, fileAt } from "../link.ts";
import { nameOf, type PreviewRow } from "../model.ts";
import { useWords } from "../say.ts";
import { usePage } from "../store.ts";
import { reasonIn } from "../words.ts";

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
        <button type="button" onClick={() => void attempt(save)}>
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
    <div class="scroll" tabIndex={0} role="region" aria-labelledby="records-head">
      <table>
        <thead>
          <tr>
            <th scope="col">{say("at")}</th>
            <th scope="col">{say("name")}</th>
            <th scope="col">{say("outcome")}</th>
            <th scope="col">{say("after")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, agent, offeredAt, outcome, responseMs }) => (
            <tr key={id}>
              <td>{new Date(offeredAt).toLocaleString()}</td>
              <th scope="row">{nameOf(agents, agent)}</th>
              <td>{outcome === undefined ? say("undecided") : reasonIn(language, outcome)}</td>
              <td>{responseMs !== undefined && `${(responseMs / 1000).toFixed(1)} s`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Fetched and handed to the browser, since no address could carry the token. */
async function save(): Promise<void> {
  const file = await fileAt("/api/previews/export");
  if (!file) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "previews.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

import type { Value } from "../../../runtime/index.ts";
import { useWords } from "../say.ts";
import { rowsOf } from "../values.ts";

/** What came with a call: texts of callers, which are shown as texts and nothing else. */
export function DataTable({ data }: { data: Record<string, Value> }) {
  const say = useWords();
  const rows = rowsOf(data);
  if (rows.length === 0) return <p class="soft">{say("noData")}</p>;
  return (
    <dl class="data">
      {rows.map(([key, text]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

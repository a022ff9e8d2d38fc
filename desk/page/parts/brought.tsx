import type { Value } from "../../../runtime/index.ts";
import { useWords } from "../say.ts";
import { usePage } from "../store.ts";
import { rowsOf } from "../values.ts";

interface Brought {
  /** What the strategy shows, in its order and with its labels: the same from the first ring to the end. */
  showing?: Record<string, Value> | undefined;
  /** All that came with it, once he talks; what stands above already is not said twice. */
  data?: Record<string, Value>;
}

/** What is shown of a call: texts of callers, which are shown as texts and nothing else. */
export function Shown({ showing = {}, data }: Brought) {
  const say = useWords();
  const language = usePage((page) => page.language);
  const first = rowsOf(showing, language);
  const rest = rowsOf(data ?? {}, language).filter(
    ([key, text]) => !first.some((row) => row[0] === key && row[1] === text),
  );
  if (first.length + rest.length === 0) return data ? <p class="soft">{say("noData")}</p> : null;
  return (
    <>
      {first.length > 0 && <Rows of={first} />}
      {first.length > 0 && rest.length > 0 && <h4 class="soft">{say("data")}</h4>}
      {rest.length > 0 && <Rows of={rest} />}
    </>
  );
}

function Rows({ of }: { of: [string, string][] }) {
  return (
    <dl class="data">
      {of.map(([key, text]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

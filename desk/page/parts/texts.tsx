import { useState } from "preact/hooks";
import type { TextRow } from "../../answers.ts";
import { whenIn } from "../clock.ts";
import { write } from "../desk.ts";
import { nameOf } from "../model.ts";
import { useWords } from "../say.ts";
import { usePage } from "../store.ts";
import { useStateText } from "./state.tsx";

/** What is written with colleagues about a call (row 3.4). Closed until somebody wants it, or has written. */
export function Texts({ call }: { call: string }) {
  const say = useWords();
  const texts = usePage((page) => page.texts).filter((text) => text.call === call);
  return (
    <details class="texts" open={texts.length > 0}>
      <summary>{say("texts")}</summary>
      <div role="log" aria-label={say("texts")}>
        <ol>
          {texts.map((text) => (
            <Said key={`${text.at} ${text.by} ${text.to}`} text={text} />
          ))}
        </ol>
      </div>
      <Write call={call} last={texts.at(-1)} />
    </details>
  );
}

/** About calls that are not his own, and not shown to him: a colleague has asked him. */
export function AskedTexts({ known }: { known: string[] }) {
  const say = useWords();
  const texts = usePage((page) => page.texts).filter(({ call }) => !known.includes(call));
  const calls = new Map(texts.map(({ call, from }) => [call, from]));
  if (calls.size === 0) return null;
  return (
    <section class="card" aria-labelledby="asked-head">
      <h2 id="asked-head">{say("asked")}</h2>
      {[...calls].map(([call, from]) => (
        <article key={call} class="call">
          <h3>{from}</h3>
          <Texts call={call} />
        </article>
      ))}
    </section>
  );
}

function Said({ text: { by, to, at, text } }: { text: TextRow }) {
  const language = usePage((page) => page.language);
  const agent = usePage((page) => page.agent);
  const agents = usePage((page) => page.agents);
  return (
    <li class={by === agent ? "mine" : ""}>
      <span class="soft">
        {by === agent ? `→ ${nameOf(agents, to)}` : nameOf(agents, by)}{" "}
        <time dateTime={at}>{whenIn(language, at)}</time>
      </span>
      <p>{text}</p>
    </li>
  );
}

/** To whom it was written last, or from whom; else whom he chooses. */
function Write({ call, last }: { call: string; last: TextRow | undefined }) {
  const say = useWords();
  const stateOf = useStateText();
  const agent = usePage((page) => page.agent);
  const others = usePage((page) => page.agents).filter(({ id }) => id !== agent);
  const [chosen, choose] = useState<string>();
  const [text, setText] = useState("");
  const to = chosen ?? (last?.by === agent ? last?.to : last?.by) ?? others[0]?.id;
  if (to === undefined) return null;
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        void write({ call, to, text: text.trim() });
        setText("");
      }}
    >
      <select aria-label={say("writeTo")} value={to} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        {others.map((other) => (
          <option key={other.id} value={other.id}>
            {other.name} · {stateOf(other)}
          </option>
        ))}
      </select>
      <input
        aria-label={say("message")}
        placeholder={say("message")}
        maxLength={2000}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <button type="submit" disabled={text.trim() === ""}>
        {say("send")}
      </button>
    </form>
  );
}

import type { Me } from "../../answers.ts";
import { turn } from "../desk.ts";
import { useWords } from "../say.ts";

/** The switches of the directory that whoever sits here may turn. */
export function Flags({ flags }: Pick<Me, "flags">) {
  const say = useWords();
  return (
    <section class="card" aria-labelledby="flags-head">
      <h2 id="flags-head">{say("flags")}</h2>
      {flags.length === 0 && <p class="soft">{say("noFlags")}</p>}
      {flags.map(({ name, on }) => (
        <label key={name} class="row">
          <input
            type="checkbox"
            role="switch"
            checked={on}
            onChange={({ currentTarget }) => void turn(name, currentTarget.checked)}
          />
          {name}
        </label>
      ))}
    </section>
  );
}

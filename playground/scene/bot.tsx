import { useState } from "preact/hooks";
import { DataRows, fieldsIn, noData } from "./call-data.tsx";
import { act } from "./scene.ts";

/** What the bot that talks with a caller does with him. */
export function BotEnds({ call, bot }: { call: string; bot: string }) {
  const [target, setTarget] = useState("");
  const [context, setContext] = useState(noData);
  const end = (outcome: "done" | "silent" | "failed"): void => act({ do: "bot", call, outcome });
  const handOn = (event: Event): void => {
    event.preventDefault();
    const fields = fieldsIn(context);
    act({
      do: "bot",
      call,
      outcome: "transfer",
      ...(target.trim() !== "" && { target: target.trim() }),
      ...(fields && { context: fields }),
    });
  };
  return (
    <form class="bot" aria-label={`What bot ${bot} does`} onSubmit={handOn}>
      <div class="hand">
        <span>Bot {bot}</span>
        <button type="button" onClick={() => end("done")}>
          Is done
        </button>
        <button type="button" onClick={() => end("silent")}>
          Says nothing
        </button>
        <button type="button" onClick={() => end("failed")}>
          Fails
        </button>
      </div>
      <div class="hand">
        <button type="submit">Hands on</button>
        <label>
          to
          <input
            aria-label="To whom the bot hands on"
            placeholder="what t.target says"
            value={target}
            onInput={({ currentTarget }) => setTarget(currentTarget.value)}
          />
        </label>
      </div>
      <details>
        <summary>With what it learnt</summary>
        <DataRows rows={context} of="what it learnt" set={setContext} />
      </details>
    </form>
  );
}

import { useState } from "preact/hooks";
import { useStore } from "../store.ts";
import { act } from "./scene.ts";

const none: never[] = [];

/** What a host answers, to what it is asked now and from now on. */
export function HostAnswers() {
  const hosts = useStore(({ scene }) => scene.stage?.hosts) ?? none;
  const [chosen, setChosen] = useState<string>();
  const [code, setCode] = useState("200");
  const [body, setBody] = useState("");
  const host = chosen !== undefined && hosts.includes(chosen) ? chosen : hosts[0];
  if (host === undefined) return <p class="soft">The directory has no hosts.</p>;
  const submit = (event: Event): void => {
    event.preventDefault();
    act({ do: "host", host, code: Number(code), ...(body.trim() !== "" && { body: body.trim() }) });
  };
  return (
    <form class="outside" aria-label="What hosts answer" onSubmit={submit}>
      <label>
        Host
        <select
          aria-label="Host"
          value={host}
          onChange={({ currentTarget }) => setChosen(hosts[currentTarget.selectedIndex])}
        >
          {hosts.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label>
        answers
        <input
          class="code"
          aria-label="Code of the answer"
          title="An HTTP status; 0: it cannot be asked"
          type="number"
          min="0"
          max="599"
          required
          value={code}
          onInput={({ currentTarget }) => setCode(currentTarget.value)}
        />
      </label>
      <input
        class="body"
        aria-label="What it answers, as JSON"
        placeholder={'{ "tier": "gold" }'}
        spellcheck={false}
        value={body}
        onInput={({ currentTarget }) => setBody(currentTarget.value)}
      />
      <button type="submit">Answer</button>
    </form>
  );
}

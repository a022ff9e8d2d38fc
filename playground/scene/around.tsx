import { useState } from "preact/hooks";
import type { Deed } from "../../runtime/index.ts";
import { useStore } from "../store.ts";
import { HostAnswers } from "./hosts.tsx";
import { act } from "./scene.ts";

const none: never[] = [];

/** What is around callers and agents: the flags of the directory, and how numbers outside and hosts answer. */
export function Around() {
  const flags = useStore(({ scene }) => scene.stage?.flags) ?? none;
  return (
    <details class="around">
      <summary>Flags, numbers outside, hosts</summary>
      {flags.length === 0 && <p class="soft">The directory has no flags.</p>}
      {flags.map((flag) => (
        <Flag key={flag.name} {...flag} />
      ))}
      <Outside />
      <HostAnswers />
    </details>
  );
}

function Flag({ name, default: byDefault }: { name: string; default: boolean }) {
  const turned = useStore(({ scenario, scene }) =>
    scenario.acts.findLast((one) => one.do === "flag" && one.flag === name && one.at <= scene.at),
  );
  const isOn = turned?.do === "flag" ? turned.on : byDefault;
  return (
    <label>
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ currentTarget }) => act({ do: "flag", flag: name, on: currentTarget.checked })}
      />
      flag {name}
    </label>
  );
}

type Answering = Extract<Deed, { do: "number" }>["is"];

const answers: readonly Answering[] = ["answering", "busy", "silent"];

function Outside() {
  const [number, setNumber] = useState("");
  const [is, setIs] = useState<Answering>("answering");
  const submit = (event: Event): void => {
    event.preventDefault();
    if (number.trim() !== "") act({ do: "number", number: number.trim(), is });
  };
  return (
    <form class="outside" onSubmit={submit}>
      <label>
        From now on
        <input
          placeholder="+34600000009"
          aria-label="Number outside"
          value={number}
          onInput={({ currentTarget }) => setNumber(currentTarget.value)}
        />
      </label>
      <label>
        is
        <select
          aria-label="How it answers"
          value={is}
          onChange={({ currentTarget }) => setIs(answers[currentTarget.selectedIndex] ?? "answering")}
        >
          {answers.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <button type="submit">Set</button>
    </form>
  );
}

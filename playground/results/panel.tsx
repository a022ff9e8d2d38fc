import { useEffect } from "preact/hooks";
import { goTo, placeText } from "../places.ts";
import { useStore } from "../store.ts";
import "../style/results.css";
import { startResults } from "./study.ts";
import { TestsPart } from "./tests.tsx";
import { TrafficPart } from "./traffic.tsx";

/** Tests and traffic, and what they said. */
export function Panel() {
  useEffect(startResults, []);
  return (
    <div class="results">
      <Refusal />
      <TestsPart />
      <TrafficPart />
    </div>
  );
}

function Refusal() {
  const refused = useStore(({ results }) => results.refused);
  const { error, path, range } = refused ?? {};
  return (
    <p class="refusal bad" role="status">
      {error !== undefined && `Nothing can be run: ${error}. `}
      {path !== undefined && range && (
        <button type="button" class="link" onClick={() => goTo({ path, range })}>
          {placeText({ path, range })}
        </button>
      )}
    </p>
  );
}

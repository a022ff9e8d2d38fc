import { useStore } from "../store.ts";
import type { Results } from "./model.ts";
import { cancel } from "./study.ts";

/** How far what runs has come, and the way to end it. Takes its room before anything runs. */
export function Progress({ what, block }: { what: NonNullable<Results["running"]>["what"]; block?: string }) {
  const running = useStore(({ results }) => results.running);
  if (running?.what !== what || (block !== undefined && running.key !== block)) return null;
  const percent = Math.floor(running.share * 100);
  return (
    <span class="progress">
      <progress aria-label={what === "tests" ? "Tests" : "Days of traffic"} max={100} value={percent} />
      <span class="figure">{percent} %</span>
      <button type="button" onClick={cancel}>
        Cancel
      </button>
    </span>
  );
}

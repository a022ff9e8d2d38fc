import { useStore } from "../store.ts";
import { Agents } from "./agents.tsx";
import { CallDetails } from "./call-details.tsx";
import { Around } from "./around.tsx";
import { Calls } from "./calls.tsx";
import { Happened } from "./happened.tsx";
import { Origins } from "./origins.tsx";
import { PlaceCall } from "./place-call.tsx";
import { Queues } from "./queues.tsx";
import { Troubled } from "./troubled.tsx";

/** The run: who calls, who is there, what waits, and why. */
export function Panel() {
  const isPlayable = useStore(({ scene }) => scene.stage?.isPlayable ?? false);
  const hasView = useStore(({ scene }) => scene.view !== undefined);
  return (
    <div class="run">
      <Origins />
      <Troubled />
      {isPlayable && <PlaceCall />}
      {isPlayable && <Around />}
      {hasView && (
        <>
          <div class="run-columns">
            <Calls />
            <Agents />
          </div>
          <CallDetails />
          <Queues />
          <Happened />
        </>
      )}
    </div>
  );
}

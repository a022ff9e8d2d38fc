import { useEffect } from "preact/hooks";
import { change, useStore } from "../store.ts";
import "../style/pictures.css";
import { Flow } from "./flow.tsx";
import { Ladder } from "./ladder.tsx";
import { type Picture, pictures } from "./model.ts";
import { QueueSteps } from "./queue-steps.tsx";
import { startRecords } from "./records.ts";
import { Timeline } from "./timeline.tsx";

const drawings = {
  timeline: { title: "Timeline", Drawing: Timeline },
  ladder: { title: "Ladder", Drawing: Ladder },
  flow: { title: "Flow", Drawing: Flow },
  queues: { title: "Queues", Drawing: QueueSteps },
} satisfies Record<Picture, object>;

/** What happened and what may happen, drawn. */
export function Panel() {
  useEffect(startRecords, []);
  const shown = useStore(({ pictures }) => pictures.shown);
  const { Drawing } = drawings[shown];
  return (
    <div class="pictures">
      <div class="choices" role="group" aria-label="Picture">
        {pictures.map((id) => (
          <button
            key={id}
            type="button"
            aria-pressed={id === shown}
            onClick={() => change(({ pictures }) => void (pictures.shown = id))}
          >
            {drawings[id].title}
          </button>
        ))}
      </div>
      <Drawing />
    </div>
  );
}

import type { QueueTimeline, TimelineStep } from "../../language/index.ts";
import { goTo, placeText } from "../places.ts";
import { lasting } from "../scene/words.ts";
import { useTimelines } from "./answers.ts";

/** Every queue block as people draw it: who may take a call, from when until when. */
export function QueueSteps() {
  const queues = useTimelines();
  if (!queues) return <p class="empty">Reading the queues…</p>;
  if (queues.length === 0)
    return (
      <p class="empty">
        No queue is in these texts. Write <code>queue Helpdesk {"{ … }"}</code> in a strategy; its steps are drawn here.
      </p>
    );
  return (
    <>
      {queues.map((queue, nth) => (
        <Queue key={nth} queue={queue} />
      ))}
    </>
  );
}

/** An axis goes on beyond the last instant that is written. */
const BEYOND = 1.15;

function Queue({ queue: { queue, path, range, steps, giveUp, rules } }: { queue: QueueTimeline }) {
  const times = [...steps, ...(giveUp ? [giveUp] : [])].flatMap(({ at }) => (at === undefined ? [] : [at]));
  const length = Math.max(10_000, ...times) * (giveUp?.at === undefined ? BEYOND : 1.02);
  const x = (at: number): number => (at / length) * 100;
  return (
    <article class="queue-steps" aria-label={`Queue ${queue}`}>
      <h3>
        <button type="button" class="link" onClick={() => goTo({ path, range })}>
          Queue {queue}
        </button>{" "}
        <span class="soft">{placeText({ path, range })}</span>
      </h3>
      <p class="soft">{rules.join(" · ")}</p>
      <div class="step axis" aria-hidden="true">
        <span />
        <svg class="strip">
          {[...new Set(times)].map((at) => (
            <text
              key={at}
              x={`${x(at)}%`}
              y="14"
              class="tick"
              text-anchor={x(at) > 90 ? "end" : x(at) < 5 ? "start" : "middle"}
            >
              {lasting(at)}
            </text>
          ))}
        </svg>
      </div>
      <ol>
        {steps.map((step, nth) => (
          <li key={nth} class="step">
            <button type="button" class="link" onClick={() => goTo(step)}>
              <code>{step.text}</code>
              <span class="soft people" title={peopleText(step)}>
                {peopleText(step)}
              </span>
            </button>
            <Bar
              from={x(startOf(steps, nth))}
              to={x(endOf(steps, nth, giveUp?.at ?? length))}
              step={step}
              end={giveUp?.at === undefined ? undefined : x(giveUp.at)}
            />
          </li>
        ))}
        {giveUp && (
          <li class="step">
            <button type="button" class="link" onClick={() => goTo(giveUp)}>
              <code>{giveUp.text}</code>
            </button>
            <svg class="strip" aria-hidden="true">
              {giveUp.at !== undefined && (
                <line class="give-up" x1={`${x(giveUp.at)}%`} x2={`${x(giveUp.at)}%`} y1="0" y2="100%" />
              )}
            </svg>
          </li>
        )}
      </ol>
    </article>
  );
}

/** A step whose time is computed stays behind the one before it. */
function startOf(steps: readonly TimelineStep[], nth: number): number {
  return steps.slice(0, nth + 1).findLast(({ at }) => at !== undefined)?.at ?? 0;
}

/** `only` ends what came before. */
function endOf(steps: readonly TimelineStep[], nth: number, end: number): number {
  const after = steps.findIndex(({ verb, isConditional }, other) => other > nth && verb === "only" && !isConditional);
  return after === -1 ? end : startOf(steps, after);
}

function Bar({ from, to, step, end }: { from: number; to: number; step: TimelineStep; end?: number }) {
  return (
    <svg class="strip" aria-hidden="true">
      <rect
        class={`bar ${step.isConditional ? "conditional" : ""}`}
        x={`${from}%`}
        width={`${Math.max(0.5, to - from)}%`}
        y="4"
        height="14"
        rx="2"
      />
      {end !== undefined && <line class="give-up" x1={`${end}%`} x2={`${end}%`} y1="0" y2="100%" />}
    </svg>
  );
}

const MOST_NAMED = 6;

function peopleText({ people, isConditional }: TimelineStep): string {
  const when = isConditional ? ", where its condition holds" : "";
  if (!people) return `whom it means hangs on the call${when}`;
  if (people.length === 0) return `nobody of the directory${when}`;
  const more = people.length - MOST_NAMED;
  return `${people.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""}${when}`;
}

import { QueueList, type Waiting } from "../scene/queues.tsx";
import { useStore } from "../store.ts";
import { Agents } from "./agents.tsx";
import { Calls } from "./calls.tsx";
import { Connect } from "./connect.tsx";
import { Details } from "./details.tsx";
import { Events } from "./events.tsx";
import { choose } from "./link.ts";
import { useNames } from "./names.ts";
import { Texts } from "./texts.tsx";

/** The calls of a running cordboard. */
export function Panel() {
  const isThere = useStore(({ live }) => live.state === "here" || live.state === "lost");
  return (
    <div class="run">
      <Connect />
      {isThere ? <Run /> : <Invitation />}
    </div>
  );
}

function Run() {
  return (
    <>
      <Texts />
      <div class="run-columns">
        <Calls />
        <Agents />
      </div>
      <Details />
      <Queues />
      <Events />
    </>
  );
}

function Queues() {
  const queues = useStore(({ live }) => live.queues);
  const calls = useStore(({ live }) => live.calls);
  const names = useNames();
  const waiting = calls.flatMap(({ id, queue }): Waiting[] =>
    queue?.position === undefined ? [] : [{ id, queue: queue.name, position: queue.position, score: queue.score ?? 0 }],
  );
  return <QueueList queues={queues} waiting={waiting} choose={choose} nameOf={names.call} />;
}

function Invitation() {
  return (
    <div class="empty">
      <p>
        Here you see the calls, agents and queues of a running Cordboard as they are, with the place in the text where
        each call stands. Start one that takes questions of this page, and connect to it:
      </p>
      <p>
        <code>cordboard run PATH --origin {location.origin}</code>
      </p>
    </div>
  );
}

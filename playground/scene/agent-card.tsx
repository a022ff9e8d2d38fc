import type { AgentView, Deed } from "../../runtime/index.ts";
import { useStore } from "../store.ts";
import { act } from "./scene.ts";
import { claimsText, lasting, stateText } from "./words.ts";

interface Props {
  agent: AgentView;
  name: string;
  /** A call that is shown to him. */
  preview?: { call: string; preview: string };
}

/** One agent: what he does, who says so, and what he can do. */
export function AgentCard({ agent, name, preview }: Props) {
  const now = useStore(({ scene }) => (scene.stage?.startedAt ?? 0) + (scene.view?.at ?? 0));
  const isPlayable = useStore(({ scene }) => scene.stage?.isPlayable ?? false);
  const { id, state, work, stateSince, calls, claims, reasons } = agent;
  const about = claimsText(
    Object.entries(claims).map(([source, claim]) => ({ source, ...claim })),
    reasons,
  );
  const withCalls = work.flatMap((each) => ("call" in each ? [each.call] : [])).join(" and ");
  return (
    <div class="agent-card">
      <p class="who">
        <b title={name}>{name}</b>{" "}
        <span class="soft" title={id}>
          {id}
        </span>
        <span class={`state ${state}`}>
          {stateText(agent)}
          {withCalls && ` with ${withCalls}`} {lasting(now - stateSince)}
        </span>
      </p>
      <p class="soft claims" title={about}>
        {about}
        {calls > 0 && ` · ${calls} today`}
      </p>
      {isPlayable && <Hand agent={agent} name={name} preview={preview} />}
    </div>
  );
}

const states = [
  ["ready", "Ready"],
  ["not_ready", "Not ready"],
  ["offline", "Offline"],
] as const;

/** What he can do of himself, and below it what he can do with a call: while there is one, his habits wait. */
function Hand({ agent, name, preview }: Props) {
  const { id, state } = agent;
  const doable = doableNow(agent, preview);
  return (
    <>
      <div class="hand" role="group" aria-label={`What ${id} does`}>
        {states.map(([to, title]) => (
          <button
            key={to}
            type="button"
            aria-pressed={state === to}
            onClick={() => act({ do: "agent", agent: id, state: to })}
          >
            {title}
          </button>
        ))}
      </div>
      {doable.length === 0 ? (
        <Habit agent={id} name={name} />
      ) : (
        <div class="hand" role="group" aria-label={`What ${id} does with the call`}>
          {doable.map(([title, deed]) => (
            <button key={title} type="button" class="main" onClick={() => act(deed)}>
              {title}
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function doableNow({ id: agent, state, work }: AgentView, preview: Props["preview"]): [string, Deed][] {
  if (preview) {
    return [
      ["Accept", { do: "preview", ...preview, agent, takes: true }],
      ["Decline", { do: "preview", ...preview, agent, takes: false }],
    ];
  }
  if (work.some(({ kind }) => kind === "ringing")) {
    return [
      ["Pick up", { do: "pick up", agent }],
      ["Decline", { do: "decline", agent }],
    ];
  }
  return state === "talking" || state === "hold" ? [["Hang up", { do: "release", agent }]] : [];
}

/** How he acts by himself from now on: in seconds, empty for not at all. */
function Habit({ agent, name }: { agent: string; name: string }) {
  const habit = useStore(({ scenario, scene }) =>
    scenario.acts.findLast((one) => one.do === "habit" && one.agent === agent && one.at <= scene.at),
  );
  const { answersAfterMs, talksMs } = habit?.do === "habit" ? habit : {};
  const form = (answers: string, talks: string): void => {
    act({
      do: "habit",
      agent,
      ...(answers !== "" && { answersAfterMs: msOf(answers) }),
      ...(talks !== "" && { talksMs: msOf(talks) }),
    });
  };
  const text = (ms: number | undefined): string => (ms === undefined ? "" : String(ms / 1000));
  return (
    <div class="habit">
      <label>
        answers after
        <input
          type="number"
          min="0"
          placeholder="–"
          aria-label={`${name} answers after seconds`}
          value={text(answersAfterMs)}
          onChange={({ currentTarget }) => form(currentTarget.value, text(talksMs))}
        />
        s
      </label>
      <label>
        talks
        <input
          type="number"
          min="0"
          placeholder="–"
          aria-label={`${name} talks for seconds`}
          value={text(talksMs)}
          disabled={answersAfterMs === undefined}
          onChange={({ currentTarget }) => form(text(answersAfterMs), currentTarget.value)}
        />
        s
      </label>
    </div>
  );
}

const msOf = (seconds: string): number => Math.max(0, Math.round(Number(seconds) * 1000));

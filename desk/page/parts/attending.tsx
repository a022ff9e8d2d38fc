import type { CallRow } from "../../answers.ts";
import { control } from "../desk.ts";
import { nameOf } from "../model.ts";
import { change, usePage } from "../store.ts";
import { useWords } from "../say.ts";

/** At whose phone a supervisor listens: his own, or, without a token, that of whom he says he is. */
export const useListener = (): string | undefined => usePage(({ me, listener }) => me?.agent ?? listener);

/** Without a token it is asked for before anybody listens. */
export function ListenerChoice() {
  const say = useWords();
  const agents = usePage((page) => page.agents);
  const me = usePage((page) => page.me);
  const listener = useListener();
  if (me?.agent !== undefined) return null;
  return (
    <label class="row">
      {say("listenAt")}
      <select
        value={listener ?? ""}
        onChange={({ currentTarget }) => change({ listener: currentTarget.value || undefined })}
      >
        <option value="">–</option>
        {agents.map(({ id, name, extension }) => (
          <option key={id} value={id}>
            {[name, extension].filter(Boolean).join(" · ")}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What one listens to, or talks in, for as long as that lasts. */
export function Attended() {
  const say = useWords();
  const listener = useListener();
  const calls = usePage((page) => page.calls);
  return (
    <>
      {calls.flatMap((call) => {
        const its = call.guests?.find(({ who }) => who === listener);
        if (!its) return [];
        return (
          <p key={call.id} class="state is-talking" role="status">
            <strong>{say(its.talks ? "youJoined" : "youListen", call.from)}</strong>
            <Stop call={call} who={its.who} />
          </p>
        );
      })}
    </>
  );
}

/** Beside a call: who attends it. */
export function Guests({ call }: { call: CallRow }) {
  const say = useWords();
  const agents = usePage((page) => page.agents);
  return (
    <>
      {(call.guests ?? []).map(({ who, talks }) => (
        <span key={who} class="soft">
          {" · "}
          {say(talks ? "talksToo" : "listensIn", nameOf(agents, who))}
        </span>
      ))}
    </>
  );
}

export function Stop({ call, who }: { call: CallRow; who: string }) {
  const say = useWords();
  return (
    <button type="button" onClick={() => void control(call.id, "dismiss", { who })}>
      {say("stopAttending")}
    </button>
  );
}

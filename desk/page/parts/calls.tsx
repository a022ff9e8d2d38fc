import { useState } from "preact/hooks";
import type { AgentRow, CallRow, CardRow } from "../../answers.ts";
import { secondsUntil, since, useServerNow } from "../clock.ts";
import { dial } from "../desk.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { Shown } from "./brought.tsx";
import { Controls, KeyedControls } from "./controls.tsx";
import { RecordingMark } from "./recording.tsx";
import { Texts } from "./texts.tsx";
import { Whom } from "./whom.tsx";

/** The calls of this agent: those that ring for him, and those he talks in. */
export function Calls({ self }: { self: AgentRow }) {
  const say = useWords();
  const calls = usePage((page) => page.calls);
  const isPrivate = self.privateCall === true;
  const last = usePage((page) => page.last);
  const writesUp = self.wrapUpUntil !== undefined && last !== undefined && !calls.some(({ id }) => id === last.id);
  return (
    <section class="card" aria-labelledby="calls-head">
      <h2 id="calls-head">{say("calls")}</h2>
      {isPrivate && <PrivateCall />}
      {calls.length === 0 && !isPrivate && !writesUp && <p class="soft">{say("noCall")}</p>}
      {calls.map((call, nth) => (
        <Call key={call.id} call={call} agent={self.id} isFirst={nth === 0} />
      ))}
      {writesUp && <WrittenUp call={last} agent={self.id} />}
    </section>
  );
}

/** What came with the last call, as long as its work lasts. */
function WrittenUp({ call, agent }: { call: CardRow; agent: string }) {
  const say = useWords();
  return (
    <article class="call">
      <h3>{say("wrapUpWith", call.dialler === agent ? call.to : call.from)}</h3>
      <Shown showing={call.showing} data={call.data} />
      {call.fromBot && <FromBot said={call.fromBot} />}
    </article>
  );
}

function Call({ call, agent, isFirst }: { call: CallRow; agent: string; isFirst: boolean }) {
  const say = useWords();
  const now = useServerNow();
  const offer = call.offers.find((each) => each.agent === agent);
  const mine = call.party?.agent === agent || call.dialler === agent;
  const talks = call.party !== undefined && mine;
  const isWritten = usePage((page) => page.texts.some((text) => text.call === call.id));
  return (
    <article class="call">
      <h3>
        {call.dialler === agent ? call.to : call.from}{" "}
        <span class="soft">
          {say(call.held ? "isHeld" : talks ? "talksWith" : call.dialler === agent ? "dialling" : "rings")}
        </span>{" "}
        <RecordingMark call={call} />
      </h3>
      <p class="soft">
        {say("dialled")} {call.to} · {say("hereFor", since(call.arrivedAt, now))}
      </p>
      {offer && (
        <p>
          {say("pickUp")} <span class="soft">{say("ringsUntil", secondsUntil(offer.until, now))}</span>
        </p>
      )}
      {mine && (isFirst ? <KeyedControls call={call} /> : <Controls call={call} />)}
      <Shown showing={call.showing} {...(mine && { data: call.data })} />
      {call.fromBot && <FromBot said={call.fromBot} />}
      {(talks || isWritten) && <Texts call={call.id} />}
    </article>
  );
}

/** With what a bot handed the call on: texts, shown as texts. */
function FromBot({ said: { bot, reason, transcript } }: { said: NonNullable<CallRow["fromBot"]> }) {
  const say = useWords();
  return (
    <>
      <p>
        {say("fromBot", bot)}
        {reason !== undefined && <span class="soft">: {reason}</span>}
      </p>
      {transcript !== undefined && (
        <details>
          <summary>{say("transcript")}</summary>
          <p>{transcript}</p>
        </details>
      )}
    </>
  );
}

/** One that does not run through here (row 1.12): nothing can be done with it, and that is said. */
function PrivateCall() {
  const say = useWords();
  return (
    <article class="call" aria-labelledby="private-head">
      <h3 id="private-head">{say("privateHead")}</h3>
      <p class="warning" id="private-why">
        {say("privateCall")}
      </p>
      <p class="row">
        {(["hangUp", "holdCall", "transfer"] as const).map((does) => (
          <button key={does} type="button" disabled aria-describedby="private-why">
            {say(does)}
          </button>
        ))}
      </p>
    </article>
  );
}

export function Dial() {
  const say = useWords();
  const [to, setTo] = useState("");
  return (
    <section class="card" aria-labelledby="dial-head">
      <h2 id="dial-head">{say("dial")}</h2>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          void dial(to.trim());
          setTo("");
        }}
      >
        <Whom label={say("number")} value={to} set={setTo} />
        <button type="submit" disabled={to.trim() === ""}>
          {say("call")}
        </button>
      </form>
    </section>
  );
}

import { Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Why } from "../../../runtime/index.ts";
import type { AgentRow, CallRow } from "../../answers.ts";
import { since, useServerNow } from "../clock.ts";
import { control } from "../desk.ts";
import { ask } from "../link.ts";
import { nameOf } from "../model.ts";
import { usePage } from "../store.ts";
import { type Say, useWords } from "../say.ts";
import { causeIn } from "../causes.ts";
import type { WordKey } from "../words.ts";
import { Attended, Guests, ListenerChoice, useListener } from "./attending.tsx";
import { Recording, RecordingMark } from "./recording.tsx";
import { Cell, Row, RowHead, Table } from "./table.tsx";

/** Every call that lives, where it is, and why it waits. */
export function AllCalls() {
  const say = useWords();
  const calls = usePage((page) => page.calls);
  const [chosen, choose] = useState<string>();
  return (
    <section class="card" aria-labelledby="all-calls-head">
      <h2 id="all-calls-head">{say("calls")}</h2>
      <Attended />
      {calls.some(({ party }) => party) && <ListenerChoice />}
      {calls.length === 0 && <p class="soft">{say("noCalls")}</p>}
      {calls.length > 0 && (
        <Table by="all-calls-head" kind="is-wide" heads={[say("from"), say("dialled"), say("for"), say("where"), ""]}>
          {calls.map((call) => (
            <Fragment key={call.id}>
              <OneCall call={call} isChosen={call.id === chosen} choose={choose} />
              {call.id === chosen && (
                <Row>
                  <Cell columns={5} isWhole>
                    <WhyOf call={call.id} />
                  </Cell>
                </Row>
              )}
            </Fragment>
          ))}
        </Table>
      )}
    </section>
  );
}

interface OneCallProps {
  call: CallRow;
  isChosen: boolean;
  choose(call: string | undefined): void;
}

function OneCall({ call, isChosen, choose }: OneCallProps) {
  const agents = usePage((page) => page.agents);
  const agent = useListener();
  const say = useWords();
  const now = useServerNow();
  return (
    <Row>
      <RowHead>{call.from}</RowHead>
      <Cell of={say("dialled")}>{call.to}</Cell>
      <Cell of={say("for")}>{since(call.arrivedAt, now)}</Cell>
      <Cell isWhole>
        {whereOf(call, agents, say)} <RecordingMark call={call} />
        <Guests call={call} />
      </Cell>
      <Cell isWhole>
        <div class="row">
          {(call.queue || isChosen) && (
            <button type="button" aria-pressed={isChosen} onClick={() => choose(isChosen ? undefined : call.id)}>
              {say("whyButton")}
            </button>
          )}
          {call.party &&
            (["monitor", "barge"] as const).map((does) => (
              <button
                key={does}
                type="button"
                disabled={
                  agent === undefined ||
                  call.guests?.some((each) => each.who === agent && (each.talks || does === "monitor"))
                }
                title={agent === undefined ? say("listenFirst") : undefined}
                onClick={() => void control(call.id, does, { agent })}
              >
                {say(does === "monitor" ? "listen" : "join")}
              </button>
            ))}
          <Recording call={call} />
          {(call.party ?? call.dialler) !== undefined && (
            <button type="button" onClick={() => void control(call.id, "release")}>
              {say("release")}
            </button>
          )}
        </div>
      </Cell>
    </Row>
  );
}

/** Who talks, and whether with the caller; who is rung, which queue, which mailbox; else what is heard. */
function whereOf(
  { party, offers, queue, mailbox, hears, strategy, held, consult }: CallRow,
  agents: AgentRow[],
  say: Say,
) {
  const named = ({ agent, destination }: { agent?: string; destination?: string }): string | undefined =>
    agent === undefined ? destination : nameOf(agents, agent);
  const who = party && named(party);
  if (who !== undefined) {
    const asked = consult && say(consult.talking ? "talksWithAsked" : "asksSomebody", named(consult));
    return [`☎ ${who}`, held && say("callerHeld"), asked].filter(Boolean).join(" · ");
  }
  const rung = offers.map(named).join(", ");
  if (mailbox !== undefined && rung === "") return say("leavesMessage", mailbox);
  const place = queue && `${queue.name}${queue.position === undefined ? "" : ` #${queue.position}`}`;
  return [place, rung && `→ ${rung}`, !place && !rung && (heard(hears, say) ?? strategy)].filter(Boolean).join(" ");
}

const heardAs: Record<string, WordKey> = {
  music: "hearsMusic",
  play: "hearsPrompt",
  say: "hearsPrompt",
  ringback: "hearsRingback",
  silence: "hearsNothing",
};

/** `music moh/calm` */
function heard(hears: string | undefined, say: Say): string | undefined {
  const [kind = "", ...name] = hears?.split(" ") ?? [];
  return Object.hasOwn(heardAs, kind) ? [say(heardAs[kind] ?? "unknown"), ...name].join(" ") : hears;
}

/** What the run calls the tier of a directory that has none. */
const NO_TIER = "normal";

/** Asked for again as long as it is looked at. */
const AGAIN_MS = 2000;

function WhyOf({ call }: { call: string }) {
  const say = useWords();
  const agents = usePage((page) => page.agents);
  const language = usePage((page) => page.language);
  const [why, setWhy] = useState<Why | "gone">();
  useEffect(() => {
    const look = (): void =>
      void ask<Why>(`/api/calls/${encodeURIComponent(call)}/why`).then(setWhy, () => setWhy("gone"));
    look();
    const timer = setInterval(look, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  if (why === undefined) return null;
  return (
    <div aria-live="polite">
      <h3>{say("why")}</h3>
      {why === "gone" ? (
        <p class="soft">{say("noWhy")}</p>
      ) : (
        <>
          <p>
            {[`${why.queue} #${why.position}`, why.tier !== NO_TIER && why.tier, say("points", Math.round(why.score))]
              .filter(Boolean)
              .join(" · ")}
          </p>
          <dl class="data">
            {why.agents.map(({ agent, causes }) => (
              <div key={agent}>
                <dt>{nameOf(agents, agent)}</dt>
                <dd>
                  {causes.length === 0 ? say("freeForIt") : causes.map((each) => causeIn(language, each)).join(", ")}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}

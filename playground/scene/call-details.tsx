import type { CallView, Standing } from "../../runtime/index.ts";
import { goTo, placeText } from "../places.ts";
import { useStore } from "../store.ts";
import { BotEnds } from "./bot.tsx";
import { HostAnswers } from "./hosts.tsx";
import { act } from "./scene.ts";
import { WhyTable } from "./why.tsx";
import { fieldsText, lasting, valueText } from "./words.ts";

const keys = "123456789*0#".split("");

/** One call, looked at closely. */
export function CallDetails() {
  const chosen = useStore(({ scene }) => scene.chosen);
  const call = useStore(({ scene }) => (scene.view?.chosen === scene.chosen ? scene.view?.call : undefined));
  const end = useStore(({ scene }) => scene.view?.ended.find((one) => one.call === chosen));
  if (chosen === undefined) return null;
  return (
    <section class="run-part details" aria-label={`Call ${chosen}`}>
      <h2>Call {chosen}</h2>
      {call ? (
        <Living call={call} />
      ) : (
        <p class="soft">{end ? `It is over: ${end.disposition}.` : "It is not there at this instant."}</p>
      )}
    </section>
  );
}

function Living({ call }: { call: CallView }) {
  const isPlayable = useStore(({ scene }) => scene.stage?.isPlayable ?? false);
  const why = useStore(({ scene }) => scene.view?.why);
  return (
    <>
      {isPlayable && <Hand call={call} />}
      {isPlayable && call.wait.for === "request" && <HostAnswers />}
      {isPlayable && call.wait.for === "bot" && call.bot && <BotEnds call={call.id} bot={call.bot.name} />}
      <Facts call={call} />
      <WhyTable why={why} />
    </>
  );
}

/** What its caller can do. */
function Hand({ call: { id } }: { call: CallView }) {
  return (
    <div class="hand">
      <div class="keypad" role="group" aria-label={`Keys of ${id}`}>
        {keys.map((digit) => (
          <button
            key={digit}
            type="button"
            aria-label={`Press ${digit}`}
            onClick={() => act({ do: "press", call: id, digit })}
          >
            {digit}
          </button>
        ))}
      </div>
      <button type="button" onClick={() => act({ do: "hang up", call: id })}>
        Hang up<span class="hidden"> call {id}</span>
      </button>
    </div>
  );
}

function Facts({ call }: { call: CallView }) {
  const row = useStore(({ scene }) => scene.view?.calls.find(({ id }) => id === call.id));
  const now = useStore(({ scene }) => (scene.stage?.startedAt ?? 0) + (scene.view?.at ?? 0));
  const { from, to, trunk, language, queued, offers, collecting, data, position, score, stack, arrivedAt } = call;
  const facts: [string, string | undefined][] = [
    [
      "From, to",
      `${from} → ${to}${trunk === undefined ? "" : ` over ${trunk}`}, ${language}, for ${lasting(now - arrivedAt)}`,
    ],
    ["Does", row?.does],
    ["Hears", row?.hears],
    ["Digits", collecting && `“${collecting.digits}” so far`],
    [
      "Rings at",
      offers.length === 0
        ? undefined
        : offers
            .map(({ agent, number, deadline }) => `${agent ?? number ?? ""} for another ${lasting(deadline.at - now)}`)
            .join(", "),
    ],
    ["Queue", queued && queueText(queued.name, queued.step, position, score)],
    ["Data", Object.keys(data).length === 0 ? undefined : fieldsText(data)],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([name, text]) =>
          text !== undefined && (
            <Fact key={name} name={name}>
              {text}
            </Fact>
          ),
      )}
      {stack.map((standing, depth) => (
        <PlaceFact key={depth} {...standing} />
      ))}
    </dl>
  );
}

function queueText(name: string, step: number, position: number | undefined, score: number | undefined): string {
  const place =
    position === undefined ? "being joined" : `place ${position}, ${Math.round((score ?? 0) * 10) / 10} points`;
  return `${name}, ${place}, step ${step}`;
}

export function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where it stands in a strategy or sub, and what the variables hold there. */
export function PlaceFact({ name, path, at, variables }: Standing) {
  const text = useStore(({ site }) => site.files.find((file) => file.path === path)?.text);
  const known = Object.entries(variables);
  return (
    <Fact name={`In ${name}`}>
      {path !== undefined && at && text !== undefined ? (
        <button type="button" class="bare place" onClick={() => goTo({ path, range: at })}>
          {placeText({ path, range: at })} <code>{text.slice(at.start, at.end).split("\n", 1)[0]}</code>
        </button>
      ) : (
        <span class="soft">no text of yours</span>
      )}
      {known.map(([variable, value]) => (
        <span key={variable} class="variable">
          <code>{variable}</code> = <code>{valueText(value)}</code>
        </span>
      ))}
    </Fact>
  );
}

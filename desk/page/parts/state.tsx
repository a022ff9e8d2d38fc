import { useState } from "preact/hooks";
import type { AgentRow, Me } from "../../answers.ts";
import { secondsUntil, since, useServerNow } from "../clock.ts";
import { act, prefer } from "../desk.ts";
import { useHotkey } from "../hotkeys.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { isState, labelIn, reasonIn, stateWords } from "../words.ts";

/** How somebody is, or was. */
type Standing = { state: string; id?: string } & Pick<AgentRow, "custom" | "reasons">;

/** In words: the directory's own name for it, where it has one. */
export function useStateText(): (row: Standing) => string {
  const say = useWords();
  const language = usePage((page) => page.language);
  const states = usePage((page) => page.me?.states);
  const shown = usePage((page) => page.previews);
  return ({ id, state, custom }) => {
    // No phone rings for him yet.
    if (state === "ringing" && id !== undefined && shown.some(({ agent }) => agent === id)) return say("callShown");
    const own = states?.find(({ name }) => name === custom);
    if (own) return labelIn(own.label, language, own.name);
    return custom ?? say(isState(state) ? stateWords[state] : "unknown");
  };
}

/** Beside the state, what is no word of it. */
export function useRemarks(): (row: Standing) => string[] {
  const language = usePage((page) => page.language);
  return ({ reasons, custom }) =>
    reasons.filter((reason) => reason !== custom && reason !== "not ready").map((reason) => reasonIn(language, reason));
}

/** How the agent is, and what he says of himself. */
export function StateCard({ self, me }: { self: AgentRow; me: Me }) {
  const say = useWords();
  const now = useServerNow();
  const textOf = useStateText();
  const reasons = useRemarks()(self);
  // Of a call, with all that it was held.
  const isTalking = self.state === "talking" || self.state === "hold";
  const talkedSince = usePage(({ last }) => (isTalking ? last?.connectedAt : undefined));
  const isGone = self.claims.some(({ source, state }) => source === "registration" && state === "offline");
  return (
    <section class="card" aria-labelledby="state-head">
      <h2 id="state-head">{say("yourState")}</h2>
      <p class={`state is-${self.state}`}>
        <strong>{textOf(self)}</strong> <span class="soft">{since(talkedSince ?? self.since, now)}</span>
        {reasons.length > 0 && <span class="soft">{reasons.join(", ")}</span>}
      </p>
      <div class="reserved">{self.wrapUpUntil !== undefined && <WrapUp until={self.wrapUpUntil} />}</div>
      {isGone && <p class="warning">{say("phoneGone")}</p>}
      <Choices self={self} me={me} />
      <PhoneChoice self={self} me={me} />
      <Elsewhere self={self} me={me} />
      <SoundChoice />
    </section>
  );
}

function WrapUp({ until }: { until: string }) {
  const say = useWords();
  const now = useServerNow();
  return (
    <p class="row">
      <button type="button" class="main" onClick={() => void act("wrap-up-done")}>
        {say("done")}
      </button>
      <span class="soft">{say("doneIn", `${secondsUntil(until, now)} s`)}</span>
    </p>
  );
}

function Choices({ self, me }: { self: AgentRow; me: Me }) {
  const say = useWords();
  const language = usePage((page) => page.language);
  const [reason, setReason] = useState("");
  const notReady = (): void => {
    void act("not-ready", reason.trim() === "" ? undefined : { reason: reason.trim() });
    setReason("");
  };
  const readyKey = useHotkey("ready", () => void act("ready"));
  const notReadyKey = useHotkey("not_ready", notReady);
  const mayNot = (state: string): boolean => self.choices?.includes(state) === false;
  const isIn = (state: string): boolean => self.state === state && self.custom === undefined;
  return (
    <>
      <div class="row" role="group" aria-label={say("state")}>
        <button
          type="button"
          disabled={mayNot("ready")}
          aria-pressed={isIn("ready")}
          aria-keyshortcuts={readyKey}
          onClick={() => void act("ready")}
        >
          {say("ready")} <kbd aria-hidden="true">{readyKey}</kbd>
        </button>
        {me.states.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            disabled={mayNot(name)}
            aria-pressed={self.custom === name}
            onClick={() => void act("state", { state: name })}
          >
            {labelIn(label, language, name)}
          </button>
        ))}
        <button type="button" class="apart" disabled={mayNot("offline")} onClick={() => void act("logout")}>
          {say("logOut")}
        </button>
      </div>
      <form
        class="row"
        onSubmit={(event) => {
          event.preventDefault();
          notReady();
        }}
      >
        <button
          type="submit"
          disabled={mayNot("not_ready")}
          aria-pressed={isIn("not_ready")}
          aria-keyshortcuts={notReadyKey}
        >
          {say("notReady")} <kbd aria-hidden="true">{notReadyKey}</kbd>
        </button>
        <input
          aria-label={say("reason")}
          placeholder={say("reasonHint")}
          maxLength={100}
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </form>
    </>
  );
}

/** Agents may sit at any phone. */
function PhoneChoice({ self, me }: { self: AgentRow; me: Me }) {
  const say = useWords();
  const [chosen, setChosen] = useState<string>();
  const device = chosen ?? self.device;
  const agents = usePage((page) => page.agents);
  const own = [self.id, self.device].filter((each, nth, all) => me.devices.includes(each) && all.indexOf(each) === nth);
  const devices = [...own, ...me.devices.filter((each) => !own.includes(each))];
  /** Whose it is, and who sits there now. */
  const labelOf = (of: string): string => {
    const owner = agents.find(({ id }) => id === of);
    const sits = agents.find((each) => each.device === of && each.id !== self.id && each.state !== "offline");
    const name = owner ? [owner.name, owner.extension] : [of];
    return [...name, sits && say("sitsThere", sits.name)].filter(Boolean).join(" · ");
  };
  return (
    <form
      class="row"
      onSubmit={(event) => {
        event.preventDefault();
        void act("login", { device });
        setChosen(undefined);
      }}
    >
      <label class="row">
        {say("phone")}
        <select value={device} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
          {devices.map((each) => (
            <option key={each} value={each}>
              {labelOf(each)}
            </option>
          ))}
        </select>
      </label>
      {(device !== self.device || self.state === "offline") && <button type="submit">{say("logInThere")}</button>}
    </form>
  );
}

/** At which number he takes calls elsewhere (row 3.21): shown to all, changed by those whom the directory lets. */
function Elsewhere({ self: { redirect }, me }: { self: AgentRow; me: Me }) {
  const say = useWords();
  const [number, setNumber] = useState("");
  return (
    <>
      {redirect !== undefined && <p>{say("goElsewhere", redirect)}</p>}
      {me.may.includes("redirect") && (
        <form
          class="row"
          onSubmit={(event) => {
            event.preventDefault();
            void act("redirect", { to: number.trim() });
            setNumber("");
          }}
        >
          <input
            aria-label={say("elsewhere")}
            placeholder={say("elsewhere")}
            inputMode="tel"
            maxLength={40}
            value={number}
            onInput={({ currentTarget }) => setNumber(currentTarget.value)}
          />
          <button type="submit" disabled={number.trim() === ""}>
            {say("sendThere")}
          </button>
          {redirect !== undefined && (
            <button type="button" onClick={() => void act("redirect", { to: null })}>
              {say("nowhereElse")}
            </button>
          )}
          <button type="button" onClick={() => void act("redirect", {})}>
            {say("asDirectory")}
          </button>
        </form>
      )}
    </>
  );
}

function SoundChoice() {
  const say = useWords();
  const isLoud = usePage((page) => page.isLoud);
  return (
    <label class="row">
      <input
        type="checkbox"
        checked={isLoud}
        onChange={({ currentTarget }) => prefer({ isLoud: currentTarget.checked })}
      />
      {say("sound")}
    </label>
  );
}

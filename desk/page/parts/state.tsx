import { useState } from "preact/hooks";
import { secondsUntil, since, useServerNow } from "../clock.ts";
import { act, prefer } from "../desk.ts";
import { useHotkey } from "../hotkeys.ts";
import type { AgentRow, Me } from "../model.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { labelIn, reasonIn, type WordKey } from "../words.ts";

export const stateWords: Record<string, WordKey> = {
  ready: "ready",
  not_ready: "notReady",
  offline: "offline",
  ringing: "ringing",
  talking: "talking",
  hold: "hold",
  wrap_up: "wrapUp",
};

/** In words: the directory's own name for it, where it has one. */
export function useStateText(): (row: AgentRow) => string {
  const say = useWords();
  const language = usePage((page) => page.language);
  const states = usePage((page) => page.me?.states);
  return ({ state, custom }) => {
    const own = states?.find(({ name }) => name === custom);
    if (own) return labelIn(own.label, language, own.name);
    return custom ?? say(stateWords[state] ?? "unknown");
  };
}

/** Beside the state, what is no word of it. */
export function useRemarks(): (row: AgentRow) => string[] {
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
  const isGone = self.claims.some(({ source, state }) => source === "registration" && state === "offline");
  return (
    <section class="card" aria-labelledby="state-head">
      <h2 id="state-head">{say("yourState")}</h2>
      <p class={`state is-${self.state}`}>
        <strong>{textOf(self)}</strong> <span class="soft">{since(self.since, now)}</span>
        {reasons.length > 0 && <span class="soft">{reasons.join(", ")}</span>}
      </p>
      {self.wrapUpUntil !== undefined && <WrapUp until={self.wrapUpUntil} />}
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
      <span>{say("wrapUp")}</span>
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
  const isIn = (state: string): boolean => self.state === state && self.custom === undefined;
  return (
    <>
      <div class="row" role="group" aria-label={say("state")}>
        <button
          type="button"
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
            aria-pressed={self.custom === name}
            onClick={() => void act("state", { state: name })}
          >
            {labelIn(label, language, name)}
          </button>
        ))}
        <button type="button" onClick={() => void act("logout")}>
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
        <button type="submit" aria-pressed={isIn("not_ready")} aria-keyshortcuts={notReadyKey}>
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
          {me.devices.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={device === self.device && self.state !== "offline"}>
        {say("logInThere")}
      </button>
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

import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { prefer } from "../desk.ts";
import { aboutIn, drop } from "../notices.ts";
import { useLook } from "../look.ts";
import { themes } from "../model.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { catalogue, isLanguage, type Language, languageNames, type WordKey } from "../words.ts";

const themeWords = { system: "themeSystem", light: "themeLight", dark: "themeDark" } as const;

/** Around everything: who, what has been chosen, what has happened. */
export function Frame({ title, other, children }: { title: string; other?: Link; children: ComponentChildren }) {
  const say = useWords();
  const { language, theme, isHere, at } = usePage((page) => page);
  const me = usePage((page) => page.me);
  useLook();
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${title} – Cordboard`;
  });
  return (
    <>
      <header class="top">
        <h1>{title}</h1>
        {me && <span class="soft site">{me.site}</span>}
        <nav>
          {other && <a href={other.href}>{say(other.word)}</a>}
          {me?.helpUrl && (
            <a href={me.helpUrl} target="_blank" rel="noreferrer">
              {say("help")}
            </a>
          )}
          <LanguageChoice chosen={language} offered={me?.languages ?? Object.keys(catalogue)} />
          <select
            aria-label={say("theme")}
            value={theme}
            onChange={({ currentTarget: { value } }) =>
              prefer({ theme: themes.find((each) => each === value) ?? "system" })
            }
          >
            {themes.map((each) => (
              <option key={each} value={each}>
                {say(themeWords[each])}
              </option>
            ))}
          </select>
        </nav>
      </header>
      {at === "desk" && !isHere && (
        <p class="away" role="status">
          {say("away")}
        </p>
      )}
      <Notices />
      <main>{children}</main>
    </>
  );
}

interface Link {
  href: string;
  word: WordKey;
}

function LanguageChoice({ chosen, offered }: { chosen: Language; offered: string[] }) {
  const say = useWords();
  const known = offered.filter(isLanguage);
  if (known.length < 2) return null;
  return (
    <select
      aria-label={say("language")}
      value={chosen}
      onChange={({ currentTarget: { value } }) => isLanguage(value) && prefer({ language: value })}
    >
      {known.map((each) => (
        <option key={each} value={each} lang={each}>
          {languageNames[each]}
        </option>
      ))}
    </select>
  );
}

/** Read aloud as they come. */
function Notices() {
  const say = useWords();
  const { notices, language, me } = usePage((page) => page);
  return (
    <div class="notices" role="log" aria-live="polite">
      {notices.map(({ id, word, about, isBad }) => (
        <p key={id} class={isBad ? "notice is-bad" : "notice"}>
          <span>{say(word, aboutIn({ language, ...(me && { me }) }, about))}</span>
          <button type="button" class="bare" aria-label={say("dismiss")} onClick={() => drop((each) => each.id === id)}>
            ✕
          </button>
        </p>
      ))}
    </div>
  );
}

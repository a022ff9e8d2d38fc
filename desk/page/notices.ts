import type { About, Notice, Page } from "./model.ts";
import { change, current } from "./store.ts";
import { catalogue, isState, labelIn, reasonIn, refusalIn, stateWords, type WordKey } from "./words.ts";

/* What has happened, told until it is over, or somebody takes it away. */

let last = 0;
const MOST_NOTICES = 4;
/** Good news goes by itself. */
const READ_MS = 30_000;

type Told = Partial<Pick<Notice, "about" | "isBad" | "call">>;

export function notice(word: WordKey, { about, isBad = false, call }: Told = {}): void {
  const made: Notice = { id: ++last, word, isBad, ...(about && { about }), ...(call !== undefined && { call }) };
  const others = current().notices.filter((each) => each.word !== word || !isSame(each.about, about));
  change({ notices: [...others, made].slice(-MOST_NOTICES) });
  if (!isBad) setTimeout(() => drop(({ id }) => id === made.id), READ_MS);
}

const isSame = (a: About | undefined, b: About | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

export function drop(isOver: (notice: Notice) => boolean): void {
  const { notices } = current();
  if (notices.some(isOver)) change({ notices: notices.filter((each) => !isOver(each)) });
}

/** To be called when a deed has succeeded: what went wrong before it is over. */
export function mark(): () => void {
  const before = last;
  return () => drop(({ id, isBad }) => isBad && id <= before);
}

/** In the language that the page has now. */
export function aboutIn({ language, me }: Pick<Page, "language" | "me">, about: About = {}): string {
  const { text = "", reasons = [], refusal } = about;
  const stateIn = (name: string): string => {
    const own = me?.states.find((each) => each.name === name);
    if (own) return labelIn(own.label, language, name);
    return isState(name) ? catalogue[language][stateWords[name]] : name;
  };
  const why = reasons.map((reason) => reasonIn(language, reason)).join(", ");
  const said = refusal && (refusalIn(language, refusal, stateIn) ?? errorIn(refusal));
  return [text, why, said].filter(Boolean).join(": ");
}

/** As the run says it, where nobody has found words for it. */
export const errorIn = ({ error }: Record<string, unknown>): string => (typeof error === "string" ? plain(error) : "");

/** What the run says in English, for pages: names without the marks of a terminal. */
export const plain = (text: string): string => text.replace(/`([^`]*)`/g, "“$1”");

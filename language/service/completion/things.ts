import type { ThingNoun } from "../../ast.ts";
import * as T from "../../grammar/tokens.ts";
import { mentionsOf } from "../mentions.ts";
import type { Kind } from "../named.ts";
import { promptNames } from "../project.ts";
import { aboutThing, namesInDirectory } from "../things.ts";
import type { Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";

/** More names than this are not offered at once; those that hold what is written come first. */
const most = 100;

/** Names of one kind that the directory or the strategies know. */
export function namesOfKind(spot: Spot, kind: Kind): Offer[] {
  const { project, cursor } = spot;
  const names = kind === "prompt" ? [...(promptNames(project.texts) ?? [])] : known(spot, kind);
  return nearFirst(names, cursor.written).map((name) => ({
    label: name,
    kind: "thing",
    detail: kind,
    about: aboutThing(kind, name, project.binder.directory),
  }));
}

function known({ project, sheet: own, cursor }: Spot, kind: Kind): string[] {
  const inTexts = new Set<string>();
  for (const sheet of project.sheets.values()) {
    for (const { name, range, declares, ...mention } of mentionsOf(sheet)) {
      const isWritten = sheet === own && range.start <= cursor.offset && cursor.offset <= range.end;
      if (mention.kind === kind && (declares || kind === "field") && !isWritten) inTexts.add(name);
    }
  }
  return [...new Set([...namesInDirectory(kind, project.binder.directory), ...inTexts])];
}

function nearFirst(names: string[], written: string): string[] {
  if (names.length <= most) return names;
  const wanted = written.toLowerCase();
  const holds = (name: string): boolean => name.toLowerCase().includes(wanted);
  return [...names.filter(holds), ...names.filter((name) => !holds(name))].slice(0, most);
}

/** The nouns of the language: `group`, `mailbox`. */
export function isNoun(word: string): word is ThingNoun {
  const type = T.keywords.get(word);
  return type === T.W.mailbox || (type?.CATEGORIES?.includes(T.Noun) ?? false);
}

/** Where a name stands behind its noun, one of several words is a text. */
export function afterNoun(spot: Spot, noun: string): Offer[] {
  if (!isNoun(noun)) return [];
  const offers = namesOfKind(spot, noun).map((offer) => ({ ...offer, form: nameForm(offer.label) }));
  const owner: Offer = { label: "of group", kind: "word", about: "the mailbox of a group", form: "of group ‹›" };
  return noun === "mailbox" ? [...offers, owner] : offers;
}

/** Things with their noun, where a value of these kinds is wanted. */
export function withNoun(spot: Spot, noun: ThingNoun): Offer[] {
  const offers = namesOfKind(spot, noun).map(({ label, about }): Offer => {
    const form = `${noun} ${nameForm(label)}`;
    return { label: form, kind: "thing", about, form };
  });
  return noun === "mailbox" ? [...offers, ...mailboxesOfGroups(spot)] : offers;
}

function mailboxesOfGroups({ project }: Spot): Offer[] {
  return Object.values(project.binder.directory.groups).flatMap(({ name, mailbox }): Offer[] => {
    const form = `mailbox of group ${nameForm(name)}`;
    return mailbox === undefined ? [] : [{ label: form, kind: "thing", about: `mailbox ${mailbox}`, form }];
  });
}

const nameForm = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replace(/["\\{}]/g, "\\$&")}"`;

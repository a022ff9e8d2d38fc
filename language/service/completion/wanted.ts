import type { Expected } from "../../grammar/probe.ts";
import * as T from "../../grammar/tokens.ts";
import type { TypeName } from "../../types.ts";
import { ownerOf, previous, type Spot } from "./spot.ts";

const time: TypeName[] = ["duration"];
const answer: TypeName[] = ["yes or no"];
const number: TypeName[] = ["number"];
const text: TypeName[] = ["text"];
const party: TypeName[] = ["agent", "group", "phone", "list"];

/** What a construct takes, some of them by the word before the value. */
const wants: Partial<Record<string, TypeName[]>> = {
  defaultRoute: ["group", "mailbox", "agent", "phone"],
  transfer: ["group", "agent", "phone", "trunk", "uri"],
  if: answer,
  wait: time,
  every: time,
  loop: number,
  play: text,
  note: text,
  "music music": text,
  "music for": time,
  "ring ring": party,
  "ring of": party,
  "ring for": time,
  "preview top": number,
  "preview for": time,
  voicemail: ["mailbox"],
  subject: text,
  reject: number,
  priority: number,
  "rising rising": number,
  "rising every": time,
  "rising to": number,
  "tier when": answer,
  "step at": time,
  "step when": answer,
  "step as": answer,
  keep: ["moment"],
  ringFor: time,
  offerTo: number,
  exclude: ["agent", "list"],
  giveUpAfter: time,
  again: time,
  "targetFor for": time,
  ringAt: ["device", "phone"],
  "confirmed prompt": text,
  collectPrompt: text,
  collectWithin: time,
  "tries tries": number,
  "tries prompt": text,
  "request within": time,
  "runValue within": time,
  ringbackWithin: time,
  answerWithin: time,
  stopOn: number,
  expiresAfter: time,
  expiresAt: ["moment"],
  "attempts attempts": number,
  "attempts every": time,
  announce: text,
  sound: text,
  dial: ["phone"],
  callback: ["phone"],
};

/** The kinds of value that can stand right behind the word before the cursor; undefined where any can. */
export function wantedAt(spot: Spot, expected: Expected): readonly TypeName[] | undefined {
  const word = previous(spot);
  if (word === "in") return ["list", "numbers"];
  if (!T.keywords.has(word)) return undefined;
  const owner = ownerOf(expected);
  return wants[`${owner} ${word}`] ?? wants[owner];
}

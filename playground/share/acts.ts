import type { Act, Deed } from "../../runtime/index.ts";
import { limits } from "./limits.ts";

/* Acts of a scenario that came from outside: only what is as it should be is taken. */

type Kind = (value: unknown) => boolean;

const text: Kind = (value) => typeof value === "string" && value.length <= 1000;
const amount: Kind = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0;
/** Milliseconds within a run. */
export const isTime: Kind = (value) => amount(value) && Number(value) <= limits.runMs;
const truth: Kind = (value) => typeof value === "boolean";
const oneOf =
  (...words: string[]): Kind =>
  (value) =>
    typeof value === "string" && words.includes(value);
const maybe =
  (kind: Kind): Kind =>
  (value) =>
    value === undefined || kind(value);
const data: Kind = (value) =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).length <= 100 &&
  Object.values(value).every((one) => text(one) || typeof one === "number" || truth(one));

const fields: Record<Deed["do"], Record<string, Kind>> = {
  call: { call: text, from: text, to: text, data: maybe(data), patienceMs: maybe(isTime) },
  "hang up": { call: text },
  press: { call: text, digit: text },
  agent: { agent: text, state: oneOf("ready", "not_ready", "offline"), reason: maybe(text) },
  habit: { agent: text, answersAfterMs: maybe(isTime), talksMs: maybe(isTime) },
  "pick up": { agent: text },
  decline: { agent: text },
  release: { agent: text },
  preview: { call: text, preview: text, agent: text, takes: truth },
  number: { number: text, is: oneOf("answering", "busy", "silent") },
  host: { host: text, code: maybe(amount), body: maybe(text) },
  bot: {
    call: text,
    outcome: oneOf("done", "transfer", "silent", "failed"),
    target: maybe(text),
    context: maybe(data),
  },
  flag: { flag: text, on: truth },
};

export function isAct(value: unknown): value is Act {
  if (typeof value !== "object" || value === null || !("do" in value) || !("at" in value)) return false;
  const kinds = Object.entries(fields).find(([name]) => name === value.do)?.[1];
  const given = new Map(Object.entries(value));
  return kinds !== undefined && isTime(value.at) && Object.entries(kinds).every(([name, is]) => is(given.get(name)));
}

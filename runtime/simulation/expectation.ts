import {
  type Directory,
  type Expect,
  type Expectation,
  type Name,
  samePhone,
  type Thing,
} from "../../language/index.ts";
import type { CallId, Millis } from "../events.ts";
import { formatDuration } from "../strategy/format.ts";
import type { EventRecord } from "../records.ts";
import { nameOf, phoneOf, plainText } from "./literal.ts";

/** What happened in a test. */
export interface Story {
  records: readonly EventRecord[];
  /** Prompts and music in the order in which callers heard them. */
  heard: readonly { call: CallId; name: string; at: Millis }[];
  /** Trunks over which parties outside picked up. */
  carried: readonly { call: CallId; trunk: string; at: Millis }[];
  startedAt: Millis;
  directory: Directory;
}

interface Happening {
  /** Milliseconds since the start of the test. */
  at: number;
  what: string;
}

/** Why an expectation does not hold, in one sentence with what happened instead; `undefined` when it holds. */
export function failureOf(expect: Expect, story: Story): string | undefined {
  const call = expect.call.text;
  const wanted = wantedBy(expect.what, story.directory);
  const all = happenings(expect.what, call, story);
  const fitting = all.filter(({ what }) => what === wanted);
  const inTime = fitting.filter(({ at }) => isInTime(expect, at, story));
  const twice = expect.what.kind === "hears" && expect.what.twice;
  const verb = PAST[expect.what.kind];

  if (expect.never) {
    const first = inTime[twice ? 1 : 0];
    return first && `\`${call}\` ${verb} ${wanted} at ${formatDuration(first.at)}`;
  }
  if (twice ? inTime.length === 2 : inTime.length > 0) return undefined;
  if (twice && fitting.length > 0) {
    return `\`${call}\` ${verb} ${wanted} ${times(inTime)}, not twice${timeWords(expect)}`;
  }
  if (fitting.length > 0) return `\`${call}\` ${verb} ${wanted} ${times(fitting)}, not${timeWords(expect)}`;
  return `\`${call}\` ${NEVER[expect.what.kind]} ${wanted}; ${instead(expect.what, call, all, story)}`;
}

type Of<T extends EventRecord["type"]> = Extract<EventRecord, { type: T }>;

const PAST = {
  offered: "was offered to",
  answered: "was answered by",
  hears: "heard",
  waits: "waited in queue",
  ends: "ended",
} as const;

const NEVER = {
  offered: "was never offered to",
  answered: "was never answered by",
  hears: "never heard",
  waits: "never waited in queue",
  ends: "did not end",
} as const;

function wantedBy(what: Expectation, directory: Directory): string {
  switch (what.kind) {
    case "offered":
      return quoted(what.to.kind === "name" ? what.to.text : nameOf(what.to));
    case "answered":
      return quoted(what.by.kind === "name" ? what.by.text : nameOf(what.by));
    case "hears":
      return quoted(plainText(what.prompt));
    case "waits":
      return quoted(what.queue.text);
    default:
      return ending(what.outcome.text, what.mailbox && mailboxOf(what.mailbox, directory));
  }
}

/** Everything of the wanted kind that happened to the call, in order. */
function happenings(what: Expectation, named: CallId, story: Story): Happening[] {
  return callsOf(named, story).flatMap((call) => happeningsOf(what, call, story));
}

/** A call and the callback that has its place: both answer to its name. */
function callsOf(call: CallId, { records }: Story): CallId[] {
  const booked = records.flatMap((each) => (each.type === "callback.booked" && each.of === call ? [each.call] : []));
  return [call, ...booked];
}

function happeningsOf(what: Expectation, call: CallId, story: Story): Happening[] {
  if (what.kind === "hears") {
    const heard = story.heard.filter((each) => each.call === call);
    return heard.map(({ name, at }) => ({ at: at - story.startedAt, what: quoted(name) }));
  }
  const found: Happening[] = [];
  let mailbox: string | undefined;
  for (const record of story.records) {
    if (!("call" in record) || record.call !== call) continue;
    if (record.type === "voicemail.started") mailbox = record.mailbox;
    const told = wordsFor(what, record, mailbox, story);
    if (told !== undefined) found.push({ at: record.at - story.startedAt, what: told });
  }
  return found;
}

/** A record in the words in which the expectation speaks of such things. */
function wordsFor(
  what: Expectation,
  record: EventRecord,
  mailbox: string | undefined,
  story: Story,
): string | undefined {
  if (what.kind === "offered" && (record.type === "offer.made" || record.type === "preview.offered")) {
    return quoted(partyAs(what.to, record, story));
  }
  if (what.kind === "answered") return answererOf(what.by, record, story);
  if (what.kind === "waits" && record.type === "call.queued") return quoted(record.queue);
  if (what.kind !== "ends" || record.type !== "call.ended") return undefined;
  return ending(record.disposition, what.mailbox && mailbox);
}

function isInTime(expect: Expect, at: number, story: Story): boolean {
  const { within } = expect;
  if (expect.at && Math.abs(at - expect.at.ms) > (within?.ms ?? 0)) return false;
  if (!expect.at && within && at > within.ms) return false;
  if (expect.after && !(at >= boundary(expect.after, story))) return false;
  return !expect.before || at < boundary(expect.before, story);
}

/** A time of the test, or when a call ended; a call that has not ended ends after everything. */
function boundary(limit: NonNullable<Expect["after"]>, story: Story): number {
  return limit.kind === "duration" ? limit.ms : (endOf(limit.text, story)?.at ?? Infinity);
}

function endOf(call: CallId, story: Story): Happening | undefined {
  const end = story.records.find((record) => record.type === "call.ended" && record.call === call);
  if (end?.type !== "call.ended") return undefined;
  return { at: end.at - story.startedAt, what: quoted(end.disposition) };
}

/** `it was offered to `luc` at 30s and ended `abandoned` at 90s` */
function instead(what: Expectation, call: CallId, all: Happening[], story: Story): string {
  if (!story.records.some((record) => record.type === "call.arrived" && record.call === call))
    return "it never arrived";
  const end = endOf(call, story);
  const ended = end ? `ended ${end.what} at ${formatDuration(end.at)}` : stillThere(call, story);
  if (what.kind === "ends") {
    const actual = all[0];
    return `it ${actual ? `ended ${actual.what} at ${formatDuration(actual.at)}` : ended}`;
  }
  const others = all.map((other) => `${other.what} at ${formatDuration(other.at)}`);
  if (others.length === 0) return `it ${ended}`;
  const shown = others.length > 6 ? [...others.slice(0, 5), `${others.length - 5} more`] : others;
  return `it ${PAST[what.kind]} ${shown.join(", ")} and ${ended}`;
}

function stillThere(call: CallId, story: Story): string {
  let where = "had not ended when nothing was left to happen";
  for (const record of story.records) {
    if (!("call" in record) || record.call !== call) continue;
    if (record.type === "call.queued") where = `still waited in queue ${quoted(record.queue)} at the end of the test`;
    if (record.type === "call.connected") {
      where = `was still talking to ${quoted(partyOf(record))} at the end of the test, for nobody hung up`;
    }
  }
  return where;
}

function partyOf(record: { agent?: string; destination?: string }): string {
  return record.agent ?? record.destination ?? "";
}

/** Who answered; a bot has when it took the call, whatever it did with it then. */
function answererOf(by: Name | Thing, record: EventRecord, story: Story): string | undefined {
  if (by.kind === "thing" && by.noun === "bot") {
    return record.type === "bot.started" && tookIt(record, story) ? quoted(record.bot) : undefined;
  }
  if (record.type !== "call.connected") return undefined;
  if (by.kind === "name" || by.noun !== "trunk") return quoted(partyAs(by, record, story));
  const name = nameOf(by);
  const isMeant = story.carried.some(
    ({ call, trunk, at }) => call === record.call && trunk === name && at <= record.at,
  );
  return quoted(isMeant ? name : partyOf(record));
}

function tookIt({ call, seq }: Of<"bot.started">, { records }: Story): boolean {
  const end = records.find((each) => each.type === "bot.ended" && each.call === call && each.seq > seq);
  return end?.type === "bot.ended" && end.outcome !== "failed" && end.outcome !== "silent";
}

/** A party, by the name that the expectation uses where it means that one. */
function partyAs(by: Name | Thing, record: { agent?: string; destination?: string }, { directory }: Story): string {
  const party = partyOf(record);
  if (by.kind === "name" || record.destination === undefined) return party;
  return samePhone(phoneOf(by, directory), party, directory.site.country) ? nameOf(by) : party;
}

function mailboxOf(thing: Thing, directory: Directory): string {
  const owner = thing.of;
  return owner ? (directory.groups[nameOf(owner)]?.mailbox ?? nameOf(owner)) : nameOf(thing);
}

function ending(outcome: string, mailbox: string | undefined): string {
  return mailbox === undefined ? quoted(outcome) : `${quoted(outcome)} in mailbox ${quoted(mailbox)}`;
}

function quoted(name: string): string {
  return `\`${name}\``;
}

function times(happenings: Happening[]): string {
  if (happenings.length === 0) return "not once";
  const at = happenings.map((happening) => formatDuration(happening.at)).join(", ");
  return happenings.length === 1 ? `at ${at}` : `${happenings.length} times, at ${at}`;
}

function timeWords({ at, within, after, before }: Expect): string {
  return (
    limitWords("at", at) + limitWords("within", within) + limitWords("after", after) + limitWords("before", before)
  );
}

function limitWords(word: string, to: Expect["after"]): string {
  if (!to) return "";
  return ` ${word} ${to.kind === "duration" ? formatDuration(to.ms) : `${quoted(to.text)} ended`}`;
}

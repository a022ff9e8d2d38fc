import type { Duration, Expect, Expectation, Name, Thing, ThingNoun } from "../../ast.ts";
import { callOutcomes } from "../../builtins.ts";
import type { Range } from "../../source.ts";
import { normalise } from "../../phone.ts";
import { type Checking, instead, quote, report, reportUnknown } from "../checking.ts";
import { checkPrompt } from "../prompts.ts";
import { checkThing, fixedName, hasNoun, unknownThing } from "../things.ts";
import { idleness } from "./agents.ts";
import { type Bench, checkAgent, linesOf } from "./bench.ts";
import { has } from "./script.ts";

const outcomes: readonly string[] = callOutcomes;

/** What is expected of a call: names that there are, and something that can come true. */
export function checkExpect(bench: Bench, line: Expect): void {
  const { checking, calls } = bench;
  for (const name of [line.call, line.after, line.before]) {
    if (name?.kind !== "name" || calls.has(name.text)) continue;
    const message = `this test has no call \`${name.text}\``;
    reportUnknown(checking, "S432", name.range, message, instead(name.text, calls.keys()));
  }
  const before = checking.diagnostics.length;
  checkExpectation(bench, line.what);
  if (checking.torn || checking.diagnostics.length > before) return;
  const never = neverTrue(bench, line);
  if (never) {
    const message = line.never ? `this holds whatever happens: ${never.why}` : `this can never be true: ${never.why}`;
    report(checking, "warning", "S436", never.range, message, { hint: never.hint });
  }
}

function checkExpectation({ checking, own }: Bench, what: Expectation): void {
  switch (what.kind) {
    case "offered":
      checkParty(checking, what.to, ["agent", "number"], "`offered to`");
      return;
    case "answered":
      checkParty(checking, what.by, ["agent", "number", "trunk", "bot"], "`answered by`");
      return;
    case "hears":
      checkPrompt(checking, what.prompt);
      return;
    case "waits":
      if (!own.queues.has(what.queue.text))
        unknownThing(checking, "queue", what.queue, what.queue.text, [...own.queues]);
      return;
    default: {
      const { text, range } = what.outcome;
      if (!outcomes.includes(text)) {
        const { hint, write } = instead(text, outcomes);
        report(checking, "error", "S204", range, `no call ends \`${text}\``, { hint, write });
      }
      if (what.mailbox) checkThing(checking, what.mailbox);
    }
  }
}

/** Somebody who can take the call; an agent goes without his noun. */
function checkParty(checking: Checking, party: Name | Thing, nouns: readonly ThingNoun[], by: string): void {
  if (party.kind === "name") checkAgent(checking, party);
  else if (hasNoun(checking, party, nouns, by)) checkThing(checking, party);
}

interface Impossible {
  why: string;
  range: Range;
  hint?: string;
}

function neverTrue(bench: Bench, line: Expect): Impossible | undefined {
  return outOfTime(bench, line) ?? outOfReach(bench, line.what, line);
}

const isTime = (time: Duration | Name | undefined): time is Duration => time?.kind === "duration";

/** Times that leave no instant. */
function outOfTime({ checking, calls }: Bench, { call, at, within, after, before }: Expect): Impossible | undefined {
  const start = calls.get(call.text)?.at;
  const words = (time: Duration) => quote(checking, time.range);
  if (isTime(after) && isTime(before) && before.ms <= after.ms) {
    return { why: `nothing is after ${words(after)} and before ${words(before)}`, range: before.range };
  }
  for (const time of [at, before]) {
    if (isTime(time) && start && time.ms < start.ms) {
      return {
        why: `\`${call.text}\` comes at ${words(start)}`,
        range: time.range,
        hint: "times count from the start of the test",
      };
    }
  }
  if (at && isTime(before) && at.ms - (within?.ms ?? 0) > before.ms) {
    return { why: `${words(at)} is not before ${words(before)}`, range: before.range };
  }
  if (at && isTime(after) && at.ms + (within?.ms ?? 0) < after.ms) {
    return { why: `${words(at)} is not after ${words(after)}`, range: after.range };
  }
  if (within && !at)
    return { why: "`within` goes with `at`", range: within.range, hint: "write `at 2s within 200ms`, or `before 2s`" };
  return undefined;
}

function outOfReach(bench: Bench, what: Expectation, { call, never }: Expect): Impossible | undefined {
  const { checking, test, all, calls } = bench;
  switch (what.kind) {
    case "offered":
    case "answered": {
      // That somebody who is away is not rung is worth a test.
      if (never) return undefined;
      const who = what.kind === "offered" ? what.to : what.by;
      if (who.kind === "name") return idle(bench, who, what.kind);
      if (who.noun === "agent" && who.name.kind === "name") return idle(bench, who.name, what.kind);
      return what.kind === "answered" ? unanswered(bench, who) : undefined;
    }
    case "hears": {
      const prompt = fixedName(what.prompt) ?? "";
      const missing = linesOf(test, "promptMissing").some((line) => fixedName(line.prompt) === prompt);
      if (missing) return { why: `prompt \`${prompt}\` is missing in this test`, range: what.prompt.range };
      if (has(all.sounds, prompt, checking.prompts)) return undefined;
      return { why: `no strategy plays \`${prompt}\``, range: what.prompt.range };
    }
    case "ends": {
      const { outcome, mailbox } = what;
      if (mailbox && outcome.text !== "left_message") {
        return {
          why: `who ends \`${outcome.text}\` leaves no message`,
          range: mailbox.range,
          hint: "a mailbox goes with `left_message`",
        };
      }
      if (outcome.text === "abandoned" && calls.get(call.text)?.hangsUpAt === undefined) {
        return {
          why: `\`${call.text}\` is never told to hang up`,
          range: outcome.range,
          hint: "write `hangs up at 90s` at the call",
        };
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

function idle({ test, all }: Bench, agent: Name, what: "offered" | "answered"): Impossible | undefined {
  const why = idleness(test, agent.text, { what, isRung: all.rings });
  const line = what === "answered" ? `agent ${agent.text} accepts after 2s` : `agent ${agent.text} ready`;
  return why === undefined ? undefined : { why, range: agent.range, hint: `write \`${line}\`` };
}

/** A trunk or a number that is told to do something else than to answer, a bot that nobody asks. */
function unanswered({ checking, test, all }: Bench, party: Thing): Impossible | undefined {
  const name = fixedName(party.name) ?? "";
  if (party.noun === "bot") {
    const says = linesOf(test, "botAct").filter(({ bot }) => bot.text === name);
    if (!all.bots.has(name)) return { why: `no strategy asks bot \`${name}\``, range: party.range };
    if (says.some(({ act }) => act === "transfers" || act === "hangsUp")) return undefined;
    const why = says.length > 0 ? `bot \`${name}\` is told not to answer` : "a bot that no line names is not there";
    return { why, range: party.range, hint: `write \`bot ${name} hangs up\`` };
  }
  const { numbers, site } = checking.directory;
  const phoneOf = (thing: Thing) => {
    const called = fixedName(thing.name) ?? "";
    return normalise((Object.hasOwn(numbers, called) ? numbers[called]?.[0] : undefined) ?? called, site.country);
  };
  const lines =
    party.noun === "trunk"
      ? linesOf(test, "trunkAct").filter(({ trunk }) => trunk.text === name)
      : party.noun === "number"
        ? linesOf(test, "numberAct").filter(({ number }) => phoneOf(number) === phoneOf(party))
        : [];
  if (lines.length === 0 || lines.some(({ act }) => act === "answers")) return undefined;
  return { why: `${party.noun} \`${name}\` is told not to answer`, range: party.range };
}

/** Two ends of one call. */
export function checkOneEnd({ checking, test }: Bench): void {
  const ends = new Map<string, Extract<Expectation, { kind: "ends" }>>();
  for (const { call, never, what } of linesOf(test, "expect")) {
    if (never || what.kind !== "ends" || !outcomes.includes(what.outcome.text)) continue;
    const first = ends.get(call.text);
    if (first && first.outcome.text !== what.outcome.text) {
      const message = `this can never be true: \`${call.text}\` is expected to end \`${first.outcome.text}\` above`;
      const related = [{ path: checking.source.path, range: first.outcome.range, message: "the other end" }];
      report(checking, "warning", "S436", what.outcome.range, message, { related });
    }
    ends.set(call.text, first ?? what);
  }
}

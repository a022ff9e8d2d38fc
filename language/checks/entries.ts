import type { Entry, EntryPattern, Strategy } from "../ast.ts";
import { takenBy } from "../directory/taken.ts";
import { type Entrance, entranceOf, takes } from "../entries.ts";
import { dialable } from "../phone.ts";
import { type Checking, quote, report } from "./checking.ts";
import { checkRefusal } from "./ranges.ts";
import { fixedName } from "./things.ts";

/** The entries of one strategy by themselves. */
export function checkEntries(checking: Checking, strategy: Strategy): void {
  const patterns = strategy.entries.flatMap((entry) => entry.patterns);
  if (patterns.length === 0 && !isTorn(strategy)) {
    const message = `no call ever comes to strategy \`${fixedName(strategy.name) ?? ""}\`: it has no entry`;
    report(checking, "error", "S415", strategy.name.range, message, { hint: 'write `entry "+34910603165"`' });
  }
  for (const pattern of patterns) {
    checkPattern(checking, strategy, pattern);
    checkTaken(checking, pattern);
  }
  for (const { atMost } of strategy.entries) if (atMost) checkAtMost(checking, atMost);
}

/** Whether a part of it could not be read: what seems to be missing may be that. */
export function isTorn({ body }: Strategy): boolean {
  return body.statements.some(({ kind }) => kind === "hole");
}

function checkAtMost(checking: Checking, { calls, code }: NonNullable<Entry["atMost"]>): void {
  if (calls.kind === "number" && (!Number.isInteger(calls.value) || calls.value < 1)) {
    report(checking, "error", "S306", calls.range, `an entry takes at least one call, not \`${calls.value}\``);
  }
  checkRefusal(checking, code);
}

function checkPattern(checking: Checking, strategy: Strategy, pattern: EntryPattern): void {
  const numbers = pattern.kind === "span" ? [pattern.from, pattern.to] : [pattern.text];
  const strange = numbers.find(
    (number) => !dialable.test(number) && !(pattern.kind === "prefix" && /^\+?$/.test(number)),
  );
  if (strange !== undefined) {
    const message = `\`${strange.slice(0, 40)}\` is no number that can be dialled`;
    report(checking, "error", "S306", pattern.range, message, {
      hint: 'digits, with `+` and the country code: `"+34910603165"`',
    });
  } else if (!entranceOf(strategy, pattern, checking.directory.site.country)) {
    const message = `${quote(checking, pattern.range)} is no range of numbers`;
    const hint = "both ends have the same count of digits, and the smaller stands first";
    report(checking, "error", "S306", pattern.range, message, { hint });
  }
}

/** What the directory has a number for comes before all entries. A range around it gets the other calls. */
function checkTaken(checking: Checking, pattern: EntryPattern): void {
  const taken = pattern.kind === "single" && takenBy(pattern.text, checking.directory);
  if (!taken) return;
  const place = checking.places?.get(`${taken.noun} ${taken.name}`);
  const message = `no call ever comes to ${quote(checking, pattern.range)}: the number ${taken.use}`;
  report(checking, "error", "S425", pattern.range, message, {
    hint: "give one of the two another number",
    ...(place && { related: [{ ...place, message: `the ${taken.noun}` }] }),
  });
}

/** Two patterns that want the same number with equal right, over all files. */
export function checkOverlaps(all: readonly { checking: Checking; entrance: Entrance }[]): void {
  const byRank = new Map<string, { checking: Checking; entrance: Entrance }[]>();
  for (const one of all) {
    const { rank, from, pattern } = one.entrance;
    const key = pattern.kind === "span" ? `${rank} ${from.length} ${from.startsWith("+")}` : `${pattern.kind} ${from}`;
    const same = byRank.get(key);
    if (same) same.push(one);
    else byRank.set(key, [one]);
  }
  for (const rivals of byRank.values()) {
    // Ranges of one width overlap with their neighbours if at all.
    const sorted = rivals.toSorted((a, b) =>
      a.entrance.from < b.entrance.from ? -1 : a.entrance.from > b.entrance.from ? 1 : 0,
    );
    sorted.slice(1).forEach((second, index) => {
      const first = sorted[index];
      if (first && takes(first.entrance, second.entrance.from)) tie(first, second);
    });
  }
}

type Rival = { checking: Checking; entrance: Entrance };

function tie(first: Rival, second: Rival): void {
  const { pattern, strategy } = first.entrance;
  const owner =
    strategy === second.entrance.strategy ? "this strategy" : `strategy \`${fixedName(strategy.name) ?? ""}\``;
  const message = `${quote(second.checking, second.entrance.pattern.range)} is an entry of ${owner} already, with equal right`;
  report(second.checking, "error", "S417", second.entrance.pattern.range, message, {
    hint: "a number beats a range, a narrower range a wider one, any of them a prefix",
    related: [{ path: first.checking.source.path, range: pattern.range, message: "the other entry" }],
  });
}

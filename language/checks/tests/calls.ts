import type { CallLine, Strategy, Text } from "../../ast.ts";
import { takenBy } from "../../directory/taken.ts";
import { entranceFor } from "../../entries.ts";
import { type Checking, quote, report } from "../checking.ts";
import { infer } from "../expressions.ts";
import { nowhere } from "../place.ts";
import { fixedName } from "../things.ts";
import type { Bench } from "./bench.ts";
import { checkPress } from "./presses.ts";

/** Calls by their names, the first of each. */
export function callsOf(checking: Checking, lines: readonly CallLine[]): Map<string, CallLine> {
  const calls = new Map<string, CallLine>();
  for (const line of lines) {
    const first = calls.get(line.name.text);
    if (first) {
      const related = [{ path: checking.source.path, range: first.name.range, message: "the first one" }];
      report(checking, "error", "S205", line.name.range, `there is a call \`${line.name.text}\` already`, { related });
    } else calls.set(line.name.text, line);
  }
  return calls;
}

export function checkCall(bench: Bench, line: CallLine): void {
  const { checking, strategy } = bench;
  checkDialled(checking, line.to, strategy, hasOwnCall(bench));
  if (line.data) infer(line.data, nowhere(checking));
  for (const press of line.presses) checkPress(bench, press);
  if (line.hangsUpAt && line.hangsUpAt.ms <= line.at.ms) {
    const message = `call \`${line.name.text}\` hangs up before it comes, at ${quote(checking, line.at.range)}`;
    const hint = "times count from the start of the test, not of the call";
    report(checking, "error", "S437", line.hangsUpAt.range, message, { hint });
  }
}

/** Another call comes to the strategy under test: this one is there beside it. */
function hasOwnCall({ checking, calls, strategy }: Bench): boolean {
  return [...calls.values()].some(({ to }) => doorOf(checking, to)?.strategy === strategy);
}

const doorOf = ({ doors, directory }: Checking, to: Text) =>
  entranceFor(fixedName(to) ?? "", doors, directory.site.country);

/** A number that the strategy under test takes, or, with `orOther`, any strategy, or what the directory has at it. */
export function checkDialled(checking: Checking, to: Text, strategy: Strategy, orOther = false): void {
  if (checking.torn) return;
  const number = fixedName(to) ?? "";
  const door = doorOf(checking, to);
  if (orOther && takenBy(number, checking.directory)) return;
  if (!door) {
    const message = `no strategy has an entry for \`${number}\``;
    report(checking, "error", "S431", to.range, message, { hint: "call a number of an `entry` line" });
  } else if (door.strategy !== strategy && !orOther) {
    const message = `\`${number}\` is an entry of strategy \`${fixedName(door.strategy.name) ?? ""}\`, and this is for \`${fixedName(strategy.name) ?? ""}\``;
    report(checking, "warning", "S431", to.range, message, { hint: "call a number of its own `entry` line" });
  }
}

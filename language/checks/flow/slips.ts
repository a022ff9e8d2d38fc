import type { Expr, Statement } from "../../ast.ts";
import { type Checking, quote, report } from "../checking.ts";
import { firstWord, timeText } from "../words.ts";

/*
 * Times that nobody means: minutes where seconds are meant, and no end where somebody waits.
 */

const minute = 60_000;

/** Nobody's phone rings longer, and no caller waits longer for a key or a host. */
const longestRing = 5 * minute;

/** Nobody stands still longer in a strategy. */
const longestPause = 60 * minute;

/** Tells of times that are surely slips, and of a bot that may keep the caller for ever. */
export function checkSlips(checking: Checking, statement: Statement): void {
  for (const { time, most, what } of timesOf(statement)) {
    if (time?.kind !== "duration" || time.ms <= most) continue;
    const [seconds, isMinutes] = [time.ms / minute, time.ms % minute === 0];
    const fits = isMinutes && seconds <= 300;
    const message = `${what} ${quote(checking, time.range)}, longer than anybody waits`;
    report(checking, "warning", "S426", time.range, message, {
      hint: fits ? `did you mean \`${seconds}s\`?` : `at most \`${timeText(most)}\` makes sense`,
      ...(fits && { write: `${seconds}s` }),
    });
  }
  if (statement.kind !== "ask" || statement.giveUp) return;
  const message = "the bot can keep the caller for ever";
  report(checking, "warning", "S407", firstWord(statement), message, { hint: "write `give up after 15m`" });
}

interface Timed {
  time: Expr | undefined;
  most: number;
  what: string;
}

function timesOf(statement: Statement): Timed[] {
  const rings = (time: Expr | undefined, what = "this rings for"): Timed => ({ time, most: longestRing, what });
  switch (statement.kind) {
    case "ring":
      return [rings(statement.for)];
    case "preview":
      return [rings(statement.for, "this is shown for")];
    case "dial":
      return [rings(statement.ringbackWithin, "this waits"), rings(statement.answerWithin)];
    case "queue":
      return [
        rings(statement.ringFor),
        { time: statement.giveUp?.after, most: 24 * 60 * minute, what: "this gives up after" },
      ];
    case "collect":
      return [rings(statement.within, "a key is waited for")];
    case "fetch":
    case "send":
      return [rings(statement.within, "the host may take")];
    case "let":
    case "set":
      if (statement.value.kind === "collectValue") return [rings(statement.value.within, "a key is waited for")];
      if (statement.value.kind === "fetchValue") return [rings(statement.value.within, "the host may take")];
      return [];
    case "wait":
      return [{ time: statement.for, most: longestPause, what: "the caller waits" }];
    default:
      return [];
  }
}

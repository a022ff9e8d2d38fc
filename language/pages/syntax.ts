import type { Page } from "./page.ts";

/** S1xx: what cannot be read. */
export const syntaxPages: Page[] = [
  {
    code: "S101",
    severity: "error",
    title: "a word that cannot stand here",
    what: "At this place the language knows other words. Often it is a slip of a letter, or a name in quotes where none belong.",
    why: "A strategy that cannot be read takes no calls, and the version before it goes on running.",
    wrong: `ply "welcome"
hangup`,
    right: `answer
play "welcome"
hangup`,
    mend: "Take the word that the hint names, or look up which words begin a statement or an option here.",
  },
  {
    code: "S102",
    severity: "error",
    title: "something is missing",
    what: "A word, sign or value that has to follow does not. It is told right behind what stands before the gap.",
    why: "A strategy that cannot be read takes no calls, and the version before it goes on running.",
    wrong: `answer
music "moh/calm" for
hangup`,
    right: `answer
music "moh/calm" for 20s
hangup`,
    mend: "Write what the message names. A value begins on the line of the word that it belongs to.",
  },
  {
    code: "S103",
    severity: "error",
    title: "braces that do not pair",
    what: "A `{` has no `}`, or the other way round. Which one is chosen by the indentation of the lines around it.",
    why: "Statements would belong to another block than they seem to, and callers would take another way than the page shows.",
    wrong: `answer
if call.from is withheld {
  play "sorry"
hangup`,
    right: `answer
if call.from is withheld {
  play "sorry"
}
hangup`,
    mend: "Put the brace where the message says, or take the surplus one out. `cordboard fmt` then sets the lines straight.",
  },
  {
    code: "S104",
    severity: "error",
    title: "a number, duration, time or date that is none",
    what: "Durations are written `500ms`, `30s`, `1m30s`, `2h`, `1d`; times `09:00`; dates `2026-12-24`, and the day must exist.",
    why: "A wait that is read wrongly is a wait that a caller sits through.",
    wrong: `answer
wait 30sec
hangup`,
    right: `answer
wait 30s
hangup`,
    mend: "Write the unit in one or two letters, without a space and without a decimal point: `1m30s`, not `1.5m`.",
  },
  {
    code: "S105",
    severity: "error",
    title: "a text that cannot be read",
    what: 'A text stands in straight double quotes and ends on its line. In it `{value}` is filled in, and only `\\{`, `\\"` and `\\\\` are written with a backslash.',
    why: "What a caller hears, and where the call goes, would be cut off in the middle.",
    wrong: `note "hello {call.from"
hangup`,
    right: `note "hello {call.from}"
hangup`,
    mend: "Close the quote or the brace; write `\\{` for a brace that is meant as such.",
  },
  {
    code: "S106",
    severity: "error",
    title: "a character that means nothing here",
    what: "Signs of other languages such as `;`, `&&`, `!` or `//` have no meaning: line ends need no sign, conditions are written in words, comments begin with `#`. Characters that cannot be seen have none either, and a file is text in UTF-8.",
    why: "A strategy that cannot be read takes no calls, and the version before it goes on running.",
    wrong: `answer;
hangup`,
    right: `answer
hangup`,
    mend: "Leave it out, or write the word that the hint names: `and`, `or`, `not`, `#`.",
  },
  {
    code: "S107",
    severity: "error",
    title: "in the wrong order, or a second time",
    what: "Entries, default route and secrets come before the statements; options come before handlers; each of them stands once.",
    why: "Of two priorities or two default routes only one could hold, and nobody would see which.",
    wrong: `queue Sales {
  priority 40
  at 0s group Sales
  priority 60
  give up after 2m
}`,
    right: `queue Sales {
  priority 60
  at 0s group Sales
  give up after 2m
}`,
    mend: "Move it to its place, or take one of the two out.",
  },
  {
    code: "S108",
    severity: "error",
    title: "nested too deeply, or too long",
    what: "Brackets and blocks may be nested 50 levels deep, and 500 operators may stand in a row.",
    why: "Nobody can tell what becomes of a call in such a text, and a hostile text could exhaust the machine that reads it.",
    wrong: `let a = ((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))
hangup`,
    right: `let a = 1
note "{a}"
hangup`,
    mend: "Give parts of it names with `let`, or move them into a `sub`.",
  },
  {
    code: "S110",
    severity: "warning",
    title: "an error that a comment would allow",
    what: "`# allow CODE` silences warnings and hints. This code is an error.",
    why: "A strategy with an error takes no calls, whatever is written beside it.",
    wrong: `ring agent ana for 20s # allow S201 because Ana is new
hangup`,
    right: `ring agent ana for 20s
hangup`,
    mend: "Mend the error and take the comment out.",
  },
  {
    code: "S111",
    severity: "hint",
    title: "a comment that allows nothing",
    what: "There is no finding of this code on the line: it was mended, or the comment slipped to another line.",
    why: "The next finding of this code on the line would be silenced unseen.",
    wrong: `hangup # allow S402 because it is there for later`,
    right: `hangup`,
    mend: "Take the comment out.",
  },
  {
    code: "S112",
    severity: "hint",
    title: "a comment that allows without a reason",
    what: "`# allow CODE because REASON` says why the finding may stand.",
    why: "Whoever reads the strategy next cannot tell whether callers are safe there.",
    wrong: `hangup
note "never" # allow S402`,
    right: `hangup
note "never"  # allow S402 because it is there for later`,
    mend: "Write `because` and the reason.",
  },
  {
    code: "S199",
    severity: "error",
    title: "the formatter refused",
    what: "Formatting would have changed what the text means, so it was left as it is. This is a fault of the formatter, never of the author.",
    why: "Better an unformatted strategy than another strategy.",
    mend: "Please report the text.",
  },
];

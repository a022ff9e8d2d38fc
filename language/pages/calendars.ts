import type { Page } from "./page.ts";

/** S46x: calendars. */
export const calendarPages: Page[] = [
  {
    code: "S460",
    severity: "warning",
    title: "opening hours told twice",
    what: "Two ranges of opening hours overlap on one day, or one line names a day twice.",
    why: "Nothing happens to callers now; who later changes one of the two wonders why it stays open.",
    wrong: `calendar office {
  open mon..fri 09:00..14:00
  open fri 13:00..18:00
}
`,
    right: `calendar office {
  open mon..fri 09:00..14:00
  open fri 14:00..18:00
}
`,
    mend: "Say each hour once. A gap is simply closed.",
  },
  {
    code: "S461",
    severity: "warning",
    title: "a holiday that never counts",
    what: "Of two holidays on one day the first in the text counts, and another one has all days of this one.",
    why: "Callers on that day hear what was meant for the other holiday.",
    wrong: `calendar office {
  open mon..fri 09:00..18:00
  holiday 2026-12-20..2026-12-31 "winter break"
  holiday 2026-12-24 "christmas eve" hours 09:00..13:00
}
`,
    right: `calendar office {
  open mon..fri 09:00..18:00
  holiday 2026-12-24 "christmas eve" hours 09:00..13:00
  holiday 2026-12-20..2026-12-31 "winter break"
}
`,
    mend: "Put the special one above, or take one out.",
  },
  {
    code: "S462",
    severity: "error",
    title: "a range that is none",
    what: "The last day of a holiday lies before its first, or opening hours end at the minute at which they begin and so last a whole day.",
    why: "The holiday would never come, or the office would be open all night.",
    wrong: `calendar office {
  open mon..fri 09:00..18:00
  holiday 2026-08-15..2026-08-01 "summer"
}
`,
    right: `calendar office {
  open mon..fri 09:00..18:00
  holiday 2026-08-01..2026-08-15 "summer"
}
`,
    mend: "Write the first day first. A whole day is `00:00..24:00`.",
  },
  {
    code: "S463",
    severity: "warning",
    title: "a yearly holiday on 29 February",
    what: "The day comes every fourth year only.",
    why: "In the other years callers find the office open.",
    wrong: `calendar office {
  open mon..fri 09:00..18:00
  holiday 2028-02-29 yearly "founding day"
}
`,
    right: `calendar office {
  open mon..fri 09:00..18:00
  holiday 2028-02-28 yearly "founding day"
}
`,
    mend: "Name 28 February or 1 March.",
  },
  {
    code: "S464",
    severity: "warning",
    title: "a calendar that never opens",
    what: "No line of the calendar says when it is open.",
    why: "Every caller is told that it is closed.",
    wrong: `calendar office {
  holiday 2026-12-25 yearly "christmas"
}
`,
    right: `calendar office {
  open mon..fri 09:00..18:00
  holiday 2026-12-25 yearly "christmas"
}
`,
    mend: "Write an `open` line.",
  },
];

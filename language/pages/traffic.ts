import type { Page } from "./page.ts";

const strategy = `strategy "sales" {
  entry "5000"
  default route to group Sales
  answer
  queue Sales { at 0s agents with billing >= 3  give up after 5m }
  voicemail to mailbox sales
}
`;

/** S47x: `traffic` blocks. */
export const trafficPages: Page[] = [
  {
    code: "S470",
    severity: "warning",
    title: "traffic without calls or people",
    what: "No `calls` line says who comes, or no `agents` line who is there.",
    why: "The figures say nothing about a day like yours.",
    wrong: `${strategy}
traffic "a day" for "sales" {
  during 08:00..20:00
  calls 60 per hour to "5000"
  talk mean 3m
}
`,
    right: `${strategy}
traffic "a day" for "sales" {
  during 08:00..20:00
  calls 60 per hour to "5000"
  talk mean 3m
  agents 5 with billing 7
}
`,
    mend: "Write the line that is missing.",
  },
  {
    code: "S471",
    severity: "warning",
    title: "hours that do not fit",
    what: "Rates with their `each` make another time than `during` says, or people come when the day is over.",
    why: "The busiest hour is left out or comes twice, and staffing is planned by it.",
    wrong: `${strategy}
traffic "a day" for "sales" {
  during 08:00..12:00
  calls 60, 120, 90 per hour each 1h to "5000"
  agents 5 with billing 7
}
`,
    right: `${strategy}
traffic "a day" for "sales" {
  during 08:00..12:00
  calls 60, 120, 90, 60 per hour each 1h to "5000"
  agents 5 with billing 7
}
`,
    mend: "Give a rate for each part of the day.",
  },
  {
    code: "S472",
    severity: "warning",
    title: "people nobody asks for",
    what: "The people of this line have a skill or are in a group that no step, `ring` or preview of the strategy asks for.",
    why: "They sit idle in the figures, and the strategy looks worse than it is.",
    wrong: `${strategy}
traffic "a day" for "sales" {
  calls 60 per hour to "5000"
  agents 5 with cards 7
}
`,
    right: `${strategy}
traffic "a day" for "sales" {
  calls 60 per hour to "5000"
  agents 5 with billing 7
}
`,
    mend: "Correct the skill or the level, or take the line out.",
  },
];

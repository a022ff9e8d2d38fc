import type { Page } from "./page.ts";

/** S44x: widening, subs, and how long things take. */
export const timePages: Page[] = [
  {
    code: "S440",
    severity: "warning",
    title: "widening that adds nobody",
    what: "Everybody whom this step adds can be rung by an earlier step already: a higher level of the same skill, a part of the same group.",
    why: "Callers wait for a wider choice that never comes.",
    wrong: `answer
queue Billing {
  at 0s   agents with billing >= 4
  at 30s  add agents with billing >= 6
  give up after 8m
}
hangup`,
    right: `answer
queue Billing {
  at 0s   agents with billing >= 6
  at 30s  add agents with billing >= 4
  give up after 8m
}
hangup`,
    mend: "Put the narrow step first, or take this one out.",
  },
  {
    code: "S445",
    severity: "error",
    title: "a sub that runs itself",
    what: "A sub cannot run itself, not by others either, and subs run one another at most 32 deep.",
    why: "A call would go round in it until a limit sends it to its default route.",
    wrong: `sub greet() {
  play "welcome"
  run menu()
}

sub menu() {
  run greet()
}
`,
    right: `sub greet() {
  play "welcome"
  run menu()
}

sub menu() {
  loop 3 times { play "menu" }
}
`,
    mend: "What is done again is a `loop`.",
  },
];

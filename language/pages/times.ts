import type { Page } from "./page.ts";

/** S44x: subs, and how long things take. */
export const timePages: Page[] = [
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

import type { Page } from "./page.ts";

const strategy = `strategy "sales" {
  entry "5000"
  default route to group Sales
  ring agent ana for 20s
  voicemail to mailbox sales
}
`;

/** S43x: `test` blocks. */
export const testPages: Page[] = [
  {
    code: "S430",
    severity: "error",
    title: "a test of no strategy",
    what: "No strategy has the name that the test is for.",
    why: "The strategy that was meant goes live untested.",
    wrong: `${strategy}
test "the desk first" for "slaes" {
  call A from "+34600000001" to "5000" at 0s
  expect A ends left_message
}`,
    right: `${strategy}
test "the desk first" for "sales" {
  call A from "+34600000001" to "5000" at 0s
  expect A ends left_message
}`,
    mend: "Write the strategy's name as it stands after `strategy`.",
  },
  {
    code: "S431",
    severity: "error",
    title: "a call that no strategy takes",
    what: "The call of the test dials a number for which no strategy has an entry.",
    why: "The test would try nothing.",
    wrong: `${strategy}
test "the desk first" for "sales" {
  call A from "+34600000001" to "6000" at 0s
  expect A ends left_message
}`,
    right: `${strategy}
test "the desk first" for "sales" {
  call A from "+34600000001" to "5000" at 0s
  expect A ends left_message
}`,
    mend: "Dial a number of the strategy's `entry`.",
  },
  {
    code: "S432",
    severity: "error",
    title: "no such call in the test",
    what: "An expectation speaks of a call that no `call` line names.",
    why: "It would be looked at for nothing, and the test would prove less than it says.",
    wrong: `${strategy}
test "the desk first" for "sales" {
  call A from "+34600000001" to "5000" at 0s
  expect B ends left_message
}`,
    right: `${strategy}
test "the desk first" for "sales" {
  call A from "+34600000001" to "5000" at 0s
  expect A ends left_message
}`,
    mend: "Take the name of a `call` line.",
  },
  {
    code: "S433",
    severity: "warning",
    title: "a test that expects nothing",
    what: "Without an `expect` line a test can never fail.",
    why: "It gives trust that nothing has earned.",
    wrong: `${strategy}
test "the desk first" for "sales" {
  call A from "+34600000001" to "5000" at 0s
}`,
    right: `${strategy}
test "the desk first" for "sales" {
  call A from "+34600000001" to "5000" at 0s
  expect A ends left_message
}`,
    mend: "Say what the caller is to get: `expect A answered by ana`.",
  },
];

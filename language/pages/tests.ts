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
  {
    code: "S434",
    severity: "warning",
    title: "a line of a test that means nothing",
    what: "The test says how a host or a bot replies or that a prompt is missing, and no strategy asks for it.",
    why: "What the test was meant to show is not shown.",
    wrong: `${strategy}
test "the desk first" for "sales" {
  http crm "/customers" replies 503
  call A from "+34600000001" to "5000" at 0s
  expect A ends left_message
}`,
    right: `${strategy}
test "the desk first" for "sales" {
  call A from "+34600000001" to "5000" at 0s
  expect A ends left_message
}`,
    mend: "Correct the name, or take the line out.",
  },
  {
    code: "S436",
    severity: "warning",
    title: "an expectation that can only fail, or never",
    what: "Nothing that may happen in this test makes it true: the agent is offline or is never told to accept, the times leave no instant, the prompt is missing or nobody plays it. With `never` it holds whatever happens.",
    why: "A test that always fails is soon looked at by nobody, and one that always holds proves nothing.",
    wrong: `${strategy}
test "the desk first" for "sales" {
  agent ana ready
  call A from "+34600000001" to "5000" at 0s
  expect A answered by ana
}`,
    right: `${strategy}
test "the desk first" for "sales" {
  agent ana ready
  agent ana accepts after 2s
  call A from "+34600000001" to "5000" at 0s
  expect A answered by ana
}`,
    mend: "Let it happen: nobody acts unless told.",
  },
  {
    code: "S437",
    severity: "error",
    title: "lines of a test that contradict",
    what: "A caller hangs up before he comes, a state has a reason or an end that it cannot have, or two lines state the same thing (an agent, a path of a host, a number, a trunk, a figure) and only the last one counts.",
    why: "The test plays something else than it says.",
    wrong: `${strategy}
test "the desk first" for "sales" {
  call A from "+34600000001" to "5000" at 30s hangs up at 10s
  expect A ends abandoned
}`,
    right: `${strategy}
test "the desk first" for "sales" {
  call A from "+34600000001" to "5000" at 30s hangs up at 40s
  expect A ends abandoned
}`,
    mend: "Times count from the start of the test. State each agent in one line.",
  },
  {
    code: "S438",
    severity: "warning",
    title: "keys that nobody listens for",
    what: "The caller or a number is told to press keys at a prompt that no `collect` and no `confirmed by` asks.",
    why: "The keys are never pressed, and the test goes the way without them.",
    wrong: `strategy "sales" {
  entry "5000"
  default route to group Sales
  answer
  play "welcome"
  collect 1 digit prompt "menu" within 5s {
    on "1" { ring agent ana for 20s }
  }
  voicemail to mailbox sales
}

test "by key" for "sales" {
  call A from "+34600000001" to "5000" at 0s presses "1" when hears "welcome"
  expect A ends left_message
}
`,
    right: `strategy "sales" {
  entry "5000"
  default route to group Sales
  answer
  play "welcome"
  collect 1 digit prompt "menu" within 5s {
    on "1" { ring agent ana for 20s }
  }
  voicemail to mailbox sales
}

test "by key" for "sales" {
  call A from "+34600000001" to "5000" at 0s presses "1" when hears "menu"
  expect A ends left_message
}
`,
    mend: "Name the prompt that asks for keys.",
  },
];

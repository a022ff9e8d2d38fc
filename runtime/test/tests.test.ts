import { describe, expect, it } from "vitest";
import { runTests } from "../simulation/test.ts";
import { programOf } from "./programs.ts";

/*
 * What the lines of a `test` block mean. Each case is a block for the strategy below; the messages are all its failures.
 */

const strategies = `
strategy "sales" {
  entry "5000"
  default route to group Reception
  answer
  play "welcome" else "hello"
  queue Sales {
    ring for 15s
    at 0s agents with sales >= 7
    at 30s add group Sales
    give up after 90s
    while waiting { music "calm" }
    on nobody { play "nobody" }
  }
  voicemail to mailbox of group Sales { on failed, empty { play "sorry" } }
}
strategy "desk" {
  entry "6000".."6999"
  default route to group Reception
  let owner = agent_at(call.to)
  if owner is found and owner.state != offline {
    ring owner for 20s
  }
  ring number duty for 20s { on busy { reject 486 } }
  hangup
}
strategy "bot" {
  entry "7002"
  default route to group Reception
  answer
  ask bot helper { give up after 20s  on done, failed, silent { hangup } }
}
strategy "endless" {
  entry "7000"
  default route to group Reception
  answer
  queue Endless {
    at 0s group Sales
    give up never
    while waiting { music "calm" for 10m }
  }
}
strategy "restless" {
  entry "7001"
  default route to group Reception
  answer
  queue Restless {
    at 0s group Sales
    give up never
    while waiting { music "calm" for 1s }
  }
}
`;

const cases: [name: string, of: string, lines: string, failures?: string[]][] = [
  [
    "nobody picks up who is not told to: the ring time ends the offer",
    "sales",
    `agent ana ready
     agent ben ready
     call A from "+34600000001" to "5000" at 0s
     expect A offered to ana at 2s
     expect A offered to ben at 17s
     expect A ends left_message`,
  ],
  [
    "agents whom the test does not name are offline: nobody is there",
    "sales",
    `call A from "+34600000001" to "5000" at 0s
     expect A hears "nobody" at 7s
     expect A never offered to ana
     expect A ends left_message mailbox of group Sales`,
  ],
  [
    "an agent who only acts is ready",
    "sales",
    `agent ana accepts after 3s, talks 1m
     call A from "+34600000001" to "5000" at 0s
     expect A answered by ana at 5s
     expect A ends answered at 1m5s`,
  ],
  [
    "`with` replaces skills and groups",
    "sales",
    `agent ana with billing 9, ready
     agent rita with sales 8, ready
     agent rita accepts
     call A from "+34600000001" to "5000" at 0s
     expect A never offered to ana
     expect A answered by rita at 2s`,
  ],
  [
    "`with group` puts an agent into it, and only into it",
    "sales",
    `agent rita with group Sales, ready
     agent rita accepts
     call A from "+34600000001" to "5000" at 0s
     expect A answered by rita at 32s`,
  ],
  [
    "who talks outside is free when it is over",
    "sales",
    `agent ana talking until 40s
     agent ana accepts
     call A from "+34600000001" to "5000" at 0s
     expect A answered by ana at 40s`,
  ],
  [
    "who is not ready gets nothing, and is there all the same",
    "sales",
    `agent ana not_ready("lunch")
     call A from "+34600000001" to "5000" at 0s
     expect A never offered to ana
     expect A never hears "nobody"
     expect A ends left_message after 1m32s`,
  ],
  [
    "agents come and go",
    "sales",
    `agent ana offline
     agent ben ready
     agent ben ignores
     agent ana accepts after 1s
     agent ben goes not_ready("break") at 1s
     agent ana goes ready at 10s
     call A from "+34600000001" to "5000" at 0s
     expect A never offered to ben
     expect A answered by ana at 11s`,
  ],
  [
    "lines about one agent's answers hold for one offer each",
    "sales",
    `agent ana ready
     agent ana declines
     agent ana accepts after 1s
     call A from "+34600000001" to "5000" at 0s
     expect A offered to ana at 2s
     expect A answered by ana at 13s`,
  ],
  [
    "an agent releases the call, and takes the next",
    "sales",
    `agent ana ready
     agent ana accepts
     agent ana releases at 20s
     call A from "+34600000001" to "5000" at 0s
     call B from "+34600000002" to "5000" at 1s hangs up at 1m
     expect A ends answered at 20s
     expect B answered by ana after A ends
     expect B ends answered at 1m`,
  ],
  [
    "a caller hangs up while waiting",
    "sales",
    `agent ana not_ready
     call A from "+34600000001" to "5000" at 10s hangs up at 30s
     expect A waits in queue Sales at 12s
     expect A hears "calm"
     expect A ends abandoned at 30s`,
  ],
  [
    "a caller hangs up in the mailbox",
    "sales",
    `call A from "+34600000001" to "5000" at 0s hangs up at 15s
     expect A ends left_message at 15s`,
  ],
  [
    "a caller hangs up in the mailbox too soon",
    "sales",
    `call A from "+34600000001" to "5000" at 0s hangs up at 12s
     expect A ends abandoned`,
  ],
  [
    "a missing prompt gives way to the other",
    "sales",
    `prompt "welcome" is missing
     call A from "+34600000001" to "5000" at 0s
     expect A hears "hello" at 0s
     expect A never hears "welcome"
     expect A waits in queue Sales at 4s`,
  ],
  [
    "a trunk to the exchange that is down: no phone, no mailbox",
    "sales",
    `trunk pbx replies 503
     agent ana ready
     agent ana accepts
     call A from "+34600000001" to "5000" at 0s hangs up at 5m
     expect A offered to ana
     expect A never answered by ana
     expect A hears "sorry"`,
  ],
  [
    "a number outside answers",
    "desk",
    `number "+34 600 000 900" answers after 5s
     call A from "+34600000001" to "6999" at 0s hangs up at 1m
     expect A answered by number "+34600000900" at 5s
     expect A answered by number duty
     expect A offered to number duty at 0s
     expect A answered by trunk pstn
     expect A ends answered`,
  ],
  [
    "a bot takes the call, or not",
    "bot",
    `bot helper hangs up after 3s
     call A from "+34600000001" to "7002" at 1s
     expect A answered by bot helper at 1s
     expect A never answered by bot helper after 2s`,
  ],
  [
    "a bot that says nothing has not answered",
    "bot",
    `bot helper is silent
     call A from "+34600000001" to "7002" at 0s
     expect A answered by bot helper`,
    ["`A` was never answered by `helper`; it ended `hung_up` at 10s"],
  ],
  [
    "a number outside is busy",
    "desk",
    `number duty is busy\n call A from "+34600000001" to "6999" at 0s\n expect A ends rejected`,
  ],
  [
    "a number outside that nobody told to answer",
    "desk",
    `call A from "+34600000001" to "6999" at 0s\n expect A ends hung_up at 20s`,
  ],
  [
    "a trunk outside that is silent",
    "desk",
    `trunk pstn is silent\n call A from "+34600000001" to "6999" at 0s\n expect A ends hung_up at 20s`,
  ],
  [
    "the phone of an agent at his number",
    "desk",
    `agent ana ready
     agent ana accepts after 4s, talks 30s
     call A from "+34600000001" to "6101" at 0s data { topic: "loans" }
     expect A answered by ana at 4s
     expect A ends answered at 34s`,
  ],
  [
    "the clock is the site's",
    "sales",
    `clock 2026-12-24 17:59
     call A from "+34600000001" to "5000" at 0s hangs up at 1s`,
  ],
  [
    "a failure says what happened instead",
    "sales",
    `agent ben ready
     call A from "+34600000001" to "5000" at 0s
     expect A offered to ana
     expect A offered to ben before 2s`,
    [
      "`A` was never offered to `ana`; it was offered to `ben` at 2s and ended `left_message` at 1m42s",
      "`A` was offered to `ben` at 2s, not before 2s",
    ],
  ],
  [
    "a conversation that nobody ends has not ended",
    "sales",
    `agent ana ready
     agent ana accepts
     call A from "+34600000001" to "5000" at 0s
     expect A ends answered`,
    ["`A` did not end `answered`; it was still talking to `ana` at the end of the test, for nobody hung up"],
  ],
  [
    "a wait without end is stopped after a day",
    "endless",
    `agent ana not_ready
     call A from "+34600000001" to "7000" at 0s`,
    ["the test did not come to an end"],
  ],
  [
    "or after 100,000 events",
    "restless",
    `agent ana not_ready
     call A from "+34600000001" to "7001" at 0s`,
    ["the test did not come to an end"],
  ],
];

describe("a test block", () => {
  it.each(cases)("%s", (name, of, lines, failures = []) => {
    const program = programOf(`${strategies}\ntest "${name.replaceAll('"', "")}" for "${of}" {\n${lines}\n}\n`);
    const [result] = runTests(program);
    expect(result?.failures.map(({ message }) => message)).toEqual(failures);
    expect(result?.passed).toBe(failures.length === 0);
  });
});

const two = `${strategies}
test "First of all" for "sales" {
  agent ben ready
  agent ben accepts after 2s, talks 5s
  call A from "+34600000001" to "5000" at 0s
  expect A answered by ben
}
test "second" for "desk" {
  call A from "+34600000001" to "5000" at 0s hangs up at 1s
  expect A ends answered
}
`;

it("goes the same way twice, record by record", () => {
  const program = programOf(two);
  expect(runTests(program)).toEqual(runTests(program));
});

it("runs only the tests that are asked for", () => {
  expect(runTests(programOf(two), { filter: "first" }).map(({ name }) => name)).toEqual(["First of all"]);
});

it("points at the expectation, and says when the strategy was never reached", () => {
  const [, result] = runTests(programOf(two));
  expect(result?.failures.map(({ range, message }) => [two.slice(range.start, range.end), message])).toEqual([
    ['"desk"', "no call of this test reached the strategy `desk`"],
    ["expect A ends answered", "`A` did not end `answered`; it ended `abandoned` at 1s"],
  ]);
});

it("takes the lengths of prompts from the WAVs, by language first", () => {
  const [first] = runTests(programOf(two), { promptLengths: { welcome: 9000, "welcome.en": 7000, calm: 0 } });
  const offered = first?.records.find(({ type }) => type === "offer.made");
  const arrived = first?.records.find(({ type }) => type === "call.arrived");
  expect((offered?.at ?? 0) - (arrived?.at ?? 0)).toBe(7000);
});

it("begins at the stated wall clock of the site's zone", () => {
  const program = programOf(
    `${strategies}\ntest "t" for "sales" {\n clock 2026-12-24 17:59\n call A from "1" to "5000" at 1m hangs up at 2m\n}`,
  );
  const arrived = runTests(program)[0]?.records.find(({ type }) => type === "call.arrived");
  expect(new Date(arrived?.at ?? 0).toISOString()).toBe("2026-12-24T17:00:00.000Z");
});

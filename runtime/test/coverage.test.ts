import { expect, test } from "vitest";
import { coverageOf, Ways } from "../simulation/coverage.ts";
import { runTests } from "../simulation/test.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

const text = (calls: string) => `sub asks(who) {
  if who == "1" { return yes }
  return no
}
strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  let known = run asks(call.from)
  match call.from {
    "1", "2" -> { note "few" }
    "3"      -> { note "three" }
    else     -> { note "many" }
  }
  collect 1 digit prompt "menu" within 2s {
    on "1" { note "one" }
    on digits(d) { note d }
    on nothing { }
  }
  queue Sales {
    at 0s  agents with sales >= 7
    at 30s add agents with sales >= 4
    give up after 1m
    on give_up, nobody { play "sorry" }
  }
  hangup
}
test "t" for "s" {
  agent ana ready
  ${calls}
}`;

/** `line kind name times`, as far as a test of these calls comes to it. */
function covered(calls: string): string[] {
  const program = programOf(text(calls));
  const ways = new Ways();
  runTests(program, { ways });
  const lineOf = (offset: number) => text(calls).slice(0, offset).split("\n").length;
  return coverageOf(loadProgram(program), ways).map(
    ({ what, name, range, times }) => `${lineOf(range.start)} ${what} ${name} ${times}`,
  );
}

test("branches, outcomes and steps are counted where they stand", () => {
  expect(
    covered(`agent ana accepts after 2s, talks 10s
  call A from "1" to "5000" at 0s presses "1" when hears "menu"
  call B from "3" to "5000" at 1m hangs up at 2m`),
  ).toEqual([
    "2 branch then 1",
    "2 branch else 1",
    '11 branch "1", "2" 1',
    '12 branch "3" 1',
    '16 outcome "1" 1',
    "17 outcome digits(d) 0",
    "18 outcome nothing 1",
    "21 step Sales step 1 2",
    "22 step Sales step 2 0",
    "24 outcome give_up 0",
    "24 outcome nobody 0",
  ]);
});

test("what waits for nobody comes to its last step and its end", () => {
  const all = covered(`agent ana ignores
  agent ana goes not_ready at 1s
  call A from "9" to "5000" at 0s`);
  expect(all.filter((line) => line.includes("Sales") || line.includes("give_up"))).toEqual([
    "21 step Sales step 1 1",
    "22 step Sales step 2 1",
    "24 outcome give_up 1",
  ]);
});

import { expect, test } from "vitest";
import { runTests } from "../simulation/test.ts";
import { house, programOf } from "./programs.ts";

/* What the directory says of a trunk holds in tests as on live calls: which numbers it may call, and how many calls it carries. */

const lines = house.replace(
  'pstn: { to: "sip:gw.example" }',
  'pstn: { to: "sip:gw.example" }\n  narrow: { to: "sip:gw3.example", channels: 1, outbound: { allowed: ["+34*"] } }',
);

function failures(statements: string, told: string, directory = lines): string[] {
  const text = `strategy "s" { entry "5000"  default route to group Reception
      ${statements}
    }
    test "t" for "s" { call A from "+34600000001" to "5000" at 0s hangs up at 20s
      ${told}
    }`;
  return runTests(programOf(text, directory)).flatMap((result) => result.failures.map(({ message }) => message));
}

const dial = (number: string) =>
  `dial "${number}" via trunk narrow { on failed(code) { if code == 403 { reject 403 } reject 503 } on busy { reject 486 } }  hangup`;
const answers = 'number "+442070000000" answers after 1s  number "+34910000000" answers after 1s';

test.each([
  [
    "a number that the trunk may not call",
    "+442070000000",
    "expect A ends rejected  expect A never answered by trunk narrow",
  ],
  ["one that it may", "+34910000000", "expect A answered by trunk narrow"],
  ["a second call on its only channel", "+34910000000", 'call B from "1" to "5000" at 5s  expect B ends rejected'],
  ["one after it", "+34910000000", 'call B from "1" to "5000" at 25s  expect B answered by trunk narrow'],
])("dial: %s", (_what, number, told) => {
  expect(failures(dial(number), `${answers}  ${told}`)).toEqual([]);
});

test("what is free follows who talks over the trunk", () => {
  const statements = `if free(trunk narrow) == 0 and active(trunk narrow) == 1 { reject 486 }
    ${dial("+34910000000")}`;
  expect(failures(statements, `${answers}  call B from "1" to "5000" at 5s  expect B ends rejected`)).toEqual([]);
});

test("numbers outside leave by trunks that may call them and have room", () => {
  const narrow = lines.replace("outbound: [pstn]", "outbound: [narrow]");
  const ring = (number: string) => `answer  ring "${number}" for 20s { on unreachable { play "gone" hangup } }  hangup`;
  expect(failures(ring("+442070000000"), `${answers}  expect A hears "gone"`, narrow)).toEqual([]);
  expect(failures(ring("+34910000000"), `${answers}  expect A answered by number "+34910000000"`, narrow)).toEqual([]);
  const second = `${answers}  call B from "1" to "5000" at 5s  expect B hears "gone"`;
  expect(failures(ring("+34910000000"), second, narrow)).toEqual([]);
});

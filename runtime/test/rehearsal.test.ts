import { expect, test } from "vitest";
import { matches } from "../simulation/hosts.ts";
import { runTests } from "../simulation/test.ts";
import { house, programOf } from "./programs.ts";

/* Lines with which a test states what is outside: switches, figures, hosts, keys. */

/** Messages of what failed in a test with these lines, of a strategy with these statements. */
function failures(statements: string, lines: string): string[] {
  const text = `strategy "s" { entry "5000"  default route to group Reception
    ${statements}
  }
  strategy "other" { entry "5999"  default route to group Reception  answer
    queue Sales { at 0s group Sales  give up after 1m } hangup }
  test "t" for "s" { call A from "+34600000001" to "5000" at 0s
    ${lines}
  }`;
  return runTests(programOf(text)).flatMap((result) => result.failures.map(({ message }) => message));
}

test.each([
  ["a switch", "if flag storm { reject 486 } hangup", "flag storm is yes"],
  ["a counter", "if counter reports == 4 { reject 486 } hangup", "counter reports is 4"],
  ["a figure", "if ready(group Sales) > 7 { reject 486 } hangup", "ready(group Sales) is 8"],
  ["a wait", "if ewt(queue Sales) < 7m { reject 486 } hangup", "ewt(queue Sales) is 6m"],
  [
    "a share",
    "if service_level(queue Sales, 20s) < 50% { reject 486 } hangup",
    "service_level(queue Sales, 20s) is 40%",
  ],
  ["a branch of a split", "split { 100% a { hangup } 0% b { reject 486 } }", "split takes b"],
])("%s that is stated is what the strategy finds", (_what, statements, line) => {
  expect(failures(statements, `${line}  expect A ends rejected`)).toEqual([]);
  expect(failures(statements, "expect A ends rejected")).toHaveLength(1);
});

test("the waits of sites are stated", () => {
  const statements = `let waits = site_waits(["madrid", "lyon"], { lyon: 50% })
    if waits.best == "madrid" and waits.spread == 20s { reject 486 }
    hangup`;
  const stated = "site madrid waits 40s  site lyon waits 40s";
  expect(failures(statements, `${stated}  expect A ends rejected`)).toEqual([]);
  expect(failures(statements, "site lyon waits 40s  expect A ends rejected")).toHaveLength(1);
});

const fetching = `fetch GET crm "/customers/{call.from}" within 1s {
    on ok(v) { if v.tier == "gold" { reject 486 } }
    on timeout { reject 503 }
    on failed(code) { if code == 404 { reject 404 } }
  }
  hangup`;

test.each([
  ['http crm "/customers*" replies { tier: "gold" }', "rejected"],
  ['http crm "/customers*" replies { tier: "none" } after 300ms', "hung_up"],
  ['http crm "/customers*" replies { tier: "gold" } after 2s', "rejected"],
  ['http crm "/*" replies 404', "rejected"],
  ['http crm "/*" is silent', "rejected"],
  ['http crm "/*" replies 404  http crm "/cust*" replies { tier: "none" }', "hung_up"],
  ["", "hung_up"],
])("a host answers: %s", (line, ending) => {
  expect(failures(fetching, `${line}  expect A ends ${ending}`)).toEqual([]);
});

test("callers press what they hear asked for, each line once", () => {
  const text = `strategy "s" { entry "5000"  default route to group Reception
      answer
      loop 3 times {
        collect 1 digit prompt "menu" within 3s { on "1" { note "one" } on "2" { hangup } on nothing { note "none" } }
      }
      play "gone"  hangup
    }
    test "t" for "s" {
      call A from "1" to "5000" at 0s presses "1" when hears "menu" presses "2" when hears "menu"
      expect A hears "menu" twice
      expect A never hears "gone"
    }`;
  expect(runTests(programOf(text)).flatMap((result) => result.failures)).toEqual([]);
});

test("a message lasts as long as the caller speaks", () => {
  const text = (speaks: string) => `strategy "s" { entry "5000"  default route to group Reception
      answer  voicemail to mailbox sales { on empty { play "empty" hangup } } }
    test "t" for "s" { call A from "1" to "5000" at 0s ${speaks}  expect A ends left_message }`;
  const passed = (speaks: string) => runTests(programOf(text(speaks))).every((result) => result.passed);
  expect(passed("speaks 30s")).toBe(true);
  expect(passed("speaks 1s")).toBe(false);
});

test.each([
  ["/c*", "/customers?phone=1", true],
  ["/customers", "/customers?phone=1", true],
  ["/customers", "/customers/1", false],
  ["*/1", "/a/b/1", true],
  ["/a*b*c", "/axxbyyc", true],
  ["/a*b*c", "/axxcyyb", false],
  ["/a*a", "/a", false],
])("the path %s takes %s: %s", (pattern, path, wanted) => {
  expect(matches(pattern, path)).toBe(wanted);
});

test("a group by skill has those as members whose skills, as the test gives them, meet it", () => {
  const text = `strategy "s" { entry "5000"  default route to group Reception
    answer  queue Core { at 0s group Core  give up after 1m } hangup }
  test "t" for "s" { agent ana with sales 7, ready  agent ben with sales 9, ready
    call A from "+34600000001" to "5000" at 0s
    expect A offered to ben at 0s  expect A never offered to ana }`;
  const core = house.replace("groups:", 'groups:\n  Core: { where: "sales >= 8" }');
  expect(runTests(programOf(text, core)).flatMap((result) => result.failures)).toEqual([]);
});

test("a callback until closing, where nothing ever closes, keeps its place", () => {
  const text = `calendar allday { open mon..sun 00:00..24:00 }
    strategy "s" { entry "5000"  default route to group Reception  answer
      queue Sales { at 0s group Sales  give up after 10m
        while waiting { callback to call.from { expires at closing(allday)  on accepted { play "bye"  hangup } } music "calm" } } }
    test "t" for "s" { agent ana with group Sales, talking until 4m  agent ana accepts after 2s, talks 1m
      number "+34600000001" answers after 3s
      call A from "+34600000001" to "5000" at 0s
      expect A hears "bye"  expect A answered by ana after 4m }`;
  expect(runTests(programOf(text)).flatMap((result) => result.failures)).toEqual([]);
});

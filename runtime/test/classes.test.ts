import { expect, test } from "vitest";
import { Classes } from "../queue/classes.ts";
import { type Condition, conditionKey, fits, inTime, type Person } from "../queue/skills.ts";

const skill = (name: string, op: ">=" | "<" | "==" | "!=" = ">=", level = 1): Condition => ({
  is: "skill",
  skill: name,
  op,
  level,
});
const all = (...of: Condition[]): Condition => ({ is: "all", of });
const any = (...of: Condition[]): Condition => ({ is: "any", of });
const not = (of: Condition): Condition => ({ is: "not", of });
const person = (id: string, skills: Record<string, number>, groups: string[] = [], kind = "agent"): Person => ({
  id,
  kind,
  skills,
  groups: new Set(groups),
  age: 0,
  sites: new Set(),
});

const ana = person("ana", { a: 5, b: 0 }, ["G"]);

test.each<[Condition, boolean]>([
  [skill("a", ">=", 5), true],
  [skill("a", ">=", 6), false],
  [skill("a", "<", 6), true],
  [skill("a", "==", 5), true],
  [skill("a", "!=", 5), false],
  [skill("b", "<", 1), true],
  [skill("none", "<", 1), false],
  [skill("none", "!=", 1), false],
  [not(skill("none")), true],
  [skill("constructor", "!=", 1), false],
  [all(skill("a"), not(skill("b", ">=", 1))), true],
  [any(skill("none"), { is: "group", group: "G" }), true],
  [{ is: "group", group: "H" }, false],
  [{ is: "kind", kind: "agent" }, true],
  [{ is: "agent", agent: "ben" }, false],
])("%j is %s of ana", (condition, expected) => {
  expect(fits(condition, ana)).toBe(expected);
});

test.each<[string, Condition, Condition, boolean]>([
  ["order does not matter", all(skill("a"), skill("b")), all(skill("b"), skill("a")), true],
  ["repetition does not matter", any(skill("a"), skill("a")), skill("a"), true],
  [
    "nesting of one kind does not matter",
    any(skill("a"), any(skill("b"), skill("c"))),
    any(any(skill("c"), skill("a")), skill("b")),
    true,
  ],
  ["and is not or", all(skill("a"), skill("b")), any(skill("a"), skill("b")), false],
  ["levels matter", skill("a", ">=", 1), skill("a", ">=", 2), false],
  ["a group is no agent", { is: "group", group: "x" }, { is: "agent", agent: "x" }, false],
  [
    "names cannot pose as conditions",
    { is: "group", group: 'x" or "y' },
    any({ is: "group", group: "x" }, { is: "group", group: "y" }),
    false,
  ],
])("%s", (_, a, b, alike) => {
  expect(conditionKey(a) === conditionKey(b)).toBe(alike);
});

const age: Condition = { is: "age", atLeast: 60_000 };

test.each<[string, Condition, boolean]>([
  ["somebody who will have waited long enough", age, true],
  ["who has not waited yet", { is: "not", of: age }, true],
  ["and has the skill", all(skill("a"), age), true],
  ["but lacks the skill", all(skill("z"), age), false],
  ["has it, or time", any(skill("z"), age), true],
  ["not one who has the skill and time", { is: "not", of: all(skill("a"), age) }, true],
  ["not one who has the skill or time", { is: "not", of: any(skill("a"), age) }, false],
])("in time ana could be %s", (_, condition, expected) => {
  expect(fits(inTime(condition), ana)).toBe(expected);
});

function classesOf(...people: Person[]): Classes {
  return new Classes(new Map(people.map((each) => [each.id, each])));
}
const counts = { ana: 0b0111, ben: 0b1110 };
const countsOf = (id: string): number => (id === "ana" ? counts.ana : counts.ben);

test("a class knows its members and counts them as they are", () => {
  const classes = classesOf(ana, person("ben", { a: 3 }));
  const made = classes.intern(skill("a", ">=", 2), countsOf);
  expect([...made.members]).toEqual(["ana", "ben"]);
  expect(made.counts).toEqual({ ready: 1, staffed: 2, reachable: 2, busy: 1 });
  expect(classes.intern(skill("a", ">=", 2), countsOf)).toBe(made);
  const union = classes.union([made.key, classes.intern(skill("b", "<", 1), countsOf).key], countsOf);
  expect(classes.of("ana").map(({ key }) => key)).toEqual(["a >= 2", "b < 1", union.key]);
});

test("a person who changes joins and leaves the classes that read it, with his counts", () => {
  const classes = classesOf(ana, person("ben", { a: 3 }));
  const low = classes.intern(skill("a", ">=", 2), countsOf);
  const high = classes.intern(skill("a", ">=", 4), countsOf);
  const group = classes.intern({ is: "group", group: "G" }, countsOf);
  classes.put(person("ben", { a: 9 }, ["G"]), counts.ben);
  classes.put(person("ana", {}, []), counts.ana);
  classes.put(person("new", { a: 2 }), 0b0111);
  expect([low, high, group].map(({ members }) => [...members].toSorted().join())).toEqual(["ben,new", "ben", "ben"]);
  expect(high.counts).toEqual({ ready: 0, staffed: 1, reachable: 1, busy: 1 });
  expect(low.counts).toEqual({ ready: 1, staffed: 2, reachable: 2, busy: 1 });
  expect(classes.of("ana")).toEqual([]);
});

test("a sweep forgets what nobody waits for, and it can come again", () => {
  const classes = classesOf(ana);
  const kept = classes.intern(skill("a"), countsOf);
  classes.intern(skill("b", "<", 1), countsOf);
  for (let level = 0; level < 3000; level++) classes.intern(skill("x", ">=", level), countsOf);
  expect(classes.crowded).toBe(true);
  classes.sweep(new Set([kept.key]));
  expect([classes.size, classes.crowded]).toEqual([1, false]);
  expect(classes.of("ana")).toEqual([kept]);
  expect(classes.intern(skill("a"), countsOf)).toBe(kept);
  classes.put(person("ana", { x: 7 }), counts.ana);
  expect(classes.intern(skill("x", ">=", 7), countsOf).members.size).toBe(1);
});

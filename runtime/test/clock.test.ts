import { expect, it } from "vitest";
import { systemClock } from "../node/clock.ts";
import { createVirtualClock } from "../simulation/clock.ts";

it("does what is due in the order of time, then of planning, and takes back what it is told to", () => {
  const clock = createVirtualClock(1000);
  const done: string[] = [];
  const note = (what: string) => () => done.push(`${what} ${clock.now()}`);
  clock.plan(1500, note("b"));
  clock.plan(1200, note("a"));
  clock.plan(1500, note("c"));
  const cancel = clock.plan(1400, note("never"));
  clock.plan(900, note("late"));
  cancel();
  while (clock.step());
  expect(done).toEqual(["late 1000", "a 1200", "b 1500", "c 1500"]);
  expect(clock.next()).toBeUndefined();
});

it("keeps one wake-up, which holds its place while its time stays", () => {
  const clock = createVirtualClock(0);
  const done: string[] = [];
  clock.wakeAt(50, () => done.push("replaced"));
  clock.wakeAt(100, () => done.push("first"));
  clock.plan(100, () => done.push("planned"));
  clock.wakeAt(100, () => done.push("wake"));
  while (clock.step());
  expect(done).toEqual(["wake", "planned"]);
  clock.wakeAt(200, () => done.push("removed"));
  clock.wakeAt(undefined, () => {});
  expect(clock.next()).toBeUndefined();
});

it("may be given more to do while it does something", () => {
  const clock = createVirtualClock(0);
  const done: number[] = [];
  const again = () => {
    done.push(clock.now());
    if (clock.now() < 30) clock.plan(clock.now() + 10, again);
    clock.wakeAt(clock.now() + 5, () => done.push(clock.now()));
  };
  clock.plan(0, again);
  while (clock.step());
  expect(done).toEqual([0, 5, 10, 15, 20, 25, 30, 35]);
});

it("of the system keeps one wake-up too, and takes the same time again once that has come", async () => {
  const clock = systemClock();
  const at = clock.now() + 5;
  const woken: string[] = [];
  const note = (what: string, then: () => void) => () => {
    woken.push(what);
    then();
  };
  clock.wakeAt(at, () => woken.push("replaced"));
  await new Promise<void>((resolve) => clock.wakeAt(at, note("first", resolve)));
  await new Promise<void>((resolve) => clock.wakeAt(at, note("again", resolve)));
  expect(woken).toEqual(["first", "again"]);
});

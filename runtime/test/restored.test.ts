import { expect, test } from "vitest";
import type { CheckedProgram, Test } from "../../language/index.ts";
import { type Engine, restoreEngine } from "../engine.ts";
import { directoryFor } from "../simulation/cast.ts";
import { rehearse } from "../simulation/rehearsal.ts";
import { statedIn } from "../simulation/stated.ts";
import type { Snapshot } from "../snapshot.ts";
import { loadProgram } from "../strategy/load.ts";
import { exampleNames, exampleProgram } from "./programs.ts";

/*
 * Every test of the examples again and again, each time with the engine written down as JSON after another event and made from that:
 * the rest must go as if nothing had happened. A soak takes every place of all examples, every other run every place of one.
 */

const names = process.env["CORDBOARD_SOAK"] === "1" ? exampleNames : ["first-call"];

/** Becomes another engine after the events that `isNow` names. */
function changing(first: Engine, isNow: (events: number) => boolean, again: (snapshot: Snapshot) => Engine): Engine {
  let engine = first;
  let events = 0;
  return {
    accept(event, now) {
      const outcome = engine.accept(event, now);
      if (isNow(++events)) engine = again(JSON.parse(JSON.stringify(engine.snapshot())));
      return outcome;
    },
    nextDeadline: () => engine.nextDeadline(),
    shown: (event) => engine.shown(event),
    snapshot: () => engine.snapshot(),
    abandon: (now) => engine.abandon(now),
    calls: () => engine.calls(),
    glance: () => engine.glance(),
    agents: () => engine.agents(),
    queues: () => engine.queues(),
    flags: () => engine.flags(),
    mailbox: (id) => engine.mailbox(id),
    call: (id) => engine.call(id),
    agent: (id) => engine.agent(id),
    away: () => engine.away(),
    why: (id) => engine.why(id),
  };
}

/** How the test goes, and how many events it took. */
function play(checked: CheckedProgram, block: Test, isNow: (events: number) => boolean) {
  const program = loadProgram({ ...checked, directory: directoryFor(block, checked.directory) });
  const options = { library: new Map([[program.hash, program]]), stated: statedIn(block) };
  let events = 0;
  const count = (event: number): boolean => {
    events = event;
    return isNow(event);
  };
  const { records, heard, carried, defects } = rehearse(checked, block, {
    engine: (engine) => changing(engine, count, (snapshot) => restoreEngine(snapshot, options)),
  });
  return { story: JSON.stringify({ records, heard, carried, defects }), events };
}

const blocks = names.flatMap((name) => {
  const checked = exampleProgram(name);
  return checked.tests.map(({ test: block }, nth) => ({ name: `${name}, test ${nth + 1}`, checked, block }));
});

test.each(blocks)("$name goes on the same from everywhere", { timeout: 600_000 }, ({ checked, block }) => {
  const { story, events } = play(checked, block, () => false);
  expect(events).toBeGreaterThan(0);
  const differing = Array.from({ length: events }, (_, place) => place + 1).filter(
    (place) => play(checked, block, (event) => event === place).story !== story,
  );
  expect(differing, "places from which it went another way").toEqual([]);
  expect(play(checked, block, () => true).story, "made anew after every event").toBe(story);
});

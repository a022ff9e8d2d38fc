import { describe, expect, it } from "vitest";
import type { CheckedProgram, Test } from "../../language/index.ts";
import type { Engine } from "../engine.ts";
import type { Event } from "../events.ts";
import { directoryFor } from "../simulation/cast.ts";
import { type Rehearsal, type RehearsalOptions, rehearse, type Setting } from "../simulation/rehearsal.ts";
import { runTests } from "../simulation/test.ts";
import { type CheckedEngine, checkedEngine } from "./invariants.ts";
import { programOf } from "./programs.ts";
import { scenes } from "./scenes.ts";

/*
 * Each scene again and again, with the caller hanging up at every instant at which something happens and around it, and with
 * every answer of a phone late, lost, twice or crossing the withdrawal. Whatever happens, what must hold holds.
 */

/** Plays a scene with something going wrong; everything that must not be, as text. */
function disturbed(
  program: CheckedProgram,
  test: Test,
  { also, ...trouble }: Omit<RehearsalOptions, "also"> & { also?: (setting: Setting, engine: () => Engine) => void },
): { story: Rehearsal; wrong: string[] } {
  let checked: CheckedEngine | undefined;
  const story = rehearse(program, test, {
    ...trouble,
    also: (setting) => also?.(setting, () => checked!.engine),
    engine: (engine) => {
      checked = checkedEngine(engine, { ...program, directory: directoryFor(test, program.directory) });
      return checked.engine;
    },
  });
  const wrong = [...(checked?.violations ?? []), ...story.defects];
  if (!story.cameToEnd) wrong.push("it did not come to an end");
  for (const call of checked?.engine.calls() ?? []) wrong.push(`${call.id} is left, ${JSON.stringify(call.wait)}`);
  return { story, wrong };
}

/** Every instant at which something happened, one millisecond before and after, and every 7 ms around it. */
function instantsOf({ records, startedAt }: Rehearsal): Map<number, ("first" | "last")[]> {
  const instants = new Map<number, ("first" | "last")[]>();
  const happened = new Set(records.map((record) => record.at - startedAt));
  for (const at of happened) {
    for (let away = -42; away <= 42; away += 7) instants.set(at + away, ["first"]);
    for (const away of [-1, 1]) instants.set(at + away, ["first"]);
  }
  for (const at of happened) instants.set(at, ["first", "last"]);
  for (const at of instants.keys()) if (at < 0) instants.delete(at);
  return instants;
}

/** Planned at the start it comes before whatever else is due at that instant; planned again when it is due, after it. */
const hangUpAt = (at: number, when: "first" | "last") => (setting: Setting) => {
  const { clock, stage, startedAt } = setting;
  const hangUp = () => stage.hangUp("A");
  clock.plan(startedAt + at, when === "first" ? hangUp : () => clock.plan(startedAt + at, hangUp));
};

/** The process dies, and a second later the callers are found again, or are not. */
const restartAt = (at: number, next: "call.returned" | "call.gone") => (setting: Setting, engine: () => Engine) => {
  const { clock, deliver, startedAt } = setting;
  hangUpAt(PATIENCE_MS, "last")(setting);
  clock.plan(startedAt + at, () => {
    deliver({ type: "run.restarted" });
    clock.plan(clock.now() + 1000, () => {
      for (const { id } of engine().away()) deliver({ type: next, call: id });
    });
  });
};

/** When the caller hangs up whatever happens: a default route may wait for ever. */
const PATIENCE_MS = 600_000;

type Fault = (event: Event, setting: Setting) => void;

const later =
  (ms: number): Fault =>
  (event, { clock, deliver }) => {
    clock.plan(clock.now() + ms, () => deliver(event));
  };

/** What may become of the n-th thing that a phone says. The ring times of the scenes are 10 to 20 s. */
const faults: Record<string, Fault> = {
  "late by a step": later(0),
  "late by a second": later(1000),
  "crossing the withdrawal": later(10_000),
  "long after": later(25_000),
  lost: () => {},
  twice: (event, { deliver }) => {
    deliver(event);
    deliver(event);
  },
  "again later": (event, setting) => {
    setting.deliver(event);
    later(3000)(event, setting);
  },
};

const isOfPhone = (event: Event) => event.type.startsWith("offer.");

function faultAt(nth: number, fault: Fault): RehearsalOptions["deliver"] {
  let seen = 0;
  return (event, setting) => {
    if (isOfPhone(event) && seen++ === nth) fault(event, setting);
    else setting.deliver(event);
  };
}

describe.each(scenes)("$name", ({ text }) => {
  const program = programOf(text);
  const test = program.tests[0]?.test;
  if (!test) throw new Error("a scene without a test");
  const { story, wrong } = disturbed(program, test, {});

  it("goes well when nothing goes wrong", () => {
    expect(runTests(program).flatMap(({ failures }) => failures.map(({ message }) => message))).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it("survives a hang-up at every instant", () => {
    const found: string[] = [];
    for (const [at, places] of instantsOf(story)) {
      for (const when of places) {
        const run = disturbed(program, test, { also: hangUpAt(at, when) });
        const ends = run.story.records.filter(({ type }) => type === "call.ended").length;
        if (ends !== 1) found.push(`${at} ms, ${when}: ${ends} ends`);
        found.push(...run.wrong.map((violation) => `${at} ms, ${when}: ${violation}`));
        if (found.length > 3) return expect(found).toEqual([]);
      }
    }
    expect(found).toEqual([]);
  });

  it.each(["call.returned", "call.gone"] as const)("survives a restart at every instant, then %s", (next) => {
    const found: string[] = [];
    for (const at of new Set(story.records.map((record) => record.at - story.startedAt))) {
      const run = disturbed(program, test, { also: restartAt(at, next) });
      const ends = run.story.records.filter(({ type }) => type === "call.ended").length;
      if (ends !== 1) found.push(`${at} ms: ${ends} ends`);
      found.push(...run.wrong.map((violation) => `${at} ms: ${violation}`));
    }
    expect(found.slice(0, 4)).toEqual([]);
  });

  it("survives what phones say late, twice or never", () => {
    const found: string[] = [];
    for (const [name, fault] of Object.entries(faults)) {
      for (let nth = 0; nth < 8; nth++) {
        const run = disturbed(program, test, { deliver: faultAt(nth, fault), also: hangUpAt(PATIENCE_MS, "last") });
        found.push(...run.wrong.map((violation) => `${name}, ${nth}: ${violation}`));
      }
    }
    expect(found.slice(0, 3)).toEqual([]);
  });
});

import type { Event } from "../events.ts";
import { createVirtualClock } from "../simulation/clock.ts";
import type { Answering } from "../simulation/acts.ts";
import { createStage } from "../simulation/stage.ts";
import { type PartyKind, portContract } from "./contract.ts";

const answers = new Map<string, Answering>(
  Object.entries<Answering>({
    answers: { act: "answers", afterMs: 50 },
    rejects: { act: "fails", afterMs: 20, outcome: "rejected" },
    busy: { act: "fails", afterMs: 20, outcome: "busy" },
    unreachable: { act: "fails", afterMs: 0, outcome: "unreachable" },
    rings: { act: "ignores" },
    absent: { act: "fails", afterMs: 20, outcome: "unreachable", sip: 404 },
    // Withdrawn at the first ring, while the answer is on its way.
    crosses: { act: "answers", afterMs: 15 },
  } satisfies Record<PartyKind, Answering>),
);

portContract({
  name: "simulation",
  makeRig() {
    const clock = createVirtualClock(0);
    const events: Event[] = [];
    const stage = createStage({
      clock,
      deliver: (event) => events.push(event),
      cast: {
        deviceOf: () => undefined,
        answering: (party) => answers.get(party.kind === "agent" ? party.agent : "answers") ?? { act: "ignores" },
        deposit: (trunk) => (trunk === "up" ? { act: "records", ms: 2500 } : { act: "fails", afterMs: 0, sip: 503 }),
        speaksMs: () => 10_000,
        previewing: () => ({ act: "ignores" }),
        bot: () => ({ act: "ends", afterMs: 30, outcome: "done" }),
        referred: (to) =>
          to.endsWith("2") ? { act: "answers", afterMs: 0 } : { act: "fails", afterMs: 0, outcome: "busy", sip: 486 },
        promptMs: (name) => (name === "hello" ? 400 : undefined),
      },
    });
    let calls = 0;
    return {
      calls: stage.calls,
      events,
      async pass(ms) {
        const until = clock.now() + ms;
        clock.plan(until, () => {});
        for (let next = clock.next(); next !== undefined && next <= until; next = clock.next()) clock.step();
      },
      callIn: () => stage.arrive({ call: `c${++calls}`, from: "+34600000001", to: "5000" }),
      hangUp: stage.hangUp,
      press: stage.press,
      party: (kind) => ({ kind: "agent", agent: kind, device: kind }),
      partyHangsUp: () => stage.release("answers"),
      mailbox: (kind) => ({ mailbox: "m", trunk: kind === "records" ? "up" : "down", number: "2000" }),
      recordsMs: 2500,
      helloMs: 400,
      legs: stage.legs,
      stop: async () => {},
    };
  },
});

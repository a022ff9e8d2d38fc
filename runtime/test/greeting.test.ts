import { expect, test } from "vitest";
import { house } from "./programs.ts";
import { ladder, tell } from "./ladder.ts";

/* Row 2.21: who has picked up is announced to the caller in his own voice, and then the two are joined. */

const directory = house.replace('ana: { extension: "6101",', 'ana: { extension: "6101", greeting: greetings/ana,');
const queue = `strategy "s" { entry "5000" default route to group Reception answer queue Sales { at 0s group Sales give up after 5m while waiting { music "calm" } } }`;
const direct = `strategy "s" { entry "5000" default route to group Reception ring agent ana for 20s }`;

const begins = ladder(`
  0s ana ready
    agent.state ana ready
  0s A calls 5000
    call.arrived A 5000 s
    > answer A
  0s A answered
    call.answered A
    call.queued A Sales 1
    offer.made A/1 ana Sales for 20s
    agent.state ana ringing
    treatment.started A music calm
    > offer A/1 ana@ana Sales
    > music A 1 calm
  2s A/1 answers
    offer.ended A/1 ana answered
    agent.state ana talking
    call.dequeued A Sales answered
    treatment.ended A music calm interrupted
    treatment.started A play greetings/ana
    > play A 2 greetings/ana
`);

test.each<[string, string]>([
  [
    "the greeting, then each other",
    `
    4s A played 2 done
      treatment.ended A play greetings/ana done
      > connect A/1
    4s A/1 connected
      call.connected A ana
    `,
  ],
  [
    "each other, where there is no such prompt",
    `
    2s A played 2 missing
      treatment.ended A play greetings/ana missing
      > connect A/1
    `,
  ],
  [
    "nobody, where the caller leaves meanwhile",
    `
    3s A gone
      treatment.ended A play greetings/ana interrupted
      agent.state ana ready
      call.ended A caller abandoned
      > hangup A
    `,
  ],
  [
    "the music again, where she hangs up meanwhile",
    `
    3s A/1 gone
      treatment.ended A play greetings/ana interrupted
      agent.state ana ready
      call.queued A Sales 1
      treatment.started A music calm
      > withdraw A/1 strategy
      > silence A 3
      > music A 4 calm
    `,
  ],
])("the caller hears %s", (_, goesOn) => {
  const whole = `${begins}\n${ladder(goesOn)}`;
  expect(tell(queue, whole, { directory }).text).toBe(whole);
});

test("no greeting before the call is answered: nobody would hear it, and it must not cost", () => {
  const { commands } = tell(direct, "0s ana ready\n0s A calls 5000\n1s A/1 answers", { directory });
  expect(commands.map(({ type }) => type)).toEqual(["offer", "connect"]);
});

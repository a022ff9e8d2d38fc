import { expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

const strategy = `strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Q {
    choose by random
    at 0s group Sales
    give up after 5m
  }
  hangup
}
`;

/** Whoever was passed over must be neither more nor less likely than who has just come back. */
test("choose by random is even in the long run, and without long runs of one", () => {
  const engine = createEngine({ program: loadProgram(programOf(strategy)), now: 0, seed: 3 });
  let now = 0;
  for (const agent of ["ana", "ben", "cleo"]) engine.accept({ type: "agent.readied", agent, source: "desk" }, ++now);
  const chosen: string[] = [];
  for (let at = 0; at < 3000; at++) {
    const call = `c${at}`;
    engine.accept({ type: "call.arrived", call, from: "+34600000001", to: "5000" }, ++now);
    const { commands } = engine.accept({ type: "call.answered", call }, ++now);
    for (const command of commands) {
      if (command.type === "offer" && command.party.kind === "agent") chosen.push(command.party.agent);
    }
    engine.accept({ type: "call.gone", call }, ++now);
  }
  expect(chosen).toHaveLength(3000);
  for (const agent of ["ana", "ben", "cleo"]) {
    const times = chosen.filter((one) => one === agent).length;
    // Three times the standard deviation of 3,000 throws of a third.
    expect(Math.abs(times - 1000), `${agent} ${times}`).toBeLessThan(78);
  }
  let longest = 0;
  let run = 0;
  chosen.forEach((one, at) => {
    run = one === chosen[at - 1] ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  expect(longest).toBeLessThan(15);
});

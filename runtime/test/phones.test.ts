import { expect, test } from "vitest";
import type { Event } from "../events.ts";
import { house } from "./programs.ts";
import { ladder, tell } from "./ladder.ts";

/* Rows 2.5 and 1.3 of exchanges: what phones do by themselves is told to people, and changes nothing else. */

const strategy = `strategy "s" { entry "5000" default route to group Reception ring agent ana for 20s }`;

function talking() {
  const { engine } = tell(
    strategy,
    ladder(`
      0s ana ready
      0s A calls 5000
      1s A/1 answers
      2s A answered
      2s A/1 connected
    `),
    { directory: house },
  );
  return engine;
}

test.each<[string, Event, object]>([
  [
    "somebody else is there in the agent's place",
    { type: "identity.changed", call: "A", offer: "A/1", identity: "6102" },
    { type: "identity.changed", call: "A", agent: "ana", identity: "6102" },
  ],
  [
    "in the caller's",
    { type: "identity.changed", call: "A", identity: "+34910000001" },
    { type: "identity.changed", call: "A", identity: "+34910000001" },
  ],
  [
    "the agent's phone may not hand on",
    { type: "phone.refused", call: "A", offer: "A/1", what: "transfer", reason: "not_allowed", sip: 603 },
    { type: "phone.refused", call: "A", agent: "ana", what: "transfer", reason: "not_allowed", sip: 603 },
  ],
  [
    "the caller's may not hold",
    { type: "phone.refused", call: "A", what: "hold", reason: "not_allowed", sip: 488 },
    { type: "phone.refused", call: "A", what: "hold", reason: "not_allowed", sip: 488 },
  ],
])("%s", (_what, event, told) => {
  const engine = talking();
  const { records, commands } = engine.accept(event, 5000);
  expect(records).toMatchObject([told]);
  expect(commands).toEqual([]);
  const [call] = engine.calls();
  const { identity } = "identity" in event ? event : { identity: undefined };
  expect("offer" in event ? call?.party?.identity : call?.identity).toBe(identity);
});

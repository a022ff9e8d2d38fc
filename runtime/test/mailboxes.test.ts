import { expect, it } from "vitest";
import { createEngine } from "../engine.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

const directory = `
directory: 1
site: { name: messages }
agents: { ana: { extension: "1", skills: { support: 5 } }, ben: { extension: "2" }, eva: { extension: "3", skills: { support: 1 } } }
groups: { G: { members: [ben], where: "support >= 3" } }
mailboxes: { own: { owner: agent ben }, shared: { owner: group G }, nobodys: }
`;

/** Row 1.44: a group's mailbox is for those who are in the group as it is now. */
it.each([
  ["own", 2, 1, ["ben"]],
  ["shared", 0, 3, ["ana", "ben"]],
  ["nobodys", 1, 0, []],
])("what mailbox %s holds is told to whom it is for", (mailbox, fresh, old, agents) => {
  const program = loadProgram(programOf('strategy "s" { entry "5000" default route to group G hangup }', directory));
  const engine = createEngine({ program, now: 0 });
  const { records } = engine.accept({ type: "mailbox.changed", mailbox, new: fresh, old }, 5);
  expect(records).toEqual([
    { type: "mailbox.status", mailbox, waiting: fresh > 0, new: fresh, old, agents, at: 5, seq: expect.any(Number) },
  ]);
});

import { afterAll, beforeAll, expect, test } from "vitest";
import type { AgentRow } from "../index.ts";
import { type Answer, ask } from "./client.ts";
import { house, type Name, tokens } from "./house.ts";
import { type DeskPlace, openDesk } from "./place.ts";

/* What may follow a state of the directory's own (row 3.20). */

let place: DeskPlace;
beforeAll(async () => {
  const directory = house.directory.replace("es: Comida } }", "es: Comida }, next: [ready] }");
  place = await openDesk({ token: tokens.run }, {}, { ...house, directory });
  place.tell({ type: "agent.claimed", agent: "ana", source: "registration" });
});
afterAll(() => place.desk.stop());

const says = (who: Name, does: string, body?: object): Promise<Answer> =>
  ask(place.desk.address, "POST", `/api/agents/ana/${does}`, {
    headers: { authorization: `Bearer ${tokens[who]}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });

test("row 3.20: only what may follow can be chosen, the others are refused with the reason; a supervisor forces what he wants", async () => {
  const row = JSON.parse((await says("ana", "state", { state: "lunch" })).body) as AgentRow;
  expect([row.custom, row.choices]).toEqual(["lunch", ["ready", "lunch"]]);
  for (const [does, body, to] of [
    ["logout", undefined, "offline"],
    ["not-ready", { reason: "mail" }, "not_ready"],
    ["state", { state: "training" }, "training"],
  ] as const) {
    const { status, body: said } = await says("ana", does, body);
    const error = `after \`lunch\` you may not choose \`${to}\`, only ready`;
    expect([status, JSON.parse(said)]).toEqual([409, { error, code: "state", from: "lunch", to, allowed: ["ready"] }]);
  }
  expect((await says("ana", "ready")).status).toBe(200);
  await says("ana", "state", { state: "lunch" });
  expect(JSON.parse((await says("sue", "not-ready", { reason: "mail" })).body)).toMatchObject({ reasons: ["mail"] });
});

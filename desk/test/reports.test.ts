import { describe, expect, test } from "vitest";
import { agentFigures } from "../../runtime/index.ts";
import { Facts } from "../reports.ts";
import { type Name, openHouse } from "./house.ts";

const { place, at, read, talks } = openHouse();

describe("what agents have done (row 3.15)", () => {
  interface Told {
    from: string;
    agents: { agent: string; name: string; kind: string; offered: number; answered: number }[];
  }
  const done = async (who: Name, query = "") => (await read<Told>(who, `/api/reports/agents${query}`)).agents;
  const ana = (agents: Told["agents"]) => agents.find(({ agent }) => agent === "ana");

  test("supervisors see everybody, an agent himself, as a table and as a file", async () => {
    const before = ana(await done("sue"));
    talks("r1");
    const after = ana(await done("sue"));
    expect(after).toMatchObject({ name: "Ana", kind: "agent" });
    expect([after?.offered, after?.answered]).toEqual([(before?.offered ?? 0) + 1, (before?.answered ?? 0) + 1]);
    expect((await done("sue")).map(({ agent }) => agent)).toEqual(["ana", "ben", "sue", "max", "maxi"]);
    expect((await done("ben")).map(({ agent }) => agent)).toEqual(["ben"]);
    const file = await at("ben", "GET", "/api/reports/agents/export");
    expect(file.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(file.body.split("\r\n")).toEqual([
      expect.stringMatching(/^agent,name,kind,offered,answered,no_answer,declined,/),
      expect.stringMatching(/^ben,Ben,agent,/),
      "",
    ]);
  });

  test("of records that are kept no more, times are counted on from how somebody stood", () => {
    const [view] = place().engine.agents();
    if (!view) throw new Error("nobody is there");
    const facts = new Facts({ agents: () => [{ ...view, id: "x", state: "ready" }], now: () => 1000 }, 10);
    const state = { type: "agent.state" as const, agent: "x", source: "desk", reasons: [], seq: 0 };
    for (let nth = 1; nth <= 25; nth++)
      facts.see({ ...state, state: nth % 2 === 0 ? "ready" : "not_ready", at: 1000 + nth * 1000 });
    expect(facts.since(["x"])).toBeGreaterThan(10_000);
    expect(facts.of("x").length).toBeLessThanOrEqual(11);
    const [its] = agentFigures(facts.of("x"), { from: facts.since(["x"]), to: 26_000 });
    expect(its?.states.reduce((sum, { ms }) => sum + ms, 0)).toBe(26_000 - facts.since(["x"]));
  });

  test("who makes many records pushes out his own alone", () => {
    const facts = new Facts({ agents: () => [], now: () => 1000 }, 10);
    const state = { type: "agent.state" as const, source: "desk", state: "ready" as const, reasons: [], seq: 0 };
    for (const at of [1001, 1002]) facts.see({ ...state, agent: "y", at });
    for (let at = 1003; at < 1100; at++) facts.see({ ...state, agent: "x", at });
    expect(facts.of("y").map(({ at }) => at)).toEqual([1001, 1002]);
    expect([facts.since(["y"]), facts.since(["x"]) > 1050]).toEqual([1000, true]);
  });
});

import { describe, expect, test } from "vitest";
import { type Answer, ask } from "./client.ts";
import { house, openHouse, tokens } from "./house.ts";

/* Every route of the document, tried by whom it does not concern: a new route is tried as soon as it is there. */

const attended: string[] = [];
const { place, at, talks, calls } = openHouse({
  attending: {
    attend(call) {
      attended.push(call);
      return Promise.resolve("attending");
    },
    dismissGuest: () => true,
  },
});

interface Route {
  method: string;
  path: string;
  body?: object;
}

type Schema = { required?: string[]; properties?: Record<string, { type?: string }> };
type Operation = { security?: []; requestBody?: { content: Record<string, { schema: Schema }> } };

/** What stands for the names in its path: Ana's. */
const hers = { calls: "c1", agents: "ana", previews: "p1%2F1", flags: "storm", mailboxes: "ana" };
/** What makes a body that would be taken from whom it concerns. */
const said: Record<string, unknown> = {
  call: "c1",
  to: "1003",
  text: "x",
  state: "lunch",
  who: "sue",
  on: true,
  what: "start",
};

async function routes(): Promise<Route[]> {
  const { body } = await ask(place().desk.address, "GET", "/api/openapi.json");
  const { paths } = JSON.parse(body) as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { security, requestBody }]) => {
      if (security) return []; // open to everybody
      const { required = [], properties = {} } = requestBody?.content["application/json"]?.schema ?? {};
      const its = Object.fromEntries(
        required.map((name) => [name, said[name] ?? (properties[name]?.type === "string" ? "x" : [])]),
      );
      const [, , kind = ""] = path.split("/");
      const where = path.replace(/\{\w+\}/, Object.entries(hers).find(([each]) => each === kind)?.[1] ?? "x");
      return [{ method: method.toUpperCase(), path: where, ...(required.length > 0 && { body: its }) }];
    }),
  );
}
const named = ({ path }: Route): boolean => Object.values(hers).some((each) => path.split("/").includes(each));

/** Ana talks in one call, and another is shown to her; a third waits. */
function busyHouse(): void {
  talks("c1");
  place().tell({ type: "agent.claimed", agent: "ben", source: "desk", state: "not_ready" });
  calls("c2");
  place().tell({ type: "agent.claimed", agent: "ana", source: "browser" });
  attended.length = 0;
}
const stands = (): string => JSON.stringify([place().engine.calls(), place().engine.agents(), place().engine.flags()]);

test("another agent's call, texts, switches and self are neither read nor acted upon, by any route", async () => {
  busyHouse();
  const before = stands();
  const all = await routes();
  expect(all.length).toBeGreaterThan(25);
  for (const route of all) {
    const answer = await at("ben", route.method, route.path, route.body);
    const what = `${route.method} ${route.path}: ${answer.status} ${answer.body}`;
    if (named(route)) expect([403, 404], what).toContain(answer.status);
    expect(answer.body, what).not.toMatch(/600000001|cards|4111/);
    expect(answer.status, what).not.toBe(500);
  }
  expect(stands()).toBe(before);
  expect(attended).toEqual([]);
});

test("a preview that is shown to another is neither read nor answered", async () => {
  place().tell({ type: "agent.claimed", agent: "ben", source: "desk", state: "not_ready" });
  calls("p1", "7000");
  expect((await at("ana", "GET", "/api/previews")).body).toContain("p1/1");
  const before = stands();
  for (const { method, path, body } of await routes()) {
    if (!path.includes("/previews")) continue;
    const answer = await at("ben", method, path, body);
    expect(path === "/api/previews" ? [200] : [403, 404], path).toContain(answer.status);
    expect(answer.body).not.toMatch(/600000001|"agent"/);
  }
  expect(stands()).toBe(before);
});

describe("no route is open to", () => {
  const foreign = { origin: "https://evil.example", authorization: `Bearer ${tokens.ana}` };
  test.each<[string, Record<string, string>, number]>([
    ["who says no token", {}, 401],
    ["a forged token", { authorization: `Bearer ${tokens.ana.slice(0, -1)}x` }, 401],
    ["a token as a cookie", { cookie: `token=${tokens.ana}; authorization=Bearer ${tokens.ana}` }, 401],
    ["a foreign page, even with a token (CSRF)", foreign, 403],
    ["a form of a foreign page", { origin: "null", "content-type": "application/x-www-form-urlencoded" }, 403],
  ])("%s", async (_who, headers, status) => {
    busyHouse();
    const before = stands();
    for (const { method, path, body } of await routes()) {
      const answer: Answer = await ask(place().desk.address, method, path, {
        headers: { "content-type": "application/json", ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
      // An address that tries too much waits.
      expect([status, 429], `${method} ${path}`).toContain(answer.status);
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    }
    expect(stands()).toBe(before);
  });

  test("a token that has expired: the directory has another by now", async () => {
    busyHouse();
    place().rehouse({ ...house, secrets: { ...house.secrets, SUE: "another-0123456789abcdef" } });
    for (const { method, path, body } of await routes()) {
      const { status } = await at("sue", method, path, body);
      expect([401, 429], `${method} ${path}`).toContain(status);
    }
    place().rehouse(house);
  });
});

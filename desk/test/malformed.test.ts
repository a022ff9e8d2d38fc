import { connect } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ask } from "./client.ts";
import { type DeskPlace, openDesk } from "./place.ts";

/* Requests that no client of ours would send: each is refused or harmless, none is a defect, and nothing changes by them. */

const soak = process.env["CORDBOARD_SOAK"] !== undefined;
const times = soak ? 10_000 : 300;
vi.setConfig({ testTimeout: soak ? 600_000 : 60_000 });

let place: DeskPlace;
beforeAll(async () => {
  place = await openDesk({ allowance: { atOnce: 1e9, aSecond: 1e9 } });
  place.renew();
});
afterAll(() => place.desk.stop());

/** Numbers that follow one another by a rule (Lehmer). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const roll = dice(7);
const oneOf = <T>(...of: T[]): T => of[roll(of.length)] as T;
const noise = (length: number): string => Array.from({ length }, () => String.fromCharCode(roll(256))).join("");
const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`;

const targets = [
  "/api/agents/ana/not-ready",
  "/api/agents/ana/login",
  "/api/agents/ana/state",
  "/api/agents/ana/dial",
  "/api/agents/%00/ready",
  "/api/agents/%zz/ready",
  "/api/agents/__proto__/ready",
  "/api/agents/constructor/dial",
  `/api/agents/${"a".repeat(5000)}/ready`,
  "/api/calls/%2e%2e%2f/why",
  "/api/calls/x/release",
  "/api/calls/x/transfer",
  "/api/flags/toString",
  "/api/previews/a%2Fb/accept",
  "/api/events?since=-1",
  "/api/site",
  "/../../etc/passwd",
  "/api//agents",
  "/%c0%ae%c0%ae/",
];
const bodies = (): string =>
  oneOf(
    "",
    "{",
    "null",
    "[]",
    "7",
    '"x"',
    deep(5000),
    `{"reason":${deep(200)}}`,
    '{"reason":7}',
    '{"__proto__":{"reason":"x"}}',
    '{"constructor":{"prototype":{"a":1}}}',
    '{"reason":"\\u0000"}',
    '{"to":""}',
    `{"to":"${"9".repeat(200)}"}`,
    '{"on":"yes"}',
    '{"program":1,"files":"x"}',
    `{"state":"${"s".repeat(70_000)}"}`,
    noise(roll(200)),
  );

test(`${times} malformed requests`, async () => {
  const seen = new Map<number, number>();
  for (let nth = 0; nth < times; nth++) {
    const body = bodies();
    const { status } = await ask(
      place.desk.address,
      oneOf("POST", "POST", "PUT", "DELETE", "PATCH", "GET"),
      oneOf(...targets),
      {
        headers: {
          "content-type": oneOf(
            "application/json",
            "text/plain",
            "application/json; charset=x",
            "multipart/form-data",
            "a",
          ),
          "content-length": String(Buffer.byteLength(body)),
        },
        body,
      },
    );
    seen.set(status, (seen.get(status) ?? 0) + 1);
    expect(status, `request ${nth}`).toBeLessThan(500);
  }
  expect([...seen.keys()].filter((status) => status < 400 && status !== 200)).toEqual([]);
  // A body of nothing, or of nothing that means anything, is a plain `not ready`; everything else has changed nothing.
  expect(["ready", "not_ready"]).toContain(place.engine.agent("ana")?.state);
  expect(place.engine.calls()).toEqual([]);
  expect((await ask(place.desk.address, "GET", "/api/agents")).status).toBe(200);
});

test("bytes that are no HTTP end the connection, and nothing else", async () => {
  const [host, port] = place.desk.address.split(":");
  for (let nth = 0; nth < times / 10; nth++) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), host ?? "", () => socket.end(Buffer.from(noise(1 + roll(400)), "latin1")));
      socket.on("error", () => undefined).on("close", () => resolve());
      socket.resume();
    });
  }
  expect((await ask(place.desk.address, "GET", "/healthz")).status).toBe(200);
});

test("the document of the API tells every route, in words, and what each takes", async () => {
  const { body } = await ask(place.desk.address, "GET", "/api/openapi.json");
  const { openapi, paths } = JSON.parse(body) as {
    openapi: string;
    paths: Record<string, Record<string, { summary?: string; requestBody?: object; parameters?: object[] }>>;
  };
  expect(openapi).toMatch(/^3\.1/);
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((each) => `${each} ${path}`),
  );
  expect(told).toMatchInlineSnapshot(`
    [
      "get /api/openapi.json",
      "get /healthz",
      "get /readyz",
      "get /metrics",
      "get /api/calls",
      "get /api/calls/{id}/why",
      "get /api/queues",
      "get /api/agents",
      "get /api/agents/{id}/wrap-up",
      "get /api/stats",
      "post /api/agents/{id}/login",
      "post /api/agents/{id}/logout",
      "post /api/agents/{id}/ready",
      "post /api/agents/{id}/not-ready",
      "post /api/agents/{id}/state",
      "post /api/agents/{id}/redirect",
      "post /api/agents/{id}/presence",
      "post /api/agents/{id}/wrap-up-done",
      "post /api/agents/{id}/dial",
      "post /api/calls/{id}/release",
      "post /api/calls/{id}/hold",
      "post /api/calls/{id}/retrieve",
      "post /api/calls/{id}/record",
      "post /api/calls/{id}/consult",
      "post /api/calls/{id}/alternate",
      "post /api/calls/{id}/transfer",
      "get /api/previews",
      "get /api/previews/latest",
      "get /api/previews/export",
      "get /api/previews/{id}/sound",
      "post /api/previews/{id}/accept",
      "post /api/previews/{id}/decline",
      "get /api/reports/agents",
      "get /api/reports/agents/export",
      "get /api/agents/{id}/texts",
      "post /api/agents/{id}/texts",
      "get /api/me",
      "get /api/flags",
      "post /api/flags/{name}",
      "get /api/site",
      "post /api/site",
      "get /api/events",
    ]
  `);
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { summary, requestBody, parameters = [] }] of Object.entries(methods)) {
      expect(summary, `${method} ${path}`).toMatch(/^\S.{8,}/);
      expect(parameters.length).toBeGreaterThanOrEqual((path.match(/\{/g) ?? []).length);
      if (method === "post" && !path.includes("previews")) expect(requestBody, path).toBeDefined();
    }
  }
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AgentRow } from "../index.ts";
import { ask as askAt, type Asked } from "./client.ts";
import { type DeskPlace, openDesk } from "./place.ts";

let place: DeskPlace;

beforeAll(async () => {
  place = await openDesk({ origins: ["https://desk.example"] });
});
afterAll(() => place.desk.stop());
beforeEach(() => place.renew());

const ask = (method: string, path: string, options?: Asked) => askAt(place.desk.address, method, path, options);

const json = { "content-type": "application/json" };

describe("who may ask", () => {
  test.each<[string, string, string, { headers?: Record<string, string>; body?: string }, number]>([
    ["a client without a browser", "GET", "/api/agents", {}, 200],
    ["a page of an allowed origin", "GET", "/api/agents", { headers: { origin: "https://desk.example" } }, 200],
    ["a foreign page", "POST", "/api/agents/ana/ready", { headers: { origin: "https://evil.example" } }, 403],
    ["a page without an origin of its own", "POST", "/api/agents/ana/ready", { headers: { origin: "null" } }, 403],
    ["a name that was rebound to loopback", "GET", "/api/agents", { headers: { host: "evil.example:8080" } }, 403],
    ["nobody: the path is unknown", "GET", "/api/secrets", {}, 404],
    ["an agent who is not in the directory", "POST", "/api/agents/bob/ready", {}, 404],
    ["an agent named like a property of objects", "POST", "/api/agents/__proto__/ready", {}, 404],
    [
      "a phone that is not in the directory",
      "POST",
      "/api/agents/ana/login",
      { headers: json, body: '{"device":"d9"}' },
      404,
    ],
    ["a phone that is no text", "POST", "/api/agents/ana/login", { headers: json, body: '{"device":9}' }, 400],
    ["a body that is not JSON", "POST", "/api/agents/ana/not-ready", { headers: json, body: "{" }, 400],
    ["a reason that is no text", "POST", "/api/agents/ana/not-ready", { headers: json, body: '{"reason":7}' }, 400],
    [
      "a reason with a line end",
      "POST",
      "/api/agents/ana/not-ready",
      { headers: json, body: '{"reason":"a\\nb"}' },
      400,
    ],
    [
      "a reason of 101 characters",
      "POST",
      "/api/agents/ana/not-ready",
      { headers: json, body: JSON.stringify({ reason: "x".repeat(101) }) },
      400,
    ],
    [
      "a field that means nothing",
      "POST",
      "/api/agents/ana/not-ready",
      { headers: json, body: '{"why":"lunch"}' },
      400,
    ],
    [
      "a body of a megabyte",
      "POST",
      "/api/agents/ana/not-ready",
      { headers: json, body: JSON.stringify({ reason: "x".repeat(1_000_000) }) },
      413,
    ],
    [
      "a form",
      "POST",
      "/api/agents/ana/not-ready",
      { headers: { "content-type": "text/plain" }, body: "reason=lunch" },
      415,
    ],
  ])("%s", async (_who, method, path, options, status) => {
    expect((await ask(method, path, options)).status).toBe(status);
    expect(place.engine.agent("ana")?.state).toBe("ready");
  });
});

test("not ready with a reason, and ready again", async () => {
  const off = await ask("POST", "/api/agents/ana/not-ready", { headers: json, body: '{"reason":"lunch"}' });
  expect(JSON.parse(off.body)).toMatchObject({ id: "ana", state: "not_ready", reasons: ["lunch"] });
  const on = await ask("POST", "/api/agents/ana/ready");
  expect(JSON.parse(on.body)).toMatchObject({ id: "ana", state: "ready" });
});

test("logging in at another phone, and at his own again", async () => {
  const moved = await ask("POST", "/api/agents/ana/login", { headers: json, body: '{"device":"desk2"}' });
  expect(JSON.parse(moved.body)).toMatchObject({ device: "desk2", state: "offline", reasons: ["unregistered"] });
  place.tell({ type: "device.changed", device: "ana", up: true });
  const own = await ask("POST", "/api/agents/ana/login");
  expect(JSON.parse(own.body)).toMatchObject({ device: "ana", state: "ready" });
});

test("an empty body with a JSON type is no body", async () => {
  const { status, body } = await ask("POST", "/api/agents/ana/not-ready", { headers: json });
  expect([status, (JSON.parse(body) as AgentRow).state]).toEqual([200, "not_ready"]);
});

test("calls and agents as they are now", async () => {
  place.tell({ type: "call.arrived", call: "c1", from: "+34600000001", to: "5000" });
  expect(JSON.parse((await ask("GET", "/api/calls")).body)).toEqual([
    {
      id: "c1",
      from: "+34600000001",
      to: "5000",
      program: expect.any(String),
      strategy: "s",
      stack: [{ name: "s", path: "s.strategy", at: expect.any(Object), variables: {} }],
      arrivedAt: new Date(place.now).toISOString(),
      answered: false,
      offers: [],
      data: {},
    },
  ]);
  expect(JSON.parse((await ask("GET", "/api/agents")).body)).toEqual([
    {
      id: "ana",
      name: "Ana",
      kind: "agent",
      extension: "1001",
      state: "ready",
      since: expect.stringMatching(/^1970-/),
      reasons: [],
      device: "ana",
      claims: [],
    },
  ]);
});

test("a page of an allowed origin asks first whether it may send JSON", async () => {
  const headers = { origin: "https://desk.example", "access-control-request-method": "POST" };
  const answer = await ask("OPTIONS", "/api/agents/ana/not-ready", { headers });
  expect(answer.status).toBe(204);
  expect(answer.headers).toMatchObject({
    "access-control-allow-origin": "https://desk.example",
    "access-control-allow-methods": "GET, POST, DELETE",
    "access-control-allow-headers": "authorization, content-type",
  });
});

test.each([
  ["GET", "/nowhere", 404, "no_such_route"],
  ["POST", "/api/agents/ana/not-ready", 400, "malformed"],
  ["GET", "/api/events", 426, "websocket_only"],
  ["GET", "/api/calls/%E0%A4/why", 400, "malformed"],
])("a refusal of %s %s is one error in words, and a code", async (method, path, status, code) => {
  const answer = await ask(method, path, method === "POST" ? { headers: json, body: "[" } : {});
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toEqual({ error: expect.any(String), code });
});

test("readyz says when no new calls are taken, healthz lives on", async () => {
  expect((await ask("GET", "/readyz")).status).toBe(200);
  place.isReady = false;
  expect((await ask("GET", "/readyz")).status).toBe(503);
  expect((await ask("GET", "/healthz")).status).toBe(200);
});

test("figures for Prometheus", async () => {
  const { status, body, headers } = await ask("GET", "/metrics");
  expect({ status, body, type: headers["content-type"] }).toEqual({
    status: 200,
    body: "cordboard_calls 1\n",
    type: expect.stringContaining("text/plain; version=0.0.4"),
  });
});

test("queues, and why a call waits in one", async () => {
  place.tell({ type: "agent.claimed", agent: "ana", source: "desk", state: "not_ready", reason: "lunch" });
  place.tell({ type: "call.arrived", call: "c1", from: "+34600000001", to: "5000" });
  const early = await ask("GET", "/api/calls/c1/why");
  expect([early.status, early.body]).toEqual([404, expect.stringContaining("`c1` waits in no queue")]);
  place.tell({ type: "call.answered", call: "c1" });
  expect(JSON.parse((await ask("GET", "/api/queues")).body)).toMatchObject([{ name: "Q", entered: 1, waiting: 1 }]);
  expect(JSON.parse((await ask("GET", "/api/calls/c1/why")).body)).toMatchObject({
    queue: "Q",
    position: 1,
    agents: [{ agent: "ana", reasons: [expect.stringContaining("lunch")] }],
  });
  expect((await ask("GET", "/api/calls/__proto__/why")).status).toBe(404);
});

test("only loopback is served without tokens", async () => {
  await expect(openDesk({ host: "0.0.0.0" })).rejects.toThrow("loopback");
  await expect(openDesk({ host: "0.0.0.0", token: "short" })).rejects.toThrow("too short");
});

test("a defect of ours is told to who runs this, and not to who asks", async () => {
  const defect = new Error("what only we should read");
  const failed: Error[] = [];
  const read = () => {
    throw defect;
  };
  const broken = await openDesk({ failed: (error) => void failed.push(error) }, { read });
  const { status, body } = await askAt(broken.desk.address, "GET", "/api/site");
  await broken.desk.stop();
  expect([status, JSON.parse(body), failed]).toEqual([500, { error: "a defect of ours", code: "defect" }, [defect]]);
});

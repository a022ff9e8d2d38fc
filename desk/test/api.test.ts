import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { check, makeSource, parse, readDirectory } from "../../language/index.ts";
import { createEngine, type Engine, type Event, loadProgram } from "../../runtime/index.ts";
import { type AgentRow, type Desk, startDesk } from "../index.ts";

const strategy = `strategy "s" {
  entry "5000"
  default route to group Everyone
  answer
  queue Q {
    at 0s group Everyone
    give up after 1m
  }
  hangup
}
`;
const directory = `directory: 1
site: { name: s, zone: UTC, country: ES, languages: [en] }
agents:
  ana: { extension: "1001" }
devices:
  desk2: { }
`;

const metrics = { text: async () => "cordboard_calls 1\n", contentType: "text/plain; version=0.0.4" };

let engine: Engine;
let desk: Desk;
let ready = true;
let now = 0;

function freshEngine(): Engine {
  const source = makeSource("s.strategy", strategy);
  const read = readDirectory([makeSource("directory.yaml", directory)]);
  const { program } = check([{ source, file: parse(source).file }], read.directory);
  if (!program) throw new Error("the strategy of this test is broken");
  return createEngine({ program: loadProgram(program), now });
}

beforeAll(async () => {
  const floor = {
    calls: () => engine.calls(),
    agents: () => engine.agents(),
    agent: (id: string) => engine.agent(id),
    deliver: (event: Event) => void engine.accept(event, ++now),
    ready: () => ready,
    metrics,
  };
  desk = await startDesk({ host: "127.0.0.1", port: 0, floor, origins: ["https://desk.example"] });
});
afterAll(() => desk.stop());
beforeEach(() => {
  engine = freshEngine();
  engine.accept({ type: "agent.claimed", agent: "ana", source: "registration" }, ++now);
  ready = true;
});

interface Answer {
  status: number;
  body: string;
  headers: Record<string, unknown>;
}

function ask(
  method: string,
  path: string,
  options: { headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const [host, port] = desk.address.split(":");
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, method, path, headers: options.headers ?? {} }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body, headers: response.headers }));
    });
    sent.on("error", reject);
    sent.end(options.body);
  });
}

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
    expect(engine.agent("ana")?.state).toBe("ready");
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
  engine.accept({ type: "device.changed", device: "ana", up: true }, ++now);
  const own = await ask("POST", "/api/agents/ana/login");
  expect(JSON.parse(own.body)).toMatchObject({ device: "ana", state: "ready" });
});

test("an empty body with a JSON type is no body", async () => {
  const { status, body } = await ask("POST", "/api/agents/ana/not-ready", { headers: json });
  expect([status, (JSON.parse(body) as AgentRow).state]).toEqual([200, "not_ready"]);
});

test("calls and agents as they are now", async () => {
  engine.accept({ type: "call.arrived", call: "c1", from: "+34600000001", to: "5000" }, ++now);
  expect(JSON.parse((await ask("GET", "/api/calls")).body)).toEqual([
    {
      id: "c1",
      from: "+34600000001",
      to: "5000",
      strategy: "s",
      arrivedAt: new Date(now).toISOString(),
      answered: false,
      offers: [],
      data: {},
    },
  ]);
  expect(JSON.parse((await ask("GET", "/api/agents")).body)).toEqual([
    { id: "ana", state: "ready", since: expect.stringMatching(/^1970-/), reasons: [], device: "ana", claims: [] },
  ]);
});

test("a page of an allowed origin asks first whether it may send JSON", async () => {
  const headers = { origin: "https://desk.example", "access-control-request-method": "POST" };
  const answer = await ask("OPTIONS", "/api/agents/ana/not-ready", { headers });
  expect(answer.status).toBe(204);
  expect(answer.headers).toMatchObject({
    "access-control-allow-origin": "https://desk.example",
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": "content-type",
  });
});

test.each([
  ["GET", "/nowhere", 404],
  ["POST", "/api/agents/ana/not-ready", 400],
])("a refusal of %s %s is one error in words", async (method, path, status) => {
  const answer = await ask(method, path, method === "POST" ? { headers: json, body: "[" } : {});
  expect(answer.status).toBe(status);
  expect(Object.keys(JSON.parse(answer.body) as object)).toEqual(["error"]);
});

test("readyz says when no new calls are taken, healthz lives on", async () => {
  expect((await ask("GET", "/readyz")).status).toBe(200);
  ready = false;
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

test("only loopback is served without tokens", async () => {
  const floor = {
    calls: () => [],
    agents: () => [],
    agent: () => undefined,
    deliver: () => undefined,
    ready: () => true,
    metrics,
  };
  await expect(startDesk({ host: "0.0.0.0", port: 0, floor })).rejects.toThrow("loopback");
});

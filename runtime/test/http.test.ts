import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { HttpCommand } from "../commands.ts";
import type { Event } from "../events.ts";
import { createHttp, type HttpHosts } from "../node/index.ts";
import { type Asked, startHost } from "./loopback.ts";

/*
 * Requests over loopback: what a host is sent, what of its reply is told, and what is never done.
 */

let url = "";
let close: () => Promise<void>;
let http: HttpHosts;
let events: Event[];
let reasons: string[];
let asked: Asked[];
let reply: (response: ServerResponse, request: IncomingMessage) => void;

beforeEach(async () => {
  events = [];
  reasons = [];
  asked = [];
  reply = (response) => response.end('{"ok":[1,null]}');
  const host = await startHost((response, one, request) => {
    asked.push(one);
    reply(response, request);
  });
  url = `${host.url}/api`;
  http = createHttp({
    hosts: () => ({
      crm: { id: "crm", url, trusted: true },
      locked: { id: "locked", url, trusted: true, token: { header: "Authorization", secret: { env: "TOKEN" } } },
      keyed: { id: "keyed", url, trusted: true, token: { header: "X-Key", secret: { env: "TOKEN" } } },
      lost: { id: "lost", url, trusted: true, token: { header: "X-Key", secret: { env: "NOTHING" } } },
      down: { id: "down", url: "http://127.0.0.1:1", trusted: true },
    }),
    secret: (reference) => ("env" in reference && reference.env === "TOKEN" ? "s3cret" : undefined),
    deliver: (event) => events.push(event),
    failed: (host, reason) => reasons.push(`${host}: ${reason}`),
  });
  close = async () => {
    http.stop();
    await host.close();
  };
});

afterEach(() => close());

function request(host: string, path: string, more: Partial<Extract<HttpCommand, { type: "request" }>> = {}): void {
  http.perform({ type: "request", call: "A", task: 1, method: "GET", host, path, ...more });
}

async function ended(): Promise<Event> {
  for (let waited = 0; waited < 400; waited++) {
    const [event] = events;
    if (event) return event;
    await new Promise((later) => setTimeout(later, 5));
  }
  throw new Error("nothing came");
}

test("a reply is told with its code", async () => {
  request("crm", "/customers?phone=%2B34");
  expect(await ended()).toEqual({ type: "request.ended", call: "A", task: 1, code: 200, body: { ok: [1, null] } });
  expect(asked).toMatchObject([{ method: "GET", url: "/api/customers?phone=%2B34", body: "" }]);
  expect(asked[0]?.headers.authorization).toBeUndefined();
});

test("a body goes as JSON, a token where the directory says", async () => {
  request("locked", "/notes", { method: "POST", body: { text: "é" } });
  await ended();
  expect(asked[0]).toMatchObject({ method: "POST", body: '{"text":"é"}' });
  expect(asked[0]?.headers).toMatchObject({ authorization: "Bearer s3cret", "content-type": "application/json" });
  events.length = 0;
  request("keyed", "notes", { task: 2 });
  await ended();
  expect(asked[1]).toMatchObject({ url: "/api/notes", headers: { "x-key": "s3cret" } });
});

test.each<[string, (response: ServerResponse) => void, object]>([
  ["another code", (response) => response.writeHead(503).end("{}"), { code: 503, body: {} }],
  ["no body", (response) => response.writeHead(204).end(), { code: 204 }],
  ["no JSON", (response) => response.end("hello"), { code: 200, body: "hello" }],
  [
    "JSON deeper than anybody reads",
    (response) => response.end("[".repeat(9000)),
    { code: 200, body: "[".repeat(9000) },
  ],
  [
    "a redirect, which is not followed",
    (response) => response.writeHead(302, { location: "/other" }).end(),
    { code: 302 },
  ],
  ["more than fits", (response) => response.end(`"${"x".repeat(300_000)}"`), { code: 0 }],
  ["a connection that breaks", (response) => response.destroy(), { code: 0 }],
])("%s", async (_, answer, told) => {
  reply = answer;
  request("crm", "/x");
  expect(await ended()).toEqual({ type: "request.ended", call: "A", task: 1, ...told });
  expect(asked).toHaveLength(1);
});

test.each([
  ["a host that the directory does not name", "evil", "/", "evil: no such host"],
  ["a name that every object has", "constructor", "/", "constructor: no such host"],
  ["a token that cannot be had", "lost", "/", "lost: its token cannot be had"],
])("%s is not asked", async (_, host, path, reason) => {
  request(host, path);
  expect(await ended()).toMatchObject({ code: 0 });
  expect(reasons).toEqual([reason]);
  expect(asked).toEqual([]);
});

test("a path cannot lead elsewhere", async () => {
  request("crm", "@127.0.0.1:1/x");
  expect(await ended()).toMatchObject({ code: 200 });
  expect(asked[0]?.url).toBe("/api/@127.0.0.1:1/x");
});

test("a host that is not there has no code", async () => {
  request("down", "/");
  expect(await ended()).toMatchObject({ code: 0 });
});

test("what is abandoned or stopped is told nothing of", async () => {
  reply = () => {};
  request("crm", "/a", { task: 1 });
  request("crm", "/b", { task: 2 });
  while (asked.length < 2) await new Promise((later) => setTimeout(later, 5));
  http.perform({ type: "abandonRequest", call: "A", task: 1 });
  http.perform({ type: "abandonRequest", call: "A", task: 9 });
  http.stop();
  await new Promise((later) => setTimeout(later, 50));
  expect(events).toEqual([]);
});

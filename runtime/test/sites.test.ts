import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Site } from "../../language/index.ts";
import type { Event } from "../events.ts";
import { createPolling, type Polling } from "../node/index.ts";
import { type LoopbackHost, startHost, until } from "./loopback.ts";

/* Other sites are asked for their wait over loopback (features.md 2.6, site_waits). */

let host: LoopbackHost;
let reply: (response: ServerResponse) => void;
let polling: Polling;
let events: Event[];
let failures: string[];

beforeEach(async () => {
  events = [];
  failures = [];
  host = await startHost((response) => reply(response));
  polling = createPolling({
    secret: () => "s3cret",
    deliver: (event) => events.push(event),
    failed: (site, reason) => failures.push(`${site}: ${reason}`),
  });
});

afterEach(async () => {
  polling.stop();
  await host.close();
});

const site = (id: string, more: Partial<Site> = {}): Record<string, Site> => ({
  [id]: { id, trunks: ["pbx"], members: [], poll: `${host.url}/${id}`, everyMs: 20, ...more },
});

test.each([
  ["42.5", 42_500],
  ['{ "ewt": 0 }', 0],
])("%s is a wait in seconds, asked for again and again", async (text, waitMs) => {
  reply = (response) => response.end(text);
  polling.use(site("denver"));
  await until(() => events.length >= 3);
  expect(events[2]).toEqual({ type: "site.told", site: "denver", waitMs });
  expect(failures).toEqual([]);
});

test("with the token, and only those that say where", async () => {
  reply = (response) => response.end("1");
  const token = { header: "Authorization", secret: { env: "T" } };
  polling.use({ ...site("denver", { token }), ...site("silent", { poll: undefined }) });
  await until(() => events.length >= 2);
  expect(host.asked[0]).toMatchObject({ method: "GET", url: "/denver", headers: { authorization: "Bearer s3cret" } });
  expect(new Set(host.asked.map(({ url }) => url))).toEqual(new Set(["/denver"]));
});

test.each([
  ["soon", "its reply says no wait"],
  ['{ "ewt": "1m" }', "its reply says no wait"],
  ["-1", "its reply says no wait"],
  ["503", "it replied 503"],
])("%s is no wait: told once, and nothing is known of the site", async (text, reason) => {
  reply = (response) => {
    response.statusCode = text === "503" ? 503 : 200;
    response.end(text);
  };
  polling.use(site("denver"));
  await until(() => host.asked.length >= 4);
  expect(events).toEqual([]);
  expect(failures).toEqual([`denver: ${reason}`]);
});

test("one request at a time; a changed directory begins anew, and after the end nothing is told", async () => {
  const held: ServerResponse[] = [];
  reply = (response) => void held.push(response);
  polling.use(site("denver"));
  await until(() => held.length === 1);
  await new Promise((next) => setTimeout(next, 60));
  expect(held).toHaveLength(1);
  polling.use(site("lyon"));
  await until(() => held.length === 2);
  expect(host.asked.map(({ url }) => url)).toEqual(["/denver", "/lyon"]);
  polling.stop();
  for (const response of held) response.end("1");
  await new Promise((next) => setTimeout(next, 60));
  expect({ events, failures, asked: held.length }).toEqual({ events: [], failures: [], asked: 2 });
});

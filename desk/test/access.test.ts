import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, type Asked, listen } from "./client.ts";
import { createDocuments } from "../../runtime/node/index.ts";
import { type DeskPlace, openDesk } from "./place.ts";

/* Who gets in: tokens, pages, WebSockets. */

const token = "0123456789abcdef0123456789";
const forged = "0123456789abcdef012345678X";
const page = "https://play.example";
const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
const spoken = (...texts: string[]) => ({ "sec-websocket-protocol": ["cordboard.v1", ...texts].join(", ") });

const documents = createDocuments();
let closed: DeskPlace;
let open: DeskPlace;
beforeAll(async () => {
  closed = await openDesk({ token, origins: [page], documents });
  open = await openDesk({ origins: [page] });
});
afterAll(async () => {
  await closed.desk.stop();
  await open.desk.stop();
});

test("what is told is kept by nobody, and shown or played by no foreign page; whether the process lives, a page may see", async () => {
  const told = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
  };
  for (const path of ["/api/calls", "/api/reports/agents/export", "/api/nowhere"]) {
    expect((await ask(open.desk.address, "GET", path)).headers).toMatchObject(told);
  }
  const { headers } = await ask(open.desk.address, "GET", "/healthz");
  expect(headers["cross-origin-resource-policy"]).toBeUndefined();
});

describe("with a token", () => {
  test.each<[string, string, string, Asked, number]>([
    ["the token", "GET", "/api/calls", { headers: bearer(token) }, 200],
    ["no token", "GET", "/api/calls", {}, 401],
    ["a forged one of the same length", "GET", "/api/calls", { headers: bearer(forged) }, 401],
    ["the beginning of it", "GET", "/api/calls", { headers: bearer(token.slice(0, 20)) }, 401],
    ["the token and more", "GET", "/api/calls", { headers: bearer(`${token}0`) }, 401],
    ["another scheme", "GET", "/api/calls", { headers: { authorization: `Basic ${token}` } }, 401],
    ["the token in the address", "GET", `/api/calls?token=${token}`, {}, 401],
    ["no token for the texts", "GET", "/api/site", {}, 401],
    ["no token for an agent", "POST", "/api/agents/ana/ready", {}, 401],
    ["no token for figures", "GET", "/metrics", {}, 401],
    ["no token for what is not there", "GET", "/api/secrets", {}, 401],
    ["a path that only looks like that of health", "GET", "/healthz/../api/calls", {}, 401],
    ["no token for health", "GET", "/healthz", {}, 200],
    ["no token for readiness", "GET", "/readyz", {}, 200],
    [
      "another host, which only a token may name",
      "GET",
      "/api/calls",
      { headers: { host: "desk.example", ...bearer(token) } },
      200,
    ],
    [
      "the token in a foreign page",
      "GET",
      "/api/calls",
      { headers: { origin: "https://evil.example", ...bearer(token) } },
      403,
    ],
    ["the token in an allowed page", "GET", "/api/calls", { headers: { origin: page, ...bearer(token) } }, 200],
  ])("%s", async (_who, method, path, options, status) => {
    expect((await ask(closed.desk.address, method, path, options)).status).toBe(status);
  });

  test("a refusal tells how to ask, and a page of an allowed origin may read it", async () => {
    const { body, headers } = await ask(closed.desk.address, "GET", "/api/calls", { headers: { origin: page } });
    expect(JSON.parse(body)).toEqual({
      error: "a token is needed: `Authorization: Bearer TOKEN`",
      code: "no_token",
    });
    expect(headers).toMatchObject({ "www-authenticate": "Bearer", "access-control-allow-origin": page });
  });

  test("a page asks first whether it may say a token, and needs none for that", async () => {
    const headers = { origin: page, "access-control-request-method": "GET" };
    expect(await ask(closed.desk.address, "OPTIONS", "/api/calls", { headers })).toMatchObject({
      status: 204,
      headers: { "access-control-allow-headers": "authorization, content-type" },
    });
    const foreign = await ask(closed.desk.address, "OPTIONS", "/api/calls", {
      headers: { origin: "https://evil.example" },
    });
    expect([foreign.status, foreign.headers["access-control-allow-origin"]]).toEqual([403, undefined]);
  });
});

describe("a WebSocket", () => {
  test.each<[string, () => DeskPlace, Record<string, string>, number]>([
    ["of a foreign page", () => open, { origin: "https://evil.example" }, 403],
    ["of a page without an origin of its own", () => open, { origin: "null" }, 403],
    ["of a page whose origin begins like an allowed one", () => open, { origin: `${page}.evil.example` }, 403],
    ["by a name that was rebound to loopback", () => open, { host: "evil.example:8080" }, 403],
    ["without the token", () => closed, { origin: page, ...spoken() }, 401],
    ["with a forged token", () => closed, { origin: page, ...spoken(`bearer.${forged}`) }, 401],
    [
      "with the token, of a foreign page",
      () => closed,
      { origin: "https://evil.example", ...spoken(`bearer.${token}`) },
      403,
    ],
  ])("%s is refused", async (_who, at, headers, status) => {
    expect(await listen(at().desk.address, "/api/events", headers)).toMatchObject({ status });
  });

  test.each<[string, () => DeskPlace, Record<string, string>, string | undefined]>([
    ["of a program", () => open, {}, undefined],
    ["of an allowed page", () => open, { origin: page, ...spoken() }, "cordboard.v1"],
    ["of an allowed page with the token", () => closed, { origin: page, ...spoken(`bearer.${token}`) }, "cordboard.v1"],
    ["of a program with the token", () => closed, bearer(token), undefined],
  ])("%s is taken, and no token is repeated", async (_who, at, headers, protocol) => {
    const heard = await listen(at().desk.address, "/api/events", headers);
    if ("status" in heard) throw new Error(`refused: ${heard.body}`);
    expect(heard.protocol).toBe(protocol);
    await expect.poll(() => heard.messages).toMatchObject([{ type: "stream.opened", run: "r1" }]);
    heard.end();
  });
});

test("a media server needs no token for what it is to ask, but the address, while that is needed", async () => {
  const submitted: string[] = [];
  let path = "";
  const offered = documents.offer((its) => {
    path = its;
    return { text: "<vxml/>", submitted: (fields) => submitted.push(fields.toString()) };
  });
  const at = (method: string, where: string, options: Asked = {}) => ask(closed.desk.address, method, where, options);
  const form = { headers: { "content-type": "application/x-www-form-urlencoded" }, body: "digits=12%23" };
  const document = await at("GET", path);
  expect([document.status, document.headers["content-type"], document.body]).toEqual([
    200,
    "application/voicexml+xml; charset=utf-8",
    "<vxml/>",
  ]);
  const done = await at("POST", path, form);
  expect([done.status, submitted]).toEqual([200, ["digits=12%23"]]);
  expect(done.body).toContain("<exit/>");
  expect(
    (await at("POST", path, { ...form, headers: { "content-type": "application/json" }, body: "{}" })).status,
  ).toBe(415);
  expect((await at("GET", `${path}x`)).status).toBe(404);
  offered.withdraw();
  expect([(await at("GET", path)).status, (await at("POST", path, form)).status]).toEqual([404, 404]);
  expect(
    (await at("POST", "/api/agents/ana/ready", { ...form, headers: { ...form.headers, ...bearer(token) } })).status,
  ).toBe(415);
});

test("a media server uploads what it has recorded where that is wanted, up to 8 MiB", async () => {
  const uploaded: string[] = [];
  let path = "";
  const its = { text: "<vxml/>", submitted: () => expect.fail("no form") };
  const offered = documents.offer((given) => {
    path = given;
    return { ...its, uploaded: (file) => uploaded.push(file.toString("latin1")) };
  });
  const post = (body: string, type = 'multipart/form-data; boundary="a-b"') =>
    ask(closed.desk.address, "POST", path, { headers: { "content-type": type }, body }).then(({ status }) => status);
  const part = (head: string, inner: string): string => `--a-b\r\n${head}\r\n\r\n${inner}\r\n`;
  const name = part('Content-Disposition: form-data; name="x"', "1");
  const file = part('Content-Disposition: form-data; name="message"; filename="../a.wav"', "RIFF\r\n--a");
  expect(await post(`${name}${file}--a-b--\r\n`)).toBe(200);
  expect(await post(part("content-type: audio/x-wav", "sound") + "--a-b--", "multipart/form-data; boundary=a-b")).toBe(
    200,
  );
  expect(uploaded).toEqual(["RIFF\r\n--a", "sound"]);
  const wrong = [name + "--a-b--", file, "", "--a-b", `${name}--a-b\r\n`];
  for (const body of wrong) expect(await post(body)).toBe(415);
  expect(await post(`${file}--a-b--`, "multipart/form-data")).toBe(415);
  expect(await post(part("content-type: audio/wav", "a".repeat(8 * 1024 * 1024)) + "--a-b--")).toBe(413);
  expect(uploaded).toHaveLength(2);
  offered.withdraw();
  expect(await post(`${file}--a-b--`)).toBe(404);
});

import { expect, test } from "vitest";
import type { TextRow } from "../index.ts";
import { listen } from "./client.ts";
import { type Name, openHouse, tokens } from "./house.ts";

/* Row 3.4: an agent and the expert whom he asks write to one another about a call. */

const { place, at, read, calls, talks } = openHouse();

type Person = Exclude<Name, "run">;
const write = async (who: Name, to: string, text = "yours?", call = "c1", by: string = who): Promise<number> =>
  (await at(who, "POST", `/api/agents/${by}/texts`, { call, to, text })).status;
const textsOf = async (who: Person) =>
  (await read<TextRow[]>(who, `/api/agents/${who}/texts`)).map(({ by, to, text }) => `${by} > ${to}: ${text}`);

test("row 3.4: who talks asks a colleague, who answers; each sees what is his, and nobody anything once the call is over", async () => {
  talks("c1");
  await at("ben", "POST", "/api/agents/ben/not-ready");
  expect(await write("ben", "sue")).toBe(404);
  expect(await write("ana", "ben")).toBe(200);
  expect(await write("ben", "ana", "no,\nask <b>Sue</b>")).toBe(200);
  expect(await write("ana", "sue", "hello")).toBe(200);
  expect(await textsOf("ben")).toEqual(["ana > ben: yours?", "ben > ana: no,\nask <b>Sue</b>"]);
  expect(await textsOf("sue")).toEqual(["ana > sue: hello"]);
  expect(await read("ana", "/api/agents/ana/texts")).toMatchObject([
    { call: "c1", from: "+34600000001", at: new Date(place().engine.call("c1")?.texts?.[0]?.at ?? 0).toISOString() },
    {},
    {},
  ]);
  place().tell({ type: "call.gone", call: "c1" });
  expect(await textsOf("ana")).toEqual([]);
  expect(await write("ana", "ben")).toBe(404);
});

test("to whom it is shown asks before he accepts; nobody writes in another's name, or to whom there is not", async () => {
  calls("c1", "6000");
  expect(await write("ana", "ben")).toBe(200);
  expect(await write("sue", "ben")).toBe(200);
  expect(await write("sue", "ben", "x", "c1", "ana")).toBe(403);
  expect(await write("ana", "ben", "x", "c1", "ben")).toBe(403);
  expect((await at("ana", "GET", "/api/agents/ben/texts")).status).toBe(403);
  expect(await write("run", "ben", "x", "c1", "ana")).toBe(200);
  for (const to of ["nobody", "ana", "__proto__"]) expect(await write("ana", to), to).toBe(404);
  for (const text of ["", "x".repeat(2001), "\u0000", "\u001b[2J"]) expect(await write("ana", "ben", text)).toBe(400);
  const many = [];
  for (let nth = 0; nth < 25; nth++) many.push(await write("ana", "ben"));
  expect([many[0], many.at(-1)]).toEqual([200, 429]);
});

test("a text is told to both by their records, and to supervisors, but to no other agent; whose desk is closed reads it on his phone", async () => {
  const open = async (who: Person, query = `?agent=${who}`) => {
    const protocols = { "sec-websocket-protocol": `cordboard.v1, bearer.${tokens[who]}` };
    const heard = await listen(place().desk.address, `/api/events${query}`, protocols);
    if (!("messages" in heard)) throw new Error(heard.body);
    return heard;
  };
  talks("c1");
  const heard = [await open("ana"), await open("ben"), await open("sue", "")];
  const told = () =>
    heard.map(({ messages }) => messages.filter(({ type }) => type === "text.sent").map(({ text }) => text));
  const shown = async (to: string, text: string): Promise<unknown> =>
    JSON.parse((await at("ana", "POST", "/api/agents/ana/texts", { call: "c1", to, text })).body);
  expect(await shown("ben", "one")).toEqual({ shown: "desk" });
  expect(await shown("sue", "two")).toEqual({ shown: "phone" });
  await expect.poll(told).toEqual([["one", "two"], ["one"], ["one", "two"]]);
  for (const each of heard) each.end();
});

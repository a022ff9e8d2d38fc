import { describe, expect, test } from "vitest";
import type { AgentRow, CallRow } from "../index.ts";
import { type Answer, ask, listen, type Listening } from "./client.ts";
import { house, type Name, openHouse, tokens } from "./house.ts";
import { openDesk } from "./place.ts";

/* Each with a token of his own: what he sees and may do, and what he never learns. */

const { place, at, read, calls, talks } = openHouse();

describe("who may do what", () => {
  test.each<[Name, string, string, object | undefined, number]>([
    ["ana", "POST", "/api/agents/ana/not-ready", undefined, 200],
    ["ana", "POST", "/api/agents/ben/not-ready", undefined, 403],
    ["ana", "POST", "/api/agents/nobody/not-ready", undefined, 403],
    ["sue", "POST", "/api/agents/ben/not-ready", undefined, 200],
    ["sue", "POST", "/api/agents/nobody/ready", undefined, 404],
    ["ana", "POST", "/api/agents/ana/state", { state: "lunch" }, 200],
    ["ana", "POST", "/api/agents/ana/state", { state: "fishing" }, 404],
    ["ana", "POST", "/api/agents/ana/state", { state: "__proto__" }, 404],
    ["ana", "POST", "/api/agents/ana/state", undefined, 400],
    ["ana", "POST", "/api/agents/ben/dial", { to: "1001" }, 403],
    ["ana", "POST", "/api/agents/ana/dial", { to: "1002" }, 202],
    ["ana", "POST", "/api/agents/ana/dial", { to: "x\r\ny" }, 400],
    ["ana", "POST", "/api/agents/ana/dial", { to: "<script>" }, 409],
    ["ana", "POST", "/api/agents/ana/dial", { to: "1002", data: { a: { b: 1 } } }, 400],
    ["ana", "POST", "/api/flags/storm", { on: true }, 403],
    ["ana", "POST", "/api/flags/lunch_break", { on: true }, 200],
    ["sue", "POST", "/api/flags/lunch_break", { on: true }, 403],
    ["ben", "POST", "/api/flags/night", { on: false }, 200],
    ["sue", "POST", "/api/flags/storm", { on: true }, 200],
    ["sue", "POST", "/api/flags/toString", { on: true }, 404],
    ["run", "POST", "/api/flags/lunch_break", { on: true }, 200],
    ["ana", "POST", "/api/agents/ana/redirect", { to: "+34600000900" }, 200],
    ["ana", "POST", "/api/agents/ana/redirect", { to: "+4420000000" }, 404],
    ["ana", "POST", "/api/agents/ana/redirect", { to: "ben" }, 400],
    ["ben", "POST", "/api/agents/ben/redirect", { to: "+34600000900" }, 403],
    ["sue", "POST", "/api/agents/ben/redirect", { to: "+34600000900" }, 200],
    ["ana", "POST", "/api/agents/ana/presence", { open: true }, 403],
    ["sue", "POST", "/api/agents/ana/presence", undefined, 400],
    ["ana", "GET", "/api/site", undefined, 403],
    ["ana", "POST", "/api/site", { program: "x", files: [] }, 403],
    ["sue", "GET", "/api/site", undefined, 200],
    ["ana", "GET", "/metrics", undefined, 403],
    ["ana", "GET", "/api/previews/latest", undefined, 403],
    ["ana", "GET", "/api/previews/export", undefined, 403],
    ["ana", "GET", "/api/reports/agents?from=tomorrow", undefined, 400],
    ["ana", "GET", "/api/reports/agents/export?to=2026-13-01", undefined, 400],
    ["ana", "GET", "/api/stats", undefined, 200],
    ["ana", "GET", "/api/calls/c1/why", undefined, 403],
    ["sue", "GET", "/api/calls/c1/why", undefined, 404],
  ])("%s: %s %s %j is %i", async (who, method, path, body, status) => {
    const { status: found, body: said } = await at(who, method, path, body);
    expect(found, said).toBe(status);
    if (status >= 400) expect(Object.keys(JSON.parse(said) as object)).toContain("error");
  });

  test.each([
    ["forged", "xyz-0123456789abcdef0123", 401],
    ["too short to be one", "short", 401],
    ["another's name in front", `ana-${tokens.ben}`, 401],
  ])("a token that is %s", async (_what, token, status) => {
    const headers = { authorization: `Bearer ${token}` };
    expect((await ask(place().desk.address, "GET", "/api/me", { headers })).status).toBe(status);
  });

  test("a token that two people have is nobody's", async () => {
    const twice = await openDesk({}, {}, { ...house, secrets: { ...house.secrets, BEN: tokens.ana } });
    const headers = { authorization: `Bearer ${tokens.ana}` };
    expect((await ask(twice.desk.address, "GET", "/api/me", { headers })).status).toBe(401);
    // From this machine nobody has to say one.
    expect((await ask(twice.desk.address, "GET", "/api/me")).status).toBe(200);
    await twice.desk.stop();
  });
});

test("two who talk on after a run has died can only be parted", async () => {
  talks("c1");
  place().tell({ type: "run.restarted" });
  for (const does of ["hold", "consult", "transfer", "record"]) {
    const body = { consult: { to: "ben" }, transfer: { to: "ben" }, record: { what: "start" } }[does];
    const { status, body: said } = await at("ana", "POST", `/api/calls/c1/${does}`, body);
    expect([status, (JSON.parse(said) as { code: string }).code]).toEqual([409, "beyond_reach"]);
  }
  expect(await read<CallRow[]>("ana", "/api/calls")).toHaveLength(1);
  expect((await at("ana", "POST", "/api/calls/c1/release")).status).toBe(200);
  expect(await read<CallRow[]>("ana", "/api/calls")).toEqual([]);
});

test("what a desk needs to know before it shows anything", async () => {
  expect(await read("ana", "/api/me")).toMatchObject({
    role: "agent",
    agent: "ana",
    name: "Ana",
    now: place().now,
    languages: ["en", "es"],
    states: [{ name: "lunch", class: "not_ready", label: { en: "Lunch", es: "Comida" } }],
    hotkeys: { accept: "F9" },
    helpUrl: "https://help.example/desk",
    flags: [
      { name: "lunch_break", on: false },
      { name: "night", on: true },
    ],
    mayLoad: false,
  });
  expect(await read("sue", "/api/me")).toMatchObject({ role: "supervisor", agent: "sue" });
  expect(await read("run", "/api/me")).toMatchObject({ role: "admin" });
});

test("an agent's day at his desk: states, a call of his, work after it", async () => {
  const state = async () => (await read<AgentRow[]>("ana", "/api/agents")).find(({ id }) => id === "ana");
  await at("ana", "POST", "/api/agents/ana/state", { state: "lunch" });
  expect(await state()).toMatchObject({ state: "not_ready", custom: "lunch", reasons: ["lunch"] });
  await at("ana", "POST", "/api/agents/ana/ready");
  await at("ben", "POST", "/api/agents/ben/not-ready");
  talks("c1");
  expect(await state()).toMatchObject({ state: "talking", call: "c1" });
  expect((await at("ben", "POST", "/api/calls/c1/release")).status).toBe(404);
  expect((await at("ana", "POST", "/api/calls/c1/release")).status).toBe(200);
  expect(await state()).toMatchObject({ state: "wrap_up", wrapUpUntil: new Date(place().now + 60_000).toISOString() });
  // What came with it stays before him, also where he loads the page anew.
  expect(await read("ana", "/api/agents/ana/wrap-up")).toEqual({
    id: "c1",
    from: "+34600000001",
    to: "5000",
    showing: { topic: "cards" },
    data: { topic: "cards", card: "•••" },
  });
  expect((await at("ben", "GET", "/api/agents/ana/wrap-up")).status).toBe(403);
  await at("ana", "POST", "/api/agents/ana/wrap-up-done");
  expect((await at("ana", "GET", "/api/agents/ana/wrap-up")).status).toBe(404);
  expect(await state()).toMatchObject({ state: "ready" });
  await at("ana", "POST", "/api/agents/ana/logout");
  expect(await state()).toMatchObject({ state: "offline", reasons: ["logged out"] });
  await at("ana", "POST", "/api/agents/ana/login");
  await at("ana", "POST", "/api/agents/ana/ready");
  expect(await state()).toMatchObject({ state: "ready" });
});

test("row 3.21: where he takes calls elsewhere is his to say, and the directory's when he says nothing", async () => {
  const redirect = async (to?: string | null): Promise<string | undefined> =>
    (JSON.parse((await at("ana", "POST", "/api/agents/ana/redirect", { to })).body) as AgentRow).redirect;
  expect(await redirect("+34600000900")).toBe("+34600000900");
  expect(await redirect(null)).toBeUndefined();
  await redirect("+34600000900");
  expect(await redirect()).toBeUndefined();
  expect(await read("ana", "/api/me")).toMatchObject({ may: ["redirect", "record"] });
  expect(await read("ben", "/api/me")).toMatchObject({ may: [] });
});

test("row 1.12: a private call is told as one, and of it no more than that", async () => {
  const row = async (who: Name): Promise<AgentRow | undefined> =>
    (await read<AgentRow[]>(who, "/api/agents")).find(({ id }) => id === "ana");
  const watched = (body: object): Promise<Answer> => at("sue", "POST", "/api/agents/ana/presence", body);
  await watched({ open: true, activity: "on-the-phone" });
  expect(await row("ana")).toMatchObject({ state: "not_ready", reasons: ["on-the-phone"], privateCall: true });
  expect(await row("ben")).not.toHaveProperty("privateCall");
  expect(await read("ana", "/api/calls")).toEqual([]);
  await watched({ open: true, activity: "meeting" });
  expect(await row("ana")).not.toHaveProperty("privateCall");
  await watched({ open: false });
  expect(await row("ana")).toMatchObject({ state: "offline" });
  await watched({ open: true });
  expect(await row("ana")).toMatchObject({ state: "ready" });
});

test("row 2.24: who may has his call recorded, leaves out what nobody is to keep, and ends it", async () => {
  const record = async (who: Name, what: string): Promise<number> =>
    (await at(who, "POST", "/api/calls/c1/record", { what })).status;
  const tell = (state: "started" | "paused" | "ended"): void =>
    place().tell({ type: "recording.changed", call: "c1", state });
  const stands = async (): Promise<unknown> => (await read<CallRow[]>("ana", "/api/calls"))[0]?.recording;
  talks("c1");
  expect(await record("ana", "pause")).toBe(409);
  expect(await record("ana", "start")).toBe(200);
  tell("started");
  expect(await stands()).toBe("on");
  expect(await record("ben", "stop")).toBe(404);
  expect(await record("ana", "pause")).toBe(200);
  tell("paused");
  expect(await stands()).toBe("paused");
  expect(await record("ana", "erase")).toBe(400);
  expect(await record("sue", "stop")).toBe(200);
  tell("ended");
  expect(await stands()).toBeUndefined();
  expect(await record("ana", "resume")).toBe(409);
});

test("rows 1.13, 3.32: an agent holds his call, asks somebody, hands it on, and nobody else does", async () => {
  await at("ben", "POST", "/api/agents/ben/not-ready");
  talks("c1");
  const does = async (who: "ana" | "ben" | "sue", what: string, body?: object) =>
    (await at(who, "POST", `/api/calls/c1/${what}`, body)).status;
  const row = async () => (await read<CallRow[]>("ana", "/api/calls"))[0];
  const code = async (who: "ana" | "sue", what: string, body?: object) => {
    const { status, body: said } = await at(who, "POST", `/api/calls/c1/${what}`, body);
    return status === 409 ? (JSON.parse(said) as { code: string }).code : status;
  };
  expect(await does("ben", "hold")).toBe(404);
  // Nothing is wrong with what is so already.
  expect(await does("ana", "retrieve")).toBe(200);
  expect(await does("ana", "hold")).toBe(200);
  expect(await does("ana", "retrieve")).toBe(409);
  place().tell({ type: "call.parted", call: "c1", offer: "c1/1", parted: true });
  expect(await row()).toMatchObject({ held: true, hears: "silence" });
  expect((await read<AgentRow[]>("ana", "/api/agents")).find(({ id }) => id === "ana")?.state).toBe("hold");
  expect(await does("ana", "hold")).toBe(200);
  place().tell({ type: "hold.asked", call: "c1", by: "phone" });
  expect(await code("ana", "retrieve")).toBe("phone_holds");
  place().tell({ type: "retrieve.asked", call: "c1", by: "phone" });
  expect(await does("ana", "retrieve")).toBe(200);
  place().tell({ type: "call.connected", call: "c1", offer: "c1/1" });
  expect((await row())?.held).toBeUndefined();
  expect(await does("ana", "transfer")).toBe(409);
  expect(await does("ana", "alternate")).toBe(409);
  expect(await does("ana", "consult", { to: "nobody" })).toBe(409);
  expect(await code("ana", "consult", { to: "6000" })).toBe("is_entry");
  expect(await does("ana", "consult", { to: "1002" })).toBe(200);
  expect(await code("ana", "consult", { to: "sue" })).toBe("asks_already");
  place().tell({ type: "call.parted", call: "c1", offer: "c1/1", parted: true });
  place().tell({ type: "offer.answered", call: "c1", offer: "c1/2" });
  place().tell({ type: "parties.joined", call: "c1", offer: "c1/2", joined: true });
  expect(await row()).toMatchObject({ consult: { agent: "ben", talking: true } });
  expect(await does("ana", "alternate")).toBe(200);
  place().tell({ type: "call.parted", call: "c1", offer: "c1/2", parted: true });
  expect(await does("ana", "alternate")).toBe(409); // on his way
  place().tell({ type: "call.connected", call: "c1", offer: "c1/1" });
  expect(await row()).toMatchObject({ consult: { agent: "ben", talking: false, held: true } });
  expect(await does("ana", "transfer")).toBe(200);
  for (const again of [undefined, { to: "1001" }]) expect(await code("sue", "transfer", again)).toBe("handed_on");
  place().tell({ type: "call.connected", call: "c1", offer: "c1/2" });
  expect(await does("ana", "transfer", { to: "1001" })).toBe(404);
  expect(await does("sue", "transfer", { to: "no such" })).toBe(409);
  expect(await does("sue", "transfer", { to: "1001" })).toBe(200);
  expect(await code("sue", "transfer", { to: "1002" })).toBe("handed_on");
  expect(place().engine.call("c1")?.offers).toMatchObject([{ agent: "ana" }]);
});

test("people say names: in any case where one has it; what nobody is called has a code of its own", async () => {
  await at("ben", "POST", "/api/agents/ben/not-ready");
  talks("c1");
  const asks = async (to: string) => {
    const { status, body } = await at("ana", "POST", "/api/calls/c1/consult", { to });
    return [status, (JSON.parse(body) as { code?: string }).code];
  };
  expect(await asks("Luc")).toEqual([409, "nobody_called"]);
  expect(await asks("1999 x")).toEqual([409, "nobody_called"]);
  // Max and Maximilian, whom his friends call so.
  expect(await asks("MAX")).toEqual([409, "several_called"]);
  expect(await asks("bEN")).toEqual([200, undefined]);
  expect(place().engine.call("c1")?.consult?.to).toMatchObject({ name: "ben" });
  const handed = await at("ana", "POST", "/api/calls/c1/transfer", { to: "Luc" });
  expect(JSON.parse(handed.body)).toMatchObject({ code: "nobody_called", name: "Luc" });
  const dialled = await at("sue", "POST", "/api/agents/sue/dial", { to: "Luc" });
  expect(JSON.parse(dialled.body)).toMatchObject({ code: "nobody_called", name: "Luc" });
  expect((await at("sue", "POST", "/api/agents/sue/dial", { to: "ana" })).status).toBe(202);
});

test("who listens is shown to supervisors, is rung for nothing else, and is free again with the call", async () => {
  talks("c1");
  const sue = async () => {
    const { state, reasons } = (await read<AgentRow[]>("run", "/api/agents")).find(({ id }) => id === "sue") ?? {};
    return [state, ...(reasons ?? [])];
  };
  const guests = async (who: Name) => (await read<CallRow[]>(who, "/api/calls"))[0]?.guests;
  const attends = (state: "listens" | "talks" | "left") =>
    place().tell({ type: "guest.changed", call: "c1", who: "sue", state });
  attends("listens");
  expect([await sue(), await guests("run"), await guests("ana")]).toEqual([
    ["not_ready", "attending"],
    [{ who: "sue", talks: false }],
    undefined,
  ]);
  attends("talks");
  expect([await sue(), await guests("ana")]).toEqual([["not_ready", "attending"], [{ who: "sue", talks: true }]]);
  attends("left");
  expect([await sue(), await guests("run")]).toEqual([["ready"], undefined]);
  attends("listens");
  place().tell({ type: "call.released", call: "c1", by: "ana" });
  expect(await sue()).toEqual(["ready"]);
});

test("a desk that is opened as somebody has his switches, whoever opens it; no agent opens another's", async () => {
  const flags = async (who: Name, agent: string) =>
    (await read<{ flags: { name: string }[] }>(who, `/api/me?agent=${agent}`)).flags.map(({ name }) => name);
  expect([await flags("run", "ana"), await flags("run", "ben"), await flags("ben", "ana")]).toEqual([
    ["lunch_break", "night"],
    ["night"],
    ["night"],
  ]);
  expect(await flags("run", "nobody")).toEqual(["storm", "lunch_break", "night"]);
});

test("a call that waits is not ended from a desk, one that was dialled is", async () => {
  await at("ana", "POST", "/api/agents/ana/not-ready");
  await at("ben", "POST", "/api/agents/ben/not-ready");
  calls("c1");
  const refused = await at("sue", "POST", "/api/calls/c1/release");
  expect([refused.status, JSON.parse(refused.body)]).toMatchObject([409, { code: "nobody_talks" }]);
  const { call } = JSON.parse((await at("ana", "POST", "/api/agents/ana/dial", { to: "1002" })).body) as CallRow & {
    call: string;
  };
  expect(await read("ana", "/api/calls")).toMatchObject([{ id: call, dialler: "ana" }]);
  expect((await at("ana", "POST", `/api/calls/${call}/release`)).status).toBe(200);
  expect(place().engine.agent("ana")?.state).toBe("not_ready");
});

test("row 1.13: who has dialled holds and hands on, as who was called does", async () => {
  await at("ben", "POST", "/api/agents/ben/not-ready");
  const { call } = JSON.parse((await at("ana", "POST", "/api/agents/ana/dial", { to: "1002" })).body) as {
    call: string;
  };
  place().tell({ type: "call.answered", call });
  const offer = place().engine.call(call)?.offers[0]?.id ?? "";
  place().tell({ type: "offer.answered", call, offer });
  place().tell({ type: "call.connected", call, offer });
  expect((await at("ana", "POST", `/api/calls/${call}/hold`)).status).toBe(200);
  expect(await read("ana", "/api/calls")).toMatchObject([{ dialler: "ben", from: "1002", party: { agent: "ana" } }]);
  place().tell({ type: "call.parted", call, offer: `${call}/1`, parted: true });
  expect((await at("ben", "POST", `/api/calls/${call}/retrieve`)).status).toBe(409);
  // He is held himself, and holds nobody.
  const refused = await at("ben", "POST", `/api/calls/${call}/hold`);
  expect([refused.status, JSON.parse(refused.body)]).toEqual([
    409,
    { code: "you_are_held", error: "it is you who is held: who holds you takes you back" },
  ]);
  expect((await at("ana", "POST", `/api/calls/${call}/hold`)).status).toBe(200);
  expect((await at("ana", "POST", `/api/calls/${call}/transfer`, { to: "Sales" })).status).toBe(200);
});

test("people see only what is theirs", async () => {
  talks("c1");
  calls("c2");
  const [ana, ben, sue] = await Promise.all(
    (["ana", "ben", "sue"] as const).map((who) => read<CallRow[]>(who, "/api/calls")),
  );
  expect(ana?.map(({ id, data }) => [id, data])).toEqual([["c1", { topic: "cards", card: "•••" }]]);
  expect(ben?.map(({ id, data, from }) => [id, data, from])).toEqual([["c2", {}, "+34600000001"]]);
  expect(sue?.map(({ id }) => id)).toEqual(["c1", "c2"]);
  const others = await read<AgentRow[]>("ben", "/api/agents");
  expect(others.find(({ id }) => id === "ana")).toEqual({
    id: "ana",
    name: "Ana",
    kind: "agent",
    extension: "1001",
    state: "talking",
    since: expect.any(String),
    reasons: [],
    device: "ana",
    claims: [],
  });
});

describe("previews", () => {
  interface Shown {
    id: string;
    agent: string;
    outcome?: string;
  }
  const shownTo = async (who: Name) => (await read<Shown[]>(who, "/api/previews"))[0];
  const answer = (who: Name, id: string, does: string) =>
    at(who, "POST", `/api/previews/${encodeURIComponent(id)}/${does}`);

  test("row 3.14: one accepts, the other learns that somebody else has it, and nobody answers for another", async () => {
    calls("p1", "6000");
    const [ana, ben] = [await shownTo("ana"), await shownTo("ben")];
    expect(ana).toMatchObject({
      agent: "ana",
      showing: { topic: "cards" },
      until: new Date(place().now + 20_000).toISOString(),
    });
    expect(await read("sue", "/api/previews")).toHaveLength(2);
    expect((await answer("ben", ana?.id ?? "", "accept")).status).toBe(404);
    expect((await answer("sue", ana?.id ?? "", "accept")).status).toBe(404);
    const taken = await answer("ana", ana?.id ?? "", "accept");
    expect([taken.status, (JSON.parse(taken.body) as Shown).outcome]).toEqual([200, "accepted"]);
    const late = await answer("ben", ben?.id ?? "", "accept");
    expect([late.status, JSON.parse(late.body)]).toEqual([
      409,
      { error: "somebody else has taken it", code: "too_late", outcome: "answered_elsewhere" },
    ]);
    expect((await answer("ana", ana?.id ?? "", "accept")).status).toBe(409);
    // The newest first.
    expect((await read<Shown[]>("sue", "/api/previews/latest")).map(({ agent, outcome }) => [agent, outcome])).toEqual([
      ["ben", "answered_elsewhere"],
      ["ana", "accepted"],
    ]);
    expect((await at("sue", "GET", "/api/previews/export")).body.split("\r\n")).toEqual([
      "id,call,agent,mode,offeredAt,until,outcome,responseMs",
      expect.stringMatching(/^p1\/1,p1,ana,all at once,.*,accepted,\d+$/),
      expect.stringMatching(/^p1\/2,p1,ben,all at once,.*,answered_elsewhere,\d+$/),
      "",
    ]);
  });

  test("row 3.7: fifty people accept one call at once: one has it, forty-nine learn so", async () => {
    const names = Array.from({ length: 50 }, (_, nth) => `w${nth}`);
    const tokenOf = (name: string): string => `${name}-0123456789abcdef012345`;
    const crowd = await openDesk(
      {},
      {},
      {
        secrets: Object.fromEntries(names.map((name) => [name.toUpperCase(), tokenOf(name)])),
        strategy: `strategy "s" { entry "6000"  default route to group Everyone
          preview to top 50 of group Everyone for 20s { all at once  on accepted(w) { ring w for 10s } } hangup }`,
        directory: `directory: 1\nsite: { name: s, zone: UTC, country: ES, languages: [en] }\nagents:\n${names
          .map(
            (name, nth) =>
              `  ${name}: { extension: "${2000 + nth}", login: { token: { env: ${name.toUpperCase()} } } }`,
          )
          .join("\n")}\n`,
      },
    );
    const { address } = crowd.desk;
    const heard = await Promise.all(
      names.map((name) =>
        listen(address, "/api/events", { "sec-websocket-protocol": `cordboard.v1, bearer.${tokenOf(name)}` }),
      ),
    );
    for (const agent of names) crowd.tell({ type: "agent.claimed", agent, source: "registration" });
    crowd.tell({ type: "call.arrived", call: "p9", from: "1", to: "6000" });
    const mine = (each: (typeof heard)[number], type: string) =>
      "messages" in each ? each.messages.find((message) => message["type"] === type) : undefined;
    await expect.poll(() => heard.filter((each) => mine(each, "preview.offered")).length).toBe(50);
    const answers = await Promise.all(
      heard.map((each, nth) =>
        ask(
          address,
          "POST",
          `/api/previews/${encodeURIComponent(String(mine(each, "preview.offered")?.["preview"]))}/accept`,
          {
            headers: { authorization: `Bearer ${tokenOf(names[nth] ?? "")}` },
          },
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const others = answers.filter(({ status, body }) => status === 409 && body.includes("answered_elsewhere"));
    expect(others).toHaveLength(49);
    await expect.poll(() => heard.filter((each) => mine(each, "preview.ended")).length).toBe(50);
    const won = heard.filter((each) => mine(each, "preview.ended")?.["outcome"] === "accepted");
    expect(won).toHaveLength(1);
    for (const each of heard) if ("end" in each) each.end();
    await crowd.desk.stop();
  });

  test("row 3.10: declined, and gone with the caller", async () => {
    calls("p2", "7000");
    const first = await shownTo("ana");
    expect(await shownTo("ben")).toBeUndefined();
    expect((await answer("ana", first?.id ?? "", "decline")).status).toBe(200);
    const second = await shownTo("ben");
    place().tell({ type: "call.gone", call: "p2" });
    const late = await answer("ben", second?.id ?? "", "accept");
    expect([late.status, JSON.parse(late.body)]).toEqual([
      409,
      { error: "the caller has hung up", code: "too_late", outcome: "caller_gone" },
    ]);
  });
});

test.each(["5000", "6000"])(
  "what the strategy shows of a call stays from the first ring to the end: %s",
  async (to) => {
    calls("c1", to);
    const shown = async (who: Name) =>
      (await read<CallRow[]>(who, "/api/calls")).map(({ showing, data }) => [showing, Object.keys(data)]);
    const [topic, all] = [{ topic: "cards" }, ["topic", "card"]];
    if (to === "6000") {
      // Shown, and rung by a `ring` that says nothing of its own.
      expect([await shown("ana"), await shown("run")]).toEqual([[[topic, []]], [[topic, all]]]);
      const [preview] = await read<{ id: string }[]>("ana", "/api/previews");
      await at("ana", "POST", `/api/previews/${encodeURIComponent(preview?.id ?? "")}/accept`);
    }
    // To the run's own token, and to who needs none on this machine, as to whom it rings for.
    expect([await shown("ana"), await shown("run")]).toEqual([[[topic, []]], [[topic, all]]]);
    const offer = place().engine.call("c1")?.offers[0]?.id ?? "";
    place().tell({ type: "offer.answered", call: "c1", offer });
    place().tell({ type: "call.connected", call: "c1", offer });
    expect([await shown("ana"), await shown("run")]).toEqual([[[topic, all]], [[topic, all]]]);
  },
);

describe("records by WebSocket", () => {
  const open = async (who: Name, query = ""): Promise<Listening> => {
    const protocols = { "sec-websocket-protocol": `cordboard.v1, bearer.${tokens[who]}` };
    const heard = await listen(place().desk.address, `/api/events${query}`, protocols);
    if (!("messages" in heard)) throw new Error(heard.body);
    return heard;
  };
  const types = ({ messages }: Listening) => messages.map(({ type }) => type).slice(1);
  const until = async (heard: Listening, type: string): Promise<void> => {
    await expect.poll(() => types(heard)).toContain(type);
  };

  test("an agent is told of what names him, and all of a call once he talks", async () => {
    const [ana, ben, sue] = [await open("ana"), await open("ben"), await open("sue")];
    talks("w1");
    place().tell({ type: "party.gone", call: "w1", offer: "w1/1" });
    await until(sue, "call.ended");
    await until(ana, "call.ended");
    place().tell({ type: "agent.claimed", agent: "ben", source: "desk", state: "not_ready" });
    await until(ben, "agent.state");
    expect(types(ben)).toEqual(["agent.state"]);
    expect(types(ana)).toEqual([
      "offer.made",
      "agent.state",
      "offer.ended",
      "agent.state",
      "call.connected",
      "agent.state",
      "call.ended",
    ]);
    for (const each of [ana, ben, sue]) each.end();
  });

  test("who comes back is told what he missed, and nothing of others", async () => {
    const first = await open("ana");
    await expect.poll(() => first.messages.length).toBe(1);
    const since = Number(first.messages[0]?.["next"]) - 1;
    first.end();
    talks("w2");
    const back = await open("ana", `?since=${since}&run=r1`);
    await until(back, "call.connected");
    expect(types(back)).not.toContain("call.queued");
    back.end();
  });

  test("a token that the directory takes back ends the connection", async () => {
    const ana = await open("ana");
    const ben = await open("ben");
    place().rehouse({ ...house, secrets: { ...house.secrets, ANA: "another-0123456789abcdef" } });
    expect(await ana.closed).toEqual({ code: 4001, reason: "this token is not taken any more" });
    expect((await at("ana", "GET", "/api/me")).status).toBe(401);
    place().tell({ type: "agent.claimed", agent: "ben", source: "desk", state: "not_ready" });
    await until(ben, "agent.state");
    ben.end();
    place().rehouse(house);
  });
});

test("of one person a hundred streams are open at once, however many he asks for; whoever goes makes room, and others have theirs", async () => {
  const wide = await openDesk({ token: tokens.run, allowance: { atOnce: 1e6, aSecond: 1 } }, {}, house);
  const open = async (who: Name): Promise<Listening> => {
    const heard = await listen(wide.desk.address, "/api/events", {
      "sec-websocket-protocol": `cordboard.v1, bearer.${tokens[who]}`,
    });
    if ("status" in heard) throw new Error(heard.body);
    return heard;
  };
  const hers: Listening[] = [];
  for (let nth = 0; nth < 100; nth++) hers.push(await open("ana"));
  const tooMany = await open("ana");
  expect(await tooMany.closed).toEqual({ code: 4029, reason: "too many streams are open" });
  expect(tooMany.messages).toEqual([]);
  const bens = await open("ben");
  await expect.poll(() => bens.messages.length).toBe(1);
  hers.pop()?.end();
  await expect
    .poll(async () => {
      const again = await open("ana");
      hers.push(again);
      await Promise.race([again.closed, new Promise((resolve) => setTimeout(resolve, 20))]);
      return again.messages.length;
    })
    .toBe(1);
  for (const each of [...hers, bens]) each.end();
  await wide.desk.stop();
});

test("whoever closes his desk is gone after a while, and back when he opens it", async () => {
  const quick = await openDesk({ token: tokens.run, graceMs: 10 }, {}, house);
  quick.tell({ type: "agent.claimed", agent: "ana", source: "registration" });
  const open = (query = "?agent=ana", who: Name = "ana") =>
    listen(quick.desk.address, `/api/events${query}`, {
      "sec-websocket-protocol": `cordboard.v1, bearer.${tokens[who]}`,
    });
  const first = await open();
  const second = await open();
  if (!("end" in first) || !("end" in second)) throw new Error("refused");
  const ana = () => [quick.engine.agent("ana")?.state, quick.engine.agent("ana")?.reasons];
  first.end();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(ana()).toEqual(["ready", []]);
  // A program with his token, and a supervisor who names him, are no desk of his.
  const others = [await open(""), await open("?agent=ana", "sue")];
  second.end();
  await expect.poll(ana).toEqual(["offline", ["desk closed"]]);
  for (const other of others) if ("end" in other) other.end();
  const third = await open();
  await expect.poll(ana).toEqual(["ready", []]);
  if ("end" in third) third.end();
  await quick.desk.stop();
});

test("whoever asks too much waits, others do not; guesses are fewer still", async () => {
  const strict = await openDesk({ token: tokens.run, allowance: { atOnce: 5, aSecond: 0 } }, {}, house);
  const ask5 = async (token: string, times: number): Promise<number[]> => {
    const found: number[] = [];
    for (let nth = 0; nth < times; nth++) {
      const headers = { authorization: `Bearer ${token}` };
      found.push((await ask(strict.desk.address, "GET", "/api/me", { headers })).status);
    }
    return found;
  };
  expect(await ask5(tokens.ana, 7)).toEqual([200, 200, 200, 200, 200, 429, 429]);
  expect(await ask5(tokens.ben, 1)).toEqual([200]);
  const guesses = await ask5("forged-0123456789abcdef", 80);
  expect([guesses[0], guesses.includes(429)]).toEqual([401, true]);
  // From the same address, as all do behind one proxy.
  expect(await ask5(tokens.ben, 1)).toEqual([200]);
  for (let nth = 0; nth < 80; nth++) expect((await ask(strict.desk.address, "GET", "/api/me")).status).toBe(401);
  expect(await ask5(tokens.sue, 1)).toEqual([200]);
  await strict.desk.stop();
});

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Attending } from "../attending.ts";
import { Theirs } from "../theirs.ts";
import { type Answer, ask } from "./client.ts";
import { type DeskPlace, type House, openDesk } from "./place.ts";

const token = (who: string): string => `${who}-0123456789abcdef0123`;
const house: House = {
  secrets: { ANA: token("ana"), SUE: token("sue") },
  strategy: `strategy "s" { entry "5000" default route to group Sales answer ring agent ana for 20s hangup }`,
  directory: `directory: 1
site: { name: shop, country: ES }
defaults: { outbound: { "*": [lines], "+44*": [spare] } }
groups: { Sales: { members: [ana] } }
agents:
  ana: { extension: "1", login: { token: { env: ANA } } }
  sue: { extension: "3", supervisor: yes, login: { token: { env: SUE } } }
trunks: { pstn: { to: "sip:gw.example" }, spare: { to: "sip:gw2.example" } }
trunk_groups: { lines: { trunks: [pstn, spare] } }
`,
};

let place: DeskPlace;
let asked: unknown[];
let outcome: "attending" | "busy" | undefined;
const attending: Attending = {
  attend(call, invitation) {
    asked.push([call, invitation]);
    return outcome && Promise.resolve(outcome);
  },
  dismissGuest: (_call, who) => who === "sue",
};
beforeAll(async () => {
  place = await openDesk({ token: token("run"), attending, allowance: { atOnce: 100_000, aSecond: 1 } }, {}, house);
});
afterAll(() => place.desk.stop());
beforeEach(() => {
  asked = [];
  outcome = "attending";
  place.renew();
  place.tell({ type: "call.arrived", call: "A", from: "+34600", to: "5000" });
});

const post = async (who: string, path: string, body?: object): Promise<[number, string]> => {
  const answer: Answer = await ask(place.desk.address, "POST", `/api/calls/${path}`, {
    headers: { authorization: `Bearer ${token(who)}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return [answer.status, answer.body];
};

const sue = { kind: "agent", agent: "sue", device: "sue" };

test.each([
  ["monitor", false],
  ["barge", true],
])("a supervisor may %s, with his own phone or another's", async (does, speaks) => {
  expect(await post("sue", `A/${does}`)).toEqual([200, '{"outcome":"attending"}']);
  expect(await post("run", `A/${does}`, { agent: "sue" })).toEqual([200, '{"outcome":"attending"}']);
  const invited = { party: { ...sue, device: place.engine.agent("sue")?.device }, from: "+34600", speaks };
  expect(asked).toEqual([
    ["A", invited],
    ["A", invited],
  ]);
});

test.each<[string, string, object | undefined, number]>([
  ["ana", "A/monitor", undefined, 403],
  ["ana", "A/dismiss", { who: "sue" }, 403],
  ["ana", "A/conference", { to: "sue" }, 403],
  ["run", "A/monitor", undefined, 400],
  ["sue", "B/monitor", undefined, 404],
  ["run", "A/barge", { agent: "nobody" }, 404],
  ["sue", "A/dismiss", { who: "ana" }, 404],
  ["sue", "A/conference", {}, 400],
])("%s is refused %s with %j: %d", async (who, path, body, status) => {
  expect((await post(who, path, body))[0]).toBe(status);
  expect(asked).toEqual([]);
});

test.each([
  ["+34910000000", ["pstn", "spare"]],
  ["+442070000000", ["spare"]],
])("another is asked to join, by the trunks of the route of %s where he is none of ours", async (number, trunks) => {
  await post("sue", "A/conference", { to: number });
  const party = { kind: "number", number, trunks };
  expect(asked).toEqual([["A", { party, from: "+34600", speaks: true }]]);
});

test("who talks cannot find out that somebody listens, nor have him heard: he is as one who is on the phone", async () => {
  place.tell({ type: "agent.claimed", agent: "ana", source: "registration" });
  place.tell({ type: "call.arrived", call: "T", from: "+34600", to: "5000" });
  place.tell({ type: "call.answered", call: "T" });
  place.tell({ type: "offer.answered", call: "T", offer: "T/1" });
  place.tell({ type: "call.connected", call: "T", offer: "T/1" });
  const busy = [409, '{"error":"his phone: busy","code":"not_reached","outcome":"busy"}'];
  const listens = (state: "listens" | "talks"): void =>
    place.tell({ type: "guest.changed", call: "T", who: "sue", state });
  outcome = "busy";
  expect(await post("ana", "T/conference", { to: "3" })).toEqual(busy);
  expect(asked.splice(0)).toHaveLength(1);
  outcome = "attending";
  listens("listens");
  for (const to of ["sue", "3"]) expect(await post("ana", "T/conference", { to })).toEqual(busy);
  expect(asked).toEqual([]);
  expect((await post("sue", "T/conference", { to: "sue" }))[0]).toBe(200);
  listens("talks");
  expect((await post("ana", "T/conference", { to: "sue" }))[0]).toBe(200);
});

test("what it did not come to is told", async () => {
  outcome = "busy";
  expect(await post("sue", "A/barge")).toEqual([
    409,
    '{"error":"his phone: busy","code":"not_reached","outcome":"busy"}',
  ]);
  outcome = undefined;
  expect((await post("sue", "A/barge"))[0]).toBe(409);
  expect((await post("sue", "A/dismiss", { who: "sue" }))[0]).toBe(204);
});

test("those who are listened to are not told", () => {
  const changed = { type: "guest.changed", call: "A", who: "sue", state: "listens" } as const;
  expect(new Theirs().of({ ...changed, at: 1, seq: 1 })).toEqual([]);
});

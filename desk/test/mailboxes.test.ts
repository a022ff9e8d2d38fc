import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createMessages, type Messages } from "../../runtime/node/index.ts";
import { Theirs } from "../theirs.ts";
import { type Answer, ask } from "./client.ts";
import { type DeskPlace, type House, openDesk } from "./place.ts";

const token = (who: string): string => `${who}-0123456789abcdef0123`;
const house: House = {
  secrets: { ANA: token("ana"), BEN: token("ben"), SUE: token("sue") },
  strategy: `strategy "s" { entry "5000" default route to group Sales hangup }`,
  directory: `directory: 1
site: { name: shop }
groups: { Sales: { members: [ana] } }
agents:
  ana: { extension: "1", login: { token: { env: ANA } } }
  ben: { extension: "2", login: { token: { env: BEN } } }
  sue: { extension: "3", supervisor: yes, login: { token: { env: SUE } } }
trunks: { pbx: { to: "sip:pbx.example" } }
mailboxes: { sales: { owner: group Sales }, ben's: { owner: agent ben }, far: { owner: agent ana, on: pbx, deposit: "2000" } }
`,
};

const folder = mkdtempSync(join(tmpdir(), "desk-mailboxes-"));
let place: DeskPlace;
let messages: Messages;
let id = "";
beforeAll(async () => {
  messages = createMessages({ folder, changed: () => undefined, failed: () => undefined });
  place = await openDesk({ token: token("run"), messages, allowance: { atOnce: 100_000, aSecond: 1 } }, {}, house);
});
afterAll(async () => {
  await place.desk.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  const draft = await messages.begin({ mailbox: "sales", call: "c1", from: "+34600", to: "5000" });
  writeFileSync(draft.file, "sound");
  await draft.keep(2500);
  id = (await messages.list("sales")).at(-1)?.id ?? "";
});
afterEach(async () => {
  for (const message of await messages.list("sales")) await messages.remove("sales", message.id);
});

const at = (who: string, method: string, path: string, body?: object): Promise<Answer> =>
  ask(place.desk.address, method, `/api/mailboxes${path}`, {
    headers: { authorization: `Bearer ${token(who)}`, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
const read = async (who: string, path = ""): Promise<unknown> => JSON.parse((await at(who, "GET", path)).body);

const sales = (fresh: number, old: number) => ({ mailbox: "sales", owner: "group Sales", new: fresh, old });
const bens = { mailbox: "ben's", owner: "agent ben", new: 0, old: 0 };

test.each([
  ["ana", [sales(1, 0)]],
  ["ben", [bens]],
  ["sue", [sales(1, 0), bens]],
  ["run", [sales(1, 0), bens]],
])("%s sees what is for him, and none that others keep", async (who, seen) => {
  expect(await read(who)).toEqual(seen);
});

test("at a desk that is opened as somebody stands what is his, also without a token", async () => {
  expect([await read("run", "?agent=ben"), await read("sue", "?agent=ana"), await read("ben", "?agent=ana")]).toEqual([
    [bens],
    [sales(1, 0)],
    [],
  ]);
});

test("a message is listed, heard, and removed", async () => {
  expect(await read("ana", "/sales")).toMatchObject([{ id, from: "+34600", lengthMs: 2500, heard: false }]);
  const sound = await at("ana", "GET", `/sales/${id}/sound`);
  expect([sound.status, sound.headers["content-type"], sound.body]).toEqual([200, "audio/wav", "sound"]);
  expect((await at("ana", "POST", `/sales/${id}/heard`)).body).toBe('{"heard":true}');
  expect(await read("ana")).toEqual([sales(0, 1)]);
  await at("ana", "POST", `/sales/${id}/heard`, { heard: false });
  expect(await read("ana")).toEqual([sales(1, 0)]);
  expect((await at("ana", "DELETE", `/sales/${id}`)).status).toBe(204);
  expect(await read("ana", "/sales")).toEqual([]);
});

test("a message whose sound has just gone is not found", async () => {
  rmSync((await messages.fileOf("sales", id)) ?? "");
  expect((await at("ana", "GET", `/sales/${id}/sound`)).status).toBe(404);
});

test.each([
  ["GET", ""],
  ["GET", "/ID/sound"],
  ["POST", "/ID/heard"],
  ["DELETE", "/ID"],
])("%s /sales%s is refused to whom it is not for; what is not there is not found", async (method, path) => {
  const real = path.replace("ID", id);
  expect((await at("ben", method, `/sales${real}`)).status).toBe(403);
  expect((await at("sue", method, `/far${real}`)).status).toBe(404);
  expect((await at("sue", method, `/nowhere${real}`)).status).toBe(404);
  if (path) expect((await at("ana", method, `/sales${path.replace("ID", "..%2Fsecret")}`)).status).toBe(404);
  expect(await read("sue", "/sales")).toHaveLength(1);
});

test("how many messages wait is told to whom the mailbox is for", () => {
  const status = { mailbox: "sales", waiting: true, new: 1, old: 0, agents: ["ana"], at: 1, seq: 1 };
  expect(new Theirs().of({ type: "mailbox.status", ...status })).toEqual(["ana"]);
});

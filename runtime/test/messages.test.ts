import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createMessages, type Messages } from "../node/index.ts";

let folder: string;
let told: unknown[];
let messages: Messages;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "messages-"));
  told = [];
  messages = createMessages({
    folder: join(folder, "mailboxes"),
    changed: (mailbox, counts) => told.push([mailbox, counts.new, counts.old]),
    failed: (file) => told.push(["failed", file.slice(folder.length)]),
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

const about = { mailbox: "own", call: "c1", from: "+34600", to: "5000" };

async function leave(more: Partial<typeof about> & { subject?: string } = {}): Promise<string> {
  const draft = await messages.begin({ ...about, ...more });
  writeFileSync(draft.file, "sound");
  await draft.keep(2500);
  return (await messages.list(more.mailbox ?? "own")).at(-1)?.id ?? "";
}

it("a message is there once it is kept, with what is known of it", async () => {
  expect(await messages.list("own")).toEqual([]);
  const draft = await messages.begin(about);
  writeFileSync(draft.file, "sound");
  expect(await messages.list("own")).toEqual([]);
  await draft.keep(2500);
  const [message] = await messages.list("own");
  expect(message).toMatchObject({ ...about, lengthMs: 2500, heard: false });
  expect(await messages.fileOf("own", message?.id ?? "")).toBe(draft.file);
  expect(told).toEqual([["own", 1, 0]]);
});

it("what is not kept leaves nothing", async () => {
  const draft = await messages.begin(about);
  writeFileSync(draft.file, "sound");
  await draft.discard();
  expect(readdirSync(join(folder, "mailboxes/own"))).toEqual([]);
  expect(told).toEqual([]);
});

it("what was being left when a run died is in its mailbox with the next one, unless it was too short for a message", async () => {
  const [long, short] = [await messages.begin(about), await messages.begin({ ...about, call: "c2" })];
  writeFileSync(long.file, Buffer.alloc(44 + 16 * 2500));
  writeFileSync(short.file, Buffer.alloc(44 + 16 * 900));
  await messages.begin({ ...about, call: "c3" }); // nothing was said
  writeFileSync(join(folder, "mailboxes/own/broken.begun"), "{");
  expect(await messages.recover()).toEqual([{ mailbox: "own", new: 1, old: 0 }]);
  expect(await messages.list("own")).toMatchObject([{ ...about, lengthMs: 2500, heard: false }]);
  expect(told).toEqual([["failed", "/mailboxes/own/broken.begun"]]);
  const left = readdirSync(join(folder, "mailboxes/own")).map((name) => name.replace(/^\d.*\./, ""));
  expect(left.toSorted()).toEqual(["broken.begun", "json", "wav"]);
});

it("heard and removed messages are counted, and each change is told once", async () => {
  const first = await leave();
  const second = await leave({ subject: "again" });
  expect(await messages.mark("own", first, true)).toBe(true);
  expect(await messages.mark("own", first, true)).toBe(true);
  expect(await messages.remove("own", second)).toBe(true);
  expect(await messages.remove("own", second)).toBe(false);
  expect(await messages.fileOf("own", second)).toBeUndefined();
  expect(told).toEqual([
    ["own", 1, 0],
    ["own", 2, 0],
    ["own", 1, 1],
    ["own", 0, 1],
  ]);
});

it("a mailbox that is full takes none until one is removed, the others do", async () => {
  const small = createMessages({ folder: join(folder, "mailboxes"), changed() {}, failed() {}, most: 2 });
  const first = await leave();
  await leave();
  await expect(small.begin(about)).rejects.toThrow("the mailbox is full: it has 2 messages");
  await small.begin({ ...about, mailbox: "other" });
  await small.remove("own", first);
  await small.begin(about);
});

it("two who mark and remove one message at once leave no half of it", async () => {
  for (let nth = 0; nth < 20; nth++) {
    const id = await leave();
    const marks = [1, 2, 3].map((turn) => messages.mark("own", id, turn !== 2));
    const removals = [1, 2].map(() => messages.remove("own", id));
    const done = await Promise.all([...marks, ...removals, messages.mark("own", id, true)]);
    expect(done).toEqual([true, true, true, true, false, false]);
  }
  expect(readdirSync(join(folder, "mailboxes/own"))).toEqual([]);
  expect(told.at(-1)).toEqual(["own", 0, 0]);
});

it("names of mailboxes and messages lead nowhere else", async () => {
  const id = await leave({ mailbox: "../own" });
  expect(readdirSync(folder)).toEqual(["mailboxes"]);
  expect((await messages.list("../own")).map((message) => message.id)).toEqual([id]);
  mkdirSync(join(folder, "mailboxes/own"));
  writeFileSync(join(folder, "secret.json"), "{}");
  for (const wrong of ["../../secret", "", ".", `../${id}`]) {
    expect(await messages.fileOf("own", wrong)).toBeUndefined();
    expect(await messages.remove("own", wrong)).toBe(false);
  }
});

it("notes that cannot be read are told, and the others stay", async () => {
  const id = await leave();
  writeFileSync(join(folder, "mailboxes/own/20260101T000000000Z-00000000.json"), "{");
  expect((await messages.list("own")).map((message) => message.id)).toEqual([id]);
  expect(told.at(-1)).toEqual(["failed", "/mailboxes/own/20260101T000000000Z-00000000.json"]);
});

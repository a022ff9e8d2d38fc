import { afterEach, expect, test } from "vitest";
import type { Loading, SiteText } from "../index.ts";
import { ask } from "./client.ts";
import { type DeskPlace, files, openDesk } from "./place.ts";

/* The texts that run, to read and to change. */

let place: DeskPlace;
afterEach(() => place.desk.stop());

const loaded: SiteText[][] = [];
const opened = async (loading?: Loading | "changed meanwhile") => {
  loaded.length = 0;
  const load = async (strategies: SiteText[]) => {
    loaded.push(strategies);
    return loading ?? { findings: [] };
  };
  place = await openDesk({}, loading ? { load } : {});
};
const post = async (body: unknown) => {
  const headers = { "content-type": "application/json" };
  const { status, body: text } = await ask(place.desk.address, "POST", "/api/site", {
    headers,
    body: JSON.stringify(body),
  });
  return { status, answer: JSON.parse(text) as Record<string, unknown> };
};
const changed = { path: "s.strategy", text: "strategy…" };

test("the texts that run, by the hash that calls name", async () => {
  await opened();
  const { body } = await ask(place.desk.address, "GET", "/api/site");
  expect(JSON.parse(body)).toEqual({ program: "p1", files, mayLoad: false });
});

const finding = { code: "S101", severity: "error" as const, message: "m", path: "s.strategy", line: 1, column: 1 };
const many = Array.from({ length: 501 }, () => changed);
test.each<[string, Loading | undefined, unknown, number, string]>([
  ["where nobody may load", undefined, { program: "p1", files: [changed] }, 403, "--allow-load"],
  [
    "what was changed is no longer what runs",
    { findings: [] },
    { program: "p0", files: [changed] },
    409,
    "read them again",
  ],
  [
    "another directory",
    { findings: [] },
    { program: "p1", files: [{ path: "directory.yaml", text: "x" }] },
    422,
    "`directory.yaml`",
  ],
  [
    "a file of another kind",
    { findings: [] },
    { program: "p1", files: [{ path: "/etc/passwd", text: "x" }] },
    422,
    "no strategy",
  ],
  [
    "a text with an error",
    { refused: "1 error", findings: [finding] },
    { program: "p1", files: [changed] },
    422,
    "1 error",
  ],
  ["no files", { findings: [] }, { program: "p1", files: [] }, 400, "files"],
  ["too many files", { findings: [] }, { program: "p1", files: many }, 400, "files"],
  ["a text that is none", { findings: [] }, { program: "p1", files: [{ path: "a.strategy", text: 7 }] }, 400, "string"],
  [
    "a path with a line end",
    { findings: [] },
    { program: "p1", files: [{ path: "a\n.strategy", text: "" }] },
    400,
    "pattern",
  ],
  ["more than it has to say", { findings: [] }, { program: "p1", files: [changed], force: true }, 400, "additional"],
  [
    "five megabytes",
    { findings: [] },
    { program: "p1", files: [{ path: "a.strategy", text: "x".repeat(5e6) }] },
    413,
    "large",
  ],
])("%s: refused, with what to do", async (_what, loading, body, status, says) => {
  await opened(loading);
  const { status: got, answer } = await post(body);
  expect([got, answer["error"]]).toEqual([status, expect.stringContaining(says)]);
  expect(answer["findings"] ?? []).toEqual(status === 422 && loading?.refused ? loading.findings : []);
  expect(loaded.length).toBe(loading?.refused ? 1 : 0);
});

test("strategies are loaded, beside a directory that is as it was", async () => {
  const warning = { ...finding, severity: "warning" as const };
  await opened({ findings: [warning] });
  const { status, answer } = await post({ program: "p1", files: [files[0], changed] });
  expect([status, answer, loaded]).toEqual([200, { program: "p1", findings: [warning] }, [[changed]]]);
});

test("others are loaded while these wait for their turn: refused, and to be read again", async () => {
  await opened("changed meanwhile");
  const { status, answer } = await post({ program: "p1", files: [changed] });
  expect([status, answer["code"]]).toEqual([409, "changed_meanwhile"]);
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cordboard, root } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "cordboard-simulate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const traffic = `
traffic "morning" for "first call" {
  during 08:00..10:00
  seed 7
  replications 3
  calls 60 per hour to "5000"
  talk lognormal mean 190s sd 220s
  patience weibull mean 4m shape 0.8
  agents 4 with helpdesk 7
  target 80% within 20s
}
`;

/** The first example with traffic of its own, and perhaps changed. */
function site(name: string, change: (text: string) => string = (text) => text): string {
  const copy = join(folder, name);
  cpSync(join(root, "examples/first-call"), copy, { recursive: true });
  const file = join(copy, "first-call.strategy");
  const [strategies = ""] = readFileSync(file, "utf8").split(/^traffic /m);
  writeFileSync(file, change(strategies + traffic));
  return copy;
}

describe("simulate", { timeout: 60_000 }, () => {
  const one = site("one");

  it("tells how callers and agents fare, with what is sure of it", async () => {
    const { code, stdout, stderr } = await cordboard(["simulate", one]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^morning: strategy "first call", 3 days of 1\d\d(\.\d)? ± /);
    expect(stdout).toMatch(/queue Helpdesk\n {2}calls .* ± /);
    expect(stdout).toMatch(/answered within 20 s +\d+\.\d % ± /);
    expect(stdout).toMatch(/the target of 80\.0 % within 20 s is (met|missed)/);
  });

  it("gives the same for the same seed, and can take another", async () => {
    const runs = await Promise.all(
      [[], [], ["--seed", "8"]].map((more) => cordboard(["simulate", one, "--format", "json", ...more])),
    );
    const [first, again, other] = runs.map(({ stdout }) => stdout);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it("compares two strategies on the same callers, on a page that needs nothing else", async () => {
    const shorter = site("shorter", (text) => text.replace(/give up after \S+/, "give up after 15s"));
    const page = join(folder, "page.html");
    const { code, stdout } = await cordboard(["simulate", one, "--compare", shorter, "--html", page]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/first +second +difference/);
    expect(stdout).toMatch(/calls .* 0 ± 0\n/);
    const html = readFileSync(page, "utf8");
    expect(html).toContain("Queue Helpdesk");
    expect(html.replaceAll(/<script>[\s\S]*?<\/script>/g, "")).not.toMatch(/src=|href=|url\(/);
  });

  it("says so when it cannot write the page", async () => {
    const page = join(folder, "nowhere", "page.html");
    const { code, stderr } = await cordboard(["simulate", one, "--replications", "1", "--html", page]);
    expect(code).toBe(2);
    expect(stderr).toContain(`cannot write ${page}`);
  });

  it("plays recorded calls", async () => {
    const calls = join(folder, "calls.csv");
    writeFileSync(
      calls,
      'at,from,talk,tier\n08:00:00,+34600000001,30,gold\n2026-11-20 08:05,"+34600000002",60,\n29400,,,\n',
    );
    const args = ["simulate", one, "--calls", calls, "--replications", "1", "--format", "json"];
    const { stdout, stderr } = await cordboard(args);
    expect(stderr).toContain(`${calls}: \`tier\` goes to \`call.data\``);
    const [report] = JSON.parse(stdout) as {
      first: { calls: { mean: number }; dispositions: Record<string, unknown> };
    }[];
    expect(report?.first.calls).toEqual({ mean: 3 });
    expect(report?.first.dispositions).toEqual({ answered: { mean: 3 } });
  });

  it("fails a missed target only where it is asked to", async () => {
    const few = site("few", (text) => text.replace("agents 4 with", "agents 1 with"));
    expect((await cordboard(["simulate", few])).code).toBe(0);
    expect((await cordboard(["simulate", few, "--assert"])).code).toBe(1);
  });

  it("says what it cannot do", async () => {
    const empty = join(folder, "empty.csv");
    writeFileSync(empty, "from,to\n1,2\n");
    const none = site("none", (text) => text.split(/^traffic /m)[0] ?? "");
    const wrong: [string[], RegExp][] = [
      [["simulate", one, "--traffic", "evening"], /no traffic block is called "evening"; there are "morning"/],
      [["simulate", none], /there is no traffic block/],
      [["simulate", one, "--calls", empty], /no column `at`/],
      [["simulate", one, "--calls", join(folder, "gone.csv")], /cannot read/],
    ];
    for (const [args, message] of wrong) {
      const { code, stderr } = await cordboard(args);
      expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
    }
  });
});

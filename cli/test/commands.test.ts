import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { cordboard, ended, folder, root, start } from "./command.ts";

const directory = readFileSync(join(root, "examples/first-call/directory.yaml"), "utf8");
const sound = readFileSync(join(root, "examples/first-call/first-call.strategy"), "utf8");
const broken = `strategy "broken" {
  entry "5000"
  default route to group Helpdesk
  answer
  play "welcome"
  queue Helpdesk {
    ring for 15
    at 0s group Helpdisk
    give up after 1m30
  }
  voicemail to mailbox helpdsk
}
`;

/** Of the examples, those that have a directory. */
const sites = readdirSync(join(root, "examples"))
  .map((name) => `examples/${name}`)
  .filter((path) => existsSync(join(root, path, "directory.yaml")))
  .toSorted();

const good = folder({ "a.strategy": sound, "directory.yaml": directory });
const bad = folder({ "a.strategy": broken, "directory.yaml": directory });
afterAll(() => {
  good.remove();
  bad.remove();
});

describe("check", () => {
  test("a sound example has no findings", async () => {
    const { code, stdout } = await cordboard(["check", "examples/first-call"]);
    expect(stdout).toBe("no findings\n");
    expect(code).toBe(0);
  });

  test("a broken file gives several findings with line, caret and hint, and exit 1", async () => {
    const { code, stdout } = await cordboard(["check", bad.path]);
    expect(code).toBe(1);
    const places = [...stdout.matchAll(/a\.strategy:(\d+):\d+/g)].map((match) => match[1]);
    expect(new Set(places).size).toBeGreaterThanOrEqual(3);
    expect(places).toEqual(expect.arrayContaining(["7", "8", "9"]));
    expect(stdout).toContain("^");
    expect(stdout).toContain("hint");
    expect(stdout).toMatch(/\d errors, 1 warning, 0 hints\n.*cordboard explain S\d{3}\n$/);
  });

  test("one file is checked with what it uses, from whatever folder", async () => {
    const lib = 'sub greet() {\n  note "hello"\n  wait 5\n}\n';
    const used = folder({
      "a.strategy": `use "b.strategy"\n\n${sound.replace("  answer\n", "  answer\n  run greet()\n")}`,
      "b.strategy": lib,
      "directory.yaml": directory,
    });
    const { code, stdout } = await cordboard(["check", join(used.path, "a.strategy")]);
    used.remove();
    expect(code).toBe(1);
    expect(stdout).toMatch(/b\.strategy:3:8: error S301/);
    expect(stdout).not.toContain("S213");
  });

  test("--format json gives positions, --format sarif a SARIF log", async () => {
    const json = JSON.parse((await cordboard(["check", bad.path, "--format", "json"])).stdout) as {
      path: string;
      start: { line: number };
    }[];
    expect(json.find((one) => one.path.endsWith(".strategy"))?.start.line).toBe(7);
    const log = JSON.parse((await cordboard(["check", bad.path, "--format", "sarif"])).stdout) as {
      version: string;
      runs: { results: unknown[] }[];
    };
    expect(log.version).toBe("2.1.0");
    expect(log.runs[0]?.results.length).toBe(json.length);
  });

  test("without a directory there is one finding, that says so", async () => {
    const alone = folder({ "a.strategy": sound });
    const { code, stdout } = await cordboard(["check", alone.path]);
    alone.remove();
    expect(code).toBe(1);
    expect(stdout).toContain("D117");
    expect(stdout).toContain("1 error, 0 warnings");
  });

  test("a directory may be checked alone: a file, a folder, or several that are merged", async () => {
    expect((await cordboard(["check", "examples/first-call/directory.yaml"])).stdout).toBe("no findings\n");
    const parts = folder({
      "people/agents.yaml": "agents: { from: export.csv, columns: { id: Login, extension: Phone } }\n",
      "people/export.csv": "Login;Phone\notto;6177\ntom;61 A\n",
      "lines.yaml": 'trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] } }\nagents: { otto: }\n',
      "prompts/x.wav": "",
    });
    const { code, stdout } = await cordboard(["check", parts.path]);
    parts.remove();
    expect(code).toBe(1);
    expect(stdout).toMatch(/export\.csv:3:5: error D104: `61 A` is not a phone/);
    expect(stdout).toMatch(/export\.csv:2:1: error D102: `otto` is here a second time/);
    expect(stdout).toContain("lines.yaml:2:11: the first one");
  });

  test("what no strategy uses is told where all of them are checked", async () => {
    const text = directory.replace("mailboxes:", "mailboxes:\n  lost: { owner: group Helpdesk }");
    const some = folder({ "a.strategy": sound, "directory.yaml": text });
    const whole = await cordboard(["check", some.path]);
    const one = await cordboard(["check", join(some.path, "a.strategy")]);
    some.remove();
    expect(whole.stdout).toContain("D127: no strategy uses mailbox `lost`");
    expect(one.stdout).not.toContain("D127");
  });

  test.each(["check", "test", "simulate", "run"])("%s says of a folder of sites which they are", async (command) => {
    const { code, stdout, stderr } = await cordboard([command, "examples"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      `cordboard: there are ${sites.length} sites here, each with its own directory: ${sites.slice(0, 3).join(", ")} and ` +
        `${sites.length - 3} more; name one of them, or with --directory one directory for all\n`,
    );
  });

  test("sites that are named together are told too, and may share one directory", async () => {
    const both = ["examples/first-call", "examples/first-call/first-call.strategy", "examples/vip"];
    const { code, stderr } = await cordboard(["check", ...both]);
    expect(code).toBe(2);
    expect(stderr).toContain("2 sites here, each with its own directory: examples/first-call, examples/vip; name");
    const shared = await cordboard(["check", ...both, "--directory", "examples/vip/directory.yaml"]);
    expect(shared.code).toBe(1);
    expect(shared.stdout).toContain("there is no group `Helpdesk`");
  });

  test("the directory of a folder that is named is for all strategies below it", async () => {
    const deep = folder({ "directory.yaml": directory, "calls/a.strategy": sound });
    const { stdout } = await cordboard(["check", deep.path]);
    deep.remove();
    expect(stdout).not.toContain("D117");
    expect(stdout).not.toContain(" error ");
  });

  test("a directory file is no strategy", async () => {
    const { code, stderr } = await cordboard(["test", "examples/first-call/directory.yaml"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--directory");
  });

  test("a path that is not there is a usage error", async () => {
    const { code, stderr } = await cordboard(["check", "nowhere"]);
    expect(code).toBe(2);
    expect(stderr).toContain("nowhere");
  });
});

describe("explain", () => {
  test("shows the page of a code", async () => {
    const { code, stdout } = await cordboard(["explain", "s407"]);
    expect(stdout).toMatch(/^S407 \(warning\): a wait that can last for ever\n/);
    expect(stdout).toContain("\n      give up never\n");
    expect(stdout).toContain("# allow S407 because");
    expect(code).toBe(0);
  });

  test("--format json gives the same as data", async () => {
    const { stdout } = await cordboard(["explain", "S201", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      code: "S201",
      severity: "error",
      silence: "Errors cannot be silenced.",
    });
  });

  test("a code that does not exist exits 1 with the nearest", async () => {
    expect(await cordboard(["explain", "S40"])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: "there is no code S40; did you mean S401?\n",
    });
  });
});

describe("fmt", () => {
  test("the example is formatted", async () => {
    expect(await cordboard(["fmt", "--check", "examples"])).toMatchObject({ code: 0, stdout: "" });
  });

  test("stdin comes back formatted, and is checked with --check", async () => {
    const stdin = sound.replaceAll("  ", "      ");
    expect(await cordboard(["fmt", "-"], { stdin })).toMatchObject({ code: 0, stdout: sound });
    expect((await cordboard(["fmt", "--check", "-"], { stdin })).code).toBe(1);
  });

  test("a file with syntax errors is left as it is, exit 1", async () => {
    const { code, stderr } = await cordboard(["fmt", bad.path]);
    expect(code).toBe(1);
    expect(stderr).toContain("a.strategy");
    expect(readFileSync(join(bad.path, "a.strategy"), "utf8")).toBe(broken);
  });
});

describe("test", () => {
  test("the example's tests pass", async () => {
    const { code, stdout } = await cordboard(["test", "examples/first-call"]);
    expect(stdout).toContain("5 tests passed, 0 failed");
    expect(code).toBe(0);
  });

  test("a failing expectation names its line and what happened instead, exit 1", async () => {
    const wrong = sound.replace("expect A answered by ana", "expect A answered by luc");
    const failing = folder({ "a.strategy": wrong, "directory.yaml": directory });
    const { code, stdout } = await cordboard(["test", failing.path]);
    failing.remove();
    const line = wrong.split("\n").findIndex((one) => one.includes("answered by luc")) + 1;
    expect(stdout).toContain(`a.strategy:${line}:`);
    expect(stdout).toContain("ana");
    expect(code).toBe(1);
  });

  test("a filter that no test's name holds is a usage error, not a success", async () => {
    expect((await cordboard(["test", good.path, "--filter", "widends"])).code).toBe(2);
  });

  test("junit and json", async () => {
    const report = (await cordboard(["test", good.path, "--format", "junit"])).stdout;
    expect(report).toContain('tests="5" failures="0"');
    const json = JSON.parse(
      (await cordboard(["test", good.path, "--format", "json", "--filter", "widens"])).stdout,
    ) as { passed: boolean }[];
    expect(json.map((one) => one.passed)).toEqual([true]);
  });
});

describe("test --coverage and --watch", () => {
  test("what no test comes to stands with its place, and in json beside the tests", async () => {
    const { stdout } = await cordboard(["test", "examples/first-call", "--coverage", "--filter", "widens"]);
    expect(stdout).toMatch(/first-call\.strategy:\d+:\d+: no test comes to outcome `nobody`/);
    expect(stdout).toMatch(/covered: 0 of 0 branches, \d of \d outcomes, 2 of 2 steps/);
    const json = JSON.parse(
      (await cordboard(["test", "examples/first-call", "--coverage", "--filter", "widens", "--format", "json"])).stdout,
    ) as { tests: unknown[]; coverage: { what: string; times: number }[] };
    expect(json.tests).toHaveLength(1);
    expect(json.coverage.filter(({ what, times }) => what === "step" && times > 0)).toHaveLength(2);
  });

  test("a file that changes is tested again, until Ctrl-C", async () => {
    const watched = folder({ "a.strategy": sound, "directory.yaml": directory });
    const child = start(["test", watched.path, "--watch"]);
    const end = ended(child);
    const seen = (wanted: string, times: number) =>
      new Promise<void>((resolve) => {
        let text = "";
        child.stdout?.on("data", (chunk: Buffer) => {
          text += chunk.toString();
          if (text.split(wanted).length > times) resolve();
        });
      });
    const first = seen("5 tests passed, 0 failed", 1);
    const broken = seen("4 tests passed, 1 failed", 1);
    await first;
    writeFileSync(join(watched.path, "a.strategy"), sound.replace("answered by ana", "answered by luc"));
    await broken;
    child.kill("SIGINT");
    expect((await end).code).toBe(1);
    watched.remove();
  });
});

describe("run", () => {
  test("refuses a broken strategy with exit 2, and starts nothing", async () => {
    const { code, stdout, stderr } = await cordboard([
      "run",
      bad.path,
      "--sip",
      "udp:127.0.0.1:0",
      "--http",
      "127.0.0.1:0",
    ]);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("a.strategy:7");
  });

  test("a port that is taken is a usage error that names the remedy", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const { code, stderr } = await cordboard([
      "run",
      good.path,
      "--sip",
      "udp:127.0.0.1:0",
      "--http",
      `127.0.0.1:${port}`,
    ]);
    server.close();
    expect(code).toBe(2);
    expect(stderr).toContain("--http");
  });

  test.each([
    [["run", good.path, "--http", "0.0.0.0:0", "--sip", "udp:127.0.0.1:0"], "loopback"],
    [["run", good.path, "--sip", "carrier-pigeon:127.0.0.1:0"], "carrier-pigeon"],
    [["run", good.path, "--sip", "udp:127.0.0.1:99999"], "99999"],
    [["run", good.path, "--sip", "tls:127.0.0.1:0"], "--tls-cert and --tls-key"],
    [["run", good.path, "--sip", "wss:127.0.0.1:0", "--tls-cert", "package.json"], "go together"],
    [
      ["run", good.path, "--sip", "tls:127.0.0.1:0", "--tls-cert", "nowhere.pem", "--tls-key", "nowhere.key"],
      "nowhere.pem",
    ],
    [["run", good.path, "--external", "sbc.example"], "as 203.0.113.7"],
    [["run", good.path, "--external", "203.0.113.7:5060"], "without name or port"],
    [["run", good.path, "--external", "0.0.0.0"], "nobody beyond the NAT reaches that"],
    [["run", good.path, "--local", "10.0.0.0/8"], "--external"],
    [["run", good.path, "--external", "203.0.113.7", "--local", "10.0.0.0/33"], "as 203.0.113.0/24"],
    [
      ["run", good.path, "--external", "203.0.113.7", "--drachtio", "127.0.0.1:9022", "--secret", "s"],
      "our own endpoint",
    ],
    [["endpoint", "--secret", "s", "--external", "office"], "as 203.0.113.7"],
    [["run", good.path, "--tls-ca", "package.json"], "no certificate in PEM"],
    [["run", good.path, "--drachtio", "127.0.0.1:9022"], "--secret"],
    [["run", good.path, "--media", "sip:127.0.0.1:5080"], "served"],
    [["run", good.path, "--media", "sip:x@127.0.0.1"], "write own"],
    [["run", good.path, "--sip", "udp:localhost:0"], "localhost"],
    [["run", good.path, "--sip", "udp:192.0.2.1:0", "--no-http"], "192.0.2.1"],
    [["run", good.path, "--events", "/nowhere/events"], "--events"],
    [["run", good.path, "--journal", "package.json"], "package.json"],
    [["run", good.path, "--frob"], "--frob"],
    [["dance"], "dance"],
    [["playground", "--port", "99999"], "65535"],
    [["simulate", good.path, "--replications", "0"], "at least one"],
    [["fmt", "-", good.path], "- stands alone"],
    [["new", ""], '"" cannot name a strategy'],
  ])("%j is a usage error", async (args, word) => {
    const { code, stderr } = await cordboard(args);
    expect(stderr).toContain(word);
    expect(stderr).not.toContain("    at ");
    expect(code).toBe(2);
  });
});

describe("usage", () => {
  test("says in plain words that a path leads nowhere", async () => {
    const { code, stderr } = await cordboard(["check", "examples/nope"]);
    expect(stderr).toBe("cordboard: cannot read examples/nope: there is no such file or folder\n");
    expect(code).toBe(2);
  });

  test("lists the commands beside the nearest for one that is none", async () => {
    const { code, stderr } = await cordboard(["chekc", "examples/first-call"]);
    expect(stderr).toMatch(/Did you mean check\?[\s\S]*\ncommands: run, check, fmt, test, /);
    expect(code).toBe(2);
  });
});

describe("graph", () => {
  test("takes the directory that other commands take", async () => {
    const { code } = await cordboard([
      "graph",
      "examples/first-call",
      "--directory",
      "examples/first-call/directory.yaml",
    ]);
    expect(code).toBe(0);
  });

  test("gives Mermaid text of the strategy that is named", async () => {
    const { code, stdout } = await cordboard(["graph", "examples/first-call", "--strategy", "first call"]);
    expect(stdout).toMatch(/^flowchart TD\n {2}subgraph n1\["strategy first call"\]\n/);
    expect(code).toBe(0);
  });

  test("a strategy that is not there is a usage error with the nearest", async () => {
    const { code, stderr } = await cordboard(["graph", "examples/first-call", "--strategy", "first cal"]);
    expect(stderr).toContain('did you mean "first call"?');
    expect(code).toBe(2);
  });
});

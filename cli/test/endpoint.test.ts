import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { type Phone, startPhone } from "../../sip/index.ts";
import { cordboard, ended, folder, root, start } from "./command.ts";

/*
 * `cordboard endpoint` and `run` as two processes: what becomes of calls when the one that serves them is killed. The site is the example for a
 * native drachtio-server, for which our endpoint stands.
 */

const example = join(root, "examples/drachtio-server");
const read = (file: string): string => readFileSync(join(example, file), "utf8");

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Resolves to what its line `ready` says. */
async function ready(child: ChildProcess): Promise<Record<string, string>> {
  const end = ended(child);
  closing.push(async () => {
    child.kill("SIGKILL");
    await end;
  });
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const words = /^ready (.*)$/m.exec(said)?.[1];
      if (words) resolve(Object.fromEntries(words.split(" ").map((word) => word.split("=", 2) as [string, string])));
    });
    void end.then(({ code, stderr }) => reject(new Error(`ended with ${code}: ${stderr}`)));
  });
}

async function phone(user: string, options: Partial<Parameters<typeof startPhone>[0]> = {}): Promise<Phone> {
  const started = await startPhone({ user, ...options });
  closing.push(() => started.stop());
  return started;
}

test("run is killed: two talk on and hang up, who waits hears on and is served by the next run", {
  timeout: 90_000,
}, async () => {
  const site = folder({
    "drachtio-server.strategy": read("drachtio-server.strategy"),
    // Our phones here know no passwords.
    "directory.yaml": read("directory.yaml")
      .replaceAll(/\{ password: .* \}$/gm, "{}")
      .replace("../first-call", join(root, "examples/first-call")),
  });
  closing.push(() => site.remove());
  const own = ["--app", "127.0.0.1:0", "--media", "127.0.0.1:0", "--secret", "s", "--sip", "udp:127.0.0.1:0"];
  const { sip = "", app = "", media = "" } = await ready(start(["endpoint", ...own]));
  const at = sip.replace("udp:", "sip:");
  const serve = (): ChildProcess =>
    start([
      "run",
      site.path,
      "--no-http",
      "--drachtio",
      app,
      "--media",
      `tcp:${media}`,
      "--secret",
      "s",
      "--log-level",
      "error",
    ]);
  const first = serve();
  expect((await ready(first)).sip).toBe(sip);

  const ana = await phone("101", { registrar: at });
  const [talker, waiter, leaver] = [await phone("talker"), await phone("waiter"), await phone("leaver")];
  const call = (caller: Phone) => caller.call(at.replace("sip:", "sip:5000@"));
  const talk = call(talker);
  await talk.reached("talking");
  const anas = await ana.incoming(20_000);
  await anas.reached("talking");
  const [wait, leave] = [call(waiter), call(leaver)];
  await Promise.all([wait, leave].map((each) => each.reached("talking")));

  first.kill("SIGKILL");
  await pause(3_000);
  expect([talk, wait, leave, anas].map(({ state }) => state)).toEqual(Array(4).fill("talking"));
  leave.hangUp();
  await leave.reached("ended");
  // The music went on: nearly all of the call was after the kill.
  await expect.poll(() => leave.heard, { timeout: 20_000 }).toBeDefined();
  expect(leave.heard!.received).toBeGreaterThan(leave.heard!.sent / 2);

  const second = serve();
  await ready(second);
  // Ana's phone is not registered with this run.
  expect(wait.state).toBe("talking");
  talk.hangUp();
  await anas.reached("ended");
  await ana.register();
  const next = await ana.incoming(20_000);
  expect(next.invite?.get("From")).toContain("waiter");
  await next.reached("talking");
  wait.hangUp();
  await next.reached("ended", 20_000);
  second.kill("SIGTERM");
});

test("the native server takes applications where the example and its guide look for it", () => {
  const configured = read("drachtio.conf.xml");
  const [, port, host] = /<admin port="(\d+)" secret="CHANGE-ME">([\d.]+)<\/admin>/.exec(configured)!;
  const [, contact] = /<contact>sip:([\d.:]+);transport=udp,tcp<\/contact>/.exec(configured)!;
  const line = `cordboard run examples/drachtio-server --drachtio ${host}:${port} --sip udp:${contact}\n`;
  for (const page of [join(example, "README.md"), join(root, "docs/drachtio-server.md")])
    expect(readFileSync(page, "utf8")).toContain(line);
});

test.each([
  [["endpoint"], "--secret"],
  [["endpoint", "--secret", "s", "--sip", "udp:nowhere:0"], "nowhere"],
  [["endpoint", "--secret", "s", "--sip", "udp:127.0.0.1:0", "--app", "9022"], "--app"],
  [["run", ".", "--media", "tcp:127.0.0.1:1"], "--drachtio"],
  [
    [
      "run",
      "examples/first-call",
      "--no-http",
      "--drachtio",
      "127.0.0.1:1",
      "--secret",
      "s",
      "--media",
      "tcp:127.0.0.1:1",
    ],
    "no media service at 127.0.0.1:1",
  ],
])("%j is a usage error", async (args, word) => {
  const { code, stderr } = await cordboard(args);
  expect(stderr).toContain(word);
  expect(stderr).not.toContain("    at ");
  expect(code).toBe(2);
});

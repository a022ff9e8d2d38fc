import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { startPhone } from "../../sip/index.ts";
import { folder, root, running } from "./command.ts";

const example = join(root, "examples/first-call");

test("Ctrl-C on a terminal ends the run", async () => {
  const command = `node ${inject("built")}/cli/start.js run ${example} --sip udp:127.0.0.1:0 --http 127.0.0.1:0`;
  const terminal = spawn("script", ["-qec", command, "/dev/null"], { cwd: root, stdio: "pipe" });
  let shown = "";
  const ended = new Promise<number | null>((resolve) => terminal.on("exit", resolve));
  terminal.stdout.on("data", (chunk: Buffer) => (shown += chunk.toString()));
  const press = setInterval(() => {
    if (shown.includes("Ctrl-C stops") && !shown.includes("stopping")) terminal.stdin.write("\u0003");
  }, 300);
  const late = setTimeout(() => terminal.kill("SIGKILL"), 18_000);
  const code = await ended;
  clearInterval(press);
  clearTimeout(late);
  expect({ code, shown }).toMatchObject({ code: 0, shown: expect.stringContaining("stopping") });
});

test("calls that are ended by force are told as ended, and their callers get BYE", async () => {
  const run = await running(example, ["--drain", "0"]);
  const caller = await startPhone({ user: "+34600000001" });
  const call = caller.call(`sip:5000@${run.sip}`);
  await call.reached("talking");
  await run.event((one) => one.type === "call.answered");
  run.signal("SIGTERM");
  await call.reached("ended");
  await run.event((one) => one.type === "call.ended");
  expect((await run.ended).code).toBe(0);
  await run.stop();
  await caller.stop();
});

test("with --events - stdout holds records and nothing else", async () => {
  const run = await running(example, ["--events", "-"]);
  const caller = await startPhone({ user: "+34600000001" });
  const call = caller.call(`sip:5000@${run.sip}`);
  await call.reached("talking");
  call.hangUp();
  await call.reached("ended");
  await caller.stop();
  const { stdout, stderr } = await run.stop();
  const types = stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { type: string }).type);
  expect(types).toContain("call.ended");
  expect(stderr).toContain("ready sip=");
});

test("what was being recorded when the run was killed has its length in its notes, once the next one is there", async () => {
  const site = folder({
    "desk.strategy":
      'strategy "desk" {\n  entry "5000"\n  default route to agent ana\n  answer\n  record call\n  wait 60s\n}\n',
    "directory.yaml": "site: { name: test, zone: Europe/Madrid, country: ES }\nagents: { ana: {} }\n",
  });
  const kept = join(site.path, "kept");
  const first = await running(site.path, ["--recordings", kept]);
  const caller = await startPhone({ user: "+34600000001" });
  caller.call(`sip:5000@${first.sip}`);
  const { call } = await first.event(({ type }) => type === "recording.changed");
  const file = (end: string): string => join(kept, "calls", readdirSync(join(kept, "calls"))[0] ?? "", `${call}${end}`);
  // Two seconds of 8 kHz and 16 bits.
  await expect.poll(() => statSync(file(".wav")).size).toBeGreaterThan(32_000);
  first.signal("SIGKILL");
  await first.ended;
  await caller.stop();
  const notes = () => JSON.parse(readFileSync(file(".json"), "utf8"));
  expect(notes().lengthMs).toBeUndefined();

  const second = await running(site.path, ["--recordings", kept]);
  expect(notes()).toMatchObject({ call, lengthMs: (statSync(file(".wav")).size - 44) / 16 });
  expect(readdirSync(join(kept, "calls"), { recursive: true })).toHaveLength(3);
  await first.stop();
  await second.stop();
  site.remove();
});

test("what is being said into a mailbox when the run is killed is a message of the next one", async () => {
  const site = folder({
    "desk.strategy":
      'strategy "desk" {\n  entry "5000"\n  default route to mailbox helpdesk\n  answer\n  voicemail to mailbox helpdesk\n}\n',
    "directory.yaml": [
      "site: { name: test, zone: Europe/Madrid, country: ES }",
      "agents: { ana: {} }",
      "mailboxes: { helpdesk: { owner: agent ana } }",
    ].join("\n"),
  });
  const kept = join(site.path, "kept");
  const said = (): number =>
    (readdirSync(kept, { recursive: true }) as string[])
      .filter((name) => name.endsWith(".wav"))
      .reduce((bytes, name) => bytes + statSync(join(kept, name)).size, 0);
  const first = await running(site.path, ["--recordings", kept]);
  const caller = await startPhone({ user: "+34600000001" });
  caller.call(`sip:5000@${first.sip}`);
  await first.event(({ type }) => type === "call.answered");
  // Three seconds of 8 kHz and 16 bits: more than the two that a message takes.
  await expect.poll(said).toBeGreaterThan(48_000);
  first.signal("SIGKILL");
  await first.ended;
  await caller.stop();

  const second = await running(site.path, ["--recordings", kept]);
  expect(await second.event(({ type }) => type === "mailbox.status")).toMatchObject({ mailbox: "helpdesk", new: 1 });
  const [message] = await second.get<{ from: string; lengthMs: number }[]>("/api/mailboxes/helpdesk");
  expect(message?.from).toBe("+34600000001");
  expect(message?.lengthMs).toBeGreaterThan(2_000);
  await first.stop();
  await second.stop();
  site.remove();
});

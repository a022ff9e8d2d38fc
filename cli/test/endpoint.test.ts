import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { type Phone, type PhoneCall, startEndpoint, startPhone } from "../../sip/index.ts";
import { cordboard, ended, folder, type Line, root, start } from "./command.ts";

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

/** What a run takes its calls from, and how it is told of that. */
interface Server {
  sip: string;
  flags: string[];
}

async function ownEndpoint(): Promise<Server> {
  const own = ["--app", "127.0.0.1:0", "--media", "127.0.0.1:0", "--secret", "s", "--sip", "udp:127.0.0.1:0"];
  const { sip = "", app = "", media = "" } = await ready(start(["endpoint", ...own]));
  return { sip, flags: ["--drachtio", app, "--media", `tcp:${media}`] };
}

/** An endpoint, and runs of one site after another that take its calls. The site's phones know no passwords. */
async function apart(strategy: string, server?: Server, directory = read("directory.yaml")) {
  const site = folder({
    "site.strategy": strategy,
    "directory.yaml": directory
      .replaceAll(/\{ password: .* \}$/gm, "{}")
      .replace("../first-call", join(root, "examples/first-call")),
  });
  closing.push(() => site.remove());
  const { sip, flags: where } = server ?? (await ownEndpoint());
  const at = sip.replace("udp:", "sip:");
  return {
    at,
    journal: join(site.path, "journal"),
    /** The run writes its records into this file. */
    async serve(events: string, ...flags: string[]): Promise<ChildProcess> {
      const endpoint = [...where, "--secret", "s", "--log-level", "error"];
      const run = start(["run", site.path, "--no-http", ...endpoint, "--events", join(site.path, events), ...flags]);
      expect((await ready(run)).sip).toBe(sip);
      return run;
    },
    records: (events: string, of: string) =>
      readFileSync(join(site.path, events), "utf8")
        .split("\n")
        // The last may be half written.
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Line)
        .filter(({ type }) => type === of),
    async calls(user: string) {
      const call = (await phone(user)).call(at.replace("sip:", "sip:5000@"));
      await call.reached("talking");
      return call;
    },
  };
}

test("run is killed: two talk on and hang up, who waits hears on and is served by the next run", {
  timeout: 90_000,
}, async () => {
  const { at, serve, records, calls } = await apart(read("drachtio-server.strategy"));
  const first = await serve("first.ndjson");

  const ana = await phone("101", { registrar: at });
  const talk = await calls("talker");
  const anas = await ana.incoming(20_000);
  await anas.reached("talking");
  const [wait, leave] = [await calls("waiter"), await calls("leaver")];
  // Both phones talk, with us, a moment before they are connected with each other.
  await expect.poll(() => records("first.ndjson", "call.connected")).toHaveLength(1);

  first.kill("SIGKILL");
  await pause(3_000);
  expect([talk, wait, leave, anas].map(({ state }) => state)).toEqual(Array(4).fill("talking"));
  leave.hangUp();
  await leave.reached("ended");
  // The music went on: nearly all of the call was after the kill.
  await expect.poll(() => leave.heard, { timeout: 20_000 }).toBeDefined();
  expect(leave.heard!.received).toBeGreaterThan(leave.heard!.sent / 2);

  const second = await serve("second.ndjson");
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

test("on a server that keeps no calls, as the native one: the next run releases what a killed one has left", {
  timeout: 90_000,
}, async () => {
  const server = await startEndpoint({ listen: ["udp:127.0.0.1:0"], secret: "s" });
  closing.push(() => server.stop());
  const flags = ["--drachtio", `127.0.0.1:${server.app.port}`, "--sip", "udp:127.0.0.1:0"];
  const { at, journal, serve, records, calls } = await apart(read("drachtio-server.strategy"), {
    sip: server.listen[0]!,
    flags,
  });
  const first = await serve("first.ndjson", "--journal", journal);
  const ana = await phone("101", { registrar: at });
  const talker = await calls("talker");
  const anas = await ana.incoming(20_000);
  await anas.reached("talking");
  const all = [talker, anas, await calls("waiter")];
  await expect.poll(() => records("first.ndjson", "call.connected")).toHaveLength(1);
  // The journal is written a moment later.
  await expect.poll(() => dialogsIn(journal), { timeout: 20_000 }).toBe(3);
  first.kill("SIGKILL");
  await new Promise((resolve) => first.once("exit", resolve));
  await expect.poll(async () => (await server.stats()).dialogs).toBe(3);
  expect(all.map(({ state }) => state)).toEqual(Array(3).fill("talking"));
  const second = await serve("second.ndjson", "--journal", journal);
  await Promise.all(all.map((each) => each.reached("ended", 20_000)));
  await expect.poll(async () => (await server.stats()).dialogs).toBe(0);
  second.kill("SIGTERM");
});

/** How many legs the journals name. */
function dialogsIn(folder: string): number {
  const journals = readdirSync(folder).filter((name) => name.endsWith(".journal"));
  return journals.flatMap((name) => readFileSync(join(folder, name), "utf8").match(/"dialog":/g) ?? []).length;
}

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

test("with a journal they are where they were: the first is the first, what was done is not done again", {
  timeout: 90_000,
}, async () => {
  const { at, journal, serve, records, calls } = await apart(`strategy "s" {
    entry "5000"
    default route to group Desk
    answer
    note "came"
    queue Desk {
      at 0s group Desk
      give up after 3m
      while waiting { music "moh/calm" }
    }
    hangup
  }`);
  const first = await serve("first.ndjson", "--journal", journal);
  const luc = await phone("102", { registrar: at });
  const talker = await calls("talker");
  const lucs = await luc.incoming(20_000);
  await lucs.reached("talking");
  const waiting = [await calls("one"), await calls("two"), await calls("three")];
  await expect.poll(() => records("first.ndjson", "call.noted")).toHaveLength(4);
  await expect.poll(() => records("first.ndjson", "call.connected")).toHaveLength(1);
  // Where Luc's phone is has been written down: soon, not at once.
  await expect.poll(() => existsSync(join(journal, "registrations.json"))).toBe(true);
  first.kill("SIGKILL");
  talker.hangUp();
  waiting[1]!.hangUp();
  await Promise.all([lucs.reached("ended", 20_000), waiting[1]!.reached("ended")]);

  const second = await serve("second.ndjson", "--journal", journal);
  const seen = (type: string) => records("second.ndjson", type);
  await expect.poll(() => seen("call.returned"), { timeout: 20_000 }).toHaveLength(2);
  // It is known where his phone is, and he has his time after the call.
  const next = await luc.incoming(40_000);
  expect(next.invite?.get("From")).toContain("one");
  await next.reached("talking");
  expect(waiting.map(({ state }) => state)).toEqual(["talking", "ended", "talking"]);
  waiting[0]!.hangUp();
  await next.reached("ended", 20_000);
  const answered = () => seen("call.ended").some(({ disposition }) => disposition === "answered");
  await expect.poll(answered, { timeout: 20_000 }).toBe(true);
  waiting[2]!.hangUp();
  await expect.poll(() => seen("call.ended"), { timeout: 20_000 }).toHaveLength(4);
  second.kill("SIGTERM");
  await new Promise((resolve) => second.once("exit", resolve));

  const ids = records("first.ndjson", "call.arrived").map(({ call }) => call);
  expect([...seen("call.noted"), ...seen("call.arrived")]).toEqual([]);
  expect(seen("run.restarted")).toMatchObject([{ calls: 4 }]);
  expect(seen("call.returned").map(({ call }) => call)).toEqual([ids[1], ids[3]]);
  // And that journal, which begins in the middle, can be told again.
  const told = await cordboard(["replay", journal]);
  expect(told.stdout).toContain("identical");
});

test("with a journal two who talk on are talking for the next run too, until one hangs up", {
  timeout: 90_000,
}, async () => {
  const { at, journal, serve, records, calls } = await apart(read("drachtio-server.strategy"));
  const first = await serve("first.ndjson", "--journal", journal);
  const ana = await phone("101", { registrar: at });
  const talker = await calls("talker");
  const anas = await ana.incoming(20_000);
  await anas.reached("talking");
  const leaver = await calls("leaver");
  await expect.poll(() => records("first.ndjson", "call.connected")).toHaveLength(1);
  await expect.poll(() => dialogsIn(journal), { timeout: 20_000 }).toBe(3);
  await expect.poll(() => existsSync(join(journal, "registrations.json"))).toBe(true);
  first.kill("SIGKILL");
  leaver.hangUp();
  await leaver.reached("ended");
  const second = await serve("second.ndjson", "--journal", journal);
  const names = new Map(records("first.ndjson", "call.arrived").map(({ call, from }) => [call, from]));
  const ended = () => records("second.ndjson", "call.ended").map(({ call }) => names.get(call));
  // Who has not come within ten seconds is gone.
  await expect.poll(ended, { timeout: 30_000 }).toEqual(["leaver"]);
  const waiter = await calls("waiter");
  expect([talker, anas].map(({ state }) => state)).toEqual(["talking", "talking"]);
  anas.hangUp();
  await talker.reached("ended");
  await expect.poll(ended).toEqual(["leaver", "talker"]);
  expect(records("second.ndjson", "call.ended")[1]).toMatchObject({ disposition: "answered" });
  // Only now she is free for another.
  const next = await ana.incoming(60_000);
  expect(next.invite?.get("From")).toContain("waiter");
  waiter.hangUp();
  await next.reached("ended", 20_000);
  second.kill("SIGTERM");
});

describe("a mailbox on a PBX", () => {
  const strategy = `strategy "s" {
    entry "5000"
    default route to group Desk
    answer
    voicemail to mailbox desk { on empty, failed { note "over" } }
    hangup
  }`;

  /** A run that is killed, once `until` is so, with a caller at the mailbox; and the next one. */
  async function killed(
    until: (taken: PhoneCall, caller: PhoneCall) => unknown,
    options: Parameters<typeof phone>[1] = {},
  ) {
    const mailbox = await phone("2000", options);
    const pbx = `trunks:\n  pbx: { to: "${mailbox.uri.replace("2000@", "")}", roles: [voicemail], health: never }\n`;
    const directory = read("directory.yaml").replace(
      /\{ owner: group Desk \}/,
      `{ owner: group Desk, on: pbx, deposit: "2000" }\n${pbx}`,
    );
    const { journal, records, serve, calls } = await apart(strategy, undefined, directory);
    const first = await serve("first.ndjson", "--journal", journal);
    const caller = await calls("talker");
    const taken = await mailbox.incoming(20_000);
    await until(taken, caller);
    await expect.poll(() => dialogsIn(journal), { timeout: 20_000 }).toBeGreaterThan(0);
    first.kill("SIGKILL");
    await new Promise((resolve) => first.once("exit", resolve));
    return {
      mailbox,
      caller,
      taken,
      next: () => serve("second.ndjson", "--journal", journal),
      seen: (type: string) => records("second.ndjson", type),
    };
  }

  /** Both have heard that they talk with each other, which is when the caller's audio goes to the mailbox. */
  const joined = async (taken: PhoneCall, caller: PhoneCall): Promise<void> => {
    await taken.reached("talking");
    await expect.poll(() => portIn(caller.leg?.remoteSdp)).toBe(portIn(taken.leg?.localSdp));
  };

  test.each(["caller", "mailbox"] as const)(
    "takes the message on when the run is killed, until the %s hangs up",
    {
      timeout: 90_000,
    },
    async (who) => {
      const { caller, taken, next, seen } = await killed(joined);
      const second = await next();
      await pause(3_000);
      expect([caller.state, taken.state]).toEqual(["talking", "talking"]);
      expect(seen("voicemail.ended")).toEqual([]);
      (who === "caller" ? caller : taken).hangUp();
      await Promise.all([caller.reached("ended"), taken.reached("ended")]);
      await expect.poll(() => seen("call.ended"), { timeout: 20_000 }).toMatchObject([{ disposition: "left_message" }]);
      expect(seen("voicemail.ended")).toMatchObject([{ mailbox: "desk", outcome: "left_message" }]);
      await expect.poll(() => taken.heard).toBeDefined();
      expect(taken.heard!.received).toBeGreaterThan(100);
      second.kill("SIGTERM");
    },
  );

  test("has the message too where the caller hangs up before the next run", { timeout: 90_000 }, async () => {
    const { caller, taken, next, seen } = await killed(joined);
    await pause(2_000);
    caller.hangUp();
    await taken.reached("ended");
    const second = await next();
    await expect.poll(() => seen("call.ended"), { timeout: 30_000 }).toMatchObject([{ disposition: "left_message" }]);
    second.kill("SIGTERM");
  });

  test("that rang when the run was killed is called again by the next one", { timeout: 90_000 }, async () => {
    const rings = (taken: PhoneCall): Promise<void> => taken.reached("ringing");
    const { mailbox, caller, taken, next } = await killed(rings, { answer: "ignore" });
    await taken.reached("ended", 20_000);
    const second = await next();
    const again = await mailbox.incoming(20_000);
    again.answer();
    await again.reached("talking");
    expect(caller.state).toBe("talking");
    second.kill("SIGTERM");
  });
});

/** Where audio goes, by this description. */
function portIn(sdp = ""): string | undefined {
  return /^m=audio (\d+)/m.exec(sdp)?.[1];
}

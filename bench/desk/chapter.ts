import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { startDesk } from "../../desk/index.ts";
import { check, makeSource, parse, readDirectory } from "../../language/index.ts";
import { createEngine, loadProgram, type Watcher } from "../../runtime/index.ts";
import type { Chapter, Row } from "../chapter.ts";
import { clients } from "./clients.ts";

/* Connected desks while people change their states: each record goes to whom it is of, or, to supervisors, each to all. */

const DESKS = 2000;
const A_SECOND = 50;
const SECONDS = 5;

export const deskChapter: Chapter = {
  name: "desk",
  async rows() {
    return [...(await telling(DESKS, 0)), ...(await telling(DESKS, 20))];
  },
};

/** `supervisors` of the desks are told everything. */
async function telling(desks: number, supervisors: number): Promise<Row[]> {
  const { desk, tell } = await open(desks, supervisors);
  const others = spawn(process.execPath, ["--input-type=module", "-e", clients, desk.address, String(desks)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(others, "message");
  await pause(500);
  const before = process.cpuUsage();
  for (let nth = 0; nth < A_SECOND * SECONDS; nth++) {
    tell(nth % desks);
    await pause(1000 / A_SECOND);
  }
  const { user, system } = process.cpuUsage(before);
  const ages = await agesOf(others);
  await desk.stop();
  const size = `${desks.toLocaleString("en")} desks${supervisors > 0 ? `, ${supervisors} of supervisors` : ""}`;
  const told = ages.length / (A_SECOND * SECONDS);
  return [
    { what: `an event, told to ${told.toFixed(0)}`, size, ms: (user + system) / 1000 / (A_SECOND * SECONDS) },
    { what: "  until it is there, p99, by the clock", size, ms: ages[Math.floor(ages.length * 0.99)] ?? Infinity },
  ];
}

async function agesOf(others: ChildProcess): Promise<number[]> {
  await pause(500);
  const answer = once(others, "message");
  others.send("tell");
  const [{ ages }] = (await answer) as [{ ages: number[] }];
  return ages.toSorted((a, b) => a - b);
}

/** A desk over an engine in which one agent after another changes his state. */
async function open(desks: number, supervisors: number) {
  const agents = Array.from(
    { length: desks },
    (_, nth) =>
      `  a${nth}: { extension: "${10_000 + nth}", supervisor: ${nth < supervisors ? "yes" : "no"}, login: { token: { env: desk${nth} } } }`,
  );
  const text = `directory: 1\nsite: { name: s, zone: UTC, country: ES, languages: [en] }\nagents:\n${agents.join("\n")}\n`;
  const source = makeSource("s.strategy", 'strategy "s" { entry "5000"  default route to group Everyone  hangup }');
  const read = readDirectory([makeSource("directory.yaml", text)]);
  const { program } = check([{ source, file: parse(source).file }], read.directory);
  if (!program) throw new Error("the site of the bench is broken");
  const engine = createEngine({ program: loadProgram(program), now: Date.now() });
  const watchers = new Set<Watcher>();
  for (const { id } of engine.agents())
    engine.accept({ type: "agent.claimed", agent: id, source: "registration" }, Date.now());
  const deliver = (event: Parameters<typeof engine.accept>[0]): void => {
    for (const record of engine.accept(event, Date.now()).records) watchers.forEach((watcher) => watcher(record));
  };
  const nothing = async (): Promise<never> => {
    throw new Error("nobody asks for that here");
  };
  const desk = await startDesk({
    host: "127.0.0.1",
    port: 0,
    token: "run-0123456789abcdef0123",
    version: "bench",
    failed: (error) => console.error(error),
    allowance: { atOnce: 1e9, aSecond: 1e9 },
    secret: (of) => ("env" in of ? `${of.env}-0123456789abcdef0123` : undefined),
    stream: { run: "bench", line: (record) => JSON.stringify({ ...record, sent: Date.now() }) },
    site: { read: () => ({ program: program.hash, files: [] }), pathOf: (path) => path },
    floor: {
      ...engine,
      directory: () => program.directory,
      now: Date.now,
      newCall: () => "",
      deliver,
      ready: () => true,
      watch,
      metrics: { text: nothing, contentType: "" },
    },
  });
  function watch(watcher: Watcher): () => void {
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  }
  return {
    desk,
    tell: (nth: number) =>
      deliver({
        type: "agent.claimed",
        agent: `a${nth}`,
        source: "presence",
        state: "not_ready",
        reason: `r${Date.now()}`,
      }),
  };
}

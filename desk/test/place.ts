import {
  type CheckedProgram,
  check,
  makeSource,
  parse,
  readDirectory,
  type SecretReference,
} from "../../language/index.ts";
import { createEngine, type Engine, type Event, loadProgram, type Watcher } from "../../runtime/index.ts";
import { type Desk, type DeskOptions, type SiteDoor, startDesk } from "../index.ts";

/* A desk over an engine whose time goes on by a millisecond with each event. */

const strategy = `strategy "s" {
  entry "5000"
  default route to group Everyone
  answer
  queue Q {
    at 0s group Everyone
    give up after 1m
  }
  hangup
}
`;
const directory = `directory: 1
site: { name: s, zone: UTC, country: ES, languages: [en] }
agents:
  ana: { name: Ana, extension: "1001" }
devices:
  desk2: { }
`;

export const files = [
  { path: "directory.yaml", text: directory },
  { path: "s.strategy", text: strategy },
];

export interface DeskPlace {
  desk: Desk;
  readonly engine: Engine;
  isReady: boolean;
  /** Time, by now. */
  readonly now: number;
  tell(event: Event): void;
  /** Empties the floor: ana is there, and nobody calls. */
  renew(): void;
  /** The directory has changed: its people, not those of the engine. */
  rehouse(house: House): void;
}

/** Another house than the usual one. */
export interface House {
  strategy: string;
  directory: string;
  /** What its secrets are, by the name of their variable. */
  secrets: Record<string, string>;
}

export async function openDesk(
  options: Partial<DeskOptions> = {},
  door: Partial<SiteDoor> = {},
  house: House = { strategy, directory, secrets: {} },
): Promise<DeskPlace> {
  let at = house;
  let program = programOf(house);
  let engine = createEngine({ program: loadProgram(program), now: 0 });
  let calls = 0;
  let now = 0;
  const watchers = new Set<Watcher>();
  const tell = (event: Event): void => {
    for (const record of engine.accept(event, ++now).records) watchers.forEach((watcher) => watcher(record));
  };
  const floor = {
    calls: () => engine.calls(),
    agents: () => engine.agents(),
    agent: (id: string) => engine.agent(id),
    call: (id: string) => engine.call(id),
    flags: () => engine.flags(),
    mailbox: (id: string) => engine.mailbox(id),
    directory: () => program.directory,
    now: () => now,
    newCall: () => `desk-${++calls}`,
    queues: () => engine.queues(),
    why: (call: string) => engine.why(call),
    watch(watcher: Watcher) {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    deliver: tell,
    ready: () => place.isReady,
    metrics: { text: async () => "cordboard_calls 1\n", contentType: "text/plain; version=0.0.4" },
  };
  const site = { read: () => ({ program: "p1", files }), pathOf: (path: string) => path, ...door };
  const stream = { run: "r1", line: (record: object) => JSON.stringify(record) };
  const secret = (of: SecretReference) => ("env" in of ? at.secrets[of.env] : undefined);
  const failed = (error: Error): void => {
    throw error;
  };
  const own = { host: "127.0.0.1", port: 0, floor, site, stream, secret, failed, version: "1.2.3" };
  const desk = await startDesk({ ...own, ...options });
  const place: DeskPlace = {
    desk,
    get engine() {
      return engine;
    },
    get now() {
      return now;
    },
    isReady: true,
    tell,
    renew() {
      engine = createEngine({ program: loadProgram(program), now: 0 });
      engine.accept({ type: "agent.claimed", agent: "ana", source: "registration" }, ++now);
      place.isReady = true;
    },
    rehouse(changed) {
      at = changed;
      program = programOf(changed);
      watchers.forEach((watcher) => watcher({ type: "strategy.loaded", hash: "p2", strategies: [], at: now, seq: 0 }));
    },
  };
  return place;
}

function programOf(house: House): CheckedProgram {
  const source = makeSource("s.strategy", house.strategy);
  const read = readDirectory([makeSource("directory.yaml", house.directory)]);
  const { program } = check([{ source, file: parse(source).file }], read.directory);
  if (!program) throw new Error("the strategy of this test is broken");
  return program;
}

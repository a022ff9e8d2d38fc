import { check, makeSource, parse, readDirectory } from "../../language/index.ts";
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
  ana: { extension: "1001" }
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
}

export async function openDesk(options: Partial<DeskOptions> = {}, door: Partial<SiteDoor> = {}): Promise<DeskPlace> {
  let engine = freshEngine();
  let now = 0;
  const watchers = new Set<Watcher>();
  const tell = (event: Event): void => {
    for (const record of engine.accept(event, ++now).records) watchers.forEach((watcher) => watcher(record));
  };
  const floor = {
    calls: () => engine.calls(),
    agents: () => engine.agents(),
    agent: (id: string) => engine.agent(id),
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
  const desk = await startDesk({ host: "127.0.0.1", port: 0, floor, site, stream, ...options });
  const place = {
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
      engine = freshEngine();
      engine.accept({ type: "agent.claimed", agent: "ana", source: "registration" }, ++now);
      place.isReady = true;
    },
  };
  return place;
}

function freshEngine(): Engine {
  const source = makeSource("s.strategy", strategy);
  const read = readDirectory([makeSource("directory.yaml", directory)]);
  const { program } = check([{ source, file: parse(source).file }], read.directory);
  if (!program) throw new Error("the strategy of this test is broken");
  return createEngine({ program: loadProgram(program), now: 0 });
}

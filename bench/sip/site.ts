/** What is served: a queue with agents enough, callers who only wait, and a backlog before ten agents. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Measured, startMeasured } from "./process.ts";

export const root = join(import.meta.dirname, "../..");

/** Ten serve the backlog. */
export const few = Array.from({ length: 10 }, (_, at) => `${30_000 + at}`);

const queue = (name: string, group: string, patience: string) => `queue ${name} {
      ring for 10s
      at 0s group ${group}
      give up after ${patience}
      while waiting { music "moh/calm" }
    }`;

const strategy = `strategy "bench" {
  entry "5000"
  entry "6000"
  entry "7000"
  default route to group Everyone
  answer
  match call.to {
    "6000" -> { ${queue("Waiting", "Nobody", "2h")} }
    "7000" -> { ${queue("Backlog", "Few", "2h")} }
    else -> { ${queue("Bench", "Everyone", "30s")} }
  }
  hangup
}
`;

const directory = (extensions: readonly string[]) => `directory: 1
site: { name: bench, zone: UTC, country: ES, languages: [en] }
defaults: { ring_for: 10s, wrap_up: 0s }
prompts: { folder: prompts }
agents:
${extensions.map((extension) => `  a${extension}: { extension: "${extension}" }`).join("\n")}
${few.map((extension) => `  f${extension}: { extension: "${extension}" }`).join("\n")}
  away: { extension: "40000" }
groups:
  Few: { members: [${few.map((extension) => `f${extension}`).join(", ")}] }
  Nobody: { members: [away] }
`;

export interface Site {
  run(): Promise<Measured>;
  /** The records of the last run, of this type. */
  records<T>(type: string): T[];
  remove(): void;
}

export function benchSite(extensions: readonly string[]): Site {
  const folder = mkdtempSync(join(tmpdir(), "cordboard-bench-"));
  const [site, events] = [join(folder, "site"), join(folder, "events.ndjson")];
  mkdirSync(site);
  writeFileSync(join(site, "bench.strategy"), strategy);
  writeFileSync(join(site, "directory.yaml"), directory(extensions));
  cpSync(join(root, "examples/first-call/prompts"), join(site, "prompts"), { recursive: true });
  const flags = ["--sip", "udp:127.0.0.1:0", "--no-http", "--log-level", "error", "--drain", "1"];
  return {
    run() {
      rmSync(events, { force: true });
      return startMeasured([join(root, "dist-bench/cli/start.js"), "run", site, ...flags, "--events", events]);
    },
    records: <T>(type: string) =>
      readFileSync(events, "utf8")
        .split("\n")
        .filter((line) => line.includes(`"${type}"`))
        .map((line): T => JSON.parse(line)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

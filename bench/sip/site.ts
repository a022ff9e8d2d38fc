/** What is served: a queue with agents enough, callers who only wait (for people who are asked in an hour), and a backlog before ten agents. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Measured, startMeasured } from "./process.ts";

export const root = join(import.meta.dirname, "../..");

/** Ten serve the backlog. */
export const few = Array.from({ length: 10 }, (_, at) => `${30_000 + at}`);

const MUSIC = `while waiting { music "moh/calm" }`;

const queue = (name: string, group: string, patience: string, more = MUSIC) => `queue ${name} {
      ring for 10s
      at 0s group ${group}
      give up after ${patience}
      ${more}
    }`;

const strategy = `strategy "bench" {
  entry "5000"
  entry "6000"
  entry "7000"
  entry "8000"
  default route to group Everyone
  if call.to == "8000" { ${queue("Ringing", "Everyone", "30s", "")} hangup }
  answer
  match call.to {
    "6000" -> { ${queue("Waiting", "Nobody", "2h", `at 1h add group Everyone ${MUSIC}`)} }
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
      [...linesWith(readFileSync(events), `"${type}"`)].map((line): T => JSON.parse(line.toString())),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Of bytes: after ten minutes there are more than a string can hold. */
function* linesWith(bytes: Buffer, text: string): Generator<Buffer> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf("\n", from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    if (line.includes(text)) yield line;
    from += line.length + 1;
  }
}

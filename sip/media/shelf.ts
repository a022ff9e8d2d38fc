import { readFile, stat } from "node:fs/promises";
import { readWav } from "./wav.ts";

/** What became of a file: its samples, or why there are none. */
export type Loaded = { samples: Int16Array } | { outcome: "missing" | "failed"; reason: string };

/** Decoded prompts, the least recently used dropped first. A file changed on disk is read anew, a second later at most. */
export interface Shelf {
  load(file: string): Promise<Loaded>;
}

interface Kept {
  /** Time and size of the file it was read from. */
  version: string;
  samples: Int16Array;
  /** When the file was last looked at. */
  atMs: number;
}

/** To look at a file costs more than all else of beginning to play it, and a busy queue plays the same one for each caller. */
const FRESH_MS = 1000;

/** Reading holds up every leg: at 8 kHz by a few ms, a minute of CD quality once by about 100. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/** `maxBytes` bounds the decoded samples that are kept; a larger prompt is played and forgotten. `builtIn`: what is no file, by name. */
export function createShelf(
  maxBytes: number,
  builtIn: ReadonlyMap<string, Int16Array> = new Map(),
  now: () => number = () => performance.now(),
): Shelf {
  /** In the order of their last use. */
  const kept = new Map<string, Kept>();
  const reading = new Map<string, Promise<Loaded>>();
  let bytes = 0;

  function drop(file: string): void {
    bytes -= kept.get(file)?.samples.byteLength ?? 0;
    kept.delete(file);
  }

  function keep(file: string, entry: Kept): void {
    drop(file);
    kept.set(file, entry);
    bytes += entry.samples.byteLength;
    for (const oldest of kept.keys()) {
      if (bytes <= maxBytes) return;
      drop(oldest);
    }
  }

  async function read(file: string, version: string): Promise<Loaded> {
    const wav = readWav(await readFile(file));
    if ("reason" in wav) return { outcome: "failed", reason: `${wav.reason}: ${file}` };
    keep(file, { version, samples: wav.samples, atMs: now() });
    return wav;
  }

  /** Used last. */
  function take(file: string, entry: Kept): Loaded {
    kept.delete(file);
    kept.set(file, entry);
    return { samples: entry.samples };
  }

  async function find(file: string): Promise<Loaded> {
    const samples = builtIn.get(file);
    if (samples) return { samples };
    const known = kept.get(file);
    if (known && now() - known.atMs < FRESH_MS) return take(file, known);
    const found = await stat(file);
    if (!found.isFile()) return { outcome: "failed", reason: `not a file: ${file}` };
    if (found.size > MAX_FILE_BYTES) return { outcome: "failed", reason: `larger than 16 MB: ${file}` };
    const version = `${found.mtimeMs} ${found.size}`;
    const entry = kept.get(file);
    if (entry?.version === version) {
      entry.atMs = now();
      return take(file, entry);
    }
    const underWay = reading.get(file) ?? read(file, version).finally(() => reading.delete(file));
    reading.set(file, underWay);
    return underWay;
  }

  return { load: (file) => find(file).catch((error: NodeJS.ErrnoException) => failure(file, error)) };
}

function failure(file: string, error: NodeJS.ErrnoException): Loaded {
  const missing = error.code === "ENOENT" || error.code === "ENOTDIR";
  if (missing) return { outcome: "missing", reason: `no such file: ${file}` };
  return { outcome: "failed", reason: `${error.code ?? error.message}: ${file}` };
}

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Logger } from "../log.ts";
import type { Binding } from "./bindings.ts";

/*
 * Where phones are, on disk: who comes after us can call them at once, and not only when they register again, which may take an hour.
 */

export interface BindingsFile {
  /** As they stood when they were last written; nothing where there are none. */
  read(): Map<string, Binding[]>;
  /** Soon; what changes meanwhile is written with it. */
  write(bindings: ReadonlyMap<string, Binding[]>): void;
  close(): void;
}

const SOON_MS = 200;

export function openBindingsFile(path: string, log: Logger): BindingsFile {
  let timer: NodeJS.Timeout | undefined;
  let put = (): void => undefined;

  return {
    read() {
      try {
        const kept: unknown = JSON.parse(readFileSync(path, "utf8"));
        if (!Array.isArray(kept) || !kept.every(isEntry)) throw new TypeError("not a list of where phones are");
        return new Map(kept);
      } catch (error) {
        const isNone = error instanceof Error && "code" in error && error.code === "ENOENT";
        if (!isNone)
          log.error({ path, err: error }, "where phones were cannot be read: each is known again when it registers");
        return new Map();
      }
    },
    write(bindings) {
      put = () => {
        timer = undefined;
        try {
          mkdirSync(dirname(path), { recursive: true });
          // Whole or not at all.
          writeFileSync(`${path}.new`, JSON.stringify([...bindings]), { mode: 0o600 });
          renameSync(`${path}.new`, path);
        } catch (error) {
          log.error({ path, err: error }, "where phones are cannot be written down");
        }
      };
      timer ??= setTimeout(() => put(), SOON_MS).unref();
    },
    close() {
      if (timer === undefined) return;
      clearTimeout(timer);
      put();
    },
  };
}

/** What this wrote itself needs no closer look. */
function isEntry(entry: unknown): entry is [string, Binding[]] {
  return Array.isArray(entry) && typeof entry[0] === "string" && Array.isArray(entry[1]);
}

import { readFileSync, statSync } from "node:fs";
import type { SecretReference } from "../../language/index.ts";

/** The secret that a directory refers to, read anew each time so that it can be changed; undefined where there is none. */
export function readSecret(reference: SecretReference): string | undefined {
  if ("env" in reference) return process.env[reference.env] || undefined;
  try {
    // A device or a pipe may have no end.
    if (!statSync(reference.file).isFile()) return undefined;
    return readFileSync(reference.file, "utf8").trimEnd() || undefined;
  } catch {
    return undefined;
  }
}

import { readFileSync } from "node:fs";
import type { SecretReference } from "../../language/index.ts";

/** The secret that a directory refers to, read anew each time so that it can be changed; undefined where there is none. */
export function readSecret(reference: SecretReference): string | undefined {
  if ("env" in reference) return process.env[reference.env] || undefined;
  try {
    return readFileSync(reference.file, "utf8").trimEnd() || undefined;
  } catch {
    return undefined;
  }
}

import { readFileSync } from "node:fs";

/** From the package: two folders up when built, one when run from source. */
export function version(): string {
  const up = import.meta.url.endsWith(".ts") ? "../package.json" : "../../package.json";
  const { version: own } = JSON.parse(readFileSync(new URL(up, import.meta.url), "utf8")) as { version: string };
  return own;
}

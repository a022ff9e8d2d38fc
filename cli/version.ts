import { createRequire } from "node:module";

/** From the package: two folders up when built, one when run from source. */
export function version(): string {
  const up = import.meta.url.endsWith(".ts") ? "../package.json" : "../../package.json";
  const { version: own }: { version: string } = createRequire(import.meta.url)(up);
  return own;
}

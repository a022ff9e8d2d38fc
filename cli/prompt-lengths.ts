import { readFileSync } from "node:fs";
import { wavLengthMs } from "../sip/media/index.ts";

/** Milliseconds of each prompt that has audio, so that a test lasts as long as the call would. */
export function promptLengths(prompts: Map<string, string>): Record<string, number> {
  const known = [...prompts].map(([name, path]) => [name, wavLengthMs(readFileSync(path))] as const);
  return Object.fromEntries(known.flatMap(([name, ms]) => (ms === undefined ? [] : [[name, ms]])));
}

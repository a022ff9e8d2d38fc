import { wavLengthMs } from "../sip/media/index.ts";
import { readRegular } from "./disk.ts";

/** Milliseconds of each prompt that has audio, so that a test lasts as long as the call would. */
export function promptLengths(prompts: Map<string, string>): Record<string, number> {
  const known = [...prompts].map(([name, path]) => [name, lengthOf(path)] as const);
  return Object.fromEntries(known.flatMap(([name, ms]) => (ms === undefined ? [] : [[name, ms]])));
}

/** Of what cannot be read no length is known. */
function lengthOf(path: string): number | undefined {
  try {
    return wavLengthMs(readRegular(path));
  } catch {
    return undefined;
  }
}

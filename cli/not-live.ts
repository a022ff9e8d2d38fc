import type { CheckedProgram, Source } from "../language/index.ts";
import { notLive } from "../sip/index.ts";
import { complain } from "./output.ts";
import { place } from "./place.ts";

/** What strategies ask for and live calls do not get in this version. */
export function warnOfNotLive({ strategies, subs }: CheckedProgram, sources: Source[]): void {
  const parts = [
    ...strategies.map(({ source, strategy }) => ({ source, node: strategy })),
    ...subs.map(({ source, item }) => ({ source, node: item })),
  ];
  for (const { source, node } of parts) {
    for (const { at, what } of notLive(node)) {
      complain(`${place(source.path, at, sources)} not on live calls in this version: ${what}`);
    }
  }
}

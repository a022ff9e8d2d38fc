import type { CheckedProgram, Source } from "../language/index.ts";
import { notLive } from "../sip/index.ts";
import { complain } from "./output.ts";
import { place } from "./place.ts";

/** What strategies and the directory ask for and live calls do not get in this version. */
export function warnOfNotLive({ strategies, subs, directory }: CheckedProgram, sources: Source[]): void {
  const parts = [
    ...strategies.map(({ source, strategy }) => ({ source, node: strategy })),
    ...subs.map(({ source, item }) => ({ source, node: item })),
  ];
  const tell = (where: string, what: string) => complain(`${where} not on live calls in this version: ${what}`);
  for (const { source, node } of parts) {
    for (const { at, what } of notLive(node, directory)) tell(place(source.path, at, sources), what);
  }
}

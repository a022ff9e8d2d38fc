import { type CheckedProgram, type Directory, isOurs, type Source } from "../language/index.ts";
import { noMailboxYet, notLive } from "../sip/index.ts";
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
  for (const name of ourMailboxesRoutedTo(directory)) tell(`directory: mailbox ${name}:`, noMailboxYet);
}

/** Where the directory itself sends calls that no strategy takes or nobody answers. */
function ourMailboxesRoutedTo(directory: Directory): Set<string> {
  const { defaults, agents, devices } = directory;
  const people = [...Object.values(agents), ...Object.values(devices)];
  const routes = [
    defaults.entryRoute,
    ...defaults.overflow,
    ...people.flatMap(({ noAnswer }) => noAnswer.overflow ?? []),
  ];
  const named = routes.flatMap((to) => (to?.kind === "mailbox" && isOurs(to.name, directory) ? [to.name] : []));
  return new Set(named);
}

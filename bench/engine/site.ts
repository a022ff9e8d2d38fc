import { type Agent, type CheckedProgram, check, makeSource, parse, readDirectory } from "../../language/index.ts";
import { createEngine, type Engine, loadProgram } from "../../runtime/index.ts";

/*
 * A site of any size. Its people are put in as data, for reading a large directory has a chapter of its own.
 */

/** So many skills, so many levels of each: the expressions by which calls are told apart. */
export const SKILLS = 60;
export const CLASSES = 300;

export interface Person {
  id: string;
  skills: Record<string, number>;
}

const names = Array.from({ length: SKILLS }, (_, nth) => `s${nth}`);

const directoryText = `directory: 1
site: { name: bench, zone: Europe/Madrid, country: ES, languages: [en] }
skills: { scale: 0..10, names: [billing, ${names.join(", ")}], languages: [en] }
groups: { G: { members: [a0] } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] } }
agents: { a0: { extension: "1000" } }
`;

export function programOf(text: string, people: readonly Person[] = []): CheckedProgram {
  const { directory } = readDirectory([makeSource("directory.yaml", directoryText)]);
  const source = makeSource("bench.strategy", text);
  const { file, diagnostics } = parse(source);
  const { program, diagnostics: found } = check([{ source, file }], directory);
  if (!program) throw new Error([...diagnostics, ...found].map(({ message }) => message).join("\n"));
  return people.length === 0 ? program : { ...program, directory: { ...directory, ...staffOf(people) } };
}

/** All ready from the start, behind a trunk. */
function staffOf(people: readonly Person[]) {
  const own = { kind: "agent", autoLogin: true, wrapUpMs: 0, noAnswer: {}, supervisor: false } as const;
  const agents = people.map(({ id, skills }): Agent => ({ id, name: id, device: id, skills, ...own }));
  const devices = agents.map(({ id }) => ({ id, user: id, trunk: "pbx", noAnswer: {}, autoAnswer: false }));
  return { agents: byId(agents), devices: byId(devices) };
}

function byId<T extends { id: string }>(all: readonly T[]): Record<string, T> {
  return Object.fromEntries(all.map((each) => [each.id, each]));
}

export function engineOf(text: string, people: readonly Person[] = []): Engine {
  return createEngine({ program: loadProgram(programOf(text, people)), now: 0 });
}

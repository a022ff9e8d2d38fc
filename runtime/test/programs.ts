import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type CheckedProgram,
  check,
  makeSource,
  parse,
  positionAt,
  readDirectory,
  type Source,
} from "../../language/index.ts";

/** A small house: a reception, a team of three with skills, a mailbox on the exchange. */
export const house = `
directory: 1
site: { name: house, zone: Europe/Madrid, country: ES, languages: [en, es] }
defaults: { ring_for: 20s, wrap_up: 0s, after_no_answer: not_ready, cool_down: 10s, entry_route: group Reception, outbound: [pstn] }
skills: { scale: 0..10, names: [sales, billing], languages: [en, es] }
tiers: [vip, normal]
groups:
  Reception: { members: [rita], mailbox: reception }
  Sales: { members: [ana, ben, cleo], mailbox: sales }
agents:
  rita: { extension: "6001" }
  ana: { extension: "6101", skills: { sales: 9, billing: 2, language_en: 8 } }
  ben: { extension: "6102", skills: { sales: 7, billing: 7 } }
  cleo: { extension: "6103", skills: { sales: 4, billing: 9 } }
trunks:
  pbx: { to: "sip:pbx.example:5060", roles: [pbx, voicemail] }
  pstn: { to: "sip:gw.example" }
  backup: { to: "sip:gw2.example", stop_on: [404], no_ringback: 3s }
trunk_groups:
  both: { trunks: [pstn, backup], order: rotate }
bots:
  helper: { trunk: both }
mailboxes:
  reception: { owner: group Reception, on: pbx, deposit: "2001" }
  sales: { owner: group Sales, on: pbx, deposit: "2002" }
  ana: { owner: agent ana, greeting: "mailbox/ana", at_most: 20s }
prompts: { folder: prompts, lengths: { default: 4s, welcome: 2s } }
numbers: { duty: "+34600000900" }
sites: { upstairs: { trunks: pbx }, elsewhere: { trunks: pstn }, madrid: { trunks: pstn }, lyon: { trunks: pbx } }
flags: { storm: { default: no } }
counters: { reports: { start: 2 }, today: { reset: daily }, week: { reset: weekly }, rounds: { start: 0 } }
hosts: { crm: { url: "https://crm.example", trusted: yes } }
`;

/** The same, where most people may have several calls in hand, and work after each. */
export const roomyHouse = house
  .replace("wrap_up: 0s", "wrap_up: 7s, capacity: 2")
  .replace('rita: { extension: "6001" }', 'rita: { extension: "6001", capacity: 1 }')
  .replace('ben: { extension: "6102"', 'ben: { extension: "6102", capacity: 3');

/** Checks a text against a directory; its errors fail the test that asked, with their places. */
export function programOf(text: string, directoryText = house): CheckedProgram {
  return checked([makeSource("test.strategy", text)], makeSource("directory.yaml", directoryText));
}

const examples = join(import.meta.dirname, "../../examples");

/** Those that have a directory. */
export const exampleNames = readdirSync(examples).filter((name) =>
  readdirSync(join(examples, name)).includes("directory.yaml"),
);

/** All that a folder of the examples holds. */
export function exampleProgram(name: string): CheckedProgram {
  const folder = join(examples, name);
  const read = (path: string) => makeSource(path, readFileSync(join(folder, path), "utf8"));
  const strategies = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".strategy"),
  );
  return checked(strategies.map(read), read("directory.yaml"));
}

function checked(sources: Source[], directorySource: Source): CheckedProgram {
  const { directory, diagnostics: inDirectory } = readDirectory([directorySource]);
  const parsed = sources.map((source) => ({ source, ...parse(source) }));
  const { program, diagnostics: inProgram } = check(parsed, directory);
  const all = [...inDirectory, ...parsed.flatMap(({ diagnostics }) => diagnostics), ...inProgram];
  const errors = all.filter(({ severity }) => severity === "error");
  if (program && errors.length === 0) return program;
  const places = errors.map(({ code, message, path, range }) => {
    const source = sources.find((one) => one.path === path) ?? directorySource;
    const { line, column } = positionAt(source, range.start);
    return `${path}:${line}:${column} ${code} ${message}`;
  });
  throw new Error(places.join("\n"));
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Element, elementsOf, playable } from "./playable.ts";

/*
 * A file of `../scenarios/` is a row of the features, or a race: who calls, what his entry does, who is called, and what is told of it. Its names
 * are its own: `@pbx` is a name of one row in a directory that all share, `@entry` the number that its caller dials, `@pbx.host` where a phone
 * is. `trunk`, `inbound` and `device` are what the directory says of it more; `absent` is a phone that must not be called, or cannot.
 */

export interface Peer {
  scenario: string;
  host: string;
  calls: number;
  lost: number;
  transport: "u1" | "t1";
  /** What the file says of it. */
  attributes: Record<string, string>;
}

export interface Row {
  name: string;
  /** Its caller's, by which its calls are known. */
  trunk: string;
  /** What the site has for it, by path. */
  files: Record<string, string>;
  callers: (Peer & { service: string })[];
  phones: Peer[];
  /** Events that every call of it must have, in this order. */
  told: { type: string; [field: string]: string }[];
  /** What somebody does at his desk as soon as an event is told. */
  posts: { when: string; path: string }[];
}

export const PORT = 5060;

/** `network`: the first three numbers of addresses of loopback that are nobody else's. */
export function readRows(folder: string, network: string): Row[] {
  const names = readdirSync(folder).toSorted();
  let last = 0;
  return names.map((name, at) =>
    readRow(readFileSync(join(folder, name), "utf8"), `r${at}`, `${5000 + at}`, () => `${network}.${++last}`),
  );
}

function readRow(text: string, id: string, entry: string, freshHost: () => string): Row {
  const named = (part: string): string =>
    part
      .replaceAll("@entry", entry)
      .replace(/@([a-z]\w*)\.host/g, (_, name: string) => hostOf(name))
      .replace(/(?<![\w.\]])@([a-z]\w*)/g, `${id}_$1`);
  const all = elementsOf(text, "caller|phone|strategy|directory|told|post");
  const of = (kind: string): Element[] => all.filter((each) => each.kind === kind);
  const row = elementsOf(text, "row")[0]!.attributes;
  const peer = ({ attributes, text: played }: Element): Peer => ({
    scenario: playable(played),
    host: freshHost(),
    calls: Number(attributes["calls"] ?? row["calls"] ?? 1),
    lost: Number(attributes["lost"] ?? row["lost"] ?? 0),
    transport: attributes["transport"] === "tcp" ? "t1" : "u1",
    attributes,
  });
  const phones = of("phone").map(peer);
  const hostOf = (name: string): string => phones.find(({ attributes }) => attributes["name"] === name)?.host ?? "";
  const callers = of("caller").map((each) => ({
    ...peer(each),
    service: named(each.attributes["service"] ?? entry),
  }));
  const own = of("directory")[0];
  const strategy = of("strategy")[0]!;
  const early = strategy.attributes["early"] ? " with early media" : "";
  const files = {
    [`${id}.strategy`]: `strategy "${id}" {\n  entry "${entry}"${early}\n  default route to agent nobody\n${named(strategy.text)}\n}\n`,
    [`directory/${id}.yaml`]: named(directoryOf(callers, phones)),
    ...(own && { [`directory/${id}-own.yaml`]: named(own.text) }),
  };
  return {
    name: row["name"]!,
    trunk: `${id}_caller`,
    files,
    callers,
    phones: phones.filter(({ attributes }) => !attributes["absent"]),
    told: of("told").flatMap((each) => named(each.text).trim().split("\n").map(readTold)),
    posts: of("post").map((each) => ({ when: each.attributes["when"]!, path: named(each.text).trim() })),
  };
}

/** Callers come by one trunk, each phone is behind one of its own; that of an agent is his. */
function directoryOf(callers: Peer[], phones: Peer[]): string {
  const { trunk: how = "", inbound = "" } = callers[0]?.attributes ?? {};
  const from = callers.map(({ host }) => host).join(", ");
  const trunks = phones.map(({ host, transport, attributes: { name, trunk = "" } }) => {
    const to = `sip:${host}:${PORT}${transport === "t1" ? ";transport=tcp" : ""}`;
    return `@${name}: { to: "${to}", health: never, ${trunk} }`;
  });
  const owned = phones.map(({ attributes }) => attributes).filter(({ agent }) => agent !== undefined);
  const agents = owned.map(({ name }) => `@${name}: { device: @${name}, auto_login: yes }`);
  const devices = owned.map(
    ({ name, agent, device = "" }) => `@${name}: { trunk: @${name}, user: "${agent}", ${device} }`,
  );
  const flow = (...all: string[]): string => `{ ${all.join(", ")} }`;
  return [
    `trunks: ${flow(`@caller: { inbound: { from: [${from}], ${inbound} }, ${how} }`, ...trunks)}`,
    `agents: ${flow(...agents)}`,
    `devices: ${flow(...devices)}`,
  ].join("\n");
}

/** `call.ended by=party`. */
function readTold(line: string): { type: string } {
  const [type = "", ...fields] = line.trim().split(/\s+/);
  return { type, ...Object.fromEntries(fields.map((field) => field.split("="))) };
}

import { describe, expect, it } from "vitest";
import { readDirectory } from "../directory/read.ts";
import { noAnswerSettings } from "../directory/settings.ts";
import { unusedEntries } from "../directory/unused.ts";
import { parse } from "../parse.ts";
import { makeSource } from "../source.ts";

const directoryOf = (text: string) => readDirectory([makeSource("directory.yaml", text)]);

/** Entries that are told to be used by nothing. */
function unused(statements: string, text: string): string[] {
  const { directory, places, diagnostics } = directoryOf(text);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const source = makeSource(
    "x.strategy",
    `strategy "x" {\n  entry "1"\n  default route to group Everyone\n${statements}\n}\n`,
  );
  return unusedEntries([{ file: parse(source).file }], directory, places).map(({ message }) => message);
}

const lines = `
agents: { otto: { extension: "1" } }
trunks: { a: { to: "sip:a" }, b: { to: "sip:b" }, c: { to: "sip:c" } }
`;

describe("an entry that no strategy uses", () => {
  it("is not told where it is mistyped in use", () => {
    const things = "mailboxes: { helpdesk: { owner: agent otto }, other: { owner: agent otto } }\n";
    expect(unused("  voicemail to mailbox hlpdesk\n", things + lines)).not.toContain(
      "no strategy uses mailbox `helpdesk`",
    );
    expect(unused("  voicemail to mailbox hlpdesk\n", things + lines)).toContain("no strategy uses mailbox `other`");
  });

  it("is told, by its kind", () => {
    const things = `
groups: { G: { members: [otto] } }
sites: { s: { trunks: a } }
bots: { bot: { trunk: b } }
mailboxes: { m: { owner: agent otto } }
flags: { f: }
counters: { n: }
numbers: { duty: "2" }
hosts: { crm: { url: "https://crm.example" } }
holidays: { spain: { 2026-12-25: christmas } }
`;
    const nothing = ["group `G`", "trunk `c`", "site `s`", "bot `bot`", "mailbox `m`", "flag `f`", "counter `n`"];
    const told = [...nothing, "number `duty`", "host `crm`", "holidays `spain`"].map(
      (one) => `no strategy uses ${one}`,
    );
    expect(unused("", lines + things)).toEqual(told);
    const all = `
  if flag f and counter n > 1 { voicemail to mailbox m }
  if call.from in numbers duty { ring group G for 5s }
  ask bot bot
  dial "2" via trunk c
  count n
  fetch GET crm "/x" within 1s
  queue Q { at 0s site s  give up after 1m }`;
    expect(unused(all, lines + things)).toEqual(["no strategy uses holidays `spain`"]);
  });

  it.each([
    ["a group that has members", "groups: { G: { members: [otto] } }", "group `G`", "hint"],
    ["a group by skill", "skills: { names: [tax] }\ngroups: { G: { where: tax >= 5 } }", "group `G`", "hint"],
    ["a group of nobody", "groups: { G: { members: [] } }", "group `G`", "warning"],
    ["a mailbox of somebody", "mailboxes: { m: { owner: agent otto } }", "mailbox `m`", "hint"],
    ["a flag that is dialled", 'flags: { storm: { dial: "*28" } }', "flag `storm`", "hint"],
    ["a flag for agents", "flags: { storm: { who: [agent otto] } }", "flag `storm`", "hint"],
    ["a flag for whoever", "flags: { storm: }", "flag `storm`", "warning"],
    ["a counter", "counters: { n: }", "counter `n`", "warning"],
  ])("is a hint only where people may use it by hand: %s", (_, things, what, severity) => {
    const { directory, places } = directoryOf(`agents: { otto: { extension: "1" } }\n${things}\n`);
    const told = unusedEntries([], directory, places).map((one) => [one.severity, one.message]);
    expect(told).toEqual([[severity, `no strategy uses ${what}`]]);
  });

  it("may be used by the directory itself", () => {
    const text = `
agents: { otto: { extension: "1", no_answer: { then: [mailbox n, group O] } } }
defaults: { entry_route: number duty, outbound: [pair] }
trunks:
  a: { to: "sip:a" }
  b: { to: "sip:b" }
  pbx: { to: "sip:p", roles: [pbx] }
  in: { inbound: { from: 192.0.2.1 } }
trunk_groups: { pair: { trunks: [a, b] } }
mailboxes: { n: { owner: group P } }
groups: { O: { members: [otto], mailbox: n }, P: { members: [otto] }, Q: { members: [otto] }, R: { where: group Q } }
numbers: { duty: "+34910000000" }
`;
    expect(unused("", text)).toEqual(["no strategy uses group `R`"]);
  });

  it("is used through its group, and by a name that is computed", () => {
    const text = `${lines}
mailboxes: { m: { owner: group G }, n: { owner: agent otto } }
groups: { G: { members: [otto], mailbox: m } }
trunk_groups: { ab: { trunks: [a, b] } }
`;
    expect(unused("voicemail to mailbox of group G\ndial call.to via trunk ab", text)).toEqual([
      "no strategy uses trunk `c`",
      "no strategy uses mailbox `n`",
    ]);
    expect(unused('voicemail to mailbox "{call.to}"\ndial call.to via trunk "{call.to}"', text)).toEqual([]);
  });

  it("may be named by a text", () => {
    const text = `${lines}sites: { s: { trunks: a }, t: { trunks: b } }\ntrunk_groups: { u: { trunks: c } }`;
    const told = ["no strategy uses trunk `c`", "no strategy uses trunk `u`"];
    expect(unused('let w = site_waits(["s"], { s: 20% })', text)).toEqual([...told, "no strategy uses site `t`"]);
    expect(unused("let w = site_waits(call.data.sites)", text)).toEqual(told);
  });

  it("is not used by tests", () => {
    const { directory, places } = directoryOf(`${lines}flags: { f: }`);
    const source = makeSource("x.strategy", 'test "t" for "x" {\n  flag f is yes\n  call A from "1" to "2" at 0s\n}\n');
    const told = unusedEntries([{ file: parse(source).file }], directory, places).map(({ message }) => message);
    expect(told).toContain("no strategy uses flag `f`");
  });
});

describe("rows 1.33 to 1.35: what holds when nobody answers", () => {
  const { directory } = directoryOf(`
defaults: { ring_for: 20s, after_no_answer: not_ready, no_answer: { then: [agent ann] } }
agents:
  ann: {}
  ben: { no_answer: { after: 10s, makes: ready } }
  cleo: { device: phone }
devices: { phone: { no_answer: { after: 25s, then: [recall, "+34600000000"] } }, other: { no_answer: { makes: logout } } }
`);

  it.each([
    ["nobody", {}, ["application 20000", "application not_ready", "application agent"]],
    [
      "an agent who says nothing",
      { agent: "ann" },
      ["application 20000", "application not_ready", "application agent"],
    ],
    ["an agent", { agent: "ben" }, ["agent 10000", "agent ready", "application agent"]],
    ["his device", { agent: "cleo" }, ["device 25000", "application not_ready", "device recall,number"]],
    [
      "a device he sits at",
      { agent: "ann", device: "other" },
      ["application 20000", "device logout", "application agent"],
    ],
    ["both", { agent: "ben", device: "phone" }, ["agent 10000", "agent ready", "device recall,number"]],
    ["a device alone", { device: "phone" }, ["device 25000", "application not_ready", "device recall,number"]],
    ["somebody unknown", { agent: "constructor" }, ["application 20000", "application not_ready", "application agent"]],
  ])("%s: each part by itself, the highest level wins", (_, at, told) => {
    const { afterMs, makes, overflow } = noAnswerSettings(directory, at);
    const kinds = overflow.value.map((one) => one.kind).join();
    expect([
      `${afterMs.level} ${afterMs.value}`,
      `${makes.level} ${makes.value}`,
      `${overflow.level} ${kinds}`,
    ]).toEqual(told);
  });
});

it("where things stand is told by noun and name", () => {
  const text =
    'groups: { A: { members: [otto] } }\nagents: { otto: }\ntrunk_groups: { t: { trunks: x } }\ntrunks: { x: { to: "sip:x" } }\nskills: { names: [s], languages: [en] }';
  const { places } = directoryOf(text);
  const at = (thing: string) => text.slice(places.get(thing)?.range.start, places.get(thing)?.range.end);
  expect(["group A", "agent otto", "trunk t", "trunk x", "skill s", "skill language_en"].map(at)).toEqual([
    "A",
    "otto",
    "t",
    "x",
    "s",
    "en",
  ]);
});

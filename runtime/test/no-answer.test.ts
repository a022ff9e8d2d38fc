import { expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import type { Event, Millis } from "../events.ts";
import type { EventRecord } from "../records.ts";
import { loadProgram } from "../strategy/load.ts";
import { formatDuration } from "../strategy/format.ts";
import { whyText } from "../why.ts";
import { programOf } from "./programs.ts";

/*
 * What happens when nobody answers is said by the application (`defaults`), the device, the agent and the strategy, and each part of
 * it is decided by itself: how long it rings, what becomes of the agent, where a call goes that no strategy looks after.
 */

/** What each level says, in the words of the directory; the strategy in its own. */
interface Said {
  application?: string;
  device?: string;
  agent?: string;
  music?: string;
  strategy?: { after?: string; makes?: string };
}

const directoryOf = ({ application = "", device = "", agent = "", music = "" }: Said): string => `
directory: 1
site: { name: levels, zone: Europe/Madrid, country: ES, languages: [en] }
defaults: { entry_route: mailbox last, outbound: [pstn]${application && `, ${application}`} }
groups: { Reception: { members: [rita] } }
agents:
  ana: { extension: "1", device: desk, auto_login: yes${agent && `, no_answer: { ${agent} }`} }
  ben: { extension: "2", auto_login: yes }
  rita: { extension: "3", auto_login: yes }
devices: { desk: { trunk: pbx${device && `, no_answer: { ${device} }`} } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx, voicemail] }, pstn: { to: "sip:gw.example" } }
mailboxes:
  last: { owner: group Reception, on: pbx, deposit: "20" }
  house: { owner: group Reception, on: pbx, deposit: "21" }
  desk: { owner: agent ana, on: pbx, deposit: "22" }
  own: { owner: agent ana, on: pbx, deposit: "23" }
${music && `prompts: { music: ${music} }`}
`;

interface Played {
  records: EventRecord[];
  engine: ReturnType<typeof createEngine>;
}

/** Plays what is told until the instant, with all that falls due. */
function play(strategy: string, said: Said, events: [Millis, Event][], until: Millis): Played {
  const engine = createEngine({ program: loadProgram(programOf(strategy, directoryOf(said))), now: 0 });
  const records: EventRecord[] = [];
  const tell = (event: Event, at: Millis) => void records.push(...engine.accept(event, at).records);
  const pass = (to: Millis): void => {
    for (let due = engine.nextDeadline(); due !== undefined && due <= to; due = engine.nextDeadline()) {
      tell({ type: "time.passed" }, due);
    }
  };
  const call: [Millis, Event][] = [
    [0, { type: "call.arrived", call: "A", from: "1", to: "5000" }],
    [0, { type: "call.answered", call: "A" }],
  ];
  for (const [at, event] of [...call, ...events]) {
    pass(at);
    tell(event, at);
  }
  pass(until);
  return { records, engine };
}

/** Where the call went, in order: whom it rang, where it waited, which mailbox, how it ended. */
function wayOf(records: readonly EventRecord[]): string[] {
  return records.flatMap((record) => {
    switch (record.type) {
      case "offer.made":
        return [`ring ${record.agent ?? record.destination} ${formatDuration(record.ringFor)}`];
      case "voicemail.started":
        return [`mailbox ${record.mailbox}`];
      case "call.queued":
        return [`queue ${record.queue}`];
      case "call.ended":
        return [record.disposition];
      case "call.noted":
        return [record.text];
      case "call.overflowed":
        return [`to ${record.level}`];
      default:
        return [];
    }
  });
}

/** Whose word each part was, as the records tell: how long it rang, what became of ana, where the call went. */
function levelsIn(records: readonly EventRecord[]): (string | undefined)[] {
  return records.flatMap((record) => {
    const tells = record.type === "offer.made" || record.type === "offer.ended";
    return tells && record.agent === "ana" ? [record.level] : [];
  });
}

function stateOf({ engine }: Played): string {
  const ana = engine.agent("ana");
  return [ana?.state, ...(ana?.reasons ?? [])].join(" ");
}

const application = "ring_for: 11s, after_no_answer: ready, no_answer: { then: [mailbox house] }";
const device = "after: 12s, makes: not_ready, then: [mailbox desk]";
const agent = "after: 13s, makes: logout, then: [mailbox own]";
const strategy = { after: "14s", makes: 'not_ready("strategy")' };

/** Where the call goes, and whose word that is where the directory has one. */
const ways: Record<string, string[]> = {
  strategy: ["mailbox last"],
  last: ["mailbox last"],
  house: ["to application", "mailbox house"],
  desk: ["to device", "mailbox desk"],
  own: ["to agent", "mailbox own"],
};

/** How long it rings and whose word that is, what becomes of ana and whose word that is, and where the call goes. */
type Case = [Said, [string, string], [string, string], string];

test.each<Case>([
  [{}, ["20s", "application"], ["not_ready no_answer", "application"], "last"],
  [{ application }, ["11s", "application"], ["ready", "application"], "house"],
  [{ application, device }, ["12s", "device"], ["not_ready no_answer", "device"], "desk"],
  [{ application, agent }, ["13s", "agent"], ["offline no_answer", "agent"], "own"],
  [{ application, device, agent }, ["13s", "agent"], ["offline no_answer", "agent"], "own"],
  [{ application, strategy }, ["14s", "strategy"], ["not_ready strategy", "strategy"], "strategy"],
  [{ application, device, strategy }, ["14s", "strategy"], ["not_ready strategy", "strategy"], "strategy"],
  [{ application, agent, strategy }, ["14s", "strategy"], ["not_ready strategy", "strategy"], "strategy"],
  [{ application, device, agent, strategy }, ["14s", "strategy"], ["not_ready strategy", "strategy"], "strategy"],
  [
    { application, device: "makes: logout", agent: "after: 9s" },
    ["9s", "agent"],
    ["offline no_answer", "device"],
    "house",
  ],
  [
    { application, device: "after: 8s", agent: "then: [mailbox own]" },
    ["8s", "device"],
    ["ready", "application"],
    "own",
  ],
  [{ device, agent: "makes: ready", strategy: { after: "5s" } }, ["5s", "strategy"], ["ready", "agent"], "strategy"],
])("rows 1.34, 1.35, 1.37: who wins: %j", (said, [ringFor, ringLevel], [state, makesLevel], goes) => {
  const { after, makes } = said.strategy ?? {};
  const rung = after === undefined ? "" : `ring agent ana for ${after} { ${makes ? `no_answer makes ${makes}` : ""} }`;
  const way = said.strategy ? `${rung} voicemail to mailbox last` : "";
  const route = said.strategy ? "mailbox house" : "agent ana";
  const played = play(`strategy "s" { entry "5000" default route to ${route} answer ${way} }`, said, [], 15_000 + 5000);
  expect(wayOf(played.records)).toEqual([`ring ana ${ringFor}`, ...(ways[goes] ?? [])]);
  expect(stateOf(played)).toBe(state);
  expect(levelsIn(played.records)).toEqual([ringLevel, makesLevel]);

  const queue = `queue Q { ${after === undefined ? "" : `ring for ${after}`} at 0s agent ana give up never }`;
  const { engine } = play(`strategy "s" { entry "5000" default route to mailbox last answer ${queue} }`, said, [], 1);
  const told = engine.why("A")?.agents.find((one) => one.agent === "ana")?.unanswered;
  expect([told?.ring.level, formatDuration(told?.ring.value ?? 0)]).toEqual([ringLevel, ringFor]);
  // A queue says nothing of the agent: there the directory has the last word.
  if (makesLevel !== "strategy") expect(told?.makes.level).toBe(makesLevel);
  const found = engine.why("A");
  expect(found && whyText(found)).toContain(`  rings at ana for ${ringFor} (${ringLevel}), then `);
});

const ringAgent = 'strategy "s" { entry "5000" default route to agent ana answer }';
const failed = (offer: string, outcome: "busy" | "rejected" | "unreachable"): Event => ({
  type: "offer.failed",
  call: "A",
  offer,
  outcome,
});
const deposit = (outcome: "failed" | "left_message"): Event => ({
  type: "voicemail.ended",
  call: "A",
  task: 2,
  outcome,
});

test.each<[string, [Millis, Event][], Millis, string[]]>([
  ["[]", [], 20_000, ["mailbox last"]],
  ["[mailbox own]", [[21_000, deposit("left_message")]], 21_000, ["to agent", "mailbox own", "default_routed"]],
  [
    '["+34600000007", mailbox own]',
    [[21_000, failed("A/2", "busy")]],
    21_000,
    ["to agent", "ring +34600000007 20s", "mailbox own"],
  ],
  ["[agent ben, mailbox own]", [], 40_000, ["to agent", "ring ben 20s", "mailbox own"]],
  ["[recall, mailbox own]", [], 20_000, ["to agent", "mailbox own"]],
  ["[mailbox own, release]", [[21_000, deposit("failed")]], 21_000, ["to agent", "mailbox own", "hung_up"]],
  ["[release, mailbox own]", [], 20_000, ["to agent", "hung_up"]],
  ["[group Reception]", [], 20_000, ["to agent", "queue Reception", "ring rita 20s"]],
])("row 1.36: tried in order: %s", (then, events, until, way) => {
  const { records } = play(ringAgent, { agent: `then: ${then}` }, events, until);
  expect(wayOf(records)).toEqual(["ring ana 20s", ...way]);
});

test("an entry here: its strategy goes on with the call", () => {
  const two = `${ringAgent} strategy "t" { entry "5100"  default route to mailbox last  note "in {call.entry}"  hangup }`;
  const { records } = play(two, { agent: 'then: ["5100", mailbox own]' }, [], 20_000);
  expect(wayOf(records)).toEqual(["ring ana 20s", "to agent", "in 5100", "hung_up"]);
});

const transferred = `strategy "s" {
  entry "5000"
  default route to mailbox last
  answer
  transfer to agent ana {
    on refused(code) { note "refused {code}" }
    on failed(code) { note "failed {code}" }
  }
  voicemail to mailbox house
}`;

test.each<[string, [Millis, Event][], Millis, string[]]>([
  ["[]", [], 13_000, ["failed 408", "mailbox house"]],
  ["[mailbox own]", [[14_000, deposit("left_message")]], 14_000, ["to agent", "mailbox own", "left_message"]],
  ["[mailbox own]", [[14_000, deposit("failed")]], 14_000, ["to agent", "mailbox own", "failed 408", "mailbox house"]],
  ["[recall, mailbox own]", [], 13_000, ["to agent", "failed 408", "mailbox house"]],
  ["[agent ben, recall]", [], 33_000, ["to agent", "ring ben 20s", "failed 408", "mailbox house"]],
  ["[release, mailbox own]", [], 13_000, ["to agent", "hung_up"]],
  ["[group Reception]", [], 13_000, ["to agent", "queue Reception", "ring rita 20s"]],
  ["[agent ben, stay]", [], 33_000, ["to agent", "ring ben 20s", "ring ana 5m"]],
  ["[mailbox own]", [[1000, failed("A/1", "busy")]], 1000, ["refused 486", "mailbox house"]],
  ["[mailbox own]", [[1000, { type: "call.gone", call: "A" }]], 13_000, ["abandoned"]],
])(
  "a transfer that rings in vain goes where the directory says, then back to its strategy: %s, %j",
  (then, events, until, way) => {
    const said = { device: "after: 13s", agent: `then: ${then}` };
    expect(wayOf(play(transferred, said, events, until).records)).toEqual(["ring ana 13s", ...way]);
  },
);

test("a strategy that looks after no answer itself is not asked twice", () => {
  const ring = `strategy "s" { entry "5000" default route to mailbox last ring agent ana for 5s { on no_answer { answer voicemail to mailbox house } } }`;
  expect(wayOf(play(ring, { agent: "then: [mailbox own]" }, [], 5000).records)).toEqual([
    "ring ana 5s",
    "mailbox house",
  ]);
});

test("`stay` lets it ring on, as long as the phone's trunk lets anybody ring (row 4.23)", () => {
  const { records } = play(ringAgent, { agent: "after: 5s, then: [stay]" }, [], 5 * 60_000);
  expect(wayOf(records)).toEqual(["ring ana 5m", "to agent", "mailbox last"]);
});

test.each(["busy", "rejected", "unreachable"] as const)(
  "who is %s has not let it ring: the directory's route",
  (outcome) => {
    const { records } = play(ringAgent, { agent: "then: [mailbox own]" }, [[1000, failed("A/1", outcome)]], 1000);
    expect(wayOf(records)).toEqual(["ring ana 20s", "mailbox last"]);
  },
);

test("row 1.37: who hangs up while it rings changes nothing for the agent", () => {
  const played = play(ringAgent, { agent }, [[5000, { type: "call.gone", call: "A" }]], 30_000);
  expect(wayOf(played.records)).toEqual(["ring ana 13s", "abandoned"]);
  expect(stateOf(played)).toBe("ready");
});

test.each([
  ['agent_named("ana").device', "offline no_answer"],
  ['"+34600000007"', "ready"],
])("a phone that is named speaks for itself, an outside number for nobody: %s", (at, state) => {
  const ring = `strategy "s" { entry "5000" default route to mailbox last ring agent ana for 5s { at ${at} confirmed by "1" prompt "take-call" } }`;
  expect(stateOf(play(ring, { application, device: "makes: logout" }, [], 5000))).toBe(state);
});

test.each([
  ["moh/calm", "music moh/calm"],
  ["", "ringback"],
])("who waits by a default route hears the site's music, else the ringing tone: %s", (music, heard) => {
  const text = 'strategy "s" { entry "5000" default route to group Reception let x = 1 }';
  const { records } = play(text, { music }, [], 1000);
  const kinds = records.flatMap((one) => (one.type === "treatment.started" ? [[one.kind, one.name]] : []));
  expect(kinds.map((kind) => kind.filter(Boolean).join(" "))).toEqual([heard]);
});

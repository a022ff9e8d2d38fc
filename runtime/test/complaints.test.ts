import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check, makeSource, parse, readDirectory } from "../../language/index.ts";
import type { Engine } from "../engine.ts";
import { runTests } from "../simulation/test.ts";
import { whyText } from "../why.ts";
import { ladder, type Story, tell } from "./ladder.ts";
import { house, programOf } from "./programs.ts";

/*
 * What users of other systems complain of, each as a short story in which it would happen, and what shows that it does not. `shows`
 * are lines of the ladder, in this order; `never` must be in none.
 */

interface Complaint {
  of: string;
  statements: string;
  before?: string;
  directory?: string;
  story: string;
  shows: string[];
  never?: RegExp;
  also?(engine: Engine, story: Story): void;
}

const team = 'queue Sales { ring for 10s  at 0s group Sales  give up after 5m  on give_up { note "gave up" } }';
const both = "queue Sales { ring for 10s  offer to at most 2 people  at 0s group Sales  give up after 5m }";
const states = (engine: Engine): string => ["ana", "ben"].map((id) => `${id} ${engine.agent(id)?.state}`).join(", ");

const complaints: Record<number, Complaint> = {
  1: {
    of: "an agent stays reserved when another wins the race, or talks for ever after a lost BYE",
    statements: both,
    story: `
      0s ana ready
      0s ben ready
      1s A calls 5000
      1s A answered
      3s A/1 answers
      3s A/2 answers
      4s A/1 connected
      9s A gone`,
    shows: ["offer.ended A/2 ben lost_race", "agent.state ben ready", "call.connected A ana", "agent.state ana ready"],
    also: (engine) => expect(states(engine)).toBe("ana ready, ben ready"),
  },
  2: {
    of: "the caller hangs up while the agent's leg is set up, and the agent gets a silent call",
    statements: team,
    story: `
      0s ana ready
      1s A calls 5000
      1s A answered
      2s A gone
      2s A/1 answers`,
    shows: [
      "call.ended A caller abandoned",
      "> withdraw A/1 caller_gone",
      "2s A/1 answers",
      "> withdraw A/1 caller_gone",
    ],
    never: /> connect/,
    also: (engine) => expect(states(engine)).toBe("ana ready, ben offline"),
  },
  3: {
    of: "an agent who changes his state while it rings is rung and called off in a tight loop",
    statements: team,
    story: `
      0s ana ready
      1s A calls 5000
      1s A answered
      2s ana claims desk not_ready
      3s ana unclaims desk
      4s A/1 fails rejected
      5s ana ready
      6s ana claims desk not_ready
      7s ana ready
      13s flag storm on`,
    shows: ["offer.made A/1 ana Sales for 10s", "offer.ended A/1 ana rejected"],
    never: /offer\.made A\/2|withdraw/,
  },
  4: {
    of: "the winner hangs up before he is joined, when all others have been called off",
    statements: both,
    story: `
      0s ana ready
      0s ben ready
      1s A calls 5000
      1s A answered
      3s A/1 answers
      4s A/1 unconnected`,
    shows: ["4s A/1 unconnected", "offer.made A/3 ben Sales for 10s"],
    never: /call\.ended|offer\.made A\/3 ana/,
  },
  5: {
    of: "one agent who cannot be reached holds up the distribution to the others",
    statements: team,
    story: `
      0s ana ready
      0s ben ready
      0s cleo ready
      0s cleo claims presence offline
      1s A calls 5000
      1s A answered
      1s A/1 fails unreachable
      2s B calls 5000
      2s B answered`,
    shows: ["1s A/1 fails unreachable", "offer.made A/2 ben Sales for 10s"],
    never: /offer\.made \S+ cleo/,
    also: (engine) => expect([engine.call("B")?.offers, states(engine)]).toEqual([[], "ana not_ready, ben ringing"]),
  },
  6: {
    of: "work after a call is forgotten when the agent serves several queues",
    directory: house.replace("wrap_up: 0s", "wrap_up: 30s"),
    statements:
      'if call.from == "+34600000001" and call.data.q == 2 { queue Billing { ring for 10s  at 0s agent ana  give up after 5m } } queue Sales { ring for 10s  at 0s agent ana  give up after 5m }',
    story: `
      0s ana ready
      1s A calls 5000 q=1
      1s A answered
      2s A/1 answers
      2s A/1 connected
      3s B calls 5000 q=2
      3s B answered
      9s A/1 gone
      38s flag storm on
      39s flag storm off`,
    shows: [
      "agent.state ana wrap_up",
      "38s flag storm on",
      "39s -",
      "agent.state ana ready",
      "offer.made B/1 ana Billing for 10s",
    ],
    never: /offer\.made B\/1[^]*38s/,
  },
  7: {
    of: "a priority that changes does not move callers who are in line already",
    statements:
      "queue Sales { priority 40 + (call.data.extra ?? 0) rising 10 every 30s up to 90  ring for 10s  at 0s agent ana  give up after 20m }",
    story: `
      0s ana claims desk not_ready
      0s ana unclaims login
      0s A calls 5000
      0s A answered
      60s B calls 5000 extra=15
      60s B answered
      61s ana ready`,
    // Twenty points of waiting against fifteen of the later caller, though nothing has happened meanwhile.
    shows: ["1m1s ana ready", "offer.made A/1 ana Sales for 10s"],
  },
  8: {
    of: "a callback gets ahead of those who have waited longer",
    statements:
      'queue Sales { ring for 10s  at 0s agent ana  give up after 20m  while waiting { music "calm" for 5s  if call.data.back == 1 { callback to call.from { expires after 1h } }  music "calm" } }',
    story: `
      0s ana claims desk not_ready
      0s ana unclaims login
      0s A calls 5000
      0s A answered
      1s B calls 5000 back=1
      1s B answered
      2s C calls 5000
      2s C answered
      6s B played 1
      7s ana ready
      8s A gone
      9s ana claims desk not_ready`,
    shows: [
      "callback.booked B~callback B +34600000001",
      "7s ana ready",
      "offer.made A/1 ana Sales for 10s",
      "8s A gone",
      "> place B~callback +34600000001 via pstn from 5000",
    ],
  },
  9: {
    of: "a caller who comes back from a menu, or whose phone rang in vain, is the last",
    statements: `queue Sales { ring for 10s  at 0s agent ana  give up after 20s }
      play "menu"
      queue Sales { keep place of call.arrived  ring for 10s  at 0s agent ana  give up after 5m }`,
    story: `
      0s ana claims desk not_ready
      0s ana unclaims login
      0s A calls 5000
      0s A answered
      5s B calls 5000
      5s B answered
      20s A played 1
      21s ana ready
      22s A/1 fails rejected
      23s ben ready`,
    shows: [
      "treatment.started A play menu",
      "call.queued A Sales 1",
      "offer.made A/1 ana Sales for 10s",
      "22s A/1 fails rejected",
    ],
    also: (engine) => expect([engine.call("A")?.position, engine.call("B")?.position]).toEqual([1, 2]),
  },
  10: {
    of: "a callback has to be built by hand",
    statements:
      "queue Sales { at 0s agent ana  give up after 5m  while waiting { callback to call.from { expires after 1h } } }",
    story: `
      0s A calls 5000
      0s A answered`,
    shows: ["callback.booked A~callback A +34600000001"],
  },
  11: {
    of: "nobody can ask how many wait, the agent does not learn whom he gets, and he is polled for",
    statements: "queue Sales { showing { topic: call.data.topic }  at 0s agent ana  give up after 5m }",
    story: `
      0s ana claims desk not_ready
      0s ana unclaims login
      0s A calls 5000 topic=billing
      0s A answered
      30s ana ready`,
    shows: ["call.queued A Sales 1", "30s ana ready", "offer.made A/1 ana Sales for 20s", "> offer A/1 ana@ana Sales"],
    also(engine, { commands }) {
      expect(commands.find(({ type }) => type === "offer")).toMatchObject({ showing: { topic: "billing" } });
      expect(engine.queues()[0]).toMatchObject({ name: "Sales", entered: 1, waiting: 1, longestWaitMs: 30_000 });
    },
  },
  12: {
    of: "nobody says how the expected wait is reckoned, nor how wrong it was",
    statements: `note "expected: {ewt(queue Sales)}"  ${team}`,
    // Ben may come too, and does not: two lines for the first waiting calls, one from 90 s on.
    story: `
      0s ana ready
      0s A calls 5000
      0s A answered
      2s A/1 answers
      2s A/1 connected
      62s A/1 gone
      62s ana claims desk not_ready
      63s ben ready
      64s ben claims desk not_ready
      70s B calls 5000
      70s B answered
      71s C calls 5000
      71s C answered
      72s ben claims desk offline
      73s D calls 5000
      73s D answered
      80s ana ready
      82s B/1 answers
      82s B/1 connected`,
    shows: [
      "call.noted A expected: 0s",
      "call.noted B expected: 31s",
      "call.noted C expected: 1m2s",
      "call.noted D expected: 3m6s",
      "call.connected B ana",
    ],
    also(engine, { records }) {
      // The one call so far had somebody in hand for 62 s. B: first of two lines; C: second of two; D: third of one. What was said is what is recorded.
      const said = records.flatMap((each) => (each.type === "call.queued" ? [each.ewt] : []));
      expect(said).toEqual([0, (1 * 62_000) / 2, (2 * 62_000) / 2, (3 * 62_000) / 1]);
      // A waited 2 s where none was foreseen, B 12 s instead of 31.
      expect(engine.queues()[0]?.ewtErrorMs).toBe((2000 + 19_000) / 2);
      const docs = readFileSync(join(import.meta.dirname, "../../docs/language/queues.md"), "utf8");
      expect(docs).toMatch(/## Expected wait and position[^]*its position times the gap between two beginnings/);
    },
  },
  13: {
    of: "who closed his browser days ago counts as staff, and nobody notices that no one will ever answer",
    statements: 'queue Sales { at 0s group Sales  give up after 20m  on nobody { note "nobody" } }',
    story: `
      0s ana ready
      0s ana claims registration offline
      1s A calls 5000
      1s A answered
      7s flag storm on`,
    shows: ["6s -", "call.dequeued A Sales nobody", "call.noted A nobody"],
  },
  14: {
    of: "an agent on a break is available after a call that failed",
    statements: "ring agent ana for 5s { no_answer makes ready }",
    story: `
      0s ana ready
      0s ana claims desk not_ready
      1s A calls 5000
      1s A answered
      7s flag storm on`,
    shows: ["offer.made A/1 ana for 5s", "offer.ended A/1 ana no_answer", "agent.state ana not_ready"],
    never: /1s A answered[^]*agent\.state ana ready/,
  },
  16: {
    of: "flows cannot call one another and come back with something",
    before: "sub twice(n) { wait 1s  return n + n }",
    statements: 'let sum = run twice(21)  note "it is {sum}"  hangup',
    story: `
      0s A calls 5000
      0s A answered
      2s flag storm on`,
    shows: ["1s -", "call.noted A it is 42"],
  },
  17: {
    of: "calls are given to people who are busy or away, and never taken back",
    statements: team,
    story: `
      0s ana ready
      1s A calls 5000
      1s A answered
      5s ben ready
      12s flag storm on`,
    shows: [
      "11s -",
      "offer.ended A/1 ana no_answer",
      "agent.state ana not_ready (no_answer)",
      "offer.made A/2 ben Sales for 10s",
      "> withdraw A/1 no_answer",
    ],
  },
  18: {
    of: "nobody knows who is chosen when all are equal",
    statements: team,
    story: `
      0s A calls 5000
      0s A answered
      0s B calls 5000
      0s B answered
      1s cleo ready
      1s ben ready
      2s C calls 5000
      2s C answered`,
    shows: ["offer.made A/1 cleo Sales for 10s", "offer.made B/1 ben Sales for 10s"],
    also(engine) {
      const why = engine.why("C");
      expect(why && whyText(why)).toMatch(/^C waits in queue Sales for 0 s, place 3, tier normal, 0 points\n/);
    },
  },
  19: {
    of: "a text that looks like a skill, an apostrophe or a hyphen changes the meaning",
    statements: `let want = call.data.want ?? "sales"
      let parts = { "k-2": want }
      note "{call.data.name} {parts["k-2"]}"
      queue Sales { at 0s agents with skill(want) >= 7  give up after 20m  on nobody { note "nobody" } }`,
    story: `
      0s cleo ready
      1s A calls 5000 want=billing,name=O'Brien
      1s A answered
      2s B calls 5000 want=sales>6||billing,name="x"{y}
      2s B answered
      9s flag storm on`,
    shows: [
      "call.noted A O'Brien billing",
      "offer.made A/1 cleo Sales for 20s",
      'call.noted B "x"{y} sales>6||billing',
      "call.noted B nobody",
    ],
    never: /offer\.made B/,
  },
  20: {
    of: "three timers in three products decide how long it rings",
    // Each of the others would end it at another time, before or after.
    directory: house
      .replace('ana: { extension: "6101"', 'ana: { extension: "6101", device: d1, no_answer: { after: 5s }')
      .concat('devices: { d1: { trunk: pbx, user: "6101", no_answer: { after: 15s } } }\n'),
    statements: team,
    story: `
      0s ana ready
      1s A calls 5000
      1s A answered
      2s A/1 rings
      6s flag storm on
      16s flag storm off
      21s flag storm on`,
    shows: [
      "offer.made A/1 ana Sales for 10s",
      "6s flag storm on",
      "11s -",
      "offer.ended A/1 ana no_answer",
      "> withdraw A/1 no_answer",
      "16s flag storm off",
      "21s flag storm on",
    ],
    also(engine, { commands, records }) {
      // One limit, named in the record with whose word it is, and one end.
      const made = records.filter(({ type }) => type === "offer.made");
      expect(made).toEqual([expect.objectContaining({ ringFor: 10_000, level: "strategy" })]);
      expect(commands.filter(({ type }) => type === "withdraw")).toHaveLength(1);
      expect(engine.agent("ana")?.reasons).toEqual(["no_answer"]);
      // Without the strategy's word the closest of the others holds, whichever is the longest.
      for (const [agent, device, holds] of [
        ["after: 5s", "after: 15s", 5],
        ["after: 15s", "after: 5s", 15],
        ["makes: ready", "after: 25s", 25],
        ["makes: ready", "makes: ready", 20],
      ] as const) {
        const directory = house
          .replace('ana: { extension: "6101"', `ana: { extension: "6101", device: d1, no_answer: { ${agent} }`)
          .concat(`devices: { d1: { trunk: pbx, user: "6101", no_answer: { ${device} } } }\n`);
        const other = tell(
          strategyOf({ statements: team.replace("ring for 10s  ", "") }),
          ladder(complaints[20]?.story ?? ""),
          {
            directory,
          },
        );
        expect(other.records.find(({ type }) => type === "offer.made")).toMatchObject({ ringFor: holds * 1000 });
      }
    },
  },
  21: {
    of: "steps that are too short for a ring make the order of skills pointless",
    statements:
      "queue Sales { ring for 10s  at 0s agents with sales >= 9  at 5s only agents with sales >= 7  give up after 5m }",
    story: `
      0s ana ready
      0s ben ready
      1s A calls 5000
      1s A answered
      7s flag storm on
      12s flag storm off`,
    shows: ["offer.made A/1 ana Sales for 10s", "7s flag storm on", "11s -", "offer.made A/2 ben Sales for 10s"],
    also: () =>
      expect(
        findings(`queue Sales { ring for 10s  at 0s group Sales  at 5s add agent rita  give up after 5m }`),
      ).toContain("S410"),
  },
};

function strategyOf({ before = "", statements }: Pick<Complaint, "before" | "statements">): string {
  const subs = before.startsWith("sub") ? before : "";
  return `${subs}\nstrategy "s" {\n  entry "5000"\n  default route to group Reception\n  answer\n  ${statements}\n  wait 1h\n}`;
}

/** Codes of everything that is said of a strategy with these statements. */
function findings(statements: string): string[] {
  const { directory } = readDirectory([makeSource("directory.yaml", house)]);
  const source = makeSource("test.strategy", strategyOf({ statements }));
  const { file, diagnostics } = parse(source);
  return [...diagnostics, ...check([{ source, file }], directory).diagnostics].map(({ code }) => code);
}

test.each(Object.entries(complaints).map(([nth, one]) => ({ nth, ...one })))("$nth: $of", (complaint) => {
  const told = tell(
    strategyOf(complaint),
    ladder(complaint.story),
    complaint.directory ? { directory: complaint.directory } : {},
  );
  const lines = told.text.split("\n").map((line) => line.trim());
  let from = 0;
  for (const line of complaint.shows) {
    const at = lines.indexOf(line, from);
    expect(at, `no \`${line}\` in what follows of\n${told.text}`).toBeGreaterThanOrEqual(0);
    from = at + 1;
  }
  if (complaint.never) expect(told.text).not.toMatch(complaint.never);
  complaint.also?.(told.engine, told);
});

test("15: things are named by numbers that hold in one house only, and what is broken shows when a call comes", () => {
  const { directory } = readDirectory([makeSource("directory.yaml", house)]);
  const source = makeSource(
    "test.strategy",
    strategyOf({ statements: "queue Sales { at 0s group Slaes  give up after 5m }" }),
  );
  const { file } = parse(source);
  const { diagnostics } = check([{ source, file }], directory);
  expect(diagnostics.map(({ message, hint }) => `${message} ${hint}`).join("\n")).toMatch(/`Slaes`[^]*Sales/);
  // The same text in another house: only the directory is another.
  const text = strategyOf({ statements: team });
  const other = house.replace(
    'trunks:\n  pbx: { to: "sip:pbx.example:5060"',
    'trunks:\n  pbx: { to: "sip:test.example:5070"',
  );
  expect(other).not.toBe(house);
  expect(programOf(text, other).strategies).toHaveLength(1);
});

test("22: tests are live calls that last five minutes at the most, five at a time", () => {
  const callers = Array.from({ length: 300 }, (_, nth) => `call C${nth} from "+3460000${1000 + nth}" to "5000" at 0s`);
  const day = (nth: number): string => `
test "a whole day, ${nth}" for "s" {
  agent ana with group Sales, not_ready("lunch")
  ${nth === 0 ? callers.join("\n  ") : 'call C0 from "+34600001000" to "5000" at 0s'}
  expect C0 waits in queue Sales before 1s
  expect C0 ends hung_up at 9h
  ${nth === 0 ? "expect C299 ends hung_up at 9h" : ""}
}`;
  const strategy = strategyOf({ statements: "queue Sales { at 0s group Sales  give up after 9h } hangup" });
  const days = Array.from({ length: 100 }, (_, nth) => day(nth));
  const held = process.getActiveResourcesInfo().toSorted();
  const results = runTests(programOf(strategy.replace("wait 1h", "") + days.join("")));
  // No socket, no timer, no process: nothing that a live call would need was there.
  expect(process.getActiveResourcesInfo().toSorted()).toEqual(held);
  expect(results.flatMap(({ failures }) => failures.map(({ message }) => message))).toEqual([]);
  expect(results.map(({ ms }) => ms)).toEqual(days.map(() => 9 * 3_600_000));
  // A test can fail, too: the same day, where somebody is there.
  const there = strategy.replace("wait 1h", "") + day(1).replace('not_ready("lunch")', "ready\n  agent ana accepts");
  expect(runTests(programOf(there))[0]?.failures.map(({ message }) => message)).toEqual([
    expect.stringContaining("C0"),
  ]);
});

test("each of the twenty-two has its story", () => {
  const told = [...Object.keys(complaints).map(Number), 15, 22].toSorted((a, b) => a - b);
  expect(told).toEqual(Array.from({ length: 22 }, (_, index) => index + 1));
});

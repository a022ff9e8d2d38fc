import { zonesFor } from "../zone-data.ts";
import type { CheckedProgram } from "../../language/index.ts";
import { createEngine, type Engine, restoreEngine } from "../engine.ts";
import type { Library } from "../core.ts";
import type { ClaimState, Event } from "../events.ts";
import { startHost } from "../host.ts";
import { type JournalEntry, type JournalStart, journalHeader, journalLine, readJournal, replay } from "../journal.ts";
import { loadProgram } from "../strategy/load.ts";
import type { Program } from "../strategy/program.ts";
import type { HttpPort } from "../ports.ts";
import type { EventRecord } from "../records.ts";
import type { Snapshot } from "../snapshot.ts";
import { createVirtualClock, type VirtualClock } from "../simulation/clock.ts";
import type { Cast } from "../simulation/acts.ts";
import { createStage, type Stage } from "../simulation/stage.ts";
import { type Dice, dice } from "./dice.ts";
import { checkedEngine } from "./invariants.ts";
import { house, programOf, roomyHouse } from "./programs.ts";

const text = `
strategy "team" {
  entry "5000", "5001"
  default route to group Reception
  answer
  play "welcome"
  queue Team {
    priority 40 rising 5 every 30s up to 47
    tier vip when call.to == "5001"
    choose by best_skill(sales) then longest_idle
    ring for 10s
    at 0s agents with sales >= 7
    at 20s add agents with sales >= 4 or billing >= 8 when call.data.storm == yes
    at 40s add group Reception when waiting(queue Team) > 1
    at 1m30s only group Sales
    give up after 3m
    while waiting { once { play "hello" }  music "calm" for 9s  play "busy"  set call.data.storm = (call.data.storm ?? no) == no }
    on nobody { play "nobody" }
    on give_up { play "sorry" }
  }
  voicemail to mailbox sales { on failed, empty { note "no message" } }
}
strategy "direct" {
  entry "6000".."6999"
  default route to "5000"
  let owner = agent_at(call.to)
  if owner is found {
    ring owner for 12s {
      no_answer makes not_ready("no answer")
      on no_answer, busy, rejected, unreachable { note "missed: {outcome}" }
    }
  }
  answer
  queue Direct {
    priority 45 rising 1 every 10s up to 60
    keep place of call.arrived
    exclude owner
    ring for 8s
    offer to at most 2 people
    at 0s group Sales
    at 25s add group Reception
    give up after 1m
    while waiting { music "calm" }
  }
  voicemail to mailbox of group Sales
}
`;

/** Everything that can be tried, one thing after another. */
const everything = `
queue plan mixed {
  ring for 8s
  at 0s agents with sales >= 7
  at 20s add group Reception
  give up after 2m
}
sub greet(name) {
  play "hello"
  let keys = collect 2 digits prompt "menu" within 3s else "none"
  wait 1500ms
  return "{name} {keys}"
}
sub legal(name) {
  uninterrupted { play name  wait 700ms  play "busy" }
  return "heard"
}
sub leave_number(phone) {
  collect 1 digit prompt "press" within 2s {
    on "1" {
      callback to phone {
        expires after 4m
        attempts 2 every 20s
        agent first
        announce "for {phone}"
        on accepted { play "we-will-call" }
        after callback { note "called back: {call.outcome}" }
      }
    }
    on "2" { callback to phone { expires after 3m } }
    on "3" { leave }
  }
}
strategy "everything" {
  entry "7000"
  default route to group Reception
  secret call.data.card
  answer
  let greeted = run greet("x") within 5s else "late"
  set call.data.card = collect 1..4 digits prompt "card" within 3s ended by "#" else "none"
  try {
    fetch GET crm "/x" with { greeted } within 2s { on ok(v) { note "{v.name}" }  on timeout, failed { note "no" } }
    on bad_value { note "bad" }
  }
  split {
    40% left { ring all of [group Sales, number duty] for 7s }
    30% middle { ask bot helper { give up after 20s  on transfer(t) { note "{t.reason ?? "?"}" } } }
    30% right { ring number duty for 9s { confirmed by "1" prompt "take-call"  on not_confirmed { note "no key" } } }
  }
  preview to top 2 of group Sales for 8s { on accepted(w) { ring w for 5s  note "missed" } }
  preview to group Sales for 4s { one by one, at most 2 people  on accepted(w) { try { note "{missing}"  on bad_value { ring w for 6s } } } }
  loop 2 times {
    dial "+34600000777" via trunk both { ringback within 3s  answer within 6s  on busy, failed { note "{outcome}"  stop loop } }
  }
  queue Mixed by mixed {
    choose by longest_idle
    while waiting {
      say position(this)
      uninterrupted { play "legal" }
      every 20s { play "still" }
      run leave_number(call.from)
      let heard = run legal("notice") within 2500ms else "cut"
      let more = run greet("y") within 4s else "late"
      music "calm" for 4s
    }
  }
  transfer to "+34600000888" { uui "00" json { greeted }  on refused(code) { note "{code}" }  on failed { note "{outcome}" } }
  refer to "tel:+34600000999" { on refused(code) { note "{code}" }  on failed { note "{outcome}" } }
  hangup
  after call { note "after {call.outcome}"  send POST crm "/end" with { o: call.outcome } within 2s { on failed(c) { note "{c}" } } }
}
`;

const wild = {
  team: { text, directory: house },
  everything: { text: everything, directory: house },
  "roomy team": { text, directory: roomyHouse },
  "roomy everything": { text: everything, directory: roomyHouse },
};

type Wild = keyof typeof wild;

interface Programs {
  program: CheckedProgram;
  loaded: Program;
  /** It, and another of the same meaning. */
  library: Map<string, Program>;
}

const programs = new Map<Wild, Programs>();

function programsOf(of: Wild): Programs {
  const known = programs.get(of);
  if (known) return known;
  const { text: its, directory } = wild[of];
  const program = programOf(its, directory);
  const loaded = loadProgram(program);
  const again = loadProgram(programOf(`${its}\n# another text`, directory));
  const made = { program, loaded, library: new Map([loaded, again].map((each) => [each.hash, each])) };
  programs.set(of, made);
  return made;
}

export interface ChaosResult {
  violations: string[];
  records: EventRecord[];
  events: number;
}

const MOST_EVENTS = 50_000;

/**
 * A day gone wild, all from one seed: `steps` random happenings (calls, hang-ups, agents who come, go and sign off) within ten
 * minutes, phones that answer late, twice or never, answers that cross the withdrawal, parties that cannot be joined.
 * The engine is written down and made anew now and then. Everything is checked after every event; in the end all callers hang up, whoever was called back too, nothing may be left, and the replay of all events
 * must give the same records.
 */
export function runChaos(seed: number, steps: number, of: Wild = "team"): ChaosResult {
  const { program, loaded, library } = programsOf(of);
  const isTeam = wild[of].text === text;
  const thrown = dice(seed);
  const startedAt = Date.UTC(2026, 10, 23, 9);
  const clock = createVirtualClock(startedAt);
  const records: EventRecord[] = [];
  const started = restarting(thrown, createEngine({ program: loaded, now: startedAt, seed, library }), library);
  const { engine, violations, journal } = checkedEngine(started, program, isTeam);
  const deliver = (event: Event) => host.deliver(event);
  const later = (event: Event, ms: number) => clock.plan(clock.now() + ms, () => deliver(event));
  const stage = createStage({ clock, cast: wildCast(thrown), deliver: disturbed(thrown, clock, deliver) });
  const host = startHost({
    engine,
    calls: stage.calls,
    http: wildHosts(thrown, later),
    clock,
    watch(record) {
      records.push(record);
      if (record.type === "preview.offered") seen(thrown, record, later);
    },
    onDefect: (defect) => violations.push(`defect: ${String(defect)}`),
  });

  const agents = Object.keys(loaded.directory.agents);
  const numbers = isTeam ? ["5000", "5000", "5001", "6101", "6102", "6999"] : ["7000"];
  const calls = planHappenings(thrown, steps, {
    clock,
    stage,
    deliver,
    agents,
    numbers,
    programs: [...library.values()],
  });
  clock.plan(startedAt + 900_000, () => {
    for (const call of calls) stage.hangUp(call);
  });
  // Callbacks may come later, and two who were brought together may talk for ever.
  clock.plan(startedAt + 1_800_000, () => {
    for (const { id } of engine.calls()) stage.hangUp(id);
  });
  let events = 0;
  while (clock.step() && events < MOST_EVENTS) events++;
  if (events === MOST_EVENTS) violations.push("there was no end to it");
  for (const call of engine.calls()) violations.push(`${call.id} is left`);
  if (stage.legs() > 0) violations.push(`${stage.legs()} legs are left`);
  violations.push(
    ...replayDiffers(
      loaded,
      { program: loaded.hash, startedAt, seed, zones: zonesFor(loaded.zones, startedAt) },
      journal,
      records,
      library,
    ),
  );
  return { violations, records, events };
}

/** An engine that is written down now and then, and goes on as the one that is made from that. */
function restarting({ chance }: Dice, first: Engine, library: Library): Engine {
  let engine = first;
  return {
    accept(event, now) {
      if (chance(0.05)) {
        const snapshot: Snapshot = JSON.parse(JSON.stringify(engine.snapshot()));
        engine = restoreEngine(snapshot, { library });
      }
      return engine.accept(event, now);
    },
    nextDeadline: () => engine.nextDeadline(),
    shown: (event) => engine.shown(event),
    snapshot: () => engine.snapshot(),
    abandon: (now) => engine.abandon(now),
    calls: () => engine.calls(),
    glance: () => engine.glance(),
    agents: () => engine.agents(),
    queues: () => engine.queues(),
    flags: () => engine.flags(),
    away: () => engine.away(),
    mailbox: (id) => engine.mailbox(id),
    call: (id) => engine.call(id),
    agent: (id) => engine.agent(id),
    why: (id) => engine.why(id),
  };
}

/** What becomes of what the outside has to say. */
function disturbed({ upTo, chance, oneOf }: Dice, clock: VirtualClock, deliver: (event: Event) => void) {
  const later = (event: Event, ms: number) => clock.plan(clock.now() + ms, () => deliver(event));
  return (event: Event): void => {
    const isOfOffer = event.type.startsWith("offer.");
    if (isOfOffer && chance(0.05)) return;
    if (isOfOffer && chance(0.1)) later(event, upTo(12_000));
    else if (event.type === "call.connected" && chance(0.15)) {
      deliver({ type: oneOf("connect.failed", "party.gone"), call: event.call, offer: event.offer });
    } else deliver(event);
    if (chance(0.03) && event.type !== "call.arrived") later(event, upTo(3000));
  };
}

function wildCast({ upTo, chance, oneOf }: Dice): Cast {
  return {
    deviceOf: () => undefined,
    answering() {
      if (chance(0.2)) return { act: "ignores" };
      if (chance(0.3)) return { act: "fails", afterMs: upTo(9000), outcome: oneOf("rejected", "busy", "unreachable") };
      const presses = chance(0.5) ? () => oneOf(undefined, "1", "2") : undefined;
      return { act: "answers", afterMs: upTo(14_000), talksMs: chance(0.8) ? upTo(90_000) : undefined, presses };
    },
    deposit: () => (chance(0.2) ? { act: "fails", afterMs: upTo(5000) } : { act: "records", ms: upTo(20_000) }),
    speaksMs: () => upTo(20_000),
    previewing: () => ({ act: "ignores" }),
    bot: () =>
      chance(0.2)
        ? { act: "stays" }
        : { act: "ends", afterMs: upTo(25_000), outcome: oneOf("done", "transfer", "silent", "failed") },
    referred: () =>
      chance(0.5)
        ? { act: "answers", afterMs: 0 }
        : { act: "fails", afterMs: 0, outcome: oneOf("busy", "unreachable") },
    promptMs: () => (chance(0.1) ? undefined : 1 + upTo(5000)),
  };
}

type Later = (event: Event, ms: number) => void;

/** Hosts that answer late, wrongly, or not at all. */
function wildHosts({ upTo, chance, oneOf }: Dice, later: Later): HttpPort {
  return {
    perform(command) {
      if (command.type !== "request" || chance(0.2)) return;
      const { call, task } = command;
      const body = chance(0.8) ? { name: oneOf("Ada", "Bob") } : undefined;
      later({ type: "request.ended", call, task, code: oneOf(200, 204, 503, 0), body }, upTo(3000));
    },
  };
}

/** Whoever sees a call takes it, says no, does both, or nothing. */
function seen({ upTo, chance }: Dice, { call, preview, agent }: Of<"preview.offered">, later: Later): void {
  if (chance(0.5)) later({ type: "preview.accepted", call, preview, agent }, upTo(9000));
  if (chance(0.4)) later({ type: "preview.declined", call, preview, agent }, upTo(9000));
}

type Of<T extends EventRecord["type"]> = Extract<EventRecord, { type: T }>;

interface Setting {
  clock: VirtualClock;
  stage: Stage;
  deliver: (event: Event) => void;
  agents: string[];
  /** That callers dial. */
  numbers: string[];
  /** Loaded now and then, while calls are under way. */
  programs: Program[];
}

/** Plans what people do; gives the calls, which fill as they arrive. */
function planHappenings(
  { upTo, oneOf }: Dice,
  steps: number,
  { clock, stage, deliver, agents, numbers, programs: loaded }: Setting,
): string[] {
  const calls: string[] = [];
  const someone = () => agents[upTo(agents.length - 1)] ?? "";
  const claim = (agent: string, source: string, state?: ClaimState) =>
    deliver({ type: "agent.claimed", agent, source, state });
  const arrive = () => {
    const call = `c${calls.length + 1}`;
    calls.push(call);
    stage.arrive({ call, from: "+34600000001", to: oneOf("", ...numbers) || (numbers[0] ?? "") });
  };
  const dial = () => {
    const call = `d${calls.length + 1}`;
    calls.push(call);
    deliver({ type: "call.dialled", call, agent: someone(), to: oneOf("6101", "6102", "cleo", "+34600000777", "?") });
  };
  const ready = () => deliver({ type: "agent.readied", agent: someone(), source: "desk" });
  const unclaim = () => claim(someone(), oneOf("desk", "presence"));
  const hangUp = () => stage.hangUp(calls[upTo(calls.length)] ?? "");
  const release = () => stage.release(someone());
  const signOff = () => claim(someone(), oneOf("desk", "presence"), oneOf("offline", "not_ready"));
  const trunk = () => {
    deliver({ type: "trunk.changed", trunk: "pbx", up: false });
    clock.plan(clock.now() + upTo(20_000), () => deliver({ type: "trunk.changed", trunk: "pbx", up: true }));
  };
  const press = () => {
    for (let keys = upTo(3); keys >= 0; keys--) stage.press(calls[upTo(calls.length)] ?? "", oneOf("1", "2", "3", "#"));
  };
  const reload = () => {
    const next = loaded[upTo(loaded.length - 1)];
    if (next) deliver({ type: "program.loaded", program: next.hash, zones: zonesFor(next.zones, clock.now()) });
  };
  const happen = () =>
    oneOf(
      reload,
      press,
      press,
      press,
      trunk,
      arrive,
      arrive,
      dial,
      ready,
      ready,
      ready,
      unclaim,
      unclaim,
      hangUp,
      release,
      signOff,
    );
  for (const agent of agents) for (const source of ["registration", "login"]) claim(agent, source);
  const now = clock.now();
  for (let step = 0; step < steps; step++) clock.plan(now + upTo(600_000), happen());
  return calls;
}

/** Writes the journal, reads it, tells it to a new engine; says at which record that first goes another way. */
function replayDiffers(
  program: Program,
  start: JournalStart,
  journal: JournalEntry[],
  records: EventRecord[],
  library: Library,
): string[] {
  const read = readJournal([journalHeader(start), ...journal.map(({ at, event }) => journalLine(at, event))]);
  if ("error" in read) return [`the journal cannot be read: ${read.error}`];
  const again = replay(program, read.start, read.entries, library).records.map((record) => JSON.stringify(record));
  const first = records.map((record) => JSON.stringify(record));
  const differs = first.findIndex((record, index) => record !== again[index]);
  if (differs === -1 && again.length === first.length) return [];
  const at = differs === -1 ? first.length : differs;
  return [`replay differs: ${first[at]} became ${again[at]}`];
}

import type { AgentTestState, CheckedProgram, Test } from "../../language/index.ts";
import type { Drive } from "../core.ts";
import { createEngine, type Engine, type RestoreOptions } from "../engine.ts";
import type { CallId, Event, Millis } from "../events.ts";
import { startHost } from "../host.ts";
import { loadProgram } from "../strategy/load.ts";
import type { HttpPort } from "../ports.ts";
import type { EventRecord } from "../records.ts";
import type { Value } from "../values.ts";
import { instantIn } from "../zone.ts";
import { zoneBetween } from "../zone-data.ts";
import { castOf, directoryFor, linesOf, namedIn, type PromptLengths } from "./cast.ts";
import { createVirtualClock, type VirtualClock } from "./clock.ts";
import type { Ways } from "./coverage.ts";
import type { Story } from "./expectation.ts";
import { hostsOf } from "./hosts.ts";
import { literal, plainText } from "./literal.ts";
import { pressesOf } from "./keys.ts";
import { settingsIn, statedIn } from "./stated.ts";
import type { Cast } from "./acts.ts";
import { createStage, type Stage } from "./stage.ts";

/** How the lines of a test went, before anybody judges them. */
export interface Rehearsal extends Story {
  endedAt: Millis;
  /** False when it had to be stopped: after 24 virtual hours or 100,000 events. */
  cameToEnd: boolean;
  /** Mistakes of ours that showed. */
  defects: string[];
}

/** What a rehearsal is made of, for whoever wants to disturb it. */
export interface Setting {
  clock: VirtualClock;
  stage: Stage;
  startedAt: Millis;
  deliver: (event: Event) => void;
}

export interface RehearsalOptions {
  lengths?: PromptLengths;
  /** Told which ways calls go. */
  ways?: Ways;
  /** Stands before the engine; with `making` another one is made from its snapshot. */
  engine?(engine: Engine, making: RestoreOptions): Engine;
  /** How recipes are run. */
  drive?: Drive;
  /** Stands before those whom the test plays. */
  cast?(cast: Cast): Cast;
  /** Stands before the hosts that the test plays. */
  http?(hosts: HttpPort, around: Pick<Setting, "clock" | "deliver">): HttpPort;
  /** Stands before the host, and sees what the outside has to say. */
  deliver?(event: Event, setting: Setting): void;
  /** Plans more than the test's lines say. */
  also?(setting: Setting): void;
}

const DAY_MS = 86_400_000;
const MOST_EVENTS = 100_000;
/** Who claims that an agent is away before he comes: his phone, and the desk he logs in at. */
const AT_FIRST = ["registration", "login"];
/** A Monday, for tests that name no clock. */
const USUAL_TIME = { year: 2026, month: 11, day: 23, minutes: 10 * 60 };

/** Lets what a test says happen, on the live engine and a virtual clock, until nothing is left to happen. */
export function rehearse(checked: CheckedProgram, test: Test, options: RehearsalOptions = {}): Rehearsal {
  const { story, setting, close } = openRehearsal(checked, test, options);
  const cameToEnd = runOut(setting.clock, setting.startedAt);
  close();
  return { ...story, endedAt: setting.clock.now(), cameToEnd };
}

/** The same before anything has happened but what the test says of the people: whoever steps the clock lets the rest happen. */
export interface OpenRehearsal {
  setting: Setting;
  /** Grows as things happen. */
  story: Omit<Rehearsal, "endedAt" | "cameToEnd">;
  close(): void;
}

export function openRehearsal(checked: CheckedProgram, test: Test, options: RehearsalOptions = {}): OpenRehearsal {
  const directory = directoryFor(test, checked.directory);
  const startedAt = startOf(test, directory.site.zone);
  const clock = createVirtualClock(startedAt);
  const records: EventRecord[] = [];
  const heard: { call: CallId; name: string; at: Millis }[] = [];
  const carried: { call: CallId; trunk: string; at: Millis }[] = [];
  const defects: string[] = [];

  const program = loadProgram({ ...checked, directory });
  const stated = statedIn(test);
  const { ways, drive } = options;
  const engine = createEngine({ program, now: startedAt, seed: 1, stated, ways, drive });
  const played = castOf(test, directory, options.lengths);
  const cast = options.cast?.(played) ?? played;
  const stage = createStage({
    clock,
    cast,
    deliver: (event) => (options.deliver ? options.deliver(event, setting) : host.deliver(event)),
    onHeard: (call, name, at) => {
      heard.push({ call, name, at });
      pressing(call, name);
    },
    onCarried: (call, trunk, at) => carried.push({ call, trunk, at }),
  });
  const deliver = (event: Event): void => host.deliver(event);
  const hosts = hostsOf(test, clock, deliver);
  const host = startHost({
    engine: options.engine?.(engine, { library: new Map([[program.hash, program]]), stated }) ?? engine,
    calls: stage.calls,
    http: options.http?.(hosts, { clock, deliver }) ?? hosts,
    clock,
    watch: (record) => {
      records.push(record);
      options.ways?.seeRecord(record);
      if (record.type === "preview.offered") seePreview(record, setting, cast);
    },
    onDefect: (defect) => defects.push(String(defect)),
  });
  const setting: Setting = { clock, stage, startedAt, deliver };

  const pressing = pressesOf(test, clock, stage);
  for (const event of settingsIn(test)) setting.deliver(event);
  placeAgents(test, Object.keys(directory.agents), setting);
  planLines(test, setting);
  options.also?.(setting);
  return { setting, story: { records, heard, carried, startedAt, directory, defects }, close: () => host.stop() };
}

/** Somebody to whom a call is shown takes it, or not, as he would take an offer. */
function seePreview(
  { call, preview, agent }: Extract<EventRecord, { type: "preview.offered" }>,
  { clock, deliver }: Setting,
  cast: Cast,
): void {
  const seen = cast.previewing(agent);
  if (seen.act === "ignores") return;
  const type = seen.act === "answers" ? "preview.accepted" : "preview.declined";
  clock.plan(clock.now() + seen.afterMs, () => deliver({ type, call, preview, agent }));
}

/** Agents whose state the test states have it before anything happens; those it does not name are offline. */
function placeAgents(test: Test, agents: string[], setting: Setting): void {
  const named = namedIn(test);
  const states = new Map(linesOf(test, "agentSet").map((line) => [line.agent.text, line.state]));
  for (const agent of agents) {
    const stated = states.get(agent);
    if (stated) enter(agent, stated, setting);
    else if (named.has(agent)) comeReady(agent, setting);
    else setting.deliver({ type: "agent.claimed", agent, source: "desk", state: "offline" });
  }
}

/** An agent takes on a state as his desk would say it; a conversation outside all strategies, as his phone would. */
function enter(agent: string, { name, reason, until }: AgentTestState, setting: Setting): void {
  const { deliver, clock, startedAt } = setting;
  const why = reason && { reason: plainText(reason) };
  switch (name.text) {
    case "offline":
      return deliver({ type: "agent.claimed", agent, source: "desk", state: "offline", ...why });
    case "not_ready":
      deliver({ type: "agent.claimed", agent, source: "desk", state: "not_ready", ...why });
      return come(agent, setting);
    case "talking":
      deliver({ type: "agent.claimed", agent, source: "phone", state: "not_ready", reason: "talking" });
      comeReady(agent, setting);
      if (until) {
        clock.plan(startedAt + until.ms, () => deliver({ type: "agent.claimed", agent, source: "phone" }));
      }
      return;
    default:
      comeReady(agent, setting);
  }
}

function come(agent: string, { deliver }: Setting): void {
  for (const source of AT_FIRST) deliver({ type: "agent.claimed", agent, source });
}

function comeReady(agent: string, setting: Setting): void {
  come(agent, setting);
  setting.deliver({ type: "agent.readied", agent, source: "desk" });
}

/** Everything that the test says will happen, in the order of its lines where two fall on one instant. */
function planLines(test: Test, setting: Setting): void {
  const { clock, startedAt, stage } = setting;
  for (const line of test.lines) {
    if (line.kind === "agentAct") {
      const { agent, act, state, at } = line;
      if (act === "goes" && state) clock.plan(startedAt + (at?.ms ?? 0), () => enter(agent.text, state, setting));
      if (act === "releases") clock.plan(startedAt + (at?.ms ?? 0), () => stage.release(agent.text));
    }
    if (line.kind === "callIn") {
      const call = line.name.text;
      const { from, to, hangsUpAt } = line;
      const data = line.data && dataOf(literal(line.data));
      const arrival = { call, from: plainText(from), to: plainText(to), ...(data && { data }) };
      clock.plan(startedAt + line.at.ms, () => stage.arrive(arrival));
      if (hangsUpAt) clock.plan(startedAt + hangsUpAt.ms, () => stage.hangUp(call));
    }
  }
}

function dataOf(value: Value): Record<string, Value> {
  return typeof value === "object" && value?.is === "record" ? value.fields : {};
}

/** False when there was no end to it. */
function runOut(clock: VirtualClock, startedAt: Millis): boolean {
  for (let events = 0; ; events++) {
    const next = clock.next();
    if (next === undefined) return true;
    if (events === MOST_EVENTS || next - startedAt > DAY_MS) return false;
    clock.step();
  }
}

function startOf(test: Test, zone: string): Millis {
  const line = linesOf(test, "clock").at(-1);
  const wall = line ? { ...line.date, minutes: line.time.minutes } : USUAL_TIME;
  const { year, month, day, minutes } = wall;
  return instantIn(zoneBetween(zone, Date.UTC(year - 1, 0), Date.UTC(year + 1, 12)), { year, month, day, minutes });
}

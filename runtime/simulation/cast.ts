import {
  type AgentActLine,
  type Directory,
  groupsBySkill,
  listed,
  listing,
  normalise,
  phoneTrunks,
  type Test,
  type TestLine,
} from "../../language/index.ts";
import type { Party } from "../commands.ts";
import type { CallId } from "../events.ts";
import { entry } from "../strategy/things.ts";
import { botAct } from "./bots.ts";
import { phoneOf, plainText } from "./literal.ts";
import type { Answering, Cast, Deposit } from "./acts.ts";

/** SIP transactions give up after 32 s without any answer (RFC 3261 17.1.1.2, timer B). */
const SILENCE_MS = 32_000;
/** How long a voicemail lasts unless the caller hangs up. */
const VOICEMAIL_MS = 10_000;

const unreachable: Answering = { act: "fails", afterMs: 0, outcome: "unreachable" };

type Of<K extends TestLine["kind"]> = Extract<TestLine, { kind: K }>;

/** Milliseconds by prompt, `NAME.LANG` before `NAME`: the lengths of the WAV files, where there are any. */
export type PromptLengths = Record<string, number>;

/** The directory with the skills and groups that the test gives its agents; all else stays. */
export function directoryFor(test: Test, directory: Directory): Directory {
  const lines = linesOf(test, "agentSet").filter((line) => line.hasWith);
  if (lines.length === 0) return directory;
  const agents = { ...directory.agents };
  const groups = { ...directory.groups };
  for (const line of lines) {
    const id = line.agent.text;
    const agent = agents[id];
    if (!agent) continue;
    const skills = Object.fromEntries(line.withSkills.map(({ name, level }) => [name.text, level.value]));
    const kind = line.withKind?.text;
    agents[id] = { ...agent, skills, kind: kind === "worker" || kind === "agent" ? kind : agent.kind };
    const named = new Set(line.withGroups.map((group) => group.text));
    for (const [name, group] of Object.entries(groups)) {
      const others = listed(group).filter((member) => member !== id);
      const stays = named.has(name) || (name === "Everyone" && group.members.includes(id));
      groups[name] = listing(group, stays ? [...others, id] : others);
    }
  }
  return { ...directory, agents, groups: groupsBySkill({ ...directory, agents, groups }) };
}

/** Agents that the test names anywhere; all others are offline. */
export function namedIn(test: Test): Set<string> {
  return new Set([...linesOf(test, "agentSet"), ...linesOf(test, "agentAct")].map((line) => line.agent.text));
}

/** Bots whose part the test plays. */
export function botsIn(test: Test): Set<string> {
  return new Set(linesOf(test, "botAct").map(({ bot }) => bot.text));
}

/** How everybody in the test answers. Several lines about one agent's answers hold for one offer each, the last for all others. */
export function castOf(test: Test, directory: Directory, lengths: PromptLengths = {}): Cast {
  const named = namedIn(test);
  const acts = new Map<string, AgentActLine[]>();
  for (const line of linesOf(test, "agentAct")) {
    if (ANSWERS.has(line.act)) acts.set(line.agent.text, [...(acts.get(line.agent.text) ?? []), line]);
  }
  const e164 = (number: string) => normalise(number, directory.site.country);
  const numbers = new Map(linesOf(test, "numberAct").map((line) => [e164(phoneOf(line.number, directory)), line]));
  const trunks = new Map(linesOf(test, "trunkAct").map((line) => [line.trunk.text, line]));
  const speaks = new Map(linesOf(test, "callIn").map((line) => [line.name.text, line.speaks?.ms]));
  const bots = new Map(linesOf(test, "botAct").map((line) => [line.bot.text, line]));
  const missing = new Set(linesOf(test, "promptMissing").map((line) => plainText(line.prompt)));

  const agentAnswers = (id: string): Answering => {
    const lines = acts.get(id) ?? [];
    const line = lines.length > 1 ? lines.shift() : lines[0];
    const afterMs = line?.after?.ms ?? 0;
    if (line?.act === "accepts") return { act: "answers", afterMs, ...(line.talks && { talksMs: line.talks.ms }) };
    return line?.act === "declines" ? { act: "fails", afterMs, outcome: "rejected" } : { act: "ignores" };
  };

  const numberAnswers = (number: string): Answering => {
    const line = numbers.get(e164(number));
    const afterMs = line?.after?.ms ?? 0;
    if (line?.act === "answers") return { act: "answers", afterMs, presses: (prompt) => keyAfter(line, prompt) };
    return line?.act === "busy" ? { act: "fails", afterMs, outcome: "busy", sip: 486 } : { act: "ignores" };
  };

  /** The first trunk of which nothing bad is stated carries the call on. */
  const along = (names: readonly string[], answering: (trunk: Of<"trunkAct"> | undefined) => Answering): Answering => {
    let spentMs = 0;
    let failed: Answering = unreachable;
    for (const name of names) {
      const line = trunks.get(name);
      if (!line || line.act === "answers") return carried(answering(line), name, spentMs);
      const sip = line.act === "silent" ? 408 : (line.code?.value ?? 503);
      spentMs += line.act === "silent" ? SILENCE_MS : 0;
      failed = { act: "fails", afterMs: spentMs, outcome: BUSY.has(sip) ? "busy" : "unreachable", sip };
    }
    return failed;
  };

  const speaksMs = (call: CallId) => speaks.get(call) ?? VOICEMAIL_MS;

  const people = Object.values(directory.agents);

  return {
    deviceOf: (number) =>
      people.find(({ extension }) => extension !== undefined && e164(extension) === e164(number))?.device,
    answering(party: Party) {
      if (party.kind === "number") {
        return along(party.trunks, (line) =>
          line ? { act: "answers", afterMs: line.after?.ms ?? 0 } : numberAnswers(party.number),
        );
      }
      if (!named.has(party.agent)) return unreachable;
      const lines = party.trunks ?? phoneTrunks(party.device, directory);
      return lines.length === 0 ? agentAnswers(party.agent) : along(lines, () => agentAnswers(party.agent));
    },
    deposit(trunk, call): Deposit {
      const answering = along([trunk], () => ({ act: "answers", afterMs: 0 }));
      return answering.act === "fails" ? answering : { act: "records", ms: speaksMs(call) };
    },
    speaksMs,
    previewing: (agent) => (named.has(agent) ? agentAnswers(agent) : { act: "ignores" }),
    bot: (name) => botAct(bots.get(name)),
    referred: (to) => numberAnswers(to.replace(/^\w+:/, "").replace(/@.*$/, "")),
    promptMs(name, language) {
      if (missing.has(name)) return undefined;
      const { lengthsMs, defaultLengthMs } = directory.prompts;
      const recorded = entry(lengths, `${name}.${language}`) ?? entry(lengths, name);
      return Math.max(1, Math.round(recorded ?? entry(lengthsMs, name) ?? defaultLengthMs));
    },
  };
}

/** RFC 3261 21.4.24, 21.6.1 */
const BUSY = new Set([486, 600]);
const ANSWERS = new Set<AgentActLine["act"]>(["accepts", "declines", "ignores"]);

/** The key that somebody outside presses when he hears a prompt. */
function keyAfter({ presses }: Of<"numberAct">, prompt: string): string | undefined {
  const press = presses.find(({ whenHears }) => plainText(whenHears) === prompt);
  return press && plainText(press.digits).slice(0, 1);
}

function carried(answering: Answering, trunk: string, afterMs: number): Answering {
  if (answering.act === "ignores") return answering;
  const later = { ...answering, afterMs: answering.afterMs + afterMs };
  return later.act === "answers" ? { ...later, over: trunk } : later;
}

export function linesOf<K extends TestLine["kind"]>(test: Test, kind: K): Of<K>[] {
  return test.lines.filter((line): line is Of<K> => line.kind === kind);
}

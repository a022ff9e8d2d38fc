import type { CallsLine, Hours, StaffLine, Strategy, TimingLine, Traffic, TrafficLine } from "../../ast.ts";
import { skillsOf } from "../../directory/skills.ts";
import type { Range } from "../../source.ts";
import { type Checking, isMistyped, quote, report } from "../checking.ts";
import { fixedName } from "../things.ts";
import { timeText } from "../words.ts";
import { askedBy, type Asked, asksGroup, asksSkill } from "./asked.ts";
import { checkQualities, strategyNamed } from "./bench.ts";
import { checkDialled } from "./calls.ts";
import { checkBot, checkHttp } from "./given.ts";
import { checkStatedOnce } from "./once.ts";
import { checkPress } from "./presses.ts";
import { type Script, type Scripted, scriptOf } from "./script.ts";

const dayMinutes = 1440;
const minute = 60_000;
const hour = 60 * minute;

const mostReplications = 1000;
const mostPeople = 10_000;
const mostCalls = 100_000;

/** Rates, laws and people of `traffic` blocks: values that can be, hours that fit one another, people somebody asks for. */
export function checkTraffic(
  blocks: readonly { checking: Checking; traffic: Traffic }[],
  strategies: readonly Scripted[],
): void {
  if (blocks.length === 0) return;
  const all = scriptOf(strategies);
  for (const { checking, traffic } of blocks) {
    const strategy = strategyNamed(checking, traffic.strategy);
    const scripted = strategies.find((one) => one.strategy === strategy);
    if (scripted) checkBlock(checking, traffic, scripted, all);
  }
}

function checkBlock(checking: Checking, traffic: Traffic, scripted: Scripted, all: Script): void {
  const { strategy } = scripted;
  const asked = askedBy(scripted);
  const during = traffic.lines.find((line) => line.kind === "during")?.hours;
  for (const line of traffic.lines) checkLine(checking, line, { strategy, asked, during, all });
  checkStatedOnce(checking, traffic);
  if (checking.torn) return;
  for (const { kind, message, hint } of needed) {
    if (traffic.lines.some((line) => line.kind === kind)) continue;
    report(checking, "warning", "S470", traffic.name.range, message, { hint });
  }
}

const needed = [
  { kind: "calls", message: "no calls come in this traffic", hint: 'write `calls 240 per hour to "5000"`' },
  { kind: "staff", message: "nobody is there to answer in this traffic", hint: "write `agents 12 with billing 7`" },
] as const;

interface Load {
  strategy: Strategy;
  asked: Asked;
  during: Hours | undefined;
  /** Of all strategies. */
  all: Script;
}

function checkLine(checking: Checking, line: TrafficLine, load: Load): void {
  switch (line.kind) {
    case "seed":
      checkCount(checking, line.value, 0, Number.MAX_SAFE_INTEGER, "`seed`");
      return;
    case "replications":
      checkCount(checking, line.value, 1, mostReplications, "`replications`");
      return;
    case "calls":
      checkCalls(checking, line, load);
      return;
    case "timing":
      checkTiming(checking, line);
      return;
    case "noAnswer":
      checkShare(checking, line.share, "`no_answer`");
      return;
    case "goal":
      checkShare(checking, line.share, "`target`");
      checkLonger(checking, line.within, "`within`");
      return;
    case "staff":
      checkStaff(checking, line, load);
      return;
    case "httpAct":
      checkHttp({ checking, all: load.all }, line);
      return;
    case "botAct":
      checkBot({ checking, all: load.all }, line);
      return;
    default:
  }
}

type Valued = { value: number; range: Range };

function checkCount(checking: Checking, { value, range }: Valued, from: number, to: number, by: string): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  const span = to === Number.MAX_SAFE_INTEGER ? `from ${from}` : `from ${from} to ${to}`;
  report(checking, "error", "S306", range, `${by} takes a whole number ${span}, not \`${value}\``);
}

function checkShare(checking: Checking, { value, range }: Valued, by: string): void {
  if (value >= 0 && value <= 100) return;
  report(checking, "error", "S306", range, `${by} takes a share from 0% to 100%, not \`${value}%\``);
}

function checkLonger(checking: Checking, time: { ms: number; range: Range } | undefined, by: string): void {
  if (!time || time.ms > 0) return;
  report(checking, "error", "S306", time.range, `${by} takes a time longer than 0s`);
}

function checkTiming(checking: Checking, { what, law, mean, sd, shape }: TimingLine): void {
  // Where nobody has anything to write up, that takes no time.
  if (what !== "wrap_up" || law !== "constant") checkLonger(checking, mean, "a mean");
  checkLonger(checking, sd, "`sd`");
  if (!shape || (shape.value >= 0.1 && shape.value <= 100)) return;
  const hint = "below 1 many give up at once, above 1 most do about the mean";
  report(checking, "error", "S306", shape.range, `\`shape\` goes from 0.1 to 100, and not to \`${shape.value}\``, {
    hint,
  });
}

function checkCalls(checking: Checking, line: CallsLine, { strategy, during, all }: Load): void {
  for (const press of line.presses) checkPress({ checking, all }, press);
  if (line.to) checkDialled(checking, line.to, strategy);
  for (const rate of line.perHour) {
    if (rate.value >= 0 && rate.value <= mostCalls) continue;
    report(checking, "error", "S306", rate.range, `between 0 and ${mostCalls} calls can come per hour`);
  }
  checkLonger(checking, line.each, "`each`");
  if (line.perHour.length < 2) {
    if (!line.each) return;
    const message = "one rate holds all the time, so that `each` says nothing";
    report(checking, "warning", "S471", line.each.range, message, { hint: "write several rates, or take it out" });
    return;
  }
  const covered = line.perHour.length * (line.each?.ms ?? hour);
  const length = lengthOf(during) * minute;
  if (covered === length || covered === 0) return;
  const more = covered < length ? "then they begin again" : "the last ones never come";
  const message = `these rates make ${timeText(covered)}, and the day has ${timeText(length)}: ${more}`;
  report(checking, "warning", "S471", line.range, message, {
    hint: `${line.perHour.length} rates fit with \`each ${timeText(length / line.perHour.length)}\``,
  });
}

/** Minutes; a whole day where nothing is said. */
function lengthOf(hours: Hours | undefined): number {
  if (!hours) return dayMinutes;
  const { from, to } = hours;
  return to.minutes > from.minutes ? to.minutes - from.minutes : to.minutes - from.minutes + dayMinutes;
}

function checkStaff(checking: Checking, line: StaffLine, { strategy, asked, during }: Load): void {
  checkCount(checking, line.count, 1, mostPeople, "`agents`");
  const before = checking.diagnostics.length;
  checkQualities(checking, line);
  if (line.between && during) checkShift(checking, line.between, during);
  if (checking.torn || checking.diagnostics.length > before) return;
  const skills = skillsOf(checking.directory);
  const isGroup = (name: string) => Object.hasOwn(checking.directory.groups, name);
  const unasked = [
    ...line.withSkills
      .map(({ name }) => ({ name, noun: "skill" }))
      .filter(
        ({ name: { text } }) =>
          !asksSkill(asked, text) && !isMistyped(text, asked.skills, (one) => skills.includes(one)),
      ),
    ...line.withGroups
      .map((name) => ({ name, noun: "group" }))
      .filter(({ name: { text } }) => !asksGroup(asked, text) && !isMistyped(text, asked.groups, isGroup)),
  ];
  for (const { name, noun } of unasked) {
    const message = `no step of strategy \`${fixedName(strategy.name) ?? ""}\` asks for ${noun} \`${name.text}\``;
    report(checking, "warning", "S472", name.range, message, { hint: "take it out, or correct the name" });
  }
}

/** A shift that has no minute in common with the day. */
function checkShift(checking: Checking, shift: Hours, during: Hours): void {
  const day = { from: during.from.minutes, to: during.from.minutes + lengthOf(during) };
  const length = lengthOf(shift);
  const meets = [0, dayMinutes].some(
    (later) => shift.from.minutes + later < day.to && shift.from.minutes + later + length > day.from,
  );
  if (meets) return;
  const message = `these people come when the day is over, at ${quote(checking, during.range)}`;
  report(checking, "warning", "S471", shift.range, message);
}

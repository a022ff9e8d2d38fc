import type { Value } from "../../runtime/index.ts";
import { english } from "./english.ts";
import { spanish } from "./spanish.ts";
import type { Gender, Tongue } from "./tongue.ts";

/** Those that `say` has rules for, by the first part of the language's code. */
export const tongues: Readonly<Record<string, Tongue>> = { en: english, es: spanish };

/** Beyond, digits are said one by one. */
const MOST = 1e9;
/** Nobody listens to a longer text letter by letter. */
const MOST_SPELLED = 60;

/** The rules for a language; `es-MX` has those of `es`. */
export function tongueOf(language: string): Tongue | undefined {
  const [first = ""] = language.toLowerCase().split("-");
  return Object.hasOwn(tongues, first) ? tongues[first] : undefined;
}

/**
 * The clips that say these values one after another. Texts, phones among them, are spelled; moments are told by the clock of `zone`.
 * Undefined where there are no words for a value.
 */
export function spoken(values: readonly Value[], tongue: Tongue, zone: string): string[] | undefined {
  const said = values.map((value) => one(value, tongue, zone));
  if (said.some((clips) => clips === undefined)) return undefined;
  return said.flatMap((clips, index) => (index === 0 ? (clips ?? []) : ["pause", ...(clips ?? [])]));
}

function one(value: Value, tongue: Tongue, zone: string): string[] | undefined {
  if (typeof value === "number") return number(value, tongue);
  if (typeof value === "string") return spelled(value, tongue);
  if (typeof value === "boolean") return [value ? "yes" : "no"];
  switch (value?.is) {
    case "phone":
      return spelled(value.number, tongue);
    case "word":
      return spelled(value.word, tongue);
    case "thing":
      return spelled(value.name, tongue);
    case "duration":
      return duration(value.ms, tongue);
    case "never":
      return ["unknown"];
    case "time":
      return time(value.minutes, tongue);
    case "date":
      return date(value, tongue);
    case "moment":
      return moment(value.at, tongue, zone);
    case "percent":
      return [...number(value.value, tongue), "percent"];
    case "list":
      return spoken(value.items, tongue, zone);
    default:
      return undefined;
  }
}

/** Up to two places behind the point. */
function number(value: number, tongue: Tongue): string[] {
  if (!Number.isFinite(value)) return ["unknown"];
  const rounded = Math.round(Math.abs(value) * 100) / 100;
  const whole = Math.floor(rounded);
  const places = rounded === whole ? "" : rounded.toFixed(2).replace(/^\d+\.|0$/g, "");
  const before = whole < MOST ? cardinal(whole, tongue) : BigInt(whole).toString().split("");
  return [
    ...(value < 0 && rounded > 0 ? ["minus"] : []),
    ...before,
    ...(places === "" ? [] : ["point", ...places.split("")]),
  ];
}

/** A whole number from 0 on, as one counts. */
export function cardinal(value: number, tongue: Tongue): string[] {
  const { own, tensAnd, hundreds, hundredAlone, scales } = tongue.numbers;
  const scale = scales.find(({ size }) => value >= size);
  if (scale) {
    const head = Math.floor(value / scale.size);
    const counted = head === 1 ? scale.one : [...agreeing(head, "masculine", tongue), scale.many];
    return [...counted, ...behind(value % scale.size, tongue)];
  }
  if (value === 100 && hundredAlone) return [...hundredAlone];
  if (value >= 100) return [...(hundreds[Math.floor(value / 100) - 1] ?? []), ...behind(value % 100, tongue)];
  if (value <= own) return [String(value)];
  const ones = value % 10;
  return [String(value - ones), ...(ones > 0 ? [...tensAnd, String(ones)] : [])];
}

function behind(rest: number, tongue: Tongue): string[] {
  return rest > 0 ? cardinal(rest, tongue) : [];
}

/** A number before a noun. */
export function agreeing(value: number, gender: Gender, tongue: Tongue): string[] {
  const forms = tongue.numbers.agreeing[gender];
  return cardinal(value, tongue).map((clip) => forms[clip] ?? clip);
}

/** To the second. */
function duration(ms: number, tongue: Tongue): string[] {
  let rest = Math.round(Math.abs(ms) / 1000) * 1000;
  const smallest = tongue.units.at(-1);
  const parts = tongue.units.flatMap((unit) => {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    return count > 0 ? [[...agreeing(count, unit.gender, tongue), count === 1 ? unit.one : unit.many]] : [];
  });
  if (parts.length === 0 && smallest) return ["0", smallest.many];
  const joined = parts.flatMap((part, index) => (index > 0 && index === parts.length - 1 ? ["and", ...part] : part));
  return ms < 0 ? ["minus", ...joined] : joined;
}

/** Minutes since midnight. */
function time(minutes: number, tongue: Tongue): string[] {
  const { lead, gender, minutes: between, parts } = tongue.time;
  const hour = Math.floor(minutes / 60) % 24;
  const rest = Math.floor(minutes) % 60;
  const onClock = hour % 12 === 0 ? 12 : hour % 12;
  const part = parts.findLast(([from]) => hour >= from);
  return [
    ...(onClock === 1 ? lead.one : lead.other),
    ...agreeing(onClock, gender, tongue),
    ...(rest === 0 ? [] : [...(rest < 10 ? between.few : between.many), ...cardinal(rest, tongue)]),
    ...(part ? [part[1]] : []),
  ];
}

function date({ year, month, day }: { year: number; month: number; day: number }, tongue: Tongue): string[] {
  return tongue.date.flatMap((each) => {
    if (each === "year") return cardinal(year, tongue);
    if (each === "month") return [`month-${month}`];
    if (each === "day") return tongue.days[day] === undefined ? cardinal(day, tongue) : [tongue.days[day]];
    return [each];
  });
}

function moment(at: number, tongue: Tongue, zone: string): string[] {
  const shown = new Intl.DateTimeFormat("en", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string): number => Number(shown.find((each) => each.type === type)?.value);
  return [
    ...date({ year: part("year"), month: part("month"), day: part("day") }, tongue),
    "pause",
    ...time(part("hour") * 60 + part("minute"), tongue),
  ];
}

const SIGNS: Readonly<Record<string, string>> = { "+": "plus", "*": "star", "#": "hash" };

/** Letters and digits one by one, without their accents; whatever else is a pause. Undefined where nothing of it can be said. */
function spelled(text: string, tongue: Tongue): string[] | undefined {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  if (plain.length > MOST_SPELLED) return undefined;
  const clips = plain.split("").map((sign) => {
    if (/\d/.test(sign)) return sign;
    const clip = SIGNS[sign] ?? `letter-${sign}`;
    return Object.hasOwn(tongue.clips, clip) ? clip : "pause";
  });
  const said = clips.filter((clip, index) => clip !== "pause" || (index > 0 && clips[index - 1] !== "pause"));
  if (said.at(-1) === "pause") said.pop();
  return said.length > 0 ? said : undefined;
}

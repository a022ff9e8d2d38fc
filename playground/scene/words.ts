import type { CallGlance, Value } from "../../runtime/index.ts";

/* Times, values and states as a person reads them. */

/** `03:07.4`, `1:03:07.4`: from the beginning of a run. */
export function runTime(ms: number, withTenths = true): string {
  const tenths = Math.floor(ms / 100);
  const seconds = Math.floor(tenths / 10);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const head = hours > 0 ? `${hours}:${two(minutes % 60)}` : two(minutes);
  return `${head}:${two(seconds % 60)}${withTenths ? `.${tenths % 10}` : ""}`;
}

const two = (amount: number): string => String(amount).padStart(2, "0");

/** As the language writes it: `1m30s`; no finer than seconds from ten seconds on. */
export function lasting(ms: number): string {
  if (ms === Infinity) return "never";
  if (ms < 10_000) return `${Math.round(ms / 100) / 10}s`;
  const seconds = Math.round(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ] as const;
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join("");
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The clock on the wall where the site is: `Mon 10:00:07`. */
export function wallTime(at: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format.format(at);
}

export function valueText(value: Value | undefined): string {
  if (value === null || value === undefined) return "missing";
  if (typeof value === "string") return `"${value}"`;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(Math.round(value * 1000) / 1000);
  switch (value.is) {
    case "phone":
      return value.number;
    case "duration":
      return lasting(value.ms);
    case "never":
      return "never";
    case "word":
      return value.word;
    case "thing":
      return `${value.noun} ${value.name}`;
    case "time":
      return `${two(Math.floor(value.minutes / 60))}:${two(value.minutes % 60)}`;
    case "date":
      return `${value.year}-${two(value.month)}-${two(value.day)}`;
    case "moment":
      return new Date(value.at).toISOString();
    case "percent":
      return `${value.value}%`;
    case "list":
      return `[${value.items.map(valueText).join(", ")}]`;
    default:
      return fieldsText(value.fields);
  }
}

export function fieldsText(fields: Record<string, Value>): string {
  const parts = Object.entries(fields).map(([key, value]) => `${key}: ${valueText(value)}`);
  return `{ ${parts.join(", ")} }`;
}

interface Claim {
  source: string;
  state: string;
  custom?: string;
  reason?: string;
}

/** `not ready`, `wrap up`: as a person says it; `custom` is a state of the directory's own. */
export const stateText = ({ state, custom }: Pick<Claim, "state" | "custom">): string =>
  custom ?? state.replace("_", " ");

/** Who says what of an agent, else why he is in his state. */
export function claimsText(claims: readonly Claim[], reasons: readonly string[]): string {
  const said = claims.map((claim) => {
    return `${claim.source}: ${stateText(claim)}${claim.reason === undefined ? "" : ` (${claim.reason})`}`;
  });
  return [said, reasons].find(({ length }) => length > 0)?.join(", ") ?? "";
}

type Glanced = CallGlance["call"];

/** What a call is doing, in few words. */
export function doing({ wait, queued, party, offers, callback }: Glanced): string {
  const who = party?.agent ?? party?.destination;
  switch (wait.for) {
    case "talk":
      return `talks${who === undefined ? "" : ` with ${who}`}`;
    case "connect":
      return `is joined${who === undefined ? "" : ` with ${who}`}`;
    case "deposit":
      return "leaves a message";
    case "visit":
      return "hears messages";
    case "digits":
      return "is asked for digits";
    case "request":
      return "waits for a host";
    case "bot":
      return "talks with a bot";
    case "refer":
      return "is referred";
    case "preview":
      return "is shown to people";
    case "answer":
      return "is answered";
    default:
      break;
  }
  if (callback) return "waits to be called back";
  const rings =
    offers.length > 0 ? `rings at ${offers.map(({ agent, number }) => agent ?? number ?? "").join(", ")}` : "";
  if (queued?.joined) return `waits in ${queued.name}${rings && `, ${rings}`}`;
  if (rings) return rings;
  return wait.for === "treatment" ? "listens" : "waits";
}

/** What its caller hears; `words`: of a text that was spoken. */
export function hearing({ treatment, answered, wait, party }: Glanced, words: string | undefined): string {
  if (wait.for === "talk") return party?.agent ?? party?.destination ?? "somebody";
  if (!treatment) return answered ? "silence" : "ringing";
  const { kind, name } = treatment;
  const what = name ?? words;
  if (kind === "ringback") return "ringing";
  if (kind === "silence") return "silence";
  return what === undefined ? kind : `${kind} “${what}”`;
}

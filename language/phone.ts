/*
 * Phones as people and carriers write them, brought to E.164 where the country's plan says how. What stays unclear (an
 * extension, a short code, a local number) stays as it is: a wrong guess would join two different phones.
 */

/** Calling code, prefix for abroad, prefix within the country, and, where national numbers have known lengths, the lengths. */
type Plan = [code: string, abroad: string, trunk: string, shortest?: number, longest?: number];

const plans: Record<string, Plan> = {
  AE: ["971", "00", "0"],
  AR: ["54", "00", "0"],
  AT: ["43", "00", "0"],
  AU: ["61", "0011", "0"],
  BE: ["32", "00", "0"],
  BG: ["359", "00", "0"],
  BR: ["55", "00", "0"],
  CA: ["1", "011", "1", 10, 10],
  CH: ["41", "00", "0"],
  CL: ["56", "00", "", 9, 9],
  CN: ["86", "00", "0"],
  CO: ["57", "00", "", 10, 10],
  CY: ["357", "00", "", 8, 8],
  CZ: ["420", "00", "", 9, 9],
  DE: ["49", "00", "0"],
  DK: ["45", "00", "", 8, 8],
  EE: ["372", "00", "", 7, 8],
  EG: ["20", "00", "0"],
  ES: ["34", "00", "", 9, 9],
  FI: ["358", "00", "0"],
  FR: ["33", "00", "0"],
  GB: ["44", "00", "0"],
  GR: ["30", "00", "", 10, 10],
  HK: ["852", "001", "", 8, 8],
  HR: ["385", "00", "0"],
  HU: ["36", "00", "06"],
  IE: ["353", "00", "0"],
  IL: ["972", "00", "0"],
  IN: ["91", "00", "0"],
  IS: ["354", "00", "", 7, 7],
  IT: ["39", "00", "", 8, 11],
  JP: ["81", "010", "0"],
  KR: ["82", "00", "0"],
  LT: ["370", "00", "0"],
  LU: ["352", "00", "", 8, 9],
  LV: ["371", "00", "", 8, 8],
  MA: ["212", "00", "0"],
  MT: ["356", "00", "", 8, 8],
  MX: ["52", "00", "", 10, 10],
  MY: ["60", "00", "0"],
  NL: ["31", "00", "0"],
  NO: ["47", "00", "", 8, 8],
  NZ: ["64", "00", "0"],
  PE: ["51", "00", "0"],
  PH: ["63", "00", "0"],
  PL: ["48", "00", "", 9, 9],
  PT: ["351", "00", "", 9, 9],
  RO: ["40", "00", "0"],
  RS: ["381", "00", "0"],
  SA: ["966", "00", "0"],
  SE: ["46", "00", "0"],
  SG: ["65", "000", "", 8, 8],
  SI: ["386", "00", "0"],
  SK: ["421", "00", "0"],
  TH: ["66", "00", "0"],
  TR: ["90", "00", "0"],
  TW: ["886", "002", "0"],
  UA: ["380", "00", "0"],
  US: ["1", "011", "1", 10, 10],
  UY: ["598", "00", "0"],
  ZA: ["27", "00", "0"],
};

const anywhere: Plan = ["", "00", ""];

/** Whether national numbers of this country (`ES`) can be brought to E.164. */
export function knownCountry(country: string): boolean {
  return Object.hasOwn(plans, country);
}

/** A text that can be dialled: digits, `*` and `#`, with `+` before them and the marks between them that people write. */
export const dialable = /^\+?[ ().-]{0,3}[0-9*#][0-9*# ()./-]{0,39}$/;

/** Without those marks. */
export const bare = (phone: string) => phone.replace(/[ ()./-]/g, "");

/** Fewer digits behind a prefix are an extension that happens to begin so. */
const shortestOutside = 7;

/**
 * `"91 060 31 65"` in `ES` → `"+34910603165"`; `"0034…"` → `"+34…"`. Blanks, dots, hyphens and brackets go. What is no
 * outside number (`"5100"`, `"*97"`) comes back without them, what is no number (`"anonymous"`) unchanged. The head of many
 * numbers, with a star at its end, is brought to E.164 by its prefix: `"030*"` in `DE` → `"+4930*"`.
 */
export function normalise(phone: string, country: string): string {
  const text = phone.trim();
  if (!dialable.test(text)) return text;
  const dialled = bare(text);
  const [, digits, star = ""] = /^(\d+)(\*?)$/.exec(dialled) ?? [];
  if (digits === undefined) return dialled;
  const plan = Object.hasOwn(plans, country) ? plans[country] : undefined;
  return international(digits, plan ?? anywhere, star === "*" ? 1 : shortestOutside) + star;
}

/** `shortest` digits must follow a prefix. */
function international(digits: string, [code, abroad, trunk, least, most]: Plan, shortest: number): string {
  const follows = (prefix: string) => digits.startsWith(prefix) && digits.length >= prefix.length + shortest;
  if (follows(abroad)) return `+${digits.slice(abroad.length)}`;
  if (code === "") return digits;
  if (least === undefined || most === undefined) {
    return follows(trunk) ? `+${code}${digits.slice(trunk.length)}` : digits;
  }
  const fits = (length: number) => length >= least && length <= most;
  if (fits(digits.length)) return `+${code}${digits}`;
  return digits.startsWith(code) && fits(digits.length - code.length) ? `+${digits}` : digits;
}

/** How a trunk wants numbers: as they are, `+34910603165`, `34910603165`, or as dialled inside the country. */
export type NumberFormat = "as_is" | "e164_plus" | "e164" | "national";

/** A phone in the form that a trunk of this country wants; what is no outside number (`"5100"`, `"*97"`, `"anonymous"`) stays as it is. */
export function formatPhone(phone: string, format: NumberFormat, country: string): string {
  if (format === "as_is") return dialable.test(phone.trim()) ? bare(phone.trim()) : phone;
  const number = normalise(phone, country);
  if (!/^\+\d+$/.test(number) || format === "e164_plus") return number;
  if (format === "e164") return number.slice(1);
  const [code, abroad, trunk, least] = Object.hasOwn(plans, country) ? (plans[country] ?? anywhere) : anywhere;
  if (code === "" || !number.startsWith(`+${code}`)) return `${abroad}${number.slice(1)}`;
  // Where national numbers have known lengths they are whole without the prefix: ten digits in the US.
  return `${least === undefined ? trunk : ""}${number.slice(1 + code.length)}`;
}

/** Whether two texts are one phone, seen from this country. */
export function samePhone(a: string, b: string, country: string): boolean {
  return a === b || normalise(a, country) === normalise(b, country);
}

/** A service code with an outside number behind it: `#31#803…` reaches what `803…` is barred from. */
const behindCode = /[*#]\d{7,}/;

/** A number, or a name at a PBX. Anything else, a URI above all, could mean something to whoever reads it next. */
const callable = /^[A-Za-z0-9._*#-]{1,64}$/;

/**
 * Whether a number may be called where only `allowed` ones may, or, without a list, any. What begins as an outside number and goes on otherwise
 * (`+34#881…`) is none: whoever dials it could read two numbers in it. One behind a service code needs to be allowed with that code.
 */
export function mayBeCalled(phone: string, allowed: readonly string[] | undefined, country: string): boolean {
  const number = normalise(phone, country);
  if (!(number.startsWith("+") ? /^\+[1-9]\d{2,14}$/ : callable).test(number)) return false;
  if (!behindCode.test(number)) return allowed === undefined || isAmong(number, allowed, country);
  const codes = allowed?.filter((pattern) => /[*#]./.test(pattern)) ?? [];
  return isAmong(number, codes, country);
}

/** Of these numbers and heads of numbers the longest that fits, `undefined` where none does. */
export function longestFitting(phone: string, patterns: readonly string[], country: string): string | undefined {
  const number = normalise(phone, country);
  const fitting = patterns
    .map((pattern) => ({ pattern, whole: normalise(pattern, country) }))
    .filter(({ whole }) => (whole.endsWith("*") ? number.startsWith(whole.slice(0, -1)) : number === whole));
  return fitting.toSorted((a, b) => b.whole.length - a.whole.length)[0]?.pattern;
}

/** Whether a number is one of these, or begins with one that ends in `*`. */
export function isAmong(phone: string, patterns: readonly string[], country: string): boolean {
  const number = normalise(phone, country);
  return patterns.some((pattern) =>
    pattern.endsWith("*")
      ? number.startsWith(normalise(pattern, country).slice(0, -1))
      : samePhone(number, pattern, country),
  );
}

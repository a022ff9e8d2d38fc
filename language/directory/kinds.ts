import { dayOf, durationMs } from "../grammar/units.ts";
import { nearest } from "../nearest.ts";
import { bare, dialable } from "../phone.ts";
import {
  control,
  either,
  empty,
  type Found,
  listOf,
  mapOf,
  type Named,
  noControl,
  type Shape,
  wrong,
  written,
} from "./shape.ts";
import { type Node, unquoted } from "./node.ts";

/* The kinds of value that stand alone: each says what it takes, in a message and as JSON Schema. */

/** A text for people or for other systems: no control characters, at most 500 characters. */
export const text: Shape<Found<string>> = {
  what: "text",
  schema: { type: "string", pattern: noControl, maxLength: 500 },
  read(node, diagnostics) {
    if (node.kind !== "scalar" || node.value === null) {
      diagnostics.push(wrong(node, `a text is expected here, not ${empty(node) ? "nothing" : written(node)}`));
    } else if (typeof node.value !== "string") {
      diagnostics.push(unquoted(node));
    } else if (control.test(node.value)) {
      diagnostics.push(wrong(node, "this text holds a line end or another control character", undefined, "D107"));
    } else if (node.value.length > 500) {
      diagnostics.push(wrong(node, "this text is longer than 500 characters", undefined, "D107"));
    } else {
      return { value: node.value, place: node.place };
    }
    return undefined;
  },
};

/** A text that fits `pattern`, which JSON Schema reads as it stands. `article` and `what` make "a phone". */
export function textLike(article: string, what: string, pattern: RegExp, hint: string, code = "D104") {
  const shape: Shape<Found<string>> = {
    what,
    schema: { type: "string", pattern: pattern.source, maxLength: 500 },
    read(node, diagnostics) {
      if (node.kind === "scalar" && node.value !== null && typeof node.value !== "string") {
        diagnostics.push(unquoted(node, `${article} ${what}`));
        return undefined;
      }
      const found = text.read(node, diagnostics);
      if (!found || pattern.test(found.value)) return found;
      diagnostics.push(wrong(node, `${written(node)} is not ${article} ${what}`, hint, code));
      return undefined;
    },
  };
  return shape;
}

// oxlint-disable-next-line no-control-regex
const printable =
  /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*[^\s\u0000-\u001f\u007f-\u009f\u2028\u2029][^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/;

/** The name of a thing. */
export const name = textLike("a", "name", printable, "write a name");
export const word = textLike("a", "name of one word", /^[A-Za-z_][A-Za-z0-9_]*$/, "letters, digits and `_`");
export const language = textLike("a", "language", /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/, "two letters: `en`");
export const country = textLike("a", "country", /^[A-Z]{2}$/, "two capital letters: `ES`");
export const scale = textLike("a", "scale", /^-?\d{1,4}\.\.-?\d{1,4}$/, "lowest and highest level: `0..10`");
export const file = textLike("a", "path", printable, "the path of a file, from this one on");
export const variable = textLike("a", "variable of the environment", /^[A-Za-z_][A-Za-z0-9_]{0,99}$/, "as `CRM_TOKEN`");
export const header = textLike("a", "header", /^[A-Za-z][A-Za-z0-9-]{0,63}$/, "as `X-Conversation-Id`");
export const prefix = textLike("a", "prefix", /^[0-9*#]{1,8}$/, "digits, in quotes");

export const hotkey = textLike(
  "a",
  "key of the keyboard",
  /^((Ctrl|Alt|Shift|Meta)\+){0,3}[A-Za-z0-9]{1,12}$/,
  "as `F9` or `Ctrl+Enter`",
);

/** May stand on several lines, as YAML folds them. */
export const expression: Shape<Found<string>> = {
  what: "skill expression",
  schema: { type: "string", pattern: "\\S", maxLength: 2000 },
  read(node, diagnostics) {
    const value = node.kind === "scalar" ? node.value : undefined;
    if (typeof value === "string" && value.length <= 2000 && /\S/.test(value)) return { value, place: node.place };
    diagnostics.push(wrong(node, `${written(node)} is not a skill expression`, "as `support >= 5`"));
    return undefined;
  },
};

/** The user name of a phone: what stands before the `@` of its address. */
export const userName = /^[A-Za-z0-9._*#+-]{1,64}$/;
export const user = textLike("a", "user name", userName, "letters, digits and `. _ - + * #`");

/** Who is not ours writes into the first of these, so it is kept to what carriers agree on. */
export const credentialName = /^[A-Za-z0-9]{4,32}$/;
export const inboundUser = textLike("a", "user name", credentialName, "4 to 32 letters and digits");
export const outboundUser = textLike("a", "user name", /^[^\s"\\<>]{1,128}$/, "without blanks and quotes");

/** The domain or address in a Request-URI. */
export const domain = textLike(
  "a",
  "host",
  /^([A-Za-z0-9]([A-Za-z0-9-]{0,62})(\.[A-Za-z0-9-]{1,63}){0,10}|[A-Za-z0-9]|\[[0-9A-Fa-f:.]{2,45}\])$/,
  "a name or an address without port: `hotel.carrier.example`",
);

/** Where something of ours listens. */
export const hostPort = textLike(
  "an",
  "address with its port",
  /^([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]):\d{1,5}$/,
  "as `192.0.2.9:9023`",
);

const octet = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const h = "[0-9A-Fa-f]{1,4}";
/** RFC 4291, each with `::` at another place. */
const six = [
  `(${h}:){7}${h}`,
  ...[6, 5, 4, 3, 2, 1].map((before) => `(${h}:){1,${before}}(:${h}){1,${7 - before}}`),
  `(${h}:){1,7}:`,
  `:(:${h}){1,7}`,
  "::",
].join("|");
export const network = textLike(
  "an",
  "address or network",
  new RegExp(`^((${octet}\\.){3}${octet}(/(3[0-2]|[12]?\\d))?|(${six})(/(12[0-8]|1[01]\\d|[1-9]?\\d))?)$`),
  "an IP address, or a network as `192.0.2.0/24`",
);

/** `user` may stand before the host; a password may not. */
export const uri = textLike(
  "a",
  "SIP URI",
  /^sips?:([A-Za-z0-9_.!~*'()&=+$,;?/%-]{1,64}@)?([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?(;[A-Za-z0-9_.!~*'%+$&:/=-]{1,100}){0,8}$/,
  "write it as `sip:host`, `sip:host:5060` or `sip:host:5061;transport=tls`",
  "D110",
);

/** No user and password before the host: a secret never stands in a directory. */
export const url = textLike(
  "a",
  "URL",
  /^(https?|wss?):\/\/([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?([/?][^\s"<>\\]{0,400})?$/,
  "write it as `https://host/path`, without user and password",
  "D110",
);

/** Where a media server finds recordings. */
export const recordingsUrl = textLike(
  "a",
  "URL",
  /^(https?:\/\/([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?|file:\/\/)(\/[^\s"<>\\?#]{0,400})?$/,
  "write it as `https://host/path` or `file:///path`",
  "D110",
);

/** An address of pages, without a query. */
export const webUrl = textLike(
  "a",
  "URL",
  /^https?:\/\/([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?(\/[^\s"<>\\?#]{0,400})?$/,
  "write it as `http://host:port`",
  "D110",
);

/** Without the blanks, dots, hyphens and brackets that people write. */
function dialled(shape: Shape<Found<string>>): Shape<Found<string>> {
  return {
    ...shape,
    read(node, diagnostics) {
      const found = shape.read(node, diagnostics);
      return found && { ...found, value: bare(found.value) };
    },
  };
}

export const phone = dialled(
  textLike("a", "phone", dialable, 'digits, with `+` and the country code for the outside: `"+34910603165"`'),
);

/** A phone, or the head of many: `"+1201*"`. */
export const phones = dialled(textLike("a", "phone", dialable, 'a phone, or the head of one: `"+1201*"`'));

const truth: Record<string, boolean> = { yes: true, true: true, on: true, no: false, false: false, off: false };

export const yesNo: Shape<Found<boolean>> = {
  what: "`yes` or `no`",
  schema: {
    anyOf: [{ type: "boolean" }, { type: "string", pattern: "^([Yy][Ee][Ss]|[Nn][Oo]|[Oo][Nn]|[Oo][Ff][Ff])$" }],
  },
  read(node, diagnostics) {
    const value = node.kind === "scalar" ? truth[node.written.toLowerCase()] : undefined;
    if (value !== undefined) return { value, place: node.place };
    diagnostics.push(wrong(node, `\`yes\` or \`no\` is expected here, not ${written(node)}`));
    return undefined;
  },
};

const durationPattern = /^(\d{1,9}(ms|s|m|h|d)){1,5}$/;

/** `20s`, `1m30s`: milliseconds. */
export const duration: Shape<Found<number>> = {
  what: "duration",
  schema: { type: "string", pattern: durationPattern.source },
  read(node, diagnostics) {
    const source = node.kind === "scalar" ? node.written : "";
    if (durationPattern.test(source)) {
      return { value: durationMs(source), place: node.place };
    }
    const bareNumber = /^\d{1,9}$/.test(source);
    const hint = bareNumber ? `write the unit: \`${source}s\`` : "write a number with its unit: `20s`, `1m30s`";
    const fix = bareNumber ? { title: "seconds", edits: [{ ...node.place, text: `${source}s` }] } : undefined;
    diagnostics.push({ ...wrong(node, `${written(node)} is not a duration`, hint, "D108"), fix });
    return undefined;
  },
};

/** A duration, or `never`, which is `Infinity`. */
export const durationOrNever: Shape<Found<number>> = {
  what: "duration or `never`",
  schema: { type: "string", pattern: `${durationPattern.source}|^never$` },
  read: (node, diagnostics) =>
    node.kind === "scalar" && node.written === "never"
      ? { value: Infinity, place: node.place }
      : duration.read(node, diagnostics),
};

/** `what` is how a message calls it: "a level". */
export function wholeNumber(what: string, least: number, most: number): Shape<Found<number>> {
  return {
    what: "whole number",
    schema: { type: "integer", minimum: least, maximum: most },
    read(node, diagnostics) {
      const value = node.kind === "scalar" ? node.value : undefined;
      if (typeof value === "number" && Number.isInteger(value)) {
        if (value >= least && value <= most) return { value, place: node.place };
        diagnostics.push(wrong(node, `${what} is a whole number from ${least} to ${most}, not ${written(node)}`));
        return undefined;
      }
      const digits = node.kind === "scalar" && /^-?\d+$/.test(node.written);
      const hint = digits ? `write it without quotes: \`${node.written}\`` : undefined;
      diagnostics.push(wrong(node, `${what} is a whole number, not ${written(node)}`, hint));
      return undefined;
    },
  };
}

/** A level of a skill. */
export const level = wholeNumber("a level", -9999, 9999);

/** More calls at once than a person can follow are a mistake. */
export const capacity = wholeNumber("a capacity", 1, 10);

export function oneOf<T extends string>(...words: T[]): Shape<Found<T>> {
  return {
    what: words.map((one) => `\`${one}\``).join(", "),
    schema: { enum: words },
    read(node, diagnostics) {
      const value = words.find((one) => node.kind === "scalar" && node.written === one);
      if (value !== undefined) return { value, place: node.place };
      const choice = words.map((one) => `\`${one}\``).join(", ");
      const none = words.length > 12 ? "is none of those there are" : `is not one of ${choice}`;
      diagnostics.push(wrong(node, `${written(node)} ${none}`, did(node, words)));
      return undefined;
    },
  };
}

/** How passwords may be proven (RFC 8760). */
export const digest = listOf(oneOf("SHA-256", "MD5"));
export const digestAbout =
  "in which algorithms it may prove its password, preferred first; many phones and PBXs answer nothing where SHA-256 is offered";

const did = (node: Node, words: readonly string[]): string | undefined => {
  const near = node.kind === "scalar" ? nearest(node.written, words) : undefined;
  return near === undefined ? undefined : `did you mean \`${near}\`?`;
};

/** One text for all languages, or a text for each. The one stands under the name `""`. */
export const labels: Shape<Named<Found<string>>[]> = either(
  {
    ...text,
    read(node, diagnostics) {
      const found = text.read(node, diagnostics);
      return found && [{ name: "", place: found.place, value: found }];
    },
  },
  mapOf(text, language),
);

const calendarDay = textLike("a", "date", /^\d{4}-\d{2}-\d{2}$/, "as `2026-12-24`");

export const date: Shape<Found<string>> = {
  ...calendarDay,
  read(node, diagnostics) {
    const found = calendarDay.read(node, diagnostics);
    if (!found || dayOf(found.value)) return found;
    diagnostics.push(wrong(node, `there is no day ${written(node)}`));
    return undefined;
  },
};

/** What callers hear before somebody answers. */
export const ringback = oneOf("pass", "instant180", "tone183");

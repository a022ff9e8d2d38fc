import type { Apply, Binary, Expr } from "../ast.ts";
import { agentKinds } from "../builtins.ts";
import { fixedName } from "../checks/things.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import { parseExpression } from "../parse.ts";
import type { Range, Source } from "../source.ts";
import { type Comparison, type Condition, isComparison } from "./condition.ts";
import type { Directory } from "./directory.ts";
import type { Found } from "./shape.ts";
import { skillsOf } from "./skills.ts";

/*
 * `where` of a group is a skill expression of the language, of which a directory can tell everything: levels are numbers, and how long
 * somebody has been in a state is not to be asked.
 */

/** Reads it; nothing where something in it was wrong, and then that has been said. */
export function readWhere(
  found: Found<string>,
  source: Source,
  directory: Directory,
  diagnostics: Diagnostic[],
): Condition | undefined {
  const { text, range, exact } = inItsFile(found, source);
  const parsed = parseExpression(text, range);
  const reading: Reading = { text, directory, findings: parsed.diagnostics };
  const condition = parsed.diagnostics.length === 0 ? read(parsed.expression, reading) : undefined;
  // A text with escapes or on several lines has no place for each of its letters: one finding, for all of it.
  const told = exact
    ? reading.findings
    : reading.findings.slice(0, 1).map((one) => ({ ...one, ...found.place, fix: undefined }));
  diagnostics.push(...told);
  return reading.findings.length === 0 ? condition : undefined;
}

/** A skill expression of a strategy, as far as the directory alone can tell whom it means. */
export function conditionOf(expr: Expr, text: Source, directory: Directory): Condition | undefined {
  return read(expr, { text, directory, findings: [] });
}

/** Where the expression stands letter by letter, if it does. */
function inItsFile({ value, place }: Found<string>, source: Source): { text: Source; range: Range; exact: boolean } {
  for (const quotes of [0, 1]) {
    const range = { start: place.range.start + quotes, end: place.range.end - quotes };
    if (source.text.slice(range.start, range.end) === value) return { text: source, range, exact: true };
  }
  return { text: { ...source, text: value }, range: { start: 0, end: value.length }, exact: false };
}

interface Reading {
  text: Source;
  directory: Directory;
  findings: Diagnostic[];
}

function say({ text, findings }: Reading, code: string, range: Range, message: string, hint?: string): undefined {
  findings.push({ code, severity: "error", message, path: text.path, range, hint });
}

const quote = ({ text }: Reading, { start, end }: Range): string => `\`${text.text.slice(start, end)}\``;

function read(expr: Expr, reading: Reading): Condition | undefined {
  switch (expr.kind) {
    case "hole":
      return undefined;
    case "unary": {
      if (expr.op !== "not") break;
      const of = read(expr.operand, reading);
      return of && { is: "not", of };
    }
    case "thing":
      return readThing(expr, reading);
    case "binary":
      if (expr.op === "and" || expr.op === "or") {
        const [left, right] = [read(expr.left, reading), read(expr.right, reading)];
        return left && right && { is: expr.op === "and" ? "all" : "any", of: [left, right] };
      }
      return readComparison(expr, reading);
    case "variable":
    case "apply": {
      const hint = `write \`${reading.text.text.slice(expr.range.start, expr.range.end)} >= 1\``;
      return say(
        reading,
        "S207",
        expr.range,
        `${quote(reading, expr.range)} alone does not say which level is enough`,
        hint,
      );
    }
    default:
      break;
  }
  return say(reading, "S207", expr.range, `${quote(reading, expr.range)} is nothing people can be chosen by`, chosenBy);
}

const chosenBy = "compare a skill or `kind`, or write `group NAME` or `site NAME`";

function readThing(expr: Extract<Expr, { kind: "thing" }>, reading: Reading): Condition | undefined {
  const { groups, sites } = reading.directory;
  const name = fixedName(expr.name);
  if (name === undefined || expr.of || (expr.noun !== "group" && expr.noun !== "site")) {
    return say(
      reading,
      "S207",
      expr.range,
      `${quote(reading, expr.range)} is nothing people can be chosen by`,
      chosenBy,
    );
  }
  const known = expr.noun === "group" ? groups : sites;
  if (!Object.hasOwn(known, name)) return unknown(expr.noun, name, expr.name.range, Object.keys(known), reading);
  return expr.noun === "group" ? { is: "group", group: name } : { is: "site", site: name };
}

function unknown(what: string, name: string, range: Range, known: string[], reading: Reading): undefined {
  const near = nearest(name, known);
  const hint = near === undefined ? undefined : `did you mean \`${near}\`?`;
  return say(
    reading,
    what === "skill" ? "S207" : "S201",
    range,
    `there is no ${what} \`${name}\` in the directory`,
    hint,
  );
}

function readComparison({ op, left, right, range }: Binary, reading: Reading): Condition | undefined {
  if (!isComparison(op))
    return say(reading, "S207", range, `${quote(reading, range)} is nothing people can be chosen by`, chosenBy);
  if (left.kind === "hole" || right.kind === "hole") return undefined;
  if (left.kind === "variable" && left.name === "kind") return readKind(op, right, reading);
  const skill = readSkill(left, reading);
  if (skill === undefined) return undefined;
  const level = readLevel(right);
  if (level === undefined)
    return say(reading, "S301", right.range, `a level in \`where\` is a number, not ${quote(reading, right.range)}`);
  const { low, high } = reading.directory.skills.scale;
  if (level < low || level > high) return say(reading, "S306", right.range, `levels go from ${low} to ${high}`);
  return { is: "skill", skill, op, level };
}

function readKind(op: Comparison, right: Expr, reading: Reading): Condition | undefined {
  const kind = agentKinds.find((one) => right.kind === "variable" && right.name === one);
  if (kind === undefined) return say(reading, "S202", right.range, "`kind` is `agent` or `worker`");
  const is: Condition = { is: "kind", kind };
  return op === "=="
    ? is
    : op === "!="
      ? { is: "not", of: is }
      : say(reading, "S303", right.range, "`kind` is compared by `==` or `!=`");
}

function readLevel(expr: Expr): number | undefined {
  if (expr.kind === "number") return expr.value;
  return expr.kind === "unary" && expr.op === "-" && expr.operand.kind === "number" ? -expr.operand.value : undefined;
}

/** `billing`, `language(en)` or `skill("billing")`. */
function readSkill(expr: Expr, reading: Reading): string | undefined {
  if (expr.kind === "variable" && expr.name === "state_age") {
    return say(
      reading,
      "S207",
      expr.range,
      "`state_age` changes by itself, and who is in a group does not",
      "ask for it in the strategy: `agents with group NAME and state_age > 5m`",
    );
  }
  const name = expr.kind === "variable" ? expr.name : expr.kind === "apply" ? familyMember(expr) : undefined;
  if (name === undefined) {
    const hint = "the skill stands left, the level right: `billing >= 4`";
    return say(reading, "S207", expr.range, `${quote(reading, expr.range)} is no skill`, hint);
  }
  const known = skillsOf(reading.directory);
  return known.includes(name) ? name : unknown("skill", name, expr.range, known, reading);
}

/** No variables here: what stands in the brackets is the word. */
function familyMember({ name, args }: Apply): string | undefined {
  const [argument] = args;
  if (!argument || args.length > 1) return undefined;
  const word =
    argument.kind === "variable" ? argument.name : argument.kind === "text" ? fixedName(argument) : undefined;
  return word === undefined || name.text === "skill" ? word : `${name.text}_${word}`;
}

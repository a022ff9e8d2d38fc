import type { Collect, Handler, OutcomePattern, QueueRules, Statement } from "../ast.ts";
import { outcomesOf } from "../builtins.ts";
import { type Checking, instead, quote, report } from "./checking.ts";
import { isOutside } from "./targets.ts";

/** What is tried: a statement whose outcomes can be handled. */
export type Tried = Extract<Statement, { handlers: Handler[] }>;

export const isTried = (statement: Statement): statement is Tried => "handlers" in statement;

/** What decides which outcomes can come: the lines of a queue, those of its plan too, and whether anything there leaves it. */
export interface Waited {
  rules?: QueueRules;
  leaves?: boolean;
}

/** Outcomes that cannot come here, each with the reason. */
export type Impossible = Partial<Record<string, string>>;

export function impossibleIn(tried: Tried, { rules, leaves }: Waited = {}): Impossible {
  const impossible: Impossible = {};
  switch (tried.kind) {
    case "queue": {
      const { giveUp, whileWaiting, steps } = rules ?? tried;
      if (giveUp?.after.kind === "never") impossible.give_up = "this queue gives up never";
      if (!leaves) impossible.left = "nothing here leaves the queue";
      if (!whileWaiting) impossible.treatment_broken = "there is no `while waiting`";
      const outside = steps.flatMap((step) => step.targets).find(isOutside);
      if (outside) impossible.nobody = "a party outside can always be called";
      break;
    }
    case "ring":
      if (!tried.confirmed) impossible.not_confirmed = "nothing has to be confirmed here";
      break;
    case "ask":
      if (!tried.giveUp || tried.giveUp.after.kind === "never") impossible.give_up = "there is no `give up after`";
      break;
    case "collect":
      if (namesKeys(tried)) impossible.digits = "keys that no handler names are `invalid`";
      if (!tried.tries) impossible.no_choice = "there is no `tries`";
      else for (const name of ["nothing", "invalid"]) impossible[name] = "`tries` ends in `no_choice`";
      break;
    default:
  }
  return impossible;
}

/** Whether its handlers name keys, and none is for whatever else is pressed. */
function namesKeys({ handlers }: Collect): boolean {
  const outcomes = handlers.flatMap((handler) => handler.outcomes);
  return (
    outcomes.some(({ digits }) => digits) && !outcomes.some(({ digits, name }) => !digits && name.text === "digits")
  );
}

/** Outcomes that can come and have no handler: the call goes on below. */
export function unhandled({ kind }: Tried, handlers: readonly Handler[], impossible: Impossible): string[] {
  const seen = new Set(handlers.flatMap((handler) => handler.outcomes.filter(({ digits }) => !digits).map(nameOf)));
  return Object.keys(outcomesOf(kind).handled).filter((name) => !seen.has(name) && !impossible[name]);
}

const nameOf = ({ name }: OutcomePattern): string => name.text;

/** The handlers of one attempt: known outcomes, each handled once, none that ends routing or never comes. */
export function checkHandlers(checking: Checking, tried: Tried, impossible: Impossible): void {
  const seen = new Set<string>();
  for (const handler of tried.handlers) {
    for (const pattern of handler.outcomes) {
      if (pattern.digits) checkDigits(checking, tried, pattern);
      else checkOutcome(checking, tried, pattern, impossible);
      const key = quote(checking, pattern.name.range);
      if (seen.has(key)) {
        const message = `${key} is handled above already: this handler never runs for it`;
        report(checking, "error", "S404", pattern.range, message);
      }
      seen.add(key);
    }
    checkBindings(checking, tried, handler);
  }
}

function checkOutcome(checking: Checking, { kind }: Tried, pattern: OutcomePattern, impossible: Impossible): void {
  const { ends, handled } = outcomesOf(kind);
  const { text, range } = pattern.name;
  const known = Object.keys(handled);
  if (Object.hasOwn(ends, text)) {
    const message = `\`${text}\` has no handler: it ends routing`;
    const hint = `the outcomes of \`${kind}\` to handle are ${list(known)}`;
    report(checking, "error", "S403", pattern.range, message, { hint });
  } else if (!Object.hasOwn(handled, text)) {
    const { write } = instead(text, known);
    const hint = write ? `did you mean \`${write}\`?` : `its outcomes are ${list(known)}`;
    report(checking, "error", "S204", range, `\`${kind}\` has no outcome \`${text}\``, { hint, write });
  } else if (impossible[text]) {
    report(checking, "warning", "S405", pattern.range, `\`${text}\` never comes: ${impossible[text]}`);
  }
}

/** `on "1"` hears what can be pressed at this `collect`. */
function checkDigits(checking: Checking, tried: Tried, pattern: OutcomePattern): void {
  const { text, range } = pattern.name;
  if (tried.kind !== "collect") {
    const message = `\`${tried.kind}\` hears no keys`;
    report(checking, "error", "S204", range, message, { hint: "keys are heard by `collect`" });
    return;
  }
  const reason = /^[0-9*#]+$/.test(text) ? neverPressed(tried, text) : "these are no keys";
  if (reason) report(checking, "warning", "S405", pattern.range, `\`"${text}"\` never comes: ${reason}`);
}

function neverPressed({ atLeast, atMost, endedBy }: Collect, digits: string): string | undefined {
  const [end] = endedBy?.parts ?? [];
  if (typeof end === "string" && end !== "" && digits.includes(end))
    return `\`${end}\` ends the input and is no part of it`;
  if (digits.length >= atLeast.value && digits.length <= atMost.value) return undefined;
  const count = atLeast.value === atMost.value ? `${atMost.value}` : `${atLeast.value} to ${atMost.value}`;
  return `${count} ${count === "1" ? "key is" : "keys are"} collected`;
}

function checkBindings(checking: Checking, { kind }: Tried, { outcomes }: Handler): void {
  const { handled } = outcomesOf(kind);
  for (const { name, binding, digits } of outcomes) {
    if (!binding || (!digits && !Object.hasOwn(handled, name.text))) continue;
    if (digits || !handled[name.text]?.carries) {
      const message = `\`${name.text}\` carries nothing that \`${binding.text}\` could name`;
      report(checking, "error", "S204", binding.range, message, { hint: `write \`on ${name.text} { … }\`` });
    } else if (outcomes.length > 1) {
      const message = `only a handler of one outcome can name what comes with it, and this one has ${outcomes.length}`;
      report(checking, "error", "S204", binding.range, message, { hint: `give \`${name.text}\` a handler of its own` });
    }
  }
}

const list = (names: string[]) => names.map((name) => `\`${name}\``).join(", ");

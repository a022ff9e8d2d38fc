import type { Block, Collecting, Expr, Statement, Sub } from "../../ast.ts";
import { blocksOf } from "../../blocks.ts";
import type { Directory } from "../../directory/directory.ts";
import type { Names } from "../../names.ts";
import { fixedName } from "../things.ts";
import { runIn } from "../../runs.ts";

/** What lengths are taken from. */
export interface Lengths {
  directory: Directory;
  names: Names;
  /** Of subs that were looked into before. */
  subs: ReadonlyMap<Sub, { length: number }>;
}

/** How long the longest way through takes as far as it is written out, in milliseconds. */
export function longest(block: Block, where: Lengths): number {
  return block.statements.reduce((sum, statement) => sum + longestOf(statement, where), 0);
}

function longestOf(statement: Statement, where: Lengths): number {
  const of = (blocks: readonly Block[]) => blocks.reduce((most, block) => Math.max(most, longest(block, where)), 0);
  const own = ownLength(statement, where);
  switch (statement.kind) {
    case "loop":
      return longest(statement.body, where) * (statement.times.kind === "number" ? statement.times.value : 1);
    case "try":
      return longest(statement.body, where) + of(statement.handlers.map(({ body }) => body));
    case "queue":
    case "callback":
      return own + of(statement.handlers.map(({ body }) => body));
    default:
      return own + of(blocksOf(statement));
  }
}

/** Without what stands in its blocks. */
function ownLength(statement: Statement, where: Lengths): number {
  switch (statement.kind) {
    case "play": {
      const instead = statement.otherwise ? promptLength(statement.otherwise, where) : 0;
      return Math.max(promptLength(statement.prompt, where), instead);
    }
    case "music":
    case "wait":
    case "ring":
    case "preview":
      return written(statement.for);
    case "queue":
      return written(statement.giveUp?.after);
    case "collect":
      return collecting(statement, where);
    case "fetch":
    case "send":
      return written(statement.within);
    case "let":
    case "set":
    case "return":
      if (statement.value?.kind === "collectValue") return collecting(statement.value, where);
      return statement.value?.kind === "fetchValue" ? written(statement.value.within) : running(statement, where);
    case "run":
      return running(statement, where);
    default:
      return 0;
  }
}

const written = (time: Expr | undefined): number =>
  time?.kind === "duration" ? time.ms : time?.kind === "never" ? Infinity : 0;

/** What the directory does not say of this very prompt is not known. */
function promptLength(sound: Expr, { directory }: Lengths): number {
  const { lengthsMs } = directory.prompts;
  const name = sound.kind === "text" ? fixedName(sound) : undefined;
  return (name !== undefined && Object.hasOwn(lengthsMs, name) ? lengthsMs[name] : undefined) ?? 0;
}

/** The prompt is heard to its end, then a key is waited for; the same for every further try. */
function collecting({ prompt, within, tries }: Collecting, where: Lengths): number {
  const once = (heard: Expr | undefined) => (heard ? promptLength(heard, where) : 0) + written(within);
  const more = tries?.times.kind === "number" ? tries.times.value - 1 : 0;
  return once(prompt) + Math.max(0, more) * once(tries?.prompt ?? prompt);
}

/** A sub that is run `within` a time takes no longer. */
function running(statement: Statement, where: Lengths): number {
  const call = runIn(statement);
  const sub = call && where.names.subs.get(call.sub.text);
  if (!call || !sub) return 0;
  const length = where.subs.get(sub.item)?.length ?? 0;
  return call.kind === "runValue" && call.within ? Math.min(length, written(call.within)) : length;
}

import type { Block, Handler, If, QueueRules, Statement, Strategy } from "./ast.ts";

const optional = (block: Block | undefined): Block[] => (block ? [block] : []);

/** The blocks right inside a statement, in the order of the text. */
export function blocksOf(statement: Statement): Block[] {
  switch (statement.kind) {
    case "if":
      return branches(statement);
    case "match":
      return [...statement.arms.map((arm) => arm.body), ...optional(statement.else)];
    case "queue":
      return blocksOfQueue(statement);
    case "callback":
      return [...bodies(statement.handlers), ...optional(statement.afterCallback)];
    case "try":
      return [statement.body, ...bodies(statement.handlers)];
    case "split":
      return statement.branches.map((branch) => branch.body);
    case "once":
    case "every":
    case "uninterrupted":
    case "loop":
      return [statement.body];
    case "ring":
    case "preview":
    case "ask":
    case "dial":
    case "transfer":
    case "refer":
    case "voicemail":
    case "collect":
    case "fetch":
    case "send":
      return bodies(statement.handlers);
    default:
      return [];
  }
}

/** The blocks in the braces of a queue or a queue plan. */
export function blocksOfQueue({ whileWaiting, handlers }: QueueRules): Block[] {
  return [...optional(whileWaiting), ...bodies(handlers)];
}

/** The blocks of a strategy. */
export const blocksOfStrategy = ({ body, afterCall }: Strategy): Block[] => [body, ...optional(afterCall)];

/** Every statement in these blocks, however deep, in the order of the text. */
export function statementsIn(blocks: readonly Block[]): Statement[] {
  const found: Statement[] = [];
  for (const block of blocks) collect(block, found);
  return found;
}

function collect({ statements }: Block, found: Statement[]): void {
  for (const statement of statements) {
    found.push(statement);
    for (const block of blocksOf(statement)) collect(block, found);
  }
}

const bodies = (handlers: readonly Handler[]): Block[] => handlers.map((handler) => handler.body);

function branches(first: If): Block[] {
  const blocks: Block[] = [];
  for (let at: Block | If | undefined = first; at; at = at.kind === "if" ? at.else : undefined) {
    blocks.push(at.kind === "if" ? at.then : at);
  }
  return blocks;
}

import type { Block, Handler, If, Queue, Statement } from "../ast.ts";

/** Every queue in a block, however deep, in the order of the text. */
export function queuesIn(block: Block): Queue[] {
  const queues: Queue[] = [];
  const open: Block[] = [block];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const statement of next.statements) {
      if (statement.kind === "queue") queues.push(statement);
      open.push(...blocksOf(statement));
    }
  }
  return queues.toSorted((a, b) => a.range.start - b.range.start);
}

const bodies = (handlers: readonly Handler[]) => handlers.map((handler) => handler.body);

function blocksOf(statement: Statement): Block[] {
  switch (statement.kind) {
    case "if":
      return branches(statement);
    case "match":
      return [...statement.arms.map((arm) => arm.body), ...(statement.else ? [statement.else] : [])];
    case "queue":
      return [...(statement.whileWaiting ? [statement.whileWaiting] : []), ...bodies(statement.handlers)];
    case "ring":
    case "voicemail":
      return bodies(statement.handlers);
    case "once":
      return [statement.body];
    default:
      return [];
  }
}

function branches(first: If): Block[] {
  const blocks: Block[] = [];
  for (let at: Block | If | undefined = first; at; at = at.kind === "if" ? at.else : undefined) {
    blocks.push(at.kind === "if" ? at.then : at);
  }
  return blocks;
}

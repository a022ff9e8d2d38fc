import type { Block, If, Match, Split, Statement } from "../ast.ts";
import { drawAttempt, drawHandlers, isAttempt } from "./attempts.ts";
import { addNode, connect, type Spot } from "./canvas.ts";
import type { LooseEnd } from "./chart.ts";
import { linesOf, patternsText } from "./labels.ts";
import { drawQueue } from "./queue.ts";

/** Draws the statements one after another; gives the ways that lead on below the block. */
export function drawBlock(spot: Spot, block: Block, into: readonly LooseEnd[]): LooseEnd[] {
  return block.statements.reduce<LooseEnd[]>((ends, statement) => drawStatement(spot, statement, ends), [...into]);
}

function drawStatement(spot: Spot, statement: Statement, into: LooseEnd[]): LooseEnd[] {
  // Nothing leads here, or it could not be read.
  if (into.length === 0 || statement.kind === "hole") return into;
  if (isAttempt(statement)) return drawAttempt(spot, statement, into);
  switch (statement.kind) {
    case "queue":
      return drawQueue(spot, statement, into);
    case "if":
      return drawIf(spot, statement, into);
    case "match":
      return drawMatch(spot, statement, into);
    case "split":
      return drawSplit(spot, statement, into);
    case "loop": {
      const node = addNode(spot, "loop", linesOf(statement, spot.words), statement.range, into);
      const stops: LooseEnd[] = [];
      const round = drawBlock({ ...spot, stops }, statement.body, [{ from: node.id, label: "again" }]);
      connect(spot, round, node.id);
      return [{ from: node.id, label: "then" }, ...stops];
    }
    case "stopLoop":
      spot.stops?.push(...into);
      return [];
    case "once":
    case "every": {
      const node = addNode(spot, "choice", linesOf(statement, spot.words), statement.range, into);
      return [
        ...drawBlock(spot, statement.body, [{ from: node.id, label: "now" }]),
        { from: node.id, label: "not now" },
      ];
    }
    case "uninterrupted": {
      const node = addNode(spot, "step", linesOf(statement, spot.words), statement.range, into);
      return drawBlock(spot, statement.body, [{ from: node.id }]);
    }
    case "try": {
      const node = addNode(spot, "step", linesOf(statement, spot.words), statement.range, into);
      const through = drawBlock(spot, statement.body, [{ from: node.id }]);
      return [...through, ...drawHandlers(spot, node.id, statement.handlers, { aside: true })];
    }
    case "leave": {
      const node = addNode(spot, "step", linesOf(statement, spot.words), statement.range, into);
      spot.left?.push({ from: node.id, label: "left" });
      return [];
    }
    case "hangup":
    case "reject":
    case "redirect":
    case "return":
      addNode(spot, "end", linesOf(statement, spot.words), statement.range, into);
      return [];
    default:
      return drawStep(spot, statement, into);
  }
}

function drawStep(spot: Spot, statement: Statement, into: LooseEnd[]): LooseEnd[] {
  const sub = subOf(statement);
  const shape = sub === undefined ? "step" : "sub";
  const node = addNode(spot, shape, linesOf(statement, spot.words), statement.range, into);
  const start = sub === undefined ? undefined : spot.subStart(sub, spot.names);
  if (start !== undefined) connect(spot, [{ from: node.id, aside: true }], start);
  return [{ from: node.id }];
}

/** The sub that a statement runs, by itself or for its value. */
function subOf(statement: Statement): string | undefined {
  if (statement.kind === "run") return statement.sub.text;
  if (statement.kind !== "let" && statement.kind !== "set") return undefined;
  return statement.value.kind === "runValue" ? statement.value.sub.text : undefined;
}

function drawIf(spot: Spot, statement: If, into: LooseEnd[]): LooseEnd[] {
  const node = addNode(spot, "choice", linesOf(statement, spot.words), statement.range, into);
  const yes = drawBlock(spot, statement.then, [{ from: node.id, label: "yes" }]);
  const no: LooseEnd[] = [{ from: node.id, label: "no" }];
  if (!statement.else) return [...yes, ...no];
  return [
    ...yes,
    ...(statement.else.kind === "if" ? drawIf(spot, statement.else, no) : drawBlock(spot, statement.else, no)),
  ];
}

function drawMatch(spot: Spot, statement: Match, into: LooseEnd[]): LooseEnd[] {
  const node = addNode(spot, "choice", linesOf(statement, spot.words), statement.range, into);
  const arms = statement.arms.flatMap((arm) =>
    drawBlock(spot, arm.body, [{ from: node.id, label: patternsText(arm.patterns, spot.words) }]),
  );
  const otherwise: LooseEnd[] = [{ from: node.id, label: "else" }];
  return [...arms, ...(statement.else ? drawBlock(spot, statement.else, otherwise) : otherwise)];
}

function drawSplit(spot: Spot, statement: Split, into: LooseEnd[]): LooseEnd[] {
  const node = addNode(spot, "choice", linesOf(statement, spot.words), statement.range, into);
  return statement.branches.flatMap((branch) => {
    const label = `${spot.words(branch.share.range)} ${branch.label.text}`;
    return drawBlock(spot, branch.body, [{ from: node.id, label }]);
  });
}

import type { AnyNode, File } from "./ast.ts";

/** The nodes right below `node`, in the order in which they stand in the text. */
export function children(node: AnyNode): AnyNode[] {
  const found: AnyNode[] = [];
  for (const value of Object.values(node)) collect(value, found);
  return isInOrder(found) ? found : found.toSorted((a, b) => a.range.start - b.range.start);
}

/** As most nodes have them. */
function isInOrder(nodes: readonly AnyNode[]): boolean {
  let before = 0;
  for (const { range } of nodes) {
    if (range.start < before) return false;
    before = range.start;
  }
  return true;
}

/** Nodes may stand in lists and in plain groups such as the `rising` of a priority. */
function collect(value: unknown, found: AnyNode[]): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) for (const each of value) collect(each, found);
  else if (isNode(value)) found.push(value);
  else for (const each of Object.values(value)) collect(each, found);
}

function isNode(value: object): value is AnyNode {
  return "kind" in value && "range" in value;
}

/** Calls `visit` for `node` and everything below it, from outside to inside; `false` leaves out what is below. */
export function walk(node: AnyNode, visit: (node: AnyNode) => boolean | undefined | void): void {
  if (visit(node) === false) return;
  for (const child of children(node)) walk(child, visit);
}

/** The nodes around an offset, from the file to the innermost; a node ends behind its last character. */
export function nodesAt(file: File, offset: number): AnyNode[] {
  const path: AnyNode[] = [];
  let node: AnyNode | undefined = file;
  while (node) {
    path.push(node);
    node = children(node).findLast(({ range }) => range.start <= offset && offset <= range.end);
  }
  return path;
}

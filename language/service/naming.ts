import type { AnyNode, Apply, Arm, Block, Expr, File, Handler, Member, Name, Record_, Test, Thing } from "../ast.ts";
import { children } from "../walk.ts";
import { namesOf } from "./named.ts";
import { type At, declare, inside, lookUp, type Mention, mention, use, withoutQuotes } from "./scope.ts";

/*
 * One walk over a file that gives every name its meaning. It knows blocks and what they declare, and nothing of types: so it
 * works in any text, however broken.
 */

export function mentionsBelow(file: File): Mention[] {
  const found: Mention[] = [];
  visit(file, { scope: inside(file), found });
  return found;
}

function visit(node: AnyNode, at: At): void {
  for (const [name, kind, use] of namesOf(node)) mention(node, name, kind, at, use === "declares");
  switch (node.kind) {
    case "file":
      return below(node, at);
    case "test":
      return visitTest(node, at);
    case "strategy":
    case "block":
      return below(node, { ...at, scope: inside(node, at.scope) });
    case "sub": {
      const scope = inside(node, at.scope);
      for (const name of node.parameters) declare(node, name, "parameter", { ...at, scope });
      return visit(node.body, { ...at, scope });
    }
    case "let":
      visit(node.value, at);
      return declare(node, node.name, "variable", at);
    case "handler":
      return visitBound(node, node.outcomes, at);
    case "arm":
      return visitBound(node, node.patterns, at);
    case "variable":
      return use(node, { kind: "name", range: node.range, text: node.name }, "constant", at);
    case "thing":
      return visitThing(node, at);
    case "member":
      return visitMember(node, at);
    case "index":
      if (isData(node.object) && node.key.kind === "text") mention(node, node.key, "field", at);
      return below(node, at);
    case "record":
      return visitFields(node, at);
    case "skilled":
      return visitSkills(node.condition, at);
    case "callIn":
    case "expect":
      return visitCaller(node, at);
    default:
      return below(node, at);
  }
}

function below(node: AnyNode, at: At): void {
  for (const child of children(node)) visit(child, at);
}

/** A handler or an arm: what it binds is known in its body only. */
function visitBound(
  node: Handler | Arm<Block> | Arm<Expr>,
  heads: readonly { range: Name["range"]; binding?: Name }[],
  at: At,
): void {
  const scope = inside(node.body, at.scope);
  for (const head of heads) if (head.binding) declare(node, head.binding, "binding", { ...at, scope });
  for (const child of children(node)) visit(child, child === node.body ? { ...at, scope } : at);
}

function visitFields(record: Record_, { inData, ...at }: At): void {
  for (const { key, value } of record.fields) {
    const short = value.kind === "variable" && value.range.start === key.range.start;
    if (inData)
      at.found.push({ kind: "field", name: key.text, range: withoutQuotes(key), declares: false, node: record, short });
    else if (!short)
      at.found.push({ kind: "property", name: key.text, range: withoutQuotes(key), declares: false, node: record });
    if (short) use(value, key, "constant", at, true);
    else visit(value, at);
  }
}

function visitThing(thing: Thing, at: At): void {
  if (!thing.of) mention(thing, thing.name, thing.noun, at);
  below(thing, at);
}

/** `call.data.topic` is a name of its own; all else behind a dot is a property. */
function visitMember(member: Member, at: At): void {
  mention(member, member.name, isData(member.object) ? "field" : "property", at);
  visit(member.object, at);
}

function isData(expr: Expr): boolean {
  return (
    expr.kind === "member" &&
    expr.name.text === "data" &&
    expr.object.kind === "variable" &&
    expr.object.name === "call"
  );
}

/** In a skill expression words are skills; only what stands right of a comparison is a value. */
function visitSkills(condition: Expr, at: At): void {
  switch (condition.kind) {
    case "unary":
      return visitSkills(condition.operand, at);
    case "binary":
      visitSkills(condition.left, at);
      return condition.op === "and" || condition.op === "or"
        ? visitSkills(condition.right, at)
        : visit(condition.right, at);
    case "variable": {
      const kind = condition.name === "kind" || condition.name === "state_age" ? "property" : "skill";
      return mention(condition, { kind: "name", range: condition.range, text: condition.name }, kind, at);
    }
    case "apply":
      return visitFamily(condition, at);
    default:
      return visit(condition, at);
  }
}

/** `language(en)` is the skill `language_en`, where no variable has the name `en`. */
function visitFamily(skill: Apply, at: At): void {
  const [level, ...more] = skill.args;
  if (level?.kind === "variable" && more.length === 0 && !lookUp(at.scope, level.name)) {
    at.found.push({
      kind: "skill",
      name: `${skill.name.text}_${level.name}`,
      range: skill.range,
      declares: false,
      node: skill,
    });
  } else below(skill, at);
}

/** Lines of a test stand in any order: a call is known in all of them. */
function visitTest(test: Test, at: At): void {
  const scope = inside(test, at.scope);
  for (const line of test.lines) {
    if (line.kind === "callIn" && !scope.names.has(line.name.text)) {
      scope.names.set(line.name.text, { kind: "caller", home: line.name.range.start });
    }
  }
  below(test, { ...at, scope });
}

/** A call of a test: known in that test. */
function visitCaller(node: AnyNode & { kind: "callIn" | "expect" }, at: At): void {
  if (node.kind === "callIn") {
    declare(node, node.name, "caller", at);
    for (const child of children(node)) visit(child, child === node.data ? { ...at, inData: true } : at);
  } else {
    use(node, node.call, "caller", at);
    for (const moment of [node.after, node.before]) if (moment?.kind === "name") use(node, moment, "caller", at);
    below(node, at);
  }
}

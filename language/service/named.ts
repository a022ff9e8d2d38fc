import type { AnyNode, Expr, Name, QueueRules, StaffLine, Text, ThingNoun } from "../ast.ts";

/** What a name in a strategy file can be the name of. */
export type Kind =
  // Declared in the block at hand.
  | "variable"
  | "parameter"
  | "binding"
  // Declared at the top of a file.
  | "sub"
  | "calendar"
  | "plan"
  | "strategy"
  | "test"
  | "traffic"
  // Made by being used.
  | "queue"
  | "field"
  | "label"
  | "caller"
  // Of the directory.
  | Exclude<ThingNoun, "queue">
  | "skill"
  | "tier"
  | "host"
  | "holidays"
  | "prompt"
  | "phone"
  // Of the language.
  | "function"
  | "property"
  | "chooser"
  | "outcome"
  | "constant";

/** A name that stands right in a node, and what it is the name of. */
export type Named = [name: Name | Text, kind: Kind, use?: "declares"];

/** The names right in a node, but for those whose meaning depends on the block around. */
export function namesOf(node: AnyNode): Named[] {
  switch (node.kind) {
    case "strategy":
      return [[node.name, "strategy", "declares"]];
    case "sub":
    case "calendar":
      return [[node.name, node.kind, "declares"]];
    case "plan":
      return [[node.name, "plan", "declares"], ...inRules(node)];
    case "test":
    case "traffic":
      return [
        [node.name, node.kind, "declares"],
        [node.strategy, "strategy"],
      ];
    case "defaultRoute":
      return texts("phone", node.to);
    case "secret":
      return dataField(node.path);
    default:
      return inStatement(node) ?? inTest(node) ?? [];
  }
}

function inStatement(node: AnyNode): Named[] | undefined {
  switch (node.kind) {
    case "set":
      return dataField(node.path);
    case "queue":
      return [[node.name, "queue", "declares"], ...(node.by ? [named(node.by, "plan")] : []), ...inRules(node)];
    case "run":
    case "runValue":
      return [[node.sub, "sub"]];
    case "fetch":
    case "send":
    case "fetchValue":
      return [[node.host, "host"]];
    case "count":
      return [[node.counter, "counter"]];
    case "branch":
      return [[node.label, "label", "declares"]];
    case "play":
      return texts("prompt", node.prompt, node.otherwise);
    case "music":
      return texts("prompt", node.name);
    case "collect":
    case "collectValue":
      return texts("prompt", node.prompt, node.tries?.prompt);
    case "ring":
      return [
        ...texts("prompt", node.confirmed?.prompt),
        ...texts("phone", node.target),
        ...(node.noAnswerMakes ? [named(node.noAnswerMakes.state, "constant")] : []),
      ];
    case "preview":
      return texts("prompt", node.sound);
    case "transfer":
      return texts("phone", node.to);
    case "apply":
      return [[node.name, "function"]];
    case "chooser":
      return [[node.name, "chooser"], ...(node.skill ? [named(node.skill, "skill")] : [])];
    case "outcome":
      return node.digits ? [] : [[node.name, "outcome"]];
    case "word":
      return [[node.name, "constant"]];
    case "holidays":
      return [[node.list, "holidays"]];
    default:
      return undefined;
  }
}

function inTest(node: AnyNode): Named[] | undefined {
  switch (node.kind) {
    case "splitTakes":
      return [[node.label, "label"]];
    case "siteWaits":
      return [[node.site, "site"]];
    case "httpAct":
      return [[node.host, "host"]];
    case "botAct":
      return [[node.bot, "bot"]];
    case "trunkAct":
      return [[node.trunk, "trunk"]];
    case "promptMissing":
      return [[node.prompt, "prompt"]];
    case "press":
      return [[node.whenHears, "prompt"]];
    case "agentSet":
      return [[node.agent, "agent"], ...qualities(node), ...(node.state ? [named(node.state.name, "constant")] : [])];
    case "agentAct":
      return [[node.agent, "agent"], ...(node.state ? [named(node.state.name, "constant")] : [])];
    case "staff":
      return qualities(node);
    case "callIn":
      return [
        [node.from, "phone"],
        [node.to, "phone"],
      ];
    case "expect":
      return expected(node.what);
    default:
      return undefined;
  }
}

function expected(what: Extract<AnyNode, { kind: "expect" }>["what"]): Named[] {
  switch (what.kind) {
    case "offered":
      return what.to.kind === "name" ? [[what.to, "agent"]] : [];
    case "answered":
      return what.by.kind === "name" ? [[what.by, "agent"]] : [];
    case "hears":
      return [[what.prompt, "prompt"]];
    case "waits":
      return [[what.queue, "queue"]];
    default:
      return [[what.outcome, "outcome"]];
  }
}

function inRules({ tier }: QueueRules): Named[] {
  return tier ? [[tier.name, "tier"]] : [];
}

function qualities(node: Pick<StaffLine, "withGroups" | "withSkills" | "withKind">): Named[] {
  return [
    ...node.withGroups.map((name) => named(name, "group")),
    ...node.withSkills.map(({ name }) => named(name, "skill")),
    ...(node.withKind ? [named(node.withKind, "constant")] : []),
  ];
}

/** The first name behind `call.data`. */
function dataField([data, field, ...rest]: Name[]): Named[] {
  const properties = rest.map((name) => named(name, "property"));
  if (data?.text !== "data" || !field) return [];
  return [[field, "field"], ...properties];
}

const named = (name: Name | Text, kind: Kind): Named => [name, kind];

function texts(kind: Kind, ...values: (Expr | undefined)[]): Named[] {
  return values.flatMap((value) => (value?.kind === "text" ? [named(value, kind)] : []));
}

import type { Expr, Statement, Strategy } from "../../ast.ts";
import { blocksOfStrategy } from "../../blocks.ts";
import type { Names } from "../../names.ts";
import type { Source } from "../../source.ts";
import { reached } from "../../runs.ts";
import { isMistyped } from "../checking.ts";
import { fixedName } from "../things.ts";

/** What strategies do as far as it is written out: what a test can speak of. */
export interface Script {
  queues: Set<string>;
  /** Branches of `split`. */
  labels: Set<string>;
  hosts: Set<string>;
  bots: Set<string>;
  /** Somebody is rung by name or group, ready or not. */
  rings: boolean;
  /** Prompts and music. */
  sounds: Sounds;
  /** Prompts at which a key is heard. */
  asked: Sounds;
  /** Somewhere keys are collected without a prompt: while music plays on. */
  listens: boolean;
  music: Sounds;
}

interface Sounds {
  names: Set<string>;
  /** Some names are made when the call comes: any prompt may be meant. */
  any: boolean;
}

export interface Scripted {
  strategy: Strategy;
  source: Source;
  names: Names;
}

export function scriptOf(strategies: readonly Scripted[]): Script {
  const sounds = (): Sounds => ({ names: new Set(), any: false });
  const script: Script = {
    queues: new Set(),
    labels: new Set(),
    hosts: new Set(),
    bots: new Set(),
    rings: false,
    sounds: sounds(),
    asked: sounds(),
    listens: false,
    music: sounds(),
  };
  for (const { strategy, source, names } of strategies) {
    // A default route to a group waits in the queue of its name.
    const net = strategy.defaultRoute?.to;
    if (net?.kind === "thing" && net.noun === "group") script.queues.add(fixedName(net.name) ?? "");
    for (const { statement } of reached(blocksOfStrategy(strategy), source, names)) take(script, statement);
  }
  return script;
}

function take(script: Script, statement: Statement): void {
  const { sounds, asked } = script;
  switch (statement.kind) {
    case "hole":
      sounds.any = true;
      asked.any = true;
      return;
    case "play":
      add(sounds, statement.prompt, statement.otherwise);
      return;
    case "music":
      add(sounds, statement.name);
      add(script.music, statement.name);
      return;
    case "ring":
      script.rings = true;
      add(sounds, statement.confirmed?.prompt);
      add(asked, statement.confirmed?.prompt);
      return;
    case "callback":
      add(sounds, statement.announce);
      return;
    case "queue":
      script.queues.add(statement.name.text);
      return;
    case "split":
      for (const { label } of statement.branches) script.labels.add(label.text);
      return;
    case "ask":
      if (statement.bot.kind === "thing") script.bots.add(fixedName(statement.bot.name) ?? "");
      return;
    case "fetch":
    case "send":
      script.hosts.add(statement.host.text);
      return;
    case "collect":
      takeCollecting(script, statement.prompt, statement.tries?.prompt);
      return;
    case "let":
    case "set":
    case "return":
      if (statement.value?.kind === "fetchValue") script.hosts.add(statement.value.host.text);
      if (statement.value?.kind === "collectValue") {
        takeCollecting(script, statement.value.prompt, statement.value.tries?.prompt);
      }
      return;
    default:
  }
}

function takeCollecting(script: Script, ...prompts: (Expr | undefined)[]): void {
  const { sounds, asked } = script;
  script.listens ||= prompts[0] === undefined;
  add(sounds, ...prompts);
  add(asked, ...prompts);
}

function add(sounds: Sounds, ...names: (Expr | undefined)[]): void {
  for (const expr of names) {
    if (!expr) continue;
    const name = expr.kind === "text" ? fixedName(expr) : undefined;
    if (name === undefined) sounds.any = true;
    else sounds.names.add(name);
  }
}

/** Whether it is heard, or would be, were it not mistyped where it is played. `prompts` are those there are, where that is known. */
export const has = ({ names, any }: Sounds, name: string, prompts?: ReadonlySet<string>): boolean =>
  any || names.has(name) || (prompts !== undefined && isMistyped(name, names, (one) => prompts.has(one)));

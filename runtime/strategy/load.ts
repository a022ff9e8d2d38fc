import type {
  CheckedProgram,
  Declared,
  Directory,
  Names,
  Overflow,
  Range,
  Source,
  Strategy,
  Sub,
} from "../../language/index.ts";
import { calendarOf } from "../calendar.ts";
import { atMostOf } from "./admission.ts";
import { Assembly, type Setting } from "./assembly.ts";
import { plain } from "./expressions.ts";
import { entryTable } from "./entries.ts";
import { overflowKey, overflowsOf } from "./overflow.ts";
import type { Block, Code, Goal, Program } from "./program.ts";
import {
  writeBack,
  writeDesk,
  writeDestination,
  writeGroupQueue,
  writeHandOn,
  writeOverflow,
  writeRoute,
  writeWait,
} from "./route.ts";
import { lowerBlock } from "./statements.ts";
import { thing } from "../values.ts";
import { constant } from "./world.ts";

const nowhere = { start: 0, end: 0 };

/** Lowers a checked program to flat code. Fast enough to do it again on every change of a text. */
export function loadProgram(checked: CheckedProgram): Program {
  const { directory, strategies, subs } = checked;
  const overflows = overflowsOf(directory);
  const codeOfSub = new Map(subs.map(({ item }, index) => [item, strategies.length + 1 + index]));
  const calendars = new Map(checked.calendars.map(({ item }) => [item, calendarOf(item, directory)]));
  const settingOf = (names: Names): Setting => ({
    names,
    writeBlock: lowerBlock,
    codeOf: (sub) => codeOfSub.get(sub) ?? 0,
    calendarOf: (text) => calendars.get(text) ?? calendarOf(text, directory),
  });
  const codes = [
    entryRoute(directory),
    ...strategies.map(({ source, strategy, names }) =>
      lowerStrategy({ source, strategy, directory }, settingOf(names)),
    ),
    ...subs.map((sub) => lowerSub(sub, settingOf(sub.names))),
    ...overflows.map((list) => lowerOverflow(list, directory)),
  ];
  const desk = codes.push(lowerDesk(directory)) - 1;
  const handOn = codes.push(lowerHandOn(directory)) - 1;
  const flagTurned = codes.push(lowerFlagTurned(directory)) - 1;
  const blocks = blocksOf(codes);
  const waits = waitsOf(blocks, directory).map(([name, code]) => [name, codes.push(code) - 1] as const);
  return {
    hash: checked.hash,
    directory,
    zones: [...new Set([directory.site.zone, ...[...calendars.values()].map(({ zone }) => zone)])],
    entries: entryTable(
      strategies.map(({ strategy }) => strategy),
      directory.site.country,
    ),
    atMost: atMostOf(strategies.map(({ strategy }) => strategy)),
    overflows: new Map(
      overflows.map((list, index) => [overflowKey(list), strategies.length + 1 + subs.length + index]),
    ),
    codes,
    desk,
    handOn,
    flagTurned,
    waits: new Map(waits),
    blocks,
    codeOf: new Map(strategies.map(({ strategy }, index) => [strategy, index + 1])),
  };
}

/** A default route to a group waits in a queue of the group's name; an author's of that name comes first. */
function blocksOf(codes: readonly Code[]): Map<string, Block> {
  const found = codes.flatMap(({ ops, slots, defaultRoute, source }) =>
    ops.flatMap((op, pc) => {
      const isRoute = source === undefined || (defaultRoute > 0 && pc >= defaultRoute);
      return op.op === "queue" ? [{ isRoute, block: { plan: op.plan, slots } }] : [];
    }),
  );
  // Of several of one name the last one is kept.
  const inOrder = found.toReversed().toSorted((a, b) => Number(b.isRoute) - Number(a.isRoute));
  return new Map(inOrder.map(({ block }) => [block.plan.name, block]));
}

function lowerStrategy(
  { source, strategy, directory }: { source: Source; strategy: Strategy; directory: Directory },
  setting: Setting,
): Code {
  const code = new Assembly(plain(strategy.name), setting);
  lowerBlock(strategy.body, code);
  code.emit({ op: "end", at: lastOf(strategy.range) });
  const defaultRoute = code.here;
  if (strategy.defaultRoute) writeRoute(strategy.defaultRoute.to, directory, code);
  code.emit({ op: "undone", at: strategy.defaultRoute?.range ?? strategy.range });
  const afterCall = strategy.afterCall && code.here;
  if (strategy.afterCall) {
    lowerBlock(strategy.afterCall, code);
    code.emit({ op: "finished", at: lastOf(strategy.afterCall.range) });
  }
  const secrets = strategy.secrets.map(({ path }) => path.slice(1).map((name) => name.text));
  return { ...written(code, source), defaultRoute, afterCall, secrets };
}

/** Its parameters are the first slots; off its end it returns nothing. */
function lowerSub({ source, item }: Declared<Sub>, setting: Setting): Code {
  const code = new Assembly(item.name.text, setting);
  for (const parameter of item.parameters) code.declare(parameter.text);
  lowerBlock(item.body, code);
  code.emit({ op: "return", at: lastOf(item.range) });
  return written(code, source);
}

/** The second net: where calls go whose strategy is missing or whose default route has failed. */
function entryRoute(directory: Directory): Code {
  const code = unwritten("entry route", directory);
  if (directory.defaults.entryRoute) writeDestination(directory.defaults.entryRoute, directory, code);
  code.emit({ op: "undone", at: nowhere });
  return written(code);
}

/** Where calls go that a phone of the directory let ring. */
function lowerOverflow(list: readonly Overflow[], directory: Directory): Code {
  const code = unwritten("no_answer.then", directory);
  writeOverflow(list, code.newSlot(), directory, code);
  code.emit({ op: "unserved", at: nowhere });
  return written(code);
}

/** What a call does that somebody asked for at his desk, once he has picked up. */
function lowerDesk(directory: Directory): Code {
  const code = unwritten("desk", directory);
  writeDesk(code.newSlot(), code);
  return written(code);
}

/** Who has turned a flag over hears how it stands, which is in the first slot: yes or no. */
function lowerFlagTurned(directory: Directory): Code {
  const code = unwritten("flag", directory);
  const slot = code.newSlot();
  code.emit({ op: "answer", at: nowhere, withRingback: false });
  code.emit({ op: "say", at: nowhere, values: [{ value: ({ locals }) => locals[slot] ?? null, isExpected: false }] });
  code.emit({ op: "hangup", at: nowhere });
  return written(code);
}

/** What a call does that who talked hands on: what reaches nobody comes back to him, and then goes by default. */
function lowerHandOn(directory: Directory): Code {
  const code = unwritten("hand on", directory);
  writeHandOn(code.newSlot(), code);
  code.emit({ op: "undone", at: nowhere });
  return written(code);
}

/** The same where it is to wait in a queue that a strategy has, or in that of a group. */
function waitsOf(blocks: ReadonlyMap<string, Block>, directory: Directory): [string, Code][] {
  const wait = (name: string, write: (code: Assembly) => Goal): [string, Code] => {
    const code = unwritten(name, directory);
    writeBack([write(code)], code);
    code.emit({ op: "undone", at: nowhere });
    return [name, written(code)];
  };
  return [
    ...[...blocks.values()].map(({ plan, slots }) =>
      wait(`queue ${plan.name}`, (code) => {
        for (let slot = 0; slot < slots; slot++) code.newSlot();
        return writeWait(plan, nowhere, directory, code);
      }),
    ),
    ...Object.keys(directory.groups).map((name) =>
      wait(`group ${name}`, (code) => writeGroupQueue(name, constant(thing("group", name)), nowhere, directory, code)),
    ),
  ];
}

/** Code that no author wrote. */
function unwritten(name: string, directory: Directory): Assembly {
  return new Assembly(name, {
    writeBlock: lowerBlock,
    names: { subs: new Map(), calendars: new Map(), plans: new Map() },
    codeOf: () => 0,
    calendarOf: (text) => calendarOf(text, directory),
  });
}

function written({ name, ops, slots, variables, tries, uninterrupted }: Assembly, source?: Source): Code {
  return { name, source, ops, slots, variables, tries, uninterrupted, defaultRoute: 0, secrets: [] };
}

function lastOf({ end }: Range): Range {
  return { start: end - 1, end };
}

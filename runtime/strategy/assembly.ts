import type {
  Block,
  Calendar as CalendarText,
  Names as Declared,
  QueuePlan,
  Range,
  Sub,
} from "../../language/index.ts";
import type { Calendar } from "../calendar.ts";
import { invariant } from "../defect.ts";
import type { Op, Pc, Stretch, Try } from "./program.ts";
import type { Names } from "./world.ts";

/** What code is written in: who writes blocks, what the text can name, and where subs have their code. */
export interface Setting {
  writeBlock(block: Block, code: Assembly): void;
  names: Declared;
  codeOf(sub: Sub): number;
  calendarOf(text: CalendarText): Calendar;
}

/** Code being written: operations so far, and the variables in force at this place of the text. */
export class Assembly implements Names {
  readonly name: string;
  readonly ops: Op[] = [];
  readonly tries: Try[] = [];
  readonly uninterrupted: Stretch[] = [];
  /** By slot, what the author calls it; nothing for slots that he does not see. */
  readonly variables: (string | undefined)[] = [];
  private readonly setting: Setting;
  private declared: Declared;
  private scopes: Map<string, number>[] = [new Map()];
  private slotCount = 0;
  /** Jumps out of the loops that are being written, innermost last. */
  private readonly loops: { to: Pc }[][] = [];

  /** `name` is that of the strategy or sub. */
  constructor(name: string, setting: Setting) {
    this.name = name;
    this.setting = setting;
    this.declared = setting.names;
  }

  get slots(): number {
    return this.slotCount;
  }

  /** Where the next operation will stand. */
  get here(): Pc {
    return this.ops.length;
  }

  /** Appends and returns the operation, so that its jumps can be set once their goals are known. */
  emit<T extends Op>(op: T): T {
    this.ops.push(op);
    return op;
  }

  jump(at: Range): Extract<Op, { op: "jump" }> {
    const op = { op: "jump" as const, at, to: 0 };
    this.ops.push(op);
    return op;
  }

  /** Writes a block; its variables end with it. */
  block(block: Block): void {
    this.setting.writeBlock(block, this);
  }

  /** Writes what `stop loop` jumps out of. */
  loop(write: () => void): void {
    this.loops.push([]);
    write();
    for (const stop of this.loops.pop() ?? []) stop.to = this.here;
  }

  stopLoop(at: Range): void {
    const stops = this.loops.at(-1);
    invariant(stops, "`stop loop` outside of a loop");
    stops.push(this.jump(at));
  }

  newSlot(): number {
    return this.slotCount++;
  }

  declare(name: string): number {
    return this.call(name, this.newSlot());
  }

  /** From here on the slot has this name. */
  call(name: string, slot: number): number {
    const scope = this.scopes.at(-1);
    invariant(scope, "no scope");
    scope.set(name, slot);
    this.variables[slot] = name;
    return slot;
  }

  /** What `write` declares is gone after it. */
  within(write: () => void): void {
    this.scopes.push(new Map());
    write();
    this.scopes.pop();
  }

  /** Writes something that stands in another file: it knows what that file can name, and none of the variables here. */
  elsewhere<R>(names: Declared, write: () => R): R {
    const { scopes, declared } = this;
    this.scopes = [new Map()];
    this.declared = names;
    const written = write();
    this.scopes = scopes;
    this.declared = declared;
    return written;
  }

  slotOf(name: string): number | undefined {
    for (let index = this.scopes.length - 1; index >= 0; index--) {
      const slot = this.scopes[index]?.get(name);
      if (slot !== undefined) return slot;
    }
    return undefined;
  }

  /** The code of a sub that the text can name. */
  subCalled(name: string): number {
    const sub = this.declared.subs.get(name);
    invariant(sub, `no sub ${name}`);
    return this.setting.codeOf(sub.item);
  }

  planCalled(name: string): { item: QueuePlan; names: Declared } | undefined {
    return this.declared.plans.get(name);
  }

  calendarCalled(name: string): Calendar | undefined {
    const declared = this.declared.calendars.get(name);
    return declared && this.setting.calendarOf(declared.item);
  }
}

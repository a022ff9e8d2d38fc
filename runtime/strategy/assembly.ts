import type { Range } from "../../language/index.ts";
import { invariant } from "../defect.ts";
import type { Op, Pc, Try } from "./program.ts";
import type { Names } from "./world.ts";

/** Code being written: operations so far, and the variables in force at this place of the text. */
export class Assembly implements Names {
  readonly ops: Op[] = [];
  readonly tries: Try[] = [];
  private readonly scopes: Map<string, number>[] = [new Map()];
  private slotCount = 0;

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

  newSlot(): number {
    return this.slotCount++;
  }

  declare(name: string): number {
    const scope = this.scopes.at(-1);
    invariant(scope, "no scope");
    const slot = this.newSlot();
    scope.set(name, slot);
    return slot;
  }

  /** What `write` declares is gone after it. */
  within(write: () => void): void {
    this.scopes.push(new Map());
    write();
    this.scopes.pop();
  }

  slotOf(name: string): number | undefined {
    for (let index = this.scopes.length - 1; index >= 0; index--) {
      const slot = this.scopes[index]?.get(name);
      if (slot !== undefined) return slot;
    }
    return undefined;
  }
}

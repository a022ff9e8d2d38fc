import type { CheckedProgram } from "../../language/index.ts";
import { loadProgram, type Program, Ways } from "../../runtime/index.ts";
import type { Place } from "../model.ts";

/** Which statements each call has come to, and when first. */
export class Trail extends Ways {
  private readonly passed = new Map<string, Map<string, { code: number; pc: number; at: number }>>();
  private program: Program | undefined;

  override see(...[call, before, at]: Parameters<Ways["see"]>): void {
    super.see(call, before, at);
    const { id, code, pc } = call;
    const places = this.passed.get(id) ?? new Map<string, { code: number; pc: number; at: number }>();
    this.passed.set(id, places);
    const key = `${code} ${pc}`;
    if (!places.has(key)) places.set(key, { code, pc, at });
  }

  /** Where this call had been by `at`, in the order in which it came there. */
  of(call: string, at: number, checked: CheckedProgram): Place[] {
    this.program ??= loadProgram(checked);
    const { codes } = this.program;
    return [...(this.passed.get(call)?.values() ?? [])].flatMap((one) => {
      const code = one.at <= at ? codes[one.code] : undefined;
      const range = code?.ops[one.pc]?.at;
      return code?.source && range ? [{ path: code.source.path, range }] : [];
    });
  }
}

/** A mistake of ours, never the author's or a caller's. Caught in one place: the host. */
export class Defect extends Error {
  override name = "Defect";
}

export function invariant(condition: unknown, text: string): asserts condition {
  if (!condition) throw new Defect(text);
}

/** For the default arm of a switch that the compiler knows to be complete. */
export function unreachable(value: never): never {
  throw new Defect(`unexpected ${JSON.stringify(value)}`);
}

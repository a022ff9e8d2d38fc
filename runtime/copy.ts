/** A deep copy of plain data. */
export function copy<T>(value: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a copy is of the same type
  return copyOf(value) as T;
}

function copyOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  const made: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    if (key !== "__proto__") made[key] = copyOf(part);
    // Callers bring such names, and a plain assignment would not make a field of it.
    else
      Object.defineProperty(made, key, { value: copyOf(part), enumerable: true, writable: true, configurable: true });
  }
  return made;
}

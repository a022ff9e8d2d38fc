/** Computes once for each subject and keeps the result as long as the subject itself is kept. */
export function memo<S extends object, V>(compute: (subject: S) => V): (subject: S) => V {
  const known = new WeakMap<S, { value: V }>();
  return (subject) => {
    const kept = known.get(subject);
    if (kept) return kept.value;
    const value = compute(subject);
    known.set(subject, { value });
    return value;
  };
}

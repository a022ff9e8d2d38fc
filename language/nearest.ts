/**
 * The name in `known` that `word` was probably meant to be: at most a third of its letters (at least one) wrong, missing,
 * surplus or swapped; upper and lower case count half. Undefined when nothing is near.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = most + 0.5;
  for (const name of known) {
    if (name === word || Math.abs(name.length - word.length) > most) continue;
    const distance = editDistance(word, name, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/**
 * Optimal string alignment distance; a pair of swapped neighbours is one edit, a letter of the other case half of one. More than
 * `most` is infinite: it is not worked out.
 */
export function editDistance(a: string, b: string, most = Infinity): number {
  const [lowA, lowB] = [a.toLowerCase(), b.toLowerCase()];
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const like = a[row - 1] === b[column - 1] ? 0 : lowA[row - 1] === lowB[column - 1] ? 0.5 : 1;
      let cost = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + like);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      if (cost < least) least = cost;
      next.push(cost);
    }
    // A swap could still save one from the row before.
    if (least > most + 1) return Infinity;
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}

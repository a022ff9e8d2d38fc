/**
 * The name in `known` that `word` was probably meant to be: at most a third of its letters (at least one) wrong, missing,
 * surplus or swapped; upper and lower case count half. Undefined when nothing is near.
 */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const most = Math.max(1, Math.floor(word.length / 3));
  const letters = lettersOf(word);
  let best: string | undefined;
  let bestDistance = most + 0.5;
  for (const name of known) {
    if (name === word || Math.abs(name.length - word.length) > most) continue;
    if (leastDistance(letters, lettersOf(name)) >= bestDistance) continue;
    const distance = editDistance(word, name, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/** A bit for each letter and digit that occurs in a name, whatever its case; some share one. */
function lettersOf(name: string): number {
  let letters = 0;
  for (let at = 0; at < name.length; at++) letters |= 1 << (name.charCodeAt(at) & 31);
  return letters;
}

/** One edit takes out or brings in one letter at most. This is all that most names need to be told apart. */
const leastDistance = (one: number, other: number): number => Math.max(count(one & ~other), count(other & ~one));

function count(bits: number): number {
  let ones = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) ones++;
  return ones;
}

/**
 * Optimal string alignment distance; a pair of swapped neighbours is one edit, a letter of the other case half of one. What is
 * more than `most` may come out as infinite.
 */
export function editDistance(a: string, b: string, most = Infinity): number {
  let start = 0;
  let [endA, endB] = [a.length, b.length];
  while (start < endA && start < endB && a[start] === b[start]) start++;
  while (start < endA && start < endB && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  return distance(a.slice(start, endA), b.slice(start, endB), most);
}

function distance(a: string, b: string, most: number): number {
  let before: number[] = [];
  let last: number[] = [];
  for (let column = 0; column <= b.length; column++) last.push(column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      let cost = (last[column - 1] ?? 0) + unlike(a, row - 1, b, column - 1);
      cost = Math.min(cost, (last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      if (cost < least) least = cost;
      next.push(cost);
    }
    // A swap could still save one.
    if (least > most + 1) return Infinity;
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}

function unlike(a: string, inA: number, b: string, inB: number): number {
  if (a.charCodeAt(inA) === b.charCodeAt(inB)) return 0;
  return a.charAt(inA).toLowerCase() === b.charAt(inB).toLowerCase() ? 0.5 : 1;
}

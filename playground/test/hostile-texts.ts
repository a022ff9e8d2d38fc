/** Programs that mean harm: each kind in sizes that grow to `most` (a link holds no more than some 8192), always the same ones. */
export function hostileTexts(count: number, most: number): string[] {
  return Array.from({ length: count }, (_, nth) => {
    const kind = kinds[nth % kinds.length] ?? String;
    return kind(Math.round(16 * (most / 16) ** (nth / count)));
  });
}

const framed = (body: string): string => `strategy "x" {\n  entry "1"\n  default route to group G\n${body}\n}\n`;

const kinds: ((size: number) => string)[] = [
  // Blocks and brackets in one another.
  (size) => framed(`${"  if yes {\n".repeat(size)}${"}\n".repeat(size)}`),
  (size) => framed(`  set call.data.a = ${"(".repeat(size)}1${")".repeat(size)}`),
  (size) => framed("{".repeat(size * 4)),
  // Long chains, lines and names.
  (size) => framed(`  set call.data.a = 1${" + 1".repeat(size * 4)}`),
  (size) => framed(`  play "${"x".repeat(size * 64)}"`),
  (size) => framed(`  let ${"x".repeat(size * 16)} = 1`),
  // Rounds without end, and subs that call one another.
  (size) => framed(`  repeat ${size * 1000} {\n    repeat ${size * 1000} {\n      set call.data.a = 1\n    }\n  }`),
  (size) =>
    Array.from(
      { length: size },
      (_, n) => `sub s${n}() {\n  run s${(n + 1) % size}()\n  run s${(n + 2) % size}()\n}\n`,
    ).join(""),
  // A finding in every word, texts that never end, characters that show nothing.
  (size) => "£".repeat(size * 16),
  (size) => `${'"'.repeat(size * 8)}\n`.repeat(4),
  (size) => framed(`  play "${"\u202E\u200B".repeat(size)}"`),
  // Entries for whole countries.
  (size) => framed(`  entry ${Array.from({ length: size }, (_, n) => `"${n}000000".."${n}999999"`).join(", ")}`),
];

/** A number that looks drawn, from 0 to 2^32 - 1, and is always the same for the same seed, name and count. */
export function draw(seed: number, name: string, count: number): number {
  let hash = (seed ^ 0x9e3779b9) >>> 0;
  for (let index = 0; index < name.length; index++) hash = stir(hash ^ name.charCodeAt(index));
  return stir(stir(hash ^ count) + 0x6d2b79f5);
}

function stir(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

import type { EventRecord } from "./records.ts";

/** Reckons a number over everything that happened, in order: two runs are the same when their digests are. */
export interface Trace {
  add(record: EventRecord): void;
  /** Of all so far: 16 hexadecimal digits, the same in every JavaScript engine. No protection against forgery. */
  digest(): string;
}

export function createTrace(): Trace {
  let one = 0x811c9dc5;
  let two = 0x9e3779b9;
  return {
    add(record) {
      const line = canonical(record);
      for (let index = 0; index < line.length; index++) {
        const unit = line.charCodeAt(index);
        one = Math.imul(one ^ unit, 0x01000193);
        two = Math.imul(two ^ unit, 0x5f356495);
        two ^= two >>> 15;
      }
      one = Math.imul(one ^ line.length, 0x85ebca6b) ^ (two >>> 13);
    },
    digest: () => hex(one) + hex(two ^ (one >>> 16)),
  };
}

/** Keys in order, so that it does not matter how an object came to be. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const fields = Object.entries(value).filter(([, part]) => part !== undefined);
  const sorted = fields.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join()}}`;
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, "0");
}

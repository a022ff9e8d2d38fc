import type { Found, Named } from "./shape.ts";

/** Lookups by an author's names must never find what JavaScript's own objects carry, such as `constructor`. */
export function table<T>(entries: [string, T][]): Record<string, T> {
  const rows: Record<string, T> = Object.create(null);
  for (const [key, row] of entries) rows[key] = row;
  return rows;
}

/** A map of the file, each entry bound. */
export function tableOf<F, T>(
  entries: Named<F>[] | undefined,
  bindOne: (name: string, value: F) => T,
): Record<string, T> {
  return table((entries ?? []).map((one) => [one.name, bindOne(one.name, one.value)]));
}

export const texts = (found: Found<string>[] | undefined): string[] => (found ?? []).map((one) => one.value);

/** A path as the file means it that names it. */
export function beside(file: string, path: string): string {
  const absolute = /^([/\\]|[A-Za-z]:)/.test(path);
  return absolute ? path : `${/^.*[/\\]/s.exec(file)?.[0] ?? ""}${path}`;
}

/** Whether the time zone database has this name. */
export function knownZone(zone: string): boolean {
  // The list has not the names of old; making a format takes a good part of the start of `cordboard check`.
  if (zones().has(zone)) return true;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

let known: ReadonlySet<string> | undefined;

/** The names that zones are known by. Asked for once: the list takes a millisecond to make. */
export function zones(): ReadonlySet<string> {
  known ??= new Set(Intl.supportedValuesOf("timeZone"));
  return known;
}

/** Whether the time zone database has this name. */
export function knownZone(zone: string): boolean {
  // The list has not the names of old; making a format takes a good part of the start of `cordboard check`.
  if (zones().includes(zone)) return true;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The names that zones are known by. */
export const zones = (): string[] => Intl.supportedValuesOf("timeZone");

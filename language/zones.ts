/** Whether the time zone database has this name. */
export function knownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The names that zones are known by. */
export const zones = (): string[] => Intl.supportedValuesOf("timeZone");

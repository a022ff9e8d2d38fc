import type { Device, Directory } from "../../language/index.ts";

const books = new WeakMap<Directory, Map<string, Device[]>>();

/** Those that are called by this user name: at our registrar, or each on another trunk. Found at once, for every call asks. */
export function devicesOf(user: string | undefined, directory: Directory): readonly Device[] {
  return (user !== undefined && bookOf(directory).get(user)) || [];
}

/** The phone of our registrar. */
export function registering(user: string | undefined, directory: Directory): Device | undefined {
  return devicesOf(user, directory).find(({ trunk }) => trunk === undefined);
}

function bookOf(directory: Directory): Map<string, Device[]> {
  const known = books.get(directory);
  if (known) return known;
  const book = new Map<string, Device[]>();
  for (const device of Object.values(directory.devices)) {
    const others = book.get(device.user);
    if (others) others.push(device);
    else book.set(device.user, [device]);
  }
  books.set(directory, book);
  return book;
}

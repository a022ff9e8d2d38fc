/** Whose certificates are good, by the trunks of a directory. */
import { readFileSync } from "node:fs";
import type { Directory } from "../language/index.ts";
import type { Authorities, Trust } from "../sip/index.ts";

/**
 * `ca`: further authorities beside the system's, texts in PEM. That of a trunk vouches for its hosts alone, and nobody else does for them; for a
 * host that no trunk names, as in a Contact of somebody's, all may. One that cannot be read is told, and vouches for nobody.
 */
export function trustOf(directory: Directory, ca: string[], unreadable: (trunk: string, why: string) => void): Trust {
  const vouched = new Map<string, Authorities>();
  const all = [...ca];
  const trunks = Object.values(directory.trunks);
  for (const { id, tls, to } of trunks) {
    const own = tls.ca === undefined ? undefined : read(tls.ca, (why) => unreadable(id, why));
    all.push(...(own ?? []));
    for (const host of to.map(hostOf)) {
      const others = vouched.get(host);
      if (own) vouched.set(host, { system: false, ca: [...(others?.system ? [] : (others?.ca ?? [])), ...own] });
      else if (!others) vouched.set(host, { system: true, ca });
    }
  }
  return { ca: all, vouched, unverified: trunks.filter(({ tls }) => !tls.verify).flatMap(({ to }) => to.map(hostOf)) };
}

function read(path: string, unreadable: (why: string) => void): string[] {
  try {
    return [readFileSync(path, "utf8")];
  } catch (error) {
    unreadable(error instanceof Error ? error.message : String(error));
    return [];
  }
}

/** Of `sip:gw1.example:5061;transport=tls`. */
function hostOf(uri: string): string {
  const host = /^sips?:(?:[^@]*@)?(\[[^\]]*\]|[^:;?]*)/i.exec(uri)?.[1] ?? "";
  return host.replace(/^\[|\]$/g, "").toLowerCase();
}

/** Whose certificates are good, by the trunks of a directory. */
import { readFileSync } from "node:fs";
import type { Directory } from "../language/index.ts";
import type { Trust } from "../sip/index.ts";

/** `ca`: further authorities, texts in PEM. A trunk's authority that cannot be read is told, and vouches for nobody. */
export function trustOf(directory: Directory, ca: string[], unreadable: (trunk: string, why: string) => void): Trust {
  const trunks = Object.values(directory.trunks);
  const authorities = trunks.flatMap(({ id, tls }) => {
    if (tls.ca === undefined) return [];
    try {
      return [readFileSync(tls.ca, "utf8")];
    } catch (error) {
      unreadable(id, error instanceof Error ? error.message : String(error));
      return [];
    }
  });
  const unverified = trunks.filter(({ tls }) => !tls.verify).flatMap(({ to }) => to.map(hostOf));
  return { ca: [...ca, ...authorities], unverified };
}

/** Of `sip:gw1.example:5061;transport=tls`. */
function hostOf(uri: string): string {
  const host = /^sips?:(?:[^@]*@)?(\[[^\]]*\]|[^:;?]*)/i.exec(uri)?.[1] ?? "";
  return host.replace(/^\[|\]$/g, "").toLowerCase();
}

import type { Requesting } from "../ast.ts";
import { unknownThing } from "./things.ts";
import { infer, inferAs } from "./expressions.ts";
import type { Place } from "./place.ts";
import { inferTime } from "./ranges.ts";
import { checkOpen } from "./secrets.ts";
import { report } from "./checking.ts";
import { fixedName } from "./things.ts";

/** What `fetch` and `send` ask a host. Hosts of the directory are the only places they go to. */
export function checkRequest({ host, path, with: body, within }: Requesting, at: Place): void {
  const { hosts } = at.checking.directory;
  const known = Object.hasOwn(hosts, host.text) ? hosts[host.text] : undefined;
  if (!known) unknownThing(at.checking, "host", host, host.text, Object.keys(hosts));
  const pathType = inferAs(path, at, ["text"], "a path");
  const written = fixedName(path.kind === "text" ? path : host);
  if (path.kind === "text" && written !== undefined && !written.startsWith("/")) checkPath(path, written, at);
  const bodyType = body && infer(body, at);
  if (within) inferTime(within, at, "`within`");
  if (!known || known.trusted) return;
  const where = `host \`${host.text}\` is not marked \`trusted\` in the directory`;
  checkOpen(at.checking, path, pathType, where);
  if (body && bodyType) checkOpen(at.checking, body, bodyType, where);
}

function checkPath(path: Requesting["path"], written: string, { checking }: Place): void {
  const message = `the path \`${written.slice(0, 60)}\` does not begin with \`/\``;
  const whole = /^\w+:\/\//.test(written);
  report(checking, "error", "S306", path.range, message, {
    hint: whole ? "the directory has the address of the host; here stands what comes after it" : undefined,
    write: whole ? undefined : `"/${written}"`,
  });
}

import type { Expr } from "../ast.ts";
import { recordOf, type Type } from "../types.ts";
import { type Checking, report } from "./checking.ts";
import { fixedName, unknownThing } from "./things.ts";

/** What `site_waits` gives for the sites it names. */
export function siteWaits([sites, adjust]: readonly Expr[], checking: Checking): Type {
  const wait: Type = { is: "duration", optional: true };
  const fields: Record<string, Type> = Object.create(null);
  const listed = sites?.kind === "list" ? sites.items : [];
  const names = listed.map((site) => siteOf(site, checking));
  for (const name of names) if (name !== undefined) fields[name] = wait;
  fields["best"] = { is: "text", optional: true };
  fields["spread"] = wait;
  const closed = sites?.kind === "list" && names.every((name) => name !== undefined);
  if (adjust?.kind === "record") {
    for (const { key, value } of adjust.fields) {
      if (closed && !names.includes(key.text)) unknownThing(checking, "site", key, key.text, Object.keys(fields));
      if (value.kind !== "percent" && value.kind !== "hole") checkPercent(value, checking);
    }
  }
  return closed ? recordOf(fields) : recordOf(fields, true);
}

/** The name of a site that is written out, as a text or as `site NAME`. */
function siteOf(site: Expr, checking: Checking): string | undefined {
  if (site.kind !== "text" && site.kind !== "thing") return undefined;
  const at = site.kind === "text" ? site : site.name;
  const name = fixedName(at);
  const { sites } = checking.directory;
  if (name !== undefined && site.kind === "text" && !Object.hasOwn(sites, name)) {
    unknownThing(checking, "site", at, name, Object.keys(sites));
  }
  return name;
}

function checkPercent(value: Expr, checking: Checking): void {
  if (value.kind !== "number") return;
  report(
    checking,
    "error",
    "S301",
    value.range,
    `a wait is made longer by a percentage, but \`${value.value}\` is a number`,
    {
      hint: `write \`${value.value}%\``,
      write: `${value.value}%`,
    },
  );
}

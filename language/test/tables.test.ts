import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  agentFields,
  calendarFields,
  callFields,
  choosers,
  type Described,
  functions,
  type Outcome,
  type Outcomes,
  outcomes,
} from "../builtins.ts";
import type { Type } from "../types.ts";

/* Tables of the language reference that the language's own tables have already. `UPDATE=1` writes them. */

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

const kind = ({ is, optional }: Type): string => `${is}${optional ? ", or missing" : ""}`;

const fields = (of: string, all: Record<string, Described>): string =>
  table(
    ["part", "kind", ""],
    Object.entries(all).map(([name, { type, about }]) => [`\`${of}.${name}\``, kind(type), about]),
  );

function outcomeRows([statement, { ends, handled }]: [string, Outcomes]): string[][] {
  const row = (mark: string, [name, { carries, about }]: [string, Outcome]): string[] => [
    `\`${carries ? `${name}(…)` : name}\`${mark}`,
    about,
  ];
  const rows = [
    ...Object.entries(ends).map((one) => row(" ■", one)),
    ...Object.entries(handled).map((one) => row("", one)),
  ];
  return rows.map((cells, at) => [at === 0 ? `\`${statement}\`` : "", ...cells]);
}

const tables: Record<string, string> = {
  call: fields("call", callFields),
  agent: fields("agent", agentFields),
  calendar: fields("calendar", calendarFields),
  functions: table(
    ["function", "gives", ""],
    Object.entries(functions).map(([name, { parameters, result, about }]) => {
      const list = parameters.map((one) => (one.optional ? `[${one.name}]` : one.name)).join(", ");
      return [`\`${name}(${list})\``, kind(result), about];
    }),
  ),
  choosers: table(
    ["chooser", "first comes"],
    Object.entries(choosers).map(([name, { skill, about }]) => [`\`${skill ? `${name}(SKILL)` : name}\``, about]),
  ),
  outcomes: table(["statement", "outcome", ""], Object.entries<Outcomes>(outcomes).flatMap(outcomeRows)),
};

const places: Record<string, string[]> = {
  "language/values.md": ["call", "agent", "calendar", "functions"],
  "language/queues.md": ["choosers"],
  "language/attempts.md": ["outcomes"],
};

describe.each(Object.entries(places))("docs/%s", (name, wanted) => {
  it("has its tables as they are now", () => {
    const path = new URL(`../../docs/${name}`, import.meta.url);
    const text = readFileSync(path, "utf8");
    const found: string[] = [];
    const current = text.replace(
      /(<!-- table: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
      (_, head: string, which: string, end: string) => {
        found.push(which);
        return `${head}\n${tables[which] ?? "no such table"}\n\n${end}`;
      },
    );
    if (process.env["UPDATE"]) writeFileSync(path, current);
    expect(found).toEqual(wanted);
    expect(readFileSync(path, "utf8")).toBe(current);
  });
});

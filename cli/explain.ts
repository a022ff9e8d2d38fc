import { nearest, type Page, pageOf, pages, silencing } from "../language/index.ts";
import { exit } from "./exit.ts";
import { complain, say, wantsColour } from "./output.ts";

export interface ExplainOptions {
  format: "human" | "json";
}

const columns = 100;

/** The page of a code; without one, all codes with their titles. */
export function explain(code: string | undefined, options: ExplainOptions): number {
  if (code === undefined) {
    const rows = pages.map(({ code: own, severity, title }) => ({ code: own, severity, title }));
    if (options.format === "json") say(JSON.stringify(rows, null, 2));
    else say(rows.map((row) => `${row.code}  ${row.severity.padEnd("warning".length)}  ${row.title}`).join("\n"));
    return exit.ok;
  }
  const page = pageOf(code);
  if (!page) {
    complain(unknown(code));
    return exit.failed;
  }
  if (options.format === "json") say(JSON.stringify({ ...page, silence: silencing(page) }, null, 2));
  else say(readable(page, wantsColour(1)));
  return exit.ok;
}

function unknown(code: string): string {
  const near = nearest(
    code.toUpperCase(),
    pages.map((page) => page.code),
  );
  const hint = near ? `did you mean ${near}?` : "every finding of `cordboard check` shows its code, such as S204";
  return `there is no code ${code}; ${hint}`;
}

function readable(page: Page, colour: boolean): string {
  const bold = (text: string): string => (colour ? `\u001b[1m${text}\u001b[0m` : text);
  const part = (title: string, text: string | undefined): string[] =>
    text === undefined ? [] : [`${bold(title)}\n${text}`];
  return [
    bold(`${page.code} (${page.severity}): ${page.title}`),
    wrap(page.what, ""),
    ...part("Why it hurts callers", wrap(page.why, "  ")),
    ...part("In a site with this directory", page.directory && indent(page.directory)),
    ...part("Only a run tells this, one that has this directory", page.running && indent(page.running)),
    ...part("Wrong", page.wrong && indent(page.wrong)),
    ...part("Right", page.right && indent(page.right)),
    ...part("To mend it", wrap(page.mend, "  ")),
    ...part("To silence it", wrap(silencing(page), "  ")),
  ].join("\n\n");
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");
}

function wrap(text: string, lead: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(`${lead}${word}`);
  }
  return lines.join("\n");
}

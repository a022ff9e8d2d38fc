import type { Page } from "./page.ts";

/** A page as Markdown, under a heading of the given level; editors show it on hover, and the docs hold all of them. */
export function pageMarkdown(page: Page, level = 2): string {
  const own = page.code.startsWith("D") ? "yaml" : "strategy";
  const fence = (title: string, text: string | undefined, language = own): string =>
    text === undefined ? "" : `${title}\n\n\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n\n`;
  return (
    `${"#".repeat(level)} ${page.code}: ${page.title}\n\n` +
    `*${page.severity}* – ${page.what}\n\n` +
    `**Why it hurts callers:** ${page.why}\n\n` +
    fence("In a site with this directory:", page.directory, "yaml") +
    fence("Only a run tells this, one that has this directory:", page.running) +
    fence("Wrong:", page.wrong) +
    fence("Right:", page.right) +
    `**To mend it:** ${page.mend}\n\n` +
    `**To silence it:** ${silencing(page)}\n`
  );
}

/** How a finding of this code is silenced, where it can be. */
export function silencing({ code, severity }: Page): string {
  if (severity === "error") return "Errors cannot be silenced.";
  if (notComments.has(code)) return "Take the comment out.";
  return `Write \`# allow ${code} because …\` with your reason at the end of its line, or alone on the line above.`;
}

/** They are about such comments. */
const notComments = new Set(["S110", "S111", "S112"]);

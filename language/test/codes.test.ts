import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { pageMarkdown } from "../pages/markdown.ts";
import { pages } from "../pages/pages.ts";

const path = new URL("../../docs/codes.md", import.meta.url);

const head = `# Codes

Every finding has a code that does not change. \`cordboard explain CODE\` shows the same page. S1xx is about the text, S2xx about names, S3xx about values, S4xx about
the way of calls, D1xx about the directory. Examples of statements stand in a strategy of the example site.

<!-- Written from language/pages by \`UPDATE=1 npx vitest run language/test/codes.test.ts\`. -->

`;

it("docs/codes.md is current", () => {
  const text = head + pages.map((page) => pageMarkdown(page)).join("\n");
  if (process.env["UPDATE"]) writeFileSync(path, text);
  expect(readFileSync(path, "utf8")).toBe(text);
});

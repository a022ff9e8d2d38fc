import { expect, test } from "vitest";
import { type Diagnostic, makeSource } from "../../language/index.ts";
import { sarif } from "../sarif.ts";

const source = makeSource("a.strategy", "hangup\ngive up never\n");
const finding: Diagnostic = {
  code: "S407",
  severity: "warning",
  message: "this call may wait for ever",
  hint: "write `give up after 8m`",
  path: "a.strategy",
  range: { start: 7, end: 20 },
};

test("a log holds rules with their help, results with their place, and what a comment allows as suppressed", () => {
  const log = sarif({
    sources: [source],
    diagnostics: [{ ...finding, code: "S402" }],
    allowed: [{ finding, because: "the shift leader watches it" }],
  });
  const place = {
    physicalLocation: {
      artifactLocation: { uri: "a.strategy" },
      region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 14 },
    },
  };
  expect(log).toMatchObject({
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            rules: [
              { id: "S402", shortDescription: { text: "never reached" } },
              {
                id: "S407",
                defaultConfiguration: { level: "warning" },
                help: { markdown: expect.stringContaining("## S407: a wait that can last for ever") },
              },
            ],
          },
        },
        results: [
          { ruleId: "S402", ruleIndex: 0, level: "warning", locations: [place] },
          {
            ruleId: "S407",
            ruleIndex: 1,
            message: { text: "this call may wait for ever; write `give up after 8m`" },
            suppressions: [{ kind: "inSource", justification: "the shift leader watches it" }],
          },
        ],
      },
    ],
  });
});

import type { Source } from "../language/index.ts";
import type { TestResult } from "../runtime/index.ts";
import { place } from "./place.ts";

/** The report that CI servers read. */
export function junit(results: TestResult[], sources: Source[]): string {
  const failures = results.filter((one) => !one.passed).length;
  const cases = results.map((one) => testCase(one, sources));
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites>`,
    `  <testsuite name="cordboard" tests="${results.length}" failures="${failures}">`,
    ...cases,
    `  </testsuite>`,
    `</testsuites>`,
  ].join("\n");
}

function testCase(one: TestResult, sources: Source[]): string {
  const head = `    <testcase classname="${escape(one.path)}" name="${escape(one.name)}" time="${(one.ms / 1000).toFixed(3)}"`;
  if (one.passed) return `${head}/>`;
  const text = one.failures.map((failure) => `${place(failure.path, failure.range.start, sources)} ${failure.message}`);
  return `${head}><failure message="${escape(text[0] ?? "failed")}">${escape(text.join("\n"))}</failure></testcase>`;
}

/** XML text; control characters, which XML 1.0 cannot hold, become U+FFFD. */
function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\uFFFD");
}

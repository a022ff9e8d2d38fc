import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { Ajv, type ErrorObject } from "ajv";
import { describe, expect, it } from "vitest";
import { type Document, isMap, isNode, isScalar, parse, parseDocument } from "yaml";
import { readDirectory } from "../directory/read.ts";
import { directorySchema } from "../directory/schema.ts";
import { readChunks } from "./chunks.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const accepts = new Ajv({ allowUnionTypes: true, allErrors: true }).compile(directorySchema);

/** What a schema can see: keys, kinds of value, what must stand there. The rest is names that lead nowhere, and what two keys say together. */
const seen = new Set(["D103", "D104", "D105", "D106", "D107", "D108", "D110", "D112"]);

/** To a schema every key is a text, the thirtieth of February a date, and what stands under a wrong key nothing. */
const beyond = /and a name is meant here|^there is no day|^a (pin|secret) never stands/;

it("docs/directory.schema.json is current", () => {
  const path = new URL("docs/directory.schema.json", root);
  const text = `${JSON.stringify(directorySchema, null, 2)}\n`;
  if (process.env["UPDATE"]) writeFileSync(path, text);
  expect(readFileSync(path, "utf8")).toBe(text);
});

describe("an editor that has the schema accepts", () => {
  const examples = readdirSync(new URL("examples", root), { recursive: true, encoding: "utf8" })
    .filter((path) => /directory.*\.yaml$/.test(path))
    .map((path) => `examples/${path}`);
  it.each([...examples, "language/test/acceptance.yaml"])("%s", (path) => {
    expect([accepts(parse(read(path))), accepts.errors]).toEqual([true, null]);
  });
});

/** Where the schema sees a mistake: offsets at which the values, or the keys, begin that it does not take. */
function refusedIn(text: string): Set<number> {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  if (accepts(document.toJS())) return new Set();
  const errors = accepts.errors ?? [];
  return new Set(errors.flatMap((error) => startOf(document, error)));
}

function startOf(document: Document.Parsed, { instancePath, params }: ErrorObject): number[] {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  const key: unknown = params["additionalProperty"] ?? params["propertyName"];
  const keys = isMap(node)
    ? node.items.map((pair) => pair.key).filter((one) => isScalar(one) && one.value === key)
    : [];
  return [node, ...keys].flatMap((one) => (isNode(one) && one.range ? [one.range[0]] : []));
}

describe("it refuses what the reader refuses, and nothing else", () => {
  for (const name of ["traps", "house", "lines", "where"]) {
    const path = `language/test/directory-cases/${name}.yaml`;
    for (const { title, source } of readChunks(path, read(path))) {
      const { diagnostics } = readDirectory([source]);
      if (diagnostics.some(({ code }) => code === "D100" || code === "D101" || code === "D102")) continue;
      const findings = diagnostics.filter(({ code, message }) => seen.has(code) || / needs `/.test(message));
      it(`${name}: ${title}`, () => {
        const refused = refusedIn(source.text);
        expect(refused.size > 0).toBe(findings.length > 0);
        const missed = findings.filter(({ range, message }) => !refused.has(range.start) && !beyond.test(message));
        expect(missed.map(({ message }) => message)).toEqual([]);
      });
    }
  }
});

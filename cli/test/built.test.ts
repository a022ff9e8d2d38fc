import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./command.ts";

/* The language as `npm run build` makes it: one file for each of its faces, with its packages inside. */

const folder = mkdtempSync(join(tmpdir(), "cordboard-built-"));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: { bundle: string } };

beforeAll(() => {
  const [, options = ""] = /esbuild (.*)--outdir=\S+$/.exec(scripts.bundle) ?? [];
  const command = join(root, "node_modules/.bin/esbuild");
  execFileSync(command, [...options.trim().split(" "), `--outdir=${folder}`], { cwd: root });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("needs no package", () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  const imports = files.flatMap((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    return [...text.matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)";/gm)].map(([, from = ""]) => from);
  });
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((from) => !from.startsWith("."))).toEqual([]);
});

test("reads and checks in a process of its own", () => {
  const program = `
    import { check, makeSource, parse, readDirectory } from ${JSON.stringify(join(folder, "index.js"))};
    import { completion, openProject } from ${JSON.stringify(join(folder, "service/index.js"))};
    const source = makeSource("a", 'strategy "a" { entry "1"  default route to group G  play }');
    const { file, diagnostics } = parse(source);
    const found = check([{ source, file }], readDirectory([]).directory, { hadErrors: true });
    const words = completion(openProject({ strategies: [source], directory: [] }), "a", source.text.length - 7);
    console.log(JSON.stringify([diagnostics.length, found.program === undefined, words.length > 0]));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(JSON.parse(printed)).toEqual([1, true, true]);
});

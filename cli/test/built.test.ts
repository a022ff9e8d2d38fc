import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { expect, inject, test } from "vitest";
import { root } from "./command.ts";

/* What `npm run build` makes of the compiler's many files: the language with its packages inside, and the commands. */

const language = join(inject("built"), "language");

test("needs no package", () => {
  const files = readdirSync(language, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  const imports = files.flatMap((name) => {
    const text = readFileSync(join(language, name), "utf8");
    return [...text.matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)";/gm)].map(([, from = ""]) => from);
  });
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((from) => !from.startsWith("."))).toEqual([]);
});

test("reads and checks in a process of its own", () => {
  const program = `
    import { check, makeSource, parse, readDirectory } from ${JSON.stringify(join(language, "index.js"))};
    import { completion, openProject } from ${JSON.stringify(join(language, "service/index.js"))};
    const source = makeSource("a", 'strategy "a" { entry "1"  default route to group G  play }');
    const { file, diagnostics } = parse(source);
    const found = check([{ source, file }], readDirectory([]).directory, { hadErrors: true });
    const words = completion(openProject({ strategies: [source], directory: [] }), "a", source.text.length - 7);
    console.log(JSON.stringify([diagnostics.length, found.program === undefined, words.length > 0]));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(JSON.parse(printed)).toEqual([1, true, true]);
});

test("Node takes the commands as it compiled them at the build, and they check", () => {
  const filename = join(inject("built"), "cli/main.cjs");
  const program = new Script(readFileSync(filename, "utf8"), {
    filename,
    cachedData: readFileSync(`${filename}.cache`),
  });
  expect(program.cachedDataRejected).toBe(false);
  const cordboard = (...args: string[]) =>
    spawnSync(process.execPath, [join(inject("built"), "cli/start.js"), ...args], { cwd: root, encoding: "utf8" });
  expect(cordboard("check", "examples/first-call")).toMatchObject({ status: 0, stdout: "no findings\n", stderr: "" });
  expect(cordboard("check", "examples/nowhere")).toMatchObject({ status: 2, stdout: "" });
});

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

/*
 * What ARCHITECTURE.md promises about rooms, held by reading every import and every name: directions, faces, cycles,
 * and what the pure rooms must not touch.
 */

const root = import.meta.dirname;

/** Which rooms a room may import. */
const mayImport: Record<string, string[]> = {
  language: [],
  runtime: ["language"],
  sip: ["language", "runtime"],
  desk: ["language", "runtime"],
  playground: ["language", "runtime"],
  cli: ["language", "runtime", "sip", "desk"],
};

/** Packages bound to one room: nobody else may know them. */
const boundPackages: Record<string, string[]> = {
  chevrotain: ["language"],
  yaml: ["language"],
  immer: ["runtime", "playground"],
  "prom-client": ["runtime"],
  "drachtio-srf": ["sip"],
  ws: ["sip"],
  fastify: ["desk"],
  "@fastify": ["desk"],
  commander: ["cli"],
  "vscode-languageserver": ["cli"],
  "vscode-languageserver-textdocument": ["cli"],
  papaparse: ["language", "runtime"],
  uplot: ["cli", "playground"],
  preact: ["playground", "desk"],
  "monaco-editor": ["playground"],
  elkjs: ["playground"],
  vite: ["playground", "desk"],
  pino: ["cli"],
};

/** Faces of a room beside its `index.ts`: what needs Node, and what must load without signalling. */
const faces = new Set(["language/service/index.ts", "runtime/node/index.ts", "sip/media/index.ts"]);

interface Module {
  path: string;
  room: string;
  text: string;
  /** Repository paths of modules it imports. */
  imports: string[];
  packages: string[];
}

const modules = Object.keys(mayImport).flatMap((room) => sourcesBelow(room).map(read));
const sources = modules.filter((one) => !one.path.includes("/test/"));

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesBelow(path);
    return /\.tsx?$/.test(path) ? [path] : [];
  });
}

function read(path: string): Module {
  const text = readFileSync(join(root, path), "utf8");
  const specifiers = [...text.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)"([^"]+)"/g)].map((match) => match[1] ?? "");
  return {
    path,
    room: path.split("/")[0] ?? "",
    text,
    imports: specifiers
      .filter((one) => one.startsWith("."))
      .map((one) => relative(root, resolve(root, dirname(path), one))),
    packages: specifiers.filter((one) => !one.startsWith(".")),
  };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:"'`])\/\/.*$/gm, "$1");
}

describe("rooms", () => {
  test("import only in the direction language ← runtime ← {sip, desk, playground} ← cli", () => {
    const wrong = sources.flatMap((one) =>
      one.imports
        .filter((target) => {
          const room = target.split("/")[0] ?? "";
          return room !== one.room && !mayImport[one.room]?.includes(room);
        })
        .map((target) => `${one.path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("see only the face of another room", () => {
    const wrong = sources.flatMap((one) =>
      one.imports
        .filter((target) => target.split("/")[0] !== one.room)
        .filter((target) => !/^[a-z]+\/index\.ts$/.test(target) && !faces.has(target))
        .map((target) => `${one.path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("test apart what puts another module in the place of one, for all else shares what it has loaded", () => {
    const config = readFileSync(join(root, "vitest.config.ts"), "utf8");
    const mocking = modules.filter(({ text }) => text.includes("vi.mock("));
    expect(mocking.length).toBeGreaterThan(0);
    expect(mocking.map(({ path }) => path).filter((path) => !config.includes(path))).toEqual([]);
  });

  test("have no import cycle, types included", () => {
    expect(cycles()).toEqual([]);
  });

  test("keep their packages to themselves", () => {
    const wrong = sources.flatMap((one) =>
      one.packages
        .map((name) => name.split("/")[0] ?? "")
        .filter((name) => boundPackages[name] && !boundPackages[name].includes(one.room))
        .map((name) => `${one.path} → ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test("each have a README", () => {
    const missing = Object.keys(mayImport).filter((room) => !readdirSync(join(root, room)).includes("README.md"));
    expect(missing).toEqual([]);
  });
});

describe("the pure rooms", () => {
  const pure = sources.filter(
    (one) => (one.room === "language" || one.room === "runtime") && !one.path.startsWith("runtime/node/"),
  );
  const banned =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bset(?:Timeout|Interval|Immediate)\b|\bqueueMicrotask\b|\bperformance\.|\bprocess\.|\bconsole\.|\bBuffer\b|\bfetch\(|\bcrypto\./;

  test("touch no clock, randomness, timer, process or console", () => {
    const wrong = pure.flatMap((one) => {
      const found = banned.exec(withoutComments(one.text));
      return found ? [`${one.path}: ${found[0]}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  test("import nothing of Node", () => {
    expect(pure.filter((one) => one.packages.some((name) => name.startsWith("node:"))).map((one) => one.path)).toEqual(
      [],
    );
  });
});

describe("the playground", () => {
  const page = sources.filter((one) => one.room === "playground" && one.path !== "playground/vite.config.ts");

  test("imports nothing of Node", () => {
    const wrong = page.flatMap((one) =>
      [...one.packages, ...one.imports]
        .filter((name) => name.startsWith("node:") || name.startsWith("runtime/node/"))
        .map((name) => `${one.path} → ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test("reads and runs texts in workers only: elsewhere it knows the types of language and engine", () => {
    const wrong = page
      .filter((one) => !isOfWorkers(one.path))
      .flatMap((one) =>
        [...one.text.matchAll(/^(?:import|export) (?!type\b)[^;]*? from "([^"]*\/(?:language|runtime)\/[^"]*)"/gm)].map(
          ([, target]) => `${one.path} → ${target}`,
        ),
      );
    expect(wrong).toEqual([]);
  });

  test("has one state: nobody but its store makes any with Immer", () => {
    expect(page.filter((one) => one.packages.includes("immer")).map((one) => one.path)).toEqual([
      "playground/store.ts",
    ]);
  });
});

describe("the pages of the desk", () => {
  const isOfPage = (path: string): boolean => path.startsWith("desk/page/") && path !== "desk/page/vite.config.ts";

  test("know the server by the shapes of its answers only, and nothing of Node", () => {
    const wrong = sources
      .filter(({ path }) => isOfPage(path))
      .flatMap(({ path, text, packages }) =>
        [
          ...packages.filter((name) => name.startsWith("node:") || name.startsWith("fastify")),
          ...[...text.matchAll(/^(?:import|export) (?!type\b)[^;]*? from "([^"]*)"/gm)]
            .map(([, target = ""]) => target)
            .filter(
              (target) => target.startsWith(".") && !isOfPage(relative(root, resolve(root, dirname(path), target))),
            ),
        ].map((target) => `${path} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  test("are served by it, and loaded by nobody", () => {
    expect(sources.filter(({ path, imports }) => !isOfPage(path) && imports.some(isOfPage))).toEqual([]);
  });
});

test("sources have no file named for nothing in particular", () => {
  const nothing = /(^|\/)(utils?|helpers?|manager|common|misc|base|handler|service-base|data|info)(-[a-z]+)?\.tsx?$/;
  expect(sources.map((one) => one.path).filter((path) => nothing.test(path))).toEqual([]);
});

describe("a command loads what it needs", () => {
  test.each([
    ["cli/main.ts", ["cli"], ["commander"]],
    ["cli/check.ts", ["cli", "language"], ["yaml", "chevrotain", "papaparse"]],
    ["cli/fmt.ts", ["cli", "language"], ["yaml", "chevrotain", "papaparse"]],
  ])("%s", (path, rooms, packages) => {
    const { paths, named } = loadedBy(path);
    expect([...paths].filter((one) => !rooms.includes(one.split("/")[0] ?? ""))).toEqual([]);
    expect([...named].filter((one) => !one.startsWith("node:") && !packages.includes(one))).toEqual([]);
  });
});

/** A worker, or what nobody but workers imports. */
function isOfWorkers(path: string): boolean {
  if (path.endsWith(".worker.ts")) return true;
  const importers = sources.filter(({ imports }) => imports.includes(path));
  return importers.length > 0 && importers.every((one) => isOfWorkers(one.path));
}

/** What importing `path` runs: imports of types are gone by then, and `import()` comes later. */
function loadedBy(path: string, paths = new Set<string>(), named = new Set<string>()) {
  if (paths.has(path)) return { paths, named };
  paths.add(path);
  const text = modules.find((one) => one.path === path)?.text ?? "";
  for (const [, specifier = ""] of text.matchAll(/^(?:import|export) (?!type\b)(?:[\w*{},\s]+ from )?"([^"]+)";$/gm)) {
    if (specifier.startsWith(".")) loadedBy(relative(root, resolve(root, dirname(path), specifier)), paths, named);
    else named.add(specifier);
  }
  return { paths, named };
}

/** Each cycle once, as the paths along it. */
function cycles(): string[] {
  const byPath = new Map(sources.map((one) => [one.path, one]));
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, trail: string[]): void => {
    const back = trail.indexOf(path);
    if (back !== -1) {
      found.push([...trail.slice(back), path].join(" → "));
      return;
    }
    if (done.has(path)) return;
    for (const target of byPath.get(path)?.imports ?? []) walk(target, [...trail, path]);
    done.add(path);
  };
  for (const one of sources) walk(one.path, []);
  return found;
}

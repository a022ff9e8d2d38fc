import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";

/*
 * What `npm run build` does after the compiler: Node takes longer to find many small files than to check a strategy.
 * Usage: tsx bundle.ts FOLDER
 */

const common: BuildOptions = {
  bundle: true,
  target: "node20",
  sourcemap: true,
  mainFields: ["module", "main"],
  alias: { chevrotain: resolve("node_modules/chevrotain/lib/chevrotain.mjs") },
  legalComments: "eof",
  logLevel: "warning",
};

/** The language with its packages, for Node, for browsers and for whoever embeds it. */
function bundleLanguage(outdir: string) {
  const entryPoints = ["language/index.ts", "language/service/index.ts"];
  const shape: BuildOptions = { format: "esm", platform: "neutral", splitting: true, external: ["stream"] };
  return build({ ...common, ...shape, entryPoints, outbase: "language", outdir });
}

/** `run` and `endpoint` start threads from files of their own: they stay outside, and `load` brings them. */
const liveStaysOut: Plugin = {
  name: "live stays out",
  setup: (bundle) =>
    bundle.onLoad({ filter: /\/cli\/(run|endpoint)\.ts$/ }, ({ path }) => {
      const name = path.endsWith("run.ts") ? "run" : "endpoint";
      return { contents: `export const ${name} = async (...given) => (await load("./${name}.js")).${name}(...given);` };
    }),
};

/** The commands in one function of `require`, `load` (its `import`) and the file's own name, which `cli/start.ts` calls. */
function bundleCommands(outfile: string) {
  const shape: BuildOptions = {
    format: "cjs",
    platform: "node",
    external: ["vscode-languageserver", "vscode-languageserver-textdocument"],
    define: { "import.meta.url": "ownUrl" },
    banner: { js: "(function (require, load, ownName) { const ownUrl = require('url').pathToFileURL(ownName).href;" },
    footer: { js: "})" },
    plugins: [liveStaysOut],
  };
  return build({ ...common, ...shape, entryPoints: ["cli/main.ts"], outfile });
}

/** Runs a small check once and keeps what Node compiled on the way. */
function keepCompiled(commands: string) {
  const input = `
    const { readFileSync, writeFileSync } = require("node:fs");
    const filename = ${JSON.stringify(commands)};
    const program = new (require("node:vm").Script)(readFileSync(filename, "utf8"), { filename });
    process.argv = [process.execPath, filename, "check", "examples/first-call"];
    process.on("exit", () => writeFileSync(filename + ".cache", program.createCachedData()));
    program.runInThisContext()(require("node:module").createRequire(filename), undefined, filename);`;
  execFileSync(process.execPath, ["-"], { input, stdio: ["pipe", "ignore", "inherit"] });
}

/** What the compiler made of the language, but for its types. */
function removeScripts(folder: string) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (/\.js(\.map)?$/.test(name)) rmSync(join(folder, name));
  }
}

const [folder = "dist"] = process.argv.slice(2);
const language = join(folder, "language");
const commands = resolve(folder, "cli/main.cjs");
if (existsSync(language)) removeScripts(language);
cpSync("sip/saying/clips", join(folder, "sip/saying/clips"), { recursive: true });
await Promise.all([bundleLanguage(language), bundleCommands(commands)]);
keepCompiled(commands);

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./command.ts";

type Command = (...args: unknown[]) => unknown;

/** The extension with what VS Code would give it, and what it did with that. */
function loaded(settings: Record<string, string>) {
  const did = { servers: [] as object[], commands: new Map<string, Command>(), tasks: [] as object[], stopped: 0 };
  const vscode = {
    workspace: {
      getConfiguration: () => ({ get: (name: string) => settings[name] }),
      workspaceFolders: [{ uri: { fsPath: "/nowhere" } }],
    },
    window: { showErrorMessage: () => undefined },
    commands: { registerCommand: (name: string, command: Command) => void did.commands.set(name, command) },
    tasks: { executeTask: (task: object) => void did.tasks.push(task) },
    TaskScope: { Workspace: 2 },
    Uri: { parse: (uri: string) => ({ scheme: "file", fsPath: uri.replace("file://", "") }) },
    ProcessExecution: class {
      readonly process: string;
      readonly args: string[];
      constructor(process: string, args: string[]) {
        this.process = process;
        this.args = args;
      }
    },
    Task: class {
      readonly execution: object;
      constructor(_definition: object, _scope: number, _name: string, _source: string, execution: object) {
        this.execution = execution;
      }
    },
  };
  class LanguageClient {
    constructor(_id: string, _name: string, server: object) {
      did.servers.push(server);
    }
    start(): void {}
    stop(): void {
      did.stopped++;
    }
  }
  const given: Record<string, unknown> = { vscode, "vscode-languageclient/node": { LanguageClient } };
  const require = (name: string): unknown => given[name] ?? process.getBuiltinModule(name);
  const exports: { activate?: (context: { subscriptions: unknown[] }) => Promise<void>; deactivate?: () => unknown } =
    {};
  const source = readFileSync(join(root, "editors/vscode/extension.js"), "utf8");
  // oxlint-disable-next-line typescript/no-implied-eval, no-new-func -- as VS Code loads it, with another `vscode`
  new Function("require", "exports", source)(require, exports);
  return { did, exports };
}

describe("the extension for VS Code", () => {
  it("starts the server from the PATH, or what the setting says", async () => {
    for (const [path, command] of [
      ["", "cordboard"],
      ["/opt/cordboard", "/opt/cordboard"],
    ] as const) {
      const { did, exports } = loaded({ path });
      await exports.activate?.({ subscriptions: [] });
      expect(did.servers).toEqual([{ command, args: ["lsp", "--stdio"] }]);
    }
  });

  it("runs what a lens says, and starts anew", async () => {
    const { did, exports } = loaded({ path: "cordboard" });
    await exports.activate?.({ subscriptions: [] });
    did.commands.get("cordboard.test")?.("file:///site/a.strategy", "one");
    did.commands.get("cordboard.tests")?.("file:///site/a.strategy", "s");
    did.commands.get("cordboard.simulate")?.("file:///site/a.strategy", "weekday");
    expect(did.tasks).toMatchObject([
      { execution: { process: "cordboard", args: ["test", "/site/a.strategy", "--filter", "one"] } },
      { execution: { args: ["test", "/site/a.strategy"] } },
      { execution: { args: ["simulate", "/site/a.strategy", "--traffic", "weekday"] } },
    ]);
    await did.commands.get("cordboard.restart")?.();
    expect([did.stopped, did.servers.length]).toEqual([1, 2]);
    exports.deactivate?.();
    expect(did.stopped).toBe(2);
  });
});

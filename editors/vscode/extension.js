const { existsSync } = require("node:fs");
const { dirname, join } = require("node:path");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

/** The command of the settings, else of the workspace's own packages, else of the PATH. */
function cordboard() {
  const set = vscode.workspace.getConfiguration("cordboard").get("path");
  if (set) return set;
  const name = process.platform === "win32" ? "cordboard.cmd" : "cordboard";
  const folders = vscode.workspace.workspaceFolders ?? [];
  const local = folders.map(({ uri }) => join(uri.fsPath, "node_modules", ".bin", name));
  return local.find((path) => existsSync(path)) ?? name;
}

async function start() {
  const server = { command: cordboard(), args: ["lsp", "--stdio"] };
  const documentSelector = [{ language: "strategy" }];
  client = new LanguageClient("cordboard", "Cordboard", server, { documentSelector });
  try {
    await client.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(
      `Cordboard's language server does not start (${reason}). Is \`cordboard\` installed? The setting cordboard.path names it.`,
    );
  }
}

/** Runs a command of Cordboard in a terminal of the editor. */
function run(title, args, folder) {
  const execution = new vscode.ProcessExecution(cordboard(), args, { cwd: folder });
  const task = new vscode.Task({ type: "process" }, vscode.TaskScope.Workspace, title, "cordboard", execution);
  return vscode.tasks.executeTask(task);
}

/** From a lens with its file and name, or from the palette for the file at hand. */
function onFile(title, argsOf) {
  return (uri, name) => {
    const file = uri ? vscode.Uri.parse(uri) : vscode.window.activeTextEditor?.document.uri;
    if (file?.scheme !== "file") return undefined;
    return run(title, argsOf(file.fsPath, name), dirname(file.fsPath));
  };
}

exports.activate = async (context) => {
  const commands = {
    "cordboard.restart": async () => {
      await client?.stop();
      await start();
    },
    "cordboard.run": onFile("run", (path) => ["run", path]),
    "cordboard.test": onFile("test", (path, name) => ["test", path, "--filter", name ?? ""]),
    "cordboard.tests": onFile("test", (path) => ["test", path]),
    "cordboard.simulate": onFile("simulate", (path, name) => ["simulate", path, ...(name ? ["--traffic", name] : [])]),
  };
  for (const [name, command] of Object.entries(commands)) {
    context.subscriptions.push(vscode.commands.registerCommand(name, command));
  }
  await start();
};

exports.deactivate = () => client?.stop();

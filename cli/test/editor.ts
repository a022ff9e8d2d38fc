import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node.js";
import { inject } from "vitest";

/** An editor that speaks with `cordboard lsp` over its stdin and stdout. */
export interface Editor {
  process: ChildProcess;
  ask<R>(method: string, params: object): Promise<R>;
  tell(method: string, params: object): Promise<void>;
  /** The next findings of a document that satisfy the question. */
  told(uri: string, question?: (codes: string[]) => boolean): Promise<string[]>;
  /** Bytes as they are. */
  raw(text: string): void;
  log: string[];
  ended: Promise<number | null>;
  close(): Promise<number | null>;
}

export const uriOf = (...path: string[]): string => pathToFileURL(join(...path)).href;

export async function editor(folder: string): Promise<Editor> {
  const child = spawn(process.execPath, [join(inject("built"), "cli/start.js"), "lsp", "--stdio"], {
    stdio: "pipe",
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const log: string[] = [];
  const findings = new Map<string, string[]>();
  const waiting = new Set<() => void>();
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => log.push(message));
  connection.onNotification(
    "textDocument/publishDiagnostics",
    (params: { uri: string; diagnostics: { code: string }[] }) => {
      findings.set(
        params.uri,
        params.diagnostics.map(({ code }) => code),
      );
      for (const look of waiting) look();
    },
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  await initialize(connection, folder);
  return {
    process: child,
    log,
    ended,
    ask: (method, params) => connection.sendRequest(method, params),
    tell: (method, params) => connection.sendNotification(method, params),
    told: (uri, question = () => true) =>
      new Promise((resolve) => {
        const look = (): void => {
          const codes = findings.get(uri);
          if (!codes || !question(codes)) return;
          waiting.delete(look);
          resolve(codes);
        };
        waiting.add(look);
        look();
      }),
    raw: (text) => void child.stdin.write(text),
    async close() {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      return ended;
    },
  };
}

async function initialize(connection: MessageConnection, folder: string): Promise<void> {
  const capabilities = {
    workspace: { didChangeWatchedFiles: { dynamicRegistration: true }, workspaceFolders: true },
    textDocument: { completion: { completionItem: { snippetSupport: true } } },
  };
  const workspaceFolders = [{ uri: uriOf(folder), name: "site" }];
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: uriOf(folder),
    workspaceFolders,
    capabilities,
  });
  await connection.sendNotification("initialized", {});
}

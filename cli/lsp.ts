import { createConnection, ProposedFeatures } from "vscode-languageserver/node.js";
import { gate } from "./lsp/gate.ts";
import { serve } from "./lsp/server.ts";

/** Serves an editor on stdin and stdout. The process ends when the editor says `exit`, or is gone. */
export function lsp(): void {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout, {
    messageStrategy: gate(),
  });
  // A message that is none, or a promise that nobody waited for, is told and does not end the session.
  process.on("uncaughtException", (error) => connection.console.error(String(error.stack)));
  process.on("unhandledRejection", (reason) => connection.console.error(String(reason)));
  serve(connection);
}

import { TextDocument } from "vscode-languageserver-textdocument";
import {
  type ClientCapabilities,
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeResult,
  TextDocuments,
  TextDocumentSyncKind,
} from "vscode-languageserver/node.js";
import { findings, warmUp } from "../../language/service/index.ts";
import { version } from "../version.ts";
import { answer } from "./features.ts";
import { isUri, refuse, refused } from "./gate.ts";
import { Session, sourceIn } from "./session.ts";
import { diagnosticsOf, type LspDiagnostic, legend } from "./shapes.ts";
import type { Site } from "./sites.ts";

/** How long an author pauses before he is told what is wrong. */
const pauseMs = 100;

/** Serves one editor on a connection. */
export function serve(connection: Connection): void {
  const session = new Session();
  const client = { snippets: false, watches: false, folders: false };
  const publisher = new Publisher(connection, session);
  const documents = new TextDocuments(TextDocument);

  connection.onInitialize(({ capabilities, workspaceFolders, rootUri }) => {
    learn(client, capabilities);
    const folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
    session.sites.setTops(folders.filter(isUri).map((uri) => session.pathOf(uri)));
    return offered;
  });
  connection.onInitialized(() => {
    warmUp();
    if (client.watches)
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: watched }] });
    if (!client.folders) return;
    connection.workspace.onDidChangeWorkspaceFolders(async () => {
      const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
      session.sites.setTops(folders.map(({ uri }) => session.pathOf(uri)));
      publisher.later();
    });
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes.filter((one) => isUri(one.uri))) {
      session.sites.texts.forget(session.pathOf(uri));
      session.sites.change(session.pathOf(uri));
    }
    if (changes.some(({ type }) => type !== FileChangeType.Changed)) session.sites.rescan();
    publisher.later();
  });
  documents.onDidChangeContent(({ document }) => {
    session.hold(document.uri, document.getText());
    publisher.later();
  });
  documents.onDidClose(({ document }) => {
    session.release(document.uri);
    publisher.later();
  });
  answer(connection, session, client);
  connection.onRequest(refused, refuse);
  documents.listen(connection);
  connection.listen();
}

/** Everything that a project is read from. */
const watched = "**/*.{strategy,yaml,yml,csv,wav}";

function learn(
  client: { snippets: boolean; watches: boolean; folders: boolean },
  { textDocument, workspace }: ClientCapabilities,
): void {
  client.snippets = textDocument?.completion?.completionItem?.snippetSupport ?? false;
  client.watches = workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
  client.folders = workspace?.workspaceFolders ?? false;
}

const offered: InitializeResult = {
  serverInfo: { name: "cordboard", version: version() },
  capabilities: {
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    completionProvider: { triggerCharacters: [" ", ".", '"', "("] },
    signatureHelpProvider: { triggerCharacters: ["(", ","] },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    semanticTokensProvider: { legend, full: true },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Refactor, CodeActionKind.SourceFixAll],
    },
    inlayHintProvider: true,
    codeLensProvider: {},
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  },
};

/** Tells the editor what is wrong, when the author pauses: of every site in which a document is open. */
class Publisher {
  private readonly connection: Connection;
  private readonly session: Session;
  private timer: NodeJS.Timeout | undefined;
  /** Documents that show findings now. */
  private shown = new Set<string>();

  constructor(connection: Connection, session: Session) {
    this.connection = connection;
    this.session = session;
  }

  later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.publish(), pauseMs);
  }

  private publish(): void {
    try {
      const sites = new Set(this.session.held().map((path) => this.session.sites.at(path)));
      const before = this.shown;
      this.shown = new Set();
      for (const site of sites) this.publishSite(site);
      for (const uri of before) if (!this.shown.has(uri)) this.tell(uri, []);
    } catch (error) {
      this.connection.console.error(
        `a defect of ours, please report it: ${error instanceof Error ? error.stack : String(error)}`,
      );
    }
  }

  private publishSite(site: Site): void {
    const place = this.session.location.bind(this.session, site);
    for (const [path, found] of findings(site.project)) {
      const source = sourceIn(site, path);
      const uri = this.session.uriOf(site, path);
      if (!source) continue;
      this.shown.add(uri);
      this.tell(uri, diagnosticsOf(found, source, place));
    }
  }

  private tell(uri: string, diagnostics: LspDiagnostic[]): void {
    void this.connection.sendDiagnostics({ uri, diagnostics });
  }
}

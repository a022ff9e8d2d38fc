import {
  type CodeAction,
  CodeActionKind,
  type Connection,
  ErrorCodes,
  ResponseError,
} from "vscode-languageserver/node.js";
import type { Edit } from "../../language/index.ts";
import * as service from "../../language/service/index.ts";
import type { Asked, Session } from "./session.ts";
import {
  diagnosticOf,
  documentOf,
  foldOf,
  inlayOf,
  itemOf,
  offsetsOf,
  rangeOf,
  selectionOf,
  signatureOf,
  symbolOf,
  textEditOf,
  tokensOf,
} from "./shapes.ts";

/** A feature's answer to one question; `otherwise` where the document is unknown, or a defect of ours is in the way. */
type Answers = <P extends { textDocument: { uri: string } }, R>(
  work: (asked: Asked, params: P) => R,
  otherwise: R,
) => (params: P) => R;

/** Every question of an editor, answered by the language's editor service. */
export function answer(connection: Connection, session: Session, client: { snippets: boolean }): void {
  const answers: Answers = (work, otherwise) => (params) => {
    try {
      const asked = session.asked(params.textDocument.uri);
      return asked ? work(asked, params) : otherwise;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      connection.console.error(
        `a defect of ours, please report it: ${error instanceof Error ? error.stack : String(error)}`,
      );
      return otherwise;
    }
  };
  writing(connection, session, answers, client);
  names(connection, session, answers);
  looks(connection, answers);
}

/** What helps while one writes. */
function writing(connection: Connection, session: Session, answers: Answers, client: { snippets: boolean }): void {
  connection.onCompletion(
    answers(({ project, path, source }, { position }) => {
      const found = service.completion(project, path, documentOf(source).offsetAt(position));
      return {
        isIncomplete: found.length > 200,
        items: found.map((one, nth) => itemOf(source, one, nth, client.snippets)),
      };
    }, null),
  );
  connection.onHover(
    answers(({ project, path, source }, { position }) => {
      const found = service.hover(project, path, documentOf(source).offsetAt(position));
      if (!found) return null;
      return { range: rangeOf(source, found.range), contents: { kind: "markdown", value: found.markdown } };
    }, null),
  );
  connection.onSignatureHelp(
    answers(({ project, path, source }, { position }) => {
      const found = service.signatureAt(project, path, documentOf(source).offsetAt(position));
      return found ? signatureOf(found) : null;
    }, null),
  );
  connection.onDocumentFormatting(
    answers(
      ({ project, path, source }) => service.formatting(project, path).map((edit) => textEditOf(source, edit)),
      [],
    ),
  );
  connection.onDocumentRangeFormatting(
    answers(({ project, path, source }, { range }) => {
      return service.formatting(project, path, offsetsOf(source, range)).map((edit) => textEditOf(source, edit));
    }, []),
  );
  connection.onCodeAction(
    answers((asked, { range, context }) => {
      const { site, project, path, source } = asked;
      const wanted = (kind: string): boolean => !context.only || context.only.some((one) => kind.startsWith(one));
      const all = service.fixAll(project, path);
      const offered = [...service.actions(project, path, offsetsOf(source, range)), ...(all ? [all] : [])];
      return offered
        .map((action): CodeAction => {
          const { title, finding } = action;
          const place = session.location.bind(session, site);
          return {
            title,
            kind: actionKinds[action.kind],
            edit: session.changes(site, action.edits),
            ...(finding && { diagnostics: [diagnosticOf(finding, source, place)] }),
          };
        })
        .filter(({ kind }) => wanted(kind ?? ""));
    }, []),
  );
}

const actionKinds: Record<service.Action["kind"], CodeActionKind> = {
  fix: CodeActionKind.QuickFix,
  "fix all": CodeActionKind.SourceFixAll,
  refactor: CodeActionKind.Refactor,
};

/** What names mean, and where. */
function names(connection: Connection, session: Session, answers: Answers): void {
  const locations = ({ site }: Asked, places: readonly service.Place[]) =>
    places.flatMap(({ path, range }) => session.location(site, path, range) ?? []);
  connection.onDefinition(
    answers((asked, { position }) => {
      const { project, path, source } = asked;
      return locations(asked, service.definition(project, path, documentOf(source).offsetAt(position)));
    }, []),
  );
  connection.onReferences(
    answers((asked, { position, context }) => {
      const { project, path, source } = asked;
      const found = service.references(project, path, documentOf(source).offsetAt(position));
      return locations(asked, context.includeDeclaration ? found : found.filter(({ declares }) => !declares));
    }, []),
  );
  connection.onWorkspaceSymbol(({ query }) => session.symbols(query));
  connection.onDocumentHighlight(
    answers(({ project, path, source }, { position }) => {
      const found = service.highlights(project, path, documentOf(source).offsetAt(position));
      return found.map(({ range }) => ({ range: rangeOf(source, range) }));
    }, []),
  );
  connection.onPrepareRename(
    answers(({ project, path, source }, { position }) => {
      const found = service.renamable(project, path, documentOf(source).offsetAt(position));
      return { range: rangeOf(source, allowed(found).range), placeholder: allowed(found).name };
    }, null),
  );
  connection.onRenameRequest(
    answers(({ site, project, path, source }, { position, newName }) => {
      const found = service.rename(project, path, documentOf(source).offsetAt(position), newName);
      return session.changes(site, allowed<{ edits: Edit[] }>(found).edits);
    }, null),
  );
}

/** The reason of a refusal is shown by the editor. */
function allowed<T extends object>(found: T | service.Refused): T {
  if ("refused" in found) throw new ResponseError(ErrorCodes.InvalidRequest, found.refused);
  return found;
}

/** How a document looks. */
function looks(connection: Connection, answers: Answers): void {
  connection.onDocumentSymbol(
    answers(({ project, path, source }) => {
      const sheet = project.sheets.get(path);
      return sheet ? service.outline(sheet).map((entry) => symbolOf(source, entry)) : [];
    }, []),
  );
  connection.onFoldingRanges(
    answers(({ project, path, source }) => {
      const sheet = project.sheets.get(path);
      return sheet ? service.folding(sheet).flatMap((fold) => foldOf(source, fold)) : [];
    }, []),
  );
  connection.onSelectionRanges(
    answers(({ project, path, source }, { positions }) => {
      const sheet = project.sheets.get(path);
      return positions.map((position) => {
        const grown = sheet && selectionOf(source, service.selections(sheet, documentOf(source).offsetAt(position)));
        return grown ?? { range: { start: position, end: position } };
      });
    }, []),
  );
  connection.languages.semanticTokens.on(
    answers(
      ({ project, path, source }) => {
        const sheet = project.sheets.get(path);
        return tokensOf(source, sheet ? service.painting(sheet) : []);
      },
      { data: [] },
    ),
  );
  connection.languages.inlayHint.on(
    answers(({ project, path, source }, { range }) => {
      return service.inlays(project, path, offsetsOf(source, range)).map((one) => inlayOf(source, one));
    }, []),
  );
  connection.onCodeLens(
    answers(({ project, path, source }, { textDocument: { uri } }) => {
      return service.lenses(project, path).map(({ range, title, does, name }) => {
        return {
          range: rangeOf(source, range),
          command: { title, command: `cordboard.${does}`, arguments: [uri, name] },
        };
      });
    }, []),
  );
}

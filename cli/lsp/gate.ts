import { fileURLToPath } from "node:url";
import { ErrorCodes, Message, type MessageStrategy, ResponseError } from "vscode-languageserver/node.js";

/*
 * What an editor sends is looked at before anything acts on it: questions at the wrong time, and such as lack what they need, are
 * refused as the protocol says. They are answered like any other question, under a name of ours.
 */

export const refused = "cordboard/refused";

interface Refusal {
  code: number;
  message: string;
}

/** To be registered for `refused`. */
export function refuse({ code, message }: Refusal): never {
  throw new ResponseError(code, message);
}

export function gate(): MessageStrategy {
  let state: "new" | "open" | "shut" = "new";
  const refusalOf = (method: string, params: unknown): Refusal | undefined => {
    if (state === "new" && method !== "initialize")
      return { code: ErrorCodes.ServerNotInitialized, message: "`initialize` comes first" };
    if (state === "shut") return { code: ErrorCodes.InvalidRequest, message: "the session is shut down" };
    if (state === "open" && method === "initialize")
      return { code: ErrorCodes.InvalidRequest, message: "`initialize` comes once" };
    const lacking = lackOf(method, params);
    return lacking === undefined
      ? undefined
      : { code: ErrorCodes.InvalidParams, message: `${method} needs ${lacking}` };
  };
  return {
    handleMessage(message, next) {
      if (Message.isRequest(message)) {
        const refusal = refusalOf(message.method, message.params);
        if (!refusal && message.method === "initialize") state = "open";
        if (!refusal && message.method === "shutdown") state = "shut";
        next(refusal ? { ...message, method: refused, params: refusal } : message);
      } else if (Message.isNotification(message)) {
        // Nobody waits for an answer to these.
        if (message.method === "exit" || !refusalOf(message.method, message.params)) next(message);
      } else next(message);
    },
  };
}

/** The first thing that is missing or is not of its kind. */
function lackOf(method: string, params: unknown): string | undefined {
  if (method === "workspace/symbol") return typeof at(params, "query") === "string" ? undefined : "`query`, a text";
  if (!method.startsWith("textDocument/")) return undefined;
  if (!isUri(at(params, "textDocument", "uri"))) return "`textDocument.uri`, a URI that can be read";
  for (const [name, isRight, kind] of needs[method.slice("textDocument/".length)] ?? []) {
    if (!isRight(at(params, name))) return `\`${name}\`, ${kind}`;
  }
  return undefined;
}

function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** Whether a path can be made of it. */
export function isUri(uri: unknown): uri is string {
  if (typeof uri !== "string") return false;
  try {
    return (uri.startsWith("file:") ? fileURLToPath(uri) : encodeURIComponent(uri)) !== "";
  } catch {
    return false;
  }
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
const isPosition = (value: unknown): boolean => isCount(at(value, "line")) && isCount(at(value, "character"));
const isRange = (value: unknown): boolean => isPosition(at(value, "start")) && isPosition(at(value, "end"));

type Need = readonly [name: string, isRight: (value: unknown) => boolean, kind: string];

const position: Need = ["position", isPosition, "a line and a character"];
const range: Need = ["range", isRange, "a start and an end"];
const context: Need = ["context", (value) => typeof value === "object" && value !== null, "an object"];

/** By method, without `textDocument/`. */
const needs: Partial<Record<string, readonly Need[]>> = {
  completion: [position],
  hover: [position],
  signatureHelp: [position],
  definition: [position],
  references: [position, context],
  documentHighlight: [position],
  prepareRename: [position],
  rename: [position, ["newName", (value) => typeof value === "string", "a text"]],
  rangeFormatting: [range],
  inlayHint: [range],
  codeAction: [range, context],
  selectionRange: [
    ["positions", (value) => Array.isArray(value) && value.every(isPosition), "a list of lines and characters"],
  ],
};

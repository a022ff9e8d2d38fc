import type { Diagnostic } from "../diagnostic.ts";
import type { Entry, Node } from "./node.ts";

const secretKeys = new Set(["password", "secret", "token", "pin"]);

/** A key of a record under which a secret stands as it is. Names that authors give, as in `numbers: { pin: "1234" }`, are no keys. */
export function refusePlainSecret({ key, value }: Entry, diagnostics: Diagnostic[]): void {
  if (value.kind !== "scalar" || value.value === null || !secretKeys.has(key.toLowerCase())) return;
  const message = `a ${key} never stands in a directory`;
  const hint = `say where it is kept: \`${key}: { env: NAME }\` or \`${key}: { file: PATH }\``;
  diagnostics.push({ code: "D106", severity: "error", message, ...value.place, hint });
}

/** The same in all of something that is not read, because its key is unknown or it is of another kind. */
export function refuseAllPlainSecrets(node: Node, diagnostics: Diagnostic[]): void {
  if (node.kind === "list") for (const item of node.items) refuseAllPlainSecrets(item, diagnostics);
  if (node.kind !== "map") return;
  for (const entry of node.entries) {
    refusePlainSecret(entry, diagnostics);
    refuseAllPlainSecrets(entry.value, diagnostics);
  }
}

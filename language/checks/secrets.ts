import type { Expr, Secret } from "../ast.ts";
import type { Range } from "../source.ts";
import { fieldIn, holdsSecret, recordOf, type Type, unknown } from "../types.ts";
import { type Checking, quote, report } from "./checking.ts";

/*
 * `secret call.data.card`: types carry the mark through variables, texts, records and subs. What is told here is where such a
 * value would be written down or sent.
 */

export const secretPath = ({ path }: Secret): string => `call.${path.map((name) => name.text).join(".")}`;

/** Only what strategies write can be secret, and once is enough. */
export function checkSecrets(checking: Checking, secrets: readonly Secret[]): void {
  const first = new Map<string, Range>();
  for (const secret of secrets) {
    const path = secretPath(secret);
    const before = first.get(path);
    if (secret.path[0]?.text !== "data" || secret.path.length < 2) {
      const message = `only parts of \`call.data\` can be secret, and not \`${path}\``;
      report(checking, "error", "S301", secret.range, message, { hint: "write `secret call.data.NAME`" });
    } else if (before) {
      const related = [{ path: checking.source.path, range: before, message: "here" }];
      report(checking, "warning", "S214", secret.range, `\`${path}\` is secret already`, { related });
    }
    first.set(path, secret.range);
  }
}

/** Whether a path is secret, or a part of what is. */
export function isSecret(secrets: ReadonlySet<string>, path: string): boolean {
  if (secrets.size === 0) return false;
  for (let at = path; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) if (secrets.has(at)) return true;
  return false;
}

/** `call.data`: anything may be in it, and of what is secret it is known. */
export function dataType(secrets: ReadonlySet<string>): Type {
  const fields: Record<string, Type> = Object.create(null);
  for (const path of secrets) {
    const [, , ...keys] = path.split(".");
    put(fields, keys);
  }
  return secrets.size === 0 ? { is: "record" } : recordOf(fields, true);
}

function put(fields: Record<string, Type>, [key, ...deeper]: string[]): void {
  if (key === undefined || fields[key]?.secret) return;
  if (deeper.length === 0) {
    fields[key] = { ...unknown, optional: true, secret: true };
    return;
  }
  const inner: Record<string, Type> = Object.assign(Object.create(null), fields[key]?.fields);
  put(inner, deeper);
  fields[key] = { ...recordOf(inner, true), optional: true };
}

/** A secret may be copied only to where it stays one. */
export function checkKept(checking: Checking, path: string, range: Range): boolean {
  if (isSecret(checking.secrets, path)) return true;
  const message = `${quote(checking, range)} is secret, and \`${path}\` is written down as it is`;
  const { headEnd } = checking;
  const title = `write \`secret ${path}\` in the head of the strategy`;
  const edits = headEnd && [{ ...headEnd, text: `\n  secret ${path}` }];
  report(checking, "error", "S308", range, message, { hint: title, ...(edits && { fix: { title, edits } }) });
  return false;
}

/** A secret value where everybody can read it. `where` says what would show it: "a note is written down". */
export function checkOpen(checking: Checking, expr: Expr, type: Type, where: string): void {
  const leak = leakIn(expr, type);
  if (!leak) return;
  report(checking, "error", "S308", leak.range, `${quote(checking, leak.range)} is secret, and ${where}`, {
    hint: "leave it out",
  });
}

/** The innermost written part that is secret, so that the finding stands where the secret is named. */
function leakIn(expr: Expr, type: Type): Expr | undefined {
  if (!holdsSecret(type)) return undefined;
  if (expr.kind === "record") {
    const field = expr.fields.find(({ key }) => holdsSecret(fieldIn(type, key.text) ?? unknown));
    return field ? (leakIn(field.value, fieldIn(type, field.key.text) ?? unknown) ?? expr) : expr;
  }
  return expr;
}

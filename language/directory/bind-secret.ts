import type { SecretReference, Token } from "./directory.ts";
import type { WrittenSecret, WrittenToken } from "./secret.ts";
import { beside } from "./table.ts";

/** A file lies beside the file that names it. */
export function bindSecret(found: WrittenSecret | undefined): SecretReference | undefined {
  if (found?.env) return { env: found.env.value };
  return found?.file && { file: beside(found.file.place.path, found.file.value) };
}

export function bindToken(found: WrittenToken | undefined): Token | undefined {
  const secret = bindSecret(found);
  return secret && { header: found?.header?.value ?? "Authorization", secret };
}

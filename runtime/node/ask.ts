import type { SecretReference, Token } from "../../language/index.ts";

/** Finds the secret of a reference; undefined where it cannot be had. */
export type Secrets = (reference: SecretReference) => string | undefined;

export interface Asking {
  url: string | URL;
  method: string;
  body?: string;
  headers?: Record<string, string>;
  token?: Token;
  signal: AbortSignal;
}

/** Bytes of a reply. */
const MOST_BYTES = 262_144;

/** One HTTP request, following no redirect. Rejects when nothing comes, or more than can be meant. */
export async function ask(asking: Asking, secret: Secrets): Promise<{ code: number; text: string }> {
  const { url, method, body, token, signal } = asking;
  const headers: Record<string, string> = {
    accept: "application/json",
    ...asking.headers,
    ...tokenHeaders(token, secret),
  };
  if (body !== undefined) headers["content-type"] = "application/json";
  const response = await fetch(url, { method, headers, body, redirect: "manual", signal });
  return { code: response.status, text: await textOf(response) };
}

/** Why a request came to nothing, in words that hold nothing of what was sent. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** How a token is shown. Throws where it cannot be had. */
export function tokenHeaders(token: Token | undefined, secrets: Secrets): Record<string, string> {
  if (!token) return {};
  const found = secrets(token.secret);
  if (found === undefined) throw new Error("its token cannot be had");
  return { [token.header]: token.header.toLowerCase() === "authorization" ? `Bearer ${found}` : found };
}

async function textOf(response: Response): Promise<string> {
  if (!response.body) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the body of fetch gives bytes
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error(`a reply of more than ${MOST_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

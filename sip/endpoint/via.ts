/** The Via header (RFC 3261 20.42): whom to answer, and the branch that names a transaction. */
import { type Request, header } from "./message.ts";
import { param, splitValues, withoutParam } from "./uri.ts";

export interface Via {
  transport: string;
  host: string;
  port: number | undefined;
  params: string;
}

export const MAGIC_COOKIE = "z9hG4bK";

const VIA =
  /^SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z0-9-]+)\s+(\[[0-9A-Fa-f:.]+\]|[^\s:;,]+)(?:\s*:\s*(\d{1,5}))?\s*((?:;.*)?)$/i;

export function parseVia(value: string): Via | undefined {
  const match = VIA.exec(value);
  if (!match) return undefined;
  const port = match[3] === undefined ? undefined : Number(match[3]);
  if (port !== undefined && (port === 0 || port > 65535)) return undefined;
  return { transport: match[1]!.toLowerCase(), host: unbracket(match[2]!).toLowerCase(), port, params: match[4]! };
}

/** The topmost Via of a message, or undefined when it is absent or broken. */
export function topVia(message: Pick<Request, "headers">): Via | undefined {
  const line = header(message, "via");
  return line === undefined ? undefined : parseVia(splitValues(line)[0]!);
}

/**
 * Notes in the top Via of `request` where it really came from: `received` when the sender's own word differs or when it
 * asked with `rport` (RFC 3261 18.2.1, RFC 3581 4). Changes the parsed headers and the raw text alike.
 */
export function noteSource(request: Request, source: { host: string; port: number }): void {
  const line = request.headers.find((each) => each.key === "via");
  const first = line && splitValues(line.value)[0];
  const via = first === undefined ? undefined : parseVia(first);
  if (!line || first === undefined || !via) return;
  const asked = param(via.params, "rport") !== undefined;
  const kept = withoutParam(asked ? withoutParam(via.params, "rport") : via.params, "received");
  const received = asked || via.host !== source.host ? `;received=${source.host}` : "";
  const params = `${kept}${asked ? `;rport=${source.port}` : ""}${received}`;
  if (params === via.params) return;
  const head = first.slice(0, first.length - via.params.length);
  const value = head + params + line.value.slice(first.length);
  request.text = replaceHeader(request.text, line.name, value);
  line.value = value;
}

/** Rewrites the first header line written `name` in the raw text, with its continuation lines. */
function replaceHeader(text: string, name: string, value: string): string {
  let start = text.indexOf(`\r\n${name}`);
  while (!/^[ \t]*:/.test(text.slice(start + 2 + name.length, start + 12 + name.length))) {
    start = text.indexOf(`\r\n${name}`, start + 2);
    if (start < 0) return text;
  }
  let end = text.indexOf("\r\n", start + 2);
  while (text[end + 2] === " " || text[end + 2] === "\t") end = text.indexOf("\r\n", end + 2);
  return `${text.slice(0, start + 2)}${name}: ${value}${text.slice(end)}`;
}

function unbracket(host: string): string {
  return host.startsWith("[") ? host.slice(1, -1) : host;
}

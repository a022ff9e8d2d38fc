import { randomInt } from "node:crypto";
import { withOrigin } from "./sdp.ts";
import { type Dialect, plainDialect } from "../trunks/dialect.ts";

/**
 * What one dialog is told and heard to say in its dialect, whoever's SDP passes through it, under one `o=` line: one session id, and a version
 * that rises with each change and only then (RFC 3264 5 and 8). `last` is what was said last.
 */
export interface Origin extends Dialect {
  last: string;
  say(sdp: string): string;
}

export function createOrigin(dialect: Dialect = plainDialect): Origin {
  const id = randomInt(1, 2 ** 47);
  const origin = { id, version: 0, address: "" };
  let body = "";
  const said: Origin = {
    last: "",
    takes: dialect.takes,
    hear: dialect.hear,
    say(text) {
      const sdp = dialect.say(text);
      const rest = withoutOrigin(sdp);
      if (rest !== body) {
        origin.address ||= originAddress(sdp);
        origin.version += 1;
        body = rest;
        said.last = withOrigin(sdp, origin);
      }
      return said.last;
    },
  };
  return said;
}

/** The description but for who wrote it: what must differ for a session to have changed. */
export function withoutOrigin(sdp: string): string {
  return sdp.replace(/^o=[^\r\n]*/m, "o=");
}

function originAddress(sdp: string): string {
  return /^o=[^\r\n]* IN IP[46] (\S+)/m.exec(sdp)?.[1] ?? "127.0.0.1";
}

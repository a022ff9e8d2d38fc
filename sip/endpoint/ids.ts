/** Names that others must not be able to guess: tags, branches, Call-IDs, transaction ids (RFC 3261 19.3, 8.1.1.7). */
import { randomBytes } from "node:crypto";

/** A fresh name of 16 hexadecimal digits. */
export type FreshName = () => string;

const POOL_BYTES = 8_192;
const NAME_DIGITS = 16;

/** Draws random bytes by the pool: one system call serves a thousand names. */
export function randomNames(): FreshName {
  let pool = "";
  let at = 0;
  return () => {
    if (at === pool.length) {
      pool = randomBytes(POOL_BYTES).toString("hex");
      at = 0;
    }
    at += NAME_DIGITS;
    return pool.slice(at - NAME_DIGITS, at);
  };
}

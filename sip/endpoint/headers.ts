/** Header names: one lower-case key for every spelling (RFC 3261 7.3.3, 20), and the spelling we write. */

const COMPACT: Record<string, string> = {
  a: "accept-contact",
  b: "referred-by",
  c: "content-type",
  d: "request-disposition",
  e: "content-encoding",
  f: "from",
  i: "call-id",
  j: "reject-contact",
  k: "supported",
  l: "content-length",
  m: "contact",
  o: "event",
  r: "refer-to",
  s: "subject",
  t: "to",
  u: "allow-events",
  v: "via",
  x: "session-expires",
  y: "identity",
};

const SPELLING: Record<string, string> = {
  "call-id": "Call-ID",
  cseq: "CSeq",
  "content-id": "Content-ID",
  "identity-info": "Identity-Info",
  "mime-version": "MIME-Version",
  "min-se": "Min-SE",
  rack: "RAck",
  rseq: "RSeq",
  "sip-etag": "SIP-ETag",
  "sip-if-match": "SIP-If-Match",
  "www-authenticate": "WWW-Authenticate",
};

const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

// Few spellings occur, so each is looked up once; the bound keeps a hostile peer from filling the memory.
const KNOWN_LIMIT = 1000;
const keys = new Map<string, string>();
const spellings = new Map<string, string>();

/** The key of a header name as written, or undefined when it is no token (RFC 3261 25.1). */
export function headerKey(name: string): string | undefined {
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (!TOKEN.test(name)) return undefined;
  const lower = name.toLowerCase();
  const key = Object.hasOwn(COMPACT, lower) ? COMPACT[lower]! : lower;
  if (keys.size < KNOWN_LIMIT) keys.set(name, key);
  return key;
}

const SHORT = new Map(Object.entries(COMPACT).map(([short, key]) => [key, short]));

/** The one-letter form of a header name, where there is one. */
export function compactName(name: string): string | undefined {
  return SHORT.get(name.toLowerCase());
}

/** How we write a header the application named `name`: `X-…` as given, everything else `Capitalised-Words`. */
export function headerSpelling(name: string): string {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const spelling = name.startsWith("X-") || name.startsWith("x-") ? name : spell(headerKey(name) ?? name);
  if (spellings.size < KNOWN_LIMIT) spellings.set(name, spelling);
  return spelling;
}

function spell(key: string): string {
  return Object.hasOwn(SPELLING, key) ? SPELLING[key]! : key.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

import type { Headers, Signalling, SipMessage, SipResponse } from "../dialog/srf.ts";

/** What answers a challenge to a request: the value of the header that proves who we are. `undefined`: nothing does. */
export type Credentials = (
  challenge: string | undefined,
  request: { method: string; uri: string },
) => string | undefined;

/** The header that answers a 401 or 407; `undefined`: it is none, or cannot be answered. */
export function proofFor(
  response: SipMessage & { status?: number },
  request: { method: string; uri: string },
  credentials: Credentials | undefined,
): Headers | undefined {
  const proxy = response.status === 407;
  if (!credentials || (response.status !== 401 && !proxy)) return undefined;
  const { method, uri } = request;
  const proof = credentials(response.get(proxy ? "Proxy-Authenticate" : "WWW-Authenticate"), { method, uri });
  return proof === undefined ? undefined : { [proxy ? "Proxy-Authorization" : "Authorization"]: proof };
}

/** A stale nonce is answered with a second challenge; a third would be a wrong password. */
export const MAX_CHALLENGES = 2;

export interface Asked {
  method: string;
  uri: string;
  /** Where it goes if that is not what the URI says. */
  proxy?: string;
  headers: Headers;
  body?: string;
  credentials?: Credentials;
  /** How long each answer may take; none counts as 408. */
  withinMs?: number;
}

/** The endpoint tells at 64 T1 (32 s) that nobody has answered; one that is lost meanwhile tells nothing. */
const LOST_MS = 40_000;

/** Sends a request outside any dialog, and proves who we are where that is asked. → the final response; a status alone where none came */
export function ask(signalling: Pick<Signalling, "request">, asked: Asked): Promise<SipResponse | { status: number }> {
  const { method, uri, proxy, body, credentials, withinMs = LOST_MS } = asked;
  return new Promise((resolve) => {
    let patience: NodeJS.Timeout | undefined;
    const done = (result: SipResponse | { status: number }): void => {
      clearTimeout(patience);
      resolve(result);
    };
    const send = (headers: Headers, challenges: number): void => {
      clearTimeout(patience);
      patience = setTimeout(() => resolve({ status: 408 }), withinMs).unref();
      try {
        signalling.request(uri, { method, headers, proxy, body }, (error, request) => {
          if (error || !request) return done({ status: 503 });
          request.on("response", (response) => {
            if (response.status < 200) return;
            const proof = challenges < MAX_CHALLENGES ? proofFor(response, { method, uri }, credentials) : undefined;
            if (proof) send({ ...asked.headers, ...sameCall(request), ...proof }, challenges + 1);
            else done(response);
          });
        });
      } catch {
        done({ status: 503 }); // no connection to the endpoint
      }
    };
    send(asked.headers, 0);
  });
}

/** What a request that is sent again, with a proof, has in common with the first (RFC 3261 22.2). */
export function sameCall(request: SipMessage & { method: string }): Headers {
  const cseq = Number.parseInt(request.get("CSeq") ?? "0", 10) + 1;
  return {
    "Call-ID": request.get("Call-ID") ?? "",
    From: request.get("From") ?? "",
    CSeq: `${cseq} ${request.method}`,
  };
}

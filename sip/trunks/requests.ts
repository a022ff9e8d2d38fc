import type { Headers, Signalling, SipMessage, SipResponse } from "../srf.ts";
import { answerChallenge } from "./digest.ts";

/** What we prove ourselves with; read anew each time. */
export type Credentials = () => { user: string; password: string } | undefined;

/** The header that answers a 401 or 407; `undefined`: it is none, or cannot be answered. */
export function proofFor(
  response: SipMessage & { status?: number },
  request: { method: string; uri: string },
  credentials: Credentials | undefined,
): Headers | undefined {
  const proxy = response.status === 407;
  if (!credentials || (response.status !== 401 && !proxy)) return undefined;
  const known = credentials();
  const challenge = response.get(proxy ? "Proxy-Authenticate" : "WWW-Authenticate");
  const proof = known && answerChallenge(challenge, { ...known, method: request.method, uri: request.uri });
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
  /** How long an answer may take; without one counts as 408. The transaction's 32 s unless said. */
  withinMs?: number;
}

/** Sends a request outside any dialog, and proves who we are where that is asked. → the final response; a status alone where none came */
export function ask(signalling: Signalling, asked: Asked): Promise<SipResponse | { status: number }> {
  const { method, uri, proxy, body, credentials, withinMs } = asked;
  return new Promise((resolve) => {
    const patience = withinMs && setTimeout(() => resolve({ status: 408 }), withinMs);
    const done = (result: SipResponse | { status: number }): void => {
      if (patience) clearTimeout(patience);
      resolve(result);
    };
    const send = (headers: Headers, challenges: number): void => {
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

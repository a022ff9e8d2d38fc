import type { DigestAlgorithm, SecretReference } from "../../language/index.ts";
import type { Logger } from "../log.ts";
import { type Headers, severalLines, type SipRequest } from "../dialog/srf.ts";
import { type DigestParams, parseDigests } from "./digest.ts";
import { createGuesses, type Guesses } from "./guesses.ts";
import type { Challenges } from "./nonces.ts";

/** Somebody who must know a password. */
export interface Account extends Realm {
  user: string;
  password: SecretReference;
}

/** What passwords are asked in. */
export interface Realm {
  realm: string;
  algorithms: readonly DigestAlgorithm[];
}

/** `none`: it shows no credentials for this realm that answer us. */
export type Proof = "right" | "wrong" | "stale" | "none";

export interface Refusal {
  status: number;
  headers: Headers;
}

/** What the directory refers to; `undefined` where it is not there. */
export type SecretReader = (reference: SecretReference) => string | undefined;

/** Of those who come to us: shorter ones are guessed, and carriers take no longer ones. */
const [LEAST, MOST] = [8, 128];

/** Why a password of somebody who comes to us cannot serve; `undefined`: it can. */
export function passwordFault(password: string | undefined): string | undefined {
  if (password === undefined) return "a password is not there";
  if (password.length >= LEAST && password.length <= MOST) return undefined;
  return `a password must have ${LEAST} to ${MOST} characters`;
}

/** Asks for passwords and looks at them. */
export interface Keeper {
  prove(request: SipRequest, account: Account): Proof;
  /** The answer to a request that lacks a proof. A wrong one is counted here, where no other account has it either. */
  refuse(request: SipRequest, realm: Realm, proof: Exclude<Proof, "right">): Refusal;
}

export function createKeeper(options: {
  challenges: Challenges;
  guesses?: Guesses;
  secret: SecretReader;
  log: Logger;
}): Keeper {
  const { challenges, guesses = createGuesses(), secret, log } = options;

  function guesserOf(credentials: DigestParams): [address: string, user: string] | undefined {
    const address = challenges.givenTo(credentials);
    return address === undefined ? undefined : [address, credentials.get("username") ?? ""];
  }

  return {
    prove(request, account) {
      const shown = parseDigests(request.get("Authorization")).filter((one) => one.get("realm") === account.realm);
      const own = shown.find((one) => one.get("username") === account.user);
      const credentials = own ?? shown[0];
      if (!credentials) return "none";
      const guesser = guesserOf(credentials);
      if (guesser && !guesses.mayTry(...guesser)) return "wrong";
      const password = own && secret(account.password);
      const fault = own && passwordFault(password);
      if (fault) log.error({ user: account.user, ...account.password }, fault);
      const known = password === undefined || fault ? undefined : { ...account, password };
      const judgement = challenges.judge(credentials, request, known);
      if (judgement === "wrong") {
        const fields = { user: credentials.get("username"), address: request.source_address, method: request.method };
        log.warn(fields, "a wrong password");
      }
      if (judgement === "right" && guesser) guesses.right(...guesser);
      return judgement === "foreign" ? "none" : judgement;
    },
    refuse(request, { realm, algorithms }, proof) {
      if (proof === "wrong") {
        const guesser = parseDigests(request.get("Authorization")).map(guesserOf).find(Boolean);
        if (guesser) guesses.wrong(...guesser);
        return { status: 403, headers: {} };
      }
      const lines = challenges.challenge(realm, algorithms, proof === "stale", request.source_address);
      return { status: 401, headers: severalLines("WWW-Authenticate", lines) };
    },
  };
}

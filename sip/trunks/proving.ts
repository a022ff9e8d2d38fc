import type { Outbound } from "../../language/index.ts";
import type { Logger } from "../log.ts";
import type { SecretReader } from "./credentials.ts";
import { answerChallenge, parseDigests } from "./digest.ts";
import type { Credentials } from "./requests.ts";

/** What proves who we are to a trunk; `undefined`: it knows us by no password. One for calls and registrations, so that what is wrong is told once. */
export type Proving = (trunk: {
  id: string;
  outbound: Pick<Outbound, "user" | "password" | "realm">;
}) => Credentials | undefined;

export function createProving({ secret, log }: { secret: SecretReader; log: Logger }): Proving {
  /** By trunk: its realm, when it was told that another asks. */
  const told = new Map<string, string>();

  /** Whoever asks there may be no carrier at all, and a hash of the password is enough to guess it at leisure. */
  function tell(trunk: string, realm: string, asked: (string | undefined)[]): void {
    if (told.get(trunk) === realm) return;
    told.set(trunk, realm);
    const hint = "where it is the carrier's own, write it as `realm` of the trunk's `outbound`";
    log.error(
      { trunk, realm, asked, hint },
      "a password is asked for in another realm than the trunk's, and not shown",
    );
  }

  return ({ id: trunk, outbound: { user, password: reference, realm } }) => {
    if (user === undefined || !reference) return undefined;
    return (challenge, request) => {
      const asked = parseDigests(challenge).map((one) => one.get("realm"));
      if (realm !== undefined && asked.length > 0 && !asked.includes(realm)) tell(trunk, realm, asked);
      const password = secret(reference);
      if (password === undefined) log.error({ trunk, ...reference }, "a password is not there");
      return password === undefined ? undefined : answerChallenge(challenge, { ...request, user, password, realm });
    };
  };
}

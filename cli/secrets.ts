import type { CheckedProgram, Directory, SecretReference } from "../language/index.ts";
import { readSecret } from "../runtime/node/index.ts";
import { passwordFault } from "../sip/index.ts";
import type { Loaded } from "./load.ts";
import { complain } from "./output.ts";
import { place } from "./place.ts";

/** A secret that an entry of the directory refers to. */
interface Secret {
  /** As in the directory's places: `trunk pstn`. */
  entry: string;
  what: string;
  reference: SecretReference | undefined;
  /** Others prove themselves to us by it, so it must be long enough. */
  ofOthers?: boolean;
}

/** Secrets that cannot be had, or cannot serve, told before the first who needs one is refused: at which entry, and what mends it. */
export function warnOfSecrets(
  { directory }: CheckedProgram,
  { sources, read }: Pick<Loaded, "sources" | "read">,
): void {
  for (const { entry, what, reference, ofOthers } of secretsIn(directory)) {
    const fault = reference && faultOf(reference, ofOthers ?? false);
    if (!fault) continue;
    const at = read.places.get(entry);
    complain(`${at ? `${place(at.path, at.range.start, sources)} ` : ""}error: ${what} of ${entry} ${fault}`);
  }
}

function faultOf(reference: SecretReference, ofOthers: boolean): string | undefined {
  const found = readSecret(reference);
  const kept = "env" in reference ? `the variable ${reference.env}` : reference.file;
  if (found !== undefined) {
    const fault = ofOthers ? passwordFault(found) : undefined;
    return fault && `in ${kept} cannot serve: ${fault}`;
  }
  return "env" in reference
    ? `is not there: set ${reference.env} in the environment, and start again`
    : `is not there: ${reference.file} is no file that can be read, or is empty; it is read anew when it is needed`;
}

function secretsIn({ trunks, devices, mailboxes, agents, sites, mediaSites, hosts, webhooks }: Directory): Secret[] {
  return [
    ...Object.values(trunks).flatMap(({ id, inbound, outbound }): Secret[] => [
      { entry: `trunk ${id}`, what: "the password of `inbound`", reference: inbound.password, ofOthers: true },
      { entry: `trunk ${id}`, what: "the token of `inbound`", reference: inbound.token?.secret },
      { entry: `trunk ${id}`, what: "the password of `outbound`", reference: outbound.password },
      { entry: `trunk ${id}`, what: "the token of `outbound`", reference: outbound.token?.secret },
    ]),
    ...Object.values(devices).map(({ id, trunk, password }): Secret => {
      const reference = trunk === undefined ? password : undefined;
      return { entry: `device ${id}`, what: "the password", reference, ofOthers: true };
    }),
    ...Object.values(mailboxes).map(
      ({ id, pin }): Secret => ({ entry: `mailbox ${id}`, what: "the PIN", reference: pin }),
    ),
    ...Object.values(agents).map(
      ({ id, login }): Secret => ({ entry: `agent ${id}`, what: "the token", reference: login?.token }),
    ),
    ...Object.values(sites).map(
      ({ id, token }): Secret => ({ entry: `site ${id}`, what: "the token", reference: token?.secret }),
    ),
    ...Object.values(mediaSites).map(
      ({ id, secret }): Secret => ({ entry: `media_site ${id}`, what: "the secret", reference: secret }),
    ),
    ...Object.values(hosts).map(
      ({ id, token }): Secret => ({ entry: `host ${id}`, what: "the token", reference: token?.secret }),
    ),
    ...Object.values(webhooks).map(
      ({ id, secret }): Secret => ({ entry: `webhook ${id}`, what: "the secret", reference: secret }),
    ),
  ];
}

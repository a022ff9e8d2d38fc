import { type Bell, createBell } from "./bell.ts";
import { HUNG_UP } from "./causes.ts";
import type { LegHooks } from "./hooks.ts";
import { type Headers, type SipDialog, statusOf } from "./srf.ts";
import { type Credentials, proofFor } from "../trunks/requests.ts";

/*
 * A dialog stands until either side ends it, or it is lost.
 */

/** Whether it does, and who is told. `ended` and `gone` are written here alone. */
export interface Standing {
  readonly dialog: SipDialog;
  /** Holds the dialog until it is released on the wire. */
  readonly legs: Set<object>;
  /** How we prove who we are where the party asks for it inside the dialog. */
  readonly credentials?: Credentials;
  /** Rings when anything of the leg may have changed. */
  readonly bell: Bell;
  hooks: LegHooks;
  ended: boolean;
  /** As it was told. */
  gone?: Parameters<LegHooks["gone"]>;
}

export function createStanding(
  dialog: SipDialog,
  { legs, credentials, hooks }: Pick<Standing, "legs" | "credentials" | "hooks">,
): Standing {
  legs.add(dialog);
  return { dialog, legs, credentials, hooks, bell: createBell(), ended: false };
}

/** The other side has ended it. */
export function finish(standing: Standing, reason: string, said = ""): void {
  const { dialog, legs, bell, hooks } = standing;
  legs.delete(dialog);
  if (standing.ended) return;
  standing.ended = true;
  standing.gone = [reason, said];
  bell.ring();
  hooks.gone(reason, said);
}

/** We end it; nothing is told. */
export function hangUp(standing: Standing, reason: string): void {
  if (standing.ended) return;
  standing.ended = true;
  standing.bell.ring();
  bye(standing, reason);
}

/** Of a request inside it: nobody is there any more, which ends it. */
export async function loseBy(standing: Standing, status: number): Promise<void> {
  if (standing.ended || !(await isLost(standing, status)) || standing.ended) return;
  finish(standing, "lost");
  bye(standing, HUNG_UP);
}

const LOST = new Set([408, 481]);

/** A 503 is also what comes of an address where nobody is any more (RFC 3261 8.1.3.1): who is there answers an OPTIONS somehow. */
async function isLost(standing: Standing, status: number): Promise<boolean> {
  return LOST.has(status) || (status === 503 && [503, ...LOST].includes(await ask(standing, "OPTIONS", {})));
}

/** Any request inside it but those of media. → its final status; 503 where none came, 481 where it has ended */
export function ask(standing: Standing, method: string, headers: Headers, body?: string): Promise<number> {
  return new Promise((resolve) => {
    void untilEnded(standing).then(() => resolve(481));
    standing.dialog.request({ method, headers, body }, (error, response) => {
      if (!response || response.status >= 200) resolve(response?.status ?? statusOf(error) ?? 503);
    });
  });
}

export async function untilEnded(standing: Standing): Promise<void> {
  while (!standing.ended) await standing.bell.rung();
}

function bye({ dialog, legs, credentials }: Standing, reason: string): void {
  const headers = { Reason: reason };
  if (!credentials) return dialog.destroy({ headers }, () => legs.delete(dialog));
  // `destroy` does not say what was answered.
  dialog.request({ method: "BYE", headers }, (_error, response) => {
    const proof = response && proofFor(response, response.req, credentials);
    if (proof) dialog.request({ method: "BYE", headers: { ...headers, ...proof } }, () => legs.delete(dialog));
    else legs.delete(dialog);
  });
}

import { randomUUID } from "node:crypto";
import type { Directory } from "../../language/index.ts";
import { bracketed, userOf } from "../dialog/address.ts";
import { param, parseNameAddr, parseUri, splitValues } from "../endpoint/uri.ts";
import type { Logger } from "../log.ts";
import type { Signalling, SipResponse } from "../dialog/srf.ts";
import type { Proving } from "./proving.ts";
import { ask, type Credentials, MAX_CHALLENGES } from "./requests.ts";

/** Where we register, to be called: the next hops of trunks whose `outbound` says so. */
export interface Registrations {
  use(directory: Directory): void;
  /** What stands, for whoever looks. */
  list(): { trunk: string; hop: string; registered: boolean; status?: number }[];
  /** Withdraws them all; waits for the answers no longer than a second. */
  stop(): Promise<void>;
}

interface Registration {
  trunk: string;
  hop: string;
  user: string;
  credentials?: Credentials;
  callId: string;
  cseq: number;
  wantedS: number;
  failures: number;
  registered: boolean;
  status?: number;
  timer?: NodeJS.Timeout;
  gone?: boolean;
}

const WANTED_S = 600;
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 300_000;

export function createRegistrations(options: { signalling: Signalling; proving: Proving; log: Logger }): Registrations {
  const { signalling, proving, log } = options;
  const all = new Map<string, Registration>();

  async function register(one: Registration): Promise<void> {
    const response = await send(one, one.wantedS);
    if (one.gone) return;
    const before = { registered: one.registered, status: one.status };
    one.status = response.status;
    one.registered = response.status === 200;
    const { trunk, hop, status } = one;
    if (one.registered !== before.registered || status !== before.status) {
      log[one.registered ? "info" : "error"]({ trunk, hop, status }, one.registered ? "registered" : "not registered");
    }
    const least = "get" in response && status === 423 ? Number(response.get("Min-Expires")) : Number.NaN;
    if (least > one.wantedS && least <= 86_400) one.wantedS = least;
    one.failures = one.registered ? 0 : one.failures + 1;
    const retry = status === 423 && one.failures === 1 ? 0 : retryMs(one.failures, response);
    const ms = one.registered && "get" in response ? refreshMs(grantedS(response, one)) : retry;
    one.timer = setTimeout(() => void register(one), ms).unref();
  }

  function send(one: Registration, expiresS: number): Promise<SipResponse | { status: number }> {
    const uri = parseUri(one.hop);
    const registrar = `${uri?.scheme}:${bracketed(uri?.host ?? "")}${uri?.port ? `:${uri.port}` : ""}`;
    const address = `<${registrar.replace(":", `:${one.user}@`)}>`;
    one.cseq += 1 + MAX_CHALLENGES; // each may be sent again with a proof
    const headers = {
      From: `${address};tag=${one.callId.slice(0, 8)}`,
      To: address,
      Contact: `<sip:${one.user}@localhost>`,
      Expires: `${expiresS}`,
      "Call-ID": one.callId,
      CSeq: `${one.cseq} REGISTER`,
    };
    const hop = `${registrar}${uri?.params ?? ""}`;
    return ask(signalling, { method: "REGISTER", uri: hop, headers, credentials: one.credentials });
  }

  async function withdraw(one: Registration): Promise<void> {
    one.gone = true;
    clearTimeout(one.timer);
    if (one.registered) await send(one, 0);
  }

  return {
    use(directory) {
      const wanted = wantedIn(directory);
      for (const [key, one] of all) {
        if (wanted.has(key)) continue;
        all.delete(key);
        void withdraw(one);
      }
      for (const [key, { trunk, hop, user, ...shown }] of wanted) {
        if (all.has(key)) continue;
        const callId = randomUUID();
        const fresh = {
          trunk,
          hop,
          user,
          credentials: proving({ id: trunk, outbound: { user, ...shown } }),
          callId,
          cseq: 0,
          wantedS: WANTED_S,
          failures: 0,
          registered: false,
        };
        all.set(key, fresh);
        void register(fresh);
      }
    },
    list: () => [...all.values()].map(({ trunk, hop, registered, status }) => ({ trunk, hop, registered, status })),
    async stop() {
      const withdrawn = [...all.values()].map(withdraw);
      all.clear();
      await Promise.race([Promise.all(withdrawn), new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
    },
  };
}

/** By all that a registration is made of: with another password it is another. */
function wantedIn({ trunks }: Directory) {
  const wanted = Object.values(trunks).flatMap(({ id: trunk, to, outbound: { register, user, password, realm } }) =>
    register && user !== undefined && password ? to.map((hop) => ({ trunk, hop, user, password, realm })) : [],
  );
  return new Map(wanted.map((one) => [JSON.stringify(one), one]));
}

/** Our Contact's own time, else that of all (RFC 3261 10.2.4); several phones may share the account. */
function grantedS(response: SipResponse, { user, wantedS }: Registration): number {
  const contacts = splitValues(response.get("Contact") ?? "").map((value) => parseNameAddr(value));
  const own = contacts.filter((contact) => contact && userOf(contact.uri) === user);
  const times = [...own.map((contact) => param(contact?.params ?? "", "expires")), response.get("Expires")];
  const told = times.map(Number).filter((time) => Number.isInteger(time) && time > 0);
  return Math.min(...told, wantedS);
}

/** Half a minute before it ends, so that it can be tried again; of a short one at half its time. */
export function refreshMs(grantedS: number): number {
  return Math.max(grantedS - 30, grantedS / 2, 1) * 1000;
}

/** Twice as long each time, up to five minutes, or as the other side wants; never all at one instant. */
export function retryMs(failures: number, response: SipResponse | { status: number }, draw = Math.random()): number {
  const wanted = "get" in response ? Number.parseInt(response.get("Retry-After") ?? "", 10) * 1000 : Number.NaN;
  const backOff = Math.min(FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 10), LAST_RETRY_MS);
  return Math.max(backOff * (0.9 + draw / 5), Number.isFinite(wanted) ? Math.min(wanted, LAST_RETRY_MS) : 0);
}

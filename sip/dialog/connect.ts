import { KEEPS_CALLS } from "../endpoint/app.ts";
import type { Logger } from "../log.ts";
import { reasonOf, type Signalling } from "./srf.ts";

/** Where a signalling endpoint, our own or a native server, takes applications. */
export interface EndpointAddress {
  host: string;
  port: number;
  secret: string;
}

export interface Connection {
  /** What the endpoint listens on, as `udp:127.0.0.1:5060`. */
  listen: string[];
  /** It presents callers whose application has died to the next one, and lets those go on who talk: one of ours, where it is told to. */
  keepsCalls: boolean;
  close(): void;
}

/**
 * Connects to a signalling endpoint; rejects when it refuses us or is not there within 5 s. The requests to be taken are said
 * beforehand, by `signalling.use`. A lost connection is made again by drachtio-srf; `lost` is told, because the dialogs of before are gone.
 */
export function connectSignalling(options: {
  signalling: Signalling;
  drachtio: EndpointAddress;
  log: Logger;
  lost: () => void;
  patienceMs?: number;
}): Promise<Connection> {
  const { signalling, drachtio, log, patienceMs = 5000 } = options;
  // drachtio-srf keeps this object: a limit of one attempt ends its retries.
  const reconnect: { retryMaxDelay: number; maxAttempts?: number } = { retryMaxDelay: 2000 };
  let closed = false;
  let standing = false;
  return new Promise((resolve, reject) => {
    let failure = "no answer";
    const patience = setTimeout(() => give(failure), patienceMs);
    const connection: Connection = {
      listen: [],
      keepsCalls: false,
      close() {
        closed = true;
        reconnect.maxAttempts = 1;
        if (standing) leave();
        standing = false;
      },
    };
    /** It may be lost already: drachtio-srf tells that a turn later, and has no connection to end. */
    function leave(): void {
      try {
        signalling.disconnect();
      } catch (error) {
        log.debug({ reason: reasonOf(error) }, "signalling connection is gone already");
      }
    }
    function give(reason: string): void {
      clearTimeout(patience);
      connection.close();
      reject(new Error(`no signalling endpoint at ${drachtio.host}:${drachtio.port}: ${reason}`));
    }
    signalling.on("error", (error) => {
      failure = error.message;
      log.warn({ error: error.message }, "signalling connection");
    });
    signalling.on("close", () => {
      if (closed || !standing) return;
      standing = false;
      log.error({}, "signalling connection lost");
      options.lost();
    });
    signalling.on("connect", (error, listen, version) => {
      if (closed) return error ? undefined : signalling.disconnect();
      if (error) return give(error.message);
      standing = true;
      clearTimeout(patience);
      connection.listen = listeners(listen);
      connection.keepsCalls = version.endsWith(KEEPS_CALLS);
      log.info({ listen: connection.listen }, "signalling connected");
      resolve(connection);
    });
    signalling.connect({ ...drachtio, enablePing: true, reconnect });
  });
}

/** `udp/127.0.0.1:5060,tcp/…` as the endpoint says it. */
function listeners(text: string): string[] {
  return text
    .split(",")
    .filter((one) => one !== "")
    .map((one) => one.replace("/", ":"));
}

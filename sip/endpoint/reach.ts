/**
 * Who registered or subscribed over a connection is reached over it, by the address in its Contact or where it was seen: a browser has no
 * other (RFC 7118 5.4), and a phone behind a NAT opens a connection but takes none (RFC 5626 5.3).
 */
import { headerLines, type Request } from "./message.ts";
import type { Flow } from "./transport.ts";
import { param, parseNameAddr, parseUri, splitValues, type Uri } from "./uri.ts";

export interface Reach {
  /** Notes the connection a request of a peer came by. */
  learn(request: Request, flow: Flow): void;
  /** The connection to whoever gave this as his Contact; undefined when there is none, or it has ended. */
  flowTo(uri: Uri): Flow | undefined;
}

/** Beyond, whoever has hung up is forgotten, and if that is not enough, who came first. */
const LIMIT = 100_000;

export function createReach(): Reach {
  const flows = new Map<string, Flow>();

  function shrink(): void {
    for (const [key, flow] of flows) if (!flow.open()) flows.delete(key);
    for (const key of flows.keys()) {
      if (flows.size < LIMIT) return;
      flows.delete(key);
    }
  }

  return {
    learn(request, flow) {
      if (!flow.reliable) return;
      const named = headerLines(request, "contact")
        .flatMap(splitValues)
        .map((value) => parseUri(parseNameAddr(value)?.uri ?? ""))
        .flatMap((uri) => (uri && isHis(uri, flow) ? [namedKey(uri)] : []));
      for (const key of [seenKey(flow.remote, flow.protocol), ...named]) {
        if (flows.size >= LIMIT) shrink();
        flows.set(key, flow);
      }
    },
    flowTo(uri) {
      const transport = transportOf(uri);
      const flow = flows.get(namedKey(uri)) ?? flows.get(seenKey(uri, transport));
      // Nothing that is meant to be secret goes to a plain connection from the same address.
      return flow?.open() && (transport !== "tls" || isTls(flow)) ? flow : undefined;
    },
  };
}

/** Nobody takes over another's address by naming it: only one that leads nowhere else, or the one he comes from. */
function isHis({ host }: Uri, { remote }: Flow): boolean {
  return host.endsWith(".invalid") || host === remote.host;
}

function transportOf({ scheme, params }: Uri): string {
  return scheme === "sips" ? "tls" : (param(params, "transport")?.toLowerCase() ?? "");
}

const isTls = ({ protocol }: Flow): boolean => protocol === "tls" || protocol === "wss";

/* Joined, so that they keep no message alive. */

function namedKey({ user, host, port }: Uri): string {
  return [user, host, port].join("|");
}

function seenKey({ host, port }: { host: string; port: number | undefined }, transport: string): string {
  return [transport, host, port].join(" ");
}

/** Finds the transaction a message belongs to (RFC 3261 17.1.3, 17.2.3). */
import { type ClientTransaction, type ClientUser, startClientTransaction } from "./client-transaction.ts";
import { cseqOf, fromTag, header, type Request, type Response, toTag } from "./message.ts";
import { startServerTransaction, type ServerTransaction } from "./server-transaction.ts";
import type { Timers } from "./timers.ts";
import type { Flow } from "./transport.ts";
import { param } from "./uri.ts";
import { MAGIC_COOKIE, topVia } from "./via.ts";

export interface Outgoing {
  method: string;
  branch: string;
  text: string;
  ackTo?: (response: Response) => string;
}

export interface Transactions {
  /** The transaction a request repeats, or for ACK and CANCEL the one of the INVITE. */
  find(request: Request): ServerTransaction | undefined;
  open(request: Request, flow: Flow): ServerTransaction;
  /** The same request came before, another way: that one is being served (RFC 3261 8.2.2.2). */
  merged(request: Request): boolean;
  start(outgoing: Outgoing, flow: Flow, user: ClientUser): ClientTransaction;
  /** Hands a response to its transaction; false when there is none. */
  received(response: Response): boolean;
  /** `bytes` are remembered of peers' requests and our answers to them. */
  count(): { client: number; server: number; bytes: number };
}

export function createTransactions(timers: Timers, guard: (work: () => void) => void): Transactions {
  const clients = new Map<string, ClientTransaction>();
  const servers = new Map<string, ServerTransaction>();
  /** Those of requests outside dialogs, by what every copy of one has in common. */
  const firsts = new Map<string, ServerTransaction>();
  let bytes = 0;

  return {
    find: (request) => servers.get(serverKey(request, request.method)),
    open(request, flow) {
      const key = serverKey(request, request.method);
      const first = firstKey(request);
      bytes += key.length + first.length;
      const transaction: ServerTransaction = startServerTransaction({
        method: request.method,
        flow,
        timers,
        keeps: (more) => void (bytes += more),
        ended() {
          bytes -= key.length + first.length;
          servers.delete(key);
          if (firsts.get(first) === transaction) firsts.delete(first);
        },
      });
      servers.set(key, transaction);
      if (toTag(request) === undefined && !firsts.has(first)) firsts.set(first, transaction);
      return transaction;
    },
    merged: (request) => firsts.has(firstKey(request)),
    start({ method, branch, text, ackTo }, flow, user) {
      const key = keyOf(branch, method);
      const transaction = startClientTransaction({
        method,
        text,
        ackTo,
        flow,
        timers,
        user: {
          response: (response) => user.response(response),
          timedOut: () => user.timedOut(),
          // Sockets tell it, outside of any message or timer.
          broken: (why) => guard(() => user.broken(why)),
          ended() {
            clients.delete(key);
            user.ended();
          },
        },
      });
      if (transaction.state() !== "terminated") clients.set(key, transaction);
      return transaction;
    },
    received(response) {
      const branch = param(topVia(response)?.params ?? "", "branch");
      const transaction = clients.get(keyOf(branch, cseqOf(response)?.method));
      transaction?.received(response);
      return transaction !== undefined;
    },
    count: () => ({ client: clients.size, server: servers.size, bytes }),
  };
}

/** Where the INVITE of a CANCEL is found. */
export function inviteOf(transactions: Transactions, cancel: Request): ServerTransaction | undefined {
  return transactions.find({ ...cancel, method: "INVITE" });
}

function serverKey(request: Request, method: string): string {
  const via = topVia(request);
  const branch = param(via?.params ?? "", "branch") ?? "";
  const kind = method === "ACK" ? "INVITE" : method;
  // The magic cookie alone names nothing: such a peer is matched as one of RFC 2543.
  if (branch.startsWith(MAGIC_COOKIE) && branch.length > MAGIC_COOKIE.length) {
    return keyOf(branch, via?.host, via?.port ?? 5060, kind);
  }
  const tag = method === "INVITE" || method === "ACK" ? "" : toTag(request);
  const number = cseqOf(request)?.number;
  const parts = [header(request, "call-id"), fromTag(request), tag, number, header(request, "via"), request.uri, kind];
  return keyOf("2543", ...parts);
}

/** Joined, not concatenated: a concatenation would keep alive the messages it was cut from. */
function keyOf(...parts: (string | number | undefined)[]): string {
  return parts.join("|");
}

function firstKey(request: Request): string {
  return keyOf(header(request, "call-id"), fromTag(request), header(request, "cseq"));
}

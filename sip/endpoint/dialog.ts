/** Dialogs (RFC 3261 12): who talks with whom, by which numbers, and where requests inside one are sent. */
import type { App } from "./app.ts";
import {
  contactUri,
  cseqOf,
  fromTag,
  header,
  headerLines,
  type Message,
  type Request,
  type Response,
  toTag,
} from "./message.ts";
import { answersFromNat, asksFromNat } from "./nat.ts";
import type { Session } from "./session.ts";
import type { Timer } from "./timers.ts";
import type { Flow } from "./transport.ts";
import { param, parseNameAddr, parseUri, splitValues } from "./uri.ts";

export interface Dialog {
  /** The name drachtio-srf computes too: Call-ID and the From tag of the first request. */
  id: string;
  callId: string;
  /** Our From and our To value, with tags. */
  local: string;
  remote: string;
  localTag: string;
  remoteTag: string;
  /** What we told the peer to reach us at; empty where that is the plain address. */
  contact: string;
  localCseq: number;
  remoteCseq: number | undefined;
  /** The URI in the peer's Contact; empty when it gave none. */
  target: string;
  /** Route values, nearest first. */
  routes: string[];
  /** The connection or socket its first messages went over. */
  flow: Flow;
  /** The peer's Contact is an address of its own network: it is reached where it was seen. */
  behindNat: boolean;
  confirmed: boolean;
  /** What it was begun for: a subscription ends with its last NOTIFY, a call with BYE. */
  usage: "call" | "subscription";
  /** Ends a subscription nobody renews. */
  lease: Timer | undefined;
  /** What was agreed of how long the call may go on without a sign, and what comes next of that (RFC 4028). */
  session: Session | undefined;
  sessionTimer: Timer | undefined;
  /** The application wants a sign of life each so many seconds, whether the peer knows session timers or not. */
  wanted: number | undefined;
  /** A sign of our own is under way as an INVITE: what must wait for it. */
  refreshing: (() => unknown)[] | undefined;
  /** The peer takes UPDATE (RFC 3311). */
  peerUpdates: boolean;
  /** The session description we said last, where a sign of ours has to repeat it. */
  localSdp: string;
  /** Where a call is kept for the next application: the INVITE it began with, as it came; empty for one of ours. */
  invite: string;
  /** The dialog of the caller this one was placed for; both are one call. */
  caller: string | undefined;
  /** Who is told of requests inside it; gone when that application disconnected. */
  app: App;
  /** Runs when it is over, where another application than its own follows it. */
  over: (() => void) | undefined;
  /** CSeq of our INVITE, and of the peer's INVITE, that have no final response yet (RFC 3261 14). */
  inviting: number | undefined;
  invited: number | undefined;
  /** A 2xx we sent and the peer has not acknowledged. */
  unacknowledged: Unacknowledged | undefined;
  /** The last reliable provisional response we sent (RFC 3262). */
  unpracked: { cseq: number; rseq: number; repeating: Timer } | undefined;
}

export interface Unacknowledged {
  cseq: number;
  /** What the application knows its ACK by. */
  transaction: string;
  repeating: Timer;
  /** What must wait for the ACK, for giving it up, or for the end of the dialog. */
  afterwards: (() => void)[];
}

export function dialogId(callId: string, firstFromTag: string): string {
  // Joined, so that it keeps no message alive.
  return [callId, firstFromTag].join(";from-tag=");
}

const NOTHING_YET = {
  invite: "",
  caller: undefined,
  over: undefined,
  lease: undefined,
  session: undefined,
  sessionTimer: undefined,
  wanted: undefined,
  refreshing: undefined,
  localSdp: "",
  inviting: undefined,
  invited: undefined,
  unacknowledged: undefined,
  unpracked: undefined,
};

/** The dialog a response of ours to `request` begins (12.1.1). */
export function answeringDialog(request: Request, localTag: string, flow: Flow, app: App): Dialog {
  const callId = header(request, "call-id") ?? "";
  const remoteTag = fromTag(request) ?? "";
  const cseq = cseqOf(request)?.number;
  return {
    id: dialogId(callId, remoteTag),
    callId,
    local: `${header(request, "to")};tag=${localTag}`,
    remote: header(request, "from") ?? "",
    localTag,
    remoteTag,
    contact: "",
    // Our numbers begin above the caller's, so that no two requests of a call carry the same one.
    localCseq: cseq ?? 0,
    remoteCseq: cseq,
    target: contactUri(request),
    routes: headerLines(request, "record-route").flatMap(splitValues),
    flow,
    behindNat: asksFromNat(request, flow),
    confirmed: request.method !== "INVITE",
    usage: request.method === "INVITE" ? "call" : "subscription",
    peerUpdates: allowsUpdate(request),
    app,
    ...NOTHING_YET,
  };
}

/** What a request of ours knows before anyone answers. */
export interface Asked {
  callId: string;
  from: string;
  fromTag: string;
  cseq: number;
  contact: string;
}

/** The dialog a peer's response to our request begins (12.1.2). */
export function askingDialog(asked: Asked, response: Response, flow: Flow, app: App): Dialog {
  return {
    id: dialogId(asked.callId, asked.fromTag),
    callId: asked.callId,
    local: asked.from,
    remote: header(response, "to") ?? "",
    localTag: asked.fromTag,
    remoteTag: toTag(response) ?? "",
    contact: asked.contact,
    localCseq: asked.cseq,
    remoteCseq: undefined,
    target: contactUri(response),
    routes: headerLines(response, "record-route").flatMap(splitValues).toReversed(),
    flow,
    behindNat: answersFromNat(response, flow),
    confirmed: response.status >= 200,
    usage: cseqOf(response)?.method === "INVITE" ? "call" : "subscription",
    peerUpdates: allowsUpdate(response),
    app,
    ...NOTHING_YET,
  };
}

/** A request inside the dialog is addressed so (12.2.1.1): loose routing, or strict when the first hop knows no other. */
export function routed(dialog: Dialog): { uri: string; routes: string[]; nextHop: string } {
  const [first, ...others] = dialog.routes;
  const uri = first === undefined ? undefined : parseNameAddr(first)?.uri;
  if (uri === undefined) return { uri: dialog.target, routes: [], nextHop: dialog.target };
  if (param(parseUri(uri)?.params ?? "", "lr") !== undefined) {
    return { uri: dialog.target, routes: dialog.routes, nextHop: uri };
  }
  return { uri, routes: [...others, `<${dialog.target}>`], nextHop: uri };
}

/** Takes the peer's new Contact (12.2: target refresh). */
export function refreshTarget(dialog: Dialog, message: Request | Response): void {
  dialog.target = contactUri(message) || dialog.target;
}

function allowsUpdate(message: Message): boolean {
  return headerLines(message, "allow").some((value) => /(?:^|[\s,])UPDATE(?:$|[\s,])/.test(value));
}

/** Keeps a session description that the refreshing of a session may have to repeat. Copied: a slice would keep its frame alive. */
export function keepSdp(dialog: Dialog, sdp: string): void {
  if (!dialog.session || dialog.peerUpdates || !sdp.startsWith("v=0")) return;
  dialog.localSdp = Buffer.from(sdp, "latin1").toString("latin1");
}

export interface Dialogs {
  get(id: string): Dialog | undefined;
  /** The dialog an incoming request belongs to by Call-ID and both tags; undefined when we know none. */
  of(request: Request): Dialog | undefined;
  add(dialog: Dialog): void;
  /** A request of ours may yet begin this dialog: what its peer says inside it waits for that. */
  expect(id: string): void;
  expects(request: Request): boolean;
  /** Runs `proceed` as soon as it is known whether the dialog of `request` has begun; false when none is expected. */
  wait(request: Request, proceed: () => void): boolean;
  known(id: string): void;
  /** Harmless when it has ended. */
  end(dialog: Dialog): void;
  /** In the order in which they began. */
  all(): Iterable<Dialog>;
  count(): number;
}

export function createDialogs(): Dialogs {
  const dialogs = new Map<string, Dialog>();
  const expected = new Map<string, (() => void)[]>();
  const expectedId = (request: Request): string => dialogId(header(request, "call-id") ?? "", toTag(request) ?? "");
  return {
    get: (id) => dialogs.get(id),
    of(request) {
      const callId = header(request, "call-id") ?? "";
      const remote = fromTag(request) ?? "";
      const local = toTag(request) ?? "";
      const dialog = dialogs.get(dialogId(callId, remote)) ?? dialogs.get(dialogId(callId, local));
      return dialog?.localTag === local && dialog.remoteTag === remote ? dialog : undefined;
    },
    add: (dialog) => void dialogs.set(dialog.id, dialog),
    expect: (id) => void expected.set(id, []),
    expects: (request) => expected.has(expectedId(request)),
    wait(request, proceed) {
      const waiting = expected.get(expectedId(request));
      // A few, for a peer may say anything.
      if (!waiting || waiting.length >= 8) return false;
      waiting.push(proceed);
      return true;
    },
    known(id) {
      const waiting = expected.get(id) ?? [];
      expected.delete(id);
      for (const proceed of waiting) proceed();
    },
    end(dialog) {
      const waited = dialog.unacknowledged;
      dialog.unacknowledged = undefined;
      waited?.repeating.stop();
      dialog.unpracked?.repeating.stop();
      dialog.lease?.stop();
      dialog.sessionTimer?.stop();
      if (dialogs.get(dialog.id) === dialog) dialogs.delete(dialog.id);
      dialog.over?.();
      dialog.over = undefined;
      // A BYE of the application that waited for the ACK still wants its answer.
      for (const proceed of waited?.afterwards ?? []) proceed();
    },
    all: () => dialogs.values(),
    count: () => dialogs.size,
  };
}

import { randomUUID } from "node:crypto";
import type { Directory } from "../language/index.ts";
import { createPost, type Documents, type Messages } from "../runtime/node/index.ts";
import type { CallCommand, CallId, CallPort, Event } from "../runtime/index.ts";
import { readArrival, refusal } from "./arrival.ts";
import { createAudio } from "./audio.ts";
import { connect } from "./bridge.ts";
import { dismiss, startAsk } from "./bot.ts";
import { confirm } from "./confirming.ts";
import { record } from "./recording.ts";
import { type Board, type LiveCall, lose, release } from "./call.ts";
import { answer, redirect, reject } from "./caller.ts";
import { connectSignalling, type EndpointAddress } from "./connect.ts";
import { abandonDeposit, startDeposit } from "./deposit.ts";
import { ALLOW, CONVERSATION, safeHeaders } from "./headers.ts";
import { type Logger, silent } from "./log.ts";
import { type Attendance, attend, dismissGuest, type Invitation } from "./guests.ts";
import type { MediaPort } from "./media/index.ts";
import { createMediaServers } from "./media-servers.ts";
import { ringAtOnce } from "./early.ts";
import { makeOffer, withdraw } from "./offer.ts";
import { startRefer } from "./referring.ts";
import { createOutside } from "./outside.ts";
import { hold, pair } from "./parting.ts";
import { announce, opened, place, unplace } from "./placing.ts";
import type { Registrar } from "./registrar.ts";
import { turn } from "./turning.ts";
import { takeMessage } from "./message.ts";
import { createSignalling, type Reply, reasonOf, type Signalling, type SipRequest } from "./srf.ts";
import { receiveText, sendText } from "./texting.ts";
import { createVisits, phoneAt } from "./visit.ts";
import { listen, say, treat } from "./treatment.ts";
import type { SecretReader } from "./trunks/credentials.ts";
import { dialectOf } from "./trunks/dialect.ts";

/** The call port on live SIP. */
export interface LiveCalls extends CallPort {
  /** What the signalling endpoint listens on, as `udp:127.0.0.1:5060`. */
  readonly listen: string[];
  /** A changed directory: who may call in, where phones and trunks are, and who has to register, from now on. */
  use(directory: Directory): void;
  registrations(): ReturnType<Registrar["list"]>;
  /** What stands now: calls, SIP relations with parties, and media legs. */
  stats(): { calls: number; legs: number; mediaLegs: number };
  /** Puts somebody into a conversation, or changes whether he speaks. Undefined: no such call, or nobody to listen to. */
  attend(call: CallId, invitation: Invitation): Promise<Attendance> | undefined;
  /** Whoever attends under this name does so no more. False: nobody does. */
  dismissGuest(call: CallId, who: string): boolean;
  /** New calls are refused with 503 from now on; resolves when the last one has ended. */
  drain(): Promise<void>;
  /** Hangs everything up and leaves the endpoint. The media port stays the caller's. */
  stop(): Promise<void>;
}

export interface CallsOptions {
  drachtio: EndpointAddress;
  media: MediaPort;
  directory: Directory;
  /** Takes every event, in order; first called in a later turn of the event loop than the one in which `connectCalls` resolves. */
  deliver: (event: Event) => void;
  /** Reads the secrets that the directory refers to; without it there are none, and nobody who must prove himself can. */
  secret?: SecretReader;
  log?: Logger;
  /** SIP URI of a media server (RFC 4240) that plays prompts and music; without it, trunks of the directory with that role. */
  mediaServer?: string;
  /** Folder for recordings of calls; made when it is first needed. Without it none is kept. */
  recordings?: string;
  /** Of the mailboxes that are ours. Without it none is kept. */
  messages?: Messages;
  /** What media servers fetch from us by the `http` address of the run. Without it none collects digits. */
  documents?: Documents;
  /** How long a party may be silent, neither ringing nor answering, before its next address is tried; 5,000 unless said. */
  ringbackMs?: number;
}

/** Takes live calls through a signalling endpoint. Rejects when the endpoint refuses or is not there. */
export async function connectCalls(options: CallsOptions): Promise<LiveCalls> {
  const { directory, deliver, secret = () => undefined, log = silent } = options;
  const calls = new Map<CallId, LiveCall>();
  const audio = createAudio(options.media);
  const signalling = createSignalling();
  const outside = createOutside({ directory, signalling, deliver, secret, log });
  const { registrar, ways } = outside;
  let taking = false;

  const board: Board = {
    signalling,
    ringbackMs: options.ringbackMs,
    audio,
    directory,
    registrar,
    ways,
    mediaServers: createMediaServers({ directory: () => board.directory, ways, only: options.mediaServer }),
    documents: options.documents,
    recordings: options.recordings,
    messages: options.messages,
    log,
    post: createPost({ hosts: () => board.directory.hosts, secret }),
    legs: new Set(),
    deliver,
    settle(call, work) {
      work.catch((error: unknown) => {
        log.error({ call: call.id, reason: reasonOf(error) }, "defect in a call");
        lose(board, call, "defect");
      });
    },
    forget: (call) => calls.delete(call.id),
  };

  const visits = createVisits(board, options.messages, secret);

  signalling.use("invite", arrive);
  signalling.use("register", (request, reply) => registrar.receive(request, reply));
  // While no calls are taken, no answer: to Asterisk and others any answer, 503 too, is life.
  signalling.use("options", (_request, reply) => {
    if (taking) reply.send(200, { headers: { Allow: `${ALLOW}, MESSAGE`, Accept: "application/sdp" } });
  });
  signalling.use("message", (request, reply) => {
    const admission = outside.admit(request);
    if (!("source" in admission)) return reply.send(admission.status, { headers: admission.headers });
    receiveText(board, admission.source.phone ?? phoneAt(board, request), request, reply);
  });
  refuseOthers(signalling);
  const connection = await connectSignalling({
    signalling,
    drachtio: options.drachtio,
    log,
    lost() {
      board.legs.clear();
      for (const call of calls.values()) lose(board, call, "signalling lost");
    },
  });
  const opening = setImmediate(() => {
    taking = true;
    outside.open();
  });

  function arrive(request: SipRequest, reply: Reply): void {
    if (!taking) return reply.send(503, { headers: { "Retry-After": "5" } });
    const admission = outside.admit(request);
    if (!("source" in admission)) return reply.send(admission.status, { headers: admission.headers });
    const { source } = admission;
    const line = board.directory.trunks[source.trunk ?? ""];
    const dialect = dialectOf(line);
    const refused = refusal(request, dialect);
    if (refused) return reply.send(refused.status, { headers: refused.headers });
    const id = randomUUID();
    const { from, to, headers, conversation = id } = readArrival(request, source, board.directory);
    const call: LiveCall = {
      id,
      from,
      to,
      conversation,
      trunk: source.trunk,
      invite: { request, reply, dialect, headers: safeHeaders({ [line?.conversation ?? CONVERSATION]: conversation }) },
      sound: { kind: "silence" },
      offers: new Map(),
      guests: new Set(),
      ended: false,
    };
    calls.set(id, call);
    request.on("cancel", () => {
      call.cancelled = true;
      lose(board, call, "cancelled");
    });
    const mailboxes = visits.at(to);
    if (mailboxes.length > 0) {
      const phone = source.phone ?? phoneAt(board, request);
      return board.settle(call, visits.receive(call, mailboxes, phone));
    }
    ringAtOnce(board, call);
    deliver({
      type: "call.arrived",
      call: id,
      from,
      to,
      trunk: source.trunk,
      headers,
      conversation: call.conversation,
    });
  }

  async function drain(): Promise<void> {
    taking = false;
    while (calls.size > 0) await wait(50);
  }

  return {
    get listen() {
      return connection.listen;
    },
    perform(command) {
      const call = calls.get(command.call);
      if (command.type === "open" && !call) calls.set(command.call, opened(command));
      if (call) board.settle(call, perform(board, call, command));
    },
    use(changed) {
      board.directory = changed;
      outside.use(changed);
    },
    registrations: () => registrar.list(),
    stats: () => ({ calls: calls.size, legs: board.legs.size, mediaLegs: audio.count() }),
    attend(id, invitation) {
      const call = calls.get(id);
      return call?.leg ? attend(board, call, invitation) : undefined;
    },
    dismissGuest(id, who) {
      const call = calls.get(id);
      return call !== undefined && dismissGuest(call, who);
    },
    drain,
    async stop() {
      taking = false;
      clearImmediate(opening);
      for (const call of calls.values()) lose(board, call, "stopped");
      await outside.stop();
      for (let waited = 0; board.legs.size > 0 && waited < 2000; waited += 20) await wait(20);
      connection.close();
    },
  };
}

async function perform(board: Board, call: LiveCall, command: CallCommand): Promise<void> {
  switch (command.type) {
    case "answer":
      return answer(board, call, command.ringback);
    case "play":
    case "music":
    case "ringback":
    case "silence":
      return treat(board, call, command);
    case "listen":
      return listen(board, call);
    case "say":
      return say(board, call, command);
    case "record":
      return record(board, call, command);
    case "redirect":
      return redirect(board, call, command.to);
    case "ask":
      return startAsk(board, call, command);
    case "dismiss":
      return dismiss(call, command.task);
    case "open":
      return; // it is there
    case "place":
      return place(board, call, command);
    case "unplace":
      return unplace(call);
    case "announce":
      return announce(board, call, command);
    case "refer":
      return startRefer(board, call, command);
    case "offer":
      return makeOffer(board, call, command);
    case "confirm":
      return confirm(board, call, command);
    case "withdraw":
      return withdraw(board, call, command);
    case "connect":
      return connect(board, call, command);
    case "part":
      return hold(board, call, command);
    case "turn":
      return turn(board, call, command);
    case "join":
      return pair(board, call, command);
    case "deposit":
      return startDeposit(board, call, command);
    case "takeMessage":
      return takeMessage(board, call, command);
    case "abandonDeposit":
      return abandonDeposit(call, command.task);
    case "reject":
      return reject(board, call, command.code);
    case "text":
      return sendText(board, command);
    case "hangup":
      return release(board, call);
  }
}

/** What an endpoint hands on outside dialogs, and we do not serve. */
function refuseOthers(signalling: Signalling): void {
  for (const method of ["subscribe", "publish", "notify", "info", "refer"]) {
    signalling.use(method, (_request, reply) => reply.send(405, { headers: { Allow: ALLOW } }));
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

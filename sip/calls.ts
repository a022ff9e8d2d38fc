import { join as pathOf } from "node:path";
import type { Directory } from "../language/index.ts";
import { createPost, createReach, type Documents, type Messages } from "../runtime/node/index.ts";
import type { AwayCall, CallId, CallPort, Event } from "../runtime/index.ts";
import { arrive, comeBack } from "./caller/arriving.ts";
import { type Audio, createAudio } from "./audio.ts";
import { type Board, type LiveCall, lose } from "./call.ts";
import { perform } from "./commands.ts";
import { connectSignalling, type EndpointAddress } from "./dialog/connect.ts";
import { ALLOW } from "./dialog/headers.ts";
import { type Logger, silent } from "./log.ts";
import { type Attendance, attend, dismissGuest, type Invitation } from "./mix/guests.ts";
import { createMediaSites, type MediaSiteView } from "./mix/media-sites.ts";
import { leave } from "./mix/mixing.ts";
import { recoverNotes } from "./mix/notes.ts";
import type { MediaPort } from "./media/index.ts";
import { keepCallers } from "./caller/kept.ts";
import { createMediaServers } from "./servers/media-servers.ts";
import { openBindingsFile } from "./site/bindings-file.ts";
import { createOutside } from "./site/outside.ts";
import { opened } from "./caller/placing.ts";
import type { Registrar } from "./site/registrar.ts";
import { createSignalling, type Reply } from "./dialog/srf.ts";
import { receiveText } from "./site/texting.ts";
import { phoneAt, pinsIn } from "./caller/visit.ts";
import type { SecretReader } from "./trunks/credentials.ts";

/** The call port on live SIP. */
export interface LiveCalls extends CallPort {
  /** What the signalling endpoint listens on, as `udp:127.0.0.1:5060`. */
  readonly listen: string[];
  /** A changed directory: who may call in, where phones and trunks are, and who has to register, from now on. */
  use(directory: Directory): void;
  registrations(): ReturnType<Registrar["list"]>;
  /** What stands now: calls, SIP relations with parties, and media legs. */
  stats(): { calls: number; legs: number; mediaLegs: number };
  /** Where media can be relayed beside here, as it stands. */
  mediaSites(): MediaSiteView[];
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
  /** Takes what mistakes of ours have thrown: each has cost one call at most. Logged unless said. */
  defect?: (thrown: unknown) => void;
  /** SIP URI of a media server (RFC 4240) that plays prompts and music; without it, trunks of the directory with that role. */
  mediaServer?: string;
  /** Folder for recordings of calls; made when it is first needed. Without it none is kept. */
  recordings?: string;
  /** Of the mailboxes that are ours. Without it none is kept. */
  messages?: Messages;
  /** What media servers fetch from us by the `http` address of the run. Without it none collects digits. */
  documents?: Documents;
  /** File in which it is written down where phones are, so that the next run knows it. */
  registrations?: string;
  /** The endpoint has been there before us, with the connections on which phones are reached. */
  keepsConnections?: boolean;
  /** Calls that a run before us has left: their callers are found again, where the endpoint has kept them, or told as gone. */
  away?: readonly AwayCall[];
  /** So long they may take where it keeps calls, in ms; where not, their legs are released at once. Absent: it has died with that run. */
  returnWithinMs?: number;
  /** How long a party may be silent, neither ringing nor answering, before its next address is tried; 5,000 unless said. */
  ringbackMs?: number;
}

/** Takes live calls through a signalling endpoint. Rejects when the endpoint refuses or is not there. */
export async function connectCalls(options: CallsOptions): Promise<LiveCalls> {
  const { directory, deliver, secret = () => undefined, log = silent } = options;
  const { defect = (thrown) => log.error({ err: thrown }, "a defect of ours; all else goes on") } = options;
  if (options.recordings !== undefined) await recoverNotes(pathOf(options.recordings, "calls"), log);
  const calls = new Map<CallId, LiveCall>();
  const audio = createAudio(options.media);
  const mediaSites = createMediaSites({ secret, log, lost: leaveSite });
  const signalling = createSignalling(defect);
  const outside = createOutside({
    directory,
    signalling,
    deliver,
    secret,
    log,
    ...(options.registrations && { bindings: openBindingsFile(options.registrations, log) }),
    keepsConnections: options.keepsConnections ?? false,
  });
  const { registrar, ways } = outside;
  let taking = false;

  const board: Board = {
    signalling,
    ringbackMs: options.ringbackMs,
    audio,
    mediaSites,
    directory,
    calls,
    registrar,
    ways,
    mediaServers: createMediaServers({ directory: () => board.directory, ways, only: options.mediaServer }),
    documents: options.documents,
    recordings: options.recordings,
    messages: options.messages,
    pins: pinsIn(() => board.directory, secret, log),
    log,
    post: createPost({ hosts: () => board.directory.hosts, secret }),
    reach: createReach({ hosts: () => board.directory.hosts, secret }),
    legs: new Set(),
    deliver,
    settle(call, work) {
      work.catch((error: unknown) => {
        defect(error);
        lose(board, call, "defect");
      });
    },
    remember: (call) => void calls.set(call.id, call),
    forget: (call) => calls.delete(call.id),
  };

  const kept = keepCallers(board, options.away ?? []);

  signalling.use("invite", (request, reply) => {
    if (!taking) return reply.send(503, { headers: { "Retry-After": "5" } });
    const back = kept.take(request);
    if (back) return comeBack(board, back, kept, { request, reply });
    const admission = outside.admit(request);
    if (!("source" in admission)) return reply.send(admission.status, { headers: admission.headers });
    arrive(board, admission.source, { request, reply });
  });
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
  signalling.use("notify", (request, reply) => (kept.hear(request) ? reply.send(200) : notAllowed(reply)));
  for (const method of ["subscribe", "publish", "info", "refer"])
    signalling.use(method, (_request, reply) => notAllowed(reply));
  const connection = await connectSignalling({
    signalling,
    drachtio: options.drachtio,
    log,
    lost() {
      board.legs.clear();
      for (const call of calls.values()) lose(board, call, "signalling lost");
    },
  });
  mediaSites.use(directory);
  let returning: NodeJS.Timeout | undefined;
  const opening = setImmediate(() => {
    taking = true;
    outside.open();
    const { returnWithinMs } = options;
    if (returnWithinMs !== undefined && connection.keepsCalls) returning = setTimeout(kept.close, returnWithinMs);
    else {
      if (returnWithinMs !== undefined) kept.release();
      kept.close();
    }
  });

  function leaveSite(place: Audio): void {
    for (const call of calls.values()) board.settle(call, leave(board, call, place));
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
      else kept.perform(command);
    },
    use(changed) {
      board.directory = changed;
      outside.use(changed);
      mediaSites.use(changed);
    },
    registrations: () => registrar.list(),
    stats: () => ({ calls: calls.size, legs: board.legs.size, mediaLegs: audio.count() + mediaSites.count() }),
    mediaSites: () => mediaSites.list(),
    attend(id, invitation) {
      const call = calls.get(id);
      return call?.leg && !call.visitor ? attend(board, call, invitation) : undefined;
    },
    dismissGuest(id, who) {
      const call = calls.get(id);
      return call !== undefined && dismissGuest(call, who);
    },
    drain,
    async stop() {
      taking = false;
      clearImmediate(opening);
      clearTimeout(returning);
      for (const call of calls.values()) lose(board, call, "stopped");
      await outside.stop();
      for (let waited = 0; board.legs.size > 0 && waited < 2000; waited += 20) await wait(20);
      await mediaSites.stop();
      connection.close();
    },
  };
}

/** What an endpoint hands on outside dialogs, and we do not serve. */
function notAllowed(reply: Reply): void {
  reply.send(405, { headers: { Allow: ALLOW } });
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

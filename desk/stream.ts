import type { FastifyInstance } from "fastify";
import type { EventRecord } from "../runtime/index.ts";
import { isStill } from "./guard.ts";
import type { Recognise } from "./people.ts";
import type { Presence } from "./presence.ts";
import { Recent, type Room } from "./recent.ts";
import { Theirs } from "./theirs.ts";

/** What of a WebSocket is used. */
export interface Socket {
  /** Characters that the other side has not taken yet. */
  readonly bufferedAmount: number;
  send(text: string, sent: (error?: Error) => void): void;
  close(code: number, reason: string): void;
  terminate(): void;
  ping(): void;
  on(happens: "pong" | "close", then: () => void): unknown;
}

export interface StreamOptions {
  /** Of this run: numbers of records begin anew with each. */
  run: string;
  /** A record as JSON. */
  line(record: EventRecord): string;
  room?: Room;
  beatMs?: number;
}

/** Where a reader that comes back wants to go on: after this record, of this run. */
export interface Since {
  since?: number;
  run?: string;
}

export interface Stream {
  readonly run: string;
  see(record: EventRecord): void;
  /** `of`: an agent, who is told what is his and nothing else. `isStill`: asked again when the directory has changed. */
  join(socket: Socket, from: Since, of?: string, isStill?: () => boolean): void;
  /** Closes the connections of those who may not listen any more. */
  review(): void;
  stop(): void;
}

/** Why a connection is closed; below 4000 as RFC 6455, section 7.4. */
export const closeCodes = { runEnded: 1001, noLonger: 4001, tooSlow: 4008, tooMany: 4029 } as const;

/** What may wait for one reader; all else waits in what is kept for all. */
const MOST_UNSENT = 256 * 1024;
/** Of one person, or of one address that says no name. */
const MOST_OF_ONE = 100;
const BEAT_MS = 10_000;

interface Reader {
  socket: Socket;
  /** Number of the record it gets next. */
  next: number;
  isAlive: boolean;
  /** The agent whose records it gets; absent for all. */
  of: string | undefined;
  isStill: () => boolean;
}

/**
 * Sends event records to whoever listens, each record once and in order. Nothing is queued for a single reader: each has a place in the
 * records that are kept for all, and one that falls out of them is cut.
 */
export function createStream({ run, line, room, beatMs = BEAT_MS }: StreamOptions): Stream {
  const recent = new Recent(room);
  const theirs = new Theirs();
  const readers = new Set<Reader>();
  const beat = setInterval(() => readers.forEach(listen), beatMs);
  beat.unref();

  function go(reader: Reader): void {
    const { socket } = reader;
    while (readers.has(reader) && reader.next < recent.next && socket.bufferedAmount < MOST_UNSENT) {
      const kept = recent.at(reader.next);
      if (kept === undefined) return cut(reader);
      reader.next++;
      if (reader.of !== undefined && !kept.of.includes(reader.of)) continue;
      socket.send(kept.line, (error) => (error ? readers.delete(reader) : go(reader)));
    }
    if (reader.next < recent.first) cut(reader);
  }

  function cut(reader: Reader): void {
    readers.delete(reader);
    reader.socket.close(closeCodes.tooSlow, "too slow: connect again with ?since=");
  }

  /** One that did not answer since the last time has gone without a word. */
  function listen(reader: Reader): void {
    if (!reader.isAlive) return reader.socket.terminate();
    reader.isAlive = false;
    reader.socket.ping();
  }

  /** Why what it missed cannot be had; undefined when it can. */
  function gapAfter({ since, run: of = run }: Since): "another run" | "too old" | undefined {
    if (since === undefined) return undefined;
    if (of !== run || since >= recent.next) return "another run";
    return since + 1 < recent.first ? "too old" : undefined;
  }

  return {
    run,
    see(record) {
      // Records may have been made before this was there to see them: whoever came first waits for the first that it sees.
      if (recent.next === recent.first) for (const reader of readers) reader.next = record.seq;
      recent.add(record.seq, { line: line(record), of: theirs.of(record) });
      readers.forEach(go);
    },
    join(socket, from, of, isStill = () => true) {
      const reason = gapAfter(from);
      const { since = recent.next - 1 } = from;
      const next = reason ? recent.first : since + 1;
      const reader: Reader = { socket, next, isAlive: true, of, isStill };
      readers.add(reader);
      socket.on("close", () => readers.delete(reader));
      socket.on("pong", () => void (reader.isAlive = true));
      tell(socket, { type: "stream.opened", run, next });
      if (reason) tell(socket, { type: "stream.gap", since, next, reason });
      go(reader);
    },
    review() {
      for (const reader of readers) {
        if (reader.isStill()) continue;
        readers.delete(reader);
        reader.socket.close(closeCodes.noLonger, "this token is not taken any more");
      }
    },
    stop() {
      clearInterval(beat);
      for (const { socket } of readers) socket.close(closeCodes.runEnded, "the run has ended");
      readers.clear();
    },
  };
}

function tell(socket: Socket, message: object): void {
  socket.send(JSON.stringify(message), () => undefined);
}

/** The stream's route; whoever comes back says after which record of which run. */
export function addStream(server: FastifyInstance, stream: Stream, presence: Presence, recognise: Recognise): void {
  const open = new Map<string, number>();

  /** False: there are enough. */
  function counts(socket: Socket, whose: string): boolean {
    const others = open.get(whose) ?? 0;
    if (others >= MOST_OF_ONE) return false;
    open.set(whose, others + 1);
    socket.on("close", () => {
      const left = (open.get(whose) ?? 1) - 1;
      if (left > 0) open.set(whose, left);
      else open.delete(whose);
    });
    return true;
  }

  server.route<{ Querystring: { since?: string; run?: string; agent?: string } }>({
    method: "GET",
    url: "/api/events",
    schema: { summary: "WebSocket: event records as they happen; to agents, their own", querystring: sinceQuery },
    handler: (_request, reply) =>
      reply.code(426).send({ error: "event records come by WebSocket", code: "websocket_only" }),
    wsHandler(socket: Socket, request) {
      const { since, run, agent } = request.query;
      const { role, person } = request.who;
      const of = role === "agent" ? person : undefined;
      const at = { run, since: since === undefined ? undefined : Number(since) };
      if (!counts(socket, person ?? `${role} ${request.ip}`))
        return socket.close(closeCodes.tooMany, "too many streams are open");
      stream.join(socket, at, of, () => isStill(recognise, request));
      // A desk says whose it is: of who has a token, his own. Programs and other pages say nothing, and are nobody's.
      if (agent !== undefined && (person ?? agent) === agent) socket.on("close", presence.join(agent));
    },
  });
}

const sinceQuery = {
  type: "object",
  properties: {
    since: { type: "string", pattern: "^\\d{1,15}$" },
    run: { type: "string", maxLength: 100 },
    agent: { type: "string", maxLength: 100 },
  },
};

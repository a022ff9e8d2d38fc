/** The media port over TCP: the service in one process, who uses it in another. One JSON text a line, the secret first. */
import { createHash, timingSafeEqual } from "node:crypto";
import { createServer, type Socket } from "node:net";
import type { MediaCommand, MediaEvent, MediaLeg, MediaPort } from "./port.ts";

export interface Door {
  address: { host: string; port: number };
  /** Legs whose user is gone are closed: nobody hears them any more. */
  sweep(): void;
  close(): Promise<void>;
}

/** What goes in, and comes out. `ping` is answered by `pong` at once. */
export type ToDoor = MediaCommand | { type: "ping" } | { type: "measure"; uri: string };
export type FromDoor = MediaEvent | { type: "pong" } | { type: "measured"; uri: string; ms?: number };

/** A media port behind a door. */
export interface DoorPort extends MediaPort {
  /** How long a next hop takes to answer an OPTIONS from there, in ms; undefined: it does not. */
  latencyTo(uri: string): Promise<number | undefined>;
}

/** No SDP is that long. */
const LINE_BYTES = 1_000_000;
/** A user's machine may go without a word. */
const KEEP_ALIVE_MS = 10_000;
/** Who has not said the secret by then does not know it. */
const SECRET_MS = 5_000;

interface Session {
  /** What its legs are called in here begins with it: two users may give one name. */
  readonly name: string;
  tell(event: FromDoor): void;
}

/**
 * Lets users in. What a user's legs play goes on when it is gone; when the next comes, those that are in no mix are closed: whoever was
 * waiting on them is given to the new user, who opens his own.
 */
export async function openDoor(
  port: MediaPort,
  at: { host: string; port: number },
  secret: string,
  latencyTo: DoorPort["latencyTo"] = () => Promise.resolve(undefined),
): Promise<Door> {
  /** By the names that legs have in here. */
  const owners = new Map<MediaLeg, Session | undefined>();
  const opening = new Set<MediaLeg>();
  const mixed = new Set<MediaLeg>();
  const sockets = new Set<Socket>();
  let entered = 0;

  port.listen((event) => {
    const owner = owners.get(event.leg);
    owner?.tell({ ...event, leg: event.leg.slice(owner.name.length) });
    const neverOpened = event.type === "refused" && opening.has(event.leg);
    if (event.type === "opened" || event.type === "refused") opening.delete(event.leg);
    if (event.type === "closed" || neverOpened) forget(event.leg);
  });

  function forget(leg: MediaLeg): void {
    owners.delete(leg);
    mixed.delete(leg);
  }

  /** Its user is gone. What is said there goes on, but nobody could pause or end its recording any more. */
  function abandon(leg: MediaLeg): void {
    owners.set(leg, undefined);
    port.send({ type: "stopRecording", leg });
  }

  function closeOrphans(all: boolean): void {
    for (const [leg, owner] of owners) {
      if (owner === undefined && (all || !mixed.has(leg))) port.send({ type: "close", leg });
    }
  }

  function perform(session: Session, command: MediaCommand): void {
    const leg = `${session.name}${command.leg}`;
    if (command.type === "open") {
      owners.set(leg, session);
      opening.add(leg);
    } else if (!owners.has(leg)) return;
    if (command.type === "join") mixed.add(leg);
    if (command.type === "leave") mixed.delete(leg);
    port.send({ ...command, leg });
  }

  async function measure(session: Session, uri: string): Promise<void> {
    session.tell({ type: "measured", uri, ms: await latencyTo(uri) });
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.setTimeout(SECRET_MS, () => socket.destroy());
    const session: Session = {
      name: `${++entered}/`,
      tell: (event) => void socket.write(`${JSON.stringify(event)}\n`),
    };
    let known = false;
    readLines(socket, (line) => {
      if (known) {
        const command: ToDoor = JSON.parse(line);
        if (command.type === "ping") return session.tell({ type: "pong" });
        return command.type === "measure" ? void measure(session, command.uri) : perform(session, command);
      }
      if (!same(line, secret)) return void socket.destroy();
      known = true;
      socket.setTimeout(0);
      socket.write("welcome\n");
      closeOrphans(false);
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      for (const [leg, owner] of owners) if (owner === session) abandon(leg);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(at.port, at.host, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error(`cannot listen on ${at.host}:${at.port}`);
  return {
    address: { host: bound.address, port: bound.port },
    sweep: () => closeOrphans(true),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Calls `take` for each line; a line that is none of ours ends the connection. */
export function readLines(socket: Socket, take: (line: string) => void): void {
  let pending = "";
  socket.setEncoding("utf8");
  socket.on("data", (text: string) => {
    pending += text;
    const lines = pending.split("\n");
    pending = lines.pop() ?? "";
    if (pending.length > LINE_BYTES) socket.destroy();
    try {
      lines.forEach(take);
    } catch {
      // Whoever knows the secret and writes no JSON is not ours.
      socket.destroy();
    }
  });
}

/** Compares in constant time. */
function same(given: string, secret: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}

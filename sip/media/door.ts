/** The media port over TCP: the service in one process, who uses it in another. One JSON text a line, the secret first. */
import { createHash, timingSafeEqual } from "node:crypto";
import { connect, createServer, type Socket } from "node:net";
import type { MediaCommand, MediaEvent, MediaLeg, MediaPort } from "./port.ts";

export interface Door {
  address: { host: string; port: number };
  /** Legs whose user is gone are closed: nobody hears them any more. */
  sweep(): void;
  close(): Promise<void>;
}

/** No SDP is that long. */
const LINE_BYTES = 1_000_000;
const CONNECT_MS = 5_000;

interface Session {
  tell(event: MediaEvent): void;
}

/**
 * Lets users in. What a user's legs play goes on when it is gone; when the next comes, those that are in no mix are closed: whoever was
 * waiting on them is given to the new user, who opens his own.
 */
export async function openDoor(port: MediaPort, at: { host: string; port: number }, secret: string): Promise<Door> {
  const owners = new Map<MediaLeg, Session | undefined>();
  const mixed = new Set<MediaLeg>();
  const sockets = new Set<Socket>();

  port.listen((event) => {
    owners.get(event.leg)?.tell(event);
    if (event.type === "closed") forget(event.leg);
  });

  function forget(leg: MediaLeg): void {
    owners.delete(leg);
    mixed.delete(leg);
  }

  function closeOrphans(all: boolean): void {
    for (const [leg, owner] of owners) {
      if (owner === undefined && (all || !mixed.has(leg))) port.send({ type: "close", leg });
    }
  }

  function perform(session: Session, command: MediaCommand): void {
    const { leg } = command;
    if (command.type === "open") {
      // A leg of somebody else is not to be had by its name.
      if (owners.has(leg)) return session.tell({ type: "refused", leg, reason: "the leg is open already" });
      owners.set(leg, session);
    } else if (owners.get(leg) !== session) return;
    if (command.type === "join") mixed.add(leg);
    if (command.type === "leave") mixed.delete(leg);
    port.send(command);
  }

  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    const session: Session = { tell: (event) => void socket.write(`${JSON.stringify(event)}\n`) };
    let known = false;
    readLines(socket, (line) => {
      if (known) return perform(session, JSON.parse(line) as MediaCommand);
      if (!same(line, secret)) return void socket.destroy();
      known = true;
      socket.write("welcome\n");
      closeOrphans(false);
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      for (const [leg, owner] of owners) if (owner === session) owners.set(leg, undefined);
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

/** A media port behind a door. Rejects where nobody opens; `lost` is told when the connection ends by itself. */
export function enterDoor(at: { host: string; port: number }, secret: string, lost: () => void): Promise<MediaPort> {
  const legs = new Set<MediaLeg>();
  let listener: ((event: MediaEvent) => void) | undefined;
  let welcome = false;
  let stopping = false;
  return new Promise((resolve, reject) => {
    const socket = connect({ ...at, noDelay: true });
    socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error("no answer")));
    socket.write(`${secret}\n`);
    const deliver = (event: MediaEvent) => {
      if (event.type === "closed" || (event.type === "refused" && !legs.has(event.leg))) legs.delete(event.leg);
      if (event.type === "opened") legs.add(event.leg);
      listener?.(event);
    };
    const gone = (leg: MediaLeg): MediaEvent => {
      const reason = "the media service is out of reach";
      return legs.has(leg) ? { type: "closed", leg, sent: 0, received: 0, reason } : { type: "refused", leg, reason };
    };
    readLines(socket, (line) => {
      if (welcome) return deliver(JSON.parse(line) as MediaEvent);
      welcome = true;
      socket.setTimeout(0);
      resolve({
        send(command) {
          if (!socket.destroyed) socket.write(`${JSON.stringify(command)}\n`);
          else if (command.type === "open") queueMicrotask(() => deliver(gone(command.leg)));
        },
        listen(to) {
          listener = to;
        },
        stop: () =>
          new Promise((done) => {
            stopping = true;
            socket.end(() => done());
          }),
      });
    });
    let cause = "it does not know the secret";
    socket.on("error", (error) => {
      cause = error.message;
    });
    socket.on("close", () => {
      reject(new Error(`no media service at ${at.host}:${at.port}: ${cause}`));
      if (!welcome || stopping) return;
      for (const leg of legs) deliver(gone(leg));
      lost();
    });
  });
}

function readLines(socket: Socket, take: (line: string) => void): void {
  let pending = "";
  socket.setEncoding("utf8");
  socket.on("data", (text: string) => {
    pending += text;
    const lines = pending.split("\n");
    pending = lines.pop() ?? "";
    if (pending.length > LINE_BYTES) return void socket.destroy();
    for (const line of lines) {
      try {
        take(line);
      } catch (error) {
        // Whoever knows the secret and writes no JSON is not ours.
        return void socket.destroy(error instanceof Error ? error : undefined);
      }
    }
  });
}

/** Compares in constant time. */
function same(given: string, secret: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}

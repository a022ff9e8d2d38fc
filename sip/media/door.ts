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
const AGAIN_MS = 1_000;

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
      if (known) {
        const command: MediaCommand = JSON.parse(line);
        return perform(session, command);
      }
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

/** A media port behind a door. Rejects where nobody opens; when the connection ends by itself its legs are over, and it is made again. */
export async function enterDoor(
  at: { host: string; port: number },
  secret: string,
  lost: () => void,
): Promise<MediaPort> {
  /** Legs of ours, and whether they are open yet. */
  const legs = new Map<MediaLeg, "opening" | "open">();
  let listener: ((event: MediaEvent) => void) | undefined;
  let stopping = false;
  let again: NodeJS.Timeout | undefined;
  let socket: Socket | undefined = await knock(at, secret, take, ended);

  function take(line: string): void {
    const event: MediaEvent = JSON.parse(line);
    if (event.type === "opened") legs.set(event.leg, "open");
    if (event.type === "closed" || (event.type === "refused" && legs.get(event.leg) === "opening"))
      legs.delete(event.leg);
    listener?.(event);
  }

  function ended(): void {
    socket = undefined;
    if (stopping) return;
    for (const [leg, state] of legs) listener?.(goneEvent(leg, state));
    legs.clear();
    lost();
    retry();
  }

  function retry(): void {
    again = setTimeout(() => {
      knock(at, secret, take, ended).then(
        (found) => {
          if (stopping) found.destroy();
          else socket = found;
        },
        () => stopping || retry(),
      );
    }, AGAIN_MS);
  }

  return {
    send(command) {
      if (command.type === "open") legs.set(command.leg, "opening");
      const state = legs.get(command.leg);
      if (socket) socket.write(`${JSON.stringify(command)}\n`);
      else if (legs.delete(command.leg) && state) queueMicrotask(() => listener?.(goneEvent(command.leg, state)));
    },
    listen(to) {
      listener = to;
    },
    async stop() {
      stopping = true;
      clearTimeout(again);
      const leaving = socket;
      if (leaving) await new Promise<void>((done) => leaving.end(() => done()));
    },
  };
}

function goneEvent(leg: MediaLeg, state: "opening" | "open"): MediaEvent {
  const reason = "the media service is out of reach";
  return state === "open" ? { type: "closed", leg, sent: 0, received: 0, reason } : { type: "refused", leg, reason };
}

/** Connects and says the secret; `take` gets the lines that come then, `ended` is told of the end. */
function knock(
  at: { host: string; port: number },
  secret: string,
  take: (line: string) => void,
  ended: () => void,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    let welcome = false;
    let cause = "it does not know the secret";
    const socket = connect({ ...at, noDelay: true });
    socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error("no answer")));
    socket.write(`${secret}\n`);
    readLines(socket, (line) => {
      if (welcome) return take(line);
      welcome = true;
      socket.setTimeout(0);
      resolve(socket);
    });
    socket.on("error", (error) => {
      cause = error.message;
    });
    socket.on("close", () => {
      if (welcome) ended();
      else reject(new Error(`no media service at ${at.host}:${at.port}: ${cause}`));
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

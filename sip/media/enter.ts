import { connect, type Socket } from "node:net";
import { type DoorPort, type FromDoor, readLines, type ToDoor } from "./door.ts";
import type { MediaEvent, MediaLeg } from "./port.ts";

/** What is told of the connection to a door. */
export interface DoorHooks {
  /** Its legs are over; it is made again. */
  lost(): void;
  back?(): void;
  /** A machine may go without a word: one that says nothing between two beats is lost. Absent: it is of no other machine. */
  beatMs?: number;
}

const CONNECT_MS = 5_000;
const AGAIN_MS = 1_000;

/** A media port behind a door. Rejects where nobody opens; when the connection ends by itself its legs are over, and it is made again. */
export async function enterDoor(
  at: { host: string; port: number },
  secret: string,
  hooks: DoorHooks,
): Promise<DoorPort> {
  /** Legs of ours, and whether they are open yet. */
  const legs = new Map<MediaLeg, "opening" | "open">();
  let listener: ((event: MediaEvent) => void) | undefined;
  let stopping = false;
  const measuring = new Map<string, ((ms?: number) => void)[]>();
  let again: NodeJS.Timeout | undefined;
  let heard = true;
  let socket: Socket | undefined = await knock(at, secret, take, ended);
  const beating = hooks.beatMs === undefined ? undefined : setInterval(beat, hooks.beatMs).unref();

  function take(line: string): void {
    heard = true;
    const event: FromDoor = JSON.parse(line);
    if (event.type === "pong") return;
    if (event.type === "measured") return measured(event.uri, event.ms);
    if (event.type === "opened") legs.set(event.leg, "open");
    if (event.type === "closed" || (event.type === "refused" && legs.get(event.leg) === "opening"))
      legs.delete(event.leg);
    listener?.(event);
  }

  function measured(uri: string, ms?: number): void {
    for (const tell of measuring.get(uri) ?? []) tell(ms);
    measuring.delete(uri);
  }

  /** What has come while we were busy is read before the silence counts. */
  function beat(): void {
    if (!heard) return void setImmediate(() => heard || socket?.destroy());
    heard = false;
    say({ type: "ping" });
  }

  function say(what: ToDoor): void {
    socket?.write(`${JSON.stringify(what)}\n`);
  }

  function ended(): void {
    socket = undefined;
    for (const uri of measuring.keys()) measured(uri);
    if (stopping) return;
    for (const [leg, state] of legs) listener?.(goneEvent(leg, state));
    legs.clear();
    hooks.lost();
    retry();
  }

  function retry(): void {
    again = setTimeout(() => {
      knock(at, secret, take, ended).then(
        (found) => {
          if (stopping) found.destroy();
          else enter(found);
        },
        () => stopping || retry(),
      );
    }, AGAIN_MS);
  }

  function enter(found: Socket): void {
    socket = found;
    heard = true;
    hooks.back?.();
  }

  return {
    send(command) {
      if (command.type === "open") legs.set(command.leg, "opening");
      const state = legs.get(command.leg);
      if (socket) say(command);
      else if (legs.delete(command.leg) && state) queueMicrotask(() => listener?.(goneEvent(command.leg, state)));
    },
    listen(to) {
      listener = to;
    },
    latencyTo: (uri) =>
      new Promise((resolve) => {
        if (!socket) return resolve(undefined);
        const others = measuring.get(uri);
        measuring.set(uri, [...(others ?? []), resolve]);
        if (!others) say({ type: "measure", uri });
      }),
    async stop() {
      stopping = true;
      clearTimeout(again);
      clearInterval(beating);
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

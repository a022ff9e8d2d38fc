/** Applications: connections that speak the drachtio protocol. Who they are, which requests they want, whose turn it is. */
import { createHash, timingSafeEqual } from "node:crypto";
import { cutFrames, printFrame, verdict } from "./frames.ts";

export interface App {
  /** Sends one frame. Nothing happens once the application is gone. */
  send(payload: string): void;
  connected(): boolean;
}

/** One `sip` frame of an application. */
export interface SipFrame {
  /** Its id, which the response repeats. */
  id: string;
  transaction: string;
  dialog: string;
  /** Next hop of a new request, empty for the request URI. */
  route: string;
  text: string;
}

export interface AppUser {
  sip(app: App, frame: SipFrame): void;
  gone(app: App): void;
  /** It takes calls from now on. */
  serves(app: App): void;
}

/** The other end of a connection. */
export interface Pipe {
  write(text: string): void;
  close(): void;
}

export interface Apps {
  /** A new connection; returns where to put what arrives and how to say that it ended. */
  connect(pipe: Pipe): { received(chunk: Buffer): void; ended(): void };
  /** The application that gets the next request of a method; each has its turn. */
  next(method: string): App | undefined;
  wanted(method: string): boolean;
  methods(): string[];
  count(): number;
}

interface Options {
  secret: string;
  keep: boolean;
  /** What an application is told about us. */
  hostports(): string;
  freshId(): string;
  user: AppUser;
}

/** drachtio-srf sends pings to servers of 0.8.2 and newer. */
const VERSION = "v0.9.10-cordboard";
/** How the version of one ends that keeps calls for the next application. */
export const KEEPS_CALLS = "-keeps-calls";

export function createApps({ secret, keep, hostports, freshId, user }: Options): Apps {
  const wanted = new Map<string, App[]>();
  let count = 0;

  function unroute(app: App, method: string): void {
    const rest = (wanted.get(method) ?? []).filter((each) => each !== app);
    if (rest.length === 0) wanted.delete(method);
    else wanted.set(method, rest);
  }

  function connect(pipe: Pipe): { received(chunk: Buffer): void; ended(): void } {
    let connected = true;
    let known = false;
    const app: App = {
      send: (payload) => connected && pipe.write(printFrame(payload)),
      connected: () => connected,
    };

    function ended(): void {
      if (!connected) return;
      connected = false;
      count--;
      for (const method of wanted.keys()) unroute(app, method);
      user.gone(app);
    }

    function refuse(frame: string, why: string): void {
      app.send(verdict(freshId(), frame, "NO", why));
      ended();
      pipe.close();
    }

    const received = cutFrames(
      (payload) => {
        if (!connected) return;
        const lineEnd = payload.indexOf("\r\n");
        const [id = "", kind = "", ...rest] = (lineEnd < 0 ? payload : payload.slice(0, lineEnd)).split("|");
        if (kind === "authenticate") {
          if (!same(rest[0] ?? "", secret)) return refuse(id, "incorrect secret");
          known = true;
          return app.send(
            verdict(freshId(), id, "OK", `${hostports()}|${VERSION}${keep ? KEEPS_CALLS : ""}|${hostports()}`),
          );
        }
        if (!known) return refuse(id, "authenticate first");
        const method = (rest[0] ?? "").toUpperCase();
        if (kind === "sip") {
          const text = lineEnd < 0 ? "" : payload.slice(lineEnd + 2);
          return user.sip(app, { id, transaction: rest[0] ?? "", dialog: rest[1] ?? "", route: rest[2] ?? "", text });
        }
        if (kind === "route") {
          unroute(app, method);
          wanted.set(method, [...(wanted.get(method) ?? []), app]);
          app.send(verdict(freshId(), id, "OK"));
          return method === "INVITE" ? user.serves(app) : undefined;
        }
        if (kind === "remove_route") {
          unroute(app, method);
          return app.send(verdict(freshId(), id, "OK"));
        }
        if (kind === "ping") return app.send(verdict(freshId(), id, "OK", "pong"));
        if (kind === "proxy")
          return app.send(verdict(freshId(), id, "NOK", "proxying is not supported by this endpoint"));
        refuse(id, "Unknown message type");
      },
      (why) => refuse("", why),
    );
    count++;
    return { received, ended };
  }

  return {
    connect,
    next(method) {
      const apps = wanted.get(method);
      const app = apps?.shift();
      if (apps && app) apps.push(app);
      return app;
    },
    wanted: (method) => wanted.has(method),
    methods: () => [...wanted.keys()].filter((method) => !method.includes(":")),
    count: () => count,
  };
}

/** Compares in constant time. */
function same(given: string, secret: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text, "latin1").digest();
  return timingSafeEqual(hash(given), hash(Buffer.from(secret, "utf8").toString("latin1")));
}

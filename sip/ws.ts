/** The part of the package `ws` we use; it declares no types of its own. */
import type { ClientRequest, IncomingMessage, Server } from "node:http";
import { createRequire } from "node:module";

export interface WebSocket {
  readyState: number;
  bufferedAmount: number;
  send(data: Buffer, options: { binary: boolean }, sent?: (error?: Error) => void): void;
  ping(): void;
  /** Nothing is read from here on, until `resume`; what has been is still told. */
  pause(): void;
  resume(): void;
  terminate(): void;
  on(event: "message", listener: (data: Buffer) => void): void;
  on(event: "pong" | "close" | "error", listener: () => void): void;
}

export interface WebSocketClient extends WebSocket {
  send(data: string): void;
  send(data: Buffer, options: { binary: boolean }, sent?: (error?: Error) => void): void;
  close(code: number): void;
  on(event: "message", listener: (data: Buffer, isBinary?: boolean) => void): void;
  on(event: "open" | "pong" | "close" | "error", listener: () => void): void;
  /** In place of `error`, where the server answers by something else than a WebSocket. */
  on(event: "unexpected-response", listener: (request: ClientRequest, response: IncomingMessage) => void): void;
}

export interface WebSocketServer {
  on(event: "connection", listener: (socket: WebSocket, request: IncomingMessage) => void): void;
  on(event: "error", listener: () => void): void;
}

interface Ws {
  WebSocket: new (
    url: URL,
    options: {
      headers: Record<string, string>;
      /** ms */
      handshakeTimeout: number;
      /** ms */
      closeTimeout: number;
      maxPayload: number;
      perMessageDeflate: boolean;
    },
  ) => WebSocketClient;
  WebSocketServer: new (options: {
    server: Server;
    maxPayload: number;
    perMessageDeflate: boolean;
    handleProtocols: (offered: Set<string>) => string | false;
    /** Answers `ping` by itself; yes unless said. */
    autoPong?: boolean;
    /** Gives the answer, or, where it takes `tell`, tells it. */
    verifyClient: (info: { req: IncomingMessage }, tell: (isWelcome: boolean, code?: number) => void) => boolean | void;
  }) => WebSocketServer;
}

const ws: Ws = createRequire(import.meta.url)("ws");

export const OPEN = 1;
export const { WebSocket: WebSocketClient, WebSocketServer } = ws;

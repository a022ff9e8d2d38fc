/** The part of the package `ws` we use; it declares no types of its own. */
import type { IncomingMessage, Server } from "node:http";
import { createRequire } from "node:module";

export interface WebSocket {
  readyState: number;
  bufferedAmount: number;
  send(data: Buffer, options: { binary: boolean }, sent?: (error?: Error) => void): void;
  ping(): void;
  terminate(): void;
  on(event: "message", listener: (data: Buffer) => void): void;
  on(event: "pong" | "close" | "error", listener: () => void): void;
}

export interface WebSocketServer {
  on(event: "connection", listener: (socket: WebSocket, request: IncomingMessage) => void): void;
  on(event: "error", listener: () => void): void;
}

interface Ws {
  WebSocketServer: new (options: {
    server: Server;
    maxPayload: number;
    perMessageDeflate: boolean;
    handleProtocols: (offered: Set<string>) => string | false;
    verifyClient: (info: { req: IncomingMessage }) => boolean;
  }) => WebSocketServer;
}

const ws: Ws = createRequire(import.meta.url)("ws");

export const OPEN = 1;
export const { WebSocketServer } = ws;

import type { Bot } from "../../language/index.ts";
import { type Json, readJson } from "../../runtime/index.ts";
import type { Board } from "../call.ts";
import { WebSocketClient } from "../ws.ts";
import { MOST_ACTIVITIES } from "./activities.ts";

/** Bytes of a message, as of a reply by HTTP. */
const MOST_BYTES = 262_144;
/** A bot that does not answer a message in so long says nothing. */
const REPLY_MS = 10_000;
/** A WebSocket that has not answered the last ping by the next is gone. */
const PING_MS = 30_000;
/** What a bot may say unasked in one call, in messages. */
const MOST_MESSAGES = 1000;

export interface LineHears {
  said(body: Json | undefined): void;
  /** Nothing more comes. `sip`: the status of HTTP that refused. */
  failed(how: { outcome: "silent" | "failed"; sip?: number }): void;
}

/** To a bot at a host, for one conversation. */
export interface BotLine {
  tell(activity: Json): void;
  /** It is told a last word, where there is one, and not listened to any more. */
  close(last?: Json): void;
}

export function openLine(board: Board, bot: Bot, conversation: string, hears: LineHears): BotLine {
  return (bot.speaks === "websocket" ? overSocket : overHttp)(board, bot, conversation, hears);
}

/** One request at a time, in order; what is to be told meanwhile goes together. */
function overHttp(board: Board, bot: Bot, conversation: string, hears: LineHears): BotLine {
  const closed = new AbortController();
  const waiting: Json[] = [];
  let isBusy = false;
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    isBusy = true;
    while (waiting.length > 0 && !closed.signal.aborted) {
      const signal = AbortSignal.any([closed.signal, AbortSignal.timeout(REPLY_MS)]);
      const reply = await post(waiting.splice(0, MOST_ACTIVITIES), signal).catch((error: unknown) => {
        const isSilent = error instanceof Error && error.name === "TimeoutError";
        return { code: 0, body: undefined, isSilent };
      });
      if (closed.signal.aborted) return;
      if (reply.code < 200 || reply.code > 299) {
        const isSilent = "isSilent" in reply && reply.isSilent;
        return hears.failed(isSilent ? { outcome: "silent" } : { outcome: "failed", sip: reply.code || undefined });
      }
      hears.said(reply.body);
    }
    isBusy = false;
  }

  function post(activities: Json[], signal: AbortSignal): Promise<{ code: number; body?: Json }> {
    return board.post(bot.host ?? "", bot.path, { conversation, activities }, signal);
  }

  /** Not beside a request that is still under way. */
  async function farewell(last: Json): Promise<void> {
    await working;
    await post([last], AbortSignal.timeout(REPLY_MS));
  }

  return {
    tell(activity) {
      waiting.push(activity);
      if (!isBusy) working = work();
    },
    close(last) {
      closed.abort();
      if (last) void farewell(last).catch(() => undefined);
    },
  };
}

/**
 * One WebSocket for the conversation, the same messages in it, but that the bot may speak unasked. It is never opened again: what was said
 * in it is lost with it, and the bot would not know where it is.
 */
function overSocket(board: Board, bot: Bot, conversation: string, hears: LineHears): BotLine {
  const waiting: Json[] = [];
  let socket: WebSocketClient | undefined;
  let isOpen = false;
  let isOver = false;
  let isAlive = true;
  let said = 0;
  let silence: NodeJS.Timeout | undefined;
  const pings = setInterval(() => {
    if (!isOpen) return;
    if (!isAlive) return fail();
    isAlive = false;
    socket?.ping();
  }, PING_MS);

  function send(activity: Json): void {
    socket?.send(JSON.stringify({ conversation, activities: [activity] }));
    silence ??= setTimeout(() => fail({ outcome: "silent" }), REPLY_MS);
  }

  function fail(how: Parameters<LineHears["failed"]>[0] = { outcome: "failed" }): void {
    if (isOver) return;
    finish();
    socket?.terminate();
    hears.failed(how);
  }

  function finish(): void {
    isOver = true;
    clearInterval(pings);
    clearTimeout(silence);
  }

  function heard(text: string): void {
    clearTimeout(silence);
    silence = undefined;
    const body = readJson(text);
    if (body === undefined || ++said > MOST_MESSAGES) fail();
    else hears.said(body);
  }

  function open(): WebSocketClient {
    const { url, headers } = board.reach(bot.host ?? "", bot.path);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const limits = { handshakeTimeout: REPLY_MS, closeTimeout: 2000, maxPayload: MOST_BYTES, perMessageDeflate: false };
    const opened = new WebSocketClient(url, { headers, ...limits });
    opened.on("open", () => {
      isOpen = true;
      for (const activity of waiting.splice(0)) send(activity);
    });
    opened.on("message", (data, isBinary) => void (!isOver && (isBinary ? fail() : heard(data.toString()))));
    opened.on("pong", () => (isAlive = true));
    opened.on("unexpected-response", (_, { statusCode }) => fail({ outcome: "failed", sip: statusCode }));
    opened.on("error", () => fail());
    opened.on("close", () => fail());
    return opened;
  }

  // Whoever opened this line has it in hand before it fails.
  queueMicrotask(() => {
    if (isOver) return;
    try {
      socket = open();
    } catch {
      fail(); // no such host, or no token for it
    }
  });

  return {
    tell(activity) {
      if (isOpen) send(activity);
      else waiting.push(activity);
    },
    close(last) {
      if (isOver) return;
      finish();
      if (!isOpen) return socket?.terminate();
      if (last) socket?.send(JSON.stringify({ conversation, activities: [last] }));
      socket?.close(1000);
    },
  };
}

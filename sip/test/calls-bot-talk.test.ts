import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Bot } from "../../language/index.ts";
import type { CallId } from "../../runtime/index.ts";
import type { Board } from "../call.ts";
import { openLine } from "../party/bot-lines.ts";
import type { Phone } from "../phone/phone.ts";
import { type WebSocket, WebSocketServer } from "../ws.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";

/* Rows 0.17 to 0.20: a bot that is spoken to at a host. It is a script: what it says to each message, in order. */

interface Message {
  conversation: string;
  activities: { id: string; type: string; name: string; value?: string; timestamp: string; parameters?: object }[];
}

let rig: Rig | undefined;
let server: Server;
let heard: Message[] = [];
let script: ((message: Message) => unknown)[] = [];
let status = 200;
let shown: (string | undefined)[] = [];
let sockets: WebSocket[] = [];
afterEach(async () => {
  await rig?.stop();
  for (const socket of sockets) socket.terminate();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  [heard, script, status, shown, sockets, rig] = [[], [], 200, [], [], undefined];
});

/** Speaks HTTP and WebSocket. → Its port. */
async function startBot(autoPong = true): Promise<number> {
  server = createServer((request, response) => {
    shown.push(request.headers.authorization);
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const message: Message = JSON.parse(text);
      heard.push(message);
      const said = script.shift()?.(message) ?? [];
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
    });
  });
  const options = { server, autoPong, maxPayload: 10_000, perMessageDeflate: false };
  const verifyClient = (_: object, tell: (isWelcome: boolean, code?: number) => void) => tell(status === 200, status);
  const webSockets = new WebSocketServer({ ...options, handleProtocols: () => false, verifyClient });
  webSockets.on("connection", (socket, request) => {
    shown.push(request.headers.authorization);
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("message", (data) => {
      const message: Message = JSON.parse(data.toString());
      heard.push(message);
      const said = script.length > 0 ? script.shift()?.(message) : [];
      if (said !== undefined) speak(said);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

function speak(what: unknown, binary = false): void {
  for (const socket of sockets) socket.send(Buffer.from(JSON.stringify(what)), { binary });
}

async function talking(
  speaks: Bot["speaks"],
  along?: { uui?: { discriminator?: string; hex: string }; headers: Record<string, string> },
): Promise<{ rig: Rig; call: CallId; phone: Phone }> {
  const port = await startBot();
  const headers = { "User-to-User": "customerData", "X-inin-cnv": "sessionID", "X-Cell": "cell" };
  const running = await startRig(
    {},
    {
      hosts: { platform: { url: `http://127.0.0.1:${port}`, token: { env: "BOTS" } } },
      bots: { helper: { host: "platform", path: "/bots/helper", headers, speaks } },
    },
  );
  rig = running;
  const phone = await running.phone({ user: "+12220000001" });
  phone.call(`sip:5000@${running.at}`, { "X-Cell": "7" });
  const { call } = await running.next("call.arrived");
  running.perform({ type: "answer", call, ringback: false });
  await running.next("call.answered");
  await phone.calls[0]?.reached("talking");
  running.perform({ type: "ask", call, task: 7, bot: "helper", trunks: [], along });
  if (status === 200) await until(() => heard.length > 0);
  return { rig: running, call, phone };
}

const event = (name: string, activityParams: object = {}) => ({ type: "event", name, activityParams });
const uui = '00{ "personalId": "555" }';

describe.each(["http", "websocket"] as const)("a bot by %s", (speaks) => {
  it("is told who calls, with the headers of the call under its own names (rows 0.16, 0.17)", async () => {
    const hex = Buffer.from('{ "personalId": "555", "creditCard": "xxx" }').toString("hex");
    const { rig, call } = await talking(speaks, {
      uui: { discriminator: "00", hex },
      headers: { "X-inin-cnv": "e21b897e" },
    });
    expect(heard[0]).toEqual({
      conversation: call,
      activities: [
        {
          id: expect.stringMatching(/^[\da-f-]{36}$/),
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          type: "event",
          name: "start",
          parameters: {
            callee: "5000",
            caller: "+12220000001",
            cell: "7",
            sessionID: "e21b897e",
            customerData:
              '00{ "personalId": "555", "creditCard": "xxx" };encoding=ascii;purpose=isdn-uui;content=isdn-uui',
          },
        },
      ],
    });
    expect(shown).toEqual(["Bearer BOTS-password"]);
    rig.perform({ type: "dismiss", call, task: 7 });
    await until(() => heard.at(-1)?.activities[0]?.name === "hangup");
    expect(await rig.rest()).toEqual([]);
  });

  it.each([
    [
      "a list",
      [
        { name: "User-to-User", value: uui },
        { name: "X-Team", value: "loans" },
      ],
      { "X-Team": "loans" },
    ],
    ["one alone", { name: "User-to-User", value: uui }, {}],
    ["values by name", { "User-to-User": uui, "X-Team": "loans" }, { "X-Team": "loans" }],
  ])("hands the caller on, with headers as %s (rows 0.19, 0.20)", async (_, transferSipHeaders, headers) => {
    const params = {
      transferTarget: "tel:+1222",
      transferSipHeaders,
      transferReason: "asked",
      transcript: "a".repeat(5000),
    };
    script = [() => [event("transfer", params)]];
    const { rig, call } = await talking(speaks);
    expect(await rig.next("bot.ended")).toEqual({
      type: "bot.ended",
      call,
      task: 7,
      outcome: "transfer",
      transfer: { target: "+1222", uui, headers, reason: "asked", transcript: "a".repeat(4000) },
    });
    rig.perform({ type: "play", call, task: 8, prompt: "hello", language: "en" });
    expect(await rig.next("treatment.ended")).toMatchObject({ task: 8, outcome: "done" });
  });

  it("hears each key, in order, has prompts played, and ends", async () => {
    script = [
      () => ({ activities: [{ type: "message", text: "hello" }, event("playUrl", { playUrlUrl: "../../secret" })] }),
      () => [{ type: "message", text: "calm" }],
      () => [event("hangup")],
    ];
    const { rig, phone } = await talking(speaks);
    phone.calls[0]?.press("4");
    await rig.next("digit.pressed");
    phone.calls[0]?.press("2");
    await rig.next("digit.pressed");
    expect(await rig.next("bot.ended")).toMatchObject({ task: 7, outcome: "done" });
    const keys = heard.flatMap(({ activities }) => activities).filter(({ name }) => name === "DTMF");
    expect(keys.map(({ value }) => value)).toEqual(["4", "2"]);
    expect(rig.logged.some(({ message }) => message === "what a bot says is no prompt")).toBe(true);
  });

  it("that refuses has failed, with its code", async () => {
    status = 503;
    const { rig } = await talking(speaks);
    expect(await rig.next("bot.ended")).toMatchObject({ outcome: "failed", sip: 503 });
  });

  it("is told that the caller has hung up", async () => {
    const { rig, phone } = await talking(speaks);
    phone.calls[0]?.hangUp();
    await rig.next("call.gone");
    await until(() => heard.at(-1)?.activities[0]?.name === "hangup");
    expect(await rig.rest()).toEqual([]);
  });
});

describe("a bot by websocket", () => {
  it("speaks unasked, and is spoken to by one connection", async () => {
    const { rig, phone } = await talking("websocket");
    phone.calls[0]?.press("4");
    await rig.next("digit.pressed");
    await until(() => heard.length === 2);
    speak({ activities: [{ type: "message", text: "calm" }] });
    speak([event("hangup")]);
    expect(await rig.next("bot.ended")).toMatchObject({ task: 7, outcome: "done" });
    expect(sockets).toHaveLength(1);
  });

  it.each([
    ["breaks", () => sockets[0]?.terminate()],
    ["speaks in bytes", () => speak([event("hangup")], true)],
    ["says what is no JSON", () => sockets[0]?.send(Buffer.from("hangup"), { binary: false })],
    ["says more than can be meant", () => speak("a".repeat(300_000))],
    ["says what nobody asked, without end", () => Array.from({ length: 1001 }, () => speak([]))],
  ])("that %s has failed, and is not called again", async (_, does) => {
    const { rig } = await talking("websocket");
    does();
    expect(await rig.next("bot.ended")).toMatchObject({ outcome: "failed" });
    expect(await rig.rest()).toEqual([]);
    expect(sockets).toHaveLength(1);
  });

  it.each([
    ["does not answer is silent", "silent", 10_000, 1],
    ["does not live has failed", "failed", 60_000, 0],
  ])("that %s", async (_, outcome, afterMs, messages) => {
    const port = await startBot(false);
    const ended: object[] = [];
    const said: unknown[] = [];
    vi.useFakeTimers({ toFake: ["setTimeout", "setInterval", "clearTimeout", "clearInterval"] });
    const later = () => new Promise((resolve) => setImmediate(resolve));
    try {
      const bot = { id: "b", user: "b", host: "h", path: "/", speaks: "websocket" as const, headers: {} };
      const reach: Board["reach"] = (__, path) => ({ url: new URL(`http://127.0.0.1:${port}${path}`), headers: {} });
      const board: Pick<Board, "reach"> = { reach };
      script = [() => undefined];
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a line needs no more of it
      const line = openLine(board as Board, bot, "C", {
        said: (body) => said.push(body),
        failed: (how) => ended.push(how),
      });
      while (sockets.length === 0) await later();
      speak([]);
      while (said.length === 0) await later();
      if (messages > 0) line.tell({});
      while (heard.length < messages) await later();
      vi.advanceTimersByTime(afterMs - 1);
      expect(ended).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(ended).toEqual([{ outcome }]);
    } finally {
      vi.useRealTimers();
    }
  });
});

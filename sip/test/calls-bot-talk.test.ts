import { createServer, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import type { CallId } from "../../runtime/index.ts";
import type { Phone } from "../phone.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";

/* Rows 0.17 to 0.20: a bot that is spoken to by HTTP. It is a script: what it says to each activity, in order. */

interface Message {
  conversation: string;
  activities: { id: string; type: string; name: string; value?: string; timestamp: string; parameters?: object }[];
}

let rig: Rig;
let server: Server;
let heard: Message[] = [];
let script: ((message: Message) => unknown)[] = [];
let status = 200;
afterEach(async () => {
  await rig.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  [heard, script, status] = [[], [], 200];
});

async function talking(along?: {
  uui?: { discriminator?: string; hex: string };
  headers: Record<string, string>;
}): Promise<{ call: CallId; phone: Phone }> {
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const message: Message = JSON.parse(text);
      heard.push(message);
      const said = script.shift()?.(message) ?? [];
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const headers = { "User-to-User": "customerData", "X-inin-cnv": "sessionID", "X-Cell": "cell" };
  rig = await startRig(
    {},
    {
      hosts: { platform: { url: `http://127.0.0.1:${port}` } },
      bots: { helper: { host: "platform", path: "/bots/helper", headers } },
    },
  );
  const phone = await rig.phone({ user: "+12220000001" });
  phone.call(`sip:5000@${rig.at}`, { "X-Cell": "7" });
  const { call } = await rig.next("call.arrived");
  rig.perform({ type: "answer", call, ringback: false });
  await rig.next("call.answered");
  await phone.calls[0]?.reached("talking");
  rig.perform({ type: "ask", call, task: 7, bot: "helper", trunks: [], along });
  await until(() => heard.length > 0);
  return { call, phone };
}

const event = (name: string, activityParams: object = {}) => ({ type: "event", name, activityParams });
const uui = '00{ "personalId": "555" }';

it("is told who calls, with the headers of the call under its own names (rows 0.16, 0.17)", async () => {
  const hex = Buffer.from('{ "personalId": "555", "creditCard": "xxx" }').toString("hex");
  const { call } = await talking({ uui: { discriminator: "00", hex }, headers: { "X-inin-cnv": "e21b897e" } });
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
])("hands the caller on, with headers as %s (rows 0.19, 0.20)", async (_, transferSipHeaders, headers) => {
  const params = {
    transferTarget: "tel:+1222",
    transferSipHeaders,
    transferReason: "asked",
    transcript: "a".repeat(5000),
  };
  script = [() => [event("transfer", params)]];
  const { call } = await talking();
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
  const { phone } = await talking();
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
  await talking();
  expect(await rig.next("bot.ended")).toMatchObject({ outcome: "failed", sip: 503 });
});

it("is told that the caller has hung up", async () => {
  const { phone } = await talking();
  phone.calls[0]?.hangUp();
  await rig.next("call.gone");
  await until(() => heard.at(-1)?.activities[0]?.name === "hangup");
  expect(await rig.rest()).toEqual([]);
});

import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSource, readDirectory } from "../../language/index.ts";
import type { CallId } from "../../runtime/index.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { type RawPhone, type RawRequest, startRawPhone } from "./raw-phone.ts";

/** What Asterisk said in a recorded run, message by message; see `asterisk/README.md`. */
function recorded(name: string): { messages: string[]; notes: string[] } {
  const text = readFileSync(new URL(`asterisk/${name}.sip.txt`, import.meta.url), "utf8");
  const blocks = text.split(/^### /m).filter((block) => block !== "");
  const bodyOf = (block: string): string => block.slice(block.indexOf("\n") + 1).trimEnd();
  return {
    messages: blocks.filter((block) => /^\S+ ccserver <- /.test(block)).map(bodyOf),
    notes: blocks.filter((block) => / NOTE /.test(block)).map((block) => block.split("\n", 1)[0] ?? ""),
  };
}

const startOf = (message: string): string => message.split("\n", 1)[0] ?? "";
const line = (text: string, name: string): string =>
  new RegExp(`^${name}:\\s*(.*)$`, "im").exec(text)?.[1]?.trim() ?? "";
const sdpIn = (message: string): string => {
  const at = message.indexOf("\n\n");
  return at < 0
    ? ""
    : `${message
        .slice(at + 2)
        .trim()
        .replaceAll("\n", "\r\n")}\r\n`;
};

const example = new URL("../../examples/asterisk/directory.yaml", import.meta.url);

let rig: Rig;
let pbx: RawPhone;
let takes: (request: RawRequest) => void;
beforeEach(async () => {
  takes = () => undefined;
  pbx = await startRawPhone((request) => takes(request));
  const trunk = { to: `sip:127.0.0.1:${pbx.port}`, roles: ["pbx", "voicemail", "media"], trusted: "yes" };
  const devices = { phone: { user: "1000", trunk: "pbx" } };
  rig = await startRig({ pbx: trunk }, { devices });
});
afterEach(async () => {
  await rig.stop();
  await pbx.stop();
});

/** Says a recorded response, to a request of ours. */
function say(message: string, { reply }: RawRequest): void {
  const headers = ["Reason", "P-Asserted-Identity", "Supported", "Allow"].flatMap((name) => {
    const value = line(message.split("\n\n", 1)[0] ?? "", name);
    return value === "" ? [] : [`${name}: ${value}`];
  });
  reply(startOf(message).replace("SIP/2.0 ", ""), { body: sdpIn(message), headers });
}

/** A recorded request as it would come to us now. */
function send(message: string, changes: Record<string, string> = {}): void {
  const [head = ""] = message.split("\n\n", 1);
  const body = sdpIn(message);
  const lines = head
    .split("\n")
    .map((one) => {
      const [, name = ""] = /^([A-Za-z-]+):/.exec(one) ?? [];
      return changes[name] === undefined ? one : `${name}: ${changes[name]}`;
    })
    .map((one) => one.replaceAll("127.0.0.1:15060", `127.0.0.1:${pbx.port}`).replaceAll("127.0.0.1:15070", rig.at))
    .map((one) => (/^Content-Length:/i.test(one) ? `Content-Length: ${body.length}` : one));
  pbx.send(`${lines.join("\r\n")}\r\n\r\n${body}`, Number(rig.at.split(":")[1]));
}

/** A request of Asterisk inside a dialog that we began. */
function inside(message: string, invite: string): void {
  send(message, {
    From: `${line(invite, "To")};tag=raw${pbx.port}`,
    To: line(invite, "From"),
    "Call-ID": line(invite, "Call-ID"),
  });
}

const answered = (prefix: string): string | undefined => pbx.received.find((text) => text.startsWith(prefix));
const offerTo1000 = (call: CallId): void =>
  rig.perform({
    type: "offer",
    call,
    offer: "1",
    party: { kind: "agent", agent: "ana", device: "phone" },
    from: "1001",
  });

describe("what an agent's phone says, as Asterisk hands it on (points 9 of a B2BUA in front of it)", () => {
  const { messages, notes } = recorded("h1-response-codes");
  const said = notes.flatMap((note) => {
    const [, phone, asterisk] = /NOTE phone (\d{3}) -> our server (\d{3})/.exec(note) ?? [];
    return phone && asterisk ? [{ phone: Number(phone), asterisk: Number(asterisk) }] : [];
  });
  // One run after another: provisional responses, and the final one that ends it.
  const runs: string[][] = [[]];
  for (const message of messages) {
    if (!message.startsWith("SIP/2.0")) continue;
    runs.at(-1)?.push(message);
    if (/^SIP\/2.0 [3-6]/.test(message)) runs.push([]);
  }
  const busy = new Set([486, 600]);
  const rejected = new Set([301, 403, 603]); // Asterisk makes 603 of the first, 403 of the last

  it("is recorded for twenty answers", () => expect(said).toHaveLength(20));

  it("each is the outcome that the phone meant", async () => {
    const { call } = await rig.caller();
    for (const [at, { phone, asterisk }] of said.entries()) {
      const responses = runs[at] ?? [];
      takes = (request) => request.method === "INVITE" && responses.forEach((response) => say(response, request));
      rig.perform({
        type: "offer",
        call,
        offer: `${at}`,
        party: { kind: "agent", agent: "ana", device: "phone" },
        from: "",
      });
      const outcome = busy.has(phone) ? "busy" : rejected.has(phone) ? "rejected" : "unreachable";
      expect(await rig.next("offer.failed")).toMatchObject({ offer: `${at}`, outcome, sip: asterisk });
    }
  });
});

describe("a caller by Asterisk, joined to a phone behind it (d1)", () => {
  const { messages } = recorded("d1-agent-leg-3pcc-hold");
  const invite = messages.find((message) => message.startsWith("INVITE")) ?? "";
  const agent = messages.filter((message) => /^SIP\/2.0/.test(message) && / INVITE$/m.test(message));
  const ringing = agent.find((message) => message.startsWith("SIP/2.0 180")) ?? "";
  const picked = agent.find((message) => message.startsWith("SIP/2.0 200")) ?? "";
  const rejoined = agent.filter((message) => message.startsWith("SIP/2.0 200")).at(1) ?? "";

  it("all the way: session timers offered, UUI, both legs re-INVITEd, the agent hangs up first", async () => {
    takes = (request) => {
      const again = /^To:.*;tag=/im.test(request.text);
      if (request.method === "INVITE")
        for (const response of again ? [rejoined] : [ringing, picked]) say(response, request);
      if (request.method === "BYE") request.reply("200 OK");
    };
    send(invite);
    const { call, ...arrived } = await rig.next("call.arrived");
    expect(arrived).toMatchObject({ from: "1001", to: "8000", trunk: "pbx", headers: { "x-from-phone": "1001" } });
    rig.perform({ type: "answer", call, ringback: false });
    await until(() => answered("SIP/2.0 200") !== undefined);
    const ok = answered("SIP/2.0 200") ?? "";
    expect(line(ok, "Session-Expires")).toBe("1800;refresher=uac"); // Asterisk refreshes, as it had offered
    send(invite.replace(/^INVITE/, "ACK").replace(/\n\n[^]*/, "\n\n"), {
      To: line(ok, "To"),
      CSeq: "9308 ACK",
      Via: "SIP/2.0/UDP 127.0.0.1:15060;rport;branch=z9hG4bKack",
    });
    await rig.next("call.answered");

    offerTo1000(call);
    await rig.next("offer.ringing");
    await rig.next("offer.answered");
    const placed = answered("INVITE sip:1000@") ?? "";
    expect(line(placed, "From")).toContain("<sip:1001@");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");

    inside(messages.find((message) => message.startsWith("BYE")) ?? "", placed);
    expect(await rig.next("party.gone")).toMatchObject({ offer: "1" });
    rig.perform({ type: "hangup", call });
    await until(() => rig.calls.stats().legs === 0);
  });
});

describe("Asterisk's own re-INVITE, when somebody else is there now (e3; point 4)", () => {
  const { messages } = recorded("e3-refer-from-phone-blind");
  const picked = messages.find((message) => message.startsWith("SIP/2.0 200") && / INVITE$/m.test(message)) ?? "";
  const news = messages.find((message) => message.startsWith("INVITE")) ?? "";

  it("is answered with what holds, and moves nobody's media", async () => {
    takes = (request) => {
      if (request.method === "INVITE") say(picked, request);
      if (request.method === "BYE") request.reply("200 OK");
    };
    const { call } = await rig.caller();
    offerTo1000(call);
    await rig.next("offer.answered");
    const placed = answered("INVITE sip:1000@") ?? "";
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    expect(line(news, "P-Asserted-Identity")).toBe('"Agent 1001" <sip:1001@127.0.0.1>');
    const before = pbx.received.filter((text) => text.startsWith("INVITE")).length;
    inside(news, placed);
    const ours = (): string | undefined =>
      pbx.received.find((text) => text.startsWith("SIP/2.0 200") && / INVITE\r$/m.test(text));
    await until(() => ours() !== undefined);
    inside(
      `${(news.split("\n\n", 1)[0] ?? "")
        .replace(/^INVITE/, "ACK")
        .replace(/ INVITE$/m, " ACK")
        .replace(/branch=\S+/, "branch=z9hG4bKack")}\n\n`,
      placed,
    );
    const told = pbx.received.filter((text) => text.startsWith("INVITE")).at(-1) ?? "";
    expect(/m=audio \d+/.exec(ours() ?? "")?.[0]).toBe(/m=audio \d+/.exec(told)?.[0]);
    expect(pbx.received.filter((text) => text.startsWith("INVITE")).length).toBe(before);
    // The only trace of who is there now (points 4, 10.4); said again, it is no news.
    expect(await rig.rest(50)).toEqual([{ type: "identity.changed", call, offer: "1", identity: "1001" }]);
  });
});

describe("voicemail on Asterisk (c2; point 6)", () => {
  const { messages } = recorded("c2-deposit-hash-ends");
  const picked = messages.find((message) => message.startsWith("SIP/2.0 200") && / INVITE$/m.test(message)) ?? "";
  const bye = messages.find((message) => message.startsWith("BYE")) ?? "";

  it("row 1.20: the agent is named by Diversion alone; its 200 is a mailbox, its BYE the end of the message", async () => {
    takes = (request) => {
      if (request.method === "INVITE") say(picked, request);
      if (request.method === "BYE") request.reply("200 OK");
    };
    const { call } = await rig.caller();
    Object.assign(rig.directory.agents["ana"] ?? {}, { extension: "1000" });
    rig.perform({ type: "deposit", call, task: 1, mailbox: "it", trunk: "pbx", number: "7000" });
    await until(() => rig.calls.stats().mediaLegs === 0);
    const placed = answered("INVITE sip:7000@") ?? "";
    expect(line(placed, "Diversion")).toMatch(/^<sip:1000@[^>]*>;reason=no-answer;counter=1$/);
    expect(line(placed, "History-Info")).toBe(""); // it would win over Diversion, and name another mailbox
    expect(line(bye, "Reason")).toBe("Q.850;cause=16");
    inside(bye, placed);
    expect(await rig.next("voicemail.ended")).toMatchObject({ task: 1, outcome: "empty" }); // nobody has spoken for two seconds
  });
});

describe("RFC 4240 media of the same trunk (f1; point 11)", () => {
  const { messages } = recorded("f1-announcement");
  const picked = messages.find((message) => message.startsWith("SIP/2.0 200") && / INVITE$/m.test(message)) ?? "";
  const bye = messages.find((message) => message.startsWith("BYE")) ?? "";

  it("row 1.43: one trunk plays a prompt, then rings a phone, and takes a message", async () => {
    takes = (request) => {
      if (request.method === "INVITE") say(picked, request);
      if (request.method === "BYE") request.reply("200 OK");
    };
    const { directory } = readDirectory([makeSource("directory.yaml", readFileSync(example, "utf8"))]);
    expect(directory.trunks["asterisk"]?.roles).toEqual(expect.arrayContaining(["pbx", "voicemail", "media"]));
    rig.directory.prompts.served = directory.prompts.served;
    const { call } = await rig.caller();

    rig.perform({ type: "play", call, task: 1, prompt: "welcome", language: "en" });
    await until(() => rig.calls.stats().mediaLegs === 0);
    const asked = answered("INVITE sip:annc@") ?? "";
    // No escape in it, nor a bare `=`: Asterisk drops such an INVITE without an answer.
    expect(startOf(asked)).toMatch(/^INVITE sip:annc@127\.0\.0\.1:\d+;play=[^;%=]+\/welcome\.en\.wav;locale=en SIP/);
    inside(bye, asked);
    expect(await rig.next("treatment.ended")).toMatchObject({ task: 1, outcome: "done" });

    offerTo1000(call);
    expect(await rig.next("offer.answered")).toMatchObject({ offer: "1" });
    rig.perform({ type: "withdraw", call, offer: "1", reason: "strategy" });

    rig.perform({ type: "deposit", call, task: 2, mailbox: "it", trunk: "pbx", number: "7200" });
    await until(() => answered("INVITE sip:7200@") !== undefined);
    expect(
      ["annc", "1000", "7200"].map((user) => startOf(answered(`INVITE sip:${user}@`) ?? "").includes(`:${pbx.port}`)),
    ).toEqual([true, true, true]);
  });
});

it("row 1.21: an agent's call to the number of his box reaches it by the trunk, with his own number", async () => {
  takes = (request) => request.method === "INVITE" && request.reply("486 Busy Here");
  const { call } = await rig.caller();
  rig.perform({
    type: "offer",
    call,
    offer: "1",
    party: { kind: "number", number: "*97", trunks: ["pbx"] },
    from: "1000",
  });
  await rig.next("offer.failed");
  const placed = answered("INVITE") ?? "";
  expect(placed).toMatch(/^INVITE sip:\*97@127\.0\.0\.1:\d+ SIP\/2\.0/);
  expect(
    [line(placed, "From"), line(placed, "P-Asserted-Identity")].map((value) => /sip:(\d+)@/.exec(value)?.[1]),
  ).toEqual(["1000", "1000"]);
});

import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Event } from "../../runtime/index.ts";
import { type Binding, contactHeader, register, type Update } from "../site/bindings.ts";
import { createRegistrar } from "../site/registrar.ts";
import type { SipRequest } from "../dialog/srf.ts";
import { silent } from "../log.ts";
import { createKeeper } from "../trunks/credentials.ts";
import { answerChallenge } from "../trunks/digest.ts";
import { createChallenges } from "../trunks/nonces.ts";
import { type Rig, secretOf, startRig, testDirectory, until } from "./calls-rig.ts";
import { baresip } from "./peers/baresip.ts";
import { peerSuite } from "./peers/suite.ts";
import { okTo } from "./raw-phone.ts";

describe("the table (RFC 3261 10.3)", () => {
  const NOW = 1_000_000;
  const bound = (uri: string, cseq = 1, callId = "a"): Binding => ({
    uri,
    callId,
    cseq,
    expiresAt: NOW + 600_000,
    registeredAt: NOW,
  });
  const [one, two] = ["sip:ana@127.0.0.1:4000", "sip:ana@127.0.0.1:4001;transport=tcp"];
  const current = [bound(one), bound(two)];
  const result = (update: Update): string[] | number =>
    "bindings" in update
      ? update.bindings.map((binding) => `${binding.uri} ${(binding.expiresAt - NOW) / 1000}`)
      : update.status;

  it.each<[string, Parameters<typeof register>[1], Binding[], string[] | number]>([
    ["a contact", { contact: `<${one}>`, expires: "120", callId: "a", cseq: 1 }, [], [`${one} 120`]],
    [
      "its own expires wins",
      { contact: `<${one}>;expires=90`, expires: "120", callId: "a", cseq: 1 },
      [],
      [`${one} 90`],
    ],
    ["without one, an hour", { contact: `<${one}>`, callId: "a", cseq: 1 }, [], [`${one} 3600`]],
    ["a day is cut to an hour", { contact: `<${one}>`, expires: "86400", callId: "a", cseq: 1 }, [], [`${one} 3600`]],
    [
      "a malformed expires counts as none",
      { contact: one, expires: "soon", callId: "a", cseq: 1 },
      [],
      [`${one} 3600`],
    ],
    ["below a minute: 423", { contact: `<${one}>`, expires: "59", callId: "a", cseq: 1 }, [], 423],
    [
      "several, the last first",
      { contact: `<${one}>, <${two}>`, callId: "a", cseq: 1 },
      [],
      [`${two} 3600`, `${one} 3600`],
    ],
    ["again, later", { contact: `<${one}>`, callId: "a", cseq: 2 }, current, [`${one} 3600`, `${two} 600`]],
    ["out of order: nothing changes", { contact: `<${one}>`, callId: "a", cseq: 1 }, current, 500],
    [
      "after a restart of the phone",
      { contact: `<${one}>`, callId: "b", cseq: 1 },
      current,
      [`${one} 3600`, `${two} 600`],
    ],
    ["0 removes one", { contact: `<${one}>;expires=0`, callId: "a", cseq: 2 }, current, [`${two} 600`]],
    ["* removes all", { contact: "*", expires: "0", callId: "a", cseq: 2 }, current, []],
    ["* with a time is malformed", { contact: "*", expires: "60", callId: "a", cseq: 2 }, current, 400],
    ["* out of order", { contact: "*", expires: "0", callId: "a", cseq: 1 }, current, 500],
    ["no contact asks", { callId: "a", cseq: 2 }, current, [`${one} 600`, `${two} 600`]],
    ["one bad of two: none is taken", { contact: `<${one}>, <http://x>`, callId: "a", cseq: 9 }, current, 400],
    [
      "a flood",
      { contact: Array.from({ length: 11 }, (_, at) => `<sip:a@h:${at + 1}>`).join(), callId: "a", cseq: 1 },
      [],
      403,
    ],
  ])("%s", (_what, registration, before, expected) => {
    expect(result(register(before, registration, NOW))).toEqual(expected);
  });

  it("what has run out is not there", () => {
    expect(result(register(current, { callId: "a", cseq: 2 }, NOW + 600_000))).toEqual([]);
    expect(contactHeader(current, NOW + 540_500)).toEqual({ Contact: `<${one}>;expires=60, <${two}>;expires=60` });
  });
});

describe("agents are offline until their phone registers", () => {
  const events: Event[] = [];
  const directory = testDirectory("prompts");
  const keeper = createKeeper({ challenges: createChallenges(), secret: secretOf, log: silent });
  const registrar = createRegistrar({ directory, keeper, deliver: (event) => events.push(event) });
  beforeEach(() => {
    vi.useFakeTimers();
    events.length = 0;
  });
  afterEach(() => vi.useRealTimers());

  function send(user: string, expires: string, source = "127.0.0.1", odd: Record<string, string> = {}): number {
    const headers: Record<string, string> = {
      to: `<sip:${user}@cordboard>`,
      contact: `<sip:${user}@192.168.1.4:5555>`,
      expires,
      "call-id": "a",
      cseq: `${++cseq} REGISTER`,
      ...odd,
    };
    let status = 0;
    registrar.receive(
      {
        method: "REGISTER",
        uri: "sip:cordboard",
        protocol: "udp",
        source_address: source,
        source_port: 5556,
        headers,
        get: (name) => headers[name.toLowerCase()],
        has: (name) => name.toLowerCase() in headers,
        on: () => undefined,
        cancel: () => undefined,
      } satisfies SipRequest,
      {
        finalResponseSent: false,
        send(code, options) {
          status = code;
          asked = options?.headers?.["WWW-Authenticate"];
        },
      },
    );
    return status;
  }
  let cseq = 0;
  let asked: string | undefined;

  it("each is said to be so at the start", () => {
    registrar.announce();
    expect(events).toHaveLength(4);
    expect(events[0]).toEqual({ type: "device.changed", device: "d_ana", up: false });
  });

  it("registers, is called where the request came from, and runs out", () => {
    expect(send("ana", "60")).toBe(200);
    expect(events).toEqual([{ type: "device.changed", device: "d_ana", up: true }]);
    expect(registrar.contacts("ana")).toEqual([
      { uri: "sip:ana@192.168.1.4:5555", proxy: "sip:127.0.0.1:5556", headers: {}, fork: "ana" },
    ]);
    expect(send("ana", "60")).toBe(200);
    expect(events).toHaveLength(1);
    vi.advanceTimersByTime(59_000);
    expect(events).toHaveLength(1);
    vi.advanceTimersByTime(1100);
    expect(events[1]).toEqual({ type: "device.changed", device: "d_ana", up: false });
    expect(registrar.contacts("ana")).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("only users of the directory, from this machine", () => {
    expect(send("nobody", "60")).toBe(404);
    expect(["ana", "nobody"].map((user) => send(user, "60", "192.0.2.7"))).toEqual([401, 401]);
    expect(events).toEqual([]);
  });

  it.each<[string, string, Record<string, string>, number]>([
    ["no user at all", "", {}, 404],
    ["a contact of a carrier", "ana", { contact: "<tel:+881234>" }, 400],
    ["a contact as long as a book", "ana", { contact: `<sip:${"a".repeat(600)}@x>` }, 400],
    ["a contact that ends the line", "ana", { contact: "<sip:ana@x>\r\nContact: <sip:b@y>" }, 400],
    ["eleven contacts", "ana", { contact: Array.from({ length: 11 }, (_, at) => `<sip:a@h:${at + 1}>`).join() }, 403],
    ["everything out, for an hour", "ana", { contact: "*", expires: "3600" }, 400],
  ])("hostile: %s", (_what, user, odd, status) => {
    expect(send(user, odd["expires"] ?? "60", "127.0.0.1", odd)).toBe(status);
    expect(registrar.list()).toEqual([]);
  });

  it("nobody can have us call a third: a phone is called where it registered from, whatever it writes", () => {
    send("ana", "60", "127.0.0.1", { contact: "<sip:ana@203.0.113.5;transport=tcp>, <sip:+881@127.0.0.1:7000>" });
    expect(registrar.contacts("ana").map(({ uri, proxy }) => proxy ?? uri)).toEqual([
      "sip:+881@127.0.0.1:7000",
      "sip:127.0.0.1:5556",
    ]);
    send("ana", "0", "127.0.0.1", { contact: "*" });
  });

  it("who has a password may come from anywhere, and register several phones; others learn nothing", () => {
    const devices = { desk: { user: "desk", password: { env: "DESK" } } };
    const trunks = { account: { inbound: { user: "account", password: { env: "ACCOUNT" } } } };
    registrar.use(testDirectory("prompts", trunks, { devices }));
    events.length = 0;
    const far = "203.0.113.5";
    const prove = (user: string, password: string, contact: string): number => {
      expect(send(user, "60", far)).toBe(401);
      const uri = "sip:cordboard";
      const authorization = answerChallenge(asked, { user, password, method: "REGISTER", uri }) ?? "";
      return send(user, "60", far, { authorization, contact, "call-id": contact });
    };
    const one = "<sip:desk@10.0.0.1:5060>";
    const two = `<sip:desk@${far}:5080>`;
    expect(prove("desk", "guess", one)).toBe(403);
    expect(prove("stranger", "guess", one)).toBe(403);
    expect(prove("ana", "guess", one)).toBe(403); // who has none, registers from this machine only
    expect(prove("account", "DESK-password", one)).toBe(403);
    expect(events).toEqual([]);
    expect([one, two].map((contact) => prove("desk", "DESK-password", contact))).toEqual([200, 200]);
    expect(registrar.contacts("desk").map(({ uri, proxy }) => proxy ?? uri)).toEqual([
      `sip:desk@${far}:5080`,
      `sip:${far}:5556`,
    ]);
    expect(prove("account", "ACCOUNT-password", "<sip:account@10.0.0.2>")).toBe(200);
    expect(events).toEqual([
      { type: "device.changed", device: "desk", up: true },
      { type: "trunk.changed", trunk: "account", up: true },
    ]);
    registrar.use(directory);
  });

  it("with a changed directory, who registers no longer is told of, and the others are left as they are", () => {
    send("luc", "60");
    events.length = 0;
    const moved = structuredClone(directory);
    Object.assign(moved.devices["d_ana"] ?? {}, { trunk: "pbx" });
    registrar.use(moved);
    expect(events).toEqual([{ type: "device.changed", device: "d_ana", up: false }]);
    expect(send("ana", "60")).toBe(404);
    expect(registrar.contacts("luc")).toHaveLength(1);
    registrar.use(directory);
    expect(events.slice(1)).toEqual([{ type: "device.changed", device: "d_ana", up: false }]);
    registrar.stop();
  });
});

describe("over the wire", () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(() => rig.stop());

  it("a phone registers and withdraws", async () => {
    const phone = await rig.agent("ana");
    expect(rig.calls.registrations()).toMatchObject([{ user: "ana", agents: ["ana"], contact: phone.uri }]);
    expect(await phone.register(0)).toBe(200);
    expect(await rig.next("device.changed")).toMatchObject({ device: "d_ana", up: false });
    expect(rig.calls.registrations()).toEqual([]);
    await expect(rig.agent("stranger")).rejects.toThrow("refused to register stranger: 404");
  });

  it("a phone on TCP is called over the connection it registered on", async () => {
    const port = Number(rig.calls.listen.find((one) => one.startsWith("tcp:"))?.split(":")[2]);
    const socket = connect(port, "127.0.0.1");
    let heard = "";
    socket.on("data", (data) => {
      heard += data.toString();
    });
    const register = [
      `REGISTER sip:127.0.0.1:${port} SIP/2.0`,
      "Via: SIP/2.0/TCP phone.invalid;branch=z9hG4bKregister",
      "From: <sip:ana@127.0.0.1>;tag=a",
      "To: <sip:ana@127.0.0.1>",
      "Call-ID: register",
      "CSeq: 1 REGISTER",
      "Contact: <sip:ana@phone.invalid;transport=tcp>",
      "Content-Length: 0",
    ];
    socket.write(`${register.join("\r\n")}\r\n\r\n`);
    await rig.next("device.changed");
    const { call } = await rig.caller();
    rig.perform({
      type: "offer",
      call,
      offer: "1",
      party: { kind: "agent", agent: "ana", device: "d_ana" },
      from: "1",
    });
    await until(() => heard.includes("INVITE sip:ana@phone.invalid;transport=tcp "));
    const invite = heard.slice(heard.indexOf("INVITE"));
    socket.write(
      okTo(invite, 0)
        .replace("200 OK", "486 Busy Here")
        .replace(/^(To:.*)$/m, "$1;tag=b"),
    );
    expect(await rig.next("offer.failed")).toMatchObject({ outcome: "busy", sip: 486 });
    socket.destroy();
  });
});

peerSuite("baresip registers with a password", ["baresip"], () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig({}, { devices: { desk: { user: "desk", password: { env: "DESK" } } } });
  });
  afterEach(() => rig.stop());

  it.each([
    ["the right one", "DESK-password", true],
    ["a wrong one", "guess", false],
  ])("%s", async (_what, password, registers) => {
    const microphone = `${rig.folder}/hello.wav`;
    const phone = await baresip({ user: "desk", server: rig.at, microphone, answers: true, password });
    try {
      if (registers) expect(await rig.next("device.changed", 10_000)).toMatchObject({ device: "desk", up: true });
      else await until(() => rig.logged.some(({ message }) => message === "a wrong password"), 10_000);
      expect(rig.calls.registrations().map(({ user }) => user)).toEqual(registers ? ["desk"] : []);
    } finally {
      await phone.stop();
    }
  });
});

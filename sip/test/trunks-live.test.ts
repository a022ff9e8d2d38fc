import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallId, Party } from "../../runtime/index.ts";
import { parseDigests, responseOf } from "../trunks/digest.ts";
import { livesBy } from "../trunks/health.ts";
import { refreshMs, retryMs } from "../trunks/registration.ts";
import { pause, type Rig, startRig, testDirectory, until } from "./calls-rig.ts";
import { ackTo, inviteTo, type RawPhone, type RawRequest, rawSdp, startRawPhone } from "./raw-phone.ts";

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function peer(take: (request: RawRequest, phone: RawPhone) => void): Promise<RawPhone> {
  const phone = await startRawPhone(take);
  stops.push(() => phone.stop());
  return phone;
}

async function started(...options: Parameters<typeof startRig>): Promise<Rig> {
  const rig = await startRig(...options);
  stops.push(() => rig.stop());
  return rig;
}

const hop = ({ port }: RawPhone): string => `sip:127.0.0.1:${port}`;
const line = (text: string, name: string): string => new RegExp(`^${name}: (.*)$`, "im").exec(text)?.[1] ?? "";
const answersOthers = ({ method, reply }: RawRequest): void => {
  if (method === "BYE" || method === "CANCEL" || method === "OPTIONS") reply("200 OK");
};

/** A carrier that asks for a password, in both algorithms, and says whether the proof is right. */
function proves(text: string, password: string): boolean {
  const [shown] = parseDigests(line(text, "(?:Proxy-)?Authorization"));
  const said = (name: string): string => shown?.get(name) ?? "";
  const [method = ""] = text.split(" ", 1);
  const algorithm = said("algorithm") === "SHA-256" ? "SHA-256" : "MD5";
  const qop = shown?.has("qop") ? { nc: said("nc"), cnonce: said("cnonce") } : undefined;
  const proof = {
    algorithm,
    user: "hotel",
    realm: "carrier",
    password,
    nonce: said("nonce"),
    method,
    uri: said("uri"),
    qop,
  } as const;
  return shown !== undefined && said("username") === "hotel" && said("response") === responseOf(proof);
}

const outbound = { user: "hotel", password: { env: "HOTEL" } };
const number = (trunks: string[]): Party => ({ kind: "number", number: "+34700", trunks });

async function offer(rig: Rig, party: Party): Promise<CallId> {
  const { call } = await rig.caller();
  rig.perform({ type: "offer", call, offer: "1", party, from: "+34600000001" });
  return call;
}

describe("row 0.3: we prove who we are", () => {
  it.each([
    ["401 in MD5", "401 Unauthorized", ["WWW-Authenticate"], ["MD5"]],
    ["407 in SHA-256", "407 Proxy Authentication Required", ["Proxy-Authenticate"], ["SHA-256"]],
    ["401, the strongest of two", "401 Unauthorized", ["WWW-Authenticate", "WWW-Authenticate"], ["MD5", "SHA-256"]],
  ])("%s, in a call and at its end", async (_what, status, headers, algorithms) => {
    const challenge = headers.map(
      (name, at) => `${name}: Digest realm="carrier", nonce="n${at}", algorithm=${algorithms[at]}, qop="auth"`,
    );
    const carrier = await peer((request) => {
      const { method, text, reply } = request;
      if (method === "ACK") return;
      if (!proves(text, "HOTEL-password")) return reply(status, { headers: challenge });
      reply("200 OK", method === "INVITE" ? { body: rawSdp(40_000) } : {});
    });
    const rig = await started({ carrier: { to: hop(carrier), outbound } });
    const call = await offer(rig, number(["carrier"]));
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    rig.perform({ type: "hangup", call });
    await until(() => rig.calls.stats().legs === 0);
    const [first = "", again = ""] = carrier.received.filter((text) => text.startsWith("INVITE"));
    expect(["Call-ID", "From", "To"].map((name) => line(again, name))).toEqual(
      ["Call-ID", "From", "To"].map((name) => line(first, name)),
    );
    expect(Number.parseInt(line(again, "CSeq"), 10)).toBe(Number.parseInt(line(first, "CSeq"), 10) + 1);
    expect(line(again, "(?:Proxy-)?Authorization")).toContain(
      `algorithm=${algorithms.includes("SHA-256") ? "SHA-256" : "MD5"}`,
    );
    expect(carrier.methods().filter((method) => method === "BYE")).toHaveLength(2);
    // It is he who refreshes: the endpoint, which does so for us, has no password.
    expect(line(again, "Session-Expires")).toBe("1800;refresher=uas");
  });

  it("a password that the carrier does not take fails, after two tries", async () => {
    const carrier = await peer(({ method, reply }) => {
      if (method !== "ACK")
        reply("401 Unauthorized", { headers: ['WWW-Authenticate: Digest realm="carrier", nonce="n"'] });
    });
    const rig = await started({ carrier: { to: hop(carrier), outbound } });
    await offer(rig, number(["carrier"]));
    expect(await rig.next("offer.failed")).toMatchObject({ outcome: "unreachable", sip: 401 });
    expect(carrier.methods().filter((method) => method === "INVITE")).toHaveLength(3);
  });

  const own = { ...outbound, realm: "carrier" };
  const asks = (realm: string, algorithm: string): string =>
    `WWW-Authenticate: Digest realm="${realm}", nonce="n", algorithm=${algorithm}, qop="auth"`;

  it("to its own realm alone where the trunk names one: whoever asks in another is shown nothing, and it is told once", async () => {
    const carrier = await peer(({ method, reply }) => {
      if (method !== "ACK")
        reply("401 Unauthorized", { headers: [asks("elsewhere", "SHA-256"), asks("there", "MD5")] });
    });
    const rig = await started({ carrier: { to: hop(carrier), outbound: { ...own, register: "yes" } } });
    const { call } = await rig.caller();
    for (const nth of ["1", "2"]) {
      rig.perform({ type: "offer", call, offer: nth, party: number(["carrier"]), from: "+34600000001" });
      expect(await rig.next("offer.failed")).toMatchObject({ outcome: "unreachable", sip: 401 });
    }
    await until(() => rig.logged.some(({ message }) => message === "not registered"));
    expect(carrier.received.filter((text) => line(text, "Authorization") !== "")).toEqual([]);
    const told = rig.logged.filter(({ message }) => message.includes("another realm"));
    expect(told.map(({ fields }) => fields)).toMatchObject([{ trunk: "carrier", asked: ["elsewhere", "there"] }]);
  });

  it("to its own realm where another is asked for beside it, in a call, at its end and in REGISTER", async () => {
    const carrier = await peer(({ method, text, reply }) => {
      if (method === "ACK") return;
      if (!proves(text, "HOTEL-password"))
        return reply("401 Unauthorized", { headers: [asks("elsewhere", "SHA-256"), asks("carrier", "MD5")] });
      reply("200 OK", method === "INVITE" ? { body: rawSdp(40_000) } : {});
    });
    const rig = await started({ carrier: { to: hop(carrier), outbound: { ...own, register: "yes" } } });
    const call = await offer(rig, number(["carrier"]));
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    rig.perform({ type: "hangup", call });
    await until(() => rig.calls.stats().legs === 0);
    await until(() => rig.logged.some(({ message }) => message === "registered"));
    expect(carrier.methods().filter((method) => method === "BYE")).toHaveLength(2);
  });

  it("who is cancelled while he is asked is not called again", async () => {
    let late: (() => void) | undefined;
    const carrier = await peer((request) => {
      answersOthers(request);
      if (request.method === "INVITE")
        late = () =>
          request.reply("401 Unauthorized", { headers: ['WWW-Authenticate: Digest realm="carrier", nonce="n"'] });
    });
    const rig = await started({ carrier: { to: hop(carrier), outbound } });
    const call = await offer(rig, number(["carrier"]));
    await until(() => late !== undefined);
    rig.perform({ type: "withdraw", call, offer: "1", reason: "strategy" });
    await pause(30);
    late?.();
    await pause(100);
    expect(carrier.methods().filter((method) => method === "INVITE")).toHaveLength(1);
  });
});

it("a carrier that takes no session as short as ours is called again by its own (RFC 4028 7.4)", async () => {
  const carrier = await peer((request) => {
    const { method, text, reply } = request;
    if (method !== "INVITE") answersOthers(request);
    else if (line(text, "Session-Expires") === "7200") reply("200 OK", { body: rawSdp(40_000) });
    else reply("422 Session Interval Too Small", { headers: ["Min-SE: 7200"] });
  });
  const rig = await started({ carrier: { to: hop(carrier) } });
  await offer(rig, number(["carrier"]));
  await rig.next("offer.answered");
  const [first = "", again = ""] = carrier.received.filter((text) => text.startsWith("INVITE"));
  expect(["Supported", "Session-Expires", "Min-SE"].map((name) => line(first, name))).toEqual(["timer", "1800", "90"]);
  expect(line(again, "Min-SE")).toBe("7200");
  expect(line(again, "Call-ID")).toBe(line(first, "Call-ID"));
});

describe("row 4.2: we register, to be called", () => {
  const register =
    (granted: string) =>
    (request: RawRequest): void => {
      if (request.method !== "REGISTER") return answersOthers(request);
      if (!proves(request.text, "HOTEL-password")) {
        return request.reply("401 Unauthorized", {
          headers: ['WWW-Authenticate: Digest realm="carrier", nonce="n", qop="auth"'],
        });
      }
      const expires = line(request.text, "Expires");
      request.reply("200 OK", { headers: expires === "0" ? [] : [`Expires: ${granted}`] });
    };

  it("with a password, again before it ends, and withdraws at the end", async () => {
    const carrier = await peer(register("2"));
    const rig = await started({ carrier: { to: hop(carrier), outbound: { ...outbound, register: "yes" } } });
    const times = (): string[] =>
      carrier.received.filter((text) => text.startsWith("REGISTER")).map((text) => line(text, "Expires"));
    await until(() => times().length >= 4, 8000); // twice, each asked for the password
    const [first = "", proven = ""] = carrier.received;
    expect(first).toMatch(/^REGISTER sip:127\.0\.0\.1:\d+ SIP\/2\.0\r\n/);
    expect(line(first, "To")).toBe(`<sip:hotel@127.0.0.1:${carrier.port}>`);
    expect(line(first, "Contact")).toBe(`<sip:hotel@${rig.at}>`);
    expect(line(first, "Expires")).toBe("600");
    expect(line(proven, "Call-ID")).toBe(line(first, "Call-ID"));
    const counts = carrier.received.map((text) => Number.parseInt(line(text, "CSeq"), 10));
    expect(counts).toEqual([...new Set(counts)].toSorted((a, b) => a - b));
    await rig.calls.stop();
    expect(times().at(-1)).toBe("0");
  });

  it("as long as the carrier wants (423)", async () => {
    const carrier = await peer((request) => {
      if (request.method !== "REGISTER") return answersOthers(request);
      if (Number(line(request.text, "Expires")) < 900)
        return request.reply("423 Interval Too Brief", { headers: ["Min-Expires: 900"] });
      request.reply("200 OK", { headers: ["Expires: 900"] });
    });
    const rig = await started({ carrier: { to: hop(carrier), outbound: { ...outbound, register: "yes" } } });
    await until(() => rig.logged.some(({ message }) => message === "registered"));
    expect(carrier.received.map((text) => line(text, "Expires"))).toEqual(["600", "900"]);
  });

  it("a carrier that calls us by that name says in To who is meant", async () => {
    const carrier = await peer(register("600"));
    const rig = await started({ carrier: { to: hop(carrier), outbound: { ...outbound, register: "yes" } } });
    const invite = [
      `INVITE sip:hotel@${rig.at} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${carrier.port};branch=z9hG4bKin`,
      `From: <sip:+34600000001@carrier>;tag=in`,
      "To: <sip:+34910603165@carrier>",
      "Call-ID: in",
      "CSeq: 1 INVITE",
      `Contact: ${hop(carrier)}`,
      "Content-Length: 0",
      "",
      "",
    ];
    carrier.send(invite.join("\r\n"), Number(rig.at.split(":")[1]));
    const { call, ...arrived } = await rig.next("call.arrived");
    expect(arrived).toMatchObject({ trunk: "carrier", from: "+34600000001", to: "+34910603165" });
    rig.perform({ type: "reject", call, code: 404 });
  });

  it("times: half a minute early, and longer from failure to failure", () => {
    expect([3600, 600, 60, 40, 2].map(refreshMs)).toEqual([3_570_000, 570_000, 30_000, 20_000, 1000]);
    const refused = { status: 403 };
    expect([1, 2, 3, 20].map((failures) => retryMs(failures, refused, 0.5))).toEqual([5000, 10_000, 20_000, 300_000]);
    expect([0, 1].map((draw) => Math.round(retryMs(1, refused, draw)))).toEqual([4500, 5500]);
    const wait = (seconds: string) => ({
      status: 503,
      reason: "",
      req: { method: "REGISTER", uri: "" },
      headers: {},
      has: () => true,
      get: () => seconds,
    });
    expect([retryMs(1, wait("60"), 0.5), retryMs(1, wait("1"), 0.5), retryMs(1, wait("9999999"), 0.5)]).toEqual([
      60_000, 5000, 300_000,
    ]);
  });
});

describe("row 2.2: OPTIONS tell which next hops live", () => {
  it.each([
    [200, true],
    [404, true],
    [405, true],
    [500, true],
    [503, false],
    [408, false],
  ])("%i: %s", (status, lives) => expect(livesBy(status)).toBe(lives));

  it("A,A; A down: B; A back: A; both down: the trunk is down", async () => {
    const serving = { a: true, b: true };
    const member = (name: "a" | "b") =>
      peer((request) => {
        if (request.method === "OPTIONS") return request.reply(serving[name] ? "200 OK" : "503 Service Unavailable");
        if (request.method === "INVITE") request.reply("486 Busy Here");
      });
    const [a, b] = [await member("a"), await member("b")];
    const rig = await started({ pbx: { to: [hop(a), hop(b)], health: "100ms" } });
    const { call } = await rig.caller();
    let offers = 0;
    const called = async (): Promise<string> => {
      const before = [a, b].map((one) => one.methods().filter((method) => method === "INVITE").length);
      rig.perform({ type: "offer", call, offer: `${++offers}`, party: number(["pbx"]), from: "" });
      await rig.next("offer.failed");
      const after = [a, b].map((one) => one.methods().filter((method) => method === "INVITE").length);
      return after.map((count, at) => (count > (before[at] ?? 0) ? "ab"[at] : "")).join("");
    };
    const told = (message: string) =>
      until(() => {
        const seen = rig.logged.splice(0).find((one) => one.message === message);
        if (seen) expect(seen.fields).toMatchObject({ trunk: "pbx" });
        return seen !== undefined;
      });
    expect([await called(), await called()]).toEqual(["a", "a"]);
    serving.a = false;
    await told("a next hop does not answer");
    expect(await called()).toBe("b");
    serving.a = true;
    await told("a next hop is back");
    expect(await called()).toBe("a");
    Object.assign(serving, { a: false, b: false });
    expect(await rig.next("trunk.changed")).toMatchObject({ trunk: "pbx", up: false });
    serving.b = true;
    expect(await rig.next("trunk.changed", 8000)).toMatchObject({ trunk: "pbx", up: true });
  });

  it("with a changed directory only its trunks are asked, and those that are no more are not down", async () => {
    const a = await peer((request) => request.reply("503 Service Unavailable"));
    const rig = await started({ pbx: { to: hop(a), health: "100ms" } });
    expect(await rig.next("trunk.changed")).toMatchObject({ up: false });
    rig.calls.use(testDirectory(rig.folder, { pbx: { to: "sip:192.0.2.1" } }));
    expect(await rig.next("trunk.changed")).toMatchObject({ up: true });
    const before = a.received.length;
    await pause(300);
    expect(a.received.length).toBeLessThanOrEqual(before + 1);
  });
});

describe("row 4.16: after which answers the next hop and trunk are tried", () => {
  const statuses = {
    408: "408 Request Timeout",
    500: "500 Server Error",
    503: "503 Service Unavailable",
    403: "403 Forbidden",
    480: "480 Away",
    404: "404 Not Found",
    486: "486 Busy Here",
    603: "603 Decline",
    600: "600 Busy Everywhere",
  };
  async function second(status: keyof typeof statuses, more: object = {}): Promise<boolean> {
    const first = await peer((request) => request.method === "INVITE" && request.reply(statuses[status]));
    const next = await peer((request) => request.method === "INVITE" && request.reply("486 Busy Here"));
    const rig = await started({ one: { to: hop(first), ...more }, two: { to: hop(next) } });
    await offer(rig, number(["one", "two"]));
    const { sip } = await rig.next("offer.failed");
    const tried = next.methods().includes("INVITE");
    expect(sip).toBe(tried ? 486 : status);
    return tried;
  }
  it.each([
    [408, true],
    [500, true],
    [503, true],
    [403, true],
    [480, true],
    [404, false],
    [486, false],
    [603, false],
    [600, false],
  ] as const)("%i: %s", async (status, tried) => expect(await second(status)).toBe(tried));

  it("with a list of its own", async () => {
    expect([await second(404, { stop_on: [503] }), await second(503, { stop_on: [503] })]).toEqual([true, false]);
  });
});

it("row 4.22: a hop that is only trying is cancelled after its time, and the next is called", async () => {
  let hungUp = (): void => undefined;
  const first = await peer((request) => {
    answersOthers(request);
    if (request.method === "INVITE") request.reply("100 Trying");
    if (request.method === "INVITE") hungUp = () => request.reply("487 Request Terminated");
  });
  const second = await peer((request) => request.method === "INVITE" && request.reply("486 Busy Here"));
  const rig = await started({ one: { to: [hop(first), hop(second)], no_ringback: "300ms" } });
  await offer(rig, number(["one"]));
  expect(await rig.next("offer.failed")).toMatchObject({ outcome: "busy" });
  await until(() => first.methods().includes("CANCEL"));
  expect(first.received.find((text) => text.startsWith("CANCEL"))).toContain("No ringback");
  hungUp();
  await until(() => first.methods().includes("ACK"));
});

it("row 4.4: a trunk with an account may call without registering, and is called where it has", async () => {
  const account = await peer(answersOthers);
  const rig = await started({ account: { inbound: { user: "account", password: { env: "ACCOUNT" } } } });
  await offer(rig, number(["account"]));
  expect(await rig.next("offer.failed")).toMatchObject({ outcome: "unreachable", sip: 480 });
  expect(account.received).toEqual([]);
});

it("row 0.27: a trunk without next hops fails with a clear code", async () => {
  const rig = await started({ bare: { to: [], inbound: { from: ["192.0.2.0/24"] } } });
  await offer(rig, number(["bare"]));
  expect(await rig.next("offer.failed")).toMatchObject({ outcome: "unreachable", sip: 503 });
});

describe("row 4.28, in a call: codecs of the trunk, whoever describes them", () => {
  it("the other side is told them in their order, and a caller of the trunk gets no other", async () => {
    const carrier = await peer((request) => {
      if (request.method === "INVITE") request.reply("200 OK", { body: rawSdp(40_000) });
      answersOthers(request);
    });
    const rig = await started({ carrier: { to: hop(carrier), codecs: ["PCMA"] } });
    await offer(rig, number(["carrier"]));
    await rig.next("offer.answered");
    expect(carrier.received[0]).toMatch(/\r\nm=audio \d+ RTP\/AVP 8 101\r\n/);
  });
});

describe("rows 4.14, 4.25, in a call: 488", () => {
  let carrier: RawPhone;
  let rig: Rig;
  beforeEach(async () => {
    carrier = await peer((request) => {
      if (request.method === "INVITE") request.reply("200 OK", { body: rawSdp(40_000) });
      answersOthers(request);
    });
    rig = await started({
      clear: { to: hop(carrier), srtp: "off" },
      secret: { to: "sip:192.0.2.1", srtp: "required" },
    });
  });

  it("a description in the clear does not leave by a trunk that must be encrypted", async () => {
    await offer(rig, number(["secret"]));
    expect(await rig.next("offer.failed")).toMatchObject({ outcome: "unreachable", sip: 488 });
  });

  it("row 4.25: where all is relayed, it leaves encrypted by us, and the two are joined", async () => {
    const secured = await peer((request) => {
      const keys = `a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:${"A".repeat(40)}\r\n`;
      const body = `${rawSdp(40_000).replace("RTP/AVP", "RTP/SAVP")}${keys}`;
      if (request.method === "INVITE") request.reply("200 OK", { body });
      answersOthers(request);
    });
    const relayed = await started({ secret: { to: hop(secured), srtp: "required", media: "relay" } });
    const call = await offer(relayed, number(["secret"]));
    await relayed.next("offer.answered");
    expect(secured.received[0]).toMatch(
      /\r\nm=audio \d+ RTP\/SAVP [\d ]+\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:/,
    );
    relayed.perform({ type: "connect", call, offer: "1" });
    await relayed.next("call.connected");
    expect(relayed.calls.stats().mediaLegs).toBe(2);
  });

  it.each([
    ["encrypted, where it may not be", rawSdp(4000).replace("RTP/AVP", "RTP/SAVP")],
    ["a fax", rawSdp(4000).replace(/m=audio.*/, "m=image 4000 udptl t38")],
  ])("%s, is refused at once", async (_what, body) => {
    const port = Number(rig.at.split(":")[1]);
    carrier.send(inviteTo(rig.at, carrier.port, { body }), port);
    await until(() => carrier.received.some((text) => text.startsWith("SIP/2.0 488")));
    carrier.send(ackTo(carrier.received.at(-1) ?? "", carrier.port), port);
    expect(await rig.rest(50)).toEqual([]);
  });

  it("a talk that would become a fax stays a talk", async () => {
    const call = await offer(rig, number(["clear"]));
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    const invite = carrier.received.find((text) => text.startsWith("INVITE")) ?? "";
    const body = rawSdp(4000).replace(/m=audio.*/, "m=image 4000 udptl t38");
    const reinvite = [
      `INVITE sip:${rig.at} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${carrier.port};branch=z9hG4bKfax`,
      `From: ${line(invite, "To")};tag=raw${carrier.port}`,
      `To: ${line(invite, "From")}`,
      `Call-ID: ${line(invite, "Call-ID")}`,
      "CSeq: 1 INVITE",
      `Contact: <${hop(carrier)}>`,
      "Content-Type: application/sdp",
      `Content-Length: ${body.length}`,
      "",
      body,
    ];
    carrier.send(reinvite.join("\r\n"), Number(rig.at.split(":")[1]));
    await until(() => carrier.received.some((text) => text.startsWith("SIP/2.0 488")));
    await expect.poll(() => rig.calls.stats().legs).toBe(2);
  });
});

describe("row 4.9: media of a trunk go through us where it says so", () => {
  it.each([
    ["direct", 0],
    ["relay", 2],
  ] as const)("%s: %i legs of ours carry a talk", async (media, legs) => {
    const carrier = await peer((request) => {
      if (request.method === "INVITE") request.reply("200 OK", { body: rawSdp(40_000) });
      answersOthers(request);
    });
    const rig = await started({ carrier: { to: hop(carrier), media } });
    const call = await offer(rig, number(["carrier"]));
    await rig.next("offer.answered");
    rig.perform({ type: "connect", call, offer: "1" });
    await rig.next("call.connected");
    await until(() => rig.calls.stats().mediaLegs === legs);
    rig.perform({ type: "hangup", call });
    await until(() => rig.calls.stats().legs === 0);
    // How the caller was heard is known of what went through us.
    await until(() => rig.measured.length > 0);
  });
});

describe("several phones of one user ring at once", () => {
  /** Phones that register as `ana`, and what each does with a call. */
  async function phones(...takes: ((request: RawRequest) => void)[]): Promise<{ rig: Rig; phones: RawPhone[] }> {
    const all = await Promise.all(takes.map((take) => peer((request) => (answersOthers(request), take(request)))));
    const rig = await started();
    for (const [at, phone] of all.entries()) {
      const lines = [
        `REGISTER sip:${rig.at} SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:${phone.port};branch=z9hG4bKreg${at}`,
        `From: <sip:ana@${rig.at}>;tag=${at}`,
        `To: <sip:ana@${rig.at}>`,
        `Call-ID: ${at}`,
        "CSeq: 1 REGISTER",
        `Contact: <sip:ana@127.0.0.1:${phone.port}>`,
        "Content-Length: 0",
      ];
      phone.send(`${lines.join("\r\n")}\r\n\r\n`, Number(rig.at.split(":")[1]));
      await until(() => phone.received.some((text) => text.startsWith("SIP/2.0 200")));
    }
    await rig.next("device.changed");
    return { rig, phones: all };
  }
  const ana: Party = { kind: "agent", agent: "ana", device: "d_ana" };
  /** Rings, and ends when it is cancelled. */
  const rings = (): ((request: RawRequest) => void) => {
    let invite: RawRequest | undefined;
    return (request) => {
      if (request.method === "INVITE") (invite = request).reply("180 Ringing");
      if (request.method === "CANCEL") invite?.reply("487 Request Terminated");
    };
  };

  it("the first to answer has the call, and the others list none as missed", async () => {
    let answer: (() => void) | undefined;
    const { rig, phones: all } = await phones(rings(), (request) => {
      if (request.method !== "INVITE") return;
      request.reply("180 Ringing");
      answer = () => request.reply("200 OK", { body: rawSdp(40_000) });
    });
    await offer(rig, ana);
    await rig.next("offer.ringing");
    await until(() => all.every((phone) => phone.methods().includes("INVITE")) && answer !== undefined);
    answer?.();
    await rig.next("offer.answered");
    await until(() => all[0]?.methods().includes("CANCEL") === true);
    expect(all[0]?.received.find((text) => text.startsWith("CANCEL"))).toContain("Call completed elsewhere");
    expect(all[1]?.methods()).not.toContain("CANCEL");
  });

  it("both answer at once: one has the call, the other is hung up", async () => {
    const picks = (request: RawRequest): void =>
      void (request.method === "INVITE" && request.reply("200 OK", { body: rawSdp(40_000) }));
    const { rig, phones: all } = await phones(picks, picks);
    await offer(rig, ana);
    await rig.next("offer.answered");
    await until(() => all.filter((phone) => phone.methods().includes("BYE")).length === 1);
    expect(await rig.rest()).toEqual([]);
  });

  it("declined at one, it rings at none; busy at one, it rings on at the other", async () => {
    const declines =
      (status: string) =>
      (request: RawRequest): void =>
        void (request.method === "INVITE" && request.reply(status));
    const first = await phones(rings(), declines("603 Decline"));
    await offer(first.rig, ana);
    const { outcome, sip } = await first.rig.next("offer.failed");
    expect([outcome, sip]).toEqual(["rejected", 603]);
    await until(() => first.phones[0]?.methods().includes("CANCEL") === true);

    const second = await phones(rings(), declines("486 Busy Here"));
    const call = await offer(second.rig, ana);
    await second.rig.next("offer.ringing");
    expect(await second.rig.rest()).toEqual([]);
    second.rig.perform({ type: "withdraw", call, offer: "1", reason: "no_answer" });
    await until(() => second.phones[0]?.methods().includes("CANCEL") === true);
  });

  it("row 3.2: one agent at two phones in turn", async () => {
    const { rig } = await phones((request) => void (request.method === "INVITE" && request.reply("486 Busy Here")));
    const luc = await rig.agent("luc", { answer: "reject" });
    const { call } = await rig.caller();
    rig.perform({ type: "offer", call, offer: "1", party: ana, from: "" });
    expect(await rig.next("offer.failed")).toMatchObject({ outcome: "busy" });
    rig.perform({ type: "offer", call, offer: "2", party: { ...ana, device: "d_luc" }, from: "" });
    expect(await rig.next("offer.failed")).toMatchObject({ outcome: "rejected" });
    expect(luc.calls).toHaveLength(1);
  });
});

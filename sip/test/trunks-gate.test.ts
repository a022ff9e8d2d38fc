import { createSocket } from "node:dgram";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readArrival } from "../caller/arrival.ts";
import { startEndpoint, startEndpointThread } from "../endpoint/index.ts";
import { type Admission, createGate, heardNetworks } from "../site/gate.ts";
import { silent } from "../log.ts";
import { addressesIn } from "../site/networks.ts";
import type { SipRequest } from "../dialog/srf.ts";
import { createKeeper } from "../trunks/credentials.ts";
import { answerChallenge } from "../trunks/digest.ts";
import { createGuesses } from "../trunks/guesses.ts";
import { createChallenges } from "../trunks/nonces.ts";
import { pause, type Rig, secretOf, startRig, testDirectory, until } from "./calls-rig.ts";
import { ackTo, inviteTo, startRawPhone } from "./raw-phone.ts";

/** An INVITE as drachtio-srf hands it on. */
function invite(
  odd: { uri?: string; source?: string; port?: number; headers?: Record<string, string> } = {},
): SipRequest {
  const { uri = "sip:5000@cordboard.example", source = "203.0.113.9", port = 5060 } = odd;
  const headers: Record<string, string> = { from: "<sip:caller@x>", to: `<${uri}>` };
  for (const [name, value] of Object.entries(odd.headers ?? {})) headers[name.toLowerCase()] = value;
  return {
    method: "INVITE",
    uri,
    protocol: "udp",
    source_address: source,
    source_port: port,
    headers,
    get: (name) => headers[name.toLowerCase()],
    has: (name) => name.toLowerCase() in headers,
    on: () => undefined,
    cancel: () => undefined,
  };
}

function gateOf(trunks: Record<string, object>, devices: Record<string, object> = {}) {
  const directory = testDirectory("prompts", trunks, { devices });
  const keeper = createKeeper({ challenges: createChallenges(), secret: secretOf, log: silent });
  const admit = createGate({ directory, keeper, secret: secretOf });
  /** As `trunk`, `phone`, or a status; `user` answers what it is asked. */
  const who = (odd: Parameters<typeof invite>[0] & { user?: string; password?: string }): string => {
    const { user, password = `${user?.toUpperCase()}-password`, ...rest } = odd;
    const named = user ? { From: `<sip:${user}@x>`, ...rest.headers } : { ...rest.headers };
    const request = invite({ ...rest, headers: named });
    let admission = admit(request);
    const asked = "status" in admission && admission.status === 401 ? admission.headers["WWW-Authenticate"] : undefined;
    const challenges = asked?.replaceAll("\r\nWWW-Authenticate:", ",");
    const shown = user && answerChallenge(challenges, { user, password, method: "INVITE", uri: request.uri });
    if (shown) admission = admit(invite({ ...rest, headers: { ...named, Authorization: shown } }));
    return told(admission);
  };
  return { who, admit, directory };
}

function told(admission: Admission): string {
  if ("status" in admission) return String(admission.status);
  const { trunk, phone } = admission.source;
  return trunk ?? (phone === undefined ? "here" : `phone ${phone}`);
}

const ticks = [
  ["host", { host: "hotel.cordboard.example" }],
  ["address", { from: ["192.0.2.0/24"] }],
  ["credentials", { user: "hotel", password: { env: "HOTEL" } }],
] as const;
const combinations = Array.from({ length: 8 }, (_, bits) => ticks.filter((_tick, at) => bits & (1 << at)));
const namesOf = (combination: (typeof combinations)[number]): string =>
  combination.map(([name]) => name).join(" and ") || "nothing";

describe("row 0.4: all that is ticked must hold, in all 8 combinations", () => {
  it.each(combinations.map((combination) => [namesOf(combination), combination] as const))("%s", (_names, ticked) => {
    const { who } = gateOf({
      hotel: { to: ["sip:198.51.100.7"], inbound: Object.assign({}, ...ticked.map(([, key]) => key)) },
    });
    const isTicked = (name: string): boolean => ticked.some(([tick]) => tick === name);
    for (const shown of combinations) {
      const shows = (name: string): boolean => shown.some(([tick]) => tick === name);
      const result = who({
        uri: shows("host") ? "sip:5000@HOTEL.cordboard.example:5061" : "sip:5000@cordboard.example",
        source: shows("address") ? "192.0.2.77" : "203.0.113.9",
        ...(shows("credentials") && { user: "hotel" }),
      });
      // Without an address and credentials of its own it must come from its next hop, which none of these does.
      const known = isTicked("address") || isTicked("credentials");
      const holds = known && ticked.every(([name]) => shows(name));
      expect([namesOf(shown), result === "hotel"]).toEqual([namesOf(shown), holds]);
    }
  });

  it("with nothing ticked it is known by its next hops", () => {
    const { who } = gateOf({ hotel: { to: ["sip:198.51.100.7:5080", "sip:[2001:db8::7]"] } });
    expect(who({ source: "198.51.100.7", port: 40_000 })).toBe("hotel");
    expect(who({ source: "2001:db8::7" })).toBe("hotel");
    expect(who({ source: "198.51.100.8" })).toBe("403");
  });
});

describe("rows 0.2, 4.35: the Request-URI selects the trunk", () => {
  const any = ["0.0.0.0/0", "::/0"];
  const { who } = gateOf({
    one: { inbound: { host: "one.cordboard.example", from: any } },
    two: { inbound: { host: "two.cordboard.example", from: any } },
    six: { inbound: { host: "[2001:db8::1]", from: any } },
    account: { inbound: { user: "account", password: { env: "ACCOUNT" } } },
  });
  it.each([
    ["sip:5000@one.cordboard.example", "one"],
    ["sips:5000@Two.Cordboard.Example:5061;transport=tls", "two"],
    ["sip:5000@[2001:DB8::1]:5060", "six"],
    ["sip:two.cordboard.example@one.cordboard.example", "one"],
    ["sip:5000@three.cordboard.example", "403"],
    ["sip:5000@one.cordboard.example.evil.example", "403"],
    ["tel:+34910", "403"],
  ])("%s: %s", (uri, trunk) => expect(who({ uri })).toBe(trunk));

  it("the user part names a trunk that has credentials, which it must show", () => {
    expect(who({ uri: "sip:account@cordboard.example" })).toBe("401");
    expect(who({ uri: "sip:account@cordboard.example", user: "account" })).toBe("account");
    expect(who({ uri: "sip:5000@cordboard.example", user: "account" })).toBe("account");
  });
});

describe("row 4.24: who may call a sub-domain", () => {
  const host = "hotel.cordboard.example";
  const call = { uri: `sip:5000@${host}` };
  it("anyone", () => expect(gateOf({ a: { inbound: { host, from: ["0.0.0.0/0"] } } }).who(call)).toBe("a"));
  it("who has the account", () => {
    const { who } = gateOf({ a: { inbound: { host, user: "hotel", password: { env: "HOTEL" } } } });
    expect([who(call), who({ ...call, user: "hotel" }), who({ ...call, user: "hotel", password: "no" })]).toEqual([
      "401",
      "a",
      "403",
    ]);
  });
  it("nobody", () => expect(gateOf({ a: { to: ["sip:198.51.100.7"] } }).who(call)).toBe("403"));
});

describe("row 0.5: addresses and networks", () => {
  const { who } = gateOf({
    carrier: { to: ["sip:gw.example"], inbound: { from: ["192.0.2.0/24", "2001:db8::/32"] } },
    pbx: { to: ["sip:198.51.100.7:5080"] },
    local: { to: ["sip:127.0.0.1:5090"] },
  });
  it.each([
    ["192.0.2.9", 1, "carrier"],
    ["::ffff:192.0.2.9", 1, "carrier"],
    ["2001:db8::5", 1, "carrier"],
    ["198.51.100.7", 5080, "pbx"],
    ["198.51.100.7", 40_000, "pbx"],
    ["127.0.0.1", 5090, "local"],
    ["127.0.0.1", 5091, "here"],
    ["::1", 5091, "here"],
    ["198.51.100.8", 5080, "403"],
    ["nonsense", 5080, "403"],
  ])("%s:%i: %s", (source, port, expected) => expect(who({ source, port })).toBe(expected));
});

describe("row 0.5: who is not heard gets no answer", () => {
  it("is heard who is of a trunk, of this machine, or named by the site", () => {
    const trunks = { carrier: { to: "sip:198.51.100.7", inbound: { from: ["192.0.2.0/24"] } } };
    expect(heardNetworks(testDirectory("prompts", trunks))).toBeUndefined();
    const site = { name: "test", heard_from: ["10.0.0.0/8"] };
    const heard = heardNetworks(testDirectory("prompts", trunks, { site })) ?? [];
    const isHeard = addressesIn(heard);
    const asked = [
      "127.0.0.1",
      "::1",
      "::ffff:10.1.2.3",
      "192.0.2.9",
      "198.51.100.7",
      "203.0.113.9",
      "2001:db8::1",
      "junk",
    ];
    expect(asked.map(isHeard)).toEqual([true, true, true, true, true, false, false, false]);
  });

  it.each([
    ["in this thread", startEndpoint],
    ["in one of its own", startEndpointThread],
  ] as const)("%s: silence for strangers, refusals for others, as it stands", async (_where, start) => {
    const endpoint = await start({ listen: ["udp:127.0.0.1:0"], secret: "x", heard: ["127.0.0.2"] });
    const port = Number(endpoint.listen[0]?.split(":")[2]);
    const answers: string[] = [];
    const sockets = await Promise.all(
      ["127.0.0.1", "127.0.0.2"].map(async (address) => {
        const socket = createSocket("udp4");
        socket.on("message", () => answers.push(address));
        await new Promise<void>((resolve) => socket.bind(0, address, resolve));
        return { socket, own: socket.address().port };
      }),
    );
    const ask = async (expected: string[]): Promise<void> => {
      answers.length = 0;
      for (const { socket, own } of sockets) {
        const branch = `z9hG4bK${own}${Math.random()}`;
        const lines = [
          "OPTIONS sip:x@127.0.0.1 SIP/2.0",
          `Via: SIP/2.0/UDP 127.0.0.1;rport;branch=${branch}`,
          "From: <sip:a@x>;tag=a",
          "To: <sip:b@x>",
          `Call-ID: ${branch}`,
          "CSeq: 1 OPTIONS",
          "Max-Forwards: 70",
          "Content-Length: 0",
        ];
        socket.send(`${lines.join("\r\n")}\r\n\r\n`, port, "127.0.0.1");
      }
      await until(() => expected.every((address) => answers.includes(address)));
      expect(answers.toSorted()).toEqual(expected);
    };
    await ask(["127.0.0.2"]);
    endpoint.hear(undefined);
    await pause(50);
    await ask(["127.0.0.1", "127.0.0.2"]);
    for (const { socket } of sockets) socket.close();
    await endpoint.stop();
  });
});

describe("of several trunks that fit, the one that says more", () => {
  const from = ["192.0.2.0/24"];
  const { who } = gateOf({
    plain: { inbound: { from } },
    known: { inbound: { from, host: "known.example" } },
    strict: { inbound: { from, host: "strict.example", user: "strict", password: { env: "STRICT" } } },
    pbx_b: { to: ["sip:198.51.100.7:5080"] },
    pbx_a: { to: ["sip:198.51.100.7:5060"] },
  });
  const source = "192.0.2.1";
  it.each<[string, Parameters<typeof who>[0], string]>([
    ["its network", { source }, "plain"],
    ["its network and host", { source, uri: "sip:1@known.example" }, "known"],
    ["and its password", { source, uri: "sip:1@strict.example", user: "strict" }, "strict"],
    ["what says less does not take what it refuses", { source, uri: "sip:1@strict.example", user: "plain" }, "403"],
    ["two behind one address, by port", { source: "198.51.100.7", port: 5060 }, "pbx_a"],
    ["the other", { source: "198.51.100.7", port: 5080 }, "pbx_b"],
    ["and by no port of theirs the first", { source: "198.51.100.7", port: 9 }, "pbx_b"],
  ])("%s", (_what, odd, trunk) => expect(who(odd)).toBe(trunk));
});

describe("rows 4.17, 4.18, 4.19: tech prefix, token, charged number", () => {
  const from = ["192.0.2.0/24"];
  const source = "192.0.2.1";
  const { who, admit, directory } = gateOf({
    prefixed: { inbound: { from, host: "prefix.example", prefix: "7001" } },
    tokened: { inbound: { host: "token.example", token: { header: "X-Carrier-Token", env: "TOKEN" } } },
    bearer: { inbound: { host: "bearer.example", token: { header: "Authorization", env: "TOKEN" } } },
    lost: { inbound: { host: "lost.example", token: { header: "X-Carrier-Token", env: "MISSING" } } },
    charged: { inbound: { from, host: "charge.example", charge: "+34910603100" } },
  });
  it.each<[string, Parameters<typeof who>[0], string]>([
    ["the prefix", { source, uri: "sip:7001+34910@prefix.example" }, "prefixed"],
    ["a wrong prefix", { source, uri: "sip:7002+34910@prefix.example" }, "403"],
    ["none", { source, uri: "sip:+34910@prefix.example" }, "403"],
    [
      "the token, from anywhere",
      { uri: "sip:1@token.example", headers: { "X-Carrier-Token": "TOKEN-password" } },
      "tokened",
    ],
    ["a wrong token", { uri: "sip:1@token.example", headers: { "X-Carrier-Token": "TOKEN-passwor" } }, "403"],
    ["no token", { uri: "sip:1@token.example" }, "403"],
    [
      "a token of bearers",
      { uri: "sip:1@bearer.example", headers: { Authorization: "Bearer TOKEN-password" } },
      "bearer",
    ],
    ["the token for another host", { headers: { "X-Carrier-Token": "TOKEN-password" } }, "403"],
    ["a token that nobody has told us", { uri: "sip:1@lost.example", headers: { "X-Carrier-Token": "" } }, "403"],
    [
      "the charged number",
      { source, uri: "sip:1@charge.example", headers: { "P-Charge-Info": "<sip:+34910603100@x>;npi=ISDN" } },
      "charged",
    ],
    [
      "as dialled inside the country",
      { source, uri: "sip:1@charge.example", headers: { "P-Charge-Info": "sip:910603100@x" } },
      "charged",
    ],
    ["another", { source, uri: "sip:1@charge.example", headers: { "P-Charge-Info": "<sip:+34910603101@x>" } }, "403"],
    ["no charged number", { source, uri: "sip:1@charge.example" }, "403"],
  ])("%s", (_what, odd, expected) => expect(who(odd)).toBe(expected));

  it("the prefix is no part of the called number", () => {
    const request = invite({ source, uri: "sip:7001%2B34910@prefix.example" });
    const admission = admit(request);
    expect(admission).toEqual({ source: { trunk: "prefixed", prefix: "7001" } });
    if ("source" in admission) expect(readArrival(request, admission.source, directory).to).toBe("+34910");
  });
});

describe("phones with a password may call from anywhere, and are who they have proven to be", () => {
  const { who, admit, directory } = gateOf(
    {},
    {
      desk: { user: "desk", password: { env: "DESK" } },
      lost: { user: "lost", password: { env: "MISSING" } },
      short: { user: "short", password: { env: "PIN_short" } },
    },
  );
  it.each<[string, Parameters<typeof who>[0], string]>([
    ["the right one", { user: "desk" }, "phone desk"],
    ["a wrong one", { user: "desk", password: "1234" }, "403"],
    ["on this machine too", { user: "desk", password: "1234", source: "127.0.0.1" }, "403"],
    ["none", { headers: { From: "<sip:desk@x>" } }, "401"],
    ["one whose password is too short to serve (row 4.3)", { user: "short", password: "short" }, "403"],
    ["one whose password is not there", { user: "lost", password: "" }, "403"],
    ["a phone without one", { headers: { From: "<sip:ana@x>" } }, "403"],
    ["on this machine", { headers: { From: "<sip:ana@x>" }, source: "127.0.0.1" }, "here"],
    ["a stranger", { user: "stranger" }, "403"],
  ])("%s", (_what, odd, expected) => expect(who(odd)).toBe(expected));

  it("the caller is the phone, whatever From says", () => {
    const headers = { From: "<sip:ana@x>" };
    const uri = "sip:5000@cordboard.example";
    const asked = admit(invite({ headers: { From: "<sip:desk@x>" } }));
    const lines = "headers" in asked ? (asked.headers["WWW-Authenticate"] ?? "") : "";
    const proving = { user: "desk", password: "DESK-password", method: "INVITE", uri };
    const Authorization = answerChallenge(lines.split("\r\n")[0], proving) ?? "";
    const request = invite({ headers: { ...headers, Authorization } });
    const admission = admit(request);
    expect(told(admission)).toBe("phone desk");
    if ("source" in admission) expect(readArrival(request, admission.source, directory).from).toBe("desk");
  });
});

describe("passwords cannot be guessed for long", () => {
  const devices = {
    desk: { user: "desk", password: { env: "DESK" } },
    lab: { user: "labs", password: { env: "LAB" } },
  };
  const GUESSES = 20;

  it("of an address that shows too many wrong ones none is right, of others it is; nor in its trunks' calls", () => {
    const { who } = gateOf({ hotel: { inbound: { user: "hotel", password: { env: "HOTEL" } } } }, devices);
    const source = "203.0.113.66";
    for (let at = 0; at < GUESSES; at++) expect(who({ source, user: "desk", password: `guess ${at}` })).toBe("403");
    expect(["desk", "hotel"].map((user) => who({ source, user }))).toEqual(["403", "403"]);
    expect(["desk", "hotel"].map((user) => who({ user }))).toEqual(["phone desk", "hotel"]);
  });

  it("who has proven himself from there before is let in, and is counted by himself", () => {
    const { who } = gateOf({}, devices);
    const source = "203.0.113.66";
    expect(who({ source, user: "labs", password: "LAB-password" })).toBe("phone labs");
    for (let at = 0; at < GUESSES; at++) who({ source, user: "desk", password: `guess ${at}` });
    expect(who({ source, user: "desk" })).toBe("403");
    expect(who({ source, user: "labs", password: "LAB-password" })).toBe("phone labs");
    for (let at = 0; at < GUESSES; at++) who({ source, user: "labs", password: `guess ${at}` });
    expect(who({ source, user: "labs", password: "LAB-password" })).toBe("403");
  });

  it("a source that somebody else writes into his packets is not shut out for it", () => {
    const { who, admit } = gateOf({}, devices);
    const headers = { From: "<sip:desk@x>" };
    const asked = admit(invite({ source: "198.51.100.66", headers }));
    const lines = "headers" in asked ? (asked.headers["WWW-Authenticate"] ?? "") : "";
    const proving = { user: "desk", password: "guess", method: "INVITE", uri: "sip:5000@cordboard.example" };
    for (let at = 0; at < GUESSES; at++) {
      const Authorization = answerChallenge(lines, proving) ?? "";
      expect(told(admit(invite({ source: "203.0.113.9", headers: { ...headers, Authorization } })))).toBe("403");
    }
    expect(who({ source: "203.0.113.9", user: "desk" })).toBe("phone desk");
    expect(who({ source: "198.51.100.66", user: "desk" })).toBe("403");
  });

  it("after a while one more is looked at", () => {
    let now = 1_000_000;
    const guesses = createGuesses(() => now);
    for (let at = 0; at < 2 * GUESSES; at++) guesses.wrong("a", "desk");
    const tries = (): boolean => guesses.mayTry("a", "desk");
    expect(tries()).toBe(false);
    now += 6_001;
    expect(tries()).toBe(true);
    guesses.wrong("a", "desk");
    expect(tries()).toBe(false);
  });
});

describe("asserted identity (RFC 3325 9)", () => {
  const directory = testDirectory("prompts", {
    yes: { to: ["sip:192.0.2.1"], trusted: "yes" },
    no: { to: ["sip:192.0.2.2"] },
  });
  const headers = { From: "<sip:+34600@x>", "P-Asserted-Identity": '"A, B" <sip:+34700@x>, <tel:+34700>' };
  it.each([
    ["yes", "+34700"],
    ["no", "+34600"],
    [undefined, "+34600"],
  ])("of trunk %s: %s", (trunk, from) => {
    expect(readArrival(invite({ headers }), { trunk }, directory).from).toBe(from);
  });
});

describe("row 0.3, over the wire", () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig({
      hotel: {
        inbound: {
          host: "hotel.example",
          user: "hotel",
          password: { env: "HOTEL" },
          realm: "DefaultSipRealm",
          digest: ["SHA-256", "MD5"],
        },
      },
    });
  });
  afterEach(() => rig.stop());

  it("is asked in both algorithms, each on a line of its own (RFC 8760 2.4)", async () => {
    const phone = await startRawPhone(() => undefined);
    const port = Number(rig.at.split(":")[1]);
    phone.send(inviteTo("hotel.example", phone.port), port);
    const refused = (): string | undefined => phone.received.find((text) => text.startsWith("SIP/2.0 401"));
    await until(() => refused() !== undefined);
    phone.send(ackTo(refused() ?? "", phone.port), port);
    const lines = (refused() ?? "").split("\r\n").filter((line) => line.startsWith("WWW-Authenticate: "));
    expect(
      lines.map((line) => /realm="DefaultSipRealm", nonce="[^"]+", algorithm=(.*), qop="auth"$/.exec(line)?.[1]),
    ).toEqual(["SHA-256", "MD5"]);
    for (const [at, line] of lines.entries()) {
      const proving = { user: "hotel", password: "HOTEL-password", method: "INVITE", uri: "sip:5000@hotel.example" };
      const authorization = answerChallenge(line.slice("WWW-Authenticate: ".length), proving);
      const again = inviteTo("hotel.example", phone.port, { headers: [`Authorization: ${authorization}`] })
        .replace(/branch=\S+/, `branch=z9hG4bKagain${at}`)
        .replace(/^Call-ID: /m, `Call-ID: ${at}`);
      phone.send(again, port);
      const { call } = await rig.next("call.arrived");
      rig.perform({ type: "reject", call, code: 404 });
    }
    await phone.stop();
  });
});

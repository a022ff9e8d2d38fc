/** Where names lead (RFC 3263, RFC 2782; rows 0.14, 4.20): as data, with a name server on a real socket, and from one address to the next. */
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { startEndpoint } from "../endpoint/index.ts";
import { header } from "../endpoint/message.ts";
import { type Carrier, inOrder, type Naptr, placesOf, type Resolver, type Srv } from "../endpoint/names.ts";
import { createSignalling } from "../dialog/srf.ts";
import { CERTIFICATES } from "./endpoint/certificates.ts";
import { startNameServer, type Zone } from "./endpoint/dns.ts";
import { openStage, SDP, type Stage } from "./endpoint/stage.ts";

const srv = (priority: number, weight: number, name: string, port = 5060): Srv => ({ priority, weight, port, name });
const naptr = (order: number, service: string, replacement: string, flags = "s"): Naptr => ({
  order,
  preference: 0,
  flags,
  service,
  replacement,
});

function resolverOf({ a = {}, srv: services = {}, naptr: pointers = {} }: Zone): Resolver {
  return {
    naptr: async (name) => pointers[name] ?? [],
    srv: async (name) => services[name] ?? Promise.reject(new Error("ENOTFOUND")),
    addresses: async (host, family) => (family === 4 ? (a[host] ?? []) : []),
  };
}

const UDP: Carrier = { protocol: "udp", family: 4 };
const TCP: Carrier = { protocol: "tcp", family: 4 };
const TLS: Carrier = { protocol: "tls", family: 4 };
const ALL = [UDP, TCP, TLS];

const ZONE: Zone = {
  naptr: {
    "all.test": [
      naptr(20, "SIP+D2U", "_sip._udp.all.test"),
      naptr(10, "SIPS+D2T", "_sips._tcp.all.test"),
      naptr(30, "SIP+D2T", "_sip._tcp.all.test"),
    ],
    "odd.test": [
      naptr(1, "E2U+sip", "x.odd.test", "u"),
      naptr(2, "SIP+D2S", "_sip._sctp.odd.test"),
      naptr(3, "SIP+D2U", "", "a"),
    ],
  },
  srv: {
    "_sips._tcp.all.test": [srv(0, 0, "gw1.all.test", 5071)],
    "_sip._udp.all.test": [srv(1, 0, "gw2.all.test", 5070), srv(0, 0, "gw1.all.test", 5070)],
    "_sip._tcp.all.test": [srv(0, 0, "gw1.all.test", 5072)],
    "_sip._tcp.tcponly.test": [srv(0, 0, "gw1.all.test", 5062)],
    "_sip._udp.nothing.test": [srv(0, 0, ".", 0)],
    "_sip._udp.dangling.test": [srv(0, 0, "gone.test"), srv(1, 0, "gw1.all.test")],
  },
  a: {
    "gw1.all.test": ["192.0.2.11", "192.0.2.12"],
    "gw2.all.test": ["192.0.2.21"],
    "plain.test": ["192.0.2.31"],
    "nothing.test": ["192.0.2.41"],
    "odd.test": ["192.0.2.51"],
  },
};

const at = (name: string, port?: number, chosen = port !== undefined) => ({ host: name, port, chosen });

test.each<[string, ReturnType<typeof at>, Carrier[], string[]]>([
  ["what NAPTR prefers of what we can", at("all.test"), ALL, ["tls:192.0.2.11:5071", "tls:192.0.2.12:5071"]],
  [
    "the next where we cannot",
    at("all.test"),
    [UDP, TCP],
    ["udp:192.0.2.11:5070", "udp:192.0.2.12:5070", "udp:192.0.2.21:5070"],
  ],
  ["sips takes TLS alone", at("all.test"), [TLS], ["tls:192.0.2.11:5071", "tls:192.0.2.12:5071"]],
  [
    "a transport that was chosen needs no NAPTR",
    at("all.test", undefined, true),
    [TCP],
    ["tcp:192.0.2.11:5072", "tcp:192.0.2.12:5072"],
  ],
  ["a port needs no SRV", at("gw2.all.test", 5090), ALL, ["udp:192.0.2.21:5090"]],
  ["without NAPTR each SRV in turn", at("tcponly.test"), ALL, ["tcp:192.0.2.11:5062", "tcp:192.0.2.12:5062"]],
  ["without SRV the addresses", at("plain.test"), ALL, ["udp:192.0.2.31:5060"]],
  ["without SRV the addresses, TLS", at("plain.test"), [TLS], ["tls:192.0.2.31:5061"]],
  ["a service that is none", at("nothing.test"), [UDP], ["udp:192.0.2.41:5060"]],
  [
    "SRV targets without an address are passed over",
    at("dangling.test"),
    ALL,
    ["udp:192.0.2.11:5060", "udp:192.0.2.12:5060"],
  ],
  ["NAPTR of other services", at("odd.test"), ALL, ["udp:192.0.2.51:5060"]],
  ["nowhere", at("gone.test"), ALL, []],
  ["no listener", at("all.test"), [], []],
])("%s", async (_name, where, carriers, expected) => {
  const places = await placesOf(where, carriers, resolverOf(ZONE), () => 0);
  expect(places.map(({ protocol, host, port }) => `${protocol}:${host}:${port}`)).toEqual(expected);
  // A certificate bears the name that was asked for (RFC 5922 4).
  expect(places.every(({ name }) => name === where.host)).toBe(true);
});

describe("weights", () => {
  test("priorities come in order, whatever the dice say; nothing is lost", () => {
    const record = fc.record({ priority: fc.nat(5), weight: fc.nat(100), port: fc.nat(65_535), name: fc.string() });
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 12 }),
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 12, maxLength: 12 }),
        (records, dice) => {
          const ordered = inOrder(records, () => dice.pop() ?? 0);
          expect(ordered.map(({ priority }) => priority)).toEqual(
            records.map(({ priority }) => priority).toSorted((a, b) => a - b),
          );
          expect(new Set(ordered)).toEqual(new Set(records));
        },
      ),
    );
  });

  test("equals share by weight (4.20)", () => {
    const records = [srv(0, 10, "a"), srv(0, 30, "b"), srv(0, 60, "c"), srv(1, 100, "d")];
    const firsts: Record<string, number> = {};
    const draws = 10_000;
    for (let at = 0; at < draws; at++) {
      // Every number from 0 up to 1, evenly.
      const [first] = inOrder(records, () => (at + 0.5) / draws);
      firsts[first!.name] = (firsts[first!.name] ?? 0) + 1;
    }
    expect(firsts).toEqual({ a: 1_000, b: 3_000, c: 6_000 });
  });

  test("weight 0 is drawn when nothing else is left", () => {
    expect(inOrder([srv(0, 0, "zero"), srv(0, 1, "one")], () => 0.99).map(({ name }) => name)).toEqual(["one", "zero"]);
    expect(inOrder([srv(0, 0, "a"), srv(0, 0, "b")], () => 0.5).map(({ name }) => name)).toEqual(["a", "b"]);
  });
});

describe("from one address to the next", () => {
  const TWO: Zone = {
    srv: { "_sip._udp.two.test": [srv(0, 0, "one.test"), srv(1, 0, "other.test")] },
    a: { "one.test": ["192.0.2.71"], "other.test": ["192.0.2.72"] },
  };
  const [ONE, OTHER] = ["192.0.2.71", "192.0.2.72"].map((host) => ({ host, port: 5060 })) as [
    { host: string; port: number },
    { host: string; port: number },
  ];

  async function invite(stage: Stage, uri = "sip:bob@two.test"): Promise<void> {
    stage.say("app", "|", [`INVITE ${uri} SIP/2.0`], SDP);
    // Names are asked for in promises.
    for (let turn = 0; turn < 30; turn++) await Promise.resolve();
  }

  function open(options: Parameters<typeof openStage>[0] = {}): Stage {
    const stage = openStage({ resolver: resolverOf(TWO), ...options });
    stage.connect("app");
    return stage;
  }

  test("when it cannot be reached: the same request, another branch; the application hears of one", async () => {
    const stage = open({ unreachable: ({ host }) => host === ONE.host });
    await invite(stage);
    expect(stage.ladder).toEqual(["0 192.0.2.71 < INVITE", "0 192.0.2.72 < INVITE"]);
    const [first, second] = [stage.last("192.0.2.71"), stage.last("192.0.2.72")];
    for (const name of ["from", "call-id", "cseq", "contact"]) expect(header(second, name)).toBe(header(first, name));
    expect(header(second, "via")).not.toBe(header(first, "via"));
    stage.answer(OTHER, "200 OK", [], SDP);
    stage.say("app", `|${stage.tokens("app")[9]}`, ["ACK sip:placeholder SIP/2.0"]);
    expect(stage.ladder.slice(2)).toEqual(["0 app < 200 INVITE", "0 192.0.2.72 < ACK"]);
    expect(stage.world.core.stats().sent).toBe(1);
    stage.world.advanceTo(40_000);
    expect(stage.world.core.stats()).toMatchObject({ sent: 0, timers: 0 });
  });

  test("when it answers 503, acknowledged first; the last 503 is told", async () => {
    const stage = open();
    await invite(stage);
    stage.answer(ONE, "503 No");
    stage.answer(OTHER, "503 No");
    expect(stage.ladder).toEqual([
      "0 192.0.2.71 < INVITE",
      "0 192.0.2.71 < ACK",
      "0 192.0.2.72 < INVITE",
      "0 192.0.2.72 < ACK",
      "0 app < 503 INVITE",
    ]);
  });

  test("when it is silent for four seconds; one that has begun to answer is waited for", async () => {
    const stage = open();
    await invite(stage);
    stage.world.advanceTo(4_000);
    expect(stage.ladder.filter((line) => line.includes("2.72"))).toEqual(["4000 192.0.2.72 < INVITE"]);
    stage.answer(OTHER, "100 Trying");
    stage.ladder.length = 0;
    stage.world.advanceTo(60_000);
    expect(stage.ladder).toEqual([]);
  });

  test("never once somebody rings, nor after the CANCEL, nor for other refusals", async () => {
    const ringing = open();
    await invite(ringing);
    ringing.answer(ONE, "180 Ringing");
    ringing.answer(ONE, "503 No");
    expect(ringing.ladder.at(-1)).toBe("0 app < 503 INVITE");
    const cancelled = open();
    await invite(cancelled);
    cancelled.say("app", `${cancelled.tokens("app")[10]}|`, ["CANCEL sip:bob@two.test SIP/2.0"]);
    cancelled.world.advanceTo(32_000);
    expect(cancelled.ladder.at(-1)).toBe("32000 app < 408 INVITE");
    const busy = open();
    await invite(busy);
    busy.answer(ONE, "486 Busy");
    expect(busy.ladder.at(-1)).toBe("0 app < 486 INVITE");
  });

  test("what did not answer is tried last for half a minute", async () => {
    const stage = open({ unreachable: ({ host }) => host === ONE.host });
    await invite(stage);
    stage.answer(OTHER, "486 Busy");
    stage.ladder.length = 0;
    await invite(stage);
    expect(stage.ladder).toEqual(["0 192.0.2.72 < INVITE"]);
    stage.answer(OTHER, "486 Busy");
    stage.world.advanceTo(31_000);
    stage.ladder.length = 0;
    await invite(stage);
    expect(stage.ladder[0]).toBe("31000 192.0.2.71 < INVITE");
  });

  test("a name that leads nowhere, and one that leads to us", async () => {
    const stage = open({ resolver: resolverOf({ a: { "me.test": ["127.0.0.1"] } }) });
    await invite(stage, "sip:bob@nowhere.test");
    expect(stage.ladder).toEqual(["0 app < 503 INVITE"]);
    await invite(stage, "sip:bob@me.test:5070");
    expect(stage.ladder.at(-1)).toBe("0 app < NOK can not send request to myself");
    expect(stage.world.core.stats()).toMatchObject({ dialogs: 0 });
  });

  test("an application that goes while a name is asked for leaves nothing", async () => {
    const stage = open();
    stage.say("app", "|", ["INVITE sip:bob@two.test SIP/2.0"], SDP);
    stage.world.disconnect("app");
    for (let turn = 0; turn < 30; turn++) await Promise.resolve();
    expect(stage.ladder).toEqual([]);
    expect(stage.world.core.stats()).toMatchObject({ sent: 0, timers: 0 });
  });
});

describe("with a name server", () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  test("NAPTR, SRV, two gateways of which one is dead: the call arrives", async () => {
    const gateway = await startEndpoint({ listen: ["udp:127.0.0.1:0", "tcp:127.0.0.1:0"], secret: "s" });
    closing.push(() => gateway.stop());
    const [udp, tcp] = gateway.listen.map((each) => Number(each.split(":").at(-1)));
    const names = await startNameServer({
      naptr: {
        "carrier.test": [
          naptr(1, "SIPS+D2T", "_sips._tcp.carrier.test"),
          naptr(2, "SIP+D2U", "_sip._udp.carrier.test"),
        ],
      },
      srv: {
        "_sip._udp.carrier.test": [srv(1, 0, "dead.carrier.test", 9), srv(2, 0, "gw.carrier.test", udp)],
        "_sip._tcp.carrier.test": [srv(1, 0, "gw.carrier.test", tcp)],
      },
      a: { "dead.carrier.test": ["127.0.0.1"], "gw.carrier.test": ["127.0.0.1"] },
    });
    closing.push(() => names.stop());
    const here = await startEndpoint({
      listen: ["udp:127.0.0.1:0", "tcp:127.0.0.1:0", "tls:127.0.0.1:0"],
      secret: "s",
      certificates: CERTIFICATES,
      nameservers: [names.at],
    });
    closing.push(() => here.stop());
    const [caller, callee] = [here, gateway].map(({ app }) => {
      const srf = createSignalling();
      srf.connect({ ...app, secret: "s" });
      closing.push(() => srf.disconnect());
      return srf;
    });
    await Promise.all(
      [caller!, callee!].map((srf) => new Promise<void>((resolve) => srf.on("connect", () => resolve()))),
    );
    const via: (string | undefined)[] = [];
    callee!.use("options", (request, reply) => {
      via.push(request.get("Via")?.slice(0, 11));
      reply.send(200);
    });
    const ask = (uri: string) =>
      new Promise<number>((resolve, reject) =>
        caller!.request(uri, { method: "OPTIONS" }, (error, request) =>
          request ? request.on("response", ({ status }) => resolve(status)) : reject(error),
        ),
      );
    expect(await ask("sip:carrier.test")).toBe(200);
    expect(await ask("sip:carrier.test;transport=tcp")).toBe(200);
    expect(via).toEqual(["SIP/2.0/UDP", "SIP/2.0/TCP"]);
    expect(names.asked).toEqual(
      expect.arrayContaining([
        "NAPTR carrier.test",
        "SRV _sips._tcp.carrier.test",
        "SRV _sip._udp.carrier.test",
        "A gw.carrier.test",
      ]),
    );
    expect(await ask("sip:nobody.test")).toBe(503);
  });
});

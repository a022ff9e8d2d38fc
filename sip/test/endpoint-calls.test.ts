/** What the recorded transcripts do not show: limits, losses, races and routes, as ladders on a virtual clock. */
import { describe, expect, test } from "vitest";
import { fromTag, header, headerLines, toTag } from "../endpoint/message.ts";
import { ALICE, BOB, openStage, SDP, type Stage } from "./endpoint/stage.ts";

const INVITE_BOB = ["INVITE sip:bob@192.0.2.2 SIP/2.0"];

/** Alice called, the application answered, Alice acknowledged. Returns the tag of our side. */
function answered(stage: Stage, invite: Parameters<Stage["ask"]>[1] = {}): string {
  stage.ask("INVITE", { ...invite, body: SDP });
  stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK", "Content-Type: application/sdp"], SDP);
  const tag = toTag(stage.last("alice"))!;
  stage.ask("ACK", { ...invite, branch: undefined, toTag: tag });
  stage.ladder.length = 0;
  return tag;
}

/** The application called Bob, who answered. Returns the name of the dialog. */
function calling(stage: Stage, lines: string[] = [], route = ""): string {
  stage.say("app", `|${route}`, INVITE_BOB, SDP);
  stage.answer(BOB, "200 OK", lines, SDP);
  stage.ladder.length = 0;
  return stage.tokens("app")[9]!;
}

function open(options: Parameters<typeof openStage>[0] = {}): Stage {
  const stage = openStage(options);
  stage.connect("app");
  return stage;
}

describe("new calls", () => {
  test("the same INVITE by another way is a loop", () => {
    const stage = open();
    stage.ask("INVITE", { branch: "z9hG4bKone" });
    stage.ask("INVITE", { branch: "z9hG4bKtwo" });
    stage.ask("INVITE", { branch: "z9hG4bKone" });
    expect(stage.ladder).toEqual([
      "0 alice < 100 INVITE",
      "0 app < INVITE",
      "0 alice < 482 INVITE",
      "0 alice < 100 INVITE",
    ]);
  });

  test("too many that nobody reacts to: 503 at once, until somebody does", () => {
    const stage = open({ limits: { pendingInvites: 2 } });
    for (const callId of ["one", "two", "three"]) stage.ask("INVITE", { callId });
    expect(stage.ladder.at(-1)).toBe("0 alice < 503 INVITE");
    expect(header(stage.last("alice"), "retry-after")).toBe("5");
    expect(stage.world.core.stats().transactions.server).toBe(2);
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 180 Ringing"]);
    stage.ask("INVITE", { callId: "four" });
    expect(stage.ladder.slice(-2)).toEqual(["0 alice < 100 INVITE", "0 app < INVITE"]);
    expect(stage.world.log).toEqual([{ kind: "overload", pending: 2, more: 0 }]);
  });

  test("too many dialogs: 503 at once", () => {
    const stage = open({ limits: { dialogs: 1 } });
    answered(stage);
    stage.ask("INVITE", { callId: "next" });
    expect(stage.ladder).toEqual(["0 alice < 503 INVITE"]);
  });

  test("too many transactions: 503 at once, for any request", () => {
    const stage = open({ limits: { transactions: 1 } });
    stage.ask("OPTIONS");
    stage.ask("OPTIONS");
    expect(stage.ladder).toEqual(["0 app < OPTIONS", "0 alice < 503 OPTIONS"]);
  });

  test("applications take turns, and one that leaves is not asked", () => {
    const stage = open();
    stage.connect("second");
    for (const callId of ["1", "2", "3"]) stage.ask("OPTIONS", { callId });
    stage.world.disconnect("app");
    stage.ask("OPTIONS", { callId: "4" });
    const asked = stage.ladder.filter((line) => line.includes("OPTIONS") && !line.includes("alice"));
    expect(asked).toEqual(["0 app < OPTIONS", "0 second < OPTIONS", "0 app < OPTIONS", "0 second < OPTIONS"]);
  });

  test("who does not ask with rport hears at the port of the Via", () => {
    const stage = open();
    const from = { host: ALICE.host, port: 33_333 };
    const ports: number[] = [];
    const via = "Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKvia";
    stage.ask("OPTIONS", { from, lines: [via] });
    ports.push(Number(stage.tokens("app")[6]));
    stage.ask("OPTIONS", { from, callId: "other", lines: [`${via}2;rport`] });
    ports.push(Number(stage.tokens("app")[6]));
    expect(ports).toEqual([5062, 33_333]);
    expect(headerLines(stage.last("app"), "via")).toEqual([
      "SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKvia2;rport=33333;received=192.0.2.1",
    ]);
  });

  test("a patient application: the provisional response is said again every minute", () => {
    const stage = open();
    stage.ask("INVITE");
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 183 Session Progress"]);
    stage.ladder.length = 0;
    stage.world.advanceTo(130_000);
    expect(stage.ladder).toEqual(["60000 alice < 183 INVITE", "120000 alice < 183 INVITE"]);
  });

  test("proxying is not for this endpoint, and that is told", () => {
    const stage = open();
    stage.ask("INVITE", { body: SDP });
    const proxy = `f|proxy|${stage.tokens("app")[8]}|||followRedirects|serial|1s|1s|sip:bob@192.0.2.2`;
    stage.world.frame("app", `${proxy}\r\nINVITE sip:bob@192.0.2.2 SIP/2.0\r\n\r\n`);
    expect(stage.ladder.at(-1)).toBe("0 app < NOK proxying is not supported by this endpoint");
  });
});

describe("inside a dialog", () => {
  test("an older CSeq, and a second INVITE before the first is answered, are refused", () => {
    const stage = open();
    const toTag = answered(stage);
    stage.ask("INFO", { cseq: 1, toTag });
    stage.ask("INVITE", { cseq: 5, toTag, body: SDP });
    stage.ask("INVITE", { cseq: 6, toTag, body: SDP });
    expect(stage.ladder).toEqual([
      "0 alice < 500 INFO",
      "0 alice < 100 INVITE",
      "0 app < INVITE",
      "0 alice < 500 INVITE",
    ]);
    expect(header(stage.last("alice"), "retry-after")).toBe("1");
  });

  test("a re-INVITE that crosses ours is refused, and possible again when ours is done", () => {
    const stage = open();
    const toTag = answered(stage);
    const dialog = "call;from-tag=alice";
    stage.say("app", `|${dialog}`, ["INVITE sip:placeholder SIP/2.0"], SDP);
    stage.ask("INVITE", { cseq: 2, toTag });
    stage.answer(ALICE, "200 OK", [], SDP);
    stage.say("app", `|${dialog}`, ["ACK sip:placeholder SIP/2.0"]);
    stage.ask("INVITE", { cseq: 3, toTag });
    expect(stage.ladder).toEqual([
      "0 alice < INVITE",
      "0 alice < 491 INVITE",
      "0 app < 200 INVITE",
      "0 alice < ACK",
      "0 alice < 100 INVITE",
      "0 app < INVITE",
    ]);
  });

  test("our BYE waits for the ACK of our 2xx, or for giving that up", () => {
    for (const acknowledged of [true, false]) {
      const stage = open();
      stage.ask("INVITE", { body: SDP });
      stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"], SDP);
      stage.say("app", "|call;from-tag=alice", ["BYE sip:placeholder SIP/2.0"]);
      stage.ladder.length = 0;
      stage.world.advanceTo(100);
      if (acknowledged) stage.ask("ACK", { toTag: fromTag(stage.last("app")) });
      stage.world.advanceTo(32_000);
      const ends = stage.ladder.filter((line) => !line.includes("200 INVITE")).slice(0, 2);
      expect(ends).toEqual(acknowledged ? ["100 app < ACK", "100 alice < BYE"] : ["32000 alice < BYE"]);
    }
  });

  test("a BYE of the caller before the answer ends the INVITE too", () => {
    const stage = open();
    stage.ask("INVITE", { body: SDP });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 183 Session Progress"]);
    stage.ask("BYE", { cseq: 2, toTag: toTag(stage.last("alice")) });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"]);
    expect(stage.ladder.slice(-3)).toEqual(["0 app < BYE", "0 alice < 200 BYE", "0 alice < 487 INVITE"]);
  });

  test("ringing again changes nothing: the callee's requests stay in order", () => {
    const stage = open();
    stage.say("app", "|", INVITE_BOB, SDP);
    const invite = stage.last("bob");
    stage.answer(BOB, "180 Ringing");
    const info = (cseq: number) =>
      stage.ask("INFO", {
        cseq,
        from: BOB,
        callId: header(invite, "call-id"),
        lines: ["From: <sip:bob@192.0.2.2>;tag=bob", `To: ${header(invite, "from")}`],
      });
    info(7);
    stage.answer(BOB, "180 Ringing");
    info(7);
    expect(stage.ladder.slice(-4)).toEqual([
      "0 app < 180 INVITE",
      "0 app < INFO",
      "0 app < 180 INVITE",
      "0 bob < 500 INFO",
    ]);
  });

  test("the target follows the peer's Contact, the CSeq goes up", () => {
    const stage = open();
    const toTag = answered(stage);
    stage.ask("UPDATE", { cseq: 2, toTag, lines: ["Contact: <sip:alice@192.0.2.1:6000>"] });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"]);
    stage.say("app", "|call;from-tag=alice", ["BYE sip:placeholder SIP/2.0"]);
    const bye = stage.last("alice");
    expect(bye.kind === "request" && bye.uri).toBe("sip:alice@192.0.2.1:6000");
    expect([header(bye, "cseq"), fromTag(bye), toTag === fromTag(bye)]).toEqual(["2 BYE", toTag, true]);
  });

  test("of a called application: 481 for another tag, and after the end", () => {
    const stage = open();
    const toTag = answered(stage);
    stage.ask("INFO", { cseq: 2, toTag: "other" });
    stage.ask("BYE", { cseq: 3, toTag });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"]);
    stage.ask("INFO", { cseq: 4, toTag });
    expect(stage.ladder).toEqual(["0 alice < 481 INFO", "0 app < BYE", "0 alice < 200 BYE", "0 alice < 481 INFO"]);
  });

  test.each<[string, string[], { uri: string; routes: string[]; to: string }]>([
    [
      "loose",
      ["Record-Route: <sip:192.0.2.7;lr>, <sip:192.0.2.8;lr>"],
      { uri: "sip:alice@192.0.2.1:5060", routes: ["<sip:192.0.2.7;lr>", "<sip:192.0.2.8;lr>"], to: "192.0.2.7" },
    ],
    [
      "strict",
      ["Record-Route: <sip:192.0.2.7>", "Record-Route: <sip:192.0.2.8;lr>"],
      { uri: "sip:192.0.2.7", routes: ["<sip:192.0.2.8;lr>", "<sip:alice@192.0.2.1:5060>"], to: "192.0.2.7" },
    ],
  ])("routes of a caller are kept in order: %s", (_name, lines, expected) => {
    const stage = open();
    answered(stage, { lines });
    stage.say("app", "|call;from-tag=alice", ["BYE sip:placeholder SIP/2.0"]);
    const bye = stage.last(expected.to);
    expect({ uri: bye.kind === "request" && bye.uri, routes: headerLines(bye, "route"), to: expected.to }).toEqual(
      expected,
    );
  });

  test("routes of a callee are turned round, and our 200 repeats those of the caller", () => {
    const stage = open();
    const dialog = calling(stage, ["Record-Route: <sip:192.0.2.7;lr>, <sip:192.0.2.8;lr>"]);
    stage.say("app", `|${dialog}`, ["ACK sip:placeholder SIP/2.0"]);
    expect(headerLines(stage.last("192.0.2.8"), "route")).toEqual(["<sip:192.0.2.8;lr>", "<sip:192.0.2.7;lr>"]);
    stage.ask("INVITE", { lines: ["Record-Route: <sip:192.0.2.7;lr>"] });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"]);
    expect(headerLines(stage.last("alice"), "record-route")).toEqual(["<sip:192.0.2.7;lr>"]);
  });

  test("over tcp the caller's connection is used again, and the 2xx is repeated all the same", () => {
    const stage = open();
    const from = { host: ALICE.host, port: 40_000 };
    stage.ask("INVITE", {
      from,
      protocol: "tcp",
      body: SDP,
      lines: ["Contact: <sip:alice@192.0.2.1:5060;transport=tcp>"],
    });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK", "Contact: <sip:desk@localhost>"], SDP);
    expect(header(stage.last("alice"), "contact")).toBe("<sip:desk@127.0.0.1:5070;transport=tcp>");
    stage.world.advanceTo(700);
    stage.ask("ACK", { from, protocol: "tcp", toTag: toTag(stage.last("alice")) });
    stage.say("app", "|call;from-tag=alice", ["BYE sip:placeholder SIP/2.0"]);
    expect(stage.ladder).toEqual([
      "0 alice < 100 INVITE (tcp)",
      "0 app < INVITE",
      "0 alice < 200 INVITE (tcp)",
      "500 alice < 200 INVITE (tcp)",
      "700 app < ACK",
      "700 alice < BYE (tcp)",
    ]);
  });

  test("a reliable response nobody acknowledges ends the call", () => {
    const stage = open();
    stage.ask("INVITE", { lines: ["Supported: 100rel"] });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 183 Session Progress", "Require: 100rel"]);
    stage.ladder.length = 0;
    stage.world.advanceTo(32_100);
    const repeated = [500, 1500, 3500, 7500, 15_500, 31_500].map((ms) => `${ms} alice < 183 INVITE`);
    expect(stage.ladder).toEqual([...repeated, "32000 alice < 504 INVITE"]);
  });
});

describe("cancelled", () => {
  test("the peer answered all the same and the application is silent: we acknowledge and hang up", () => {
    const stage = open();
    stage.say("app", "|", INVITE_BOB, SDP);
    const [, , , , , , , , , , transaction] = stage.tokens("app");
    stage.answer(BOB, "180 Ringing");
    stage.say("app", `${transaction}|`, ["CANCEL sip:bob@192.0.2.2 SIP/2.0", 'Reason: SIP;cause=200;text="elsewhere"']);
    expect(header(stage.last("bob"), "reason")).toBe('SIP;cause=200;text="elsewhere"');
    stage.ladder.length = 0;
    // The answer crosses the CANCEL, so it is to the INVITE.
    stage.world.receive(
      [
        "SIP/2.0 200 OK",
        `Via: ${header(stage.last("bob"), "via")}`,
        `From: ${header(stage.last("bob"), "from")}`,
        "To: <sip:bob@192.0.2.2>;tag=bob",
        `Call-ID: ${header(stage.last("bob"), "call-id")}`,
        `CSeq: ${header(stage.last("bob"), "cseq")!.replace("CANCEL", "INVITE")}`,
        "Contact: <sip:bob@192.0.2.2>",
        "Content-Length: 0",
        "",
        "",
      ].join("\r\n"),
      BOB,
    );
    stage.world.advanceTo(499);
    expect(stage.ladder).toEqual(["0 app < 200 INVITE"]);
    stage.world.advanceTo(500);
    expect(stage.ladder.slice(1)).toEqual([
      "500 bob < CANCEL",
      "500 bob < ACK",
      "500 bob < BYE",
      "500 app < unsolicited BYE",
    ]);
  });

  test("no final response in 32 s counts as 487", () => {
    const stage = open();
    stage.say("app", "|", INVITE_BOB, SDP);
    const transaction = stage.tokens("app")[10];
    stage.answer(BOB, "180 Ringing");
    stage.say("app", `${transaction}|`, ["CANCEL sip:bob@192.0.2.2 SIP/2.0"]);
    stage.answer(BOB, "200 OK");
    stage.ladder.length = 0;
    stage.world.advanceTo(40_000);
    expect(stage.ladder).toEqual(["32000 app < 487 INVITE"]);
  });

  test("by the caller, for a re-INVITE: the call goes on", () => {
    const stage = open();
    const toTag = answered(stage);
    stage.ask("INVITE", { cseq: 2, toTag, branch: "z9hG4bKre" });
    stage.ask("CANCEL", { cseq: 2, branch: "z9hG4bKre", toTag });
    stage.ask("INFO", { cseq: 3, toTag });
    expect(stage.ladder).toEqual([
      "0 alice < 100 INVITE",
      "0 app < INVITE",
      "0 alice < 200 CANCEL",
      "0 alice < 487 INVITE",
      "0 app < CANCEL",
      "0 app < INFO",
    ]);
  });
});

describe("an application leaves", () => {
  test("what it holds is refused, what it began is called off, what it did not acknowledge is ended", () => {
    const stage = open();
    stage.ask("INVITE", { callId: "held" });
    calling(stage);
    stage.say("app", "|", ["INVITE sip:carol@192.0.2.3 SIP/2.0"], SDP);
    stage.ladder.length = 0;
    stage.world.disconnect("app");
    expect(stage.ladder).toEqual(["0 alice < 503 INVITE", "0 bob < ACK", "0 bob < BYE"]);
    stage.world.receive(
      `SIP/2.0 180 Ringing\r\n${["via", "from", "to", "call-id", "cseq"].map((key) => `${key}: ${header(stage.last("192.0.2.3"), key)}`).join("\r\n")}\r\n\r\n`,
      { host: "192.0.2.3", port: 5060 },
    );
    expect(stage.ladder.at(-1)).toBe("0 192.0.2.3 < CANCEL");
  });

  test("its calls stay up; the peer can end them, another application can take them over", () => {
    const stage = open();
    const toTag = answered(stage);
    stage.world.disconnect("app");
    stage.ask("INFO", { cseq: 2, toTag });
    stage.connect("second");
    stage.say("second", "|call;from-tag=alice", ["INFO sip:placeholder SIP/2.0"]);
    stage.ask("INFO", { cseq: 3, toTag });
    stage.world.disconnect("second");
    stage.ask("BYE", { cseq: 4, toTag });
    expect(stage.ladder).toEqual([
      "0 alice < 480 INFO",
      "0 alice < INFO",
      "0 second < INFO",
      "0 alice < 480 INFO",
      "0 alice < 200 BYE",
    ]);
    expect(stage.world.core.stats().dialogs).toBe(0);
  });
});

describe("what is filled in", () => {
  const sent = (lines: string[], route = "") => {
    const stage = open();
    stage.say("app", `||${route}`, lines, "");
    return stage.last("bob");
  };

  test.each<[string, string, string]>([
    ["Contact", "Contact: <sip:desk@localhost>", "<sip:desk@127.0.0.1:5070>"],
    ["Contact", "Contact: <sip:localhost>", "<sip:127.0.0.1:5070>"],
    ["Contact", 'contact: "Desk" <sip:desk@localhost;ob>;expires=60', '"Desk" <sip:desk@127.0.0.1:5070;ob>;expires=60'],
    ["Contact", "Contact: <sip:desk@localhost:5099>", "<sip:desk@localhost:5099>"],
    ["Contact", "X-Nothing: 1", "<sip:127.0.0.1:5070>"],
    ["From", "From: <sip:desk@localhost>;tag=mine", "<sip:desk@127.0.0.1:5070>;tag=mine"],
    [
      "P-Asserted-Identity",
      "P-Asserted-Identity: <sip:1@localhost>, <sip:2@localhost>",
      "<sip:1@127.0.0.1:5070>, <sip:2@127.0.0.1:5070>",
    ],
    ["To", "X-Nothing: 1", "<sip:bob@192.0.2.2;user=phone>"],
    ["Max-Forwards", "max-forwards: 12", "12"],
    ["X-lower", "X-lower: kept", "kept"],
  ])("%s from %s", (name, line, expected) => {
    const message = sent(["INVITE sip:bob@192.0.2.2;transport=udp;user=phone SIP/2.0", line]);
    expect(header(message, name.toLowerCase())).toBe(expected);
  });

  test("the next hop of a proxy is no Route", () => {
    const message = sent(["INVITE tel:+3581234 SIP/2.0"], "sip:192.0.2.2");
    expect([message.text.slice(0, message.text.indexOf("\r\n")), header(message, "route")]).toEqual([
      "INVITE tel:+3581234 SIP/2.0",
      undefined,
    ]);
  });

  test.each<[string, string[], string]>([
    ["no URI", ["OPTIONS bob SIP/2.0"], "invalid request-uri: OPTIONS bob SIP/2.0"],
    ["a tel URI without a next hop", ["OPTIONS tel:+1 SIP/2.0"], "invalid request-uri: OPTIONS tel:+1 SIP/2.0"],
    ["tls", ["OPTIONS sip:b@192.0.2.2;transport=tls SIP/2.0"], "requested protocol/transport not available"],
    ["sips", ["OPTIONS sips:b@192.0.2.2 SIP/2.0"], "requested protocol/transport not available"],
    [
      "IPv6 without such a listener",
      ["OPTIONS sip:b@[2001:db8::1] SIP/2.0"],
      "requested protocol/transport not available",
    ],
    ["ourselves", ["OPTIONS sip:b@127.0.0.1:5070 SIP/2.0"], "can not send request to myself"],
    ["a From nobody could read", ["OPTIONS sip:b@192.0.2.2 SIP/2.0", 'From: "a <sip:a@b>'], "invalid from header"],
    [
      "a line feed in a value",
      ["OPTIONS sip:b@192.0.2.2 SIP/2.0", "X-A: a\nX-B: b"],
      "Server error: the value of X-A holds a control character",
    ],
    ["no SIP at all", ["hello"], "Server error: the first line is neither request nor status"],
  ])("NOK: %s", (_name, lines, expected) => {
    const stage = open();
    stage.say("app", "|", lines);
    expect(stage.ladder).toEqual([`0 app < NOK ${expected}`]);
  });

  test("frames of a kind nobody knows end the connection, proxying does not", () => {
    const stage = open();
    stage.world.frame("app", "1|proxy|x||||serial|1s|1s|sip:a@b");
    stage.world.frame("app", "2|dance|");
    stage.world.frame("app", "3|ping");
    expect(stage.ladder).toEqual([
      "0 app < NOK proxying is not supported by this endpoint",
      "0 app < NO Unknown message type",
      "0 app closed",
    ]);
  });
});

describe("nothing is left behind", () => {
  test("after calls of every kind no transaction, dialog or timer remains", () => {
    const stage = open({ unreachable: (to) => to.host === "192.0.2.66" });
    const toTag = answered(stage);
    stage.ask("BYE", { cseq: 2, toTag });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"]);
    const dialog = calling(stage);
    stage.say("app", `|${dialog}`, ["ACK sip:placeholder SIP/2.0"]);
    stage.say("app", `|${dialog}`, ["BYE sip:placeholder SIP/2.0"]);
    stage.answer(BOB, "200 OK");
    stage.say("app", "|", ["INVITE sip:x@192.0.2.66 SIP/2.0"], SDP);
    stage.say("app", "|", ["INVITE sip:x@192.0.2.67 SIP/2.0"], SDP);
    stage.ask("INVITE", { callId: "forgotten" });
    stage.ask("INVITE", { callId: "unacknowledged" });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"]);
    stage.ask("OPTIONS", { callId: "unanswered" });
    stage.world.advanceTo(300_000);
    expect(stage.world.core.stats()).toEqual({
      transactions: { client: 0, server: 0, bytes: 0 },
      dialogs: 0,
      orphans: 0,
      held: 0,
      sent: 0,
      timers: 0,
      apps: 1,
      connections: 0,
    });
  });
});

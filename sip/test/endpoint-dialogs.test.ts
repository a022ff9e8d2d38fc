/** Subscriptions, session timers, and requests that came twice, as ladders on the virtual clock. */
import { describe, expect, test } from "vitest";
import { header, toTag } from "../endpoint/message.ts";
import { ALICE, BOB, openStage, SDP, type Stage } from "./endpoint/stage.ts";

const NONE = { transactions: { client: 0, server: 0, bytes: 0 }, dialogs: 0, held: 0, sent: 0, timers: 0 };

function open(routes: string[] = []): Stage {
  const stage = openStage();
  stage.connect("app");
  for (const method of routes) stage.world.frame("app", `r|route|${method}`);
  return stage;
}

/** The application's response to the last request it got. */
const reply = (stage: Stage, status: string, lines: string[] = [], body = "") =>
  stage.say("app", `${stage.tokens("app")[8]}|`, [`SIP/2.0 ${status}`, ...lines], body);

function since(stage: Stage): string[] {
  return stage.ladder.splice(0);
}

/** Nothing stays: no dialog, transaction or timer. */
function expectNothingLeft(stage: Stage): void {
  stage.world.advanceTo(stage.world.now() + 70_000);
  expect(stage.world.core.stats()).toMatchObject(NONE);
  expect(stage.world.log.filter(({ kind }) => kind === "defect")).toEqual([]);
}

describe("subscriptions to us", () => {
  const EVENT = ["Event: presence", "Expires: 60"];

  /** Alice has subscribed; her dialog's tag of ours. */
  function subscribed(stage: Stage): string {
    stage.ask("SUBSCRIBE", { lines: [...EVENT, "Record-Route: <sip:192.0.2.9;lr>"] });
    reply(stage, "202 Accepted", ["Expires: 60"]);
    return toTag(stage.last("alice"))!;
  }

  test("SUBSCRIBE, NOTIFY, renewal, the last NOTIFY", () => {
    const stage = open(["subscribe"]);
    const tag = subscribed(stage);
    expect(header(stage.last("alice"), "contact")).toBe("<sip:127.0.0.1:5070>");
    expect(header(stage.last("alice"), "record-route")).toBe("<sip:192.0.2.9;lr>");
    const id = stage.tokens("app")[11]!;
    expect(id).toBe("call;from-tag=alice");
    const notify = ["NOTIFY sip:placeholder SIP/2.0", "Event: presence"];
    stage.say("app", `|${id}`, [...notify, "Subscription-State: active;expires=60"]);
    expect(header(stage.last("192.0.2.9"), "route")).toBe("<sip:192.0.2.9;lr>");
    stage.answer({ host: "192.0.2.9", port: 5060 }, "200 OK");
    stage.ask("SUBSCRIBE", { cseq: 2, toTag: tag, lines: EVENT });
    reply(stage, "200 OK", ["Expires: 60"]);
    expect(since(stage).slice(-4)).toEqual([
      "0 192.0.2.9 < NOTIFY",
      "0 app < 200 NOTIFY",
      "0 app < SUBSCRIBE",
      "0 alice < 200 SUBSCRIBE",
    ]);
    stage.say("app", `|${id}`, [...notify, "Subscription-State: terminated"]);
    expect(stage.world.core.stats().dialogs).toBe(1);
    stage.answer({ host: "192.0.2.9", port: 5060 }, "200 OK");
    expect(stage.world.core.stats().dialogs).toBe(0);
    stage.say("app", `|${id}`, notify);
    expect(since(stage).at(-1)).toMatch(/NOK Server error: unable to find dialog/);
    expectNothingLeft(stage);
  });

  test("one that is not renewed is forgotten, and one whose subscriber has forgotten it", () => {
    const stage = open(["subscribe"]);
    subscribed(stage);
    stage.world.advanceTo(91_000);
    expect(stage.world.core.stats().dialogs).toBe(1);
    stage.world.advanceTo(92_000);
    expect(stage.world.core.stats().dialogs).toBe(0);
    stage.ask("SUBSCRIBE", { callId: "two", lines: EVENT });
    reply(stage, "200 OK");
    stage.say("app", "|two;from-tag=alice", ["NOTIFY sip:placeholder SIP/2.0", "Event: presence"]);
    stage.answer(ALICE, "481 Gone");
    expectNothingLeft(stage);
  });

  test("a refused one leaves nothing", () => {
    const stage = open(["subscribe"]);
    stage.ask("SUBSCRIBE", { lines: EVENT });
    reply(stage, "489 Bad Event");
    expect(stage.world.core.stats().dialogs).toBe(0);
    expectNothingLeft(stage);
  });

  test("a REFER outside a dialog that is accepted begins one for its NOTIFYs", () => {
    const stage = open(["refer"]);
    stage.ask("REFER", { lines: ["Refer-To: <sip:carol@192.0.2.3>"] });
    reply(stage, "202 Accepted");
    stage.say(
      "app",
      "|call;from-tag=alice",
      [
        "NOTIFY sip:placeholder SIP/2.0",
        "Event: refer",
        "Subscription-State: terminated;reason=noresource",
        "Content-Type: message/sipfrag",
      ],
      "SIP/2.0 200 OK",
    );
    stage.answer(ALICE, "200 OK");
    expect(since(stage)).toEqual(["0 app < REFER", "0 alice < 202 REFER", "0 alice < NOTIFY", "0 app < 200 NOTIFY"]);
    expectNothingLeft(stage);
  });
});

describe("subscriptions of ours", () => {
  /** Asked of Bob; the id of its dialog. */
  function asked(stage: Stage): string {
    stage.say("app", "|", [
      "SUBSCRIBE sip:bob@192.0.2.2 SIP/2.0",
      "Event: presence",
      "Expires: 60",
      "Contact: <sip:me@localhost>",
    ]);
    const sent = stage.last("bob");
    return `${header(sent, "call-id")};from-tag=${/tag=(.*)/.exec(header(sent, "from")!)![1]}`;
  }

  function notify(stage: Stage, id: string, cseq: number, state: string): void {
    const [callId, fromTag] = id.split(";from-tag=");
    stage.ask("NOTIFY", {
      from: BOB,
      callId,
      cseq,
      lines: [
        "From: <sip:bob@192.0.2.2>;tag=bob",
        `To: <sip:me@127.0.0.1>;tag=${fromTag}`,
        "Event: presence",
        `Subscription-State: ${state}`,
      ],
    });
  }

  test("SUBSCRIBE, NOTIFYs, the last of them", () => {
    const stage = open();
    const id = asked(stage);
    stage.answer(BOB, "202 Accepted", ["Expires: 60"]);
    expect(stage.tokens("app")[9]).toBe(id);
    notify(stage, id, 1, "active");
    expect(stage.tokens("app")[9]).toBe(id);
    reply(stage, "200 OK");
    stage.say("app", `|${id}`, ["SUBSCRIBE sip:placeholder SIP/2.0", "Event: presence", "Expires: 0"]);
    expect(header(stage.last("bob"), "contact")).toBe("<sip:me@127.0.0.1:5070>");
    stage.answer(BOB, "200 OK", ["Expires: 0"]);
    notify(stage, id, 2, "terminated;reason=timeout");
    reply(stage, "200 OK");
    expect(stage.world.core.stats().dialogs).toBe(0);
    since(stage);
    notify(stage, id, 3, "active");
    expect(since(stage)).toEqual(["0 bob < 481 NOTIFY"]);
    expectNothingLeft(stage);
  });

  test("a NOTIFY that is faster than the 2xx waits for it", () => {
    const stage = open();
    const id = asked(stage);
    // Whom we have asked is heard, wherever he is.
    stage.world.core.hear(["203.0.113.0/24"]);
    notify(stage, id, 1, "active");
    expect(since(stage)).toEqual(["0 bob < SUBSCRIBE"]);
    // The peer has it, so the answer is to the SUBSCRIBE before.
    stage.world.receive(answerTo(stage, id, "200 OK"), BOB);
    expect(since(stage)).toEqual(["0 app < 200 SUBSCRIBE", "0 app < NOTIFY"]);
    reply(stage, "200 OK");
    expect(since(stage)).toEqual(["0 bob < 200 NOTIFY"]);
  });

  test("a NOTIFY before a refusal is none of ours", () => {
    const stage = open();
    const id = asked(stage);
    notify(stage, id, 1, "active");
    stage.answer(BOB, "403 Forbidden");
    expect(since(stage).slice(-2)).toEqual(["0 app < 403 SUBSCRIBE", "0 bob < 481 NOTIFY"]);
    expectNothingLeft(stage);
  });

  test("where the last NOTIFY never comes, it is forgotten", () => {
    const stage = open();
    asked(stage);
    stage.answer(BOB, "200 OK", ["Expires: 0"]);
    stage.world.advanceTo(40_000);
    expectNothingLeft(stage);
  });

  function answerTo(stage: Stage, id: string, status: string): string {
    const sent = stage.last("bob");
    return [
      `SIP/2.0 ${status}`,
      `Via: ${header(sent, "via")}`,
      `From: ${header(sent, "from")}`,
      `To: ${header(sent, "to")};tag=bob`,
      `Call-ID: ${id.split(";")[0]}`,
      `CSeq: ${header(sent, "cseq")}`,
      "Contact: <sip:bob@192.0.2.2>",
      "Content-Length: 0",
      "",
      "",
    ].join("\r\n");
  }
});

describe("session timers", () => {
  const TIMER = "Supported: timer";

  /** Alice calls with these lines, the application answers with those; the tag of ours. */
  function answered(stage: Stage, lines: string[], ours: string[] = []): string {
    stage.ask("INVITE", { body: SDP, lines });
    reply(stage, "200 OK", ours, SDP);
    const tag = toTag(stage.last("alice"))!;
    stage.ask("ACK", { toTag: tag });
    return tag;
  }

  test.each<[string, string[], string[], string | undefined, string | undefined]>([
    ["the caller refreshes when nothing is said", [TIMER, "Session-Expires: 1800"], [], "1800;refresher=uac", "timer"],
    ["the caller wants it", [TIMER, "x: 1800;refresher=uac"], [], "1800;refresher=uac", "timer"],
    ["the caller wants us to", [TIMER, "Session-Expires: 1800;refresher=uas"], [], "1800;refresher=uas", undefined],
    ["a caller that knows none, asked for on the way", ["Session-Expires: 1800"], [], "1800;refresher=uas", undefined],
    ["the application's own word", [TIMER], ["Session-Expires: 600;refresher=uas"], "600;refresher=uas", undefined],
    [
      "the same, of a caller that knows none",
      [],
      ["Session-Expires: 600;refresher=uas"],
      "600;refresher=uas",
      undefined,
    ],
    ["too little to agree to", [TIMER, "Session-Expires: 10"], [], undefined, undefined],
    ["nonsense", [TIMER, "Session-Expires: soon"], [], undefined, undefined],
    ["nobody asks", [TIMER], [], undefined, undefined],
  ])("what a 2xx agrees to: %s", (_name, lines, ours, expires, require) => {
    const stage = open();
    stage.ask("INVITE", { body: SDP, lines });
    reply(stage, "200 OK", ours, SDP);
    expect(header(stage.last("alice"), "session-expires")).toBe(expires);
    expect(header(stage.last("alice"), "require")).toBe(require);
  });

  test("the caller does not refresh: the call ends a third before it runs out, 32 s at most", () => {
    const stage = open();
    answered(stage, [TIMER, "Session-Expires: 90"]);
    since(stage);
    stage.world.advanceTo(59_999);
    expect(since(stage)).toEqual([]);
    stage.world.advanceTo(60_000);
    expect(since(stage)).toEqual(["60000 alice < BYE", "60000 app < unsolicited BYE"]);
    expect(header(stage.last("alice"), "reason")).toContain("Session timer expired");
    stage.answer(ALICE, "200 OK");
    expectNothingLeft(stage);
  });

  test("each refresh of the caller's, INVITE or UPDATE, starts it anew; one too short is refused", () => {
    const stage = open();
    const toTag = answered(stage, [TIMER, "Session-Expires: 90"]);
    stage.world.advanceTo(50_000);
    stage.ask("UPDATE", { cseq: 2, toTag, lines: [TIMER, "Session-Expires: 90;refresher=uac"] });
    reply(stage, "200 OK");
    expect(header(stage.last("alice"), "session-expires")).toBe("90;refresher=uac");
    stage.world.advanceTo(100_000);
    stage.ask("INVITE", { cseq: 3, toTag, body: SDP, lines: [TIMER, "Session-Expires: 90;refresher=uac"] });
    reply(stage, "200 OK", [], SDP);
    stage.ask("ACK", { cseq: 3, toTag });
    stage.ask("UPDATE", { cseq: 4, toTag, lines: [TIMER, "Session-Expires: 30"] });
    expect(stage.ladder.at(-1)).toBe("100000 alice < 422 UPDATE");
    expect(header(stage.last("alice"), "min-se")).toBe("90");
    since(stage);
    stage.world.advanceTo(159_999);
    expect(since(stage)).toEqual([]);
    stage.world.advanceTo(160_000);
    expect(since(stage)).toEqual(["160000 alice < BYE", "160000 app < unsolicited BYE"]);
  });

  test("we refresh by INVITE with what was said last, and the application is not told", () => {
    const stage = open();
    answered(stage, [TIMER, "Session-Expires: 90;refresher=uas"]);
    since(stage);
    stage.world.advanceTo(45_000);
    expect(since(stage)).toEqual(["45000 alice < INVITE"]);
    const refresh = stage.last("alice");
    expect(refresh.body).toBe(SDP);
    expect(header(refresh, "session-expires")).toBe("90;refresher=uac");
    expect(header(refresh, "content-type")).toBe("application/sdp");
    stage.answer(ALICE, "200 OK", ["Session-Expires: 90;refresher=uac"], SDP);
    expect(since(stage)).toEqual(["45000 alice < ACK"]);
    stage.world.advanceTo(90_000);
    expect(since(stage)).toEqual(["90000 alice < INVITE"]);
    // No more timers are wanted.
    stage.answer(ALICE, "200 OK", [], SDP);
    stage.world.advanceTo(500_000);
    expect(since(stage)).toEqual(["90000 alice < ACK"]);
  });

  test("by UPDATE where the peer takes it", () => {
    const stage = open();
    answered(stage, [TIMER, "Allow: INVITE, ACK, BYE, UPDATE", "Session-Expires: 90;refresher=uas"]);
    since(stage);
    stage.world.advanceTo(45_000);
    expect(since(stage)).toEqual(["45000 alice < UPDATE"]);
    expect(stage.last("alice").body).toBe("");
    stage.answer(ALICE, "200 OK", ["Session-Expires: 90;refresher=uac"]);
    stage.world.advanceTo(90_000);
    expect(since(stage)).toEqual(["90000 alice < UPDATE"]);
  });

  test.each<[string, string, string[], string[]]>([
    ["crossing: once more", "491 Request Pending", [], ["45000 alice < ACK", "48000 alice < INVITE"]],
    [
      "too short: by what the peer takes",
      "422 Too Small",
      ["Min-SE: 120"],
      ["45000 alice < ACK", "45000 alice < INVITE"],
    ],
    [
      "the peer has lost the call",
      "481 Gone",
      [],
      ["45000 alice < ACK", "45000 alice < BYE", "45000 app < unsolicited BYE"],
    ],
    [
      "refused: as long as was agreed",
      "488 No",
      [],
      ["45000 alice < ACK", "90000 alice < BYE", "90000 app < unsolicited BYE"],
    ],
  ])("a refresh that fails: %s", (_name, status, lines, expected) => {
    const stage = open();
    answered(stage, [TIMER, "Session-Expires: 90;refresher=uas"]);
    stage.world.advanceTo(45_000);
    since(stage);
    stage.answer(ALICE, status, lines);
    if (status.startsWith("491")) stage.world.advanceTo(48_000);
    if (status.startsWith("488")) stage.world.advanceTo(90_000);
    expect(since(stage)).toEqual(expected);
    if (status.startsWith("422")) expect(header(stage.last("alice"), "session-expires")).toBe("120;refresher=uac");
  });

  test("a refresh nobody answers ends the call", () => {
    const stage = open();
    answered(stage, [TIMER, "Session-Expires: 90;refresher=uas"]);
    stage.world.advanceTo(77_000);
    expect(since(stage).slice(-2)).toEqual(["77000 alice < BYE", "77000 app < unsolicited BYE"]);
    stage.answer(ALICE, "200 OK");
    expectNothingLeft(stage);
  });

  test("an INVITE of the application waits for a refresh, and says the session goes on", () => {
    const stage = open();
    answered(stage, [TIMER, "Session-Expires: 90;refresher=uas"]);
    stage.world.advanceTo(45_000);
    since(stage);
    stage.say("app", "|call;from-tag=alice", ["INVITE sip:placeholder SIP/2.0"], SDP);
    expect(since(stage)).toEqual([]);
    stage.answer(ALICE, "200 OK", ["Session-Expires: 90;refresher=uac"], SDP);
    expect(since(stage)).toEqual(["45000 alice < ACK", "45000 alice < INVITE"]);
    expect(header(stage.last("alice"), "session-expires")).toBe("90;refresher=uac");
    expect(header(stage.last("alice"), "supported")).toBe("timer");
  });

  test.each<[string, string, string[]]>([
    ["the callee says we refresh", "90;refresher=uac", ["45000 bob < INVITE"]],
    ["the callee refreshes, and does not", "90;refresher=uas", ["60000 bob < BYE", "60000 app < unsolicited BYE"]],
  ])("calls of ours: %s", (_name, expires, expected) => {
    const stage = open();
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0", TIMER], SDP);
    stage.answer(BOB, "200 OK", [`Session-Expires: ${expires}`, "Require: timer"], SDP);
    stage.say("app", `|${stage.tokens("app")[9]}`, ["ACK sip:placeholder SIP/2.0"]);
    since(stage);
    stage.world.advanceTo(60_000);
    expect(since(stage).slice(0, 2)).toEqual(expect.arrayContaining(expected));
    if (expires.endsWith("uac")) expect(stage.last("bob").body).toBe(SDP);
  });

  /** Who knows no session timers is asked all the same whether he lives (RFC 4028 7.2, 9). */
  describe.each(["alice", "bob"] as const)(
    "the application wants a sign of life of %s, who has agreed to nothing",
    (who) => {
      function asked(): Stage {
        const stage = open();
        if (who === "alice") answered(stage, [], ["Session-Expires: 90;refresher=uas"]);
        else {
          stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0", TIMER, "Session-Expires: 90"], SDP);
          stage.answer(BOB, "200 OK", [], SDP);
          stage.say("app", `|${stage.tokens("app")[9]}`, ["ACK sip:placeholder SIP/2.0"]);
        }
        stage.world.advanceTo(45_000);
        expect(since(stage).at(-1)).toBe(`45000 ${who} < INVITE`);
        expect(stage.last(who).body).toBe(SDP);
        return stage;
      }
      const lost = [`45000 ${who} < ACK`, `45000 ${who} < BYE`, "45000 app < unsolicited BYE"];
      test.each([
        ["he answers", "200 OK", 90_000, [`45000 ${who} < ACK`, `90000 ${who} < INVITE`]],
        ["he refuses, so he lives", "488 No", 90_000, [`45000 ${who} < ACK`, `90000 ${who} < INVITE`]],
        ["he has lost the call", "481 Gone", 45_100, lost],
        ["he says nothing", undefined, 77_000, [`77000 ${who} < BYE`, "77000 app < unsolicited BYE"]],
      ])("%s", (_what, status, until, expected) => {
        const stage = asked();
        const address = who === "alice" ? ALICE : BOB;
        if (status) stage.answer(address, status, [], status.startsWith("200") ? SDP : "");
        stage.world.advanceTo(until);
        expect(since(stage).slice(status ? 0 : -2)).toEqual(expected);
      });
    },
  );

  test("a sign of life is wanted on, after an INVITE of a caller who knows none of it", () => {
    const stage = open();
    const toTag = answered(stage, [], ["Session-Expires: 90;refresher=uas"]);
    stage.world.advanceTo(10_000);
    stage.ask("INVITE", { cseq: 2, toTag, body: SDP });
    reply(stage, "200 OK", [], SDP);
    stage.ask("ACK", { cseq: 2, toTag });
    since(stage);
    stage.world.advanceTo(55_000);
    expect(since(stage)).toEqual(["55000 alice < INVITE"]);
  });

  test("BYE stops it", () => {
    const stage = open();
    const toTag = answered(stage, [TIMER, "Session-Expires: 90;refresher=uas"]);
    stage.ask("BYE", { cseq: 2, toTag });
    reply(stage, "200 OK");
    expectNothingLeft(stage);
  });
});

describe("the same request another way", () => {
  test.each(["INVITE", "OPTIONS", "MESSAGE", "REGISTER"])("is merged, RFC 3261 8.2.2.2: %s", (method) => {
    const stage = open(["message", "register"]);
    stage.ask(method, { branch: "z9hG4bKone" });
    since(stage);
    stage.ask(method, { branch: "z9hG4bKtwo" });
    expect(since(stage)).toEqual([`0 alice < 482 ${method}`]);
    // The first copy, again, is a retransmission; another CSeq another request.
    stage.ask(method, { branch: "z9hG4bKone" });
    expect(since(stage)).toEqual(method === "INVITE" ? ["0 alice < 100 INVITE"] : []);
    stage.ask(method, { branch: "z9hG4bKthree", cseq: 2 });
    expect(since(stage)).toContain(`0 app < ${method}`);
  });

  test("as long as the first is remembered, answered or not", () => {
    const stage = open(["message"]);
    stage.ask("MESSAGE", { branch: "z9hG4bKone" });
    reply(stage, "200 OK");
    stage.ask("MESSAGE", { branch: "z9hG4bKtwo" });
    expect(stage.ladder.at(-1)).toBe("0 alice < 482 MESSAGE");
    stage.world.advanceTo(70_000);
    stage.ask("MESSAGE", { branch: "z9hG4bKthree" });
    expect(stage.ladder.at(-1)).toBe("70000 app < MESSAGE");
  });
});

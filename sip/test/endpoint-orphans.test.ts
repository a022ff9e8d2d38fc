/** What becomes of calls when their application is gone: `keep`, as `cordboard endpoint` has it. */
import { describe, expect, test } from "vitest";
import { header, toTag } from "../endpoint/message.ts";
import { ALICE, BOB, openStage, SDP, type Stage } from "./endpoint/stage.ts";

const CALLER = "call;from-tag=alice";
const THEIRS = SDP.replace("192.0.2.1", "192.0.2.100");

function open(): Stage {
  const stage = openStage({ keep: true });
  stage.connect("app");
  return stage;
}

const since = (stage: Stage) => stage.ladder.splice(0);

/** Alice is answered by the application; the tag of ours. */
function waiting(stage: Stage, lines: string[] = []): string {
  stage.ask("INVITE", { body: SDP, lines });
  stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"], SDP);
  const tag = toTag(stage.last("alice"))!;
  stage.ask("ACK", { toTag: tag });
  return tag;
}

/** Alice talks to Bob; the tag she knows us by. */
function talking(stage: Stage): string {
  const tag = waiting(stage);
  stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0", `X-Cordboard-Caller: ${CALLER}`], SDP);
  stage.answer(BOB, "200 OK", [], SDP);
  stage.say("app", `|${stage.tokens("app")[9]}`, ["ACK sip:placeholder SIP/2.0"]);
  return tag;
}

/** The application dies; another comes. */
function succeed(stage: Stage): void {
  stage.world.disconnect("app");
  stage.connect("next");
  settle(stage);
}

/** A new application is given a second. */
function settle(stage: Stage): void {
  stage.world.advanceTo(stage.world.now() + 1_000);
}

/** Bob answers the INVITE though a CANCEL came after it. */
function answerInvite(stage: Stage, cseq: string): void {
  const cancel = stage.last("bob");
  const lines = ["Via", "From", "Call-ID"].map((name) => `${name}: ${header(cancel, name.toLowerCase())}`);
  const more = [`To: ${header(cancel, "to")};tag=bob`, `CSeq: ${cseq}`, "Contact: <sip:bob@192.0.2.2>"];
  const text = ["SIP/2.0 200 OK", ...lines, ...more, `Content-Length: ${SDP.length}`, "", SDP].join("\r\n");
  stage.world.receive(text, BOB);
}

function expectNothingLeft(stage: Stage): void {
  stage.world.advanceTo(stage.world.now() + 100_000);
  const none = {
    transactions: { client: 0, server: 0, bytes: 0 },
    dialogs: 0,
    orphans: 0,
    held: 0,
    sent: 0,
    timers: 0,
  };
  expect(stage.world.core.stats()).toMatchObject(none);
  expect(stage.world.log.filter(({ kind }) => kind === "defect")).toEqual([]);
}

describe("two who talk", () => {
  test("whose leg belongs to whom is not said to the peer", () => {
    const stage = open();
    talking(stage);
    expect(stage.last("bob").text).not.toMatch(/cordboard-caller/i);
  });

  test.each(["before", "after"])("talk on, and either hangs up for both: %s the next application comes", (when) => {
    for (const who of ["alice", "bob"]) {
      const stage = open();
      const tag = talking(stage);
      const invite = stage.last("bob");
      stage.world.disconnect("app");
      if (when === "after") stage.connect("next");
      settle(stage);
      since(stage);
      stage.world.advanceTo(60_000);
      expect(since(stage)).toEqual([]);
      expect(stage.world.core.stats()).toMatchObject({ dialogs: 2, orphans: 2 });
      if (who === "alice") stage.ask("BYE", { cseq: 2, toTag: tag });
      else {
        const [from, callId] = [header(invite, "from")!, header(invite, "call-id")!];
        stage.ask("BYE", { from: BOB, callId, lines: ["From: <sip:bob@192.0.2.2>;tag=bob", `To: ${from}`] });
      }
      const other = who === "alice" ? "bob" : "alice";
      expect(since(stage)).toEqual([`60000 ${who} < 200 BYE`, `60000 ${other} < BYE`]);
      expect(header(stage.last(other), "reason")).toContain("nobody serves this call");
      stage.answer(who === "alice" ? BOB : ALICE, "200 OK");
      expectNothingLeft(stage);
    }
  });

  test("the next application is told that they talk, and when that is over; so is the one after it, and nobody who is gone", () => {
    const stage = open();
    const tag = talking(stage);
    stage.world.disconnect("app");
    for (const next of ["next", "another"]) {
      stage.connect(next);
      stage.world.frame(next, "r|route|notify");
      settle(stage);
      const told = stage.last(next);
      expect(told.text).toMatch(/^NOTIFY /);
      expect([header(told, "event"), header(told, "subscription-state")]).toEqual(["dialog", "active"]);
      expect([header(told, "call-id"), header(told, "from")]).toEqual(["call", expect.stringContaining("tag=alice")]);
      expect(stage.tokens(next)[8]).toMatch(/^kept-/);
      if (next === "next") stage.world.disconnect(next);
    }
    since(stage);
    stage.ask("BYE", { cseq: 2, toTag: tag });
    expect(since(stage)).toEqual(["2000 alice < 200 BYE", "2000 another < NOTIFY", "2000 bob < BYE"]);
    expect(header(stage.last("another"), "subscription-state")).toMatch(/^terminated/);
    stage.answer(BOB, "200 OK");
    expectNothingLeft(stage);
  });

  test("who was beside them, and is of no caller, is let go when the next application comes", () => {
    const stage = open();
    talking(stage);
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0"], SDP);
    stage.answer(BOB, "200 OK", [], SDP);
    stage.say("app", `|${stage.tokens("app")[9]}`, ["ACK sip:placeholder SIP/2.0"]);
    expect(stage.world.core.stats().dialogs).toBe(3);
    since(stage);
    succeed(stage);
    expect(since(stage)).toEqual(["1000 bob < BYE"]);
    expect(stage.world.core.stats()).toMatchObject({ dialogs: 2, orphans: 2 });
  });

  test("one who hangs up as the application dies ends both", () => {
    const stage = open();
    const tag = talking(stage);
    stage.ask("BYE", { cseq: 2, toTag: tag });
    since(stage);
    stage.world.disconnect("app");
    expect(since(stage)).toEqual(["0 alice < 200 BYE", "0 bob < BYE"]);
    stage.answer(BOB, "200 OK");
    expectNothingLeft(stage);
  });

  test.each([
    ["before he has agreed", ["200 OK"], ["alice < ACK"]],
    ["when he has", ["200 OK"], ["alice < ACK"]],
    ["before he refuses", ["488 Not Acceptable Here"], ["alice < ACK"]],
  ])("who was being led to the other as the application died is, and talks on: %s", (when, [status], said) => {
    const stage = open();
    const tag = talking(stage);
    stage.say("app", `|${CALLER}`, ["INVITE sip:placeholder SIP/2.0"], THEIRS);
    if (when === "when he has") stage.answer(ALICE, status!, [], SDP);
    else stage.answer(ALICE, "100 Trying");
    since(stage);
    stage.world.disconnect("app");
    if (when !== "when he has") {
      expect(since(stage)).toEqual([]);
      stage.answer(ALICE, status!, [], status === "200 OK" ? SDP : undefined);
    }
    expect(since(stage).map((line) => line.replace(/^\d+ /, ""))).toEqual(said);
    stage.connect("next");
    settle(stage);
    stage.world.advanceTo(60_000);
    expect(stage.world.core.stats()).toMatchObject({ dialogs: 2, orphans: 2 });
    since(stage);
    stage.ask("BYE", { cseq: 2, toTag: tag });
    expect(since(stage)).toEqual(["60000 alice < 200 BYE", "60000 bob < BYE"]);
    stage.answer(BOB, "200 OK");
    expectNothingLeft(stage);
  });

  test("a session that runs out ends both", () => {
    const stage = open();
    waiting(stage, ["Supported: timer", "Session-Expires: 90"]);
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0", `X-Cordboard-Caller: ${CALLER}`], SDP);
    stage.answer(BOB, "200 OK", [], SDP);
    stage.say("app", `|${stage.tokens("app")[9]}`, ["ACK sip:placeholder SIP/2.0"]);
    succeed(stage);
    since(stage);
    stage.world.advanceTo(60_000);
    expect(since(stage)).toEqual(["60000 alice < BYE", "60000 bob < BYE"]);
  });
});

describe("a caller alone", () => {
  test("hears on; is a new call for the next application, and is moved to it by INVITE", () => {
    const stage = open();
    const tag = waiting(stage);
    stage.world.disconnect("app");
    since(stage);
    stage.world.advanceTo(5_000);
    expect(since(stage)).toEqual([]);
    stage.connect("next");
    settle(stage);
    expect(since(stage)).toEqual(["6000 next < INVITE"]);
    expect(stage.last("next").body).toBe(SDP);
    expect(stage.tokens("next")[9]).toBe("");
    const transaction = stage.tokens("next")[8]!;
    stage.say("next", `${transaction}|`, ["SIP/2.0 180 Ringing"]);
    expect(since(stage)).toEqual([]);
    stage.say("next", `${transaction}|`, ["SIP/2.0 200 OK", "Content-Type: application/sdp"], THEIRS);
    expect(stage.tokens("next")[11]).toBe(CALLER);
    expect(since(stage)).toEqual(["6000 alice < INVITE"]);
    expect(stage.last("alice").body).toBe(THEIRS);
    expect(header(stage.last("alice"), "from")).toContain(`tag=${tag}`);
    stage.answer(ALICE, "200 OK", [], SDP);
    expect(since(stage)).toEqual(["6000 alice < ACK", "6000 next < ACK"]);
    // From here on it is a call like any other.
    stage.say("next", `|${CALLER}`, ["BYE sip:placeholder SIP/2.0"]);
    stage.answer(ALICE, "200 OK");
    expect(since(stage)).toEqual(["6000 alice < BYE", "6000 next < 200 BYE"]);
    expectNothingLeft(stage);
  });

  test("several, in the order in which they came, before whoever calls now", () => {
    const stage = open();
    for (const callId of ["one", "two", "three"]) {
      stage.ask("INVITE", { body: SDP, callId });
      stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"], SDP);
      stage.ask("ACK", { callId, toTag: toTag(stage.last("alice")) });
    }
    stage.world.disconnect("app");
    const calls: string[] = [];
    stage.world.connect("next");
    stage.world.frame("next", "a|authenticate|cymru|");
    since(stage);
    stage.world.frame("next", "r|route|invite");
    settle(stage);
    expect(since(stage)).toEqual(Array(3).fill("1000 next < INVITE"));
    calls.push(header(stage.last("next"), "call-id")!);
    expect(calls).toEqual(["three"]);
  });

  test("hangs up while the next application has not answered: it hears a CANCEL", () => {
    const stage = open();
    const tag = waiting(stage);
    succeed(stage);
    const transaction = stage.tokens("next")[8]!;
    since(stage);
    stage.ask("BYE", { cseq: 2, toTag: tag });
    expect(since(stage)).toEqual(["1000 next < CANCEL", "1000 alice < 200 BYE"]);
    expect(stage.tokens("next")[8]).toBe(transaction);
    expect(header(stage.last("next"), "cseq")).toBe("1 CANCEL");
    stage.say("next", `${transaction}|`, ["SIP/2.0 200 OK"], THEIRS);
    expect(since(stage)).toEqual(["1000 next < NOK Response not sent due to unknown transaction"]);
    expectNothingLeft(stage);
  });

  test.each(["486 Busy", "nothing"])("whom the next application does not want is released: %s", (answer) => {
    const stage = open();
    waiting(stage);
    succeed(stage);
    if (answer === "nothing") stage.world.advanceTo(65_000);
    else stage.say("next", `${stage.tokens("next")[8]}|`, [`SIP/2.0 ${answer}`]);
    expect(since(stage).at(-1)).toMatch(/alice < BYE/);
    stage.answer(ALICE, "200 OK");
    expectNothingLeft(stage);
  });

  test("whose phone refuses to be moved is released, and the application told", () => {
    const stage = open();
    waiting(stage);
    succeed(stage);
    stage.say("next", `${stage.tokens("next")[8]}|`, ["SIP/2.0 200 OK"], THEIRS);
    since(stage);
    stage.answer(ALICE, "488 Not Acceptable Here");
    expect(since(stage)).toEqual(["1000 alice < ACK", "1000 alice < BYE", "1000 next < unsolicited BYE"]);
  });

  test("who described nothing gets an offer, and the application his answer with the ACK", () => {
    const stage = open();
    stage.ask("INVITE");
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"], SDP);
    stage.ask("ACK", { toTag: toTag(stage.last("alice")), body: SDP });
    succeed(stage);
    stage.say("next", `${stage.tokens("next")[8]}|`, ["SIP/2.0 200 OK"], THEIRS);
    stage.answer(ALICE, "200 OK", [], SDP);
    expect(stage.last("next").body).toBe(SDP);
  });

  test.each(["says no more", "picks up all the same"])(
    "is kept where whom the dead application was ringing for him %s",
    (does) => {
      const stage = open();
      waiting(stage);
      stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0", `X-Cordboard-Caller: ${CALLER}`], SDP);
      stage.answer(BOB, "180 Ringing");
      const cseq = header(stage.last("bob"), "cseq")!;
      stage.world.disconnect("app");
      expect(stage.ladder.at(-1)).toBe("0 bob < CANCEL");
      if (does === "picks up all the same") answerInvite(stage, cseq);
      stage.connect("next");
      since(stage);
      settle(stage);
      expect(since(stage).filter((step) => !step.includes("bob"))).toEqual(["1000 next < INVITE"]);
    },
  );

  test("is kept where the application died before it acknowledged who had picked up for him", () => {
    const stage = open();
    waiting(stage);
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0", `X-Cordboard-Caller: ${CALLER}`], SDP);
    stage.answer(BOB, "200 OK", [], SDP);
    since(stage);
    stage.world.disconnect("app");
    stage.answer(BOB, "200 OK");
    stage.connect("next");
    settle(stage);
    expect(since(stage)).toEqual(["0 bob < ACK", "0 bob < BYE", "1000 next < INVITE"]);
  });

  test("outlives one application after another", () => {
    const stage = open();
    waiting(stage);
    succeed(stage);
    stage.world.disconnect("next");
    stage.connect("third");
    settle(stage);
    expect(stage.ladder.at(-1)).toBe("2000 third < INVITE");
    stage.say("third", `${stage.tokens("third")[8]}|`, ["SIP/2.0 200 OK"], THEIRS);
    expect(stage.ladder.at(-1)).toBe("2000 alice < INVITE");
  });

  test("whom the next application cannot take yet is shown to it again", () => {
    const stage = open();
    waiting(stage);
    succeed(stage);
    stage.say("next", `${stage.tokens("next")[8]}|`, ["SIP/2.0 503 Service Unavailable"]);
    settle(stage);
    expect(stage.ladder.at(-1)).toBe("2000 next < INVITE");
    stage.say("next", `${stage.tokens("next")[8]}|`, ["SIP/2.0 200 OK"], THEIRS);
    expect(stage.ladder.at(-1)).toBe("2000 alice < INVITE");
  });
});

describe("who has no answer yet", () => {
  test("is given to the next application that comes within ten seconds, ringing or not", () => {
    for (const ringing of [false, true]) {
      const stage = open();
      stage.ask("INVITE", { body: SDP });
      if (ringing) stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 180 Ringing"]);
      stage.world.disconnect("app");
      stage.world.advanceTo(8_000);
      stage.connect("next");
      settle(stage);
      stage.say("next", `${stage.tokens("next")[8]}|`, ["SIP/2.0 200 OK"], SDP);
      stage.ask("ACK", { toTag: toTag(stage.last("alice")) });
      expect(stage.ladder.slice(-3)).toEqual(["9000 next < INVITE", "9000 alice < 200 INVITE", "9000 next < ACK"]);
    }
  });

  test("gets 503 then; and nobody is rung for whom nobody waits", () => {
    const stage = open();
    stage.ask("INVITE", { body: SDP });
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0", `X-Cordboard-Caller: ${CALLER}`], SDP);
    stage.answer(BOB, "180 Ringing");
    stage.world.disconnect("app");
    expect(since(stage).at(-1)).toBe("0 bob < CANCEL");
    stage.answer(BOB, "200 OK");
    stage.world.advanceTo(10_000);
    expect(since(stage)).toContain("10000 alice < 503 INVITE");
  });
});

test("a leg of ours whose caller is gone is released when the next application comes", () => {
  const stage = open();
  stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0"], SDP);
  stage.answer(BOB, "200 OK", [], SDP);
  stage.say("app", `|${stage.tokens("app")[9]}`, ["ACK sip:placeholder SIP/2.0"]);
  succeed(stage);
  expect(since(stage).at(-1)).toBe("1000 bob < BYE");
  stage.answer(BOB, "200 OK");
  expectNothingLeft(stage);
});

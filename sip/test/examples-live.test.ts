import { afterEach, describe, expect, it } from "vitest";
import { duration } from "../../runtime/values.ts";
import { until } from "./calls-rig.ts";
import { type ExampleHouse, type ExampleOptions, openExample } from "./example-house.ts";

/* Each of the six examples on live SIP calls, with what was said on every trunk and to every host, in order. */

let house: ExampleHouse;
afterEach(() => house.stop());

async function open(name: string, options: ExampleOptions, ready: string[]): Promise<void> {
  house = await openExample(name, options);
  for (const agent of ready) house.tell({ type: "agent.readied", agent, source: "desk" });
}

const nothingLeft = (): Promise<void> =>
  until(() => Object.values(house.calls.stats()).every((count) => count === 0), 8000);
const hears = (name: string): Promise<void> => house.comes("treatment.started", { name });

describe("accounts", () => {
  it("a direct number is busy: the team takes the call, never its owner", { timeout: 20_000 }, async () => {
    await open("accounts", { answers: { "5101": "486 Busy Here" } }, ["ana", "luc"]);
    const caller = await house.caller({ user: "+34600000001" });
    const call = caller.call(`sip:5101@${house.at}`);
    await house.comes("call.connected", { agent: "luc" });
    call.hangUp();
    await nothingLeft();
    expect(house.ladder).toEqual(["pbx INVITE 5101", "pbx 486", "pbx INVITE 5100", "pbx BYE (5100)"]);
  });

  it("row 1.38: nobody is there: a message for the team, from the extension that was called", {
    timeout: 20_000,
  }, async () => {
    await open("accounts", {}, []);
    const caller = await house.caller({ user: "+34600000001" });
    const call = caller.call(`sip:5101@${house.at}`);
    await hears("all-away");
    await house.comes("voicemail.started", { mailbox: "accounts" });
    await until(() => house.ladder.length > 0);
    expect(house.invite("voicemail", "2000")).toMatch(/^Diversion: <sip:5101@/im);
    expect(house.invite("voicemail", "2000")).toMatch(/^Subject: for Ana, from \+34600000001\r$/im);
    await new Promise((resolve) => setTimeout(resolve, 2200));
    call.hangUp();
    await house.comes("call.ended", { disposition: "left_message" });
    await nothingLeft();
    expect(house.ladder).toEqual(["voicemail INVITE 2000", "voicemail BYE (2000)"]);
  });
});

describe("billing", () => {
  it("skills widen until somebody fits: his phone is let ring, then the next", { timeout: 30_000 }, async () => {
    // Ben knows billing but little English, Cleo comes in after half a minute.
    await open("billing", { answers: { "5101": "rings" } }, ["ana", "ben", "cleo"]);
    const caller = await house.caller({ user: "+34600000001" });
    const call = caller.call(`sip:5000@${house.at}`);
    await hears("welcome");
    await house.comes("offer.ended", { agent: "ana", outcome: "no_answer" });
    await house.comes("call.connected", { agent: "cleo" });
    house.says("pbx", "5103", { method: "BYE" });
    await call.reached("ended");
    await house.comes("call.ended", { by: "party", disposition: "answered" });
    await nothingLeft();
    expect(house.ladder).toEqual(["pbx INVITE 5101", "pbx CANCEL 5101", "pbx INVITE 5103"]);
  });
});

describe("frontdesk", () => {
  const hosts = { "crm /customers": { name: "Ada", tier: "gold" } };
  const uui = '00{"topic":"loans"};encoding=ascii';

  it("rows 0.15 to 0.24, 4.33: a bot learns who calls, and hands over with what it learnt", {
    timeout: 20_000,
  }, async () => {
    await open("frontdesk", { hosts, speed: 1 }, ["ann", "joe"]);
    const caller = await house.caller({ user: "+12220000001" });
    const call = caller.call(`sip:+12223334444@${house.at}`);
    await hears("enter-id");
    for (const digit of "123456") call.press(digit);
    await house.comes("bot.started", { bot: "helpdesk" });
    await until(() => house.invite("livehub", "helpdesk") !== "");
    const invite = house.invite("livehub", "helpdesk");
    expect(invite).toMatch(
      /^User-to-User: 00\{"personalId":"123456","tier":"gold"\};encoding=ascii;purpose=isdn-uui;content=isdn-uui\r$/im,
    );
    const [id] = house.engine.calls().map(({ id: its }) => its);
    expect(invite).toMatch(new RegExp(`^X-inin-cnv: ${id}\r$`, "im"));
    await until(() => call.leg?.remoteSdp.includes("m=audio 4100") === true);
    house.says("livehub", "helpdesk", {
      method: "REFER",
      headers: ["Refer-To: <sip:6006@centre.example>", `User-to-User: ${uui}`],
    });
    await house.comes("call.connected", { agent: "ann" });
    expect(house.engine.calls()[0]?.data.bot).toEqual({ is: "record", fields: { topic: "loans" } });
    call.hangUp();
    await nothingLeft();
    const ours = house.ladder.filter((line) => !line.startsWith("livehub"));
    expect(ours).toEqual(["crm GET /customers", "pbx INVITE 6006", "pbx BYE (6006)"]);
    expect(house.ladder.filter((line) => line.startsWith("livehub"))).toEqual([
      "livehub INVITE helpdesk",
      "livehub NOTIFY SIP/2.0 100 Trying",
      "livehub NOTIFY SIP/2.0 200 OK",
      "livehub BYE (helpdesk)",
    ]);
  });

  it("row 0.22: nobody is there: the caller's network is asked, and where it refuses he is told", {
    timeout: 20_000,
  }, async () => {
    await open("frontdesk", { hosts, answers: { livehub: "503 Service Unavailable" } }, []);
    const asked: string[] = [];
    const refer = (target: string): number => {
      asked.push(target);
      return 486;
    };
    const caller = await house.caller({ user: "+12220000001", refer });
    const call = caller.call(`sip:+12223334444@${house.at}`);
    await house.comes("call.referred", { to: "tel:+12225550000" });
    await hears("call-later");
    await call.reached("ended");
    expect(asked).toEqual(["+12225550000"]);
    await nothingLeft();
    expect(house.ladder).toEqual(["crm GET /customers", "livehub INVITE helpdesk", "livehub 503"]);
  });
});

describe("national", () => {
  const monday = "2026-11-23T09:00:00Z";

  it("a site that cannot is followed by the next, and the caller is joined to the first that can", {
    timeout: 20_000,
  }, async () => {
    const answers = { madrid: "503 Service Unavailable", lyon: "rings", valencia: "answers" } as const;
    await open("national", { answers, startsAt: monday, stated: { "split takes madrid": true } }, []);
    const caller = await house.caller({ user: "+34600000001" });
    const call = caller.call(`sip:+34900100200@${house.at}`);
    await house.comes("call.connected", { destination: "+34900100200" });
    await call.reached("talking");
    call.hangUp();
    await nothingLeft();
    const to = house.ladder.map((line) => line.replace(/ \(?\+?34900100200\)?$/, ""));
    expect(to).toEqual([
      "madrid INVITE",
      "madrid 503",
      "lyon INVITE",
      "lyon CANCEL",
      "valencia INVITE",
      "valencia BYE",
    ]);
  });

  it("busy is busy everywhere: the caller is told, and no other site is asked", { timeout: 20_000 }, async () => {
    const answers = { madrid: "486 Busy Here" } as const;
    await open("national", { answers, startsAt: monday, stated: { "split takes madrid": true } }, []);
    const caller = await house.caller({ user: "+34600000001" });
    const call = caller.call(`sip:+34900100200@${house.at}`);
    await hears("all-lines-busy");
    await call.reached("ended");
    await nothingLeft();
    expect(house.ladder).toHaveLength(2);
  });

  it("after hours the caller hears when it opens", { timeout: 20_000 }, async () => {
    await open("national", { startsAt: "2026-11-23T03:00:00Z" }, []);
    const caller = await house.caller({ user: "+34600000001" });
    const call = caller.call(`sip:+34900100200@${house.at}`);
    await hears("closed");
    await house.comes("treatment.ended", { kind: "say", outcome: "done" });
    await call.reached("ended");
    expect(house.ladder).toEqual([]);
  });
});

describe("vip", () => {
  const hosts = { "crm /customers": { name: "Ada", tier: "gold" } };

  it("a callback keeps its place: the agent first, then who had called", { timeout: 40_000 }, async () => {
    await open("vip", { hosts, stated: { "ewt(queue Vip)": duration(360_000) } }, ["ana"]);
    const first = await house.caller({ user: "+34600000062" });
    const talks = first.call(`sip:5900@${house.at}`);
    await house.comes("call.connected", { agent: "ana" });
    const caller = await house.caller({ user: "+34600000061" });
    const call = caller.call(`sip:5900@${house.at}`);
    await hears("callback-offer");
    call.press("1");
    await hears("which-number");
    for (const key of "34600000061#") call.press(key);
    await hears("we-will-call");
    await call.reached("ended");
    await house.comes("callback.booked");
    talks.hangUp();
    await until(() => house.ladder.some((line) => line.startsWith("pstn")), 15_000);
    await until(() => house.records.filter(({ type }) => type === "call.connected").length === 2, 15_000);
    house.says("pbx", "5101", { method: "BYE" });
    await house.comes("callback.ended", { outcome: "answered" });
    await nothingLeft();
    const [, , , , ...after] = house.ladder;
    expect(house.ladder.slice(0, 4)).toEqual([
      "crm GET /customers",
      "pbx INVITE 5101",
      "crm GET /customers",
      "pbx BYE (5101)",
    ]);
    expect(after[0]).toBe("pbx INVITE 5101");
    expect(after[1]).toMatch(/^pstn INVITE \+?34600000061$/);
    expect(after.at(-1)).toMatch(/^pstn BYE/);
  });
});

describe("expert", () => {
  const data = { product: "boiler", name: "Ada", notes: "it's “hot” 🙂" };

  it("row 3.21: who accepts is reached at the number he has redirected to, and confirms by a key", {
    timeout: 30_000,
  }, async () => {
    await open("expert", { data }, ["eva", "tom"]);
    const caller = await house.caller({ user: "+34600000001" });
    const call = caller.call(`sip:5300@${house.at}`);
    await house.comes("preview.offered", { agent: "tom" });
    const shown = house.records.flatMap((record) =>
      record.type === "preview.offered" ? [{ agent: record.agent, notes: record.showing?.notes }] : [],
    );
    expect(shown.map(({ agent }) => agent).toSorted()).toEqual(["eva", "tom"]);
    expect(shown[0]?.notes).toBe(data.notes);
    answer("tom", "preview.accepted");
    await house.comes("preview.ended", { agent: "eva", outcome: "answered_elsewhere" });
    await until(() => house.ladder.some((line) => line.startsWith("pstn INVITE")));
    const user = /INVITE (\S+)/.exec(house.ladder.find((line) => line.startsWith("pstn")) ?? "")?.[1] ?? "";
    await new Promise((resolve) => setTimeout(resolve, 300));
    const headers = ["Content-Type: application/dtmf-relay"];
    house.says("pstn", user, { method: "INFO", headers, body: "Signal=1\r\nDuration=160\r\n" });
    await house.comes("call.connected", { agent: "tom" });
    call.hangUp();
    await nothingLeft();
    expect(house.ladder[0]).toMatch(/^pstn INVITE \+?34600000900$/);
    expect(house.ladder.filter((line) => line.startsWith("pbx"))).toEqual([]);
  });

  it("rows 3.5, 3.6: all decline, then one by one, then the queue", { timeout: 30_000 }, async () => {
    await open("expert", { data }, ["eva", "tom", "max", "tim"]);
    const caller = await house.caller({ user: "+34600000001" });
    caller.call(`sip:5300@${house.at}`);
    await house.comes("preview.offered", { agent: "tom" });
    answer("tom", "preview.declined");
    answer("eva", "preview.declined");
    await hears("still-looking");
    await house.comes("preview.offered", { mode: "one by one" });
    await house.comes("preview.ended", { agent: "max", outcome: "timeout" });
    await house.comes("call.connected", { agent: "tim" });
    house.says("pbx", "6003", { method: "BYE" });
    await house.comes("call.ended", { by: "party", disposition: "answered" });
    await nothingLeft();
    expect(house.ladder).toEqual(["pbx INVITE 6003"]);
  });

  /** At his desk. */
  function answer(agent: string, type: "preview.accepted" | "preview.declined"): void {
    const offered = house.records.findLast((record) => record.type === "preview.offered" && record.agent === agent);
    if (offered?.type === "preview.offered") house.tell({ type, call: offered.call, preview: offered.preview, agent });
  }
});

describe("at a desk", () => {
  const desk = (type: "hold.asked" | "retrieve.asked" | "complete.asked", call: string) =>
    house.tell({ type, call, by: "ana" });

  it("rows 1.16 to 1.18: the agent's own phone first, ringback for him, then whom he wants", {
    timeout: 20_000,
  }, async () => {
    await open("accounts", {}, ["ana"]);
    house.tell({ type: "call.dialled", call: "desk-1", agent: "ana", to: "+34910603100" });
    await house.comes("treatment.started", { kind: "ringback" });
    await house.comes("call.connected", { destination: "+34910603100" });
    house.says("pbx", "5101", { method: "BYE" });
    await house.comes("call.ended", { by: "caller" });
    await nothingLeft();
    const to = house.ladder.map((line) => line.replace(/\+?34910603100/, "outside"));
    expect(to).toEqual(["pbx INVITE 5101", "pstn INVITE outside", "pbx INVITE (5101)", "pstn BYE (outside)"]);
  });

  it("row 1.19: whom he wants is busy: that is told, and his phone is let go", { timeout: 20_000 }, async () => {
    await open("accounts", { answers: { pstn: "486 Busy Here" } }, ["ana"]);
    house.tell({ type: "call.dialled", call: "desk-1", agent: "ana", to: "+34910603100" });
    await house.comes("dial.failed", { agent: "ana", outcome: "busy", sip: 486 });
    await nothingLeft();
    expect(house.ladder.at(-1)).toBe("pbx BYE (5101)");
  });

  it("rows 1.13, 3.32: held, gone on with, a colleague asked, who then takes the call", {
    timeout: 30_000,
  }, async () => {
    await open("accounts", {}, ["ana", "luc"]);
    const caller = await house.caller({ user: "+34600000001" });
    const call = caller.call(`sip:5101@${house.at}`);
    await house.comes("call.connected", { agent: "ana" });
    const [{ id } = { id: "" }] = house.engine.calls();
    desk("hold.asked", id);
    await house.comes("call.held", { agent: "ana" });
    desk("retrieve.asked", id);
    await house.comes("call.retrieved", { agent: "ana" });
    house.tell({ type: "consult.asked", call: id, by: "ana", to: "5100" });
    await house.comes("call.consulted", { agent: "luc" });
    desk("complete.asked", id);
    await house.comes("call.transferred", { agent: "luc" });
    expect(house.engine.agent("ana")?.state).not.toBe("talking");
    call.hangUp();
    await house.comes("call.ended", { disposition: "transferred" });
    await nothingLeft();
    expect(house.ladder).toEqual([
      "pbx INVITE 5101",
      "pbx INVITE (5101)",
      "pbx INVITE (5101)",
      "pbx INVITE (5101)",
      "pbx INVITE 5100",
      "pbx INVITE (5101)",
      "pbx INVITE (5100)",
      "pbx BYE (5101)",
      "pbx INVITE (5100)",
      "pbx BYE (5100)",
    ]);
  });

  it("handed on to who does not answer, it comes back to who handed it on", { timeout: 30_000 }, async () => {
    await open("accounts", { answers: { "5100": "486 Busy Here" } }, ["ana", "luc"]);
    const caller = await house.caller({ user: "+34600000001" });
    const call = caller.call(`sip:5101@${house.at}`);
    await house.comes("call.connected", { agent: "ana" });
    const [{ id } = { id: "" }] = house.engine.calls();
    house.tell({ type: "transfer.asked", call: id, by: "ana", to: "5100" });
    await until(() => house.records.filter(({ type }) => type === "call.connected").length === 2, 8000);
    call.hangUp();
    await nothingLeft();
    expect(house.happened("call.transferred")).toBe(false);
    const sent = house.ladder.filter((line) => !line.includes("INVITE ("));
    expect(sent).toEqual([
      "pbx INVITE 5101",
      "pbx BYE (5101)",
      "pbx INVITE 5100",
      "pbx 486",
      "pbx INVITE 5101",
      "pbx BYE (5101)",
    ]);
  });
});

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Party } from "../../runtime/index.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { type RawPhone, type RawRequest, rawSdp, startRawPhone } from "./raw-phone.ts";

/* Calls that begin with us (rows 1.16 to 1.19): somebody is called to be the caller, before or after an agent. */

let rig: Rig;
let network: RawPhone;
let takes: (request: RawRequest) => void = () => undefined;
beforeEach(async () => {
  takes = (request) => {
    if (request.method === "INVITE") request.reply("200 OK", { body: rawSdp(40_020) });
    else if (request.method !== "ACK") request.reply("200 OK");
  };
  network = await startRawPhone((request) => takes(request));
  rig = await startRig({ net: [`sip:127.0.0.1:${network.port}`] });
});
afterEach(async () => {
  await rig.stop();
  await network.stop();
});

const ana = { kind: "agent", agent: "ana", device: "d_ana" } as const;
const outside = { kind: "number", number: "+34611", trunks: ["net"] } satisfies Party;
const call = "ours";
const invites = (): string[] => network.received.filter((text) => text.startsWith("INVITE"));
const open = (): void => rig.perform({ type: "open", call, conversation: "before" });
const place = (party: Party = outside): void => rig.perform({ type: "place", call, party, from: "5000" });

it("the customer is called first: he hears us, then the agent", async () => {
  const phone = await rig.agent("ana");
  open();
  place();
  expect(await rig.next("call.answered")).toMatchObject({ call });
  expect(invites()[0]).toMatch(/^INVITE sip:\+34611@.*From: "5000" <sip:5000@.*X-Conversation-Id: before/s);
  rig.perform({ type: "play", call, task: 1, prompt: "hello", language: "en" });
  expect(await rig.next("treatment.ended")).toMatchObject({ task: 1, outcome: "done" });
  rig.perform({ type: "offer", call, offer: "1", party: ana, from: "+34611" });
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "1" });
  expect(await rig.next("call.connected")).toMatchObject({ call, offer: "1" });
  // Media are direct: each was told the other's.
  expect(phone.calls[0]?.leg?.remoteSdp).toContain("m=audio 40020 ");
  await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
  rig.perform({ type: "hangup", call });
  await until(() => network.methods().at(-1) === "BYE");
  expect(network.methods()).toEqual(["INVITE", "ACK", "INVITE", "ACK", "BYE"]);
});

it("a customer who was called is recorded from before an agent picks up", async () => {
  await rig.agent("ana");
  open();
  place();
  await rig.next("call.answered");
  rig.perform({ type: "record", call, what: "call" });
  expect(await rig.next("recording.changed")).toMatchObject({ call, state: "started" });
  rig.perform({ type: "offer", call, offer: "1", party: ana, from: "+34611" });
  await rig.next("offer.answered");
  rig.perform({ type: "connect", call, offer: "1" });
  await rig.next("call.connected");
  // Both are in our mix.
  expect(rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 2 });
  const days = join(rig.folder, "recordings/calls");
  expect(readdirSync(join(days, readdirSync(days)[0] ?? ""))).toContain(`${call}.wav`);
});

it("the agent is called first: he hears for whom, and the customer's media once he is there", async () => {
  const phone = await rig.agent("ana");
  open();
  rig.perform({ type: "offer", call, offer: "1", party: ana, from: "+34611" });
  await rig.next("offer.answered");
  rig.perform({ type: "announce", call, offer: "1", text: "hello", language: "en" });
  place();
  await rig.next("call.answered");
  rig.perform({ type: "connect", call, offer: "1" });
  expect(await rig.next("call.connected")).toMatchObject({ call, offer: "1" });
  expect(phone.calls[0]?.leg?.remoteSdp).toContain("m=audio 40020 ");
  await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 2, mediaLegs: 0 });
  phone.calls[0]?.hangUp();
  expect(await rig.next("party.gone")).toMatchObject({ offer: "1" });
});

it.each([
  ["486 Busy Here", "busy", 486],
  ["404 Not Found", "unreachable", 404],
])("row 1.19: the customer says %s: that is told, and he may be called again", async (status, outcome, sip) => {
  open();
  const answers = takes;
  takes = (request) => request.method === "INVITE" && request.reply(status);
  place();
  expect(await rig.next("place.failed")).toEqual({ type: "place.failed", call, outcome, sip });
  takes = answers;
  place();
  expect(await rig.next("call.answered")).toMatchObject({ call });
});

it("he is not to be called any more: CANCEL, or BYE, and nothing is told", async () => {
  open();
  const answers = takes;
  takes = (request) => {
    if (request.method === "INVITE") request.reply("180 Ringing");
    if (request.method === "CANCEL") request.reply("200 OK");
    if (request.method === "CANCEL") network.send(terminated(network), Number(rig.at.split(":")[1]));
  };
  place();
  await until(() => invites().length === 1);
  rig.perform({ type: "unplace", call });
  await until(() => network.methods().includes("CANCEL"));
  takes = answers;
  place();
  await rig.next("call.answered");
  rig.perform({ type: "unplace", call });
  await until(() => network.methods().at(-1) === "BYE");
  expect(await rig.rest()).toEqual([]);
  await expect.poll(() => rig.calls.stats()).toEqual({ calls: 1, legs: 0, mediaLegs: 0 });
});

it("he hangs up: the call is gone", async () => {
  const phone = await rig.agent("ana");
  open();
  place({ kind: "agent", agent: "ana", device: "d_ana" });
  await rig.next("call.answered");
  phone.calls[0]?.hangUp();
  expect(await rig.next("call.gone")).toMatchObject({ call });
  await expect.poll(() => rig.calls.stats().calls).toBe(0);
});

/** The 487 to the INVITE that was cancelled (RFC 3261 9.2). */
function terminated({ received, port }: RawPhone): string {
  const invite = received.find((text) => text.startsWith("INVITE")) ?? "";
  const lines = invite.split("\r\n").filter((line) => /^(via|from|call-id|cseq):/i.test(line));
  const to = /^To:.*$/im.exec(invite)?.[0] ?? "";
  return ["SIP/2.0 487 Request Terminated", ...lines, `${to};tag=raw${port}`, "Content-Length: 0", "", ""].join("\r\n");
}

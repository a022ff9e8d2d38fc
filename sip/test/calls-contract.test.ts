import type { Party } from "../../runtime/index.ts";
import { type PartyKind, portContract, type Rig } from "../../runtime/test/contract.ts";
import { startPhone } from "../phone/phone.ts";
import type { PhoneCall } from "../phone/phone-call.ts";
import { pause, startRig } from "./calls-rig.ts";
import { rawSdp, startRawPhone } from "./raw-phone.ts";

const RECORDS_MS = 2300;

const agent = (name: string): Party => ({ kind: "agent", agent: name, device: `d_${name}` });
const parties: Record<PartyKind, Party> = {
  answers: agent("ana"),
  rings: agent("luc"),
  busy: agent("eva"),
  rejects: agent("tim"),
  crosses: { kind: "number", number: "615", trunks: ["crossing"] },
  unreachable: agent("nobody"),
  absent: { kind: "number", number: "619", trunks: ["empty"] },
};

async function makeRig(): Promise<Rig> {
  const crossing = await startCrossing();
  const empty = await startRawPhone((request) => {
    if (request.method === "INVITE") request.reply("404 Not Found");
  });
  const mailbox = await startPhone({
    user: "2000",
    told(call) {
      if (call.state === "talking") setTimeout(() => call.hangUp(), RECORDS_MS);
    },
  });
  const bot = await startPhone({
    user: "helper",
    told: (call) => void (call.state === "talking" && setTimeout(() => call.hangUp(), 300)),
  });
  const outside = await startPhone({ user: "+34600000009" });
  const rig = await startRig(
    {
      crossing: [`sip:127.0.0.1:${crossing.port}`],
      empty: [`sip:127.0.0.1:${empty.port}`],
      pbx: [mailbox.uri],
      nobody: [mailbox.uri],
      bots: [bot.uri],
      outside: [outside.uri],
    },
    { bots: { helper: { trunk: "bots" } } },
  );
  const ana = await rig.agent("ana", { answer: { afterMs: 20 }, told: pressesOne });
  const phones = [
    mailbox,
    ana,
    await rig.agent("luc", { answer: "ignore" }),
    await rig.agent("eva", { answer: "busy" }),
    await rig.agent("tim", { answer: "reject" }),
    await rig.phone({ user: "+34600000001", refer: () => 200 }),
  ];
  const caller = phones.at(-1) ?? ana;
  const first = rig.events.length;

  return {
    calls: rig.calls,
    get events() {
      return rig.events.slice(first);
    },
    pass: pause,
    callIn: () => void caller.call(`sip:5000@${rig.at}`),
    hangUp: () => caller.calls.at(-1)?.hangUp(),
    press(_call, digit) {
      const call = caller.calls.at(-1);
      // The engine may know of the answer before the 200 has reached the phone.
      void call?.reached("talking").then(() => call.press(digit));
    },
    party: (kind) => parties[kind],
    partyHangsUp: () => ana.calls.at(-1)?.hangUp(),
    mailbox: (kind) => ({
      mailbox: "it",
      trunk: kind === "records" ? "pbx" : "nobody",
      number: kind === "records" ? "2000" : "2001",
    }),
    recordsMs: RECORDS_MS,
    helloMs: 400,
    legs: () =>
      phones.flatMap((phone) => phone.calls).filter((call) => call.state !== "ended").length + crossing.legs(),
    async stop() {
      await rig.stop();
      await mailbox.stop();
      await bot.stop();
      await outside.stop();
      await crossing.phone.stop();
      await empty.stop();
    },
  };
}

/** Who picks up presses 1, again until the call ends. */
function pressesOne(call: PhoneCall): void {
  if (call.state !== "talking") return;
  const timer = setInterval(() => (call.state === "talking" ? call.press("1") : clearInterval(timer)), 100);
}

/** A phone whose 200 was under way when the CANCEL reached it (RFC 3261 9.1). */
async function startCrossing() {
  let legs = 0;
  let pickUp: (() => void) | undefined;
  const phone = await startRawPhone((request) => {
    if (request.method === "INVITE") {
      legs = 1;
      request.reply("180 Ringing");
      pickUp = () => request.reply("200 OK", { body: rawSdp(40_000) });
    } else if (request.method === "CANCEL") {
      pickUp?.();
      request.reply("481 Call/Transaction Does Not Exist");
    } else if (request.method === "BYE") {
      legs = 0;
      request.reply("200 OK");
    }
  });
  return { port: phone.port, phone, legs: () => legs };
}

portContract({
  name: "live SIP over loopback",
  makeRig,
});

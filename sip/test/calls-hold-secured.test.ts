import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CallId } from "../../runtime/index.ts";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { sweep } from "./rtp-phone.ts";
import { type Side, startSide } from "./sides.ts";

/* Rows 4.11, 4.25: a call whose media are encrypted is held and taken back. Each side opens what it hears with the key that it was told last, and hears nothing else. */

const voices = { caller: sweep(800, 300), ana: sweep(800, 1900) };
/** As `calm` of the rig has it. */
const music = Int16Array.from({ length: 800 }, (_, at) => Math.round(8000 * Math.sin((at * 2 * Math.PI * 440) / 8000)));

let rig: Rig;
let ana: Side;
let caller: Side;
let call: CallId;
beforeEach(async () => {
  ana = await startSide(() => rig.at, { voice: voices.ana, secured: true });
  caller = await startSide(() => rig.at, { voice: voices.caller, secured: true });
  const to = [`sip:127.0.0.1:${ana.phone.port}`];
  const srtp = "required";
  rig = await startRig(
    {
      pbx: { to, srtp },
      mixed: { to, srtp, media: "relay" },
      out: { to: [`sip:127.0.0.1:${caller.phone.port}`], srtp },
    },
    { devices: { d_ana: { trunk: "pbx", user: "61" }, d_tim: { trunk: "mixed", user: "62" } } },
  );
});
afterEach(async () => {
  await rig.stop();
  await Promise.all([ana.stop(), caller.stop()]);
});

async function talking(agent: "ana" | "tim"): Promise<void> {
  call = await caller.calls(rig);
  const party = { kind: "agent", agent, device: `d_${agent}` } as const;
  rig.perform({ type: "offer", call, offer: "1", party, from: "" });
  await rig.next("offer.answered");
  await joined();
}

async function joined(): Promise<void> {
  rig.perform({ type: "connect", call, offer: "1" });
  await rig.next("call.connected");
}

async function parted(): Promise<void> {
  rig.perform({ type: "part", call, offer: "1" });
  expect(await rig.next("call.parted")).toMatchObject({ call, parted: true });
  rig.perform({ type: "music", call, task: 3, name: "calm", language: "en" });
  await caller.hears(music);
}

const bothTalk = () => Promise.all([caller.hears(voices.ana), ana.hears(voices.caller)]);
const keyIn = (sdp: string): string => /^a=crypto:1 \S+ inline:(\S+)/m.exec(sdp)?.[1] ?? "";

describe.each([
  ["directly", "ana"],
  ["through our mix", "tim"],
] as const)("two who talk encrypted, %s", (_, agent) => {
  beforeEach(() => talking(agent));

  it("held by the key of the phone: the caller hears music, and each the other again; twice", async () => {
    await bothTalk();
    for (let held = 0; held < 2; held++) {
      const answer = await ana.offer(ana.description("a=sendonly"));
      expect(answer).toMatch(/^m=audio \d+ RTP\/SAVP /m);
      expect(await rig.next("hold.asked")).toMatchObject({ by: "phone" });
      await parted();
      await ana.offer(ana.description());
      await rig.next("retrieve.asked");
      await joined();
      await bothTalk();
    }
  });

  it("held by the desk", async () => {
    await bothTalk();
    await parted();
    await joined();
    await bothTalk();
  });

  it("with another key whenever he holds and goes on", async () => {
    await bothTalk();
    ana.rekeys();
    await ana.offer(ana.description("a=sendonly"));
    await rig.next("hold.asked");
    await parted();
    ana.rekeys();
    await ana.offer(ana.description());
    await rig.next("retrieve.asked");
    await joined();
    await bothTalk();
  });

  it("either side takes another key while they talk, and tells nothing else", async () => {
    await bothTalk();
    for (const [one, other] of [
      [caller, ana],
      [ana, caller],
    ] as const) {
      one.rekeys();
      const mine = one.description();
      expect(await one.offer(mine)).toMatch(/^m=audio \d+ RTP\/SAVP /m);
      if (agent === "ana") await until(() => keyIn(other.told) === keyIn(mine));
      await bothTalk();
    }
  });

  it("whoever answers a re-INVITE of ours with another key is heard by it", async () => {
    await bothTalk();
    await parted();
    for (const side of [caller, ana]) side.rekeys();
    await joined();
    await bothTalk();
  });
});

import { expect, it } from "vitest";
import type { CallId, Event } from "../../runtime/index.ts";
import { pause, startRig, until } from "./calls-rig.ts";

/*
 * Hang-ups at every instant: many calls at once, each with its own moment at which the caller, the agent or the engine gives up.
 * Whatever crosses, each call ends once and nothing is left.
 */

const CALLS = 90;

it("whoever hangs up whenever, every call ends once and nothing is left", { timeout: 20_000 }, async () => {
  const rig = await startRig();
  const caller = await rig.phone({ user: "ann" });
  const agent = await rig.agent("ana", { answer: { afterMs: 15 } });
  const ana = { kind: "agent", agent: "ana", device: "d_ana" } as const;
  let number = 0;
  let looked = rig.events.length;

  /** The shortest engine there is: answer, music, offer, connect; every end is followed by a hang-up. */
  function drive(event: Event): void {
    if (!("call" in event)) return;
    const { call } = event;
    if (event.type === "call.arrived") {
      const moment = (number++ % 30) * 4;
      if (number % 3 === 0) setTimeout(() => rig.perform({ type: "hangup", call }), moment);
      // Every other caller is answered before an agent is sought.
      if (number % 2 === 0) rig.perform({ type: "answer", call, ringback: false });
      else offer(call);
    }
    if (event.type === "call.answered") {
      rig.perform({ type: "music", call, task: 1, name: "calm", language: "en" });
      offer(call);
    }
    if (event.type === "offer.answered") rig.perform({ type: "connect", call, offer: "1" });
    if (["offer.failed", "connect.failed", "party.gone", "call.gone"].includes(event.type)) {
      rig.perform({ type: "hangup", call });
    }
  }
  const offer = (call: CallId): void => rig.perform({ type: "offer", call, offer: "1", party: ana, from: "ann" });
  const driving = setInterval(() => {
    while (looked < rig.events.length) {
      const event = rig.events[looked++];
      if (event) drive(event);
    }
  }, 1);

  for (let at = 0; at < CALLS; at++) {
    const placed = caller.call(`sip:5000@${rig.at}`);
    const moment = ((at * 7) % 40) * 4;
    if (at % 3 === 1) setTimeout(() => placed.hangUp(), moment);
    if (at % 3 === 2) setTimeout(() => agent.calls.findLast((call) => call.state === "talking")?.hangUp(), moment);
    await pause(12);
  }
  await pause(500);
  for (const call of [...caller.calls, ...agent.calls]) if (call.state !== "ended") call.hangUp();
  await until(() => rig.calls.stats().legs === 0 && rig.calls.stats().calls === 0, 8000);
  clearInterval(driving);

  const gone = rig.events.filter((event) => event.type === "call.gone").map((event) => event.call);
  expect(new Set(gone).size).toBe(gone.length);
  expect(rig.events.filter((event) => event.type === "call.arrived").length).toBeGreaterThan(CALLS / 2);
  expect(rig.events.filter((event) => event.type === "call.connected").length).toBeGreaterThan(CALLS / 6);
  for (const call of [...caller.calls, ...agent.calls]) await call.reached("ended");
  expect(rig.logged.filter((entry) => entry.level === "error")).toEqual([]);
  await rig.stop();
});

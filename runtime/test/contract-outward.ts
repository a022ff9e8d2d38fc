import { expect } from "vitest";
import type { Case } from "./contract.ts";

/*
 * Cases of the port contract for what a call is given beside prompts, queues and phones: keys, trunks one after another, what is sent
 * along, mailboxes of ours, bots, and whatever the outside is asked to do. What a filling cannot do yet it skips by name.
 */

export const outwardCases: Case[] = [
  {
    name: "keys arrive in their order while a prompt plays, which goes on until it ends",
    async run(scene) {
      await scene.answered();
      const task = scene.play("hello");
      scene.rig.press(scene.call, "4");
      const first = await scene.any(["digit.pressed", "treatment.ended"]);
      const second = await scene.any(["digit.pressed", "treatment.ended"]);
      expect([first, second]).toContainEqual(expect.objectContaining({ type: "digit.pressed", digit: "4" }));
      expect([first, second]).toContainEqual(
        expect.objectContaining({ type: "treatment.ended", task, outcome: "done" }),
      );
      scene.rig.press(scene.call, "#");
      expect(await scene.next("digit.pressed")).toMatchObject({ digit: "#" });
      await scene.hangup();
    },
  },
  {
    name: "a trunk that knows nobody of this number is told with its code, and the next may be tried",
    async run(scene) {
      await scene.answered();
      const first = scene.offer("absent");
      expect(await scene.next("offer.failed")).toMatchObject({ offer: first, outcome: "unreachable", sip: 404 });
      const second = scene.offer("answers", 2);
      expect(await scene.next("offer.answered")).toMatchObject({ offer: second });
      scene.connect(second);
      expect(await scene.next("call.connected")).toMatchObject({ offer: second });
      await scene.hangup();
    },
  },
  {
    name: "what is sent along changes nothing in how an offer goes",
    async run(scene) {
      await scene.answered();
      const offer = scene.offer("answers", 1, {
        headers: { "X-Info": "vip" },
        uui: { hex: "04" },
      });
      expect(await scene.next("offer.answered")).toMatchObject({ offer });
      scene.connect(offer);
      expect(await scene.next("call.connected")).toMatchObject({ offer });
      await scene.hangup();
    },
  },
  {
    name: "a message for a mailbox of ours ends, or is told not to be possible",
    async run(scene) {
      await scene.answered();
      const task = scene.takeMessage(2200);
      const ended = await scene.next("voicemail.ended");
      expect(ended.task).toBe(task);
      expect(["left_message", "failed"]).toContain(ended.outcome);
      await scene.hangup();
    },
  },
  {
    name: "a message for a mailbox of ours ends when it is as long as it may be",
    async run(scene) {
      await scene.answered();
      const task = scene.takeMessage(2200);
      await scene.silence(2000);
      expect(await scene.next("voicemail.ended")).toMatchObject({ call: scene.call, task, outcome: "left_message" });
      await scene.hangup();
    },
  },
  {
    name: "the caller's hanging up ends his message for a mailbox of ours, and he is gone",
    async run(scene) {
      await scene.answered();
      const task = scene.takeMessage(60_000);
      await scene.silence(2100);
      scene.rig.hangUp(scene.call);
      expect(await scene.next("voicemail.ended")).toMatchObject({ task, outcome: "left_message" });
      await scene.next("call.gone");
      await scene.hangup();
    },
  },
  {
    name: "within 2 s no message was left in a mailbox of ours: the caller is gone, and nothing else is told",
    async run(scene) {
      await scene.answered();
      scene.takeMessage(60_000);
      await scene.silence(500);
      scene.rig.hangUp(scene.call);
      await scene.next("call.gone");
      await scene.hangup();
    },
  },
  {
    name: "an abandoned message for a mailbox of ours ends without an event",
    async run(scene) {
      await scene.answered();
      const task = scene.takeMessage(60_000);
      await scene.silence(100);
      scene.rig.calls.perform({ type: "abandonDeposit", call: scene.call, task });
      await scene.silence();
      expect(scene.rig.legs()).toBe(1);
      await scene.hangup();
    },
  },
  {
    name: "a bot takes the caller until it is done",
    async run(scene) {
      await scene.answered();
      scene.rig.calls.perform({ type: "ask", call: scene.call, task: 7, bot: "helper", trunks: ["bots"] });
      expect(await scene.next("bot.ended")).toMatchObject({ task: 7, outcome: "done" });
      await scene.hangup();
    },
  },
  {
    name: "whoever picked up and presses the key has confirmed",
    async run(scene) {
      await scene.answered();
      const offer = scene.offer("answers");
      await scene.next("offer.answered");
      scene.rig.calls.perform({ type: "confirm", call: scene.call, offer, prompt: "hello", key: "1", language: "en" });
      expect(await scene.next("offer.confirmed")).toMatchObject({ offer, confirmed: true });
      scene.connect(offer);
      await scene.next("call.connected");
      await scene.hangup();
    },
  },
  {
    name: "what is said takes its time",
    async run(scene) {
      await scene.answered();
      scene.rig.calls.perform({ type: "say", call: scene.call, task: 5, values: [3], language: "en" });
      await scene.silence(50);
      expect(await scene.next("treatment.ended")).toMatchObject({ task: 5, outcome: "done" });
      await scene.hangup();
    },
  },
  {
    name: "a recording begins, pauses and goes on",
    async run(scene) {
      await scene.answered();
      const told = async (state: string): Promise<void> =>
        expect(await scene.next("recording.changed")).toMatchObject({ state });
      for (const [what, state] of [
        ["call", "started"],
        ["pause", "paused"],
        ["resume", "resumed"],
        ["stop", "ended"],
      ] as const) {
        scene.rig.calls.perform({ type: "record", call: scene.call, what });
        await told(state);
      }
      scene.rig.calls.perform({ type: "record", call: scene.call, what: "call", paused: true });
      await told("started");
      await told("paused");
      await scene.hangup();
    },
  },
  {
    name: "a call that begins with us has its caller once he picks up",
    async run(scene) {
      await scene.answered();
      scene.rig.calls.perform({ type: "open", call: "ours" });
      scene.rig.calls.perform({
        type: "place",
        call: "ours",
        party: { kind: "number", number: "+34600000009", trunks: ["outside"] },
        from: "5000",
      });
      expect(await scene.next("call.answered")).toMatchObject({ call: "ours" });
      scene.rig.calls.perform({ type: "hangup", call: "ours" });
      await scene.hangup();
    },
  },
  {
    name: "the caller's network takes him to whom he is referred",
    async run(scene) {
      await scene.answered();
      scene.rig.calls.perform({ type: "refer", call: scene.call, task: 6, to: "tel:+34600000002" });
      expect(await scene.next("refer.ended")).toMatchObject({ task: 6, outcome: "accepted" });
      await scene.hangup();
    },
  },
];

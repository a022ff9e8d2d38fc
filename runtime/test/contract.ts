import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SentAlong } from "../along.ts";
import type { Party } from "../commands.ts";
import type { CallId, Event, TaskId } from "../events.ts";
import type { CallPort } from "../ports.ts";
import { outwardCases } from "./contract-outward.ts";

/*
 * What every filling of the call port owes the engine, case by case. The simulation passes it on a virtual clock, the
 * SIP side over loopback. What is not delivered matters as much as what is: each case also says when silence must hold.
 */

/**
 * How the phone of an offer takes it. `crosses` answers at the very moment at which it is told to stop ringing; `absent` is a number
 * that its trunk does not know (404).
 */
export type PartyKind = "answers" | "rejects" | "busy" | "unreachable" | "rings" | "crosses" | "absent";

/**
 * One port with callers and phones around it. It knows a prompt `hello`, music `calm`, no prompt `nowhere`, and numbers
 * of which one may be called in.
 */
export interface Rig {
  calls: CallPort;
  /** Everything the port has delivered so far, in order. */
  events: readonly Event[];
  /** Lets time pass, virtual or real. */
  pass(ms: number): Promise<void>;
  /** A caller from `+34600000001` calls `5000`; resolves at once, `call.arrived` follows. */
  callIn(): void;
  hangUp(call: CallId): void;
  press(call: CallId, digit: string): void;
  /** Somebody who can be rung and behaves so. */
  party(kind: PartyKind): Party;
  /** The party that is connected with the call hangs up. */
  partyHangsUp(call: CallId): void;
  /** A mailbox that hangs up after `recordsMs`, or one that cannot be reached. */
  mailbox(kind: "records" | "unreachable"): { mailbox: string; trunk: string; number: string };
  recordsMs: number;
  /** Length of `hello`. */
  helloMs: number;
  /** Legs that stand outside: callers and phones that ring or talk. */
  legs(): number;
  stop(): Promise<void>;
}

/** How far something is that goes on. */
const PASSED = new Set<Event["type"]>(["offer.ringing", "voicemail.answered"]);

/** How long a case waits for something that must come, and how long silence is listened to. */
const PATIENCE_MS = 4000;
const SILENCE_MS = 250;
const STEP_MS = 10;

export interface Case {
  name: string;
  run: (scene: Scene) => Promise<void>;
}

/** What the cases are written with: one call, its events in order, each taken once. */
class Scene {
  readonly rig: Rig;
  call: CallId = "";
  private taken = 0;
  private task: TaskId = 0;

  constructor(rig: Rig) {
    this.rig = rig;
  }

  async arrive(): Promise<void> {
    this.rig.callIn();
    this.call = (await this.next("call.arrived")).call;
  }

  async answered(): Promise<void> {
    await this.arrive();
    this.rig.calls.perform({ type: "answer", call: this.call, ringback: false });
    await this.next("call.answered");
  }

  /** The next event, which must be of this type; `offer.ringing` and `voicemail.answered` may come before. */
  async next<T extends Event["type"]>(type: T): Promise<Extract<Event, { type: T }>> {
    for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
      const event = this.rig.events[this.taken];
      if (event) {
        this.taken++;
        if (PASSED.has(event.type) && event.type !== type) continue;
        if (isOf(event, type)) return event;
        throw new Error(`${JSON.stringify(event)} came where \`${type}\` was due`);
      }
      await this.rig.pass(STEP_MS);
    }
    throw new Error(`no \`${type}\` came within ${PATIENCE_MS} ms`);
  }

  /** The next event, of one of these types. */
  async any(types: readonly Event["type"][]): Promise<Event> {
    for (let waited = 0; waited < PATIENCE_MS; waited += STEP_MS) {
      const event = this.rig.events[this.taken];
      if (event) {
        this.taken++;
        if (types.includes(event.type)) return event;
        throw new Error(`${JSON.stringify(event)} came where one of ${types.join(", ")} was due`);
      }
      await this.rig.pass(STEP_MS);
    }
    throw new Error(`none of ${types.join(", ")} came within ${PATIENCE_MS} ms`);
  }

  async silence(ms = SILENCE_MS): Promise<void> {
    await this.rig.pass(ms);
    const more = this.rig.events.slice(this.taken).filter((event) => !PASSED.has(event.type));
    expect(more).toEqual([]);
    this.taken = this.rig.events.length;
  }

  play(prompt: string, otherwise?: string): TaskId {
    this.task++;
    const { call, task } = this;
    this.rig.calls.perform({ type: "play", call, task, prompt, language: "en", ...(otherwise && { otherwise }) });
    return task;
  }

  music(ms?: number): TaskId {
    this.task++;
    const { call, task } = this;
    this.rig.calls.perform({ type: "music", call, task, name: "calm", language: "en", ...(ms && { ms }) });
    return task;
  }

  offer(kind: PartyKind, attempt = 1, along?: SentAlong): string {
    const offer = `${this.call}/${attempt}`;
    this.rig.calls.perform({
      type: "offer",
      call: this.call,
      offer,
      party: this.rig.party(kind),
      from: "+34600000001",
      ...(along && { along }),
    });
    return offer;
  }

  withdraw(offer: string): void {
    this.rig.calls.perform({ type: "withdraw", call: this.call, offer, reason: "no_answer" });
  }

  connect(offer: string): void {
    this.rig.calls.perform({ type: "connect", call: this.call, offer });
  }

  async connected(): Promise<string> {
    await this.answered();
    const offer = this.offer("answers");
    await this.next("offer.answered");
    this.connect(offer);
    expect(await this.next("call.connected")).toMatchObject({ call: this.call, offer });
    return offer;
  }

  deposit(kind: "records" | "unreachable"): TaskId {
    this.task++;
    const { call, task } = this;
    this.rig.calls.perform({ type: "deposit", call, task, ...this.rig.mailbox(kind) });
    return task;
  }

  takeMessage(mostMs: number): TaskId {
    this.task++;
    const { call, task } = this;
    this.rig.calls.perform({ type: "takeMessage", call, task, mailbox: "own", mostMs });
    return task;
  }

  /** Ends the call; nothing may come after, and nothing may be left. */
  async hangup(): Promise<void> {
    this.rig.calls.perform({ type: "hangup", call: this.call });
    await this.silence();
    expect(this.rig.legs()).toBe(0);
  }
}

function isOf<T extends Event["type"]>(event: Event, type: T): event is Extract<Event, { type: T }> {
  return event.type === type;
}

const failing = (name: string, kind: PartyKind, outcome: string): Case => ({
  name,
  async run(scene) {
    await scene.answered();
    const offer = scene.offer(kind);
    expect(await scene.next("offer.failed")).toMatchObject({ call: scene.call, offer, outcome });
    await scene.hangup();
  },
});

const cases: Case[] = [
  {
    name: "a call arrives with its numbers",
    async run(scene) {
      scene.rig.callIn();
      expect(await scene.next("call.arrived")).toMatchObject({ from: "+34600000001", to: "5000" });
    },
  },
  {
    name: "answer, then a prompt that plays for its length",
    async run(scene) {
      await scene.answered();
      const task = scene.play("hello");
      await scene.silence(scene.rig.helloMs / 2);
      expect(await scene.next("treatment.ended")).toMatchObject({ call: scene.call, task, outcome: "done" });
      await scene.hangup();
    },
  },
  {
    name: "a prompt that does not exist is missing",
    async run(scene) {
      await scene.answered();
      const task = scene.play("nowhere");
      expect(await scene.next("treatment.ended")).toMatchObject({ task, outcome: "missing" });
    },
  },
  {
    name: "the other prompt plays where the first is missing",
    async run(scene) {
      await scene.answered();
      const task = scene.play("nowhere", "hello");
      expect(await scene.next("treatment.ended")).toMatchObject({ task, outcome: "done" });
    },
  },
  {
    name: "a prompt replaces the one that plays, of which nothing more is heard",
    async run(scene) {
      await scene.answered();
      scene.play("hello");
      const task = scene.play("hello");
      expect(await scene.next("treatment.ended")).toMatchObject({ task });
      await scene.silence(scene.rig.helloMs);
    },
  },
  {
    name: "music without a length never ends, music with one does",
    async run(scene) {
      await scene.answered();
      scene.music();
      await scene.silence();
      const task = scene.music(100);
      expect(await scene.next("treatment.ended")).toMatchObject({ task, outcome: "done" });
    },
  },
  {
    name: "ringback and silence end nothing and end a prompt without a word",
    async run(scene) {
      await scene.answered();
      scene.play("hello");
      scene.rig.calls.perform({ type: "ringback", call: scene.call, task: 90 });
      scene.rig.calls.perform({ type: "silence", call: scene.call, task: 91 });
      await scene.silence(scene.rig.helloMs + SILENCE_MS);
    },
  },
  {
    name: "a hang-up while a prompt plays is the last that is heard of the call",
    async run(scene) {
      await scene.answered();
      scene.play("hello");
      await scene.silence(20);
      scene.rig.hangUp(scene.call);
      await scene.next("call.gone");
      await scene.silence(scene.rig.helloMs + SILENCE_MS);
      await scene.hangup();
    },
  },
  {
    name: "a caller may go before he is answered",
    async run(scene) {
      await scene.arrive();
      scene.rig.hangUp(scene.call);
      await scene.next("call.gone");
      await scene.hangup();
    },
  },
  {
    name: "a reject ends the call, and no event follows",
    async run(scene) {
      await scene.arrive();
      scene.rig.calls.perform({ type: "reject", call: scene.call, code: 486 });
      await scene.silence();
      expect(scene.rig.legs()).toBe(0);
    },
  },
  {
    name: "a redirect ends the call, and no event follows",
    async run(scene) {
      await scene.arrive();
      scene.rig.calls.perform({ type: "redirect", call: scene.call, to: "tel:+34600000002" });
      await scene.silence();
      expect(scene.rig.legs()).toBe(0);
    },
  },
  {
    name: "a caller's network that is asked to call somebody says what came of it",
    async run(scene) {
      await scene.answered();
      scene.rig.calls.perform({ type: "refer", call: scene.call, task: 6, to: "tel:+34600000002" });
      expect(await scene.next("refer.ended")).toMatchObject({ call: scene.call, task: 6 });
      await scene.hangup();
    },
  },
  {
    name: "a bot ends with the caller, or is told not to be reached",
    async run(scene) {
      await scene.answered();
      scene.rig.calls.perform({ type: "ask", call: scene.call, task: 7, bot: "helper", trunks: [] });
      const { task, outcome } = await scene.next("bot.ended");
      expect(task).toBe(7);
      expect(["done", "failed"]).toContain(outcome);
      scene.rig.calls.perform({ type: "dismiss", call: scene.call, task: 7 });
      await scene.hangup();
    },
  },
  {
    name: "whoever picked up confirms it, or cannot",
    async run(scene) {
      await scene.answered();
      const offer = scene.offer("answers");
      await scene.next("offer.answered");
      scene.rig.calls.perform({ type: "confirm", call: scene.call, offer, prompt: "hello", key: "1", language: "en" });
      expect(await scene.next("offer.confirmed")).toMatchObject({ call: scene.call, offer });
      scene.withdraw(offer);
      await scene.hangup();
    },
  },
  {
    name: "a call that begins with us has a caller once he was called, or is gone at once",
    async run(scene) {
      await scene.answered();
      scene.rig.calls.perform({ type: "open", call: "ours" });
      scene.rig.calls.perform({
        type: "place",
        call: "ours",
        party: { kind: "number", number: "+34600000009", trunks: [] },
        from: "+34600000001",
      });
      const told = await scene.any(["call.answered", "place.failed", "call.gone"]);
      expect(told).toMatchObject({ call: "ours" });
      scene.rig.calls.perform({ type: "unplace", call: "ours" });
      scene.rig.calls.perform({ type: "hangup", call: "ours" });
      await scene.hangup();
    },
  },
  {
    name: "what is said ends, whether there is a voice or not",
    async run(scene) {
      await scene.answered();
      scene.rig.calls.perform({ type: "say", call: scene.call, task: 5, values: ["hello", 3], language: "en" });
      const { task, outcome } = await scene.next("treatment.ended");
      expect(task).toBe(5);
      expect(["done", "failed"]).toContain(outcome);
      await scene.hangup();
    },
  },
  {
    name: "recording is told to have begun, or not to be possible",
    async run(scene) {
      await scene.answered();
      scene.rig.calls.perform({ type: "record", call: scene.call, what: "call" });
      expect(["started", "failed"]).toContain((await scene.next("recording.changed")).state);
      await scene.hangup();
    },
  },
  {
    name: "a hang-up by us ends the call, and no event follows",
    async run(scene) {
      await scene.answered();
      scene.play("hello");
      await scene.hangup();
    },
  },
  {
    name: "a key that the caller presses arrives",
    async run(scene) {
      await scene.answered();
      scene.rig.press(scene.call, "7");
      expect(await scene.next("digit.pressed")).toMatchObject({ call: scene.call, digit: "7" });
    },
  },
  {
    name: "a phone rings for as long as nobody withdraws the offer",
    async run(scene) {
      await scene.answered();
      const offer = scene.offer("rings");
      expect(await scene.next("offer.ringing")).toMatchObject({ call: scene.call, offer });
      await scene.silence();
      expect(scene.rig.legs()).toBe(2);
      await scene.hangup();
    },
  },
  failing("an offer that is declined ends as rejected", "rejects", "rejected"),
  failing("an offer to a phone in use ends as busy", "busy", "busy"),
  failing("an offer to a phone that is not there ends as unreachable", "unreachable", "unreachable"),
  {
    name: "an offer withdrawn while it rings ends without an event",
    async run(scene) {
      await scene.answered();
      const offer = scene.offer("rings");
      await scene.next("offer.ringing");
      scene.withdraw(offer);
      await scene.silence();
      expect(scene.rig.legs()).toBe(1);
      await scene.hangup();
    },
  },
  {
    name: "an offer withdrawn before it rings ends without an event",
    async run(scene) {
      await scene.answered();
      scene.withdraw(scene.offer("rings"));
      await scene.silence();
      expect(scene.rig.legs()).toBe(1);
    },
  },
  {
    name: "an answer that crosses the withdrawal leaves nobody behind",
    async run(scene) {
      await scene.answered();
      const offer = scene.offer("crosses");
      await scene.next("offer.ringing");
      scene.withdraw(offer);
      await scene.silence();
      expect(scene.rig.legs()).toBe(1);
      await scene.hangup();
    },
  },
  {
    name: "an answered offer may be withdrawn",
    async run(scene) {
      await scene.answered();
      const offer = scene.offer("answers");
      await scene.next("offer.answered");
      scene.withdraw(offer);
      await scene.silence();
      expect(scene.rig.legs()).toBe(1);
    },
  },
  {
    name: "of two that ring one answers, the other is withdrawn",
    async run(scene) {
      await scene.answered();
      const slow = scene.offer("rings", 1);
      const quick = scene.offer("answers", 2);
      expect(await scene.next("offer.answered")).toMatchObject({ offer: quick });
      scene.withdraw(slow);
      scene.connect(quick);
      expect(await scene.next("call.connected")).toMatchObject({ offer: quick });
      await scene.silence();
      expect(scene.rig.legs()).toBe(2);
      await scene.hangup();
    },
  },
  {
    name: "a failed offer can be followed by another",
    async run(scene) {
      await scene.answered();
      scene.offer("busy", 1);
      await scene.next("offer.failed");
      const offer = scene.offer("answers", 2);
      expect(await scene.next("offer.answered")).toMatchObject({ offer });
      await scene.hangup();
    },
  },
  {
    name: "connect ends what sounds, and the party may hang up",
    async run(scene) {
      await scene.answered();
      scene.play("hello");
      const offer = scene.offer("answers");
      await scene.next("offer.answered");
      scene.connect(offer);
      expect(await scene.next("call.connected")).toMatchObject({ call: scene.call, offer });
      await scene.silence(scene.rig.helloMs + SILENCE_MS);
      scene.rig.partyHangsUp(scene.call);
      expect(await scene.next("party.gone")).toMatchObject({ call: scene.call, offer });
      expect(scene.rig.legs()).toBe(1);
      await scene.hangup();
    },
  },
  {
    name: "a caller who was not answered is joined all the same",
    async run(scene) {
      await scene.arrive();
      const offer = scene.offer("answers");
      await scene.next("offer.answered");
      scene.connect(offer);
      expect(await scene.next("call.connected")).toMatchObject({ offer });
      await scene.hangup();
    },
  },
  {
    name: "the caller hangs up in conversation; the party stands until the call is hung up",
    async run(scene) {
      await scene.connected();
      scene.rig.hangUp(scene.call);
      await scene.next("call.gone");
      await scene.hangup();
    },
  },
  {
    name: "the caller hangs up while a phone rings, which then is withdrawn",
    async run(scene) {
      await scene.answered();
      const offer = scene.offer("rings");
      await scene.next("offer.ringing");
      scene.rig.hangUp(scene.call);
      await scene.next("call.gone");
      scene.withdraw(offer);
      await scene.hangup();
    },
  },
  {
    name: "a deposit that the mailbox ends",
    async run(scene) {
      await scene.answered();
      const task = scene.deposit("records");
      await scene.silence(scene.rig.recordsMs / 2);
      expect(await scene.next("voicemail.ended")).toMatchObject({ call: scene.call, task, outcome: "left_message" });
      await scene.hangup();
    },
  },
  {
    name: "a caller who hangs up within 2 s has left no message: he is gone, and nothing else is told",
    async run(scene) {
      await scene.answered();
      scene.deposit("records");
      await scene.silence(500);
      scene.rig.hangUp(scene.call);
      await scene.next("call.gone");
      await scene.hangup();
    },
  },
  {
    name: "a mailbox that cannot be reached fails",
    async run(scene) {
      await scene.answered();
      const task = scene.deposit("unreachable");
      expect(await scene.next("voicemail.ended")).toMatchObject({ task, outcome: "failed" });
      await scene.hangup();
    },
  },
  {
    name: "an abandoned deposit ends without an event",
    async run(scene) {
      await scene.answered();
      const task = scene.deposit("records");
      await scene.silence(100);
      scene.rig.calls.perform({ type: "abandonDeposit", call: scene.call, task });
      await scene.silence();
      expect(scene.rig.legs()).toBe(1);
      await scene.hangup();
    },
  },
  {
    name: "commands for calls, offers and tasks that are no more do nothing",
    async run(scene) {
      await scene.answered();
      scene.withdraw(`${scene.call}/9`);
      scene.rig.calls.perform({ type: "abandonDeposit", call: scene.call, task: 99 });
      await scene.hangup();
      scene.play("hello");
      scene.offer("answers");
      scene.connect(`${scene.call}/1`);
      await scene.hangup();
    },
  },
];

const all = [...cases, ...outwardCases];

/** Runs the suite. A deviation is listed with its reason, which the test output shows. */
export function portContract(suite: {
  name: string;
  makeRig(): Rig | Promise<Rig>;
  skip?: { case: string; reason: string }[];
}): void {
  describe(`call port: ${suite.name}`, () => {
    let scene: Scene;
    beforeEach(async () => {
      scene = new Scene(await suite.makeRig());
    });
    afterEach(() => scene.rig.stop());
    for (const { name, run } of all) {
      const skipped = suite.skip?.find((deviation) => deviation.case === name);
      if (skipped) it.skip(`${name} (${skipped.reason})`);
      else it(name, () => run(scene));
    }
    it("lists only deviations that exist", () => {
      const names = all.map(({ name }) => name);
      for (const deviation of suite.skip ?? []) expect(names).toContain(deviation.case);
    });
  });
}

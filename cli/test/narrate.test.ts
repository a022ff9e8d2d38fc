import { expect, test } from "vitest";
import type { EventRecord } from "../../runtime/index.ts";
import { makeSource, readDirectory } from "../../language/index.ts";
import { inWords } from "../words.ts";

const text = `directory: 1
site: { name: shop }
agents: { ana: { name: Ana, extension: "1001" } }
webhooks: { crm: { url: "https://crm.example/hook", events: [agent.refused] } }
`;

test("a state that may not follow is told, and may be sent elsewhere", () => {
  const { directory, diagnostics } = readDirectory([makeSource("directory.yaml", text)]);
  expect(diagnostics.filter(({ message }) => message.includes("agent.refused"))).toEqual([]);
  const refused = { type: "agent.refused", agent: "ana", from: "lunch", to: "ready", at: 0, seq: 1 } as const;
  expect(inWords({ ...refused, allowed: ["not_ready"] }, directory)).toBe(
    "Ana may not go from lunch to ready, only to not_ready",
  );
  expect(inWords({ ...refused, allowed: [] }, directory)).toBe("Ana may not go from lunch to ready");
});

test("which trunk was tried, what it said, and what was pressed", () => {
  const { directory } = readDirectory([makeSource("directory.yaml", text)]);
  const offer = { call: "c", offer: "c/1", destination: "+34910000000", at: 0, seq: 1 };
  const made = { ...offer, type: "offer.made", trunk: "pstn", ringFor: 20_000, level: "strategy" } as const;
  const pressed = { type: "digits.collected", call: "c", outcome: "digits", at: 0, seq: 2 } as const;
  const records = [
    made,
    { ...offer, type: "offer.ended", outcome: "unreachable", sip: 503 } as const,
    { ...offer, type: "offer.ended", outcome: "not_reached", caller: "busy", sip: 486 } as const,
    { type: "transfer.failed", call: "c", to: "6102", outcome: "no_trunk", at: 0, seq: 1 } as const,
    { ...pressed, digits: "12" },
    { ...pressed, digits: "" },
  ];
  expect(records.map((record) => inWords(record, directory))).toEqual([
    'rings "+34910000000" by pstn for 20.0 s',
    '"+34910000000": unreachable (503)',
    '"+34910000000": the caller is not reached: busy (486)',
    'is not handed on to "6102": no trunk',
    'presses "12"',
    "presses nothing",
  ]);
});

test("what others have written neither steers a terminal nor turns its text about", () => {
  const { directory } = readDirectory([makeSource("directory.yaml", text)]);
  const state = { type: "agent.state", agent: "ana", state: "not_ready", at: 0, seq: 1 } as const;
  const reasons = ["\u009b31mred", "\u202eevil", "a\u2028b", "\u007f", "café 🍵"];
  expect(inWords({ ...state, reasons } as never, directory)).toBe(
    "Ana is not_ready (\\u009b31mred, \\u202eevil, a\\u2028b, \\u007f, café 🍵)",
  );
  const noted = { type: "call.noted", call: "c", text: "\u001b[2J\u009b2J\n", at: 0, seq: 2 } as const;
  expect(inWords(noted, directory)).toBe('note "\\u001b[2J\\u009b2J\\n"');
});

type Type = EventRecord["type"];
type Sample<T extends Type> = Omit<Extract<EventRecord, { type: T }>, "type" | "call" | "at" | "seq">;

/** One of each type, which the compiler holds, and how `why` tells it. */
const samples: { [T in Type]: [sample: Sample<T>, words: string] } = {
  "call.arrived": [{ from: "1", to: "5000", strategy: "s", data: {} }, '"1" calls "5000": strategy "s"'],
  "call.dialled": [{ agent: "ana", from: "1001", to: "2", data: {} }, 'Ana dials "2" at the desk'],
  "dial.failed": [{ agent: "ana", to: "2", outcome: "busy", sip: 486 }, '"2": busy (486)'],
  "call.answered": [{}, "is answered"],
  "call.returned": [{}, "is found again"],
  "call.queued": [{ queue: "Q", position: 2 }, "waits in queue Q, position 2"],
  "call.step": [{ queue: "Q", step: 2 }, "queue Q takes step 2"],
  "call.dequeued": [{ queue: "Q", outcome: "give_up" }, "leaves queue Q: give_up"],
  "treatment.started": [{ kind: "play", name: "hi" }, 'hears play "hi"'],
  "treatment.ended": [{ kind: "play", name: "hi", outcome: "missing" }, 'play "hi": missing'],
  "offer.made": [{ offer: "o", agent: "ana", ringFor: 9000, level: "strategy" }, "rings Ana for 9.0 s"],
  "offer.ended": [{ offer: "o", agent: "ana", outcome: "no_answer" }, "Ana: no_answer"],
  "call.overflowed": [
    { agent: "ana", level: "device" },
    "goes where the directory sends calls that Ana lets ring (device)",
  ],
  "call.connected": [{ agent: "ana" }, "talks to Ana"],
  "call.transferred": [{ destination: "2" }, 'is handed on, and talks to "2"'],
  "call.held": [{ agent: "ana" }, "is put on hold by Ana"],
  "call.retrieved": [{}, "is taken off hold by somebody"],
  "hold.failed": [{}, "could not be put on hold"],
  "call.handed_on": [{ to: "5001", by: "ana", strategy: "t" }, 'is handed on to "5001" by Ana: strategy "t"'],
  "transfer.failed": [{ to: "2", outcome: "unreachable" }, 'is not handed on to "2": unreachable'],
  "call.consulted": [{ by: "ana", destination: "2" }, 'is held; Ana asks "2"'],
  "consult.held": [{ destination: "2" }, 'talks again; "2", who was asked, is held'],
  "consult.ended": [{ to: "2", outcome: "busy" }, '"2", to be asked: busy'],
  "call.referred": [{ to: "2" }, 'its network is asked to call "2"'],
  "preview.offered": [{ preview: "p", agent: "ana", mode: "all", forMs: 20_000 }, "is shown to Ana for 20.0 s"],
  "preview.ended": [
    { preview: "p", agent: "ana", outcome: "declined", responseMs: 1500 },
    "Ana, to whom it was shown: declined after 1.5 s",
  ],
  "preview.late": [{ preview: "p", agent: "ana" }, "Ana accepts too late"],
  "callback.booked": [{ of: "b", number: "2" }, 'is promised a callback at "2"'],
  "callback.tried": [{ outcome: "busy" }, "the callback does not reach the caller: busy"],
  "callback.ended": [{ of: "b", outcome: "answered" }, "the callback: answered"],
  "bot.started": [{ bot: "helper" }, "is given to bot helper"],
  "bot.ended": [
    { bot: "helper", outcome: "transfer", target: "Sales", reason: "a bill" },
    'bot helper: transfer, to "Sales", for "a bill"',
  ],
  "voicemail.started": [{ mailbox: "m" }, "is connected to mailbox m"],
  "voicemail.ended": [{ mailbox: "m", outcome: "left_message" }, "mailbox m: left_message"],
  "digits.collected": [{ outcome: "digits", digits: "12" }, 'presses "12"'],
  "request.ended": [{ outcome: "failed", code: 500 }, "a host that was asked: failed (500)"],
  "call.split": [{ label: "left" }, 'goes by the share "left"'],
  "recording.changed": [{ state: "paused" }, "recording: paused"],
  "guest.changed": [{ who: "ana", state: "listens" }, "Ana listens"],
  "text.sent": [{ by: "ana", to: "luc", text: "help" }, 'Ana writes to luc: "help"'],
  "party.left": [{ agent: "ana" }, "Ana leaves; the others talk on"],
  "identity.changed": [{ agent: "ana", identity: "Luc" }, 'at Ana is "Luc" now'],
  "phone.refused": [
    { what: "hold", reason: "not_allowed", sip: 488 },
    "the phone of the caller wants to hold: not allowed (488)",
  ],
  "counter.set": [{ counter: "c", value: 2, by: "ana" }, "counter c is 2, by ana"],
  "counter.counted": [{ counter: "c", value: 3 }, "counts c: 3"],
  "call.noted": [{ text: "x" }, 'note "x"'],
  "call.measured": [{ received: 98, lost: 2, jitterMs: 3.4 }, "was heard with 2 of 100 packets lost, jitter 3 ms"],
  "call.default_routed": [{ net: "entry", reason: "limit" }, "is routed by default (entry): limit"],
  "call.ended": [{ by: "strategy", disposition: "rejected", sip: 486 }, "ended by the strategy: rejected (486)"],
  "after_call.failed": [{ reason: "late" }, "what is to be done after the call is not done to its end: late"],
  "agent.state": [{ agent: "ana", state: "ready", reasons: [], source: "desk" }, "Ana is ready"],
  "agent.refused": [{ agent: "ana", from: "lunch", to: "ready", allowed: [] }, "Ana may not go from lunch to ready"],
  "agent.seated": [{ agent: "ana", device: "d1" }, "Ana sits at d1"],
  "agent.redirected": [{ agent: "ana" }, "Ana takes calls at his own phone"],
  "flag.set": [{ flag: "f", on: true, by: "ana" }, "flag f is on, by ana"],
  "mailbox.status": [{ mailbox: "m", waiting: true, new: 1, old: 2, agents: [] }, "mailbox m: 1 new, 2 old"],
  "mailbox.opened": [{ mailbox: "m", by: "pin" }, "hears the messages of mailbox m, let in by the PIN"],
  "mailbox.refused": [{ reason: "too_many" }, "keys in a PIN that opens no mailbox: too many"],
  "trunk.state": [{ trunk: "t", up: false }, "trunk t does not answer"],
  "run.restarted": [{ calls: 2 }, "the run before this one has died; 2 of its callers are looked for"],
  "strategy.loaded": [{ hash: "h", strategies: ["s"] }, 'new calls use what has changed: "s"'],
  "strategy.refused": [{ reason: "r" }, 'what has changed is not used: "r"'],
  "limit.reached": [{ limit: "texts" }, "a limit is reached: texts"],
};

test("each type of record has words", () => {
  const { directory } = readDirectory([makeSource("directory.yaml", text)]);
  const said = Object.entries(samples).map(([type, [sample]]) => [
    type,
    inWords({ ...sample, type, call: "c", at: 0, seq: 1 } as EventRecord, directory),
  ]);
  expect(said).toEqual(Object.entries(samples).map(([type, [, words]]) => [type, words]));
});

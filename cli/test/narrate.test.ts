import { expect, test } from "vitest";
import { makeSource, readDirectory } from "../../language/index.ts";
import { inWords } from "../narrate.ts";

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

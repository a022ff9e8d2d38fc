import { expect, it } from "vitest";
import type { Expect } from "../../language/index.ts";
import { makeSource, parse, readDirectory } from "../../language/index.ts";
import type { EventRecord, RecordBody } from "../records.ts";
import { failureOf, type Story } from "../simulation/expectation.ts";
import { linesOf } from "../simulation/cast.ts";
import { house } from "./programs.ts";

const start = 1_000_000;
let seq = 0;
const at = (seconds: number, body: RecordBody): EventRecord => ({ ...body, at: start + seconds * 1000, seq: ++seq });

const story: Story = {
  startedAt: start,
  directory: readDirectory([makeSource("directory.yaml", house)]).directory,
  carried: [{ call: "C", trunk: "pstn", at: start + 25_000 }],
  heard: [
    { call: "A", name: "welcome", at: start },
    { call: "A", name: "calm", at: start + 30_000 },
    { call: "A", name: "welcome", at: start + 60_000 },
    { call: "B", name: "welcome", at: start + 2000 },
  ],
  records: [
    at(0, { type: "call.arrived", call: "A", from: "+34600000001", to: "5000", data: {} }),
    at(0, { type: "call.queued", call: "A", queue: "Sales", position: 1 }),
    at(30, {
      type: "offer.made",
      call: "A",
      offer: "A/1",
      agent: "luc",
      queue: "Sales",
      ringFor: 15_000,
      level: "strategy",
    }),
    at(45, { type: "offer.ended", call: "A", offer: "A/1", agent: "luc", outcome: "no_answer" }),
    at(50, {
      type: "offer.made",
      call: "A",
      offer: "A/2",
      agent: "luc",
      queue: "Sales",
      ringFor: 15_000,
      level: "strategy",
    }),
    at(80, { type: "voicemail.started", call: "A", mailbox: "sales" }),
    at(90, { type: "call.ended", call: "A", by: "caller", disposition: "left_message" }),
    at(1, { type: "call.arrived", call: "B", from: "+34600000002", to: "5000", data: {} }),
    at(20, { type: "call.connected", call: "B", agent: "ana" }),
    at(5, { type: "call.arrived", call: "C", from: "+34600000003", to: "5000", data: {} }),
    at(25, { type: "call.connected", call: "C", destination: "+34600000900" }),
    at(26, { type: "call.ended", call: "C", by: "party", disposition: "answered" }),
  ],
};

/** The expectation, and the message when it fails. */
const cases: [line: string, message?: string][] = [
  ["A offered to luc"],
  ["A offered to luc at 30s"],
  ["A offered to luc at 31s", "`A` was offered to `luc` 2 times, at 30s, 50s, not at 31s"],
  ["A offered to luc at 29s within 1s"],
  ["A offered to luc at 28s within 1s", "`A` was offered to `luc` 2 times, at 30s, 50s, not at 28s within 1s"],
  ["A offered to luc after 50s"],
  ["A offered to luc after 51s", "`A` was offered to `luc` 2 times, at 30s, 50s, not after 51s"],
  ["A offered to luc before 31s"],
  ["A offered to luc before 30s", "`A` was offered to `luc` 2 times, at 30s, 50s, not before 30s"],
  ["A offered to luc after C ends"],
  ["A offered to luc before C ends", "`A` was offered to `luc` 2 times, at 30s, 50s, not before `C` ended"],
  ["A offered to luc before B ends"],
  ["A offered to luc after B ends", "`A` was offered to `luc` 2 times, at 30s, 50s, not after `B` ended"],
  ["A never offered to luc before 30s"],
  ["A never offered to luc before 31s", "`A` was offered to `luc` at 30s"],
  ["A never offered to ana"],
  [
    "A offered to ana",
    "`A` was never offered to `ana`; it was offered to `luc` at 30s, `luc` at 50s and ended `left_message` at 1m30s",
  ],
  ["B answered by ana"],
  [
    "B answered by luc",
    "`B` was never answered by `luc`; it was answered by `ana` at 20s and was still talking to `ana` at the end of the test, for nobody hung up",
  ],
  ['C answered by number "+34600000900" at 25s'],
  ['C answered by number "600 000 900"'],
  ["C answered by number duty"],
  ["C answered by trunk pstn"],
  [
    "C answered by trunk pbx",
    "`C` was never answered by `pbx`; it was answered by `+34600000900` at 25s and ended `answered` at 26s",
  ],
  ["D answered by ana", "`D` was never answered by `ana`; it never arrived"],
  ['A hears "welcome"'],
  ['A hears "welcome" twice'],
  ['A hears "welcome" at 1m'],
  ['A hears "calm" twice', "`A` heard `calm` at 30s, not twice"],
  ['A hears "welcome" twice before 1m', "`A` heard `welcome` at 0s, not twice before 1m"],
  [
    'B hears "calm"',
    "`B` never heard `calm`; it heard `welcome` at 2s and was still talking to `ana` at the end of the test, for nobody hung up",
  ],
  ["A waits in queue Sales at 0s"],
  [
    "A waits in queue Other",
    "`A` never waited in queue `Other`; it waited in queue `Sales` at 0s and ended `left_message` at 1m30s",
  ],
  ["A ends left_message"],
  ["A ends left_message mailbox sales"],
  ["A ends left_message mailbox of group Sales"],
  [
    "A ends left_message mailbox reception",
    "`A` did not end `left_message` in mailbox `reception`; it ended `left_message` in mailbox `sales` at 1m30s",
  ],
  ["A ends answered", "`A` did not end `answered`; it ended `left_message` at 1m30s"],
  ["A ends left_message before 1m30s", "`A` ended `left_message` at 1m30s, not before 1m30s"],
  [
    "B ends answered",
    "`B` did not end `answered`; it was still talking to `ana` at the end of the test, for nobody hung up",
  ],
];

function expectOf(line: string): Expect {
  const source = makeSource("test.strategy", `test "t" for "s" {\n  expect ${line}\n}\n`);
  const { file, diagnostics } = parse(source);
  if (diagnostics[0]) throw new Error(diagnostics[0].message);
  const found = file.items.flatMap((item) => (item.kind === "test" ? linesOf(item, "expect") : []))[0];
  if (!found) throw new Error("no expectation was read");
  return found;
}

it.each(cases)("%s", (line, message) => {
  expect(failureOf(expectOf(line), story)).toBe(message);
});

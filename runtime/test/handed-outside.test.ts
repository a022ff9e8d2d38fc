import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { house } from "./programs.ts";
import { ladder, tell } from "./ladder.ts";

/* Who talks hands on to a number outside: by the trunks that the directory has for it, as a list or as a map. */

const text = `strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Q { at 0s agent ana  give up after 5m  while waiting { music "calm" } }
}`;
const map = house.replace("outbound: [pstn]", 'outbound: { "+34*": [backup], "+34803*": [], "112": [pstn] }');
const talking = `
  0s ana ready
  1s A calls 5000 a=1 pstn
  1s A answered
  2s A/1 answers
  2s A/1 connected
  9s A `;

/** What follows the last thing that happens. */
function last(act: string, directory: string, strategy = text): string[] {
  const lines = tell(strategy, ladder(talking) + act, { directory }).text.split("\n");
  return lines.slice(lines.findLastIndex((line) => /^\d/.test(line)) + 1).map((line) => line.trim());
}

test.each([
  ["+34911222333", house, "pstn"],
  ["+34911222333", map, "backup"],
  ["911 222 333", map, "backup"],
  ["duty", map, "backup"],
  ["112", map, "pstn"],
])("%s is called at once", (to, directory, trunk) => {
  expect(last(`hands_on ${to}`, directory).join("\n")).toMatch(new RegExp(`> offer .*${trunk}`));
});

test("a number that nobody may call leaves the two as they are", () => {
  expect(last("hands_on +34803111222", map)).toEqual(["transfer.failed A +34803111222 unreachable"]);
});

test("a number to which no trunk leads now leaves the two as they are", () => {
  const down = ladder(`  0s trunk backup down${talking}`);
  const told = tell(text, `${down}hands_on +34911222333`, { directory: map }).text;
  expect(told.split("\n").at(-1)?.trim()).toBe("transfer.failed A +34911222333 no_trunk");
});

test.each([
  ["hands_on +34911222333\n10s A/2 fails busy 486", "+34911222333 busy ana 486"],
  ["hands_on +34911222333\n10s A/2 fails unreachable 503", "+34911222333 failed ana 503"],
  ["hands_on +34911222333\n10s trunk backup down\n11s A/2 fails unreachable", "+34911222333 failed ana"],
  ["hands_on 6102", "6102 unreachable ana"],
  ["hands_on 6103\n10s A/2 fails rejected 603", "6103 rejected ana"],
  ["hands_on mailbox sales\n10s A deposited 2 empty", "mailbox sales empty ana"],
  ["hands_on Reception\n20s cleo ready", "Reception nobody ana"],
])("who hands on in vain is rung again, and it is told why: %s", (act, why) => {
  const told = tell(text, ladder(`  0s ben claims login offline\n  0s cleo ready${talking}`) + act, {
    directory: map,
  }).text;
  const [, after] = told.split(`  transfer.failed A ${why}\n`);
  expect(after).toMatch(/> offer A\/\d ana@ana/);
});

test("where the number fails, who handed on is rung again; then the call goes its default route, and waits in its queue no more", () => {
  const fails = "hands_on +34911222333\n10s A/2 fails busy 486";
  expect(last(fails, map)).toContain("> offer A/3 ana@ana");
  const told = last(`${fails}\n11s A/3 fails rejected`, map);
  expect(told).toContain("call.queued A Reception 1");
  expect(told.join("\n")).not.toContain("offer.made");
});

test("who dials at his desk calls by the map too", () => {
  const dials = `\n9s D dialled ana +34911222333\n10s D answered`;
  const { commands } = tell(text, `0s ana ready${dials}`, { directory: map });
  expect(commands).toContainEqual(
    expect.objectContaining({ type: "offer", party: { kind: "number", number: "+34911222333", trunks: ["backup"] } }),
  );
});

const page = readFileSync(join(import.meta.dirname, "../../docs/language/attempts.md"), "utf8");
/** Where phones call out by an entry, and carriers' callers are rejected, as documented. */
const outside = /strategy "outside" \{[\s\S]*?\n\}/.exec(page)?.[0] ?? "";
const routed = text.replace("group Reception", '"+34911222333"');

test.each([
  ["hands_on +34911222333", house, "> offer A/2 +34911222333 via pstn"],
  ["hands_on +34911222333", map, "> offer A/2 +34911222333 via backup"],
  ["hands_on +34803111222", map, "transfer.failed A +34803111222 unreachable"],
  ["hands_on duty", map, "> offer A/2 +34600000900 via backup"],
  ["consults +34911222333", map, "> part A/1"],
  ["consults 112", map, "consult.ended A 112 entry"],
  ["hands_on 112", map, "call.handed_on A 112 ana outside"],
  ["hands_on 112", map, "> offer A/2 112 via pstn"],
  [
    "hands_on +34911222333",
    house.replace("outbound: [pstn]", "outbound: []"),
    "call.handed_on A +34911222333 ana outside",
  ],
])("beside an entry for all numbers outside: %s", (act, directory, told) => {
  const lines = last(act, directory, text + outside);
  expect(lines.map((line) => line.slice(0, told.length))).toContain(told);
});

test.each([
  [house, "pstn"],
  [map, "backup"],
])("beside it a default route leads outside", (directory, trunk) => {
  const lines = tell(routed + outside, "1s A calls 5000 a=1 pstn\n1s A answered\n6m A presses 1", { directory }).text;
  expect(lines).toContain(`> offer A/1 +34911222333 via ${trunk}`);
});

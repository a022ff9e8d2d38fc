import type { Preview, Target } from "../ast.ts";
import { report } from "./checking.ts";
import { infer, inferAs } from "./expressions.ts";
import type { Place } from "./place.ts";
import { checkChoosers, checkShowing } from "./queue.ts";
import { inferCount, inferTime } from "./ranges.ts";
import { checkOpen } from "./secrets.ts";
import { checkSkills, checkSomebody } from "./skills.ts";
import { firstWord } from "./words.ts";

/** How many previews may be open at once. */
const mostPeople = 50;

export function checkPreview(preview: Preview, at: Place): void {
  const { top, targets, mode, choose, showing, sound, handlers } = preview;
  if (top) inferCount(top, at, "`top`", { from: 1, to: mostPeople });
  for (const target of targets) checkPeople(target, at);
  inferTime(preview.for, at, "`for`");
  if (mode?.atMost) inferCount(mode.atMost, at, "`at most`", { from: 1, to: mostPeople });
  checkChoosers(choose ?? [], at);
  if (showing) checkShowing(showing, at);
  if (sound)
    checkOpen(at.checking, sound, inferAs(sound, at, ["text"], "`sound`"), "the names of sounds are written down");
  if (handlers.some((handler) => handler.outcomes.some((one) => one.name.text === "accepted"))) return;
  const message = "this preview does not say what happens when somebody accepts";
  const handler = "on accepted(worker) { ring worker for 25s }";
  const { path, text } = at.checking.source;
  const end = preview.range.end - 1;
  const edits = [{ path, range: { start: end, end }, text: ` ${handler} ` }];
  report(at.checking, "error", "S219", firstWord(preview), message, {
    hint: `write \`${handler}\``,
    ...(text[end] === "}" && { fix: { title: `write \`${handler}\``, edits } }),
  });
}

/** Only people see a preview. */
function checkPeople(target: Target, at: Place): void {
  if (target.kind === "skilled") {
    checkSkills(target.condition, at);
    return;
  }
  const { thing } = target;
  if (thing.kind === "hole") return;
  if (thing.noun !== "agent" && thing.noun !== "group" && thing.noun !== "site") {
    const message = `a \`${thing.noun}\` cannot see a preview`;
    report(at.checking, "error", "S301", thing.range, message, {
      hint: "name people: `agents with …`, `group NAME` or `agent NAME`",
    });
    return;
  }
  infer(thing, at);
  checkSomebody(at.checking, thing);
}

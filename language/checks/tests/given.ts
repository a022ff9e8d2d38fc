import type { BotLine, HttpLine, Name, NumberLine, StatedLine, TestLine, Text, TrunkLine } from "../../ast.ts";
import { dialable } from "../../phone.ts";
import type { TypeName } from "../../types.ts";
import { type Checking, instead, isTold, quote, report, reportUnknown } from "../checking.ts";
import { infer, inferAs } from "../expressions.ts";
import { nowhere } from "../place.ts";
import { checkPrompt } from "../prompts.ts";
import { checkThing, fixedName } from "../things.ts";
import { type Bench, type Beside, checkCode, checkKnown } from "./bench.ts";
import { checkPress } from "./presses.ts";
import { has } from "./script.ts";

/** What a test takes as given, and how others behave. */
export function checkGiven(bench: Bench, line: TestLine): void {
  const { checking, own } = bench;
  const { directory } = checking;
  switch (line.kind) {
    case "stated":
      checkStated(checking, line);
      return;
    case "splitTakes":
      checkLabel(checking, line.label, own.labels);
      return;
    case "siteWaits":
      checkKnown(checking, "site", line.site, Object.keys(directory.sites));
      return;
    case "promptMissing":
      checkPrompt(checking, line.prompt);
      if (!has(bench.all.sounds, fixedName(line.prompt) ?? "", bench.checking.prompts))
        neverAsked(bench, line.prompt, "plays prompt");
      return;
    case "httpAct":
      checkHttp(bench, line);
      return;
    case "botAct":
      checkBot(bench, line);
      return;
    case "numberAct":
      checkNumber(bench, line);
      return;
    case "trunkAct":
      checkTrunk(checking, line);
      return;
    default:
  }
}

const stated: Partial<Record<string, TypeName>> = { flag: "yes or no", counter: "number" };

/** `flag storm is yes`, `ewt(queue Vip) is 6m`: a value of the kind that the figure has. */
function checkStated(checking: Checking, { subject, value }: StatedLine): void {
  const at = nowhere(checking);
  const type = infer(subject, { ...at, queued: true });
  const wanted = (subject.kind === "thing" ? stated[subject.noun] : undefined) ?? type.is;
  if (wanted !== "unknown") inferAs(value, at, [wanted], quote(checking, subject.range));
}

function checkLabel(checking: Checking, label: Name, labels: ReadonlySet<string>): void {
  if (labels.has(label.text)) return;
  const message = `no \`split\` of this strategy has a branch \`${label.text}\``;
  reportUnknown(checking, "S201", label.range, message, instead(label.text, labels));
}

/** Nothing comes of it: no strategy asks. */
function neverAsked({ checking }: Beside, name: Name | Text, what: string): void {
  if (checking.torn || isTold(checking, name.range)) return;
  const message = `no strategy ${what} \`${fixedName(name) ?? ""}\`, so that this line means nothing`;
  report(checking, "warning", "S434", name.range, message, { hint: "take it out, or correct the name" });
}

export function checkHttp(bench: Beside, { host, path, code }: HttpLine): void {
  const { checking, all } = bench;
  const { hosts } = checking.directory;
  checkKnown(checking, "host", host, Object.keys(hosts));
  if (Object.hasOwn(hosts, host.text) && !all.hosts.has(host.text)) neverAsked(bench, host, "asks host");
  if (!(fixedName(path) ?? "/").startsWith("/")) {
    const message = "a path begins with `/`";
    report(checking, "error", "S306", path.range, message, { write: `"/${fixedName(path) ?? ""}"` });
  }
  if (code) checkCode(checking, code, 100, 599);
}

export function checkBot(bench: Beside, { bot, with: given, code }: BotLine): void {
  const { checking, all } = bench;
  const { bots } = checking.directory;
  checkKnown(checking, "bot", bot, Object.keys(bots));
  if (Object.hasOwn(bots, bot.text) && !all.bots.has(bot.text)) neverAsked(bench, bot, "asks bot");
  if (code) checkCode(checking, code, 300, 699);
  if (given) infer(given, nowhere(checking));
}

function checkNumber(bench: Bench, { number, presses }: NumberLine): void {
  const { checking } = bench;
  const { name } = number;
  if (name.kind === "name") checkThing(checking, number);
  else if (!dialable.test(fixedName(name) ?? "")) {
    report(checking, "error", "S306", name.range, `${quote(checking, name.range)} is no number that can be dialled`);
  }
  for (const press of presses) checkPress(bench, press);
}

function checkTrunk(checking: Checking, { trunk, code }: TrunkLine): void {
  const { trunks, trunkGroups } = checking.directory;
  checkKnown(checking, "trunk", trunk, [...Object.keys(trunks), ...Object.keys(trunkGroups)]);
  if (code) checkCode(checking, code, 300, 699);
}

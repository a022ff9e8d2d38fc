import type { Ask, Dial, Expr, Hole, Refer, Thing, Transfer } from "../ast.ts";
import type { Trunk } from "../directory/directory.ts";
import type { TypeName } from "../types.ts";
import { checkAlong, type Way } from "./along.ts";
import { type Checking, report } from "./checking.ts";
import { infer, inferAs } from "./expressions.ts";
import type { Place } from "./place.ts";
import { checkAllowed, checkOutside, checkSlip, checkUri, hostOf, isOurs, trunksOf } from "./outside.ts";
import { inferTime } from "./ranges.ts";
import { checkOpen } from "./secrets.ts";
import { fixedName, hasNoun } from "./things.ts";

/** `ask bot B over trunk T`: the bot's own trunk, unless another is named. */
export function checkAsk(ask: Ask, at: Place): void {
  const { bot, over, giveUp } = ask;
  if (bot.kind === "thing" && hasNoun(at.checking, bot, ["bot"], "`ask`")) infer(bot, at);
  if (over?.kind === "thing" && hasNoun(at.checking, over, ["trunk"], "`over`")) infer(over, at);
  if (giveUp) inferTime(giveUp.after, at, "`give up after`");
  checkAlong(ask, wayToBot(ask, at.checking), at);
}

function wayToBot({ bot, over }: Ask, checking: Checking): Way {
  const { bots, hosts } = checking.directory;
  const name = bot.kind === "thing" ? fixedName(bot.name) : undefined;
  const known = name !== undefined && Object.hasOwn(bots, name) ? bots[name] : undefined;
  if (over) return by([over], checking);
  if (!known) return { unknown: true, trunks: [], trusted: false };
  if (known.trunk !== undefined) return { trunks: trunksOf(known.trunk, checking), trusted: true };
  if (known.host === undefined && !checking.torn) {
    const message = `the directory does not say where bot \`${known.id}\` is`;
    report(checking, "error", "S201", bot.range, message, {
      hint: "write `over trunk NAME`, or `trunk` or `host` at the bot in the directory",
    });
  }
  return { trunks: [], trusted: Boolean(known.host !== undefined && hosts[known.host]?.trusted) };
}

export function checkDial(dial: Dial, at: Place): void {
  const { checking } = at;
  const number = inferAs(dial.number, at, ["phone"], "`dial`");
  for (const trunk of dial.via) {
    if (trunk.kind === "thing" && hasNoun(checking, trunk, ["trunk"], "`via`")) infer(trunk, at);
  }
  checkTwice(dial.via, checking);
  if (dial.ringbackWithin) inferTime(dial.ringbackWithin, at, "`ringback within`");
  if (dial.answerWithin) inferTime(dial.answerWithin, at, "`answer within`");
  const { ringbackWithin: ringback, answerWithin: answer } = dial;
  if (ringback?.kind === "duration" && answer?.kind === "duration" && ringback.ms >= answer.ms) {
    const message = "`ringback within` is over before `answer within` begins to count only if it is shorter";
    report(checking, "warning", "S306", ringback.range, message);
  }
  for (const code of dial.stopOn ?? []) checkStop(code, at);
  const way = by(dial.via, checking);
  if (!way.unknown) checkAllowed(checking, dial.number, way.trunks);
  const from = dial.from && dial.from.kind !== "variable" ? inferAs(dial.from, at, ["phone"], "`from`") : undefined;
  if (dial.from?.kind === "variable") checkForm(dial.from, at);
  for (const [expr, type] of [
    [dial.number, number] as const,
    ...(dial.from && from ? [[dial.from, from] as const] : []),
  ]) {
    const open = way.trunks.find((trunk) => !trunk.trusted);
    if (open) checkOpen(checking, expr, type, `trunk \`${open.id}\` is not marked \`trusted\` in the directory`);
  }
  checkAlong(dial, way, at);
}

/** `from e164`: the caller's number in that form; any other word is a variable. */
const forms = ["e164"];

function checkForm(from: Extract<Expr, { kind: "variable" }>, at: Place): void {
  if (!forms.includes(from.name)) inferAs(from, at, ["phone"], "`from`");
}

/** SIP codes that end the search. */
function checkStop(code: Expr, at: Place): void {
  inferAs(code, at, ["number"], "`stop on`");
  if (code.kind !== "number" || (Number.isInteger(code.value) && code.value >= 300 && code.value <= 699)) return;
  report(at.checking, "error", "S306", code.range, `\`${code.value}\` is no code that a trunk refuses a call with`, {
    hint: "codes from 300 to 699: `404` is an unknown number, `486` busy",
  });
}

/** "A trunk listed twice is tried once." */
function checkTwice(via: readonly (Thing | Hole)[], checking: Checking): void {
  const seen = new Set<string>();
  for (const trunk of via) {
    const name = trunk.kind === "thing" ? fixedName(trunk.name) : undefined;
    if (name === undefined) continue;
    if (seen.has(name)) {
      const message = `trunk \`${name}\` stands here already, and is tried only once`;
      report(checking, "warning", "S405", trunk.range, message);
    }
    seen.add(name);
  }
}

const reached: TypeName[] = ["agent", "group", "phone", "uri", "trunk", "bot", "mailbox"];

export function checkTransfer(transfer: Transfer, at: Place): void {
  const { to } = transfer;
  const type = inferAs(to, at, reached.slice(0, 4), "`transfer to`");
  const inside = type.is === "agent" || type.is === "group" || staysHere(to, at.checking);
  const host = to.kind === "text" ? hostOf(fixedName(to) ?? "") : undefined;
  if (host !== undefined) checkUri(at.checking, to, host);
  else if (!inside && (type.is === "phone" || to.kind === "text")) {
    checkOutside(at.checking, to);
    checkSlip(at.checking, to);
  }
  const { outbound } = at.checking.directory.defaults;
  const way = inside
    ? { trunks: [], trusted: true }
    : { trunks: outbound.flatMap((name) => trunksOf(name, at.checking)), trusted: outbound.length > 0 };
  checkAlong(transfer, way, at);
}

/** An agent's extension, or an entry in whose strategy the call goes on. */
function staysHere(to: Expr, checking: Checking): boolean {
  const number = to.kind === "text" ? fixedName(to)?.replace(/^tel:/i, "") : undefined;
  return number !== undefined && isOurs(number, checking);
}

/** The caller's own network is asked to call there: by the trunk he came by, and nobody knows which that is. */
export function checkRefer(refer: Refer, at: Place): void {
  inferAs(refer.to, at, ["uri", "phone"], "`refer to`");
  const { trunks } = at.checking.directory;
  checkAlong(refer, { unknown: true, trunks: Object.values(trunks).filter(bringsCalls), trusted: false }, at);
}

const bringsCalls = ({ roles }: Trunk): boolean => !roles.some((role) => role === "voicemail" || role === "media");

function by(things: readonly (Thing | Hole)[], checking: Checking): Way {
  const names = things.map((thing) => (thing.kind === "thing" ? fixedName(thing.name) : undefined));
  const trunks = names.flatMap((name) => (name === undefined ? [] : trunksOf(name, checking)));
  return { trunks, trusted: true, ...(names.includes(undefined) && { unknown: true }) };
}

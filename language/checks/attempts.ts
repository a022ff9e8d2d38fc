import type { Expr, Ring, Voicemail } from "../ast.ts";
import { normalise } from "../phone.ts";
import type { Type, TypeName } from "../types.ts";
import { type Checking, instead, notYet, quote, report } from "./checking.ts";
import { infer, inferAs, type Place } from "./expressions.ts";
import { checkOutside } from "./queue.ts";
import { fixedName, mailboxOf } from "./things.ts";
import { firstWord } from "./words.ts";

const ringable: TypeName[] = ["agent", "group", "phone"];

/** The options of a `ring`. */
export function checkRing(ring: Ring, at: Place): void {
  const { checking } = at;
  if (ring.all || ring.target.kind === "list") {
    notYet(checking, firstWord(ring), ring.all ? "`ring all of`" : "ringing a list");
  }
  const type = ring.target.kind === "list" ? infer(ring.target, at) : inferAs(ring.target, at, ringable, "`ring`");
  inferAs(ring.for, at, ["duration"], "`for`");
  if (isOutside(checking, ring.target, type)) checkConfirmed(checking, ring.target);
  if (ring.at) {
    const device = inferAs(ring.at, at, ["device", "phone"], "`at`");
    if (isOutside(checking, ring.at, device)) checkConfirmed(checking, ring.at);
  }
  const states = ["not_ready", "ready", "offline"];
  if (ring.noAnswerMakes && !states.includes(ring.noAnswerMakes.state.text)) {
    const { text, range } = ring.noAnswerMakes.state;
    const message = `an agent cannot be made \`${text}\``;
    report(checking, "error", "S202", range, message, instead(text, states));
  }
  if (ring.showing) infer(ring.showing, at);
}

/** A phone that is nobody's extension. */
function isOutside(checking: Checking, target: Expr, type: Type): boolean {
  if (target.kind === "thing") return target.noun === "number";
  if (target.kind === "text") {
    const phone = fixedName(target);
    return phone === undefined || !checking.extensions.has(normalise(phone, checking.directory.site.country));
  }
  return type.is === "phone";
}

function checkConfirmed(checking: Checking, target: Expr): void {
  const message = `whatever picks up at ${quote(checking, target.range)} gets the caller, an answering machine as well`;
  const hint =
    "the person there should have to confirm, and `confirmed by` is not part of this version of the language";
  report(checking, "warning", "S420", target.range, message, { hint });
  checkOutside(checking, target);
}

/** The options of a `voicemail`. */
export function checkVoicemail(voicemail: Voicemail, at: Place): void {
  const { checking } = at;
  const { mailbox, subject } = voicemail;
  inferAs(mailbox, at, ["mailbox"], "`voicemail to`");
  if (subject) inferAs(subject, at, ["text"], "`subject`");
  if (mailbox.kind === "thing" && mailbox.noun === "mailbox")
    checkDeposit(checking, mailbox, mailboxOf(checking, mailbox));
}

/** This version leaves messages only in mailboxes of another system, by calling it. */
export function checkDeposit(checking: Checking, at: Expr, name: string | undefined): void {
  const mailbox = name === undefined ? undefined : checking.directory.mailboxes[name];
  if (!mailbox || checking.torn || (mailbox.on !== undefined && mailbox.deposit !== undefined)) return;
  const message = `no message can be left in mailbox \`${mailbox.id}\`: the directory does not say on which system it is`;
  const hint = "write its `on: TRUNK` and `deposit: NUMBER`; mailboxes of our own are not part of this version";
  report(checking, "error", "S211", at.range, message, { hint });
}

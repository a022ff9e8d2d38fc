import type { Expr, Ring, Voicemail } from "../ast.ts";
import { normalise } from "../phone.ts";
import { named, oneOfThem, type Type, type TypeName } from "../types.ts";
import { type Checking, instead, quote, report } from "./checking.ts";
import { inferAs, quietly } from "./expressions.ts";
import type { Place } from "./place.ts";
import { checkSound } from "./prompts.ts";
import { checkOutside } from "./outside.ts";
import { checkShowing } from "./queue.ts";
import { inferTime } from "./ranges.ts";
import { checkOpen } from "./secrets.ts";
import { fixedName } from "./things.ts";

const ringable: TypeName[] = ["agent", "group", "phone"];

/** The options of a `ring`. */
export function checkRing(ring: Ring, at: Place): void {
  const { checking } = at;
  const { target, confirmed, noAnswerMakes } = ring;
  inferTime(ring.for, at, "`for`");
  checkTargets(ring, at);
  if (confirmed) {
    const key = fixedName(confirmed.by);
    if (!/^[0-9*#]$/.test(key ?? "")) {
      const message = "`confirmed by` is one key of the phone";
      report(checking, "error", "S306", confirmed.by.range, message, { hint: 'write `confirmed by "1" prompt "…"`' });
    }
    checkSound(confirmed.prompt, at);
  }
  if (ring.at) {
    const device = inferAs(ring.at, at, ["device", "phone"], "`at`");
    if (!confirmed && isOutside(ring.at, device, at)) checkConfirmed(checking, ring.at);
    if (ring.all) {
      const message = "one phone rings for `at`, and `ring all of` rings many";
      report(checking, "error", "S301", ring.at.range, message, {
        hint: `\`ring ${quote(checking, target.range).slice(1, -1)}\` rings one`,
      });
    }
  }
  const states = ["not_ready", "ready", "offline"];
  if (noAnswerMakes && !states.includes(noAnswerMakes.state.text)) {
    const { text, range } = noAnswerMakes.state;
    const message = `an agent cannot be made \`${text}\``;
    report(checking, "error", "S202", range, message, instead(text, states));
  }
  if (ring.showing) checkShowing(ring.showing, at);
}

/** One of them, or a list of them. */
function checkTargets({ target, confirmed }: Ring, at: Place): void {
  const { checking } = at;
  const listed = target.kind === "list" ? target.items : [target];
  for (const one of listed) {
    const type = target.kind === "list" ? inferAs(one, at, ringable, "`ring`") : inferTarget(one, at);
    if (!confirmed && isOutside(one, type, at)) checkConfirmed(checking, one);
    else if (isOutside(one, type, at)) checkOutside(checking, one);
  }
  if (target.kind !== "list" || target.items.length > 0) return;
  report(checking, "error", "S301", target.range, "there is nobody in this list to ring");
}

function inferTarget(target: Expr, at: Place): Type {
  const type = inferAs(target, at, [...ringable, "list"], "`ring`");
  const { item } = type;
  if (type.is === "list" && item && item.is !== "unknown" && !ringable.includes(item.is) && item.is !== "text") {
    const message = `\`ring\` needs ${oneOfThem(ringable.map(named))}, but ${quote(at.checking, target.range)} holds ${named(item)}`;
    report(at.checking, "error", "S301", target.range, message);
  }
  return type;
}

/** A phone that is nobody's extension, or may be one: `worker.redirect ?? worker.device`. */
function isOutside(target: Expr, type: Type, at: Place): boolean {
  const { checking } = at;
  const mayBe = (one: Expr) => isOutside(one, quietly(one, at), at);
  switch (target.kind) {
    case "thing":
      return target.noun === "number";
    case "text": {
      const phone = fixedName(target);
      return phone === undefined || !checking.extensions.has(normalise(phone, checking.directory.site.country));
    }
    case "binary":
      return target.op === "??" && (mayBe(target.left) || mayBe(target.right));
    case "choice":
      return mayBe(target.then) || mayBe(target.otherwise);
    default:
      return type.is === "phone";
  }
}

function checkConfirmed(checking: Checking, target: Expr): void {
  const message = `whatever picks up at ${quote(checking, target.range)} gets the caller, an answering machine as well`;
  const hint = 'the person there should confirm: `confirmed by "1" prompt "take-call"`';
  report(checking, "warning", "S420", target.range, message, { hint });
  checkOutside(checking, target);
}

/** The options of a `voicemail`. */
export function checkVoicemail({ mailbox, subject }: Voicemail, at: Place): void {
  inferAs(mailbox, at, ["mailbox"], "`voicemail to`");
  if (subject) {
    const type = inferAs(subject, at, ["text"], "`subject`");
    checkOpen(at.checking, subject, type, "the subject of a message is for all eyes");
  }
}

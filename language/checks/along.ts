import type { Expr, SentAlong } from "../ast.ts";
import type { Trunk } from "../directory/directory.ts";
import { holdsSecret, type Type } from "../types.ts";
import { quote, report } from "./checking.ts";
import { infer, inferAs } from "./expressions.ts";
import type { Place } from "./place.ts";
import { checkOpen } from "./secrets.ts";
import { sizeOf } from "./size.ts";
import { fixedName } from "./things.ts";

/** Where a call goes with what is sent along. */
export interface Way {
  /** Nobody knows before the call comes which trunk it is. */
  unknown?: boolean;
  trunks: readonly Trunk[];
  /** Bots and people that are not reached by a trunk. */
  trusted: boolean;
}

/** User-to-User and headers: of the right kind, small enough, and no secret of the caller's. */
export function checkAlong({ uui, headers }: SentAlong, way: Way, at: Place): void {
  if (uui) {
    const { value, encoding, discriminator } = uui;
    const type = encoding === "json" ? infer(value, at) : inferAs(value, at, ["text"], `\`uui … ${encoding}\``);
    checkSent(value, type, way, at);
    checkFits(value, type, encoding, way, at);
    const byte = discriminator && fixedName(discriminator);
    if (discriminator && !/^[0-9A-Fa-f]{2}$/.test(byte ?? "")) {
      const message = "a discriminator is two hexadecimal digits";
      report(at.checking, "error", "S306", discriminator.range, message, { hint: 'write `uui "00" json …`' });
    }
  }
  for (const { name, value } of headers) {
    const written = fixedName(name);
    if (written === undefined || !/^[A-Za-z0-9!%*_+`'~.-]+$/.test(written)) {
      const message = "this cannot be the name of a header";
      report(at.checking, "error", "S306", name.range, message, { hint: "letters, digits and `-`" });
    }
    checkSent(value, inferAs(value, at, ["text", "phone", "number"], "a header"), way, at);
  }
}

function checkSent(value: Expr, type: Type, way: Way, at: Place): void {
  if (!holdsSecret(type)) return;
  const open = way.trunks.find((trunk) => !trunk.trusted);
  if (open) checkOpen(at.checking, value, type, `trunk \`${open.id}\` is not marked \`trusted\` in the directory`);
  else if (way.unknown || !way.trusted)
    checkOpen(at.checking, value, type, "it is not known whether the other side is trusted");
}

/** How much room the smallest of the trunks leaves. */
function checkFits(value: Expr, type: Type, encoding: "json" | "hex" | "text", { trunks }: Way, at: Place): void {
  const [tightest] = trunks.toSorted((a, b) => a.uui.atMost - b.uui.atMost);
  if (!tightest) return;
  const { least, likely } = sizeOf(value, type, encoding);
  const { atMost } = tightest.uui;
  const what = `trunk \`${tightest.id}\` carries ${atMost} bytes of User-to-User data`;
  if (least > atMost) {
    const message = `${what}, and this has at least ${least}`;
    report(at.checking, "error", "S309", value.range, message, { hint: "send less of it" });
  } else if (likely > atMost) {
    const message = `${what}, and ${quote(at.checking, value.range)} may well have more`;
    report(at.checking, "warning", "S309", value.range, message, {
      hint: "send less of it, or keep it at your own host and send its key",
    });
  }
}

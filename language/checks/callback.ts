import type { Callback } from "../ast.ts";
import { inferAs } from "./expressions.ts";
import type { Place } from "./place.ts";
import { checkOutside } from "./outside.ts";
import { inferCount, inferTime } from "./ranges.ts";
import { checkOpen } from "./secrets.ts";

export function checkCallback({ to, expires, attempts, announce }: Callback, at: Place): void {
  inferAs(to, at, ["phone"], "`callback to`");
  checkOutside(at.checking, to);
  if (expires?.after) inferTime(expires.after, at, "`expires after`");
  if (expires?.at) inferAs(expires.at, at, ["moment"], "`expires at`");
  if (attempts) {
    inferCount(attempts.times, at, "`attempts`", { from: 1, to: 100 });
    if (attempts.every) inferTime(attempts.every, at, "`every`");
  }
  if (announce) {
    const type = inferAs(announce, at, ["text"], "`announce`");
    checkOpen(at.checking, announce, type, "whoever picks up hears it");
  }
}

import type { Expr } from "../../language/index.ts";
import { type Calendar, isOpen, nextClosing, nextOpening, stateAt } from "../calendar.ts";
import { never, word, type Value } from "../values.ts";
import type { Evaluate, Names } from "./world.ts";

/*
 * What may be asked of a calendar: `office is open`, `office.now`, `next_opening(office)`, `closing(office)`.
 */

/** The calendar that an expression names; a variable of that name stands before it. */
export function calendarNamed(expr: Expr | undefined, names: Names): Calendar | undefined {
  if (expr?.kind !== "variable" || names.slotOf(expr.name) !== undefined) return undefined;
  return names.calendarCalled(expr.name);
}

export function lowerOpen(calendar: Calendar, negated: boolean): Evaluate {
  return ({ world }) => isOpen(calendar, world.zone(calendar.zone), world.now) !== negated;
}

/** `open`, `closed`, or `holiday` with its name and date. */
export function lowerNow(calendar: Calendar): Evaluate {
  return ({ world }) => {
    const state = stateAt(calendar, world.zone(calendar.zone), world.now);
    if (state.is !== "holiday") return word(state.is);
    const holds: Value = { is: "record", fields: { name: state.name, date: { is: "date", ...state.date } } };
    return { is: "word", word: "holiday", holds };
  };
}

/** Now where it is open; `never` where it never opens, or never closes. */
export function lowerTurn(calendar: Calendar, turn: "next_opening" | "closing"): Evaluate {
  return ({ world }) => {
    const zone = world.zone(calendar.zone);
    const opens = () => (isOpen(calendar, zone, world.now) ? world.now : nextOpening(calendar, zone, world.now));
    const at = turn === "closing" ? nextClosing(calendar, zone, world.now) : opens();
    return at === undefined ? never : { is: "moment", at };
  };
}

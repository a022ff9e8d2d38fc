import type * as ast from "../../ast.ts";
import { type Quality, qualities } from "../qualities.ts";
import type { Reader, Rule } from "../reader.ts";
import * as T from "../tokens.ts";
import type { Values } from "../values.ts";

/* What comes to a strategy under load, how long it takes, and who is there. */

const { W } = T;

/** `calls 120, 240, 310 per hour each 30m to "5000" presses "1" when hears "menu"` · `calls from "calls.csv"` */
export function callsLine(g: Reader, v: Values, press: Rule<ast.Press>): Rule<ast.CallsLine> {
  type Rates = Pick<ast.CallsLine, "perHour" | "each" | "from">;
  const rates = g.rule("rates", (): Rates => {
    const perHour = g.commas(v.number);
    g.take(W.per);
    g.take(W.hour);
    const each = g.maybe(() => {
      g.take(W.each);
      return g.part(v.duration);
    });
    return { perHour, ...(each && { each }) };
  });
  const fromFile = g.rule("calls from", (): Rates => {
    g.take(W.from);
    return { perHour: [], from: g.part(v.plainText) };
  });
  const how = g.oneOf("arrivals", [rates, fromFile], 'a rate\n`240 per hour` or `from "calls.csv"`');
  return g.rule("calls", (): ast.CallsLine => {
    const start = g.start();
    g.take(W.calls);
    const arrivals = g.part(how);
    const to = g.maybe(() => {
      g.take(W.to);
      return g.part(v.plainText);
    });
    const presses: ast.Press[] = [];
    g.each(() => presses.push(g.part(press)));
    return { kind: "calls", range: g.range(start), ...arrivals, ...(to && { to }), presses };
  });
}

type Law = Omit<ast.TimingLine, "kind" | "range" | "what">;

const laws =
  "a mean, a law or a file\n`mean 30s`, `lognormal mean 190s sd 220s`, `weibull mean 6m shape 0.8`, `constant 30s` or `from …`";

/** `talk lognormal mean 190s sd 220s` · `wrap_up mean 30s` · `patience weibull mean 6m shape 0.8` */
export function timingLine(g: Reader, v: Values): Rule<ast.TimingLine> {
  const mean = g.rule("mean", () => {
    g.take(W.mean);
    return g.part(v.duration);
  });
  const exponential = g.rule("exponential", (): Law => ({ law: "exponential", mean: g.part(mean) }));
  const lognormal = g.rule("lognormal", (): Law => {
    g.take(W.lognormal);
    const middle = g.part(mean);
    g.take(W.sd);
    return { law: "lognormal", mean: middle, sd: g.part(v.duration) };
  });
  const weibull = g.rule("weibull", (): Law => {
    g.take(W.weibull);
    const middle = g.part(mean);
    g.take(W.shape);
    return { law: "weibull", mean: middle, shape: g.part(v.number) };
  });
  const constant = g.rule("constant", (): Law => {
    g.take(W.constant);
    return { law: "constant", mean: g.part(v.duration) };
  });
  const empirical = g.rule("empirical", (): Law => {
    g.take(W.from);
    return { law: "empirical", from: g.part(v.plainText) };
  });
  const law = g.oneOf("law", [exponential, lognormal, weibull, constant, empirical], laws);
  return g.rule("timing", (): ast.TimingLine => {
    const start = g.start();
    const what = g.word(["talk", "wrap_up", "patience"], "a line of traffic");
    const how = g.part(law);
    return { kind: "timing", range: g.range(start), what, ...how };
  });
}

/** `agents 12 with billing 7, language_en 8 between 10:00..16:00` */
export function staffLine(g: Reader, v: Values, quality: Rule<Quality>): Rule<ast.StaffLine> {
  return g.rule("staff", (): ast.StaffLine => {
    const start = g.start();
    g.take(W.agents);
    const count = g.part(v.number);
    let found: Quality[] = [];
    g.maybe(() => {
      g.take(W.with);
      found = g.commas(quality);
    });
    const between = g.maybe(() => {
      g.take(W.between);
      return g.part(v.hours);
    }, 1);
    const range = g.range(start);
    return { kind: "staff", range, count, ...qualities(found), ...(between && { between }) };
  });
}

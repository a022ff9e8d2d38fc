import type * as ast from "../../ast.ts";
import type { Expressions } from "../expressions.ts";
import type { Reader, Rule } from "../reader.ts";
import * as T from "../tokens.ts";
import { nameOf, type Values } from "../values.ts";

const { W } = T;

type Line = ast.ClockLine | ast.PromptLine | ast.StatedLine | ast.SplitLine | ast.SiteLine;

/** What a test takes as given: the time, what is missing, what figures say, where a split leads. */
export function givenLines(g: Reader, values: Values, e: Expressions): Rule<Line>[] {
  const clock = g.rule("clock", (): ast.ClockLine => {
    const start = g.start();
    g.take(W.clock);
    const date = g.part(values.day);
    const time = g.part(values.time);
    return { kind: "clock", range: g.range(start), date, time };
  });
  const prompt = g.rule("promptMissing", (): ast.PromptLine => {
    const start = g.start();
    g.take(W.prompt);
    const name = g.part(values.plainText);
    g.take(W.is);
    g.take(W.missing);
    return { kind: "promptMissing", range: g.range(start), prompt: name };
  });
  const split = g.rule("splitTakes", (): ast.SplitLine => {
    const start = g.start();
    g.take(W.split);
    g.take(W.takes);
    const label = g.part(values.name);
    return { kind: "splitTakes", range: g.range(start), label };
  });
  const site = g.rule("siteWaits", (): ast.SiteLine => {
    const start = g.start();
    g.take(W.site);
    const name = g.part(values.anyName);
    g.take(W.waits);
    const wait = g.part(values.duration);
    return { kind: "siteWaits", range: g.range(start), site: name, wait };
  });
  return [clock, prompt, stated(g, values, e), split, site];
}

/** `flag storm is yes`, `counter reports is 3`, `ewt(queue Vip) is 6m` */
function stated(g: Reader, values: Values, e: Expressions): Rule<ast.StatedLine> {
  const thing = (noun: "flag" | "counter"): Rule<ast.Thing> =>
    g.rule(`stated ${noun}`, (): ast.Thing => {
      const start = g.start();
      g.take(W[noun]);
      const name = g.part(values.anyName);
      return { kind: "thing", range: g.range(start), noun, name };
    });
  const statistic = g.rule("statistic", (): ast.Apply => {
    const name = nameOf(g.take(T.Statistic));
    const args = g.part(e.args);
    return { kind: "apply", range: g.range(name.range.start), name, args };
  });
  const subjects = [thing("flag"), thing("counter"), statistic];
  const subject = g.oneOf<ast.Thing | ast.Apply>("stated subject", subjects, "what is stated");
  return g.rule("stated", (): ast.StatedLine => {
    const start = g.start();
    const about = g.part(subject);
    g.take(W.is);
    const value = g.part(values.literal);
    return { kind: "stated", range: g.range(start), subject: about, value };
  });
}

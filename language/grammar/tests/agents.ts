import type * as ast from "../../ast.ts";
import { after, at } from "./parts.ts";
import { nameOf, type Values } from "../values.ts";
import { stick } from "../holes.ts";
import { type Quality, qualities, someQuality } from "../qualities.ts";
import type { Reader, Rule } from "../reader.ts";
import * as T from "../tokens.ts";

const { W } = T;

type Line = ast.AgentSetLine | ast.AgentActLine;
/** A line without its beginning. */
type Rest = Omit<ast.AgentSetLine, "range" | "agent"> | Omit<ast.AgentActLine, "range" | "agent">;

const forms =
  "what an agent has or does\n" +
  "`with …`, `ready`, `not_ready(…)`, `offline`, `talking`, `accepts`, `declines`, `ignores`, `releases` or `goes`";

/** `agent luc with group Accounts, ready` · `agent luc accepts after 4s` */
export function agentLine(g: Reader, values: Values, quality: Rule<Quality>): Rule<Line> {
  const state = agentState(g, values);
  const only = g.rule("agentIn", (): Rest => {
    const none = { withGroups: [], withSkills: [], hasWith: false };
    return { kind: "agentSet", ...none, state: g.part(state) };
  });
  const rest = g.oneOf("agentRest", [agentWith(g, quality, state), only, ...agentActs(g, values, state)], forms);
  return g.rule("agentLine", (): Line => {
    const start = g.start();
    g.take(W.agent);
    const agent = g.part(values.anyName);
    const said = g.part(rest);
    return { range: g.range(start), agent, ...said };
  });
}

/** `ready`, `offline`, `not_ready("lunch")`, `talking until 5m`. */
function agentState(g: Reader, values: Values): Rule<ast.AgentTestState> {
  return g.rule("agentState", (): ast.AgentTestState => {
    const start = g.start();
    const name = nameOf(g.take(T.StateWord));
    const reason = g.maybe(() => {
      stick(g);
      g.take(T.LParen);
      const text = g.part(values.plainText);
      g.take(T.RParen);
      return text;
    });
    const until = g.maybe(() => {
      g.take(W.until);
      return g.part(values.duration);
    }, 1);
    return { range: g.range(start), name, ...(reason && { reason }), ...(until && { until }) };
  });
}

/** `with group Accounts, billing 7, kind worker, ready` */
function agentWith(g: Reader, quality: Rule<Quality>, state: Rule<ast.AgentTestState>): Rule<Rest> {
  type Given = Quality & { state?: ast.AgentTestState };
  const inState = (): Given => ({ state: g.part(state) });
  const given = g.rule("given", () => g.firstOf<Given>([inState, () => g.part(quality)], `${someQuality}, or a state`));

  return g.rule("agentWith", (): Rest => {
    g.take(W.with);
    const all = g.commas(given);
    const last = all.find((each) => each.state)?.state;
    return { kind: "agentSet", ...qualities(all), hasWith: true, ...(last && { state: last }) };
  });
}

/** `accepts after 4s, talks 3m` · `declines` · `ignores` · `releases at 6m` · `goes not_ready at 5s`. */
function agentActs(g: Reader, values: Values, state: Rule<ast.AgentTestState>): Rule<Rest>[] {
  const kind = "agentAct";
  const accepts = g.rule("accepts", (): Rest => {
    g.take(W.accepts);
    const delay = after(g, values);
    const talks = g.maybe(() => {
      g.take(T.Comma);
      g.take(W.talks);
      return g.part(values.duration);
    });
    return { kind, act: "accepts", ...delay, ...(talks && { talks }) };
  });
  const refuses = g.rule("refuses", (): Rest => {
    const act = g.word(["declines", "ignores"], "what the agent does");
    return { kind, act };
  });
  const releases = g.rule("releases", (): Rest => {
    g.take(W.releases);
    return { kind, act: "releases", ...at(g, values) };
  });
  const goes = g.rule("goes", (): Rest => {
    g.take(W.goes);
    const next = g.part(state);
    return { kind, act: "goes", state: next, ...at(g, values) };
  });
  return [accepts, refuses, releases, goes];
}

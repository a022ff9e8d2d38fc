import type * as ast from "../ast.ts";
import { after, at, nounName } from "./test-parts.ts";
import { nameOf, type Values } from "./values.ts";
import { stick } from "./holes.ts";
import type { Reader, Rule } from "./reader.ts";
import * as T from "./tokens.ts";

const { W } = T;

type Line = ast.AgentSetLine | ast.AgentActLine;
/** A line without its beginning. */
type Rest = Omit<ast.AgentSetLine, "range" | "agent"> | Omit<ast.AgentActLine, "range" | "agent">;

const forms =
  "what an agent has or does\n" +
  "`with …`, `ready`, `not_ready(…)`, `offline`, `talking`, `accepts`, `declines`, `ignores`, `releases` or `goes`";

/** `agent luc with group Accounts, ready` · `agent luc accepts after 4s` */
export function agentLine(g: Reader, values: Values): Rule<Line> {
  const name = nounName(g, "agentName");
  const state = agentState(g, values);
  const only = g.rule("agentIn", (): Rest => {
    const none = { withGroups: [], withSkills: [], hasWith: false };
    return { kind: "agentSet", ...none, state: g.part(state) };
  });
  const rest = g.oneOf("agentRest", [agentWith(g, values, state), only, ...agentActs(g, values, state)], forms);
  return g.rule("agentLine", (): Line => {
    const start = g.start();
    g.take(W.agent);
    const agent = g.part(name);
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

type Given = Pick<ast.AgentSetLine, "withKind" | "state"> & {
  group?: ast.Name;
  skill?: ast.AgentSetLine["withSkills"][number];
};

/** `with group Accounts, billing 7, kind worker, ready` */
function agentWith(g: Reader, values: Values, state: Rule<ast.AgentTestState>): Rule<Rest> {
  const groupName = nounName(g, "groupName");
  const group = (): Given => {
    g.take(W.group);
    return { group: g.part(groupName) };
  };
  const kind = (): Given => {
    g.take(W.kind);
    return { withKind: g.part(values.name, 0) };
  };
  const skill = (): Given => {
    const start = g.start();
    const name = g.part(values.name, 1);
    const level = g.part(values.number);
    return { skill: { range: g.range(start), name, level } };
  };
  const what = "what an agent has\na skill with its level, `group …`, `kind …` or a state";
  const given = g.rule("given", () => g.firstOf([group, kind, () => ({ state: g.part(state) }), skill], what));

  return g.rule("agentWith", (): Rest => {
    g.take(W.with);
    const all = g.commas(given);
    const withKind = all.find((each) => each.withKind)?.withKind;
    const inState = all.find((each) => each.state)?.state;
    return {
      kind: "agentSet",
      withGroups: all.flatMap((each) => each.group ?? []),
      withSkills: all.flatMap((each) => each.skill ?? []),
      ...(withKind && { withKind }),
      hasWith: true,
      ...(inState && { state: inState }),
    };
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

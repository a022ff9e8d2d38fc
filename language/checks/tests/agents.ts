import type { AgentActLine, AgentSetLine, AgentTestState, Test } from "../../ast.ts";
import { type Checking, instead, report } from "../checking.ts";
import { checkAgent, checkQualities, linesOf } from "./bench.ts";

const testStates = ["ready", "not_ready", "talking", "offline"];

export function checkAgentLine(checking: Checking, line: AgentSetLine | AgentActLine): void {
  checkAgent(checking, line.agent);
  if (line.kind === "agentSet") checkQualities(checking, line);
  if (line.state) checkState(checking, line.state);
}

function checkState(checking: Checking, { name, reason, until }: AgentTestState): void {
  if (!testStates.includes(name.text)) {
    const message = `an agent cannot be \`${name.text}\` in a test`;
    report(checking, "error", "S202", name.range, message, instead(name.text, testStates));
    return;
  }
  if (reason && name.text !== "not_ready" && name.text !== "offline") {
    report(checking, "error", "S437", reason.range, `nobody is \`${name.text}\` for a reason`, {
      hint: 'reasons go with `not_ready("lunch")`',
    });
  }
  if (until && name.text !== "talking") {
    report(checking, "error", "S437", until.range, "`until` goes with `talking` only", {
      hint: "what changes later is a line of its own: `agent luc goes ready at 5m`",
    });
  }
}

/**
 * Why this agent can never be offered the call, or never answer it; nothing where he may. By `ring` people are rung whether they are
 * ready or not.
 */
export function idleness(
  test: Test,
  id: string,
  { what, isRung }: { what: "offered" | "answered"; isRung: boolean },
): string | undefined {
  const acts = linesOf(test, "agentAct").filter(({ agent }) => agent.text === id);
  const set = linesOf(test, "agentSet").findLast(({ agent }) => agent.text === id);
  if (!set && acts.length === 0) return "whom a test does not name is offline";
  const first = set?.state?.name.text ?? "ready";
  const states = [first, ...acts.flatMap(({ state }) => (state ? [state.name.text] : []))];
  const isThere = states.some((state) => state === "ready" || state === "talking" || (isRung && state === "not_ready"));
  if (!isThere) return `\`${id}\` is \`${first}\` throughout`;
  if (what === "answered" && !acts.some(({ act }) => act === "accepts")) return `\`${id}\` is never told to accept`;
  return undefined;
}

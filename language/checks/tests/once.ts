import type { AnyNode, Test, TestLine, Traffic, TrafficLine } from "../../ast.ts";
import { normalise } from "../../phone.ts";
import { type Checking, isTold, report } from "../checking.ts";
import { fixedName } from "../things.ts";

/** Lines of a test or of traffic that state one thing twice: of all of them the last counts, and the others look as if they did. */
export function checkStatedOnce(checking: Checking, { lines }: Test | Traffic): void {
  const seen = new Map<string, AnyNode>();
  for (const line of lines) {
    const isWrong = line.kind !== "agentSet" && isTold(checking, line.range);
    const stated = isWrong ? undefined : statedIn(line, checking);
    if (!stated) continue;
    const { key, node, hint } = stated;
    const first = seen.get(key);
    if (first) {
      const related = [{ path: checking.source.path, range: first.range, message: "the first line" }];
      const { start, end } = node.range;
      const message = `of \`${checking.source.text.slice(start, end)}\` more is said above, and only the last line counts`;
      report(checking, "warning", "S437", node.range, message, { hint, related });
    }
    seen.set(key, first ?? node);
  }
}

interface Stated {
  key: string;
  /** What is told of. */
  node: AnyNode;
  hint: string;
}

function statedIn(line: TestLine | TrafficLine, { directory, source }: Checking): Stated | undefined {
  const stated = (key: string, node: AnyNode, hint = "take one of them out"): Stated => ({
    key: `${line.kind} ${key}`,
    node,
    hint,
  });
  switch (line.kind) {
    case "agentSet": {
      const hint = "write both in one line; what changes later is `agent luc goes ready at 5m`";
      return stated(line.agent.text, line.agent, hint);
    }
    case "httpAct": {
      const path = fixedName(line.path);
      return path === undefined ? undefined : stated(`${line.host.text} ${path}`, line.path);
    }
    case "numberAct": {
      const name = fixedName(line.number.name) ?? "";
      const [number = name, ...others] = Object.hasOwn(directory.numbers, name) ? (directory.numbers[name] ?? []) : [];
      return others.length > 0 ? undefined : stated(normalise(number, directory.site.country), line.number);
    }
    case "trunkAct":
      return stated(line.trunk.text, line.trunk);
    case "botAct":
      return stated(line.bot.text, line.bot);
    case "siteWaits":
      return stated(line.site.text, line.site);
    case "stated": {
      const { start, end } = line.subject.range;
      return stated(source.text.slice(start, end).replace(/\s+/g, " "), line.subject);
    }
    default:
      return undefined;
  }
}

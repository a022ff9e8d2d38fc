import type { Row } from "../chapter.ts";
import { median } from "../median.ts";
import { engineOf } from "./site.ts";

/** Simple statements in a row: a call that reckons for a while each time a pause ends. */
export function stepping(): Row[] {
  const round = (a: string): string =>
    `let ${a} = (call.data.n ?? 0) + 1 if ${a} > 10 and call.to == "5000" { set call.data.n = 0 } else { set call.data.n = ${a} }\n`;
  const rounds = 100;
  // `let`, `unless`, `set`, and half the time a jump.
  const steps = rounds * 3.5;
  const body = Array.from({ length: rounds }, (_, nth) => round(`a${nth}`)).join("");
  const text = `strategy "s" { entry "5000" default route to group G
    set call.data.n = 0 answer
    queue Q { at 0s group G give up never while waiting { ${body} wait 1s } } }`;
  const engine = engineOf(text, [{ id: "a0", skills: {} }]);
  let at = 0;
  engine.accept({ type: "agent.claimed", agent: "a0", source: "desk", state: "not_ready" }, at);
  engine.accept({ type: "call.arrived", call: "A", from: "1", to: "5000" }, at);
  engine.accept({ type: "call.answered", call: "A" }, at);
  const waits = 100;
  const ms = median(() => {
    for (let wait = 0; wait < waits; wait++) engine.accept({ type: "time.passed" }, (at += 1000));
  });
  return [{ what: "a step of a strategy", size: "simple statements", ms: ms / waits / steps, budget: 1 / 1000 }];
}

import type { Why, WhyNot } from "../../runtime/index.ts";
import { lasting } from "./words.ts";

/** More rows nobody reads; the nearest come first. */
const MOST_ROWS = 50;

interface Props {
  why: Why | undefined;
  /** Of a call, where its id is not how people call it. */
  nameOf?(call: string): string;
}

const itself = (id: string): string => id;

/** Why a call waits: whom it waits for, who is before it, and what stands between it and each agent. */
export function WhyTable({ why, nameOf = itself }: Props) {
  if (!why) return null;
  const { call, queue, waitedMs, position, tier, score, ahead, targets, agents } = why;
  const sorted = agents.toSorted((a, b) => a.reasons.length - b.reasons.length);
  return (
    <div class="why">
      <h3>Why {nameOf(call)} waits</h3>
      <p>
        For {lasting(waitedMs)} in {queue}, place {position}, tier {tier}, {rounded(score)} points;{" "}
        {targets === undefined ? "for nobody, as no step is in force" : `for ${targets}`}.
      </p>
      {ahead.length > 0 && (
        <p>
          Before it:{" "}
          {ahead.map((one) => `${nameOf(one.call)} (tier ${one.tier}, ${rounded(one.score)} points)`).join(", ")}.
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">What stands between them</th>
            <th scope="col">If let ring</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, MOST_ROWS).map((one) => (
            <Between key={one.agent} {...one} />
          ))}
        </tbody>
      </table>
      {sorted.length > MOST_ROWS && <p class="soft">… and {sorted.length - MOST_ROWS} more, farther away.</p>}
    </div>
  );
}

const rounded = (score: number): number => Math.round(score * 10) / 10;

function Between({ agent, name, reasons, unanswered: { ring, makes } }: WhyNot) {
  return (
    <tr>
      <th scope="row" title={agent}>
        {name}
      </th>
      <td class={reasons.length === 0 ? "good" : undefined}>
        {reasons.length === 0 ? "nothing: free to take it" : reasons.join("; ")}
      </td>
      <td>
        {lasting(ring.value)}, then {makes.value.state.replace("_", " ")}
      </td>
    </tr>
  );
}

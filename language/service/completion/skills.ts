import { agentKinds } from "../../builtins.ts";
import { skillsOf } from "../../directory/skills.ts";
import { previous, type Spot } from "./spot.ts";
import type { Offer } from "./suggestion.ts";
import { namesOfKind } from "./things.ts";
import { comparisons, variables } from "./values.ts";

/** In a skill expression: skills and families of skills on the left, values on the right. */
export function skillsAndWords(spot: Spot): Offer[] {
  const before = previous(spot);
  if (before === "(") return [...familyWords(spot), ...variables(spot)];
  if (previous(spot, 2) === "kind" && comparisons.has(before))
    return agentKinds.map((label) => ({ label, kind: "value" }));
  if (/^[=!<>]/.test(before)) return [...variables(spot), { label: "call", kind: "name" }];
  const families = new Set(
    skillNames(spot).flatMap((skill) => (skill.includes("_") ? [skill.slice(0, skill.indexOf("_"))] : [])),
  );
  return [
    ...namesOfKind(spot, "skill").map((offer): Offer => ({ ...offer, form: `${offer.label} >= ‹5›` })),
    ...[...families].map(
      (family): Offer => ({
        label: `${family}(…)`,
        kind: "function",
        about: `the skill \`${family}_…\` that a value names`,
        form: `${family}(‹x›) >= ‹5›`,
      }),
    ),
    { label: "kind", kind: "name", about: agentKinds.join(" or "), form: `kind == ‹${agentKinds[1]}›` },
    { label: "state_age", kind: "name", about: "how long people have been in their state", form: "state_age > ‹5m›" },
  ];
}

const skillNames = ({ project }: Spot): string[] => skillsOf(project.binder.directory);

function familyWords(spot: Spot): Offer[] {
  const head = `${previous(spot, 2)}_`;
  return skillNames(spot).flatMap((skill): Offer[] =>
    skill.startsWith(head) ? [{ label: skill.slice(head.length), kind: "value" }] : [],
  );
}

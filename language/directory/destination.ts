import { bare, dialable } from "../phone.ts";
import type { Who } from "./directory.ts";
import { text } from "./kinds.ts";
import { type Found, type Shape, wrong } from "./shape.ts";

/** A place that a call can go to, as written: `number NAME` and `mailbox of group NAME` are not yet looked up. */
export type Aim =
  | { kind: "group"; name: string }
  | { kind: "mailbox"; name: string }
  | { kind: "agent"; name: string }
  | { kind: "number" | "mailbox of group"; name: string }
  | { kind: "phone"; number: string };

/** What else may become of a call that nobody answers. */
export type Fate = { kind: "stay" } | { kind: "recall" } | { kind: "release" };

const nouns = "group|mailbox of group|mailbox|agent|number";
const thing = new RegExp(`^(${nouns})\\s+(?:"([^"]+)"|(\\S.*))$`);

function readAim(written: string): Aim | undefined {
  const found = thing.exec(written.trim());
  if (found) {
    const name = found[2] ?? found[3]?.trim() ?? "";
    const [, kind] = found;
    if (kind === "group" || kind === "mailbox" || kind === "agent" || kind === "number") return { kind, name };
    return { kind: "mailbox of group", name };
  }
  return dialable.test(written) ? { kind: "phone", number: bare(written) } : undefined;
}

function aimed<T>(what: string, pattern: string, hint: string, readOne: (written: string) => T | undefined) {
  const shape: Shape<Found<T>> = {
    what,
    schema: { ...text.schema, pattern },
    read(node, diagnostics) {
      const found = text.read(node, diagnostics);
      if (!found) return undefined;
      const value = readOne(found.value);
      if (value !== undefined) return { value, place: found.place };
      diagnostics.push(wrong(node, `\`${found.value}\` does not say what it is`, hint, "D112"));
      return undefined;
    },
  };
  return shape;
}

const destinationPattern = `^\\s*(${nouns})\\s+\\S|${dialable.source}`;
const hint = "write `group NAME`, `mailbox NAME`, `agent NAME` or a number in quotes";

/** `group Reception`, `mailbox it`, `mailbox of group IT`, `agent "Otto B."`, `number duty`, or a phone. */
export const destination = aimed("destination", destinationPattern, hint, readAim);

const fates: Record<string, Fate> = {
  stay: { kind: "stay" },
  recall: { kind: "recall" },
  release: { kind: "release" },
};

/** A destination, or what else becomes of a call. */
export const overflow = aimed<Aim | Fate>(
  "destination, `stay`, `recall` or `release`",
  `${destinationPattern}|^(stay|recall|release)$`,
  `${hint}, or \`stay\`, \`recall\`, \`release\``,
  (written) => (Object.hasOwn(fates, written) ? fates[written] : readAim(written)),
);

/** Owners are people: `group NAME` or `agent NAME`. */
export const owner = aimed(
  "owner: `group NAME` or `agent NAME`",
  "^\\s*(group|agent)\\s+\\S",
  "write `group NAME` or `agent NAME`",
  (written) => {
    const aim = readAim(written);
    return aim?.kind === "group" || aim?.kind === "agent" ? { kind: aim.kind, name: aim.name } : undefined;
  },
);

const roles = ["supervisor", "agent", "worker"] as const;

/** Everybody of a role, or people by name. */
export const who = aimed<Who>(
  "`supervisor`, `agent`, `worker`, `group NAME` or `agent NAME`",
  "^(supervisor|agent|worker)$|^\\s*(group|agent)\\s+\\S",
  "write `supervisor`, `agent`, `worker`, `group NAME` or `agent NAME`",
  (written) => {
    const role = roles.find((one) => one === written);
    if (role) return { kind: "role", role };
    const aim = readAim(written);
    return aim?.kind === "group" || aim?.kind === "agent" ? { kind: aim.kind, name: aim.name } : undefined;
  },
);

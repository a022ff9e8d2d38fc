import { functions } from "../builtins.ts";
import { callAround } from "./completion/spot.ts";
import { cursorAt } from "./cursor.ts";
import { namesByPath } from "./meaning.ts";
import type { Project } from "./project.ts";
import { signature } from "./type-words.ts";

/** What is being called, with the parameter that is being written. */
export interface Signature {
  /** The whole of it; the parameters stand in it as they are named. */
  label: string;
  about?: string;
  parameters: string[];
  active: number;
}

/** The function or sub in whose brackets an offset is. */
export function signatureAt(project: Project, path: string, offset: number): Signature | undefined {
  const sheet = project.sheets.get(path);
  const cursor = sheet && cursorAt(sheet, offset);
  const call = cursor && callAround(cursor);
  if (!call) return undefined;
  const { name, nth } = call;
  const known = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (known) {
    const parameters = known.parameters.map((one) => one.name);
    return { label: signature(name, known), about: known.about, parameters, active: nth };
  }
  const sub = namesByPath(project).get(path)?.subs.get(name)?.item;
  if (!sub) return undefined;
  const parameters = sub.parameters.map((one) => one.text);
  return { label: `${name}(${parameters.join(", ")})`, parameters, active: nth };
}

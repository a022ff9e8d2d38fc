import type { Expr, Let, SetData, ValueForm } from "../ast.ts";
import { settable } from "../builtins.ts";
import { holdsSecret, type Type, unknown } from "../types.ts";
import { report } from "./checking.ts";
import { infer } from "./expressions.ts";
import { type Frame, placeIn } from "./frame.ts";
import { bind } from "./names.ts";
import { checkSpoken } from "./holds.ts";
import { demand } from "./operators.ts";
import { checkKept } from "./secrets.ts";
import { overwrite, type State } from "./state.ts";
import { fixedName } from "./things.ts";
import { inferForm, isForm } from "./value-forms.ts";

export function walkLet({ name, value }: Let, state: State, frame: Frame): State {
  const { type, state: below } = given(value, state, frame);
  bind(frame, name, type.is === "missing" ? { ...unknown, optional: true } : type);
  return below;
}

/** The type of a value, or of what an attempt gives; an attempt may change what is known. */
export function given(value: Expr | ValueForm, state: State, frame: Frame): { type: Type; state: State } {
  return isForm(value) ? inferForm(value, state, frame) : { type: infer(value, placeIn(frame, state)), state };
}

export function walkSet({ path, value, range }: SetData, above: State, frame: Frame): State {
  const { checking } = frame;
  const { type, state } = given(value, above, frame);
  const [head, ...rest] = path;
  if (!head) return state;
  if (head.text === "data" && rest.length > 0) {
    const written = `call.${path.map((name) => name.text).join(".")}`;
    const open = holdsSecret(type) && !checkKept(checking, written, value.range);
    overwrite(state, written, open ? unknown : type);
    frame.writes.add(written);
  } else if (head.text === "data") {
    report(checking, "error", "S301", range, "`call.data` is not set as a whole", {
      hint: "write `set call.data.NAME = …`",
    });
  } else if (rest.length > 0 || !(settable as readonly string[]).includes(head.text)) {
    const hint = `write \`set call.data.${head.text} = …\` for data of your own`;
    report(checking, "error", "S301", head.range, `\`call.${head.text}\` cannot be set`, { hint });
  } else {
    const expr = isForm(value) ? { kind: "hole" as const, range: value.range } : value;
    demand(checking, { expr, type }, ["text"], `\`call.${head.text}\``);
    const language = head.text === "language" && expr.kind === "text" ? fixedName(expr) : undefined;
    if (language !== undefined) checkSpoken(checking, expr, language);
  }
  return state;
}

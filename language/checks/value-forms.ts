import type { CollectValue, Expr, FetchValue, RunValue, ValueForm } from "../ast.ts";
import { either, type Type, unknown } from "../types.ts";
import { report } from "./checking.ts";
import { checkCollecting } from "./collect.ts";
import { infer, inferAs } from "./expressions.ts";
import { type Frame, placeIn } from "./frame.ts";
import { checkRequest } from "./requests.ts";
import type { State } from "./state.ts";

/*
 * Attempts that give a value: `let id = collect 6 digits … else missing`. What `else` gives stands for every other outcome.
 */

export function isForm(value: Expr | ValueForm): value is ValueForm {
  return value.kind === "collectValue" || value.kind === "fetchValue" || value.kind === "runValue";
}

export function inferForm(form: ValueForm, state: State, frame: Frame): { type: Type; state: State } {
  if (form.kind === "runValue") return inferRun(form, state, frame);
  const at = placeIn(frame, state);
  if (form.kind === "collectValue") checkCollecting(form, at);
  else checkRequest(form, at);
  const type: Type = form.kind === "collectValue" ? { is: "text" } : { is: "record" };
  return { type: orElse(type, form, state, frame), state };
}

function orElse(type: Type, { otherwise }: CollectValue | FetchValue | RunValue, state: State, frame: Frame): Type {
  return otherwise ? either(type, infer(otherwise, placeIn(frame, state))) : type;
}

function inferRun(run: RunValue, above: State, frame: Frame): { type: Type; state: State } {
  if (run.within) inferAs(run.within, placeIn(frame, above), ["duration"], "`within`");
  const { type, state } = frame.walker.run(run, above, frame);
  if (type === undefined) {
    const message = `\`${run.sub.text}\` returns nothing`;
    const hint = "write `return VALUE` in it, or `run` it as a statement";
    report(frame.checking, "error", "S217", run.sub.range, message, { hint });
  }
  return { type: orElse(type ?? unknown, run, above, frame), state };
}

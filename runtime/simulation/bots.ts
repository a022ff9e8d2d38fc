import type { BotLine } from "../../language/index.ts";
import type { BotTransfer } from "../events.ts";
import { asText } from "../strategy/format.ts";
import { uuiHeader, writeUui } from "../strategy/uui.ts";
import type { Value } from "../values.ts";
import { literal } from "./literal.ts";
import type { BotAct } from "./acts.ts";

/** How long a bot is listened to before it counts as silent. */
const SILENT_MS = 10_000;

/** What the line of a test makes of a bot; one that no line names is not there. */
export function botAct(line: BotLine | undefined): BotAct {
  const afterMs = line?.after?.ms ?? 0;
  switch (line?.act) {
    case "transfers":
      return { act: "ends", afterMs, outcome: "transfer", transfer: line.with ? transferOf(literal(line.with)) : {} };
    case "hangsUp":
      return { act: "ends", afterMs, outcome: "done" };
    case "silent":
      return { act: "ends", afterMs: SILENT_MS, outcome: "silent" };
    default:
      return { act: "ends", afterMs, outcome: "failed", sip: line?.code?.value ?? 503 };
  }
}

/** As `on transfer(t)` names it: `{ target, uui: { json | text | hex, discriminator }, headers, reason, transcript }`. */
export function transferOf(value: Value): BotTransfer {
  const { target, uui, headers, reason, transcript } = fieldsOf(value);
  const named = Object.entries(fieldsOf(headers)).map(([name, text]) => [name, asText(text) ?? ""]);
  return {
    target: textIn(target),
    uui: uui === undefined ? undefined : uuiOf(fieldsOf(uui)),
    headers: Object.fromEntries(named),
    reason: textIn(reason),
    transcript: textIn(transcript),
  };
}

function uuiOf({ json, text, hex, discriminator }: Record<string, Value>): string | undefined {
  const scope = { failure: undefined };
  const form = json !== undefined ? "json" : hex !== undefined ? "hex" : "text";
  const uui = writeUui(form, textIn(discriminator), json ?? hex ?? text ?? "", scope);
  return uui && uuiHeader(uui);
}

function textIn(value: Value | undefined): string | undefined {
  return value === undefined ? undefined : asText(value);
}

function fieldsOf(value: Value | undefined): Record<string, Value> {
  return typeof value === "object" && value?.is === "record" ? value.fields : {};
}

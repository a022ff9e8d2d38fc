import { type Entrance, isOwn } from "../../language/index.ts";
import type { SentAlong } from "../along.ts";
import { callOf, change, type Core, record, resume } from "../core.ts";
import type { CallId } from "../events.ts";
import { limits } from "../limits.ts";
import { dropPreview } from "../queue/previews.ts";
import type { Value } from "../values.ts";
import { countIn, countOut, refusedBy } from "./admission.ts";
import { weigh } from "./assignment.ts";
import { findEntry, patternText } from "./entries.ts";
import { startOver } from "./frames.ts";
import { abandonBlock } from "./interrupt.ts";
import { secretsOf } from "./secrets.ts";
import { readUui, uuiHeader } from "./uui.ts";

/*
 * A call that is handed on to a number which is an entry here goes on in that strategy: it is the same call, with its data and what came with
 * the hand-over. Such a number is never dialled outside.
 */

/** What came with a hand-over: the `User-to-User` header, and others in any case. */
export interface Brought {
  uui?: string;
  headers?: Record<string, string>;
}

/** Where a number is ours: the entry that takes it in the program for new calls. */
export function entranceOf({ program, directory }: Core, number: string): Entrance | undefined {
  const found = findEntry(program.entries, number);
  return found && isOwn(found, number, directory) ? found : undefined;
}

/** Whether it has been handed on as often as it may, so that it can never go round for ever. */
export function isHandedOnTooOften(core: Core, id: CallId): boolean {
  if ((callOf(core, id).handOns ?? 0) < limits.handOns) return false;
  record(core, { type: "limit.reached", call: id, limit: "handed on" });
  return true;
}

/** The code with which the entrance refuses it; undefined where it lets it in. */
export function refusal(core: Core, id: CallId, entrance: Entrance): number | undefined {
  if (isHandedOnTooOften(core, id)) return limits.loopCode;
  const call = callOf(core, id);
  // It leaves one entry as it comes in by the other.
  countOut(core, call);
  const refused = refusedBy(core, call, entrance);
  countIn(core, call);
  return refused;
}

/** From here on the call is one of this strategy, of the program for new calls; what it had begun is called off. */
export function goInto(core: Core, id: CallId, entrance: Entrance, to: string, by?: string): void {
  const { program } = core;
  const home = program.codeOf.get(entrance.strategy) ?? 0;
  const entry = patternText(entrance);
  abandonBlock(core, id, "left");
  dropPreview(core, id, "withdrawn");
  countOut(core, callOf(core, id));
  endPromise(core, id);
  change(core, "call", id, (call) => {
    call.secrets = secretsOf(core, call);
    Object.assign(call, { program: program.hash, home, to, entry });
    call.defaulted = undefined;
    call.transferred = undefined;
    call.handedOn = undefined;
    call.saidMs = undefined;
    call.handOns = (call.handOns ?? 0) + 1;
    startOver(core, call, home, 0);
  });
  countIn(core, callOf(core, id));
  record(core, { type: "call.handed_on", call: id, to, by, entry, strategy: program.codes[home]?.name });
  resume(core, id);
}

/** Who was promised a callback has been called, and talked to. */
function endPromise(core: Core, id: CallId): void {
  const { callback } = callOf(core, id);
  if (!callback) return;
  record(core, { type: "callback.ended", call: id, of: callback.of, outcome: "answered" });
  change(core, "call", id, (call) => void (call.callback = undefined));
}

/** Headers are those of the call from now on, and the fields of a JSON object in User-to-User are data of its own. */
export function takeBrought(core: Core, id: CallId, { uui, headers = {} }: Brought): void {
  const all = Object.entries({ ...headers, ...(uui !== undefined && { "user-to-user": uui }) });
  const json = uui === undefined ? null : fieldOf(readUui(uui), "json");
  const more = typeof json === "object" && json?.is === "record" ? json.fields : {};
  const data = { ...callOf(core, id).data, ...more };
  const tooMuch = weigh({ is: "record", fields: data }, limits.callDataCharacters) < 0;
  if (tooMuch) record(core, { type: "limit.reached", call: id, limit: "call.data" });
  change(core, "call", id, (call) => {
    for (const [name, text] of all) if (name !== "__proto__") call.headers[name.toLowerCase()] = text;
    if (!tooMuch) call.data = data;
  });
}

/** What a strategy sends along, as it would come back to us. */
export function broughtBy({ uui, headers }: SentAlong): Brought {
  return { uui: uui && uuiHeader(uui), headers };
}

function fieldOf(value: Value, name: string): Value {
  return typeof value === "object" && value?.is === "record" ? (value.fields[name] ?? null) : null;
}

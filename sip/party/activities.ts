import { randomUUID } from "node:crypto";
import type { Bot } from "../../language/index.ts";
import { type BotTransfer, type Command, type Json, uuiHeader } from "../../runtime/index.ts";
import type { LiveCall } from "../call.ts";

/* What is said between us and a bot at a host (rows 0.17 to 0.20). */

type Ask = Extract<Command, { type: "ask" }>;

/** Messages of one bot that nobody has asked for are no conversation. */
export const MOST_ACTIVITIES = 50;

/** What a bot says, one thing of it. */
export interface Said {
  type: string;
  name: string;
  text: string;
  params: Record<string, Json>;
}

export function activity(name: string, parameters: Record<string, Json>): Json {
  const { value, ...others } = parameters;
  return {
    id: randomUUID(),
    timestamp: new Date().toISOString(),
    type: "event",
    name,
    ...(value !== undefined && { value }),
    ...(Object.keys(others).length > 0 && { parameters: others }),
  };
}

/** Who calls, and the headers of the call under the names that the bot's entry gives them (row 0.16). */
export function startOf(bot: Bot, call: LiveCall, { along }: Ask): Json {
  const sent = new Map(Object.entries(along?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  if (along?.uui) sent.set("user-to-user", uuiHeader(along.uui, "ascii"));
  const mapped = Object.entries(bot.headers).flatMap(([header, parameter]) => {
    const value = sent.get(header.toLowerCase()) ?? call.invite?.request.get(header);
    return value === undefined ? [] : [[parameter, value] as const];
  });
  return activity("start", { callee: call.to, caller: call.from, ...Object.fromEntries(mapped) });
}

/** `{ activities: […] }`, or the list alone. */
export function activitiesIn(body: Json | undefined): Said[] {
  const list = Array.isArray(body) ? body : recordOf(body).activities;
  return (Array.isArray(list) ? list : []).slice(0, MOST_ACTIVITIES).map((each) => {
    const { type, name, text, activityParams, parameters } = recordOf(each);
    const params = recordOf(activityParams ?? parameters);
    return { type: textOf(type), name: textOf(name), text: textOf(text).slice(0, 2000), params };
  });
}

/** `transferSipHeaders` as a list of `{ name, value }`, one of them, or values by name (row 0.19); User-to-User is told apart (row 0.20). */
export function transferOf({
  transferTarget,
  transferSipHeaders,
  transferReason,
  handoverReason,
  transcript,
  transcriptUrl,
}: Record<string, Json>): BotTransfer {
  const headers: Record<string, string> = {};
  let uui: string | undefined;
  for (const { name, value } of namedIn(transferSipHeaders).slice(0, 32)) {
    const [key, text] = [textOf(name), textOf(value).slice(0, 2048)];
    if (/^user-to-user$/i.test(key)) uui = text;
    else if (/^[\w-]{1,100}$/.test(key)) headers[key] = text;
  }
  const target = textOf(transferTarget).slice(0, 300);
  const reason = textOf(transferReason ?? handoverReason).slice(0, 200);
  const said = textOf(transcript ?? transcriptUrl).slice(0, 4000);
  return {
    target: target === "" ? undefined : target.replace(/^tel:/i, ""),
    uui,
    headers,
    reason: reason === "" ? undefined : reason,
    transcript: said === "" ? undefined : said,
  };
}

function namedIn(headers: Json | undefined): Record<string, Json>[] {
  if (Array.isArray(headers)) return headers.map(recordOf);
  const one = recordOf(headers);
  return "name" in one ? [one] : Object.entries(one).map(([name, value]) => ({ name, value }));
}

function recordOf(value: Json | undefined): Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

export const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

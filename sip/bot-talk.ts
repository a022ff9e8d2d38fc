import { randomUUID } from "node:crypto";
import type { Bot } from "../language/index.ts";
import { type BotTransfer, type Command, type Json, uuiHeader } from "../runtime/index.ts";
import type { Board, BotLeg, LiveCall } from "./call.ts";
import { mediaOf } from "./caller.ts";
import { promptFile } from "../runtime/node/index.ts";

type Ask = Extract<Command, { type: "ask" }>;
export type BotEnded = {
  outcome: "done" | "transfer" | "silent" | "failed";
  sip?: number;
  transfer?: BotTransfer;
};

/** A bot that does not answer a message in so long says nothing. */
const REPLY_MS = 10_000;
/** Messages of one bot that nobody has asked for are no conversation. */
const MOST_ACTIVITIES = 50;

/**
 * A bot that is spoken to by HTTP, in activities (rows 0.17 to 0.20): it is told that a caller is there, then each of his keys, and answers with
 * what is to be played, or how it ends. The caller's audio stays with us.
 */
export async function talkTo(
  board: Board,
  call: LiveCall,
  talk: { bot: Bot; leg: BotLeg; command: Ask },
  end: (how: BotEnded) => void,
): Promise<void> {
  const { bot, leg, command } = talk;
  const stopped = new AbortController();
  const waiting: Json[] = [startOf(bot, call, command)];
  let isBusy = false;
  leg.pressed = (digit) => {
    waiting.push(activity("DTMF", { value: digit }));
    void tell();
  };
  leg.withdraw = () => {
    if (stopped.signal.aborted) return;
    stopped.abort();
    call.media?.silence();
    // It is told, and not listened to any more.
    void post([activity("hangup", {})]).catch(() => undefined);
  };
  if (!(await mediaOf(board, call))) return over({ outcome: "failed" });
  await tell();

  /** One message at a time, in order. */
  async function tell(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (waiting.length > 0 && !stopped.signal.aborted) {
      const reply = await post(waiting.splice(0, MOST_ACTIVITIES)).catch((error: unknown) => {
        const name = error instanceof Error ? error.name : "";
        return { code: 0, body: undefined, isSilent: name === "TimeoutError" };
      });
      if (stopped.signal.aborted) return;
      if (reply.code < 200 || reply.code > 299)
        return over(
          "isSilent" in reply && reply.isSilent
            ? { outcome: "silent" }
            : { outcome: "failed", sip: reply.code || undefined },
        );
      const files: string[] = [];
      for (const each of activitiesIn(reply.body)) if (heed(each, files)) return;
      if (files.length > 0) play(files);
    }
    isBusy = false;
  }

  function post(activities: Json[]): Promise<{ code: number; body?: Json }> {
    const limit = AbortSignal.timeout(REPLY_MS);
    return board.post(bot.host ?? "", bot.path, { conversation: call.conversation, activities }, limit);
  }

  function over(how: BotEnded): void {
    if (stopped.signal.aborted) return;
    stopped.abort();
    end(how);
  }

  /** What it wants played is added to the files. True: the conversation is over. */
  function heed({ type, name, text, params }: Said, files: string[]): boolean {
    if (type === "message" || name === "playUrl") {
      const file = promptOf(text || textOf(params.playUrlUrl));
      if (file) files.push(file);
      else board.log.warn({ call: call.id, bot: bot.id }, "what a bot says is no prompt");
    } else if (name === "hangup") over({ outcome: "done" });
    else if (name === "transfer") over({ outcome: "transfer", transfer: transferOf(params) });
    return stopped.signal.aborted;
  }

  /** There is no voice for any text: what a bot says is the name of a prompt of ours. */
  function promptOf(text: string): string | undefined {
    const { prompts, site } = board.directory;
    const isName = /^\w[\w./ -]{0,200}$/.test(text) && !text.includes("..");
    return isName ? promptFile(prompts.folder, text, site.languages[0] ?? "en") : undefined;
  }

  function play(files: string[]): void {
    call.sound = { kind: "silence" };
    call.media?.play(0, files, false);
  }
}

interface Said {
  type: string;
  name: string;
  text: string;
  params: Record<string, Json>;
}

function activity(name: string, parameters: Record<string, Json>): Json {
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
function startOf(bot: Bot, call: LiveCall, { along }: Ask): Json {
  const sent = new Map(Object.entries(along?.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  if (along?.uui) sent.set("user-to-user", uuiHeader(along.uui, "ascii"));
  const mapped = Object.entries(bot.headers).flatMap(([header, parameter]) => {
    const value = sent.get(header.toLowerCase()) ?? call.invite?.request.get(header);
    return value === undefined ? [] : [[parameter, value] as const];
  });
  return activity("start", { callee: call.to, caller: call.from, ...Object.fromEntries(mapped) });
}

/** `{ activities: […] }`, or the list alone. */
function activitiesIn(body: Json | undefined): Said[] {
  const list = Array.isArray(body) ? body : recordOf(body).activities;
  return (Array.isArray(list) ? list : []).slice(0, MOST_ACTIVITIES).map((each) => {
    const { type, name, text, activityParams, parameters } = recordOf(each);
    const params = recordOf(activityParams ?? parameters);
    return { type: textOf(type), name: textOf(name), text: textOf(text).slice(0, 2000), params };
  });
}

/** `transferSipHeaders` as a list of `{ name, value }`, or one of them (row 0.19); User-to-User is told apart (row 0.20). */
function transferOf({
  transferTarget,
  transferSipHeaders,
  transferReason,
  handoverReason,
  transcript,
  transcriptUrl,
}: Record<string, Json>): BotTransfer {
  const list = Array.isArray(transferSipHeaders) ? transferSipHeaders : [transferSipHeaders ?? null];
  const headers: Record<string, string> = {};
  let uui: string | undefined;
  for (const each of list.slice(0, 32)) {
    const { name, value } = recordOf(each);
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

function recordOf(value: Json | undefined): Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

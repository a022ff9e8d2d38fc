import type { Bot } from "../../language/index.ts";
import type { BotTransfer, Command, Json } from "../../runtime/index.ts";
import { promptFile } from "../../runtime/node/index.ts";
import type { Board, BotLeg, LiveCall } from "../call.ts";
import { mediaOf } from "../caller/caller.ts";
import { activitiesIn, activity, type Said, startOf, textOf, transferOf } from "./activities.ts";
import { type BotLine, openLine } from "./bot-lines.ts";

type Ask = Extract<Command, { type: "ask" }>;
export type BotEnded = {
  outcome: "done" | "transfer" | "silent" | "failed";
  sip?: number;
  transfer?: BotTransfer;
};

/**
 * A bot that is spoken to at a host, in activities (rows 0.17 to 0.20): it is told that a caller is there, then each of his keys, and answers
 * with what is to be played, or how it ends. The caller's audio stays with us.
 */
export async function talkTo(
  board: Board,
  call: LiveCall,
  talk: { bot: Bot; leg: BotLeg; command: Ask },
  end: (how: BotEnded) => void,
): Promise<void> {
  const { bot, leg, command } = talk;
  let line: BotLine | undefined;
  let isOver = false;
  const early: Json[] = [startOf(bot, call, command)];
  leg.pressed = (digit) => {
    const key = activity("DTMF", { value: digit });
    if (line) line.tell(key);
    else early.push(key);
  };
  leg.withdraw = () => {
    if (isOver) return;
    isOver = true;
    call.media?.silence();
    line?.close(activity("hangup", {}));
  };
  const hasMedia = await mediaOf(board, call);
  if (isOver) return;
  if (!hasMedia) return over({ outcome: "failed" });
  line = openLine(board, bot, call.conversation, { said, failed: over });
  for (const each of early) line.tell(each);

  function over(how: BotEnded): void {
    if (isOver) return;
    isOver = true;
    line?.close();
    end(how);
  }

  function said(body: Json | undefined): void {
    const files: string[] = [];
    for (const each of activitiesIn(body)) if (heed(each, files)) return;
    if (files.length > 0) play(files);
  }

  /** What it wants played is added to the files. True: the conversation is over. */
  function heed({ type, name, text, params }: Said, files: string[]): boolean {
    if (type === "message" || name === "playUrl") {
      const file = promptOf(text || textOf(params.playUrlUrl));
      if (file) files.push(file);
      else board.log.warn({ call: call.id, bot: bot.id }, "what a bot says is no prompt");
    } else if (name === "hangup") over({ outcome: "done" });
    else if (name === "transfer") over({ outcome: "transfer", transfer: transferOf(params) });
    return isOver;
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

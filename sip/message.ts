import { performance } from "node:perf_hooks";
import type { Command } from "../runtime/index.ts";
import type { Draft } from "../runtime/node/index.ts";
import type { Taped } from "./audio.ts";
import { type Board, type Deposit, endDeposit, type LiveCall } from "./call.ts";
import { mediaOf } from "./caller.ts";
import { HUNG_UP } from "./causes.ts";
import { toneFile } from "./saying/clips.ts";
import { reasonOf } from "./srf.ts";

/** Sounds the tone and keeps what the caller says, until he hangs up, presses `#` or it is long enough. → `voicemail.ended` */
export async function takeMessage(
  board: Board,
  call: LiveCall,
  { task, mailbox, mostMs, subject }: Extract<Command, { type: "takeMessage" }>,
): Promise<void> {
  call.deposit?.withdraw(HUNG_UP);
  const deposit: Deposit = { task, who: mailbox, withdraw: () => undefined };
  call.deposit = deposit;
  call.sound = { kind: "silence" };
  const isOver = (): boolean => call.ended || call.deposit !== deposit;
  const failed = (reason: string): void => {
    board.log.error({ call: call.id, mailbox, reason }, "no message taken");
    if (isOver()) return;
    call.deposit = undefined;
    board.deliver({ type: "voicemail.ended", call: call.id, task, outcome: "failed" });
  };

  const draft = await begin();
  if (typeof draft === "string") return failed(draft);
  const media = await mediaOf(board, call);
  if (isOver()) return draft.discard();
  if (!media) {
    await draft.discard();
    return failed("no media");
  }

  let kept = false;
  deposit.over = (outcome) => {
    kept = outcome === "left_message";
  };
  deposit.withdraw = () => {
    media.silence();
    media.stopRecording();
  };
  deposit.pressed = (digit) => void (digit === "#" && endDeposit(board, call, deposit));
  deposit.joinedMs = performance.now();
  const taped = media.tape(draft.file, mostMs);
  media.play(0, [toneFile()], false); // no task has the number 0, so that nobody is told of its end
  await end(draft, await taped);

  async function begin(): Promise<Draft | string> {
    const { messages } = board;
    if (!messages) return "no folder for messages";
    const about = { mailbox, call: call.id, from: call.from, to: call.to, ...(subject !== undefined && { subject }) };
    return messages.begin(about).catch(reasonOf);
  }

  async function end(message: Draft, { ms, reason }: Taped): Promise<void> {
    if (reason) {
      await message.discard();
      return failed(reason);
    }
    if (!isOver()) endDeposit(board, call, deposit); // as long as it may be
    try {
      await (kept ? message.keep(ms) : message.discard());
    } catch (error) {
      board.log.error({ call: call.id, mailbox, reason: reasonOf(error) }, "message lost");
    }
  }
}

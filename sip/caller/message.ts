import { writeFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";
import type { Command } from "../../runtime/index.ts";
import type { Draft } from "../../runtime/node/index.ts";
import type { Taped } from "../audio.ts";
import { type Board, type Deposit, endDeposit, type LiveCall, quit } from "../call.ts";
import { readWav, SAMPLE_RATE, writeWav } from "../media/index.ts";
import { mayRecord, recordThere } from "../servers/recording.ts";
import { mediaOf } from "./caller.ts";
import { HUNG_UP } from "../dialog/causes.ts";
import { toneFile } from "../saying/clips.ts";
import { reasonOf } from "../dialog/srf.ts";

/** A media server that does not end by itself is told to so long after. */
const LATE_MS = 5000;

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
  if (isOver()) return draft.discard();
  let kept = false;
  return mayRecord(board, call) ? there(draft) : here(draft);

  /** Our media hear him. */
  async function here(message: Draft): Promise<void> {
    const media = await mediaOf(board, call);
    if (isOver()) return message.discard();
    if (!media) {
      await message.discard();
      return failed("no media");
    }
    deposit.withdraw = () => {
      media.silence();
      media.stopRecording(message.file);
    };
    begun();
    const taped = media.tape(message.file, { mostMs });
    media.play(0, [toneFile()], false); // no task has the number 0, so that nobody is told of its end
    await end(message, await taped);
  }

  /** A media server hears him. */
  function there(message: Draft): Promise<void> {
    let longest: NodeJS.Timeout | undefined;
    deposit.withdraw = () => {
      clearTimeout(longest);
      void quit(call);
    };
    return recordThere(board, call, {
      mostMs,
      language: board.directory.site.languages[0] ?? "en",
      about: { mailbox },
      joined() {
        begun();
        longest = setTimeout(() => isOver() || endDeposit(board, call, deposit), mostMs + LATE_MS);
      },
      recorded(file) {
        clearTimeout(longest);
        board.settle(call, uploaded(message, file));
      },
      ours() {
        clearTimeout(longest);
        return here(message);
      },
    });
  }

  async function uploaded(message: Draft, file: Buffer | undefined): Promise<void> {
    if (isOver() && !kept) return message.discard();
    const sound = file ? readWav(file) : { reason: "the media server has uploaded nothing" };
    if ("reason" in sound) return end(message, { ms: 0, reason: sound.reason });
    const samples = sound.samples.subarray(0, Math.ceil((mostMs * SAMPLE_RATE) / 1000));
    const reason = await writeFile(message.file, writeWav(samples), { mode: 0o600 }).then(() => undefined, reasonOf);
    return end(message, { ms: Math.floor((samples.length * 1000) / SAMPLE_RATE), reason });
  }

  function begun(): void {
    deposit.over = (outcome) => {
      kept = outcome === "left_message";
    };
    deposit.pressed = (digit) => void (digit === "#" && endDeposit(board, call, deposit));
    deposit.joinedMs = performance.now();
  }

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

import type { Command } from "../../runtime/index.ts";
import { hopsAlong } from "./along.ts";
import { type BotEnded, talkTo } from "./bot-talk.ts";
import { join } from "./bridge.ts";
import { type Board, type BotLeg, callerSdp, free, type LiveCall, part } from "../call.ts";
import { returnToMedia } from "../caller/caller.ts";
import { HUNG_UP } from "../dialog/causes.ts";
import { dial } from "../dialog/dial.ts";
import { callerHeaders, safeHeaders } from "../dialog/headers.ts";
import type { Leg } from "../dialog/leg.ts";
import type { Hop } from "../dialog/hop.ts";
import { readReferral, type Referral, tellProgress } from "../dialog/refer.ts";
import { asIsOr, pickedUp } from "../mix/between.ts";
import { partyOffered, relayKey } from "./relay.ts";
import type { Reply, SipRequest } from "../dialog/srf.ts";

type Ask = Extract<Command, { type: "ask" }>;

/** Joins the caller to a bot on a trunk, as an offer whose answer is joined at once; his leg stays here. → `bot.ended` */
export async function startAsk(board: Board, call: LiveCall, command: Ask): Promise<void> {
  const { task } = command;
  const bot: BotLeg = { task, who: command.bot, withdraw: () => undefined };
  call.bot?.withdraw(HUNG_UP);
  call.bot = bot;
  const entry = board.directory.bots[command.bot];
  // The strategy named no trunk: it is spoken to at its host.
  if (command.trunks.length === 0 && entry?.host !== undefined)
    return talkTo(board, call, { bot: entry, leg: bot, command }, ended);
  const hops = hopsOf(board, call, command);
  const sdp = callerSdp(call);
  if (hops.length === 0 || !sdp) return ended({ outcome: "failed" });

  let joined: Promise<void> | undefined;
  let asked = false;
  const giveUp = dial(
    board,
    {
      hops,
      ...asIsOr(board, call, { party: bot, belongs: () => call.bot === bot }, { sdp, trunks: command.trunks }),
      headers: callerHeaders(call.from, call),
    },
    {
      ringing: () => undefined,
      answered(leg, trunk, told) {
        pickedUp(bot, leg, trunk, told);
        joined = joinBot();
        board.settle(call, joined);
      },
      // Who is not heard of at all is silent; any answer but a 200 is a refusal.
      failed: (sip) => ended({ outcome: sip === undefined ? "silent" : "failed", sip }),
      gone: () => !bot.joining && !asked && ended({ outcome: "done" }),
      offered: (other) => partyOffered(board, call, bot, other),
      key: (digit) => board.settle(call, relayKey(call, bot, digit)),
      referred,
    },
  );
  bot.withdraw = (reason) => {
    free(bot);
    giveUp(reason);
  };

  async function joinBot(): Promise<void> {
    const joining = await join(board, call, bot);
    if (call.ended || call.bot !== bot) return giveUp(HUNG_UP);
    if (joining !== "joined") ended({ outcome: bot.leg?.ended ? "done" : "failed", sip: joining.status });
  }

  /** The caller stays with us, whomever the bot names: that the call is handed on is true once he has left the bot. */
  function referred(request: SipRequest, reply: Reply): void {
    const { leg } = bot;
    const referral = readReferral(request);
    if (!referral || !leg) return reply.send(400);
    if (call.bot !== bot || asked || referral.replaces !== undefined) return reply.send(603);
    asked = true;
    reply.send(202);
    // He may ask while the two are still being joined.
    board.settle(
      call,
      Promise.resolve(joined).then(() => handOver(leg, referral)),
    );
  }

  async function handOver(leg: Leg, { target, uui, headers, reason }: Referral): Promise<void> {
    if (call.bot !== bot || call.ended) return;
    forget(call, bot);
    const trying = tellProgress(leg, 100);
    board.deliver({
      type: "bot.ended",
      call: call.id,
      task,
      outcome: "transfer",
      transfer: { target, uui, headers, reason },
    });
    const moved = (call.media && !call.returning) || (await returnToMedia(board, call));
    await trying;
    await tellProgress(leg, moved ? 200 : 487);
    free(bot);
    leg.end();
  }

  function ended(how: BotEnded): void {
    if (call.bot !== bot) return;
    forget(call, bot);
    bot.withdraw(HUNG_UP);
    call.sound = { kind: "silence" };
    call.media?.silence();
    board.deliver({ type: "bot.ended", call: call.id, task, ...how });
  }
}

/** Takes the caller from the bot; nothing is told. */
export function dismiss(call: LiveCall, task: number): void {
  const { bot } = call;
  if (bot?.task !== task) return;
  forget(call, bot);
  bot.withdraw(HUNG_UP);
}

function forget(call: LiveCall, bot: BotLeg): void {
  if (call.bot === bot) call.bot = undefined;
  if (call.joined === bot) part(call);
}

/** Headers of the call that the bot's entry names go as they came; what the strategy says of them beats that. */
function hopsOf({ directory, ways }: Board, call: LiveCall, command: Ask): Hop[] {
  const bot = directory.bots[command.bot];
  if (!bot) return [];
  const named = Object.keys(bot.headers).map((name): [string, string | undefined] => [
    name,
    call.invite?.request.get(name),
  ]);
  const given = safeHeaders(Object.fromEntries(named));
  const hops = command.trunks.flatMap((trunk) => ways.by(trunk, bot.user, call.from));
  const told = hops.map((hop) => ({ ...hop, headers: { ...given, ...hop.headers } }));
  return hopsAlong(directory, told, call.conversation, command.along);
}

import type { CallCommand } from "../runtime/index.ts";
import { connect } from "./party/bridge.ts";
import { dismiss, startAsk } from "./party/bot.ts";
import { confirm } from "./mix/confirming.ts";
import { record } from "./mix/recording.ts";
import { type Board, type LiveCall, release } from "./call.ts";
import { answer, redirect, reject } from "./caller/caller.ts";
import { abandonDeposit, startDeposit } from "./party/deposit.ts";
import { makeOffer, withdraw } from "./party/offer.ts";
import { startRefer } from "./caller/referring.ts";
import { hold, pair } from "./party/parting.ts";
import { announce, place, unplace } from "./caller/placing.ts";
import { adopt, turn } from "./party/turning.ts";
import { takeMessage } from "./caller/message.ts";
import { sendText } from "./site/texting.ts";
import { visit } from "./caller/visit.ts";
import { listen, say, treat } from "./caller/treatment.ts";

/** Does what a command of the engine wants of a call, each where it belongs. What comes of it is told as events. */
export async function perform(board: Board, call: LiveCall, command: CallCommand): Promise<void> {
  switch (command.type) {
    case "answer":
      return answer(board, call, command.ringback);
    case "play":
    case "music":
    case "ringback":
    case "silence":
      return treat(board, call, command);
    case "listen":
      return listen(board, call);
    case "say":
      return say(board, call, command);
    case "record":
      return record(board, call, command);
    case "redirect":
      return redirect(board, call, command.to);
    case "ask":
      return startAsk(board, call, command);
    case "dismiss":
      return dismiss(call, command.task);
    case "open":
      return; // it is there
    case "place":
      return place(board, call, command);
    case "unplace":
      return unplace(call);
    case "announce":
      return announce(board, call, command);
    case "refer":
      return startRefer(board, call, command);
    case "offer":
      return makeOffer(board, call, command);
    case "confirm":
      return confirm(board, call, command);
    case "withdraw":
      return withdraw(board, call, command);
    case "connect":
      return connect(board, call, command);
    case "part":
      return hold(board, call, command);
    case "turn":
      return turn(board, call, command);
    case "adopt":
      return adopt(board, call, command);
    case "join":
      return pair(board, call, command);
    case "deposit":
      return startDeposit(board, call, command);
    case "takeMessage":
      return takeMessage(board, call, command);
    case "abandonDeposit":
      return abandonDeposit(call, command.task);
    case "visit":
      return visit(board, call, command.mailboxes);
    case "reject":
      return reject(board, call, command.code);
    case "text":
      return sendText(board, command);
    case "hangup":
      return release(board, call);
  }
}

import { performance } from "node:perf_hooks";
import type { Command } from "../../runtime/index.ts";
import { uriOf } from "../dialog/address.ts";
import { hopsAlong } from "./along.ts";
import { join } from "./bridge.ts";
import { type Board, callerSdp, type Deposit, endDeposit, free, type LiveCall, part } from "../call.ts";
import { HUNG_UP } from "../dialog/causes.ts";
import { dial } from "../dialog/dial.ts";
import { callerHeaders, safeHeaders } from "../dialog/headers.ts";
import { statusWithout } from "./party.ts";
import { asIsOr, pickedUp } from "../mix/between.ts";
import { partyOffered, relayKey } from "./relay.ts";
import type { Headers } from "../dialog/srf.ts";

type DepositCommand = Extract<Command, { type: "deposit" }>;

/** Connects the caller to a mailbox: as an offer whose answer is joined at once. → `voicemail.answered`, then `voicemail.ended` */
export async function startDeposit(board: Board, call: LiveCall, command: DepositCommand): Promise<void> {
  const { task } = command;
  const deposit: Deposit = { task, who: command.mailbox, withdraw: () => undefined };
  call.deposit?.withdraw(HUNG_UP);
  call.deposit = deposit;
  const failed = (status?: number): void => {
    if (call.deposit !== deposit) return;
    call.deposit = undefined;
    deposit.withdraw(HUNG_UP);
    call.sound = { kind: "silence" };
    call.media?.silence();
    board.deliver({ type: "voicemail.ended", call: call.id, task, outcome: "failed", sip: status });
  };

  const reached = board.ways.by(command.trunk, command.number, call.from);
  const hops = hopsAlong(board.directory, reached, call.conversation);
  const sdp = callerSdp(call);
  // A caller who has described nothing is answered before he can leave a message; that is the engine's order too.
  if (hops.length === 0) return failed(statusWithout(board.directory, [command.trunk]));
  if (!sdp) return failed();
  const giveUp = dial(
    board,
    {
      hops,
      ...asIsOr(
        board,
        call,
        { party: deposit, belongs: () => call.deposit === deposit },
        { sdp, trunks: [command.trunk] },
      ),
      headers: depositHeaders(board, call, command),
    },
    {
      ringing: () => undefined,
      answered(leg, trunk, told) {
        pickedUp(deposit, leg, trunk, told);
        board.deliver({ type: "voicemail.answered", call: call.id, task, dialog: leg.dialog });
        board.settle(call, joinMailbox());
      },
      failed,
      gone() {
        if (call.deposit !== deposit || deposit.joining) return;
        endDeposit(board, call, deposit);
      },
      offered: (other) => partyOffered(board, call, deposit, other),
      key: (digit) => board.settle(call, relayKey(call, deposit, digit)),
    },
  );
  deposit.withdraw = (reason) => {
    free(deposit);
    giveUp(reason);
  };

  async function joinMailbox(): Promise<void> {
    const joining = await join(board, call, deposit);
    if (call.ended || call.deposit !== deposit) return giveUp(HUNG_UP);
    if (joining === "joined") deposit.joinedMs = performance.now();
    else failed(joining.status);
  }
}

/** Gives up a deposit under way; nothing is told. */
export function abandonDeposit(call: LiveCall, task: number): void {
  const { deposit } = call;
  if (deposit?.task !== task) return;
  call.deposit = undefined;
  if (call.joined === deposit) part(call);
  deposit.withdraw(HUNG_UP);
}

/**
 * Who was called, as the mailbox system wants to know it (RFC 5806): the extension of the mailbox's owner, else the dialled number.
 * Diversion alone, because peers disagree on which of several History-Info entries is the mailbox.
 */
function depositHeaders(board: Board, call: LiveCall, command: DepositCommand): Headers {
  const owner = board.directory.mailboxes[command.mailbox]?.owner;
  const extension = owner?.kind === "agent" ? board.directory.agents[owner.name]?.extension : undefined;
  const diverted = uriOf(extension ?? call.to, "sip:localhost");
  return {
    ...callerHeaders(call.from, call),
    ...safeHeaders({
      Diversion: diverted && `<${diverted}>;reason=no-answer;counter=1`,
      Subject: command.subject,
    }),
  };
}

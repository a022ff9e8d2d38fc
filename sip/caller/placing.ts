import type { CallCommand } from "../../runtime/index.ts";
import { hopsAlong } from "../party/along.ts";
import { type Board, carry, type LiveCall, lose, quit } from "../call.ts";
import { callerHooks } from "./caller.ts";
import { mediaHooks } from "./sounding.ts";
import { HUNG_UP, offerFailure } from "../dialog/causes.ts";
import { dial } from "../dialog/dial.ts";
import { callerHeaders } from "../dialog/headers.ts";
import { mediaOfParty } from "../mix/mixing.ts";
import { hopsTo, phoneOf } from "../party/party.ts";
import { sayingFiles } from "../saying/clips.ts";
import { promptFile } from "../../runtime/node/index.ts";
import { isSecured } from "../trunks/dialect.ts";

type Of<T extends CallCommand["type"]> = Extract<CallCommand, { type: T }>;

/*
 * Calls that begin with us (RFC 3725): whoever is called to be the caller gets our media first, and is joined like any other.
 */

/** A call without a caller. */
export function opened({ call: id, conversation }: Of<"open">): LiveCall {
  const nobody = {
    from: "",
    to: "",
    sound: { kind: "silence" } as const,
    offers: new Map(),
    guests: new Set<never>(),
    ended: false,
  };
  return { id, conversation: conversation ?? id, ...nobody };
}

/** Calls somebody to be the caller. → `call.answered` or `place.failed` */
export async function place(board: Board, call: LiveCall, { party, from }: Of<"place">): Promise<void> {
  let withdrawn = false;
  const placing = {
    withdraw: (): void => {
      withdrawn = true;
    },
  };
  call.placing?.withdraw(HUNG_UP);
  call.placing = placing;
  const failed = (sip?: number): void => {
    if (call.placing !== placing) return;
    call.placing = undefined;
    board.deliver({ type: "place.failed", call: call.id, outcome: offerFailure(sip), sip });
  };
  const reached = hopsTo(board, party, from);
  if ("status" in reached) return failed(reached.status);
  const hops = hopsAlong(board.directory, reached, call.conversation);
  const secured = isSecured(
    board.directory,
    hops.map(({ trunk }) => trunk),
  );
  const media = await board.audio.open(undefined, mediaHooks(board, call), secured);
  if ("refused" in media) {
    board.log.warn({ call: call.id, reason: media.refused }, "no media");
    return failed();
  }
  if (withdrawn || call.ended) return media.close();

  const giveUp = dial(
    board,
    { hops, sdp: media.sdp, headers: callerHeaders(from, call) },
    {
      ringing: () => undefined,
      answered(leg, trunk) {
        media.answered(leg.remoteSdp);
        call.placing = undefined;
        const phone = phoneOf(board.directory, party);
        Object.assign(call, { leg, trunk, phone, agent: party.kind === "agent" || undefined });
        carry(call, media);
        board.deliver({ type: "call.answered", call: call.id, dialog: leg.dialog });
      },
      failed(sip) {
        media.close();
        failed(sip);
      },
      ...callerHooks(board, call),
      gone: () => lose(board, call, "hung up"),
    },
  );
  placing.withdraw = () => {
    media.close();
    giveUp(HUNG_UP);
  };
}

/** He is not to be called any more, or not to be the caller. Nothing is told. */
export function unplace(call: LiveCall): void {
  call.placing?.withdraw(HUNG_UP);
  call.placing = undefined;
  void quit(call);
  call.leg?.end();
  call.media?.close();
  call.leg = undefined;
  call.media = undefined;
}

/** Who has picked up for somebody who is not there yet hears for whom: the prompt of that name, else what can be said of it. */
export async function announce(board: Board, call: LiveCall, { offer, text, language }: Of<"announce">): Promise<void> {
  const { prompts, site } = board.directory;
  const prompt = promptFile(prompts.folder, text, language);
  const said = prompt ? { files: [prompt] } : sayingFiles([text], { language, zone: site.zone, prompts });
  if ("reason" in said) return board.log.warn({ call: call.id, offer, reason: said.reason }, "cannot be announced");
  const party = call.offers.get(offer);
  if (!party?.media) return;
  const theirs = await mediaOfParty(board, party);
  if ("media" in theirs) theirs.media.play(1, said.files, false);
}

import type { Command } from "../../runtime/index.ts";
import type { Board, LiveCall } from "../call.ts";
import { mediaOfParty } from "./mixing.ts";
import { pauses } from "../saying/clips.ts";
import { promptFile } from "../../runtime/node/index.ts";

/** Between two times that the prompt is heard. */
const BETWEEN_MS = 2000;

/** Asks who picked up to press a key, over our media, again until he presses one or is withdrawn. → `offer.confirmed` */
export async function confirm(
  board: Board,
  call: LiveCall,
  { offer, prompt, key, language }: Extract<Command, { type: "confirm" }>,
): Promise<void> {
  const party = call.offers.get(offer);
  if (!party) return;
  const told = (confirmed: boolean): void => {
    party.pressed = undefined;
    party.media?.silence();
    board.deliver({ type: "offer.confirmed", call: call.id, offer, confirmed });
  };
  party.pressed = (digit) => told(digit === key);
  const theirs = await mediaOfParty(board, party);
  if (call.ended || call.offers.get(offer) !== party || !party.pressed) return; // withdrawn, or pressed meanwhile
  if ("status" in theirs) return told(false);
  const file = promptFile(board.directory.prompts.folder, prompt, language);
  if (file) theirs.media.play(1, [file, ...pauses(BETWEEN_MS)], true);
  else board.log.warn({ call: call.id, prompt }, "no such prompt");
}

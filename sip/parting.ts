import type { Command } from "../runtime/index.ts";
import { joinLegs } from "./bridge.ts";
import { type Board, free, type LiveCall, part, type Party } from "./call.ts";
import { mediaOfParty } from "./mixing.ts";

/*
 * A conversation that is interrupted (3pcc): caller and party each hear us, so that packets go on in both directions, and phones are told no
 * more than where media are. `connect` joins them again.
 */

/** Parts caller and party; what the caller hears is for the next treatment. → `call.parted` */
export async function hold(board: Board, call: LiveCall, { offer }: Extract<Command, { type: "part" }>): Promise<void> {
  const party = call.offers.get(offer);
  const theirs = party && (await mediaOfParty(board, party));
  if (call.ended || call.offers.get(offer) !== party) return;
  const parted = theirs !== undefined && "media" in theirs;
  if (parted) {
    theirs.media.leave();
    part(call);
  }
  board.deliver({ type: "call.parted", call: call.id, offer, parted });
}

/** Joins a party who was rung apart with one who was parted. → `parties.joined` */
export async function pair(board: Board, call: LiveCall, command: Extract<Command, { type: "join" }>): Promise<void> {
  const [asked, asks] = [call.offers.get(command.offer), call.offers.get(command.with)];
  const done = asked !== undefined && asks !== undefined && (await agree(asked, asks));
  if (call.ended || call.offers.get(command.offer) !== asked) return;
  if (done) {
    asked.peer = asks;
    asks.peer = asked;
  }
  board.deliver({ type: "parties.joined", call: call.id, offer: command.offer, joined: done });
}

async function agree(asked: Party, asks: Party): Promise<boolean> {
  const [one, two] = [asks.leg, asked.leg];
  if (!one || !two) return false;
  asks.media?.silence();
  if (!(await joinLegs(one, two))) return false;
  free(asked);
  free(asks);
  return true;
}

/** Who talked with the caller, and holds him now. */
export function heldParty(call: LiveCall): Party | undefined {
  return [...call.offers.values()].find((party) => party !== call.joined && party.leg && party.media && !party.peer);
}

import type { Command } from "../../runtime/index.ts";
import { joinLegs } from "./bridge.ts";
import { type Board, free, type LiveCall, part, type Party, unpair } from "../call.ts";
import { mediaOfParty } from "../mix/mixing.ts";
import { heedKey } from "./phone-holds.ts";
import { holdWith } from "../caller/treatment.ts";

/*
 * A conversation that is interrupted (3pcc): caller and party each hear us, so that packets go on in both directions, and phones are told no
 * more than where media are. `connect` joins them again.
 */

/** Parts a party from the caller, who hears the next treatment, or from the party he talks with. → `call.parted` */
export async function hold(board: Board, call: LiveCall, command: Extract<Command, { type: "part" }>): Promise<void> {
  const { offer, music } = command;
  const party = call.offers.get(offer);
  const theirs = party && (await mediaOfParty(board, party));
  // Who he talked with may have gone, and he be joined to the caller.
  if (call.ended || call.offers.get(offer) !== party || party?.joining) return;
  const parted = theirs !== undefined && "media" in theirs;
  if (parted) {
    theirs.media.leave();
    if (party?.peer) unpair(party);
    else part(call);
    holdWith(board, theirs.media, music);
  }
  board.deliver({ type: "call.parted", call: call.id, offer, parted });
  if (party) heedKey(board, call, party);
}

/** Joins a party who was rung apart, or parted, with one who was parted. → `parties.joined` */
export async function pair(board: Board, call: LiveCall, command: Extract<Command, { type: "join" }>): Promise<void> {
  const [asked, asks] = [call.offers.get(command.offer), call.offers.get(command.with)];
  const done = asked !== undefined && asks !== undefined && (await agree(asked, asks));
  if (call.ended || call.offers.get(command.offer) !== asked || asked?.joining) return;
  if (done) {
    asked.peer = asks;
    asks.peer = asked;
  }
  board.deliver({ type: "parties.joined", call: call.id, offer: command.offer, joined: done });
  // A phone may go on by itself where it is led elsewhere.
  if (asks) heedKey(board, call, asks);
}

/** Both are with us; who will not be led to the other stays in our mix with him. */
async function agree(asked: Party, asks: Party): Promise<boolean> {
  const [one, two] = [asks.leg, asked.leg];
  if (!one || !two) return false;
  for (const { media } of [asks, asked]) media?.silence();
  const came = await joinLegs(one, two);
  if (came === "unmoved" && asks.media && asked.media) {
    for (const { media } of [asks, asked]) media?.join(`${asked.offer}`);
    return true;
  }
  if (came !== "joined") return false;
  free(asked);
  free(asks);
  return true;
}

/** Who talked with the caller, and holds him now. */
export function heldParty(call: LiveCall): Party | undefined {
  return [...call.offers.values()].find((party) => party !== call.joined && party.leg && party.media && !party.peer);
}

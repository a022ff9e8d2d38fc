import type { AudioLeg } from "../audio.ts";
import { type Board, carry, type LiveCall, type Party } from "../call.ts";
import { mediaHooks } from "../caller/sounding.ts";
import { isHold } from "../dialog/hold.ts";
import type { Answer } from "../dialog/hooks.ts";

/*
 * The hold key of an agent's phone: our media answer it, and carry him from there on as where he holds at his desk; it is told like the button
 * there, and the call becomes the same.
 */

/** Our answer to his hold. Undefined: it is none, or goes to whom he talks with, for our media cannot speak with him. */
export async function holdHere(
  board: Board,
  call: LiveCall,
  from: "caller" | Party,
  sdp: string,
): Promise<Answer | undefined> {
  const one = from === "caller" ? call : from;
  if (!one.agent || !isHold(sdp) || !talks(call, from)) return undefined;
  if (from === "caller" ? call.returning : (from.moving ?? from.joining)) return { status: 491 };
  const settle = comes(call, from);
  const media = await board.audio.open(
    sdp,
    from === "caller" ? mediaHooks(board, call) : { key: (digit) => from.pressed?.(digit) },
  );
  if ("refused" in media) {
    settle(undefined);
    return undefined;
  }
  return {
    sdp: media.sdp,
    settled(holds) {
      const stays = holds && talks(call, from);
      if (!stays) media.close();
      else if (from === "caller") carry(call, media);
      else {
        media.near(from.leg?.from ?? []);
        from.media = media;
      }
      settle(stays ? media : undefined);
      heedKey(board, call, from);
    },
  };
}

/** What his key has done since it was told last. → `hold.asked`, `retrieve.asked` */
export function heedKey(board: Board, call: LiveCall, from: "caller" | Party): void {
  const one = from === "caller" ? call : from;
  const { agent, leg, holding } = one;
  if (!agent || !leg || leg.ended || call.ended || leg.holds === (holding === true)) return;
  const side = from === "caller" ? { side: from } : {};
  // Whom he has asked is told of it himself; and while he is being parted that is waited for.
  const talking = talks(call, from);
  if (leg.holds ? !(from === "caller" ? talking : !from.peer) : talking) return;
  one.holding = leg.holds || undefined;
  const asked = { call: call.id, by: "phone" };
  board.deliver(leg.holds ? { type: "hold.asked", ...asked, ...side } : { type: "retrieve.asked", ...asked });
}

/** With one another, and as caller with nobody else: nobody else could become the call's party. */
function talks({ joined, offers, guests, ended }: LiveCall, from: "caller" | Party): boolean {
  if (ended || !joined?.leg || joined.leg.ended) return false;
  if (from !== "caller") return joined === from;
  return guests.size === 0 && [...offers.values()].includes(joined);
}

/** He is on his way to our media; who else wants him there waits for it. */
function comes(call: LiveCall, from: "caller" | Party): (media: AudioLeg | undefined) => void {
  let settle: (media: AudioLeg | undefined) => void = () => undefined;
  const coming = new Promise<AudioLeg | undefined>((resolve) => (settle = resolve));
  if (from === "caller") {
    call.returning = coming.then(Boolean).finally(() => (call.returning = undefined));
  } else {
    const moved = coming.then((media) => (media ? { media } : { status: undefined }));
    from.moving = moved.finally(() => (from.moving = undefined));
  }
  return settle;
}

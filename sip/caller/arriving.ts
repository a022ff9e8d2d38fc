import { randomUUID } from "node:crypto";
import { mailboxesAt } from "../../language/index.ts";
import type { AwayCall } from "../../runtime/index.ts";
import { type Board, type LiveCall, lose } from "../call.ts";
import { CONVERSATION, dialogIdOf, safeHeaders } from "../dialog/headers.ts";
import type { Reply, SipRequest } from "../dialog/srf.ts";
import type { Source } from "../site/gate.ts";
import { dialectOf } from "../trunks/dialect.ts";
import { deviceOf, readArrival, refusal } from "./arrival.ts";
import { ringAtOnce } from "./early.ts";
import type { KeptCallers } from "./kept.ts";
import { phoneAt } from "./visit.ts";
import { createVisitor } from "./visitor.ts";

/** An INVITE, and how it is answered. */
interface Asked {
  request: SipRequest;
  reply: Reply;
}

/** Somebody calls who may; what he asks for may be refused all the same. → `call.arrived` */
export function arrive(board: Board, admitted: Source, { request, reply }: Asked): void {
  const { directory } = board;
  const source = { phone: phoneAt(board, request), ...admitted };
  const { trunk, phone } = source;
  const refused = refusal(request, dialectOf(directory.trunks[trunk ?? ""]));
  if (refused) return reply.send(refused.status, { headers: refused.headers });
  const id = randomUUID();
  const { from, to, headers, conversation = id } = readArrival(request, source, directory);
  ringAtOnce(board, begin(board, { id, from, to, conversation, trunk, phone }, { request, reply }));
  board.deliver({
    type: "call.arrived",
    call: id,
    from,
    to,
    trunk,
    phone: deviceOf(source, from, directory),
    headers,
    conversation,
    dialog: dialogIdOf(request),
  });
}

/** A caller whom the endpoint has kept: he was let in when he came. → `call.returned` */
export function comeBack(
  board: Board,
  { conversation, answered, ...back }: AwayCall,
  kept: KeptCallers,
  asked: Asked,
): void {
  const call = begin(board, { ...back, conversation: conversation ?? back.id }, asked);
  if (!answered) ringAtOnce(board, call);
  board.settle(call, kept.receive(call, answered));
}

function begin(
  board: Board,
  it: Pick<LiveCall, "id" | "from" | "to" | "conversation" | "trunk" | "phone">,
  { request, reply }: Asked,
): LiveCall {
  const line = board.directory.trunks[it.trunk ?? ""];
  const headers = safeHeaders({ [line?.conversation ?? CONVERSATION]: it.conversation });
  const call: LiveCall = {
    ...it,
    invite: { request, reply, dialect: dialectOf(line), headers },
    ...(mailboxesAt(it.to, board.directory).length > 0 && { visitor: createVisitor() }),
    sound: { kind: "silence" },
    offers: new Map(),
    guests: new Set(),
    ended: false,
  };
  board.remember(call);
  request.on("cancel", () => {
    call.cancelled = true;
    lose(board, call, "cancelled");
  });
  return call;
}

/** Requests of applications that are under way: what is known of each. */
import type { App } from "./app.ts";
import type { ClientTransaction } from "./client-transaction.ts";
import { askingDialog, type Dialog } from "./dialog.ts";
import type { Ack } from "./hangup.ts";
import type { Sendable } from "./large.ts";
import type { Request, Response } from "./message.ts";
import type { Flow } from "./transport.ts";

/** A request of an application, as long as responses to it may come. */
export interface Sent extends Sendable {
  id: string;
  app: App;
  transaction: ClientTransaction | undefined;
  dialog: Dialog | undefined;
  /** It was made in a dialog that stood: an INVITE leads its party elsewhere. */
  inside: boolean;
  /** Where it may go if nobody answers here. */
  elsewhere: Elsewhere | undefined;
  /** The dialog of the caller it is made for. */
  caller: string | undefined;
  /** What the application asks for of session timers. */
  wanted: number | undefined;
  /** A CANCEL is held until a provisional response allows it on the wire (RFC 3261 9.1). */
  cancel: "none" | "held" | "sent";
  cancelText: string;
  /** The ACK of a 2xx, said again for every copy of that. */
  ack: Ack | undefined;
  /** It has its final response. */
  answered: boolean;
  /** The tags of others who have picked up too, and are released. */
  forks: Set<string>;
}

/** Further ways to the same name (RFC 3263 4.3). */
export interface Elsewhere {
  message: Request;
  ways: (() => Flow)[];
}

/** The INVITE whose 2xx the next ACK in a dialog is for. */
export type Acknowledging = Map<Dialog, Sent>;

/** The peer has begun to answer. */
export function isHeard({ transaction }: Sent): boolean {
  const state = transaction?.state() ?? "calling";
  return state !== "calling" && state !== "trying";
}

/** What goes on in it goes by UDP where size alone made this one go by TCP. */
export function dialogOf({ filled, flow, datagram, app }: Sent, response: Response): Dialog {
  return askingDialog(filled, response, datagram?.flow ?? flow, app);
}

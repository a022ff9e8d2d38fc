/** Client transactions: RFC 3261 17.1 with the Accepted state of RFC 6026 7.2. */
import { startMachine, step, type Table } from "./machine.ts";
import type { Response } from "./message.ts";
import { T1, T1_TIMES_64, T2, T4, type Timers } from "./timers.ts";
import type { Flow } from "./transport.ts";

export type ClientState = "calling" | "trying" | "proceeding" | "completed" | "accepted" | "terminated";
export type ClientInput = "provisional" | "success" | "failure" | "broken" | "abandoned";
export type ClientAction = "send" | "ack" | "deliver" | "timed out" | "broken";
type ClientTable = Table<ClientState, ClientInput, ClientAction>;

const ENDED = { on: {} };
const D = 32_000;

/** Timers: calling A (retry) and B, completed D, accepted M. */
export const INVITE_CLIENT: ClientTable = {
  calling: {
    retry: { first: T1, cap: Number.POSITIVE_INFINITY },
    limit: { unreliable: T1_TIMES_64, reliable: T1_TIMES_64 },
    on: {
      retry: ["calling", "send"],
      provisional: ["proceeding", "deliver"],
      success: ["accepted", "deliver"],
      failure: ["completed", "ack", "deliver"],
      limit: ["terminated", "timed out"],
      broken: ["terminated", "broken"],
      abandoned: ["terminated"],
    },
  },
  proceeding: {
    on: {
      provisional: ["proceeding", "deliver"],
      success: ["accepted", "deliver"],
      failure: ["completed", "ack", "deliver"],
      abandoned: ["terminated"],
    },
  },
  completed: {
    limit: { unreliable: D, reliable: 0 },
    on: { failure: ["completed", "ack"], limit: ["terminated"] },
  },
  accepted: {
    limit: { unreliable: T1_TIMES_64, reliable: T1_TIMES_64 },
    on: { success: ["accepted", "deliver"], limit: ["terminated"] },
  },
  trying: ENDED,
  terminated: ENDED,
};

/** Timers: trying and proceeding E (retry) and F, completed K. */
export const OTHER_CLIENT: ClientTable = {
  trying: {
    retry: { first: T1, cap: T2 },
    limit: { unreliable: T1_TIMES_64, reliable: T1_TIMES_64 },
    on: {
      retry: ["trying", "send"],
      provisional: ["proceeding", "deliver"],
      success: ["completed", "deliver"],
      failure: ["completed", "deliver"],
      limit: ["terminated", "timed out"],
      broken: ["terminated", "broken"],
      abandoned: ["terminated"],
    },
  },
  proceeding: {
    retry: { first: T2, cap: T2 },
    limit: "kept",
    on: {
      retry: ["proceeding", "send"],
      provisional: ["proceeding", "deliver"],
      success: ["completed", "deliver"],
      failure: ["completed", "deliver"],
      limit: ["terminated", "timed out"],
      broken: ["terminated", "broken"],
    },
  },
  completed: { limit: { unreliable: T4, reliable: 0 }, on: { limit: ["terminated"] } },
  calling: ENDED,
  accepted: ENDED,
  terminated: ENDED,
};

export interface ClientUser {
  response(response: Response): void;
  /** No final response in 32 s. */
  timedOut(): void;
  /** The request did not arrive; `why` is a reason phrase. */
  broken(why: string): void;
  /** Nothing more will come of it. */
  ended(): void;
}

/** For requests whose answer changes nothing. */
export const NOBODY: ClientUser = { response() {}, timedOut() {}, broken() {}, ended() {} };

export interface ClientTransaction {
  state(): ClientState;
  received(response: Response): void;
  /** Nobody waits for it any more: the final response that a CANCEL should have brought did not come (RFC 3261 9.1), or none at all. */
  abandon(): void;
}

interface Options {
  method: string;
  /** The request as sent. */
  text: string;
  /** For INVITE: the ACK that belongs to a final response other than 2xx (RFC 3261 17.1.1.3). */
  ackTo?: (response: Response) => string;
  flow: Flow;
  timers: Timers;
  user: ClientUser;
}

/** Sends the request and looks after it until its final response, and after the lost ones of that. */
export function startClientTransaction(asked: Options): ClientTransaction {
  const { flow, timers, user } = asked;
  const invite = asked.method === "INVITE";
  let { text, ackTo } = asked;
  let ack = "";
  let response: Response | undefined;
  let why = "Service Unavailable";
  let sends = 0;

  function broken(reason?: string): void {
    why = reason ?? why;
    step(machine, "broken");
  }

  function send(): void {
    flow.send(text, broken);
    // A live peer has said 100 by now, or lost one message.
    if (++sends === 2) flow.probe?.(broken);
  }

  const machine = startMachine<ClientState, ClientInput, ClientAction>({
    table: invite ? INVITE_CLIENT : OTHER_CLIENT,
    state: invite ? "calling" : "trying",
    reliable: flow.reliable,
    timers,
    retry: undefined,
    limit: undefined,
    act(action) {
      if (action === "send") send();
      else if (action === "ack") flow.send((ack ||= ackTo?.(response!) ?? ""));
      else if (action === "deliver") user.response(response!);
      else if (action === "timed out") user.timedOut();
      else user.broken(why);
    },
    entered(state) {
      if (state === "proceeding") return;
      // It lives on for half a minute; what it no longer needs shall not.
      text = "";
      ackTo = undefined;
      if (state === "terminated") user.ended();
    },
  });
  send();
  return {
    state: () => machine.state,
    received(got) {
      response = got;
      step(machine, got.status < 200 ? "provisional" : got.status < 300 ? "success" : "failure");
      response = undefined;
    },
    abandon: () => void step(machine, "abandoned"),
  };
}

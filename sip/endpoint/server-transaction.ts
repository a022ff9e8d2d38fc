/** Server transactions: RFC 3261 17.2 with the Accepted state of RFC 6026 7.1. */
import { startMachine, step, type Table } from "./machine.ts";
import { T1, T1_TIMES_64, T2, T4, type Timers } from "./timers.ts";
import type { Flow } from "./transport.ts";

export type ServerState = "trying" | "proceeding" | "completed" | "confirmed" | "accepted" | "terminated";
export type ServerInput = "request" | "ack" | "provisional" | "success" | "failure";
export type ServerAction = "send" | "resend" | "timed out";
type ServerTable = Table<ServerState, ServerInput, ServerAction>;

const ENDED = { on: {} };

/** Timers: completed G (retry) and H, confirmed I, accepted L. A 2xx is repeated by `answering.ts`, not here. */
export const INVITE_SERVER: ServerTable = {
  proceeding: {
    on: {
      request: ["proceeding", "resend"],
      provisional: ["proceeding", "send"],
      success: ["accepted", "send"],
      failure: ["completed", "send"],
    },
  },
  completed: {
    retry: { first: T1, cap: T2 },
    limit: { unreliable: T1_TIMES_64, reliable: T1_TIMES_64 },
    on: {
      request: ["completed", "resend"],
      retry: ["completed", "resend"],
      ack: ["confirmed"],
      limit: ["terminated", "timed out"],
    },
  },
  confirmed: { limit: { unreliable: T4, reliable: 0 }, on: { ack: ["confirmed"], limit: ["terminated"] } },
  accepted: {
    limit: { unreliable: T1_TIMES_64, reliable: T1_TIMES_64 },
    on: { success: ["accepted", "send"], limit: ["terminated"] },
  },
  trying: ENDED,
  terminated: ENDED,
};

/** Timer: completed J. The limit before it is not in the RFC: by then the client's timer F has given up. */
export const OTHER_SERVER: ServerTable = {
  trying: {
    limit: { unreliable: T1_TIMES_64, reliable: T1_TIMES_64 },
    on: {
      provisional: ["proceeding", "send"],
      success: ["completed", "send"],
      failure: ["completed", "send"],
      limit: ["terminated"],
    },
  },
  proceeding: {
    limit: "kept",
    on: {
      limit: ["terminated"],
      request: ["proceeding", "resend"],
      provisional: ["proceeding", "send"],
      success: ["completed", "send"],
      failure: ["completed", "send"],
    },
  },
  completed: {
    limit: { unreliable: T1_TIMES_64, reliable: 0 },
    on: { request: ["completed", "resend"], limit: ["terminated"] },
  },
  confirmed: ENDED,
  accepted: ENDED,
  terminated: ENDED,
};

export interface ServerTransaction {
  /** The same request again. */
  repeated(): void;
  /** The ACK of a final response other than 2xx; false when this transaction expects none. */
  acked(): boolean;
  respond(status: number, text: string): void;
}

interface Options {
  method: string;
  /** The way responses go. */
  flow: Flow;
  timers: Timers;
  /** So many bytes more, or fewer, are remembered. */
  keeps(more: number): void;
  ended(): void;
}

export function startServerTransaction({ method, flow, timers, keeps, ended }: Options): ServerTransaction {
  const invite = method === "INVITE";
  let last = "";
  function remember(text: string): void {
    keeps(text.length - last.length);
    last = text;
  }
  const machine = startMachine<ServerState, ServerInput, ServerAction>({
    table: invite ? INVITE_SERVER : OTHER_SERVER,
    state: invite ? "proceeding" : "trying",
    reliable: flow.reliable,
    timers,
    retry: undefined,
    limit: undefined,
    act(action) {
      if (action !== "timed out" && last !== "") flow.send(last);
    },
    entered(state) {
      if (state === "accepted" || state === "confirmed" || state === "terminated") remember("");
      if (state === "terminated") ended();
    },
  });
  return {
    repeated: () => step(machine, "request"),
    acked: () => step(machine, "ack"),
    respond(status, text) {
      if (machine.state !== "terminated") remember(text);
      step(machine, status < 200 ? "provisional" : status < 300 ? "success" : "failure");
    },
  };
}

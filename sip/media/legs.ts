import { randomInt } from "node:crypto";
import { isIP } from "node:net";
import { type Leg, createLeg } from "./leg.ts";
import { type Local, answer, offer } from "./negotiation.ts";
import { createMixes } from "./mix.ts";
import { createPacer } from "./pacer.ts";
import type { MediaCommand, MediaEvent, MediaLeg } from "./port.ts";
import { createPorts } from "./ports.ts";
import { createShelf } from "./shelf.ts";
import { builtIn, toneOf } from "./tones.ts";

export interface MediaOptions {
  /** The IP address to bind, and to name in SDP. */
  address: string;
  /** Range of UDP ports, of which the even ones are used; by default 16384 to 32767, below those that systems hand out. */
  ports?: [low: number, high: number];
  /** Two letters (ISO 3166): whose ringback tone sounds. */
  country?: string;
}

/** All legs of one service. */
export interface Legs {
  perform(command: MediaCommand): void;
  /** Closes every leg. */
  stop(): Promise<void>;
}

/** A leg on its way: until it has a port, commands wait. */
interface Line {
  waiting: MediaCommand[];
  leg?: Leg;
  close?: (reason?: string) => Promise<void>;
}

type Opening = Extract<MediaCommand, { type: "open" }>;

const PORTS: [low: number, high: number] = [16_384, 32_767];
/** About 70 minutes of prompts. */
const SHELF_BYTES = 64 * 1024 * 1024;

/** Rejects with a clear message where no port of the range can be bound at this address. */
export async function startLegs(options: MediaOptions, emit: (event: MediaEvent) => void): Promise<Legs> {
  const { ports: range = PORTS, country = "" } = options;
  const address = options.address.replace(/^\[(.*)\]$/, "$1"); // IPv6 as URIs write it
  if (!isIP(address)) throw new Error(`no RTP port at ${address}: write the address, not a name, as 127.0.0.1`);
  const ports = createPorts(address, range);
  const pacer = createPacer();
  const shelf = createShelf(SHELF_BYTES, builtIn(country));
  const ringback = toneOf("ringback", country);
  const mixes = createMixes();
  const lines = new Map<MediaLeg, Line>();
  /** Openings and closings. */
  const underWay = new Set<Promise<void>>();

  if (address === "0.0.0.0" || address === "::") {
    throw new Error(`media needs one address that phones can reach, not ${address}`);
  }
  const probe = await ports.take();
  if (!probe) throw new Error(`no RTP port from ${range[0]} to ${range[1]} can be bound at ${address}`);
  await ports.free(probe.port, probe.socket);

  function track(work: Promise<void>): void {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  /** A mistake of ours ends the leg it happened in, not the others. */
  function guard(id: MediaLeg, work: () => void): void {
    try {
      work();
    } catch (error) {
      close(id, `the media service failed: ${String(error)}`);
    }
  }

  async function open(id: MediaLeg, line: Line, { offer: peerOffer, secured }: Opening): Promise<void> {
    const taken = await ports.take();
    if (!taken) return refuse(id, `no free RTP port from ${range[0]} to ${range[1]}`);
    const { port, socket } = taken;
    const local: Local = { address, port, id: randomInt(1, 2 ** 47), version: 1 };
    const first = peerOffer === undefined ? { sdp: offer(local, secured) } : answer(local, peerOffer);
    if ("reason" in first) {
      await ports.free(port, socket);
      return refuse(id, first.reason, true);
    }

    const agreement = "agreement" in first ? first.agreement : undefined;
    const leg = createLeg({ id, socket, local, agreement, shelf, ringback, seat: mixes.take, emit });
    const untick = pacer.add(() => guard(id, leg.tick));
    socket.on("message", (bytes, from) => guard(id, () => leg.hear(bytes, from)));
    const beside = ports.beside(port).then((control) => {
      control?.on("message", (bytes, from) => guard(id, () => leg.hearReport(bytes, from)));
      return control;
    });
    line.leg = leg;
    line.close = async (reason) => {
      untick();
      (await beside)?.close();
      await ports.free(port, socket);
      emit({ type: "closed", leg: id, ...(await leg.finish()), ...(reason && { reason }) });
    };
    emit({ type: "opened", leg: id, sdp: first.sdp });
    for (const command of line.waiting) perform(command);
  }

  function refuse(id: MediaLeg, reason: string, unfit = false): void {
    lines.delete(id);
    emit({ type: "refused", leg: id, reason, ...(unfit && { unfit }) });
  }

  function close(id: MediaLeg, reason?: string): void {
    const line = lines.get(id);
    lines.delete(id);
    if (line?.close) track(line.close(reason));
  }

  function perform(command: MediaCommand): void {
    const line = lines.get(command.leg);
    if (command.type === "open") {
      if (line) return emit({ type: "refused", leg: command.leg, reason: "the leg is open already" });
      const opening: Line = { waiting: [] };
      lines.set(command.leg, opening);
      return track(open(command.leg, opening, command));
    }
    const leg = line?.leg;
    if (!leg) return void line?.waiting.push(command);
    if (command.type === "close") return close(command.leg);
    guard(command.leg, () => leg.perform(command));
  }

  return {
    perform,
    async stop() {
      for (const id of lines.keys()) perform({ type: "close", leg: id });
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

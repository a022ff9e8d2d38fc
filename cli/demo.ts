import { randomInt } from "node:crypto";
import type { Trunk } from "../language/index.ts";
import type { EventRecord } from "../runtime/index.ts";
import { type Phone, type PhoneCall, startPhone } from "../sip/index.ts";
import { reason } from "./exit.ts";
import { complain, say } from "./output.ts";
import type { Service } from "./service.ts";

/** How long the caller waits before the agent comes to work, how long her phone rings, and how long they talk. */
const waitMs = 3000;
const ringMs = 2000;
const talkMs = 4000;

/** One at a time: its agent has one phone. */
let playing = false;

/** Says which number to call, and places a demonstration call for whoever presses `d`. Returns how to give the terminal back. */
export function offerDemonstration(service: Service): () => void {
  say(
    `call ${numberToCall(service)} at ${service.sip.join(" or ")}, or press d for a demonstration call; Ctrl-C stops`,
  );
  const pressed = (keys: Buffer): void => {
    const key = keys.toString();
    if (key === "d") demonstrate(service);
    // In raw mode the terminal no longer turns Ctrl-C into a signal.
    if (key === "\u0003") process.kill(process.pid, "SIGINT");
  };
  process.stdin.setRawMode(true).on("data", pressed);
  return () => void process.stdin.off("data", pressed).setRawMode(false).pause();
}

/** Places one demonstration call by built-in phones, over real SIP and RTP. What happens is told; it never ends the run. */
export function demonstrate(service: Service): void {
  if (playing) return;
  playing = true;
  play(service)
    .catch((error: unknown) => complain(`the demonstration call failed: ${reason(error)}`))
    .finally(() => {
      playing = false;
    });
}

async function play(service: Service): Promise<void> {
  const listener = service.sip.find((one) => one.startsWith("udp:"));
  if (!listener) throw new Error("its phones speak UDP; add udp:127.0.0.1:0 to --sip");
  const server = listener.replace("udp:", "sip:");
  const number = numberToCall(service);
  const [agent] = Object.values(service.program().directory.agents).filter((one) =>
    onOurRegistrar(service, one.device),
  );
  if (!number || !agent) throw new Error("it needs a strategy with a number, and an agent whose phone registers here");

  const asked = Object.values(service.program().directory.trunks).filter(
    ({ to, healthMs }) => to.length > 0 && healthMs,
  );
  if (asked.length > 0) say(`demonstration: ${withoutTrunks(asked)}`);
  say(`demonstration: a built-in phone calls ${number}; nobody's phone is registered yet`);
  // A number of its own for each, so that its records can be told from those of other calls.
  const from = `+3460000${String(randomInt(10_000)).padStart(4, "0")}`;
  const reached = following(service, from);
  const caller = await startPhone({ user: from });
  const phones: Phone[] = [caller];
  try {
    const call = caller.call(`sip:${number}@${server.slice("sip:".length)}`);
    await reached("call.queued");
    await pause(waitMs);
    say(`demonstration: ${agent.name} comes to work; her phone registers and is ready`);
    const user = service.program().directory.devices[agent.device]?.user ?? agent.id;
    phones.push(await startPhone({ user, registrar: server, answer: { afterMs: ringMs } }));
    await reached("call.connected");
    await pause(talkMs);
    call.hangUp();
    await call.reached("ended");
    say(
      `demonstration: over; the caller heard ${heardSeconds(call)} s of sound. Call ${number} yourself, or press Ctrl-C to stop`,
    );
  } finally {
    for (const phone of phones) await phone.stop();
  }
}

/** Whoever has nothing there yet is warned in the middle of it, and should know before that nothing is broken. */
function withoutTrunks(asked: Trunk[]): string {
  const concerned = asked.every(({ roles }) => roles.includes("voicemail"))
    ? "whoever leaves a message"
    : "calls by it";
  return `it goes by no trunk; a warning that ${asked.map(({ id }) => id).join(" or ")} does not answer concerns only ${concerned}`;
}

/** Waits for records of the caller's own call: others may be under way. */
function following(service: Service, from: string): (type: EventRecord["type"]) => Promise<void> {
  const seen = new Set<string>();
  let own: string | undefined;
  let heard = (): void => undefined;
  service.watch((record) => {
    if (!("call" in record)) return;
    if (record.type === "call.arrived" && record.from === from) own ??= record.call;
    if (record.call === own) seen.add(record.type);
    heard();
  });
  return (type) =>
    new Promise((resolve, reject) => {
      heard = () => {
        if (seen.has(type)) resolve();
        else if (seen.has("call.ended")) reject(new Error(`the call ended before ${type}`));
      };
      heard();
    });
}

/** Packets of 20 ms. */
function heardSeconds(call: PhoneCall): string {
  return ((call.heard?.received ?? 0) / 50).toFixed(0);
}

/** The first number of the first strategy. */
function numberToCall(service: Service): string {
  const [pattern] = service
    .program()
    .strategies.flatMap((one) => one.strategy.entries)
    .flatMap((entry) => entry.patterns);
  if (!pattern) return "";
  return pattern.kind === "span" ? pattern.from : pattern.text;
}

function onOurRegistrar(service: Service, device: string): boolean {
  return service.program().directory.devices[device]?.trunk === undefined;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

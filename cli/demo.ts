import type { EventRecord } from "../runtime/index.ts";
import { type Phone, type PhoneCall, startPhone } from "../sip/index.ts";
import { reason } from "./exit.ts";
import { complain, say } from "./output.ts";
import type { Service } from "./service.ts";

/** How long the caller waits before the agent comes to work, how long her phone rings, and how long they talk. */
const waitMs = 3000;
const ringMs = 2000;
const talkMs = 4000;

/** Says which number to call, and places a demonstration call for whoever presses `d`. */
export function offerDemonstration(service: Service): void {
  say(
    `call ${numberToCall(service)} at ${service.sip.join(" or ")}, or press d for a demonstration call; Ctrl-C stops`,
  );
  process.stdin.setRawMode(true).resume();
  process.stdin.on("data", (keys: Buffer) => {
    const key = keys.toString();
    if (key === "d") demonstrate(service);
    // In raw mode the terminal no longer turns Ctrl-C into a signal.
    if (key === "\u0003") process.kill(process.pid, "SIGINT");
  });
}

/** Places one demonstration call by built-in phones, over real SIP and RTP. What happens is told; it never ends the run. */
export function demonstrate(service: Service): void {
  play(service).catch((error: unknown) => complain(`the demonstration call failed: ${reason(error)}`));
}

async function play(service: Service): Promise<void> {
  const server = `sip:${(service.sip.find((one) => one.startsWith("udp:")) ?? service.sip[0] ?? "").replace(/^\w+:/, "")}`;
  const number = numberToCall(service);
  const [agent] = Object.values(service.program.directory.agents).filter((one) => onOurRegistrar(service, one.device));
  if (!number || !agent) throw new Error("it needs a strategy with a number, and an agent whose phone registers here");

  say(`demonstration: a built-in phone calls ${number}; nobody's phone is registered yet`);
  const caller = await startPhone({ user: "+34600000001" });
  const phones: Phone[] = [caller];
  try {
    const call = caller.call(`sip:${number}@${server.slice("sip:".length)}`);
    await once(service, call, "call.queued");
    await pause(waitMs);
    say(`demonstration: ${agent.name} comes to work; her phone registers and is ready`);
    const user = service.program.directory.devices[agent.device]?.user ?? agent.id;
    phones.push(await startPhone({ user, registrar: server, answer: { afterMs: ringMs } }));
    await once(service, call, "call.connected");
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

/** Resolves with the first record of this type; rejects when the caller's call ends first. */
function once(service: Service, call: PhoneCall, type: EventRecord["type"]): Promise<void> {
  return new Promise((resolve, reject) => {
    service.watch((record) => {
      if (record.type === type) resolve();
      if (record.type === "call.ended") reject(new Error(`the call ended before ${type}`));
    });
    call.reached("ended", 120_000).then(() => reject(new Error(`the call ended before ${type}`)), reject);
  });
}

/** Packets of 20 ms. */
function heardSeconds(call: PhoneCall): string {
  return ((call.heard?.received ?? 0) / 50).toFixed(0);
}

/** The first number of the first strategy. */
function numberToCall(service: Service): string {
  const [pattern] = service.program.strategies
    .flatMap((one) => one.strategy.entries)
    .flatMap((entry) => entry.patterns);
  if (!pattern) return "";
  return pattern.kind === "span" ? pattern.from : pattern.text;
}

function onOurRegistrar(service: Service, device: string): boolean {
  return service.program.directory.devices[device]?.trunk === undefined;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { type Directory, makeSource, readDirectory, type SecretReference } from "../../language/index.ts";
import type { CallId, CallCommand, Event } from "../../runtime/index.ts";
import { createMessages, type Messages } from "../../runtime/node/index.ts";
import { type CallsOptions, connectCalls, type LiveCalls } from "../calls.ts";
import { type Endpoint, startEndpoint } from "../endpoint/index.ts";
import type { Logger } from "../log.ts";
import { startMediaHere, writeWav } from "../media/index.ts";
import { type Phone, type PhoneOptions, startPhone } from "../phone/phone.ts";

/** A call port on our own endpoint and media, a directory around it, and phones to call and be called with. */
export interface Rig {
  calls: LiveCalls;
  /** Where calls and registrations go, as `127.0.0.1:PORT`. */
  at: string;
  events: Event[];
  /** How callers were heard, which is told beside everything else. */
  measured: Event[];
  logged: { level: string; fields: object; message: string }[];
  directory: Directory;
  perform(command: CallCommand): void;
  /** The next event not yet taken, which must be of this type; `offer.ringing` and `voicemail.answered` are passed over unless wanted. */
  next<T extends Event["type"]>(type: T, withinMs?: number): Promise<Extract<Event, { type: T }>>;
  /** Events not yet taken after a while. */
  rest(ms?: number): Promise<Event[]>;
  phone(options: Partial<PhoneOptions> & { user: string }): Promise<Phone>;
  /** Registers an agent's phone and waits until the engine would know. */
  agent(user: string, options?: Partial<PhoneOptions>): Promise<Phone>;
  /** Calls in and answers; the caller hears silence. */
  caller(options?: Partial<PhoneOptions>): Promise<{ phone: Phone; call: CallId }>;
  messages: Messages;
  /** What was told of mailboxes: their name, how many messages are new, and how many old. */
  mailboxes: [mailbox: string, fresh: number, old: number][];
  /** As if media had failed under all legs. */
  failMedia(): void;
  /** Everything hung up, nothing left. */
  stop(): Promise<void>;
  folder: string;
}

/** How far something is that goes on. */
const PASSED = new Set<Event["type"]>(["offer.ringing", "voicemail.answered"]);

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(what: () => boolean, withinMs = 15_000): Promise<void> {
  for (let waited = 0; !what(); waited += 10) {
    if (waited >= withinMs) throw new Error(`not so after ${withinMs} ms`);
    await pause(10);
  }
}

/** A house of four with a phone each; the trunks are as in a directory's file, and so is what else it holds. */
export function testDirectory(
  folder: string,
  trunks: Record<string, object> = {},
  { devices = {}, ...more }: { devices?: Record<string, object>; [key: string]: object | undefined } = {},
): Directory {
  const agents = ["ana", "luc", "eva", "tim"];
  // Peers of the tests are asked whether they live only where a test is about that.
  const lines = Object.entries(trunks).map(([id, trunk]) => [id, { health: "never", no_ringback: "1500ms", ...trunk }]);
  const text = JSON.stringify({
    site: { name: "test", zone: "Europe/Madrid", country: "ES" },
    defaults: { cool_down: "0s" },
    agents: Object.fromEntries(agents.map((id) => [id, { device: `d_${id}`, auto_login: "yes" }])),
    devices: { ...Object.fromEntries(agents.map((id) => [`d_${id}`, {}])), ...devices },
    trunks: Object.fromEntries(lines),
    mailboxes: { it: { owner: "agent ana" } },
    prompts: { folder, lengths: { default: "1s" } },
    ...more,
  });
  const { directory, diagnostics } = readDirectory([makeSource("directory.yaml", text)]);
  if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return directory;
}

/** The secrets of a rig: `{ env: NAME }` is the password `NAME-password`, but `{ env: MISSING }`, which is not there, and `{ env: PIN_1234 }`, which is 1234. */
export function secretOf(reference: SecretReference): string | undefined {
  if (!("env" in reference) || reference.env === "MISSING") return undefined;
  return reference.env.startsWith("PIN_") ? reference.env.slice("PIN_".length) : `${reference.env}-password`;
}

/** Trunks as their next hops, or as in a directory's file. */
export async function startRig(
  trunks: Record<string, string[] | object> = {},
  more: Parameters<typeof testDirectory>[2] = {},
  options: Partial<Pick<CallsOptions, "media" | "mediaServer" | "documents" | "defect">> = {},
): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), "calls-"));
  writeFileSync(join(folder, "hello.wav"), writeWav(tone(0.4)));
  writeFileSync(join(folder, "calm.en.wav"), writeWav(tone(0.5)));
  const written = Object.entries(trunks).map(([id, trunk]) => [id, Array.isArray(trunk) ? { to: trunk } : trunk]);
  const directory = testDirectory(folder, Object.fromEntries(written), more);
  const mailboxes: Rig["mailboxes"] = [];
  const messages = createMessages({
    folder: join(folder, "mailboxes"),
    changed: (mailbox, counts) => mailboxes.push([mailbox, counts.new, counts.old]),
    failed: (file, reason) => logged.push({ level: "error", fields: { file, reason }, message: "message not read" }),
  });
  const secret = "test";
  const endpoint: Endpoint = await startEndpoint({ listen: ["udp:127.0.0.1:0", "tcp:127.0.0.1:0"], secret });
  const media = await startMediaHere({ address: "127.0.0.1" });
  const events: Event[] = [];
  const measured: Event[] = [];
  const logged: Rig["logged"] = [];
  const phones: Phone[] = [];
  let taken = 0;
  const open = new Set<string>();
  let tell: Parameters<typeof media.listen>[0] = () => undefined;
  const calls = await connectCalls({
    drachtio: { ...endpoint.app, secret },
    media: {
      ...media,
      listen(listener) {
        tell = listener;
        media.listen((event) => {
          if (event.type === "opened") open.add(event.leg);
          listener(event);
        });
      },
    },
    directory,
    deliver: (event) => (event.type === "call.measured" ? measured : events).push(event),
    secret: secretOf,
    log: recorder(logged),
    ringbackMs: 1500,
    recordings: join(folder, "recordings"),
    messages,
    ...options,
  });
  const registering = [
    ...Object.values(directory.devices).filter((device) => device.trunk === undefined),
    ...Object.values(directory.trunks).filter(({ to, inbound }) => to.length === 0 && inbound.user !== undefined),
  ];
  taken = registering.length;
  await until(() => events.length >= taken); // offline, all of them
  const at = (calls.listen[0] ?? "").replace("udp:", "");

  const rig: Rig = {
    calls,
    at,
    events,
    measured,
    logged,
    directory,
    folder,
    messages,
    mailboxes,
    perform: (command) => calls.perform(command),
    async next(type, withinMs = 15_000) {
      const comes = (): boolean => {
        const isPassed = (one?: Event): boolean => one !== undefined && PASSED.has(one.type) && one.type !== type;
        if (isPassed(events[taken])) taken++;
        return taken < events.length && !isPassed(events[taken]);
      };
      await until(comes, withinMs).catch(() => {
        throw new Error(`no \`${type}\` came within ${withinMs} ms`);
      });
      const event = events[taken++];
      if (!event || !isOf(event, type)) throw new Error(`\`${type}\` wanted, came ${JSON.stringify(event)}`);
      return event;
    },
    async rest(ms = 150) {
      await pause(ms);
      const left = events.slice(taken);
      taken = events.length;
      return left;
    },
    async phone(options) {
      const phone = await startPhone(options);
      phones.push(phone);
      return phone;
    },
    async agent(user, options = {}) {
      const phone = await rig.phone({ user, registrar: `sip:${at}`, ...options });
      await rig.next("device.changed");
      return phone;
    },
    async caller(options = {}) {
      const phone = await rig.phone({ user: "+34600000001", ...options });
      phone.call(`sip:5000@${at}`);
      const { call } = await rig.next("call.arrived");
      rig.perform({ type: "answer", call, ringback: false });
      await rig.next("call.answered");
      return { phone, call };
    },
    failMedia() {
      for (const leg of open) tell({ type: "closed", leg, sent: 0, received: 0, reason: "media crashed" });
    },
    async stop() {
      await calls.stop();
      await Promise.all(phones.map((phone) => phone.stop()));
      const left = async () => ({ ...calls.stats(), dialogs: (await endpoint.stats()).dialogs });
      let all = await left();
      const isClean = (): boolean => Object.values(all).every((count) => count === 0);
      for (let waited = 0; waited < 15_000 && !isClean(); waited += 20) {
        await pause(20);
        all = await left();
      }
      await media.stop();
      await endpoint.stop();
      rmSync(folder, { recursive: true });
      if (!isClean()) throw new Error(`left behind: ${JSON.stringify(all)}`);
    },
  };
  return rig;
}

function isOf<T extends Event["type"]>(event: Event, type: T): event is Extract<Event, { type: T }> {
  return event.type === type;
}

function tone(seconds: number): Int16Array {
  return Int16Array.from({ length: 8000 * seconds }, (_, at) =>
    Math.round(8000 * Math.sin((at * 2 * Math.PI * 440) / 8000)),
  );
}

function recorder(into: Rig["logged"]): Logger {
  const note = (level: string) => (fields: object, message: string) => void into.push({ level, fields, message });
  return { debug: note("debug"), info: note("info"), warn: note("warn"), error: note("error") };
}

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./ports.ts";

export interface BaresipOptions {
  user: string;
  /** Where it registers and sends its calls, as `127.0.0.1:5060`. */
  server: string;
  /** WAV that it speaks, 8 kHz mono and longer than the test: it hangs up at its end. */
  microphone: string;
  answers: boolean;
  registers?: boolean;
  password?: string;
  /** How it reaches its server; UDP unless said. */
  transport?: "udp" | "tcp" | "tls";
  /** It speaks SRTP (RFC 4568), and nothing else. */
  encrypts?: boolean;
}

export interface Baresip {
  dial(uri: string): void;
  accept(): void;
  hangup(): void;
  hold(): void;
  resume(): void;
  digit(digit: string): void;
  /** Resolves when an event of this type comes, or has come since the last wait for it. */
  event(type: string, withinMs?: number): Promise<void>;
  /** WAV files of what it heard, complete once the call is closed. */
  heard(): string[];
  stop(): Promise<void>;
}

/** Starts a headless baresip 1.0 as a phone on loopback, driven by its control port. */
export async function baresip(options: BaresipOptions): Promise<Baresip> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const phone = await started(options);
    if (phone) return phone;
  }
  throw new Error("baresip found its ports taken five times");
}

/** Nothing where somebody else was quicker to take one of its ports. */
async function started(options: BaresipOptions): Promise<Baresip | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "baresip-"));
  // It also takes the port after its own, for TLS.
  const [sipPort, rtpPort, controlPort] = [await freePort(), await freePort(), await freePort()];
  mkdirSync(join(folder, "sound"));
  writeFileSync(join(folder, "config"), config(folder, options, sipPort, rtpPort, controlPort));
  writeFileSync(join(folder, "accounts"), account(options));
  const child = spawn("baresip", ["-f", folder], { stdio: ["pipe", "ignore", "ignore"] });
  const control = await connected(controlPort, child);
  if (control) return drive(control, child, folder);
  rmSync(folder, { recursive: true, force: true });
  return undefined;
}

function account(options: BaresipOptions): string {
  const register = options.registers === false ? 0 : 60;
  const mode = options.answers ? "auto" : "manual";
  const encryption = options.encrypts ? ";mediaenc=srtp-mand" : "";
  return `<sip:${options.user}@${options.server}>;regint=${register};outbound="sip:${options.server};transport=${options.transport ?? "udp"}";answermode=${mode};auth_pass=${options.password ?? "none"};audio_codecs=PCMU/8000/1,PCMA/8000/1;ptime=20;dtmfmode=rtpevent${encryption}\n`;
}

function config(
  folder: string,
  { microphone, transport = "udp" }: BaresipOptions,
  sipPort: number,
  rtpPort: number,
  controlPort: number,
): string {
  const low = rtpPort - (rtpPort % 2);
  return [
    "poll_method epoll",
    `sip_listen 127.0.0.1:${sipPort}`,
    `sip_transports ${transport}`,
    "call_local_timeout 120",
    "call_max_calls 4",
    "audio_path /usr/share/baresip",
    "audio_player aubridge,nil",
    `audio_source aufile,${microphone}`,
    "audio_alert aubridge,nil",
    "ausrc_srate 8000",
    "auplay_srate 8000",
    "ausrc_channels 1",
    "auplay_channels 1",
    `rtp_ports ${low}-${low + 20}`,
    "rtp_timeout 60",
    "jitter_buffer_type fixed",
    "jitter_buffer_delay 2-10",
    "net_interface 127.0.0.1",
    "module_path /usr/lib/baresip/modules",
    ...["g711", "aufile", "aubridge", "ausine", "sndfile", "srtp", "account", "contact", "menu"].map(
      (one) => `module ${one}.so`,
    ),
    "module_app ctrl_tcp.so",
    "module_tmp uuid.so",
    `snd_path ${join(folder, "sound")}`,
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    "",
  ].join("\n");
}

/** What it ends with when a port is taken (EADDRINUSE). */
const TAKEN = 98;

async function connected(port: number, child: ChildProcess): Promise<Socket | undefined> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (child.exitCode === TAKEN) return undefined;
    if (child.exitCode !== null) throw new Error(`baresip ended with code ${child.exitCode}`);
    const socket = await new Promise<Socket | undefined>((resolve) => {
      const one = connect(port, "127.0.0.1", () => resolve(one)).on("error", () => resolve(undefined));
    });
    if (socket) return socket;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill("SIGKILL");
  throw new Error("baresip opened no control port within 5 s");
}

function drive(control: Socket, child: ChildProcess, folder: string): Baresip {
  const seen: string[] = [];
  const waiting: { type: string; resolve: () => void }[] = [];
  readNetstrings(control, (text) => {
    const { event, type } = JSON.parse(text) as { event?: boolean; type?: string };
    if (!event || !type) return;
    const at = waiting.findIndex((one) => one.type === type);
    if (at === -1) seen.push(type);
    else waiting.splice(at, 1)[0]?.resolve();
  });
  const command = (name: string, params = ""): void => {
    const text = JSON.stringify({ command: name, params, token: name });
    control.write(`${Buffer.byteLength(text)}:${text},`);
  };
  const recordings = join(folder, "sound");
  return {
    dial: (uri) => command("dial", uri),
    accept: () => command("accept"),
    hangup: () => command("hangup"),
    hold: () => command("hold"),
    resume: () => command("resume"),
    digit: (digit) => command("sndcode", digit),
    event(type, withinMs = 20_000) {
      const at = seen.indexOf(type);
      if (at !== -1) return (void seen.splice(at, 1), Promise.resolve());
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`baresip: no ${type} within ${withinMs} ms; saw ${seen.join(" ")}`)),
          withinMs,
        );
        waiting.push({ type, resolve: () => (clearTimeout(timer), resolve()) });
      });
    },
    heard: () =>
      (existsSync(recordings) ? readdirSync(recordings) : [])
        .filter((name) => name.endsWith("-dec.wav"))
        .map((name) => join(recordings, name)),
    async stop() {
      control.destroy();
      if (child.exitCode === null) {
        const exited = new Promise((resolve) => child.once("exit", resolve));
        // SIGTERM deregisters first and may hang when the registrar is gone.
        child.kill("SIGTERM");
        const patience = setTimeout(() => child.kill("SIGKILL"), 2000);
        await exited;
        clearTimeout(patience);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `LENGTH:TEXT,` after one another. */
function readNetstrings(socket: Socket, take: (text: string) => void): void {
  let held = Buffer.alloc(0);
  socket.on("error", () => undefined);
  socket.on("data", (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (;;) {
      const colon = held.indexOf(":");
      if (colon === -1) return;
      const length = Number(held.subarray(0, colon).toString());
      if (held.length < colon + length + 2) return;
      take(held.subarray(colon + 1, colon + 1 + length).toString());
      held = held.subarray(colon + length + 2);
    }
  });
}

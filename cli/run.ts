import { resolve } from "node:path";
import { isLoopback } from "../desk/index.ts";
import { refuse } from "./check.ts";
import { demonstrate, offerDemonstration } from "./demo.ts";
import { exit, UsageError } from "./exit.ts";
import { load } from "./load.ts";
import { warnOfNotLive } from "./not-live.ts";
import { complain, count, keepStdoutForData, say } from "./output.ts";
import { reloading, textsOf } from "./reload.ts";
import { warnOfSecrets } from "./secrets.ts";
import { type Service, type ServiceOptions, startService } from "./service.ts";
import { address, type Address, signalling, type SipFlags } from "./sip-flags.ts";
import { readToken } from "./token.ts";

export interface RunFlags extends SipFlags {
  directory: string[];
  drachtio?: string;
  secret?: string;
  media: string;
  http: string | false;
  origin: string[];
  tokenFile?: string;
  allowLoad?: boolean;
  journal?: string;
  recordings: string;
  events?: string;
  logLevel: string;
  drain: number;
  demo?: boolean;
}

/** Runs until SIGINT or SIGTERM: then takes no new call, lets those under way end for `--drain` seconds, and stops. A second signal stops at once. */
export async function run(path: string, flags: RunFlags): Promise<number> {
  const options = readFlags(flags);
  if (flags.events === "-") keepStdoutForData();
  const loaded = load([path], flags.directory);
  if (loaded.diagnostics.length > 0) refuse(loaded.diagnostics, loaded.sources);
  if (!loaded.program) return exit.usage;
  if (options.mediaServer !== undefined && loaded.program.directory.prompts.served === undefined)
    throw new UsageError(
      `--media ${options.mediaServer}: say in the directory where it finds the recordings, \`prompts: { served: URL }\``,
    );
  outliveTerminal();
  warnOfNotLive(loaded.program, loaded.sources);
  warnOfSecrets(loaded.program, loaded);
  const reload = reloading(path, flags.directory, loaded);
  const site = reload.site(flags.allowLoad ?? false);
  const service = await startService(loaded.program, { ...options, site, texts: textsOf(loaded.sources) });
  const http = service.http ? ` http=${service.http}` : "";
  say(`ready sip=${service.sip.join(",")}${http}`);
  if (flags.demo) demonstrate(service);
  const settle = reload.follow(service);
  const withdraw = !flags.demo && process.stdin.isTTY ? offerDemonstration(service) : undefined;
  const died = await untilStopped(service, flags.drain);
  settle();
  withdraw?.();
  return died ? exit.defect : exit.ok;
}

/** Calls go on when nobody reads what is told, and when the terminal is closed: SIGHUP means to look for changed files. */
function outliveTerminal(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.removeAllListeners("error").on("error", () => undefined);
  // Until there is a service; whoever reloads it listens too.
  process.on("SIGHUP", () => undefined);
}

function readFlags(flags: RunFlags): Omit<ServiceOptions, "site"> {
  if (flags.drachtio && flags.external !== undefined)
    throw new UsageError(
      "--external is for our own endpoint; with --drachtio say it to `cordboard endpoint`, or to the server itself",
    );
  return {
    ...signalling(flags),
    ...(flags.drachtio ? { drachtio: native(flags.drachtio, flags.secret) } : {}),
    ...mediaOf(flags),
    ...(flags.http ? { http: desk(flags.http, flags) } : {}),
    origins: flags.origin,
    ...(flags.journal ? { journal: flags.journal } : {}),
    recordings: resolve(flags.recordings),
    ...(flags.events ? { events: flags.events } : {}),
    logLevel: flags.logLevel,
    logInWords: flags.demo === true || (process.stderr.isTTY && process.stdout.isTTY && flags.events !== "-"),
    narrate: flags.events !== "-" && (flags.demo === true || process.stdout.isTTY),
  };
}

/** Without a user, which says what the server is to do. */
const SERVER = /^sips?:([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?(;[A-Za-z0-9.;=-]{1,200})?$/;

function mediaOf({ media, drachtio, secret }: RunFlags): Pick<ServiceOptions, "media" | "mediaServer"> {
  if (media === "own") return {};
  if (SERVER.test(media)) return { mediaServer: media };
  if (!media.startsWith("tcp:"))
    throw new UsageError(
      `--media ${media}: write own, sip:HOST:PORT of a media server, or tcp:ADDRESS:PORT as \`cordboard endpoint\` says it`,
    );
  if (!drachtio)
    throw new UsageError(`--media ${media} is for calls of the same endpoint: --drachtio says where it is`);
  return { media: { ...address(media.slice("tcp:".length), "--media"), secret: native(drachtio, secret).secret } };
}

function native(at: string, secret: string | undefined): Address & { secret: string } {
  const known = secret ?? process.env["DRACHTIO_SECRET"];
  if (!known) throw new UsageError("--drachtio needs --secret, or DRACHTIO_SECRET in the environment");
  return { ...address(at, "--drachtio"), secret: known };
}

/** Without a token the API is for this machine only. */
function desk(text: string, { tokenFile, allowLoad }: RunFlags): Address & { token?: string } {
  const at = address(text, "--http");
  const token = readToken(tokenFile);
  if (token === undefined && !isLoopback(at.host))
    throw new UsageError(
      `--http ${text}: without a token the API is open to loopback only; use 127.0.0.1, or give a token with --token-file`,
    );
  if (token === undefined && allowLoad)
    throw new UsageError("--allow-load lets others change where calls go: give them a token with --token-file");
  return { ...at, ...(token !== undefined && { token }) };
}

/** Whether it was not a signal that ended it, but a defect of ours. */
async function untilStopped(service: Service, drainSeconds: number): Promise<boolean> {
  const died = await Promise.race([signal(), service.died.then(() => true)]);
  if (died) complain("cordboard: the signalling endpoint died, a defect of ours; see the log");
  else {
    const calls = service.callsUnderWay();
    const rest = `${count(calls, "call")} under way, ${drainSeconds} s to end (signal again to end them now)`;
    say(calls === 0 ? "stopping" : `stopping: no new calls; ${rest}`);
    await Promise.race([service.drain(), signal(), wait(drainSeconds * 1000)]);
  }
  // Whatever hangs now, one more signal ends the process by the system's own rule.
  process.removeAllListeners("SIGINT").removeAllListeners("SIGTERM");
  await service.stop();
  return died;
}

/** Does not keep the process alive. */
function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/** The next SIGINT or SIGTERM. */
function signal(): Promise<false> {
  return new Promise((resolve) => {
    const heard = (): void => {
      process.off("SIGINT", heard).off("SIGTERM", heard);
      resolve(false);
    };
    process.on("SIGINT", heard).on("SIGTERM", heard);
  });
}

/** Signalling and media as a process of their own: calls outlive the `run` that serves them. */
import { once } from "node:events";
import { pino } from "pino";
import { connectLatency, openDoor, startEndpointThread, startMedia } from "../sip/index.ts";
import { exit, startError, UsageError } from "./exit.ts";
import { outliveDefects } from "./last-net.ts";
import { say } from "./output.ts";
import { address, levelOf, mediaAddress, signalling, type SipFlags } from "./sip-flags.ts";

export interface EndpointFlags extends SipFlags {
  app: string;
  media: string;
  secret?: string;
  country: string;
  origin: string[];
  tlsUnverified: string[];
  logLevel: string;
}

/** How often it is looked whether media of calls that are over still sound. */
const SWEEP_MS = 5_000;

/** Runs until SIGINT or SIGTERM; calls that stand then stay up on the other side. */
export async function endpoint(flags: EndpointFlags): Promise<number> {
  const secret = flags.secret ?? process.env["DRACHTIO_SECRET"];
  if (!secret)
    throw new UsageError("endpoint needs --secret, or DRACHTIO_SECRET in the environment: `run` says the same");
  const { sip, tlsCa, writing, certificates, external } = signalling(flags);
  const [app, media] = [address(flags.app, "--app"), address(flags.media, "--media")];
  const log = pino({ level: flags.logLevel }, pino.destination(2));
  const stops: (() => unknown)[] = [];
  let dead = (): void => undefined;
  const died = new Promise<boolean>((resolve) => {
    dead = () => resolve(true);
  });
  try {
    const service = await startMedia({
      address: mediaAddress(sip),
      country: flags.country,
      crashed: (error) => log.error({ err: error }, "the media service crashed and starts anew"),
    });
    stops.push(() => service.stop());
    stops.push(
      outliveDefects((error) => log.error({ err: error }, "a defect of ours; what met it is lost, all else goes on")),
    );
    let latency: Awaited<ReturnType<typeof connectLatency>> | undefined;
    const door = await openDoor(service, media, secret, async (hop) => latency?.to(hop));
    stops.push(() => door.close());
    const sipSide = await startEndpointThread({
      listen: sip,
      app,
      secret,
      keep: true,
      writing,
      origins: flags.origin,
      trust: { ca: tlsCa, unverified: flags.tlsUnverified.map((host) => host.toLowerCase()) },
      ...(certificates && { certificates }),
      ...(external && { external }),
      log: (event) => log[levelOf(event)](event, "signalling endpoint"),
      died: () => dead(),
    });
    stops.push(() => sipSide.stop());
    latency = await connectLatency({ ...sipSide.app, host: reachable(sipSide.app.host), secret }, log);
    stops.push(latency.stop);
    const sweeping = setInterval(() => {
      void sipSide.stats().then(
        ({ orphans }) => orphans === 0 && door.sweep(),
        () => undefined,
      );
    }, SWEEP_MS);
    stops.push(async () => clearInterval(sweeping));
    const at = ({ host, port }: { host: string; port: number }) => `${host.includes(":") ? `[${host}]` : host}:${port}`;
    say(`ready sip=${sipSide.listen.join(",")} app=${at(sipSide.app)} media=${at(door.address)}`);
    const signalled = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]).then(() => false);
    return (await Promise.race([signalled, died])) ? exit.defect : exit.ok;
  } catch (error) {
    throw startError(error);
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
}

/** From this machine. */
const reachable = (host: string): string => ({ "0.0.0.0": "127.0.0.1", "::": "::1" })[host] ?? host;

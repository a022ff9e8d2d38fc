import { randomInt, randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Logger } from "pino";
import { type SiteDoor, startDesk } from "../desk/index.ts";
import type { CheckedProgram, Directory, Source } from "../language/index.ts";
import { createEngine, loadProgram, type Seal, startHost, type Watcher, zonesFor } from "../runtime/index.ts";
import {
  createDocuments,
  createHttp,
  createMessages,
  createMetrics,
  createPolling,
  createSealing,
  createWebhooks,
  keepProgram,
  openJournal,
  readSecret,
  systemClock,
} from "../runtime/node/index.ts";
import { connectCalls, enterDoor, startMedia } from "../sip/index.ts";
import { eventLine, openEvents } from "./events.ts";
import { startError } from "./exit.ts";
import { outliveDefects } from "./last-net.ts";
import { type Left, takeUpLeft } from "./left.ts";
import { openLog } from "./log.ts";
import { narrator } from "./narrate.ts";
import { endpointAt, ownEndpoint, type Door } from "./signalling.ts";
import { type Address, mediaAddress, type Signalling } from "./sip-flags.ts";
import { version } from "./version.ts";

export interface ServiceOptions extends Signalling {
  /** A native drachtio-server instead of our own endpoint. */
  drachtio?: Door;
  /** The media service of `cordboard endpoint` instead of one in this process. */
  media?: Address & { secret: string };
  /** SIP URI of a media server (RFC 4240) that plays prompts and music. */
  mediaServer?: string;
  http?: Address & { token?: string };
  origins: string[];
  /** The texts that run, for the API. */
  site: SiteDoor;
  /** Folder for the journal, and for the texts of its program. */
  journal?: string;
  texts?: readonly Source[];
  /** Folder for recordings and messages, made when it is first needed. */
  recordings: string;
  /** File for event records; `-` is stdout. */
  events?: string;
  logLevel: string;
  /** The log is read by people: each line in words, not as JSON. */
  logInWords: boolean;
  /** Tell people on stdout what happens. */
  narrate: boolean;
}

export interface Service {
  /** `udp:127.0.0.1:5060`, with the ports really bound. */
  sip: string[];
  http?: string;
  /** For new calls. */
  program(): CheckedProgram;
  /** New calls go by a changed program, those under way keep theirs; the directory is taken over at once. */
  use(program: CheckedProgram, texts: readonly Source[]): void;
  /** What the directory refers to may have changed, though itself it has not: tokens are looked up anew. */
  lookUp(): void;
  /** A changed program has mistakes: it is told, and nothing changes. */
  refuse(reason: string): void;
  callsUnderWay(): number;
  /** Takes no new calls; resolves when none is left. */
  drain(): Promise<void>;
  stop(): Promise<void>;
  /** Resolves when signalling has died of a defect of ours: nothing can be routed any more. */
  died: Promise<void>;
  /** Shows every record from now on; returns how to stop that. */
  watch(watcher: Watcher): () => void;
}

/** Callers whom an endpoint has kept for us are there by then, or gone. It gives a new run a second, and asks again where that is not ready. */
const RETURN_MS = 10_000;

/** What runs, and how to stop it: last started, first stopped. */
type Stops = (() => Promise<void> | void)[];

/** Starts everything that a live service is made of. When one part cannot start, the others are stopped and nothing is left. */
export async function startService(program: CheckedProgram, options: ServiceOptions): Promise<Service> {
  const stops: Stops = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).toReversed()) await one();
  };
  try {
    return { ...(await assemble(program, options, stops)), stop };
  } catch (error) {
    await stop();
    throw startError(error);
  }
}

async function assemble(first: CheckedProgram, options: ServiceOptions, stops: Stops): Promise<Omit<Service, "stop">> {
  const log = openLog(options.logLevel, options.logInWords);
  const clock = systemClock();
  let program = first;
  const run = randomUUID();
  const watchers = watching(run, () => program.directory, options, log, stops);
  const watch = (watcher: Watcher): (() => void) => {
    watchers.push(watcher);
    return () => void watchers.splice(watchers.indexOf(watcher), 1);
  };
  // The engine and its journal begin at one instant with one seed, or a replay would differ.
  const startedAt = clock.now();
  let loaded = loadProgram(program);
  const library = { get: (hash: string) => (hash === loaded.hash ? loaded : undefined) };
  const left = options.journal ? takeUpLeft(options.journal, library, log) : undefined;
  const anew = { program: program.hash, seed: randomInt(2 ** 31), zones: zonesFor(loaded.zones, startedAt) };
  const begin = { ...(left?.start ?? anew), startedAt };
  const journal = options.journal ? openJournal(options.journal, begin, { seal: sealOf(program, log) }) : undefined;
  if (journal) stops.push(() => journal.close());
  if (options.journal) keepProgram(options.journal, program, options.texts ?? []);

  const media = options.media
    ? await enterDoor(options.media, options.media.secret, {
        lost: () => log.error("the media service is out of reach"),
      })
    : await startMedia({
        address: mediaAddress(options.sip),
        country: program.directory.site.country,
        crashed: (error) => log.error({ err: error }, "the media service crashed and starts anew"),
      });
  stops.push(() => media.stop());
  const signalling = options.drachtio
    ? endpointAt(options.drachtio)
    : await ownEndpoint(program.directory, options, log);
  stops.push(() => signalling.stop());

  const engine = left?.engine ?? createEngine({ ...anew, program: loaded, now: startedAt, library });
  const http = createHttp({
    hosts: () => program.directory.hosts,
    secret: readSecret,
    deliver: (event) => host.deliver(event),
    failed: (name, reason) => log.warn({ host: name, reason }, "a host could not be asked"),
  });
  stops.push(() => http.stop());
  const host = startHost({
    engine,
    calls: { perform: (command) => calls.perform(command) },
    http,
    clock,
    ...(journal ? { journal } : {}),
    watch: (record) => watchers.forEach((watcher) => watcher(record)),
    onDefect: (error) => defect(error, "its call was ended, the others go on"),
  });
  const metrics = createMetrics({
    calls: () => engine.calls().length,
    agents: engine.agents,
    queues: engine.queues,
    mediaSites: () => calls.mediaSites(),
  });
  watchers.push(metrics.see);
  const defect = (error: unknown, comes: string): void => {
    metrics.defect();
    log.error({ err: error }, `a defect of ours; ${comes}`);
  };
  stops.push(outliveDefects((error) => defect(error, "what met it is lost, all else goes on")));
  // Stopped after the calls, so that what becomes of them is told and kept.
  stops.push(() => host.stop());
  const messages = createMessages({
    folder: join(options.recordings, "mailboxes"),
    changed: (mailbox, counts) => host.deliver({ type: "mailbox.changed", mailbox, ...counts }),
    failed: (file, reason) => log.error({ file, reason }, "a message cannot be read"),
  });
  const recovered = await messages.recover();
  const documents = createDocuments();
  const calls = await connectCalls({
    drachtio: signalling.door,
    media,
    mediaServer: options.mediaServer,
    recordings: options.recordings,
    messages,
    ...(options.http && { documents }),
    directory: program.directory,
    deliver: host.deliver,
    secret: readSecret,
    log,
    defect: (error) => defect(error, "what met it is lost, all else goes on"),
    ...(options.journal && { registrations: join(options.journal, "registrations.json") }),
    keepsConnections: options.drachtio !== undefined,
    away: engine.away(),
    ...(options.drachtio && { returnWithinMs: RETURN_MS }),
  });
  stops.push(() => calls.stop());
  if (left) goOnWith(left);
  for (const mailbox of recovered) host.deliver({ type: "mailbox.changed", ...mailbox });

  const polling = createPolling({
    secret: readSecret,
    deliver: host.deliver,
    failed: (site, reason) => log.warn({ site, reason }, "a site does not say its wait"),
  });
  stops.push(() => polling.stop());
  polling.use(program.directory.sites);

  let ready = true;
  const floor = {
    metrics,
    directory: () => program.directory,
    now: () => clock.now(),
    newCall: () => `desk-${randomUUID()}`,
    call: engine.call,
    flags: engine.flags,
    mailbox: engine.mailbox,
    calls: engine.calls,
    agents: engine.agents,
    agent: engine.agent,
    queues: engine.queues,
    why: engine.why,
    watch,
    deliver: host.deliver,
    ready: () => ready && !signalling.isDead(),
  };
  const { http: listen, origins, site } = options;
  const desk =
    listen &&
    (await startDesk({
      ...listen,
      origins,
      floor,
      site,
      messages,
      documents,
      attending: calls,
      stream: { run, line: eventLine },
      secret: readSecret,
      failed: (error) => defect(error, "a question to the API was answered with 500"),
      version: version(),
      pages: fileURLToPath(new URL("../desk/page/", import.meta.url)),
    }));
  if (desk) stops.push(() => desk.stop());

  /** Before anything else happens. */
  function goOnWith({ start, records, commands }: Left): void {
    for (const each of records) watchers.forEach((watcher) => watcher(each));
    for (const each of commands) if (each.type !== "request" && each.type !== "abandonRequest") calls.perform(each);
    if (start.program !== loaded.hash) tellLoaded();
  }

  function tellLoaded(): void {
    host.deliver({ type: "program.loaded", program: loaded.hash, zones: zonesFor(loaded.zones, clock.now()) });
  }

  return {
    sip: calls.listen,
    ...(desk ? { http: desk.address } : {}),
    program: () => program,
    use(changed, texts) {
      if (options.journal) keepProgram(options.journal, changed, texts);
      program = changed;
      loaded = loadProgram(changed);
      tellLoaded();
      // After the engine, which knows by then whoever is new.
      signalling.use(changed.directory);
      calls.use(changed.directory);
      polling.use(changed.directory.sites);
    },
    lookUp: () => desk?.lookUp(),
    refuse: (reason) => host.deliver({ type: "program.refused", reason }),
    died: signalling.died,
    callsUnderWay: () => engine.calls().length,
    drain() {
      ready = false;
      return calls.drain();
    },
    watch,
  };
}

/** The journal holds what is secret only under a key. */
function sealOf(program: CheckedProgram, log: Logger): Seal | undefined {
  const key = process.env.CORDBOARD_JOURNAL_KEY;
  if (key) return createSealing(key).seal;
  if (program.strategies.some(({ strategy }) => strategy.secrets.length > 0)) {
    log.warn("secrets are left out of the journal, so it cannot be replayed from there; set CORDBOARD_JOURNAL_KEY");
  }
  return undefined;
}

/** Who sees every record from the first on. */
function watching(
  run: string,
  directory: () => Directory,
  options: ServiceOptions,
  log: Logger,
  stops: Stops,
): Watcher[] {
  const webhooks = createWebhooks({
    run,
    webhooks: () => directory().webhooks,
    line: eventLine,
    secret: readSecret,
    failed: (webhook, lost, reason) => log.warn({ webhook, lost, reason }, "a webhook did not take event records"),
  });
  stops.push(() => webhooks.stop());
  const watchers = [webhooks.see, ...(options.narrate ? [narrator(directory)] : [])];
  if (options.events === undefined) return watchers;
  const events = openEvents(options.events);
  stops.push(() => events.close());
  return [...watchers, events.write];
}

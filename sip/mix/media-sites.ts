import { isDeepStrictEqual } from "node:util";
import type { Directory, MediaSite, Trunk } from "../../language/index.ts";
import { type Audio, createAudio } from "../audio.ts";
import { reasonOf } from "../dialog/srf.ts";
import type { Logger } from "../log.ts";
import { type DoorPort, enterDoor } from "../media/index.ts";
import type { SecretReader } from "../trunks/credentials.ts";

/*
 * Where media are relayed beside here (row 4.9): media sites of the directory, each a `cordboard endpoint`. The nearest to a trunk is the one
 * from which its next hop answers OPTIONS the soonest. One that gets no answer, or is out of reach, is passed over.
 */

export interface MediaSites {
  /** Where a call by these trunks, which all relay, is relayed: at the first site that one of them names, else at the nearest to the first that has any. Absent: here. */
  placeFor(trunks: readonly Trunk[]): Audio | undefined;
  /** From now on the sites of this directory serve; who is at another stays there. */
  use(directory: Directory): void;
  list(): MediaSiteView[];
  /** Legs at all of them. */
  count(): number;
  stop(): Promise<void>;
}

export interface MediaSiteView {
  site: string;
  up: boolean;
  legs: number;
  latencies: { trunk: string; ms: number }[];
}

interface Station {
  readonly site: MediaSite;
  /** Where it has been reached. */
  audio?: Audio;
  port?: DoorPort;
  up: boolean;
  /** By next hop: how long its latest answers took, in ms. */
  took: Map<string, number[]>;
  /** What was begun in an earlier one comes to nothing. */
  round: object;
}

const AGAIN_MS = 1000;
const BEAT_MS = 2000;
/** A hop that does not answer is asked this often at least. */
const SILENT_MS = 5000;
/** The best of so many answers counts: one that was lost and sent again says nothing of the way. */
const ANSWERS = 4;

export function createMediaSites(options: {
  secret: SecretReader;
  log: Logger;
  /** All legs there are over. */
  lost: (place: Audio) => void;
}): MediaSites {
  const { secret, log, lost } = options;
  const stations = new Map<string, Station>();
  /** Of those, too, that serve no more. */
  const ports = new Map<DoorPort, Audio>();
  let trunks: Trunk[] = [];
  /** By trunk: the nearest, as it was told last. */
  const told = new Map<string, string | undefined>();

  const serves = (station: Station): boolean => stations.get(station.site.id) === station;

  async function enter(station: Station, first = true): Promise<void> {
    const { site } = station;
    try {
      const password = site.secret && secret(site.secret);
      if (password === undefined) throw new Error("its secret is not there");
      const port = await enterDoor(site, password, {
        lost: () => gone(station),
        back: () => back(station),
        beatMs: BEAT_MS,
      });
      station.port = port;
      station.audio = createAudio(port);
      ports.set(port, station.audio);
      if (serves(station)) back(station);
      else leave(station);
    } catch (error) {
      if (!serves(station)) return;
      if (first) log.warn({ site: site.id, reason: reasonOf(error) }, "a media site is out of reach");
      setTimeout(() => serves(station) && void enter(station, false), AGAIN_MS).unref();
    }
  }

  /** Once nobody is there any more. */
  function leave(station: Station): void {
    const { port, audio } = station;
    if (!port || !ports.has(port)) return;
    if (audio?.count()) return void setTimeout(() => leave(station), AGAIN_MS).unref();
    ports.delete(port);
    void port.stop();
  }

  function back(station: Station): void {
    if (!serves(station)) return;
    station.up = true;
    log.info({ site: station.site.id }, "a media site is reached");
    measureFrom(station);
  }

  function gone(station: Station): void {
    Object.assign(station, { up: false, round: {}, took: new Map() });
    log.warn({ site: station.site.id, reason: "connection lost" }, "a media site is out of reach");
    tell();
    if (station.audio) lost(station.audio);
  }

  function measureFrom(station: Station): void {
    station.round = {};
    const every = new Map<string, number>();
    for (const { to, healthMs = Infinity } of trunks) {
      for (const hop of to) every.set(hop, Math.min(healthMs, every.get(hop) ?? Infinity));
    }
    for (const hop of station.took.keys()) if (!every.has(hop)) station.took.delete(hop);
    for (const [hop, everyMs] of every) if (everyMs < Infinity) void measure(station, hop, everyMs, station.round);
  }

  async function measure(station: Station, hop: string, everyMs: number, mine: object): Promise<void> {
    const ms = await station.port?.latencyTo(hop);
    if (mine !== station.round) return;
    if (ms === undefined) station.took.delete(hop);
    else station.took.set(hop, [ms, ...(station.took.get(hop) ?? [])].slice(0, ANSWERS));
    tell();
    const wait = ms === undefined ? Math.min(everyMs, SILENT_MS) : everyMs;
    setTimeout(() => mine === station.round && void measure(station, hop, everyMs, mine), wait).unref();
  }

  function tell(): void {
    for (const trunk of trunks) {
      const { id: site, ms } = nearestTo(trunk) ?? {};
      if (told.get(trunk.id) === site) continue;
      told.set(trunk.id, site);
      if (site !== undefined) log.info({ trunk: trunk.id, site, ms }, "its nearest media site");
      else log.warn({ trunk: trunk.id }, "no media site reaches it; our own media serve its calls");
    }
  }

  function nearestTo(trunk: Trunk): { id: string; ms: number } | undefined {
    let nearest: { id: string; ms: number } | undefined;
    for (const [id, station] of stations) {
      const ms = distance(station, trunk);
      if (ms !== undefined && ms < (nearest?.ms ?? Infinity)) nearest = { id, ms };
    }
    return nearest;
  }

  function chosen(relaying: readonly Trunk[]): string | undefined {
    const named = relaying.flatMap(({ media }) => (typeof media === "object" ? media.relay : []));
    const up = named.find((id) => stations.get(id)?.up);
    return up ?? relaying.map((trunk) => nearestTo(trunk)?.id).find((id) => id !== undefined);
  }

  return {
    placeFor: (relaying) => stations.get(chosen(relaying) ?? "")?.audio,
    use(directory) {
      trunks = Object.values(directory.trunks).filter(({ media }) => media !== "direct");
      for (const station of stations.values()) {
        if (isDeepStrictEqual(station.site, directory.mediaSites[station.site.id])) continue;
        stations.delete(station.site.id);
        station.round = {};
        leave(station);
      }
      for (const station of stations.values()) if (station.up) measureFrom(station);
      for (const site of Object.values(directory.mediaSites)) {
        if (stations.has(site.id)) continue;
        const station: Station = { site, up: false, took: new Map(), round: {} };
        stations.set(site.id, station);
        void enter(station);
      }
    },
    list: () =>
      [...stations.values()].map((station) => ({
        site: station.site.id,
        up: station.up,
        legs: station.audio?.count() ?? 0,
        latencies: trunks.flatMap((trunk) => {
          const ms = distance(station, trunk);
          return ms === undefined ? [] : [{ trunk: trunk.id, ms }];
        }),
      })),
    count: () => [...ports.values()].reduce((sum, audio) => sum + audio.count(), 0),
    async stop() {
      for (const station of stations.values()) station.round = {};
      stations.clear();
      await Promise.all([...ports.keys()].map((port) => port.stop()));
      ports.clear();
    },
  };
}

/** To the first of its next hops that answers. */
function distance({ took }: Station, { to }: Trunk): number | undefined {
  const answers = to.map((hop) => took.get(hop)).find((each) => each !== undefined);
  return answers && Math.min(...answers);
}

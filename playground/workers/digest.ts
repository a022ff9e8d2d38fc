import type { EventRecord, Film } from "../../runtime/index.ts";
import type { Ended, Moment } from "../scene/model.ts";
import type { Playing } from "./playing.ts";

/* What the shots of a film come to, kept while it grows: no question shall read all of it again. */

type Heard = Playing["heard"][number];

/** More marks than that nobody sees on a scrubber. */
const MOST_MOMENTS = 1000;

const order: readonly Moment["what"][] = ["failed", "ended", "connected", "arrived", "other"];

export class Digest {
  private readonly playing: Pick<Playing, "film" | "heard" | "startedAt" | "until">;
  private read = 0;
  private readonly endings: Ended[] = [];
  private readonly moments: Moment[] = [];
  private readonly heard = new Map<string, Heard[]>();
  private heardRead = 0;

  constructor(playing: Digest["playing"]) {
    this.playing = playing;
  }

  /** The calls that were over by `at`, the last first. */
  ended(at: number, most: number): Ended[] {
    this.catchUp();
    const { endings } = this;
    return endings
      .slice(0, lastUntil(endings, at) + 1)
      .slice(-most)
      .toReversed();
  }

  /** What these callers hear at `at`, in the words of the texts. */
  hears(calls: readonly { id: string; treatment?: unknown }[], at: number): Record<string, string> {
    this.catchUp();
    const found = calls.flatMap(({ id, treatment }) => {
      const heard = this.heard.get(id) ?? [];
      const last = treatment ? heard[lastUntil(heard, at)] : undefined;
      return last ? [[id, last.name] as const] : [];
    });
    return Object.fromEntries(found);
  }

  /** Where something happened; where that is too close together, the most telling of it. */
  marks(): Moment[] {
    this.catchUp();
    const { moments } = this;
    if (moments.length <= MOST_MOMENTS) return moments;
    const width = this.playing.until() / MOST_MOMENTS;
    const best = new Map<number, Moment>();
    for (const moment of moments) {
      const place = Math.floor(moment.at / width);
      const known = best.get(place);
      if (!known || order.indexOf(moment.what) < order.indexOf(known.what)) best.set(place, moment);
    }
    return [...best.values()];
  }

  private catchUp(): void {
    const { film, heard } = this.playing;
    while (this.read < film.shots.length) this.take(film.shots[this.read++]);
    for (; this.heardRead < heard.length; this.heardRead++) {
      const one = heard[this.heardRead];
      if (one) this.heard.set(one.call, [...(this.heard.get(one.call) ?? []), one]);
    }
  }

  private take(shot: Film["shots"][number] | undefined): void {
    if (!shot || shot.records.length === 0) return;
    for (const record of shot.records) if (record.type === "call.ended") this.endings.push(record);
    const what = order.find((kind) => shot.records.some((record) => kindOf(record) === kind)) ?? "other";
    const at = shot.at - this.playing.startedAt;
    const last = this.moments.at(-1);
    if (last?.at !== at) this.moments.push({ at, what });
    else if (order.indexOf(what) < order.indexOf(last.what)) last.what = what;
  }
}

/** Where the last stands that is not later than `at`; -1 for none. */
function lastUntil(list: readonly { at: number }[], at: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const good = new Set(["answered", "left_message", "transferred", "callback", "redirected"]);

function kindOf(record: EventRecord): Moment["what"] {
  switch (record.type) {
    case "call.ended":
      return good.has(record.disposition) ? "ended" : "failed";
    case "call.connected":
      return "connected";
    case "call.arrived":
      return "arrived";
    default:
      return "other";
  }
}

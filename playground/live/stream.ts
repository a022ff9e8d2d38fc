import type { Door } from "./ask.ts";
import type { LiveEvent } from "./model.ts";

/** The last record that has come, to go on from there. */
export interface Known {
  run: string;
  seq: number;
}

export interface Followed {
  end(): void;
}

interface Hears {
  /** Said once, and again with each record: from here it goes on after a break. */
  reached(known: Known): void;
  event(record: LiveEvent): void;
  /** What came between is not to be had. */
  gap(reason: string): void;
  /** With the reason, as a sentence, and whether the run itself has ended; not told when we end it. */
  ended(why: string, hasRunEnded: boolean): void;
}

const reasons: Record<number, string> = {
  1001: "The run has ended.",
  4008: "This page was too slow for the events of the run.",
};

/** Event records of a run as they happen (`desk/README.md`). */
export function follow(
  { base, token }: Door,
  known: Known | undefined,
  { reached, event, gap, ended }: Hears,
): Followed {
  const since = known ? `?${new URLSearchParams({ since: String(known.seq), run: known.run }).toString()}` : "";
  const protocols = ["cordboard.v1", ...(token === "" ? [] : [`bearer.${token}`])];
  const socket = new WebSocket(`${base.replace(/^http/, "ws")}/api/events${since}`, protocols);
  let run = "";
  const over = new AbortController();
  const { signal } = over;
  const hear = ({ data }: MessageEvent): void => {
    const record: LiveEvent = JSON.parse(String(data));
    if (record.type === "stream.gap") return gap(String(record["reason"]));
    if (record.type === "stream.opened") {
      run = String(record["run"]);
      return reached({ run, seq: Number(record["next"]) - 1 });
    }
    reached({ run, seq: record.seq });
    event(record);
  };
  socket.addEventListener("message", hear, { signal });
  socket.addEventListener("close", ({ code }) => ended(reasons[code] ?? "The run cannot be reached.", code === 1001), {
    signal,
  });
  return {
    end() {
      over.abort();
      socket.close();
    },
  };
}

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { AgentView, EventRecord, QueueView } from "../index.ts";

/** What is read when somebody asks. */
export interface Measured {
  calls(): number;
  agents(): AgentView[];
  queues(): QueueView[];
  /** Where media can be relayed beside here. */
  mediaSites(): { site: string; up: boolean; legs: number; latencies: { trunk: string; ms: number }[] }[];
}

export interface Metrics {
  see(record: EventRecord): void;
  /** A mistake of ours was caught. */
  defect(): void;
  /** Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Counts every record, and measures queues and people when asked. Names carry no caller, so their number stays small. */
export function createMetrics(measured: Measured): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counting = counters(registry);
  gauges(registry, measured);
  return {
    see: (record) => count(counting, record),
    defect: () => counting.defects.inc(),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

type Counting = ReturnType<typeof counters>;

function counters(registry: Registry) {
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, ...labelNames: T[]) =>
    new Counter({ name: `cordboard_${name}_total`, help, labelNames, registers });
  return {
    arrived: counter("calls_arrived", "Calls that came, by strategy", "strategy"),
    ended: counter("calls_ended", "Calls that ended, by disposition", "disposition"),
    defaulted: counter("calls_default_routed", "Calls that a net caught, by net", "net"),
    queued: counter("queue_entered", "Calls that entered a queue", "queue"),
    dequeued: counter("queue_left", "Calls that left a queue, by outcome", "queue", "outcome"),
    offers: counter("offers_ended", "Offers, by outcome", "outcome"),
    requests: counter("requests_ended", "Requests to hosts, by outcome", "outcome"),
    voicemails: counter("voicemails_ended", "Deposits, by mailbox and outcome", "mailbox", "outcome"),
    limits: counter("limits_reached", "Limits that were reached", "limit"),
    defects: counter("defects", "Mistakes of ours that were caught"),
    waited: new Histogram({
      name: "cordboard_queue_wait_seconds",
      help: "From entering a queue to leaving it",
      labelNames: ["queue", "outcome"],
      buckets: [1, 5, 10, 20, 30, 60, 120, 300, 600, 1800],
      registers,
    }),
    /** When each call that waits entered its queue. */
    since: new Map<string, number>(),
  };
}

function count(counting: Counting, record: EventRecord): void {
  switch (record.type) {
    case "call.arrived":
      return counting.arrived.inc({ strategy: record.strategy ?? "" });
    case "call.ended":
      counting.since.delete(record.call);
      return counting.ended.inc({ disposition: record.disposition });
    case "call.default_routed":
      return counting.defaulted.inc({ net: record.net });
    case "call.queued":
      counting.since.set(record.call, record.at);
      return counting.queued.inc({ queue: record.queue });
    case "call.dequeued": {
      const { queue, outcome } = record;
      counting.dequeued.inc({ queue, outcome });
      counting.waited.observe({ queue, outcome }, (record.at - (counting.since.get(record.call) ?? record.at)) / 1000);
      counting.since.delete(record.call);
      return;
    }
    case "offer.ended":
      return counting.offers.inc({ outcome: record.outcome });
    case "request.ended":
      return counting.requests.inc({ outcome: record.outcome });
    case "voicemail.ended":
      return counting.voicemails.inc({ mailbox: record.mailbox, outcome: record.outcome });
    case "limit.reached":
      return counting.limits.inc({ limit: record.limit });
    default:
  }
}

function gauges(registry: Registry, { calls, agents, queues, mediaSites }: Measured): void {
  const gauge = (name: string, help: string, labelNames: string[], read: (it: Gauge) => void) =>
    new Gauge({
      name: `cordboard_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset();
        read(this);
      },
    });
  gauge("calls", "Calls under way", [], (it) => it.set(calls()));
  gauge("agents", "People, by state", ["state"], (it) => agents().forEach(({ state }) => it.inc({ state })));
  gauge("queue_waiting", "Calls that wait", ["queue"], (it) =>
    queues().forEach(({ name, waiting }) => it.set({ queue: name }, waiting)),
  );
  gauge("media_site_up", "1 where it can be reached", ["site"], (it) =>
    mediaSites().forEach(({ site, up }) => it.set({ site }, up ? 1 : 0)),
  );
  gauge("media_site_legs", "Media legs there, of this run", ["site"], (it) =>
    mediaSites().forEach(({ site, legs }) => it.set({ site }, legs)),
  );
  gauge("media_site_latency_seconds", "From there to a trunk and back, by OPTIONS", ["site", "trunk"], (it) =>
    mediaSites().forEach(({ site, latencies }) =>
      latencies.forEach(({ trunk, ms }) => it.set({ site, trunk }, ms / 1000)),
    ),
  );
  gauge("queue_longest_wait_seconds", "Of those who wait now", ["queue"], (it) =>
    queues().forEach(({ name, longestWaitMs }) => it.set({ queue: name }, longestWaitMs / 1000)),
  );
}

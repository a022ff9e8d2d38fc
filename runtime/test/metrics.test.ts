import { expect, test } from "vitest";
import { createEngine } from "../engine.ts";
import { createMetrics } from "../node/index.ts";
import { loadProgram } from "../strategy/load.ts";
import { programOf } from "./programs.ts";

test("counts what happened and measures what is, in the text format of Prometheus", async () => {
  const program = programOf(`strategy "s" {
  entry "5000"
  default route to group Reception
  answer
  queue Sales { at 0s group Sales  give up after 1m }
  hangup
}`);
  const engine = createEngine({ program: loadProgram(program), now: 0 });
  const metrics = createMetrics({
    calls: () => engine.calls().length,
    agents: () => engine.agents(),
    queues: () => engine.queues(),
    mediaSites: () => [
      { site: "madrid", up: true, legs: 2, latencies: [{ trunk: "carrier", ms: 12 }] },
      { site: "denver", up: false, legs: 0, latencies: [] },
    ],
  });
  const tell = (event: Parameters<typeof engine.accept>[0], now: number) =>
    engine.accept(event, now).records.forEach((record) => metrics.see(record));
  tell({ type: "agent.readied", agent: "rita", source: "desk" }, 0);
  tell({ type: "agent.claimed", agent: "ana", source: "registration" }, 0);
  for (const call of ["A", "B"]) {
    tell({ type: "call.arrived", call, from: "+34600000001", to: "5000" }, 0);
    tell({ type: "call.answered", call }, 1000);
  }
  tell({ type: "call.gone", call: "A" }, 3000);
  metrics.defect();

  const text = await metrics.text();
  const figures = text.split("\n").filter((line) => line.startsWith("cordboard_"));
  expect(figures).toEqual(
    expect.arrayContaining([
      'cordboard_calls_arrived_total{strategy="s"} 2',
      'cordboard_calls_ended_total{disposition="abandoned"} 1',
      'cordboard_queue_entered_total{queue="Sales"} 2',
      'cordboard_queue_left_total{queue="Sales",outcome="abandoned"} 1',
      'cordboard_queue_wait_seconds_sum{queue="Sales",outcome="abandoned"} 2',
      'cordboard_queue_waiting{queue="Sales"} 1',
      "cordboard_calls 1",
      'cordboard_media_site_up{site="madrid"} 1',
      'cordboard_media_site_up{site="denver"} 0',
      'cordboard_media_site_legs{site="madrid"} 2',
      'cordboard_media_site_latency_seconds{site="madrid",trunk="carrier"} 0.012',
      "cordboard_defects_total 1",
    ]),
  );
  const people = figures.filter((line) => line.startsWith("cordboard_agents"));
  expect(people.map((line) => Number(line.split(" ")[1])).reduce((sum, one) => sum + one)).toBe(engine.agents().length);
  expect(text).toContain("process_resident_memory_bytes");
  // No caller is named.
  expect(text).not.toContain("+34600000001");
  expect(metrics.contentType).toContain("text/plain");
});

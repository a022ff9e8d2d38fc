import { later } from "./later.tsx";
import type { PanelId } from "./model.ts";
import { panels } from "./model.ts";
import { change, useStore } from "./store.ts";
import { Tabs } from "./tabs.tsx";

/** Each panel is a folder, loaded when it is first shown. */
const parts = {
  run: { title: "Run", Panel: later(async () => (await import("./scene/panel.tsx")).Panel, "Loading the run…") },
  pictures: {
    title: "Pictures",
    Panel: later(async () => (await import("./pictures/panel.tsx")).Panel, "Loading the pictures…"),
  },
  results: {
    title: "Tests and traffic",
    Panel: later(async () => (await import("./results/panel.tsx")).Panel, "Loading the results…"),
  },
  live: { title: "Live", Panel: later(async () => (await import("./live/panel.tsx")).Panel, "Loading the live view…") },
} satisfies Record<PanelId, { title: string; Panel: ReturnType<typeof later> }>;

export function WorkArea() {
  const panel = useStore((page) => page.panel);
  const { Panel } = parts[panel];
  return (
    <section class="work" aria-label="Work area">
      <Tabs
        label="Panels"
        controls="panel"
        tabs={panels.map((id) => ({ id, title: parts[id].title }))}
        shown={panel}
        show={(id) => change((page) => void (page.panel = id))}
      />
      <div id="panel" class="panel" role="tabpanel" aria-labelledby={`tab-${panel}`} tabIndex={0}>
        <Panel />
      </div>
    </section>
  );
}

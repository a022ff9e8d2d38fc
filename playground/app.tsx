import { ClockBar } from "./scene/clock-bar.tsx";
import { EditorPane } from "./editor/pane.tsx";
import { Dialogs } from "./dialogs.tsx";
import { Header } from "./header.tsx";
import { Notices } from "./notices.tsx";
import { useStore } from "./store.ts";
import { WorkArea } from "./work-area.tsx";

/** The frame: header, text on the left, work area on the right, the clock below. On a small window text and work take turns. */
export function App() {
  const narrow = useStore((page) => page.narrow);
  const isEmbedded = useStore((page) => page.isEmbedded);
  return (
    <div class="frame" data-narrow={narrow} data-embedded={isEmbedded}>
      <Header />
      <main class="columns">
        <EditorPane />
        <WorkArea />
      </main>
      <ClockBar />
      <Notices />
      <Dialogs />
    </div>
  );
}

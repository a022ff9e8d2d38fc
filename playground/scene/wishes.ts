import { notify } from "../notices.tsx";
import { change, current, follow } from "../store.ts";
import { callTo } from "./place-call.tsx";
import { choose } from "./scene.ts";

/* What a lens in the text asks of the run: a call to the strategy it stands above. */

/** Begins to hear wishes; one that comes before the run is there waits for it. */
export function startWishes(): void {
  follow(({ wish }) => wish, grant);
  follow(({ scene }) => scene.stage, grant);
}

function grant(): void {
  const { wish, scene, scenario } = current();
  if (wish?.does !== "run" || !scene.stage) return;
  const entry = scene.stage.entries.find(({ strategy }) => strategy === wish.name);
  change((page) => void (page.wish = undefined));
  if (scene.trouble) return notify("The text has errors: nothing can be run before they are mended.", "bad");
  if (!entry) return notify(`“${wish.name}” has no entry yet: add one, such as entry "5000".`, "bad");
  if (scenario.origin.from !== "hand") choose({ from: "hand" });
  change((page) => {
    page.scene.chosen = undefined;
    page.scene.isPlaying = true;
  });
  callTo(entry.number);
}

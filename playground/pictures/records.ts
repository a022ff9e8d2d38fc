import { told, trailOf } from "../scene/scene.ts";
import { change, current, follow } from "../store.ts";
import { NoAnswer } from "../workers/ask.ts";

/* What pictures are drawn from: what came to pass in the run, fetched while somebody looks at it. */

/** Begins to follow the run. */
export function startRecords(): () => void {
  let isBusy = false;
  let isStale = true;
  const fetch = async (): Promise<void> => {
    isStale = true;
    if (isBusy) return;
    isBusy = true;
    try {
      while (isStale) {
        isStale = false;
        if (!(await fetchMore())) isStale = true;
        await fetchTrail();
      }
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    } finally {
      isBusy = false;
    }
  };
  const wake = (): void => void fetch();
  const ends = [follow(({ scene }) => scene.view, wake), follow(({ scene }) => scene.stage, wake)];
  wake();
  return () => ends.forEach((end) => end());
}

/** False where there is more. */
async function fetchMore(): Promise<boolean> {
  const { film, shots } = current().pictures;
  const more = await told({ film, shots });
  if (more.film === film && more.shots === shots) return true;
  change(({ pictures }) => {
    const records = more.from === 0 ? more.records : [...pictures.records, ...more.records];
    Object.assign(pictures, { records, film: more.film, shots: more.shots });
  });
  return more.isWhole;
}

async function fetchTrail(): Promise<void> {
  const { chosen, at } = current().scene;
  const trail = chosen === undefined ? [] : await trailOf(chosen, at);
  if (JSON.stringify(trail) === JSON.stringify(current().pictures.trail)) return;
  change(({ pictures }) => void (pictures.trail = trail));
}

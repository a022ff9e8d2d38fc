import { useEffect, useState } from "preact/hooks";
import type { QueueTimeline } from "../../language/index.ts";
import { current, follow } from "../store.ts";
import { NoAnswer } from "../workers/ask.ts";
import { language } from "../workers/language.ts";
import type { LanguageApi } from "../workers/language.worker.ts";

/* What the language's worker says of the texts, asked again whenever they have changed. */

export type Charted = ReturnType<LanguageApi["chart"]>;

export const useTimelines = (): readonly QueueTimeline[] | undefined => useAnswer(() => language.ask("timelines"), "");

export const useChart = (strategy: string | undefined): Charted | undefined =>
  useAnswer(() => language.ask("chart", strategy), strategy ?? "");

/** The worker has read the texts by then; what was known stays meanwhile. */
function useAnswer<Answer>(ask: () => Promise<Answer>, about: string): Answer | undefined {
  const [answer, setAnswer] = useState<Answer>();
  useEffect(() => {
    let isOver = false;
    const look = async (): Promise<void> => {
      const { site } = current();
      try {
        const found = await ask();
        if (!isOver && site === current().site) setAnswer(() => found);
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
      }
    };
    void look();
    const end = follow(
      ({ findings }) => findings,
      () => void look(),
    );
    return () => {
      isOver = true;
      end();
    };
  }, [about]);
  return answer;
}

import type { Handlers, Question, Reply } from "./protocol.ts";

/**
 * The worker's side of `ask.ts`: answers one question after the other. Handlers do not wait for anything; one that takes long tells
 * `news` from time to time, or it is taken for dead.
 */
export function serve<Api extends Handlers>(make: (tell: (news: unknown) => void) => Api): Api {
  let asked = 0;
  const post = (reply: Reply): void => self.postMessage(reply);
  const handlers = make((news) => post({ id: asked, news }));
  self.addEventListener("message", ({ data }: MessageEvent<Question<never[]>>) => {
    asked = data.id;
    try {
      post({ id: data.id, answer: handlers[data.what]?.(...data.given) });
    } catch (error) {
      post({ id: data.id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  // Loaded: from now on the budget counts.
  post({ id: 0, news: "loaded" });
  return handlers;
}

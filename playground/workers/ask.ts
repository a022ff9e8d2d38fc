import type { Handlers, Question, Reply } from "./protocol.ts";

/** Why there is no answer: the worker took longer than its budget and was stopped, or somebody stopped it, or it broke. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
  readonly why: "over budget" | "stopped" | "broken";

  constructor(why: NoAnswer["why"], message: string) {
    super(message);
    this.why = why;
  }
}

export interface Budget {
  /** How long a worker may give no sign of life while it is asked something, once it has said that it is there. */
  silentMs: number;
  /** The worker was stopped; the next question starts a new one, which knows nothing yet. */
  onStop?: (why: NoAnswer["why"]) => void;
}

interface Waiting {
  /** What the handler of this name answers. */
  answer(value: never): void;
  fail(error: Error): void;
  news?: (news: unknown) => void;
}

/** How long a worker may take to be loaded, in milliseconds: that is the machine's affair, not the text's. */
const LOADING_MS = 30_000;

/** A worker that is asked by the names of its handlers. It is started by the first question, and again after it was stopped. */
export class Asked<Api extends Handlers> {
  private readonly start: () => Worker;
  private readonly onStop: Budget["onStop"];
  /** As in `Budget`; another one counts from the next sign of life. */
  silentMs: number;
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private isLoaded = false;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => Worker, { silentMs, onStop }: Budget) {
    this.start = start;
    this.silentMs = silentMs;
    this.onStop = onStop;
  }

  ask<What extends keyof Api & string>(
    what: What,
    ...given: Parameters<Api[What]>
  ): Promise<Awaited<ReturnType<Api[What]>>> {
    return this.askWithNews(what, given);
  }

  /** The same for what takes long; `news` hears how far it is. */
  askWithNews<What extends keyof Api & string>(
    what: What,
    given: Parameters<Api[What]>,
    news?: (news: unknown) => void,
  ): Promise<Awaited<ReturnType<Api[What]>>> {
    return new Promise((answer, fail) => {
      const id = ++this.lastId;
      this.waiting.set(id, { answer, fail, news });
      const question: Question = { id, what, given };
      this.running().postMessage(question);
      if (this.waiting.size === 1) this.watch();
    });
  }

  /** Ends what it does, at once. All who wait are told. */
  stop(why: NoAnswer["why"] = "stopped", message = "stopped"): void {
    clearTimeout(this.watchdog);
    this.worker?.terminate();
    this.worker = undefined;
    const left = [...this.waiting.values()];
    this.waiting.clear();
    for (const { fail } of left) fail(new NoAnswer(why, message));
    this.onStop?.(why);
  }

  private running(): Worker {
    if (this.worker) return this.worker;
    const worker = this.start();
    this.isLoaded = false;
    worker.addEventListener("message", ({ data }: MessageEvent<Reply<never>>) => this.hear(data));
    worker.addEventListener("error", (event) => this.stop("broken", event.message || "the worker could not be loaded"));
    this.worker = worker;
    return worker;
  }

  private hear(reply: Reply<never>): void {
    const asked = this.waiting.get(reply.id);
    this.isLoaded = true;
    this.watch();
    if (!asked) return;
    if ("news" in reply) return asked.news?.(reply.news);
    this.waiting.delete(reply.id);
    this.watch();
    if ("failed" in reply) asked.fail(new Error(reply.failed));
    else asked.answer(reply.answer);
  }

  /** Counts anew from every sign of life, as long as somebody waits. */
  private watch(): void {
    clearTimeout(this.watchdog);
    if (this.waiting.size === 0) return;
    const silentMs = this.isLoaded ? this.silentMs : LOADING_MS;
    this.watchdog = setTimeout(() => this.stop("over budget", `no sign of life for ${silentMs / 1000} s`), silentMs);
  }
}

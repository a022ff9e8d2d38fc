import { useEffect, useRef } from "preact/hooks";
import type { PreviewRow } from "../../answers.ts";
import chime from "../chime.wav";
import { secondsUntil, useServerNow } from "../clock.ts";
import { answer } from "../desk.ts";
import { useHotkey } from "../hotkeys.ts";
import { fileAt } from "../link.ts";
import { usePage } from "../store.ts";
import { useWords } from "../say.ts";
import { Shown } from "./brought.tsx";
import { Texts } from "./texts.tsx";

/** What is shown to this agent before any phone rings. Keys are for the first. */
export function Previews() {
  const previews = usePage((page) => page.previews);
  return (
    <>
      {previews.map((preview, nth) => (
        <Preview key={preview.id} preview={preview} isFirst={nth === 0} />
      ))}
    </>
  );
}

function Preview({ preview, isFirst }: { preview: PreviewRow; isFirst: boolean }) {
  const say = useWords();
  const now = useServerNow();
  const { id, until, offeredAt, showing } = preview;
  const left = secondsUntil(until, now);
  const share = (Date.parse(until) - now) / Math.max(1, Date.parse(until) - Date.parse(offeredAt));
  return (
    <section class="card preview" aria-labelledby={`preview-${id}`} role="alert">
      <h2 id={`preview-${id}`}>{say("preview")}</h2>
      {preview.from !== undefined && (
        <p>
          <strong>{preview.from}</strong>
        </p>
      )}
      <p class="row countdown">
        <progress max={1} value={Math.max(0, Math.min(1, share))} aria-label={say("secondsLeft", left)} />
        <span class="seconds" role="timer">
          {say("secondsLeft", left)}
        </span>
      </p>
      {isFirst ? <KeyedAnswers id={id} /> : <Answers id={id} />}
      <Shown showing={showing} />
      <Texts call={preview.call} />
      <Sound of={preview} />
    </section>
  );
}

function KeyedAnswers({ id }: { id: string }) {
  const accept = useHotkey("accept", () => void answer(id, "accept"));
  const decline = useHotkey("decline", () => void answer(id, "decline"));
  return <Answers id={id} keys={{ accept, decline }} />;
}

function Answers({ id, keys }: { id: string; keys?: { accept: string; decline: string } }) {
  const say = useWords();
  return (
    <p class="row">
      <button type="button" class="main" aria-keyshortcuts={keys?.accept} onClick={() => void answer(id, "accept")}>
        {say("accept")} {keys && <kbd>{keys.accept}</kbd>}
      </button>
      <button type="button" aria-keyshortcuts={keys?.decline} onClick={() => void answer(id, "decline")}>
        {say("decline")} {keys && <kbd>{keys.decline}</kbd>}
      </button>
    </p>
  );
}

/**
 * Once for each preview: the sound that the strategy names, or a chime where it names none of the site's prompts. A browser in which
 * nobody has clicked yet may refuse it: then there is no sound.
 */
function Sound({ of: { id, sound } }: { of: PreviewRow }) {
  const isLoud = usePage((page) => page.isLoud);
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    let own: string | undefined;
    const play = async (): Promise<void> => {
      const path = `/api/previews/${encodeURIComponent(id)}/sound`;
      const named = sound === undefined ? undefined : await fileAt(path).catch(() => undefined);
      own = named && URL.createObjectURL(named);
      if (!audio.current) return;
      audio.current.src = own ?? chime;
      await audio.current.play();
    };
    if (isLoud) play().catch(() => undefined);
    return () => void (own && URL.revokeObjectURL(own));
  }, []);
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- it says nothing
  return <audio ref={audio} />;
}

import { change, useStore } from "./store.ts";
import type { Notice, Scenario } from "./model.ts";

let last = 0;

/** How long a notice stands, in milliseconds: longer where there is something to do about it. */
const SHORT_MS = 6000;
const LONG_MS = 20_000;

/** More of them would hide what they speak of. */
const most = 4;

/** Tells something that no place of the page tells already; what is told again takes the place of the first time. */
export function notify(text: string, tone: Notice["tone"] = "plain", undo?: Scenario): void {
  const notice = { id: ++last, text, tone, undo };
  change((page) => {
    const others = page.notices.filter((one) => one.text !== text || one.undo);
    page.notices = [...others, notice].slice(-most);
  });
  setTimeout(() => dismiss(notice.id), tone === "bad" || undo ? LONG_MS : SHORT_MS);
}

const dismiss = (id: number): void =>
  change((page) => void (page.notices = page.notices.filter((notice) => notice.id !== id)));

function undone(id: number, undo: Scenario): void {
  change((page) => void (page.scenario = undo));
  dismiss(id);
}

export function Notices() {
  const notices = useStore((page) => page.notices);
  return (
    <div class="notices" role="status">
      {notices.map(({ id, text, tone, undo }) => (
        <p key={id} class={`notice ${tone}`}>
          {text}
          {undo && (
            <button type="button" onClick={() => undone(id, undo)}>
              Undo
            </button>
          )}
          <button type="button" onClick={() => dismiss(id)}>
            Close
          </button>
        </p>
      ))}
    </div>
  );
}

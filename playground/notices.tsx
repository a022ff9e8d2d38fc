import { change, useStore } from "./store.ts";
import type { Notice } from "./model.ts";

let last = 0;

/** Tells something that no place of the page tells already. */
export function notify(text: string, tone: Notice["tone"] = "plain"): void {
  const notice = { id: ++last, text, tone };
  change((page) => void page.notices.push(notice));
  if (tone === "plain") setTimeout(() => dismiss(notice.id), 6000);
}

const dismiss = (id: number): void =>
  change((page) => void (page.notices = page.notices.filter((notice) => notice.id !== id)));

export function Notices() {
  const notices = useStore((page) => page.notices);
  return (
    <div class="notices" role="status">
      {notices.map(({ id, text, tone }) => (
        <p key={id} class={`notice ${tone}`}>
          {text}
          <button type="button" onClick={() => dismiss(id)}>
            Close
          </button>
        </p>
      ))}
    </div>
  );
}

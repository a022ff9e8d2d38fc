import { change, useStore } from "../store.ts";
import { lineOf } from "./marks.ts";
import type { Trouble } from "./model.ts";
import { renew } from "./scene.ts";

/** Why nothing can be played now. */
export function Troubled() {
  const trouble = useStore(({ scene }) => scene.trouble);
  const stage = useStore(({ scene }) => scene.stage);
  if (!trouble) return stage ? null : <p class="empty">The run is being prepared…</p>;
  return (
    <div class="troubled" role="alert">
      <p>
        <b>{stage ? "The run is of the text before:" : "Nothing can be run:"}</b> {trouble.error}
      </p>
      {trouble.path !== undefined && trouble.range ? (
        <Where {...trouble} />
      ) : (
        <button type="button" onClick={renew}>
          Try again
        </button>
      )}
    </div>
  );
}

function Where({ path = "", range = { start: 0, end: 0 } }: Trouble) {
  const text = useStore(({ site }) => site.files.find((file) => file.path === path)?.text ?? "");
  return (
    <button
      type="button"
      onClick={() => change((page) => void Object.assign(page, { open: path, goal: { path, range } }))}
    >
      {path}:{lineOf(text, range.start)}
    </button>
  );
}

import { goTo, placeText } from "../places.ts";
import { useStore } from "../store.ts";
import { renew } from "./scene.ts";

/** Why nothing can be played now. */
export function Troubled() {
  const trouble = useStore(({ scene }) => scene.trouble);
  const stage = useStore(({ scene }) => scene.stage);
  if (!trouble) return stage ? null : <p class="empty">The run is being prepared…</p>;
  const { error, hint, path, range } = trouble;
  return (
    <div class="troubled" role="alert">
      <p>
        <b>{stage ? "The run is of the text before:" : "Nothing can be run:"}</b> {error}
        {hint !== undefined && <span class="remedy">{hint}</span>}
      </p>
      {path !== undefined && range ? (
        <button type="button" onClick={() => goTo({ path, range })}>
          {placeText({ path, range })}
        </button>
      ) : (
        <button type="button" onClick={renew}>
          Try again
        </button>
      )}
    </div>
  );
}

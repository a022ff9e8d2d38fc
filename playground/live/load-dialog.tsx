import { useState } from "preact/hooks";
import { closeDialog, Dialog } from "../dialog.tsx";
import { current, useStore } from "../store.ts";
import { load } from "./link.ts";
import { isOwn, strategiesOf } from "./site.ts";

/** Real callers meet what is loaded: who pressed the button by mistake can still turn back. */
export function LoadDialog() {
  const files = strategiesOf(useStore(({ site }) => site.files));
  const isItsOwn = useStore(({ live }) => isOwn(live));
  const wasOpened = useStore(({ live }) => live.opened !== undefined);
  // What is loaded meanwhile is in nobody's sight: the run refuses then.
  const [program] = useState(() => current().live.site?.program);
  const address = useStore(({ live }) => live.address);
  const count = files.length === 1 ? "1 file" : `${files.length} files`;
  const submit = (event: Event): void => {
    event.preventDefault();
    closeDialog();
    void load(program);
  };
  return (
    <Dialog title={`Load ${count} into the run at ${address}?`}>
      <form onSubmit={submit}>
        <p>
          {files.map(({ path }) => path).join(", ")}: the run checks them and runs their tests, then new calls use them
          in the place of all its strategies. Calls under way keep what they came with.
        </p>
        {!isItsOwn && (
          <p class="bad">
            {wasOpened
              ? "Since these texts were opened, others have been loaded into that run: those are no more in use then."
              : "These texts were not opened from that run: its own are no more in use then."}
          </p>
        )}
        <div class="hand">
          <button type="button" autofocus onClick={({ currentTarget }) => currentTarget.closest("dialog")?.close()}>
            Cancel
          </button>
          <button type="submit" class="main">
            Load {count}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

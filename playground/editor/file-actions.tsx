import type { DialogId } from "../model.ts";
import { change, useStore } from "../store.ts";

const actions: { does: DialogId; title: string }[] = [
  { does: "new file", title: "New" },
  { does: "rename file", title: "Rename" },
  { does: "delete file", title: "Delete" },
];

/** What can be done with files: a new one, and another name or none for the open one. */
export function FileActions() {
  const open = useStore((page) => page.open);
  return (
    <div class="file-actions">
      {actions.map(({ does, title }) => (
        <button
          key={does}
          type="button"
          class="bare"
          title={does === "new file" ? "A new file" : `${title} ${open}`}
          disabled={does !== "new file" && open === ""}
          onClick={() => change((page) => void (page.dialog = does))}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

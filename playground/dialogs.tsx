import { FileDialog } from "./editor/file-dialog.tsx";
import { ShareDialog } from "./share/dialog.tsx";
import { useStore } from "./store.ts";

/** The one dialog that is open, if any. */
export function Dialogs() {
  const dialog = useStore((page) => page.dialog);
  if (dialog === undefined) return null;
  return dialog === "share" ? <ShareDialog /> : <FileDialog key={dialog} does={dialog} />;
}

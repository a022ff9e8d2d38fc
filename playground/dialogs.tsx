import { FileDialog } from "./editor/file-dialog.tsx";
import { ShareDialog } from "./share/dialog.tsx";
import { later } from "./later.tsx";
import { useStore } from "./store.ts";

const LoadDialog = later(async () => (await import("./live/load-dialog.tsx")).LoadDialog, "");

/** The one dialog that is open, if any. */
export function Dialogs() {
  const dialog = useStore((page) => page.dialog);
  if (dialog === undefined) return null;
  if (dialog === "load into the run") return <LoadDialog />;
  return dialog === "share" ? <ShareDialog /> : <FileDialog key={dialog} does={dialog} />;
}

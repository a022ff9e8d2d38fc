import { useState } from "preact/hooks";
import { closeDialog, Dialog } from "../dialog.tsx";
import type { DialogId } from "../model.ts";
import { edits } from "../share/files.ts";
import { useStore } from "../store.ts";

/** Asks for a name, or whether a file may go. */
export function FileDialog({ does }: { does: Exclude<DialogId, "share" | "load into the run"> }) {
  const open = useStore((page) => page.open);
  if (does === "delete file") return <Deleting path={open} />;
  return does === "new file" ? (
    <Naming title="New file" does="Create" before="" make={edits.add} />
  ) : (
    <Naming title={`Rename ${open}`} does="Rename" before={open} make={(path) => edits.rename(open, path)} />
  );
}

interface NamingProps {
  title: string;
  does: string;
  before: string;
  make(path: string): string | undefined;
}

function Naming({ title, does, before, make }: NamingProps) {
  const [path, setPath] = useState(before);
  const [wrong, setWrong] = useState<string>();
  const submit = (event: Event): void => {
    event.preventDefault();
    const refused = make(path.trim());
    setWrong(refused);
    if (refused === undefined) closeDialog();
  };
  return (
    <Dialog title={title}>
      <form onSubmit={submit}>
        <label class="naming">
          <span>Name, with the folders below the directory: lib/crm.strategy</span>
          <input
            value={path}
            autofocus
            spellcheck={false}
            aria-invalid={wrong !== undefined}
            aria-describedby="wrong-name"
            onInput={({ currentTarget }) => setPath(currentTarget.value)}
          />
        </label>
        <p id="wrong-name" class="bad" role="alert">
          {wrong}
        </p>
        <button type="submit" class="main">
          {does}
        </button>
      </form>
    </Dialog>
  );
}

function Deleting({ path }: { path: string }) {
  const submit = (event: Event): void => {
    event.preventDefault();
    edits.remove(path);
    closeDialog();
  };
  return (
    <Dialog title={`Delete ${path}?`}>
      <form onSubmit={submit}>
        <p>Its text is gone then. Export it first if it may be needed again.</p>
        <button type="submit" class="main" autofocus>
          Delete
        </button>
      </form>
    </Dialog>
  );
}

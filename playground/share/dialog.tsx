import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../dialog.tsx";
import { notify } from "../notices.tsx";
import { current, useStore } from "../store.ts";
import { exportAll, exportFile } from "./files.ts";
import { limits } from "./limits.ts";
import { packed } from "./link.ts";

/** The link, the same to be embedded, and files. */
export function ShareDialog() {
  const { files } = useStore((page) => page.site);
  const [hash, setHash] = useState("");
  useEffect(() => void packed(current()).then(setHash), []);
  const page = location.origin + location.pathname;
  const isTooLong = hash.length > limits.link;
  return (
    <Dialog title="Share and export">
      {isTooLong ? (
        <p>These texts are too long for a link ({hash.length} characters). Send them as a file.</p>
      ) : (
        <>
          <Copied label="Link" text={page + hash} />
          <Copied
            label="To embed in a page, to be read and run"
            text={`<iframe src="${page}?embed=1${hash}" width="100%" height="600" title="Cordboard"></iframe>`}
          />
          <p class="soft">
            The link holds everything itself: texts, directory and scenario. Nothing is sent to a server.
          </p>
        </>
      )}
      <h3>Files</h3>
      <ul class="downloads">
        <li>
          <button type="button" onClick={exportAll}>
            All as cordboard.json
          </button>
        </li>
        {files.map((file) => (
          <li key={file.path}>
            <button type="button" onClick={() => exportFile(file)}>
              {file.path}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      notify("Copied.");
    } catch {
      notify("The browser does not let the page copy: select the text and copy it yourself.", "bad");
    }
  };
  return (
    <div class="copied">
      <label>
        {label}
        <input readOnly value={text} onFocus={({ currentTarget }) => currentTarget.select()} />
      </label>
      <button type="button" class="main" aria-label={`Copy: ${label}`} onClick={() => void copy()}>
        Copy
      </button>
    </div>
  );
}

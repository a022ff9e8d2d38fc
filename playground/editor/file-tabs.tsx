import { change, useStore } from "../store.ts";
import { Tabs } from "../tabs.tsx";
import { FileActions } from "./file-actions.tsx";

/** A tab for each file. */
export function FileTabs() {
  const { files } = useStore((page) => page.site);
  const open = useStore((page) => page.open);
  const isEmbedded = useStore((page) => page.isEmbedded);
  return (
    <div class="file-tabs">
      <Tabs
        label="Files"
        controls="file"
        tabs={files.map(({ path }) => ({ id: path, title: path }))}
        shown={open}
        show={(path) =>
          change((page) => {
            page.open = path;
          })
        }
      />
      {!isEmbedded && <FileActions />}
    </div>
  );
}

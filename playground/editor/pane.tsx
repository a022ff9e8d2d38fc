import { later } from "../later.tsx";
import { FileTabs } from "./file-tabs.tsx";
import { Problems } from "./problems.tsx";

/** Comes after the page is drawn: it is larger than all else together. */
const Code = later(async () => (await import("./code.tsx")).Code, "Loading the editor…");

/** The texts, as files in tabs, and what is wrong with them. */
export function EditorPane() {
  return (
    <section class="text" aria-label="Text">
      <FileTabs />
      <div id="file" class="file" role="tabpanel" aria-label="Open file">
        <Code />
      </div>
      <Problems />
    </section>
  );
}

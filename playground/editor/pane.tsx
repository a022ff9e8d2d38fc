import { useStore } from "../store.ts";

/** The texts, as files in tabs. */
export function EditorPane() {
  const { files } = useStore((page) => page.site);
  const open = useStore((page) => page.open);
  return (
    <section class="text" aria-label="Text">
      <pre class="plain-text">{files.find(({ path }) => path === open)?.text}</pre>
    </section>
  );
}

import { useEffect, useRef, useState } from "preact/hooks";
import type { Work } from "../model.ts";
import { change, useStore } from "../store.ts";
import { takeFiles } from "./files.ts";
import { emptyWork, example, show } from "./opening.ts";
import { earlierWork, setAside } from "./saved.ts";

/** Examples, files in and out, and the link. */
export function ShareMenu() {
  const isEmbedded = useStore((page) => page.isEmbedded);
  if (isEmbedded) return <EmbeddedMenu />;
  return (
    <nav class="share-menu" aria-label="Files">
      <Examples />
      <Import />
      <button type="button" onClick={() => change((page) => void (page.dialog = "share"))}>
        Share
      </button>
    </nav>
  );
}

/** The same work, on a page where it can be changed. */
function EmbeddedMenu() {
  return (
    <nav class="share-menu" aria-label="Files">
      <a href={`./${location.hash}`} target="_blank" rel="noopener">
        Open in the playground
      </a>
    </nav>
  );
}

/** What is in the menu of examples and is none. */
const others: Record<string, () => Work | undefined> = { new: () => emptyWork, earlier: earlierWork };

function Examples() {
  const hasEarlier = useStore((page) => page.hasEarlier);
  const [titles, setTitles] = useState<readonly string[]>([]);
  useEffect(() => void import("./examples.ts").then(({ examples }) => setTitles([...examples.keys()])), []);
  const choose = async (name: string): Promise<void> => {
    const work = name in others ? others[name]?.() : await example(name.slice("example ".length));
    setAside();
    show(work);
  };
  return (
    <select
      aria-label="Open an example"
      value=""
      onChange={({ currentTarget }) => {
        void choose(currentTarget.value);
        currentTarget.value = "";
      }}
    >
      <option value="" disabled>
        Examples
      </option>
      <option value="new">New, empty</option>
      {titles.map((name) => (
        <option key={name} value={`example ${name}`}>
          {name}
        </option>
      ))}
      {hasEarlier && <option value="earlier">What I had before</option>}
    </select>
  );
}

function Import() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        Import
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        accept=".strategy,.yaml,.yml,.csv,.json"
        onChange={({ currentTarget }) => {
          const picked = [...(currentTarget.files ?? [])];
          currentTarget.value = "";
          if (picked.length > 0) void takeFiles(picked);
        }}
      />
    </>
  );
}

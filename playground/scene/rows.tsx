import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface Props<Item> {
  label: string;
  items: readonly Item[];
  /** Of each row, in pixels. */
  height: number;
  keyOf(item: Item): string;
  row(item: Item): ComponentChildren;
  /** What is said where there is none. */
  empty: ComponentChildren;
}

/** Rows beyond the window of the list, so that scrolling shows no gaps. */
const SPARE = 3;

/** A list of any length, of which only what can be seen is drawn. */
export function Rows<Item>({ label, items, height, keyOf, row, empty }: Props<Item>) {
  const box = useRef<HTMLDivElement>(null);
  const [window, setWindow] = useState({ top: 0, height: 400 });
  const look = (): void => {
    const { current } = box;
    if (current) setWindow({ top: current.scrollTop, height: current.clientHeight });
  };
  useLayoutEffect(look, []);
  const first = Math.max(0, Math.floor(window.top / height) - SPARE);
  const shown = items.slice(first, first + Math.ceil(window.height / height) + 2 * SPARE);
  if (items.length === 0) return <div class="rows none">{empty}</div>;
  return (
    <div class="rows" ref={box} onScroll={look} tabIndex={0} role="region" aria-label={label}>
      <ul aria-label={label} style={{ height: `${items.length * height}px`, paddingTop: `${first * height}px` }}>
        {shown.map((item) => (
          <li key={keyOf(item)} style={{ height: `${height}px` }}>
            {row(item)}
          </li>
        ))}
      </ul>
    </div>
  );
}

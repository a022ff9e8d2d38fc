import type { ComponentChildren } from "preact";

export interface Tab<Id extends string> {
  id: Id;
  title: ComponentChildren;
}

interface Props<Id extends string> {
  label: string;
  /** The id of the element that shows the chosen one. */
  controls: string;
  tabs: readonly Tab<Id>[];
  shown: Id;
  show(id: Id): void;
}

const moves: Record<string, (at: number, count: number) => number> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Tabs as the WAI-ARIA practices have them: one stop of the Tab key, arrows go from tab to tab. */
export function Tabs<Id extends string>({ label, controls, tabs, shown, show }: Props<Id>) {
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    const at = tabs.findIndex(({ id }) => id === shown);
    const next = tabs[moves[event.key]?.(at, tabs.length) ?? -1];
    if (!next) return;
    event.preventDefault();
    show(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`tab-${id}`}
          data-tab={id}
          aria-selected={id === shown}
          aria-controls={controls}
          tabIndex={id === shown ? 0 : -1}
          onClick={() => show(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}

import { useLayoutEffect } from "preact/hooks";
import { current } from "./store.ts";

export type Deed = "accept" | "decline" | "hang_up" | "hold" | "alternate" | "record" | "ready" | "not_ready";

/** Where the directory says nothing: keys that type nothing, so that nobody acts by writing. */
const usual: Record<Deed, string> = {
  accept: "F9",
  decline: "F8",
  hang_up: "Ctrl+F8",
  hold: "Ctrl+F10",
  alternate: "Ctrl+F6",
  record: "Ctrl+F11",
  ready: "Ctrl+F9",
  not_ready: "Ctrl+F7",
};

export const keyFor = (deed: Deed): string => current().me?.hotkeys[deed] ?? usual[deed];

/** `Ctrl+Enter`, as the directory writes it. */
function written(event: KeyboardEvent): string {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = event;
  const held = [ctrlKey && "Ctrl", altKey && "Alt", shiftKey && "Shift", metaKey && "Meta"].filter(Boolean);
  return [...held, key.length === 1 ? key.toUpperCase() : key].join("+");
}

/**
 * While the part is shown, this key does it, from the moment it can be seen; a key that could be text does not, where somebody writes.
 */
export function useHotkey(deed: Deed, act: () => void): string {
  const wanted = keyFor(deed);
  useLayoutEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof Element && event.target.closest("input, textarea, select") !== null;
      if (event.repeat || (isTyping && event.key.length === 1) || !isSame(written(event), wanted)) return;
      event.preventDefault();
      act();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  });
  return wanted;
}

/** In which order the held keys are named does not matter. */
const isSame = (a: string, b: string): boolean => sorted(a) === sorted(b);
const sorted = (keys: string): string => keys.toLowerCase().split("+").toSorted().join("+");

import { ShareMenu } from "./share/menu.tsx";
import { change, useStore } from "./store.ts";
import { ThemeSwitch } from "./style/theme-switch.tsx";

export function Header() {
  return (
    <header class="header">
      <h1>Cordboard</h1>
      <ShareMenu />
      <NarrowSwitch />
      <ThemeSwitch />
    </header>
  );
}

/** Only a small window shows it. */
function NarrowSwitch() {
  const narrow = useStore((page) => page.narrow);
  const other = narrow === "text" ? "work" : "text";
  return (
    <button type="button" class="narrow-switch" onClick={() => change((page) => void (page.narrow = other))}>
      {other === "text" ? "Show text" : "Show run"}
    </button>
  );
}

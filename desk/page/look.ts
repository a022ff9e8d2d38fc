import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { usePage } from "./store.ts";

const system = matchMedia("(prefers-color-scheme: dark)");

/** The page wears the chosen theme; without a choice, what the system has (`/style/tokens.css`). */
export function useLook(): void {
  const theme = usePage((page) => page.theme);
  const [isDark, setDark] = useState(system.matches);
  useEffect(() => {
    const changed = (): void => setDark(system.matches);
    system.addEventListener("change", changed);
    return () => system.removeEventListener("change", changed);
  }, []);
  useLayoutEffect(() => {
    document.documentElement.dataset["look"] = theme === "dark" || (theme === "system" && isDark) ? "dark" : "light";
  });
}

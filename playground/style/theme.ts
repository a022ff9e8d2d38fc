import { current, follow } from "../store.ts";

const system = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark now. */
export function isDark(): boolean {
  const { theme } = current();
  return theme === "dark" || (theme === "system" && system.matches);
}

/** Calls `react` whenever the page wears another look, after `followTheme` has put it on. Returns what ends that. */
export function followLook(react: () => void): () => void {
  const end = follow(({ theme }) => theme, react);
  system.addEventListener("change", react);
  return () => {
    end();
    system.removeEventListener("change", react);
  };
}

/** The page wears the chosen theme; without a choice, what the system has. */
export function followTheme(): void {
  const wear = (): void => {
    document.documentElement.dataset["look"] = isDark() ? "dark" : "light";
  };
  followLook(wear);
  wear();
}

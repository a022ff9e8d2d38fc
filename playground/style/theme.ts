import { current, follow } from "../store.ts";

/** The page wears the chosen theme; without a choice, what the system has. */
export function followTheme(): void {
  const wear = (): void => {
    document.documentElement.dataset["theme"] = current().theme;
  };
  follow(({ theme }) => theme, wear);
  wear();
}

/** Whether the page is dark now. */
export const isDark = (): boolean => {
  const { theme } = current();
  return theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
};

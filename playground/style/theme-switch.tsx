import { themes } from "../model.ts";
import { change, useStore } from "../store.ts";

export function ThemeSwitch() {
  const chosen = useStore((page) => page.theme);
  return (
    <label class="theme-switch">
      <span class="hidden">Theme</span>
      <select
        value={chosen}
        onChange={({ currentTarget: { value } }) =>
          change((page) => {
            page.theme = themes.find((theme) => theme === value) ?? "system";
          })
        }
      >
        {themes.map((theme) => (
          <option key={theme} value={theme}>
            {theme}
          </option>
        ))}
      </select>
    </label>
  );
}

import { themes } from "./model.ts";
import { change } from "./store.ts";
import { isLanguage } from "./words.ts";

/** What was chosen on this machine before. */
export function remember(): void {
  const kept = (name: string): string => localStorage.getItem(`cordboard.${name}`) ?? "";
  const language = kept("language");
  change({
    theme: themes.find((each) => each === kept("theme")) ?? "system",
    isLoud: kept("isLoud") !== "false",
    ...(isLanguage(language) && { language }),
  });
}

import type { Value } from "../../runtime/index.ts";
import { lasting, whenIn } from "./clock.ts";

/** What came with a call, row by row in the order of the strategy; records within are told by their path. */
export function rowsOf(data: Record<string, Value>, language: string, before = ""): [string, string][] {
  return Object.entries(data).flatMap(([key, value]): [string, string][] => {
    if (value === null) return [];
    if (typeof value === "object" && value.is === "record") return rowsOf(value.fields, language, `${before}${key}.`);
    return [[before + key, textOf(value, language)]];
  });
}

function textOf(value: Value, language: string): string {
  if (value === null) return "–";
  if (typeof value !== "object") return value === true ? "✓" : value === false ? "✗" : String(value);
  switch (value.is) {
    case "phone":
      return value.number;
    case "duration":
      return lasting(value.ms);
    case "never":
      return "∞";
    case "word":
      return value.word;
    case "thing":
      return value.name;
    case "percent":
      return `${value.value} %`;
    case "time":
      return `${String(Math.floor(value.minutes / 60)).padStart(2, "0")}:${String(value.minutes % 60).padStart(2, "0")}`;
    case "date":
      return [value.year, value.month, value.day].map((part) => String(part).padStart(2, "0")).join("-");
    case "moment":
      return whenIn(language, value.at);
    case "list":
      return value.items.map((item) => textOf(item, language)).join(", ");
    default:
      return rowsOf(value.fields, language)
        .map(([key, text]) => `${key}: ${text}`)
        .join(", ");
  }
}

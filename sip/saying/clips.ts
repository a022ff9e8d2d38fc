import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Prompts, promptFiles } from "../../language/index.ts";
import type { Value } from "../../runtime/index.ts";
import { spoken, tongueOf } from "./spoken.ts";

/** Ours, made by `make.ts`. */
const OURS = fileURLToPath(new URL("./clips", import.meta.url));

/**
 * The recordings that say these values, in order: those of the voice that the directory names, ours where it has none. `reason`: why
 * they cannot be said.
 */
export function sayingFiles(
  values: readonly Value[],
  { language, zone, prompts }: { language: string; zone: string; prompts: Prompts },
): { files: string[] } | { reason: string } {
  const tongue = tongueOf(language);
  if (!tongue) return { reason: `no rules for the language ${language}` };
  const clips = spoken(values, tongue, zone);
  if (!clips) return { reason: "no words for a value" };
  return { files: clipFiles(clips, language, prompts) };
}

/** The recordings of these clips, in a language that there are rules for. */
export function clipFiles(clips: readonly string[], language: string, prompts: Prompts): string[] {
  const voice = prompts.voices[language] ?? "default";
  return clips.map((clip) => {
    const theirs = voice === "default" ? [] : promptFiles(`${voice}/${clip}`, language);
    return theirs.map((file) => join(prompts.folder, file)).find((file) => existsSync(file)) ?? ourFile(clip, language);
  });
}

/** Recordings of silence that fill a time, to the next fifth of a second. */
export function pauses(ms: number): string[] {
  return Array.from({ length: Math.ceil(ms / 200) }, () => ourFile("pause", "en"));
}

/** The tone after which one speaks. */
export function toneFile(): string {
  return join(OURS, "tone.wav");
}

function ourFile(clip: string, language: string): string {
  return join(OURS, language.toLowerCase().split("-")[0] ?? "", `${clip}.wav`);
}

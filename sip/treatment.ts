import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Prompts, promptFiles } from "../language/index.ts";
import type { Command, TaskId } from "../runtime/index.ts";
import type { AudioLeg } from "./audio.ts";
import type { Board, LiveCall, Sound } from "./call.ts";
import { returnToMedia } from "./caller.ts";

type Treatment = Extract<Command, { type: "play" | "music" | "ringback" | "silence" }>;

/** Lets the caller hear something else. He is taken back to our media first where a party had him. */
export async function treat(board: Board, call: LiveCall, command: Treatment): Promise<void> {
  const sound = soundOf(board.directory.prompts, command);
  const ends = command.type === "play" || (command.type === "music" && command.ms !== undefined);
  call.sound = sound ?? { kind: "silence" };
  if (!sound) {
    board.log.warn({ call: call.id, prompt: nameOf(command) }, "no such prompt");
    call.media?.silence();
    if (ends) board.deliver({ type: "treatment.ended", call: call.id, task: command.task, outcome: "missing" });
    return;
  }
  if (call.media) return sounds(call.media, sound);
  const back = await returnToMedia(board, call);
  if (call.ended || call.sound !== sound) return;
  if (back && call.media) return sounds(call.media, sound);
  if (ends) board.deliver({ type: "treatment.ended", call: call.id, task: command.task, outcome: "failed" });
}

/** There is no voice yet: what sounded ends, and the strategy is told that nothing was said. */
export function say(board: Board, call: LiveCall, task: TaskId): void {
  call.sound = { kind: "silence" };
  call.media?.silence();
  board.log.warn({ call: call.id }, "no voice to say it");
  board.deliver({ type: "treatment.ended", call: call.id, task, outcome: "failed" });
}

function sounds(media: AudioLeg, sound: Sound): void {
  switch (sound.kind) {
    case "silence":
      return media.silence();
    case "ringback":
      return media.ringback();
    case "files":
      return media.play(sound.task, sound.files, sound.loop, sound.ms);
  }
}

function soundOf(prompts: Prompts, command: Treatment): Sound | undefined {
  if (command.type === "silence" || command.type === "ringback") return { kind: command.type };
  const { task, language } = command;
  const music = command.type === "music";
  const prompt = music ? command.name : command.prompt;
  const file =
    promptFile(prompts.folder, prompt, language) ??
    (music || command.otherwise === undefined ? undefined : promptFile(prompts.folder, command.otherwise, language));
  if (!file) return undefined;
  return { kind: "files", task, prompt, files: [file], loop: music, ms: music ? command.ms : undefined };
}

/** The prompt's file that is there, by the language's rule of names. */
export function promptFile(folder: string, name: string, language: string): string | undefined {
  return promptFiles(name, language)
    .map((one) => join(folder, one))
    .find((path) => existsSync(path));
}

function nameOf(command: Treatment): string | undefined {
  if (command.type === "play") return command.prompt;
  return command.type === "music" ? command.name : undefined;
}

import type { Prompts } from "../../language/index.ts";
import type { Command, TaskId } from "../../runtime/index.ts";
import { promptFile } from "../../runtime/node/index.ts";
import { announce, announcementsFor } from "../servers/announcement.ts";
import type { AudioLeg } from "../audio.ts";
import { type Board, type LiveCall, quit, type Sound } from "../call.ts";
import { mediaOf, returnToMedia } from "./caller.ts";
import { ask, questionFor } from "../servers/collecting.ts";
import { earlyMedia } from "./early.ts";
import { sayingFiles } from "../saying/clips.ts";

type Treatment = Extract<Command, { type: "play" | "music" | "ringback" | "silence" }>;

/** Lets the caller hear something else: of a media server where the directory has one, else of ours, where he is taken back to them first. */
export async function treat(board: Board, call: LiveCall, command: Treatment): Promise<void> {
  if (command.type === "play" || command.type === "music") {
    const ours = (): Promise<void> => treatHere(board, call, command);
    const urls = announcementsFor(board, call, command);
    if (urls) return announce(board, call, { command, urls, ours });
    const question = command.type === "play" ? questionFor(board, call, command) : undefined;
    if (question && command.type === "play") return ask(board, call, { command, question, ours });
  }
  return treatHere(board, call, command);
}

async function treatHere(board: Board, call: LiveCall, command: Treatment): Promise<void> {
  const sound = soundOf(board.directory.prompts, command);
  const ends = command.type === "play" || (command.type === "music" && command.ms !== undefined);
  if (sound) return hear(board, call, sound, ends ? command.task : undefined);
  board.log.warn({ call: call.id, prompt: nameOf(command) }, "no such prompt");
  hush(call);
  if (ends) board.deliver({ type: "treatment.ended", call: call.id, task: command.task, outcome: "missing" });
}

/** Keys are to be heard while whatever sounds goes on. */
export async function listen(board: Board, call: LiveCall): Promise<void> {
  if (call.announcement) await call.announcement.here();
  else if (call.leg && !call.media) await mediaOf(board, call);
}

/** Says values with recordings of numbers and times. Where there are no words for them the strategy is told that nothing was said. */
export async function say(board: Board, call: LiveCall, command: Extract<Command, { type: "say" }>): Promise<void> {
  const { task, values, language } = command;
  const { prompts, site } = board.directory;
  const said = sayingFiles(values, { language, zone: site.zone, prompts });
  if ("files" in said) {
    return hear(board, call, { kind: "files", task, prompt: "say", files: said.files, loop: false }, task);
  }
  board.log.warn({ call: call.id, reason: said.reason }, "cannot be said");
  hush(call);
  board.deliver({ type: "treatment.ended", call: call.id, task, outcome: "failed" });
}

/** `task`: of a sound with an end, to be told where there is no media to play it. */
export async function hear(board: Board, call: LiveCall, sound: Sound, task: TaskId | undefined): Promise<void> {
  call.sound = sound;
  await quit(call);
  if (call.ended || call.sound !== sound) return;
  call.media?.leave(); // a party who heard him there hears him no more
  if (call.media?.place === board.audio) return sounds(call.media, sound);
  const back = await (call.leg ? returnToMedia : earlyMedia)(board, call);
  if (call.ended || call.sound !== sound) return;
  if (back && call.media) return sounds(call.media, sound);
  if (task !== undefined) board.deliver({ type: "treatment.ended", call: call.id, task, outcome: "failed" });
}

/** A party who is held hears it. */
export function holdWith(
  { directory: { prompts } }: Board,
  media: AudioLeg,
  music: { name: string; language: string } | undefined,
): void {
  const file = music && promptFile(prompts.folder, music.name, music.language);
  if (file) media.play(0, [file], true);
  else media.silence();
}

function hush(call: LiveCall): void {
  call.sound = { kind: "silence" };
  call.media?.silence();
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
  if (!file) return ownSound(prompt, task, music ? command.ms : TONE_MS);
  return { kind: "files", task, prompt, files: [file], loop: music, ms: music ? command.ms : undefined };
}

/** Who is told by a tone that nobody was reached has understood by then. */
const TONE_MS = 4000;

/** What the site has no recording of: tones for who was not reached (`dial/busy` …), and noise for who is held. */
function ownSound(prompt: string, task: TaskId, ms: number | undefined): Sound | undefined {
  const named = prompt === "comfort_noise" ? prompt : /^dial\/./.test(prompt) && "congestion";
  const tone = prompt === "dial/busy" ? "busy" : named;
  return tone ? { kind: "files", task, prompt, files: [`tone:${tone}`], loop: true, ms } : undefined;
}

function nameOf(command: Treatment): string | undefined {
  if (command.type === "play") return command.prompt;
  return command.type === "music" ? command.name : undefined;
}

import { existsSync, statSync } from "node:fs";
import { join as pathOf } from "node:path";
import { type Prompts, promptFiles } from "../../language/index.ts";
import type { Command, Event } from "../../runtime/index.ts";
import { escapedParam } from "../dialog/address.ts";
import type { Board, LiveCall } from "../call.ts";
import { engage, mayServe } from "./engagement.ts";

/* Prompts and music by a media server (RFC 4240 3), whose BYE is the end of what it played. */

/** A prompt of whose length nothing is known ends before. */
const LONGEST_MS = 600_000;
/** For the server to fetch it. */
const MARGIN_MS = 10_000;
/** No recording has fewer: 8 kHz, a byte a sample. */
const LEAST_BYTES_PER_MS = 8;

export type Heard = Extract<Command, { type: "play" | "music" }>;

/** What the directory's media servers play to this caller; undefined where it is for our own media. */
export function announcementsFor(board: Board, call: LiveCall, command: Heard): string[] | undefined {
  const { prompts } = board.directory;
  if (prompts.served === undefined || !mayServe(board, call)) return undefined;
  const keys = command.type === "play" && command.keys !== undefined; // which our media have to hear
  if (keys || board.mediaServers.hops("annc", "", call.from).length === 0) return undefined;
  return urlsOf(prompts, command);
}

/** Plays the first of the URLs that the server has. `ours`: what our own media do where it fails. → `treatment.ended` */
export function announce(
  board: Board,
  call: LiveCall,
  { command, urls, ours }: { command: Heard; urls: string[]; ours: () => Promise<void> },
): Promise<void> {
  const { task } = command;
  const ms = command.type === "music" ? command.ms : undefined;
  const endless = command.type === "music" && ms === undefined;
  const told = (outcome: "done" | "missing" | "failed"): Event | undefined =>
    endless ? undefined : { type: "treatment.ended", call: call.id, task, outcome };
  let timer: NodeJS.Timeout | undefined;
  return engage(board, call, (end) => ({
    service: "annc",
    asked: urls.map((url) => announcing(command, url)),
    about: { urls },
    joined() {
      if (ms !== undefined) timer = setTimeout(() => end(told("done")), ms); // it may not know `duration`
    },
    limitMs: command.type === "play" ? longestMs(board.directory.prompts, command) : undefined,
    late: told("failed"),
    done: told("done"),
    missing: told("missing"),
    ours,
    over: () => clearTimeout(timer),
  }));
}

/** Times in ms (RFC 4240 3.1). */
export function announcing(command: Heard, url: string): string {
  const { language } = command;
  const its: [string, string | undefined][] =
    command.type === "music"
      ? [
          ["repeat", "forever"],
          ["duration", command.ms === undefined ? undefined : `${command.ms}`],
        ]
      : [];
  const all: [string, string | undefined][] = [["play", url], ...its, ["locale", language]];
  return all.map(([name, value]) => (value === undefined ? "" : `;${name}=${escapedParam(value)}`)).join("");
}

/** Those that are in our folder too, if any is; else all that may be there, the best first. */
export function urlsOf({ folder, served = "" }: Prompts, command: Heard): string[] {
  const files = filesOf(command);
  const here = files.filter((file) => existsSync(pathOf(folder, file)));
  const base = served.endsWith("/") ? served : `${served}/`;
  return (here.length > 0 ? here : files).map((file) => base + file.split("/").map(encodeURIComponent).join("/"));
}

/** How long a prompt may take at most, by the size of its recordings that are in our folder too; in ms. */
export function longestMs({ folder }: Prompts, command: Heard): number {
  const sizes = filesOf(command).flatMap(
    (file) => statSync(pathOf(folder, file), { throwIfNoEntry: false })?.size ?? [],
  );
  return sizes.length === 0 ? LONGEST_MS : Math.max(...sizes) / LEAST_BYTES_PER_MS + MARGIN_MS;
}

function filesOf(command: Heard): string[] {
  const names = command.type === "music" ? [command.name] : [command.prompt, command.otherwise ?? []].flat();
  return names.flatMap((name) => promptFiles(name, command.language));
}

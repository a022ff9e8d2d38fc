import { existsSync } from "node:fs";
import { join as pathOf } from "node:path";
import { type Prompts, promptFiles } from "../language/index.ts";
import type { Command } from "../runtime/index.ts";
import { escapedParam, uriOf } from "./address.ts";
import { join } from "./bridge.ts";
import { type Announcement, type Board, callerSdp, type LiveCall, part, quit } from "./call.ts";
import { HUNG_UP } from "./causes.ts";
import { dial } from "./dial.ts";
import { callerHeaders } from "./headers.ts";
import { type Hop, toHeader } from "./hop.ts";
import { isMixed } from "./mixing.ts";
import { partyOffered } from "./relay.ts";

/*
 * Prompts and music by a media server (RFC 4240 3): an INVITE whose URI says what to play, joined at once; its BYE is the end of what it
 * played.
 */

export type Heard = Extract<Command, { type: "play" | "music" }>;

/** What the directory's media servers play to this caller; undefined where it is for our own media, as before the answer. */
export function announcementsFor(board: Board, call: LiveCall, command: Heard): string[] | undefined {
  const { directory } = board;
  if (!call.leg || directory.prompts.served === undefined || hopsOf(board, call).length === 0) return undefined;
  // Our media have to hear the keys, and whom we record or listen to.
  if ((command.type === "play" && command.keys) || isMixed(board, call, [])) return undefined;
  return urlsOf(directory.prompts, command);
}

/** Plays the first of the URLs that the server has. `ours`: what our own media do where it fails. → `treatment.ended` */
export async function announce(
  board: Board,
  call: LiveCall,
  { command, urls, ours }: { command: Heard; urls: string[]; ours: () => Promise<void> },
): Promise<void> {
  const { task } = command;
  const ms = command.type === "music" ? command.ms : undefined;
  const endless = command.type === "music" && ms === undefined;
  const sound = { kind: "silence" } as const;
  call.sound = sound;
  await quit(call);
  if (call.ended || call.sound !== sound) return;
  call.media?.silence();
  const announcement: Announcement = { who: "annc", over: false, withdraw: () => undefined, here };
  call.announcement = announcement;
  let timer: NodeJS.Timeout | undefined;
  ask(0);

  function ask(at: number): void {
    const url = urls[at];
    if (url === undefined) return ended("missing");
    const giveUp = dial(
      board,
      { hops: hopsTo(board, call, command, url), sdp: callerSdp(call), headers: callerHeaders(call.from, call) },
      {
        ringing: () => undefined,
        answered(leg, trunk) {
          announcement.leg = leg;
          announcement.trunk = trunk;
          announcement.joined = hearIt();
          board.settle(call, announcement.joined);
        },
        failed: (status) => (status === 404 ? ask(at + 1) : failed(status)),
        gone: () => !announcement.joining && played(),
        offered: (other) => partyOffered(board, call, announcement, other),
      },
    );
    announcement.withdraw = (reason) => {
      clearTimeout(timer);
      announcement.over = true;
      giveUp(reason);
    };
  }

  async function hearIt(): Promise<void> {
    const joining = await join(board, call, announcement);
    if (announcement.over) return;
    if (joining !== "joined") return announcement.leg?.ended ? played() : failed(joining.status);
    if (ms !== undefined) timer = setTimeout(() => ended("done"), ms); // it may not know `duration`
  }

  async function here(): Promise<void> {
    if (announcement.over) return;
    const heard = call.sound;
    await quit(call);
    if (!call.ended && call.sound === heard) await ours();
  }

  /** The server has hung up. */
  function played(): void {
    if (endless) failed();
    else ended("done");
  }

  function failed(sip?: number): void {
    if (announcement.over) return;
    board.log.warn({ call: call.id, url: urls[0], sip }, "the media server failed; our own media play");
    leave();
    board.settle(call, ours());
  }

  function ended(outcome: "done" | "missing"): void {
    if (announcement.over) return;
    leave();
    if (outcome === "missing") board.log.warn({ call: call.id, urls }, "the media server has no such prompt");
    if (!endless) board.deliver({ type: "treatment.ended", call: call.id, task, outcome });
  }

  function leave(): void {
    announcement.withdraw(HUNG_UP);
    call.announcement = undefined;
    if (call.joined === announcement) part(call);
  }
}

/** The media servers, as whoever is called `annc` there. */
function hopsOf({ directory, ways, mediaServer }: Board, call: LiveCall): Hop[] {
  const uri = mediaServer && uriOf("annc", mediaServer);
  if (uri) return [{ uri, headers: toHeader(uri) }];
  return Object.values(directory.trunks)
    .filter(({ roles, to }) => roles.includes("media") && to.length > 0)
    .flatMap(({ id }) => ways.by(id, "annc", call.from));
}

/** The user is theirs to know, whatever the trunk says of numbers. */
function hopsTo(board: Board, call: LiveCall, command: Heard, url: string): Hop[] {
  const params = announcing(command, url);
  return hopsOf(board, call).flatMap((hop) => {
    const uri = uriOf("annc", hop.uri);
    return uri === undefined ? [] : [{ ...hop, uri: `${uri}${params}` }];
  });
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
function urlsOf({ folder, served = "" }: Prompts, command: Heard): string[] {
  const { language } = command;
  const names = command.type === "music" ? [command.name] : [command.prompt, command.otherwise ?? []].flat();
  const files = names.flatMap((name) => promptFiles(name, language));
  const here = files.filter((file) => existsSync(pathOf(folder, file)));
  const base = served.endsWith("/") ? served : `${served}/`;
  return (here.length > 0 ? here : files).map((file) => base + file.split("/").map(encodeURIComponent).join("/"));
}

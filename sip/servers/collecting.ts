import type { Command, Event } from "../../runtime/index.ts";
import { escapedParam } from "../dialog/address.ts";
import { longestMs, urlsOf } from "./announcement.ts";
import type { Board, LiveCall } from "../call.ts";
import { engage, mayServe } from "./engagement.ts";
import { answeredWithinMs, keysIn, type Question, questionDocument } from "./voicexml.ts";

/*
 * Digits by a media server (RFC 4240 4): it fetches from us, as VoiceXML, what it is to ask, and says what was pressed as a form (VoiceXML
 * 5.3.8), with its BYE (RFC 5552 4.2), or, as an Asterisk does, in a MESSAGE.
 */

type Asked = Extract<Command, { type: "play" }>;

/** What the directory's media servers ask this caller; undefined where it is for our own media. */
export function questionFor(board: Board, call: LiveCall, command: Asked): Question | undefined {
  const { prompts } = board.directory;
  const { keys, language } = command;
  // A server waits for ever for nobody.
  if (keys?.withinMs === undefined || !board.documents || !mayServe(board, call)) return undefined;
  if (prompts.served === undefined || prompts.dialogs === undefined) return undefined;
  if (board.mediaServers.hops("dialog", "", call.from).length === 0) return undefined;
  const { atMost, endedBy, withinMs, more } = keys;
  return { atMost, endedBy, language, urls: urlsOf(prompts, command), firstMs: more ? 0 : withinMs, withinMs };
}

/** `ours`: what our own media do where it fails. → `keys.collected`, or, where another prompt follows a silence, `treatment.ended` */
export function ask(
  board: Board,
  call: LiveCall,
  { command, question, ours }: { command: Asked; question: Question; ours: () => Promise<void> },
): Promise<void> {
  const { task, keys: wanted } = command;
  const said = (text: string | URLSearchParams): Event | undefined => {
    const keys = keysIn(text)?.slice(0, question.atMost);
    if (keys === undefined) return undefined;
    if (keys === "" && wanted?.more) return { type: "treatment.ended", call: call.id, task, outcome: "done" };
    return { type: "keys.collected", call: call.id, task, keys };
  };
  return engage(board, call, (end) => {
    const base = (board.directory.prompts.dialogs ?? "").replace(/\/+$/, "");
    let url = "";
    const document = board.documents?.offer((path) => {
      url = base + path;
      return {
        text: questionDocument(question, url),
        submitted(fields) {
          const event = said(fields);
          if (event) end(event);
        },
      };
    });
    return {
      service: "dialog",
      asked: [`;voicexml=${escapedParam(url)}`],
      about: { urls: question.urls },
      limitMs: longestMs(board.directory.prompts, command) + answeredWithinMs(question),
      said,
      ours,
      over: () => document?.withdraw(),
    };
  });
}

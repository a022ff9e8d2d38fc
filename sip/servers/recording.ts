import { escapedParam } from "../dialog/address.ts";
import type { Board, LiveCall } from "../call.ts";
import { engage, mayServe } from "./engagement.ts";
import { recordingDocument } from "./voicexml.ts";

/*
 * What a caller says, recorded by a media server (RFC 4240 4): it fetches from us, as VoiceXML, that it is to record, and uploads what it has
 * to the address of that document, once, also after the caller has hung up (VoiceXML 2.0 2.3.6).
 */

/** Of an upload, after the server was told to end. */
const UPLOAD_MS = 30_000;

export interface ToRecord {
  mostMs: number;
  language: string;
  about: object;
  /** From here on the server hears him. */
  joined(): void;
  /** Told once, unless our media record: a file, or undefined where none came. */
  recorded(file: Buffer | undefined): void;
  /** In our media instead, where the server fails before it has uploaded anything. */
  ours(): Promise<void>;
}

/** Whether a media server may record this caller. */
export function mayRecord(board: Board, call: LiveCall): boolean {
  const { documents, directory, mediaServers } = board;
  if (!documents || directory.prompts.dialogs === undefined || !mayServe(board, call)) return false;
  return mediaServers.hops("dialog", "", call.from).length > 0;
}

export function recordThere(
  board: Board,
  call: LiveCall,
  { mostMs, language, about, joined, recorded, ours }: ToRecord,
): Promise<void> {
  return engage(board, call, (end) => {
    const base = (board.directory.prompts.dialogs ?? "").replace(/\/+$/, "");
    let url = "";
    let waiting: NodeJS.Timeout | undefined;
    const document = board.documents?.offer((path) => {
      url = base + path;
      return { text: recordingDocument({ mostMs, language }, url), submitted: () => settle(), uploaded: settle };
    });

    function settle(file?: Buffer): void {
      document?.withdraw();
      end();
      clearTimeout(waiting);
      recorded(file);
    }

    return {
      service: "dialog",
      asked: [`;voicexml=${escapedParam(url)}`],
      about,
      joined,
      ours() {
        clearTimeout(waiting);
        document?.withdraw();
        return ours();
      },
      over: () => (waiting = setTimeout(settle, UPLOAD_MS)),
    };
  });
}

import { performance } from "node:perf_hooks";
import { isOurs } from "../language/index.ts";
import type { Event } from "../runtime/index.ts";
import type { Message, Messages } from "../runtime/node/index.ts";
import { userOf } from "./address.ts";
import type { AudioLeg } from "./audio.ts";
import { createBell } from "./bell.ts";
import { type Board, type LiveCall, release } from "./call.ts";
import { mediaOf } from "./caller.ts";
import { clipFiles } from "./saying/clips.ts";
import { agreeing, cardinal, tongueOf } from "./saying/spoken.ts";
import { english } from "./saying/english.ts";
import { parseUri } from "./endpoint/uri.ts";
import type { SipRequest } from "./srf.ts";
import type { SecretReader } from "./trunks/credentials.ts";
import { sameSecret } from "./trunks/digest.ts";

/*
 * Who calls the access number of a mailbox of ours hears its messages. No strategy runs for that, and the engine is not told of it.
 */

const TRIES = 3;
/** So many wrong PINs in a row, and for a quarter of an hour none is right. */
const MOST_WRONG = 10;
const CLOSED_MS = 15 * 60_000;
/** For the first key, and between two. */
const KEY_MS = 6000;
const MOST_DIGITS = 12;

export interface Visits {
  /** The mailboxes that are heard at this number. */
  at(number: string): string[];
  /** Takes the call; `phone` says whose phone it comes from. */
  receive(call: LiveCall, mailboxes: string[], phone: string | undefined): Promise<void>;
}

export function createVisits(board: Board, messages: Messages | undefined, secret: SecretReader): Visits {
  /** By mailbox: wrong PINs since the last right one, and until when it is closed. */
  const guesses = new Map<string, { wrong: number; closedUntil: number }>();

  function isOwnPhone(mailbox: string, phone: string | undefined): boolean {
    const { mailboxes, agents, devices, groups } = board.directory;
    const owner = mailboxes[mailbox]?.owner;
    if (!owner || phone === undefined) return false;
    const people = owner.kind === "agent" ? [owner.name] : (groups[owner.name]?.members ?? []);
    return people.some((agent) => devices[agents[agent]?.device ?? ""]?.user === phone);
  }

  function pinOf(mailbox: string): string | undefined {
    const pin = board.directory.mailboxes[mailbox]?.pin;
    return pin && secret(pin);
  }

  /** The mailbox that a PIN opens. */
  function opened(mailboxes: string[], said: string): string | undefined {
    return mailboxes.find((mailbox) => {
      const pin = pinOf(mailbox);
      const guess = guesses.get(mailbox) ?? { wrong: 0, closedUntil: 0 };
      if (pin === undefined || guess.closedUntil > performance.now()) return false;
      if (sameSecret(said, pin)) return guesses.delete(mailbox) || true;
      const wrong = guess.wrong + 1;
      guesses.set(
        mailbox,
        wrong < MOST_WRONG ? { wrong, closedUntil: 0 } : { wrong: 0, closedUntil: performance.now() + CLOSED_MS },
      );
      return false;
    });
  }

  return {
    at: (number) =>
      messages
        ? Object.values(board.directory.mailboxes).flatMap(({ id, access }) =>
            access === number && isOurs(id, board.directory) ? [id] : [],
          )
        : [],

    async receive(call, mailboxes, phone) {
      if (!messages) return;
      const locked = mailboxes.filter((mailbox) => pinOf(mailbox) !== undefined);
      const own = mailboxes.find((mailbox) => !board.directory.mailboxes[mailbox]?.pin && isOwnPhone(mailbox, phone));
      if (own === undefined && locked.length === 0) {
        call.invite?.reply.send(403);
        return release(board, call);
      }
      const listener = await listen(board, call);
      if (!listener) return;
      const mailbox = own ?? (await askPin(listener, (said) => opened(locked, said)));
      if (mailbox !== undefined) await hearAll(listener, messages, mailbox);
      release(board, call);
    },
  };
}

/** The user name of a phone that registers without a password, where the request comes from its contact. */
export function phoneAt({ directory, registrar }: Board, request: SipRequest): string | undefined {
  const user = userOf(request.get("From"));
  const device = Object.values(directory.devices).find((each) => each.user === user && each.trunk === undefined);
  if (!device || device.password) return undefined;
  const from = `${request.source_address}:${request.source_port}`;
  const isThere = registrar.contacts(user).some(({ uri, proxy }) => {
    const at = parseUri(proxy ?? uri);
    return at !== undefined && `${at.host}:${at.port ?? 5060}` === from;
  });
  return isThere ? user : undefined;
}

/** Somebody who hears prompts and presses keys. */
interface Listener {
  readonly gone: boolean;
  /** Lets him hear clips and messages, until he presses a key, which is given to who asks for one next. */
  tell(...clips: (string | { file: string })[]): Promise<void>;
  /** His next key; undefined where none comes in time, or he is gone. */
  key(): Promise<string | undefined>;
  count(many: number): string[];
}

async function listen(board: Board, call: LiveCall): Promise<Listener | undefined> {
  const language = board.directory.site.languages.find((each) => tongueOf(each)) ?? "en";
  const tongue = tongueOf(language) ?? english;
  const keys: string[] = [];
  const bell = createBell();
  const is = { playing: 0, gone: false };
  const deliver = (event: Event): void => {
    if (event.type === "digit.pressed") keys.push(event.digit);
    if (event.type === "treatment.ended" && event.task === is.playing) is.playing = 0;
    if (event.type === "call.gone") is.gone = true;
    bell.ring();
  };
  const media: AudioLeg | undefined = await mediaOf({ ...board, deliver }, call);
  if (!media) return undefined;
  let told = 0;

  async function until(done: () => boolean, withinMs?: number): Promise<void> {
    const wait = { over: false };
    const end = (): void => {
      wait.over = true;
      bell.ring();
    };
    const timer = withinMs === undefined ? undefined : setTimeout(end, withinMs);
    while (!done() && !is.gone && !wait.over) await bell.rung();
    clearTimeout(timer);
  }

  return {
    get gone() {
      return is.gone;
    },
    async tell(...clips) {
      if (keys.length > 0 || is.gone) return;
      const files = clips.flatMap((clip) =>
        typeof clip === "string" ? clipFiles([clip], language, board.directory.prompts) : [clip.file],
      );
      is.playing = ++told;
      call.sound = { kind: "files", task: told, prompt: "mailbox", files, loop: false };
      media.play(told, files, false);
      await until(() => is.playing === 0 || keys.length > 0);
      if (is.playing !== 0) media.silence();
    },
    async key() {
      await until(() => keys.length > 0, KEY_MS);
      return is.gone ? undefined : keys.shift();
    },
    count: (many) => (many === 1 ? agreeing(1, "masculine", tongue) : cardinal(many, tongue)),
  };
}

/** What the PIN opens; undefined where none is right. */
async function askPin(listener: Listener, opened: (said: string) => string | undefined): Promise<string | undefined> {
  for (let tries = 0; tries < TRIES && !listener.gone; tries++) {
    await listener.tell("enter-pin");
    let said = "";
    for (let key = await listener.key(); key !== undefined && key !== "#"; key = await listener.key()) {
      if (said.length < MOST_DIGITS) said += key;
    }
    const mailbox = said === "" ? undefined : opened(said);
    if (mailbox !== undefined) return mailbox;
    await listener.tell("wrong");
  }
  return undefined;
}

/** How many there are, then one after another, the new ones first. */
async function hearAll(listener: Listener, messages: Messages, mailbox: string): Promise<void> {
  const all = await messages.list(mailbox);
  const [fresh, old] = [all.filter(({ heard }) => !heard), all.filter(({ heard }) => heard)];
  const counted = (many: number, kind: string): string[] =>
    many > 0 ? [...listener.count(many), many === 1 ? `${kind}-message` : `${kind}-messages`, "pause"] : [];
  if (all.length === 0) return listener.tell("no-messages");
  await listener.tell(...counted(fresh.length, "new"), ...counted(old.length, "old"));
  for (const message of [...fresh, ...old]) {
    if (listener.gone || (await hearOne(listener, messages, message)) === "finish") return;
  }
  await listener.tell("no-more-messages");
}

async function hearOne(listener: Listener, messages: Messages, { mailbox, id }: Message): Promise<"next" | "finish"> {
  const file = await messages.fileOf(mailbox, id);
  if (file === undefined) return "next"; // removed meanwhile
  for (;;) {
    await listener.tell({ file }, "pause");
    if (listener.gone) return "finish";
    await messages.mark(mailbox, id, true);
    await listener.tell("message-menu");
    const key = await listener.key();
    if (key === "1") continue;
    if (key === "*") return "finish";
    if (key !== "3") return "next";
    await messages.remove(mailbox, id);
    await listener.tell("deleted");
    return "next";
  }
}

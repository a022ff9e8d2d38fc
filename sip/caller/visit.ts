import type { Directory } from "../../language/index.ts";
import type { Message, Messages } from "../../runtime/node/index.ts";
import { userOf } from "../dialog/address.ts";
import type { Board, LiveCall } from "../call.ts";
import { answer, mediaOf } from "./caller.ts";
import { clipFiles } from "../saying/clips.ts";
import { agreeing, cardinal, tongueOf } from "../saying/spoken.ts";
import { english } from "../saying/english.ts";
import { parseUri } from "../endpoint/uri.ts";
import type { SipRequest } from "../dialog/srf.ts";
import { registering } from "../site/devices.ts";
import type { SecretReader } from "../trunks/credentials.ts";
import type { Logger } from "../log.ts";
import { createPins, type Pins } from "./pins.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

/*
 * Who calls the access number of a mailbox of ours hears its messages. How he was let in, and that he is done, is told; what he keys in is not.
 */

const TRIES = 3;
const MOST_DIGITS = 12;
/** Of a caller's number, which he may write as long as he likes. */
const MOST_CHARACTERS = 64;

/** → `call.answered`, `visit.refused`, `visit.opened`, at last `visit.ended` */
export async function visit(board: Board, call: LiveCall, mailboxes: readonly string[]): Promise<void> {
  const { id, phone } = call;
  const { messages, directory } = board;
  const owns = (mailbox: string): boolean => isOwnPhone(board, mailbox, phone);
  const locked = mailboxes.filter((mailbox) => directory.mailboxes[mailbox]?.pin);
  const own = mailboxes.find((mailbox) => !locked.includes(mailbox) && owns(mailbox));
  if (!messages || (own === undefined && locked.length === 0)) {
    return board.deliver({ type: "visit.ended", call: id, sip: 403 });
  }
  call.visitor ??= createVisitor();
  await answer(board, call, false);
  if (call.ended) return;
  const listener = listenerTo(board, call, call.visitor);
  const mailbox = own ?? (await askPin(listener, opening));
  if (mailbox !== undefined && !call.ended) {
    board.deliver({ type: "visit.opened", call: id, mailbox, by: own === undefined ? "pin" : "phone" });
    await hearAll(listener, messages, mailbox);
  }
  if (!call.ended) board.deliver({ type: "visit.ended", call: id });

  function opening(said: string): string | undefined {
    const opened = board.pins.open(locked, said, { source: sourceOf(call), owns });
    if ("mailbox" in opened) return opened.mailbox;
    board.deliver({ type: "visit.refused", call: id, reason: opened.refused });
    return undefined;
  }
}

/** As the directory has them from moment to moment. */
export function pinsIn(directory: () => Directory, secret: SecretReader, log: Logger): Pins {
  function pinOf(mailbox: string): string | undefined {
    const pin = directory().mailboxes[mailbox]?.pin;
    return pin && secret(pin);
  }
  return createPins(pinOf, (mailboxes) =>
    log.warn({ mailboxes }, "a PIN that several mailboxes of one number have opens none of them"),
  );
}

function isOwnPhone({ directory }: Board, mailbox: string, phone: string | undefined): boolean {
  const { mailboxes, agents, devices, groups } = directory;
  const owner = mailboxes[mailbox]?.owner;
  if (!owner || phone === undefined) return false;
  const people = owner.kind === "agent" ? [owner.name] : (groups[owner.name]?.members ?? []);
  return people.some((agent) => devices[agents[agent]?.device ?? ""]?.user === phone);
}

/** The user name of a phone that registers without a password, where the request comes from its contact. */
export function phoneAt({ directory, registrar }: Board, request: SipRequest): string | undefined {
  const user = userOf(request.get("From"));
  const device = registering(user, directory);
  if (!device || device.password) return undefined;
  const from = `${request.source_address}:${request.source_port}`;
  const isThere = registrar.contacts(user).some(({ uri, proxy }) => {
    const at = parseUri(proxy ?? uri);
    return at !== undefined && `${at.host}:${at.port ?? 5060}` === from;
  });
  return isThere ? user : undefined;
}

/** By whom wrong PINs are counted. */
function sourceOf({ trunk, from, phone }: LiveCall): string {
  return phone === undefined ? `${trunk ?? "here"} ${from.slice(0, MOST_CHARACTERS)}` : `phone ${phone}`;
}

/** Somebody who hears prompts and presses keys. */
interface Listener extends Pick<Visitor, "gone" | "key"> {
  /** Lets him hear clips and messages, until he presses a key, which is given to who asks for one next. */
  tell(...clips: (string | { file: string })[]): Promise<void>;
  count(many: number): string[];
}

function listenerTo(board: Board, call: LiveCall, visitor: Visitor): Listener {
  const language = board.directory.site.languages.find((each) => tongueOf(each)) ?? "en";
  const tongue = tongueOf(language) ?? english;
  let told = 0;
  return {
    get gone() {
      return visitor.gone;
    },
    key: visitor.key,
    async tell(...clips) {
      // Media may have failed meanwhile.
      const media = visitor.pressing || visitor.gone ? undefined : await mediaOf(board, call);
      if (!media) return;
      const files = clips.flatMap((clip) =>
        typeof clip === "string" ? clipFiles([clip], language, board.directory.prompts) : [clip.file],
      );
      const task = ++told;
      call.sound = { kind: "files", task, prompt: "mailbox", files, loop: false };
      media.play(task, files, false);
      if (!(await visitor.hears(task)) && !visitor.gone) media.silence();
    },
    count: (many) => (many === 1 ? agreeing(1, "masculine", tongue) : cardinal(many, tongue)),
  };
}

/** What the PIN opens; undefined where none is right. */
async function askPin(listener: Listener, open: (said: string) => string | undefined): Promise<string | undefined> {
  for (let tries = 0; tries < TRIES && !listener.gone; tries++) {
    await listener.tell("enter-pin");
    let said = "";
    for (let key = await listener.key(); key !== undefined && key !== "#"; key = await listener.key()) {
      if (said.length < MOST_DIGITS) said += key;
    }
    // What he had not keyed in to its end was no guess.
    const mailbox = said === "" || listener.gone ? undefined : open(said);
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

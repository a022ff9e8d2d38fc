import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

/** A message in a mailbox of ours, as it stands beside its sound. */
export interface Message {
  id: string;
  mailbox: string;
  call: string;
  from: string;
  to: string;
  subject?: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  lengthMs: number;
  /** Whether somebody has heard it. */
  heard: boolean;
}

/** So many one mailbox holds: three minutes each are 3 GB, and callers leave as many as they like. */
const MOST = 1000;

/** A message that is being left: its sound goes to `file`, and it is in the mailbox once it is kept. */
export interface Draft {
  file: string;
  keep(lengthMs: number): Promise<void>;
  discard(): Promise<void>;
}

/** The messages of the mailboxes that we keep: a folder a mailbox, a WAV file and its notes as JSON a message. */
export interface Messages {
  /** Rejects where the mailbox is full. */
  begin(about: Pick<Message, "mailbox" | "call" | "from" | "to" | "subject">): Promise<Draft>;
  /** The oldest first. */
  list(mailbox: string): Promise<Message[]>;
  /** Where its sound is; undefined where there is no such message. */
  fileOf(mailbox: string, id: string): Promise<string | undefined>;
  /** False: there is no such message. */
  mark(mailbox: string, id: string, heard: boolean): Promise<boolean>;
  remove(mailbox: string, id: string): Promise<boolean>;
  count(mailbox: string): Promise<{ new: number; old: number }>;
  /**
   * Puts what was being left when a run died into its mailbox, as far as it was heard. To be called before any message is begun, when nobody
   * can heed a change yet: it comes to how those mailboxes are now.
   */
  recover(): Promise<{ mailbox: string; new: number; old: number }[]>;
}

export interface MessagesOptions {
  /** Made when it is first needed. */
  folder: string;
  /** Told after each change of a mailbox. */
  changed(mailbox: string, counts: { new: number; old: number }): void;
  /** Notes that cannot be read: the message is left out. */
  failed(file: string, reason: string): void;
  /** How many messages one mailbox holds. */
  most?: number;
}

/** Notes of a message that is being left, which no mailbox lists. */
const BEGUN = ".begun";
/** Bytes of a WAV file before its sound, and of a millisecond of it: 8 kHz, 16 bits. */
const WAV = { header: 44, ms: 16 };
/** What is shorter was no message. */
const LEAST_MS = 1000;

/** Sortable by time, and a name of nothing else. */
const ID = /^\d{8}T\d{9}Z-[0-9a-f]{8}$/;

export function createMessages({ folder, changed, failed, most = MOST }: MessagesOptions): Messages {
  const folderOf = (mailbox: string): string => join(folder, encodeURIComponent(mailbox).replaceAll(".", "%2E"));
  const pathOf = (mailbox: string, id: string, end: "wav" | "json"): string => join(folderOf(mailbox), `${id}.${end}`);

  /** Whoever changes a mailbox: two who do it at once would undo one another's work. */
  const turns = new Map<string, Promise<unknown>>();
  function inTurn<T>(mailbox: string, act: () => Promise<T>): Promise<T> {
    const done = (turns.get(mailbox) ?? Promise.resolve()).then(act);
    turns.set(
      mailbox,
      done.catch(() => undefined),
    );
    return done;
  }

  async function read(mailbox: string, id: string): Promise<Message | undefined> {
    const path = pathOf(mailbox, id, "json");
    try {
      return JSON.parse(await readFile(path, "utf8"));
    } catch (error) {
      if (!isMissing(error)) failed(path, String(error));
      return undefined;
    }
  }

  /** Whole or not at all, whatever happens meanwhile. */
  async function write(message: Message): Promise<void> {
    const path = pathOf(message.mailbox, message.id, "json");
    await writeFile(`${path}.new`, `${JSON.stringify(message, undefined, 2)}\n`, { mode: 0o600 });
    await rename(`${path}.new`, path);
  }

  /** Of all messages, the oldest first. */
  async function idsIn(mailbox: string): Promise<string[]> {
    const names = await readdir(folderOf(mailbox)).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    const ids = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
    return ids.filter((id) => ID.test(id)).toSorted();
  }

  async function list(mailbox: string): Promise<Message[]> {
    const found = await Promise.all((await idsIn(mailbox)).map((id) => read(mailbox, id)));
    return found.filter((message) => message !== undefined);
  }

  async function count(mailbox: string): Promise<{ new: number; old: number }> {
    const all = await list(mailbox);
    const old = all.filter(({ heard }) => heard).length;
    return { new: all.length - old, old };
  }

  async function tell(mailbox: string): Promise<void> {
    changed(mailbox, await count(mailbox));
  }

  /** It is in the mailbox from here on. */
  async function put(message: Message): Promise<void> {
    await write(message);
    await rm(`${pathOf(message.mailbox, message.id, "wav")}${BEGUN}`, { force: true });
  }

  return {
    async begin(about) {
      if ((await idsIn(about.mailbox)).length >= most) throw new Error(`the mailbox is full: it has ${most} messages`);
      await mkdir(folderOf(about.mailbox), { recursive: true, mode: 0o700 });
      const receivedAt = new Date().toISOString();
      const id = `${receivedAt.replace(/[-:.]/g, "")}-${randomBytes(4).toString("hex")}`;
      const file = pathOf(about.mailbox, id, "wav");
      const message: Message = { id, ...about, receivedAt, lengthMs: 0, heard: false };
      await writeFile(`${file}${BEGUN}`, JSON.stringify(message), { mode: 0o600 });
      return {
        file,
        keep: (lengthMs) =>
          inTurn(about.mailbox, async () => {
            await put({ ...message, lengthMs });
            await tell(about.mailbox);
          }),
        async discard() {
          await rm(file, { force: true });
          await rm(`${file}${BEGUN}`, { force: true });
        },
      };
    },
    async recover() {
      const names = await readdir(folder, { recursive: true }).catch(() => []);
      const mailboxes = new Set<string>();
      for (const name of names.filter((each) => each.endsWith(BEGUN))) {
        const [notes, sound] = [join(folder, name), join(folder, name.slice(0, -BEGUN.length))];
        try {
          const message: Message = JSON.parse(await readFile(notes, "utf8"));
          const lengthMs = Math.floor(((await sizeOf(sound)) - WAV.header) / WAV.ms);
          if (lengthMs >= LEAST_MS) {
            await put({ ...message, lengthMs });
            mailboxes.add(message.mailbox);
          } else for (const path of [sound, notes]) await rm(path, { force: true });
        } catch (error) {
          failed(notes, String(error));
        }
      }
      return Promise.all([...mailboxes].map(async (mailbox) => ({ mailbox, ...(await count(mailbox)) })));
    },
    list,
    count,
    async fileOf(mailbox, id) {
      return ID.test(id) && (await read(mailbox, id)) ? pathOf(mailbox, id, "wav") : undefined;
    },
    mark: (mailbox, id, heard) =>
      inTurn(mailbox, async () => {
        const message = ID.test(id) ? await read(mailbox, id) : undefined;
        if (!message) return false;
        if (message.heard === heard) return true;
        await write({ ...message, heard });
        await tell(mailbox);
        return true;
      }),
    remove: (mailbox, id) =>
      inTurn(mailbox, async () => {
        if (!ID.test(id) || !(await read(mailbox, id))) return false;
        await rm(pathOf(mailbox, id, "json"), { force: true });
        await rm(pathOf(mailbox, id, "wav"), { force: true });
        await tell(mailbox);
        return true;
      }),
  };
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

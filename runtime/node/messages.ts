import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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

/** A message that is being left: its sound goes to `file`, and it is in the mailbox once it is kept. */
export interface Draft {
  file: string;
  keep(lengthMs: number): Promise<void>;
  discard(): Promise<void>;
}

/** The messages of the mailboxes that we keep: a folder a mailbox, a WAV file and its notes as JSON a message. */
export interface Messages {
  begin(about: Pick<Message, "mailbox" | "call" | "from" | "to" | "subject">): Promise<Draft>;
  /** The oldest first. */
  list(mailbox: string): Promise<Message[]>;
  /** Where its sound is; undefined where there is no such message. */
  fileOf(mailbox: string, id: string): Promise<string | undefined>;
  /** False: there is no such message. */
  mark(mailbox: string, id: string, heard: boolean): Promise<boolean>;
  remove(mailbox: string, id: string): Promise<boolean>;
  count(mailbox: string): Promise<{ new: number; old: number }>;
}

export interface MessagesOptions {
  /** Made when it is first needed. */
  folder: string;
  /** Told after each change of a mailbox. */
  changed(mailbox: string, counts: { new: number; old: number }): void;
  /** Notes that cannot be read: the message is left out. */
  failed(file: string, reason: string): void;
}

/** Sortable by time, and a name of nothing else. */
const ID = /^\d{8}T\d{9}Z-[0-9a-f]{8}$/;

export function createMessages({ folder, changed, failed }: MessagesOptions): Messages {
  const folderOf = (mailbox: string): string => join(folder, encodeURIComponent(mailbox).replaceAll(".", "%2E"));
  const pathOf = (mailbox: string, id: string, end: "wav" | "json"): string => join(folderOf(mailbox), `${id}.${end}`);

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

  async function list(mailbox: string): Promise<Message[]> {
    const names = await readdir(folderOf(mailbox)).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    const ids = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
    const found = await Promise.all(
      ids
        .filter((id) => ID.test(id))
        .toSorted()
        .map((id) => read(mailbox, id)),
    );
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

  return {
    async begin(about) {
      await mkdir(folderOf(about.mailbox), { recursive: true, mode: 0o700 });
      const receivedAt = new Date().toISOString();
      const id = `${receivedAt.replace(/[-:.]/g, "")}-${randomBytes(4).toString("hex")}`;
      const file = pathOf(about.mailbox, id, "wav");
      return {
        file,
        async keep(lengthMs) {
          await write({ id, ...about, receivedAt, lengthMs, heard: false });
          await tell(about.mailbox);
        },
        discard: () => rm(file, { force: true }),
      };
    },
    list,
    count,
    async fileOf(mailbox, id) {
      return ID.test(id) && (await read(mailbox, id)) ? pathOf(mailbox, id, "wav") : undefined;
    },
    async mark(mailbox, id, heard) {
      const message = ID.test(id) ? await read(mailbox, id) : undefined;
      if (!message) return false;
      if (message.heard === heard) return true;
      await write({ ...message, heard });
      await tell(mailbox);
      return true;
    },
    async remove(mailbox, id) {
      if (!ID.test(id) || !(await read(mailbox, id))) return false;
      await rm(pathOf(mailbox, id, "json"), { force: true });
      await rm(pathOf(mailbox, id, "wav"), { force: true });
      await tell(mailbox);
      return true;
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

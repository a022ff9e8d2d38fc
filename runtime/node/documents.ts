import { randomBytes } from "node:crypto";

/** What somebody outside fetches once it is needed, and answers as a form is. */
export interface Document {
  /** XML. */
  text: string;
  submitted(fields: URLSearchParams): void;
  /** Or by a file, where one is wanted. */
  uploaded?(file: Buffer): void;
}

/** Where the `http` address of a run has them. */
export const DOCUMENTS = "/dialogs/";

/** Documents by addresses that nobody guesses, each for as long as it is needed. */
export interface Documents {
  /** `write` is told the path of its address. */
  offer(write: (path: string) => Document): { withdraw(): void };
  find(key: string): Document | undefined;
}

export function createDocuments(): Documents {
  const offered = new Map<string, Document>();
  return {
    offer(write) {
      const key = randomBytes(18).toString("base64url");
      offered.set(key, write(DOCUMENTS + key));
      return { withdraw: () => void offered.delete(key) };
    },
    find: (key) => offered.get(key),
  };
}

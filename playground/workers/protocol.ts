/* What the page and a worker say to each other. */

/** What a worker can be asked: plain functions of plain data. */
export type Handlers = { [what: string]: (...given: never[]) => unknown };

/** `never` on the side that hears: by the name asked for, sender and hearer agree on what it is. */
export interface Question<Given = unknown[]> {
  id: number;
  what: string;
  given: Given;
}

/** `news` come while an answer is on its way: how far it is. */
export type Reply<Answer = unknown> = { id: number } & ({ answer: Answer } | { failed: string } | { news: unknown });

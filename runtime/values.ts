/**
 * What a strategy computes with: plain data, so that a waiting call is plain data.
 * Numbers, texts and yes/no are themselves; everything else is tagged by `is`.
 */
export type Value =
  | string
  | number
  | boolean
  | null // `missing`
  | { is: "duration"; ms: number } // `never` is Infinity, written as `{ is: "never" }` in journals
  | { is: "never" }
  | { is: "word"; word: string } // a bare constant: `ready`, `worker`, an outcome
  | { is: "thing"; noun: string; name: string } // `group Accounts`, `agent luc` …
  | { is: "time"; minutes: number }
  | { is: "date"; year: number; month: number; day: number }
  | { is: "moment"; at: number }
  | { is: "percent"; value: number }
  | { is: "list"; items: Value[] }
  | { is: "record"; fields: { [key: string]: Value } };

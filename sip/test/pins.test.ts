import { expect, it } from "vitest";
import { createPins } from "../caller/pins.ts";

const all = ["ana", "ben", "cleo", "dan"];
const pins: Record<string, string> = { ana: "1111", ben: "2222", cleo: "3333", dan: "3333" };
const MINUTE = 60_000;

function door() {
  const time = { now: 0 };
  const shared: unknown[] = [];
  const { open } = createPins(
    (mailbox) => pins[mailbox],
    (mailboxes) => shared.push(mailboxes),
    () => time.now,
  );
  /** What it opens, else why not. `from` `phone of ana`: a phone of hers. */
  const opens = (said: string, from = "a stranger", mailboxes = all): string => {
    const opened = open(mailboxes, said, { source: from, owns: (mailbox) => from === `phone of ${mailbox}` });
    return "mailbox" in opened ? opened.mailbox : opened.refused;
  };
  const guess = (times: number, from: (nth: number) => string = () => "a stranger"): string[] =>
    Array.from({ length: times }, (_, nth) => opens("0000", from(nth)));
  return { time, shared, opens, guess };
}

const times = (many: number, what: string): string[] => Array.from({ length: many }, () => what);

it("of mailboxes at one number the PIN says which, and who opens his own closes nobody else's", () => {
  const { opens } = door();
  for (let nth = 0; nth < 30; nth++) expect(opens("2222")).toBe("ben");
  expect(opens("1111")).toBe("ana");
});

it("one that several have opens none, counts as no guess, and is told", () => {
  const { opens, shared } = door();
  for (let nth = 0; nth < 30; nth++) expect(opens("3333")).toBe("shared");
  expect(shared[0]).toEqual(["cleo", "dan"]);
  expect([opens("1111"), opens("3333", "a stranger", ["cleo"])]).toEqual(["ana", "cleo"]);
});

it("who has no PIN is opened by none", () => {
  const { opens } = door();
  expect([opens("", "x", ["eva"]), opens("undefined", "x", ["eva"])]).toEqual(["too_many", "too_many"]);
});

it("of ten wrong ones from one number none more is looked at, but one after five minutes; nobody else is kept out", () => {
  const { time, opens, guess } = door();
  expect(guess(12)).toEqual([...times(10, "wrong"), ...times(2, "too_many")]);
  expect(opens("1111")).toBe("too_many");
  expect([opens("1111", "another"), opens("2222", "a third")]).toEqual(["ana", "ben"]);
  time.now = 5 * MINUTE - 1;
  expect(opens("1111")).toBe("too_many");
  time.now += 1;
  expect([opens("1111"), ...guess(2)]).toEqual(["ana", "wrong", "too_many"]);
});

it("a right one does not make wrong ones undone: nobody guesses at others by opening his own in between", () => {
  const { opens, guess } = door();
  const looked = Array.from({ length: 20 }, () => [opens("2222"), ...guess(2)]).flat();
  expect(looked.filter((each) => each === "wrong")).toHaveLength(10);
});

it("from ever other numbers twenty are looked at, then one each ten minutes; the owner's phone, and who has opened it before, are let in", () => {
  const { time, opens, guess } = door();
  expect(opens("1111", "ana's mobile")).toBe("ana");
  expect(guess(25, (nth) => `number ${nth}`)).toEqual([...times(20, "wrong"), ...times(5, "too_many")]);
  expect(opens("1111", "the right one from elsewhere")).toBe("too_many");
  expect([opens("1111", "phone of ana"), opens("1111", "ana's mobile")]).toEqual(["ana", "ana"]);
  expect(opens("2222", "ana's mobile")).toBe("wrong");
  time.now = 10 * MINUTE;
  expect(guess(2, (nth) => `later ${nth}`)).toEqual(["wrong", "too_many"]);
});

it("a guess a minute from ever other numbers finds no PIN of four digits in a month", () => {
  const { time, opens } = door();
  let looked = 0;
  for (let minute = 0; minute < 30 * 24 * 60; minute++) {
    time.now = minute * MINUTE;
    if (opens("0000", `number ${minute}`) === "wrong") looked++;
  }
  expect(looked).toBeLessThan(5_000);
});

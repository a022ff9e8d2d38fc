import { letters, numbered } from "./letters.ts";
import type { Tongue } from "./tongue.ts";

const ORDINALS =
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth " +
  "seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth " +
  "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first";

export const english: Tongue = {
  clips: {
    ...numbered(
      "",
      0,
      "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    ),
    "30": "thirty",
    "40": "forty",
    "50": "fifty",
    "60": "sixty",
    "70": "seventy",
    "80": "eighty",
    "90": "ninety",
    hundred: "hundred",
    thousand: "thousand",
    million: "million",
    minus: "minus",
    point: "point",
    plus: "plus",
    star: "star",
    hash: "hash",
    percent: "percent",
    unknown: "unknown",
    yes: "yes",
    no: "no",
    and: "and",
    day: "day",
    days: "days",
    hour: "hour",
    hours: "hours",
    minute: "minute",
    minutes: "minutes",
    second: "second",
    seconds: "seconds",
    oh: "oh",
    "enter-pin": "Please enter your PIN, then press hash.",
    wrong: "That is not right.",
    "new-message": "new message",
    "new-messages": "new messages",
    "old-message": "old message",
    "old-messages": "old messages",
    "no-messages": "There are no messages.",
    "message-menu":
      "To hear it again, press 1. For the next one, press 2. To delete it, press 3. To finish, press star.",
    deleted: "It is deleted.",
    "no-more-messages": "There are no more messages.",
    am: "AM",
    pm: "PM",
    ...numbered("month-", 1, "January February March April May June July August September October November December"),
    ...numbered("day-", 1, ORDINALS),
    ...letters("A B C D E F G H I J K L M N O P Q R S T U V W X Y zee"),
  },
  numbers: {
    own: 20,
    tensAnd: [],
    hundreds: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => [String(digit), "hundred"]),
    scales: [
      { size: 1_000_000, one: ["1", "million"], many: "million" },
      { size: 1000, one: ["1", "thousand"], many: "thousand" },
    ],
    agreeing: { masculine: {}, feminine: {} },
  },
  units: [
    { ms: 86_400_000, one: "day", many: "days", gender: "masculine" },
    { ms: 3_600_000, one: "hour", many: "hours", gender: "masculine" },
    { ms: 60_000, one: "minute", many: "minutes", gender: "masculine" },
    { ms: 1000, one: "second", many: "seconds", gender: "masculine" },
  ],
  time: {
    lead: { one: [], other: [] },
    gender: "masculine",
    minutes: { few: ["oh"], many: [] },
    parts: [
      [0, "am"],
      [12, "pm"],
    ],
  },
  date: ["month", "day", "year"],
  days: Object.fromEntries(Array.from({ length: 31 }, (_, index) => [index + 1, `day-${index + 1}`])),
};

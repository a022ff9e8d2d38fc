import { Lexer, type TokenType } from "./chevrotain.ts";

/*
 * The words and signs of the language, each once. The lexer knows signs, literals and one pattern for words; which word is a
 * keyword is looked up afterwards (lex.ts), so no keyword can cut a longer word in two and start-up stays short.
 */

/**
 * Without Chevrotain's `createToken`, which goes over all tokens of a category each time one is added: it took a third of the
 * start. The lexer and the parser number all of them when they are made.
 */
function kind(name: string, label: string, pattern: RegExp | string, ...categories: TokenType[]): TokenType {
  return { name, LABEL: label, PATTERN: pattern, CATEGORIES: categories };
}

/** What stands between words: left out, or kept apart from them. */
function grouped(name: string, pattern: RegExp, group: string): TokenType {
  return { name, PATTERN: pattern, GROUP: group };
}

/** Any word at all: after `.`, as a record key and after a noun. */
export const AnyName = kind("AnyName", "a name", Lexer.NA);
/** A word an author may use as a name of his own: everything but the reserved words. */
export const Word = kind("Word", "a name", Lexer.NA, AnyName);
/** A reserved word that names a kind of thing: `group Accounts`. `mailbox` stands alone, for `mailbox of group Accounts`. */
export const Noun = kind("Noun", "a noun", Lexer.NA, AnyName);
/** Stands between two values; besides these only `starts with` does. */
export const Operator = kind("Operator", "an operator", Lexer.NA);
/** State of an agent in a test. */
export const StateWord = kind("StateWord", "a state", Lexer.NA, Word);
/** A figure of a queue, of people or of a trunk, which a test may state: `ewt(queue Vip) is 6m`. */
export const Statistic = kind("Statistic", "a statistic", Lexer.NA, Word);
/** A day of the week. */
export const Day = kind("Day", "a day", Lexer.NA, Word);

type Split<List extends string, Found = never> = List extends `${infer First} ${infer Rest}`
  ? Split<Rest, Found | First>
  : Found | List;

function words<const List extends string>(list: List, ...categories: TokenType[]): { [K in Split<List>]: TokenType } {
  const type = (word: string): TokenType => kind(`${word}Word`, `\`${word}\``, Lexer.NA, ...categories);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries forgets the keys that it was given
  return Object.fromEntries(list.split(" ").map((word) => [word, type(word)])) as { [K in Split<List>]: TokenType };
}

/** Words by spelling, reserved ones first. */
export const W = {
  ...words("and or in", AnyName, Operator),
  ...words(
    "not is starts yes no never missing if then else match let all top agents mailbox run collect fetch",
    AnyName,
  ),
  ...words("agent group queue trunk bot site flag counter number numbers", Noun),

  ...words("strategy test use calendar sub traffic plan entry default route to secret after", Word),
  ...words("early media most zone open holiday yearly hours holidays", Word),
  ...words("mon tue wed thu fri sat sun", Day),
  ...words("set call answer with ringback play music for silence wait ring voicemail subject", Word),
  ...words("hangup reject redirect note count leave once on found withheld", Word),
  ...words(
    "say record pause resume loop times stop split every uninterrupted try return digit digits ended tries",
    Word,
  ),
  ...words("send GET POST PUT PATCH DELETE preview one people sound ask over uui json hex text header", Word),
  ...words("dial via order rotate random transfer refer callback expires attempts first announce", Word),
  ...words("priority rising up tier when choose by keep place of exclude showing at add only again as soon", Word),
  ...words("give while offer confirmed no_answer makes", Word),
  ...words(
    "clock prompt accepts declines ignores releases goes talks until kind answers does takes transfers speaks",
    Word,
  ),
  ...words("replies silent from data hangs presses expect offered answered hears waits ends twice", Word),
  ...words("within before http", Word),
  ...words("during seed replications per hour each talk wrap_up patience between target", Word),
  ...words("lognormal weibull constant mean sd shape", Word),
  ...words("not_ready offline talking", StateWord),
  ...words("ready", StateWord, Statistic),
  ...words("ewt position waiting longest_wait asa abandon_rate service_level staffed reachable busy", Statistic),
  ...words("aht occupancy idle active free calls site_waits", Statistic),
};

function sign(name: string, text: string, ...categories: TokenType[]): TokenType {
  return kind(name, `\`${text}\``, text, ...categories);
}

export const LBrace = sign("LBrace", "{");
export const RBrace = sign("RBrace", "}");
export const LParen = sign("LParen", "(");
export const RParen = sign("RParen", ")");
export const LBracket = sign("LBracket", "[");
export const RBracket = sign("RBracket", "]");
export const Comma = sign("Comma", ",");
export const Colon = sign("Colon", ":");
export const Arrow = sign("Arrow", "->");
export const Span = sign("Span", "..");
export const Dot = sign("Dot", ".");
/** Comparisons of one sign; they do not chain. */
export const Compare = kind("Compare", "a comparison", /[=!]=|<=?|>=?/, Operator);
export const Assign = sign("Assign", "=");
export const OrElse = sign("OrElse", "??", Operator);
export const Plus = sign("Plus", "+", Operator);
export const Minus = sign("Minus", "-", Operator);
export const Times = sign("Times", "*", Operator);
export const Over = sign("Over", "/", Operator);

/** What a word begins with, inside the brackets of a regular expression. */
export const letter =
  "A-Za-z_\\u00AA\\u00B5\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u1FFF\\u2C00-\\u2FEF\\u3005-\\uD7FF\\uF900-\\uFDCF";
const noLetter = `(?![${letter}0-9])`;

export const Identifier = kind("Identifier", "a name", new RegExp(`[${letter}][${letter}0-9]*`), Word);

/** `"hello {name}"`; in braces anything but a line end and `}`, at most 400 characters. */
export const Text = kind("Text", "a text", /"(?:[^"\\\n\r{]|\\.|\{[^}\n\r]{0,400}\})*"/);
/** A text with a brace that does not close, one that does not end on its line, or one in other quotes. Reported by the lexer. */
export const BadText = kind(
  "BadText",
  "a text",
  /"(?:[^"\\\n\r]|\\.)*"|"[^\n\r]*|'[^'\n\r]*'|[“„”][^“”\n\r]*[“”]/,
  Text,
);

export const CalendarDay = kind("CalendarDay", "a date", new RegExp(`\\d{4}-\\d{2}-\\d{2}${noLetter}`));
export const TimeOfDay = kind("TimeOfDay", "a time of day", new RegExp(`\\d{2}:\\d{2}(?!:)${noLetter}`));
export const Duration = kind(
  "Duration",
  "a duration",
  new RegExp(`(?=\\d)(?:\\d+d)?(?:\\d+h)?(?:\\d+m(?!s))?(?:\\d+s)?(?:\\d+ms)?${noLetter}`),
);
export const Percent = kind("Percent", "a percentage", /\d+(?:\.\d+)?%/);
export const Num = kind(
  "Num",
  "a number",
  new RegExp(`(?!\\d{4}-\\d{1,2}-\\d)\\d+(?:\\.\\d+)?${noLetter}(?![.:]\\d| +%)`),
);
/** `30sec`, `1m30`, `1.2.3`, `2026-1-5`, `50 %`: one token, so that it gets one message. Reported by the lexer. */
export const BadNumber = kind(
  "BadNumber",
  "a number",
  new RegExp(`\\d{4}-\\d{1,2}-\\d{1,2}${noLetter}|\\d+(?:\\.\\d+)? +%|\\d(?:[.:]?[${letter}0-9])*`),
);

export const Blank = grouped("Blank", /[ \t\r\n\uFEFF]+/, Lexer.SKIPPED);
export const CommentText = grouped("CommentText", /#[^\n\r]*/, "comments");

/** `// …`, as other languages write it. Reported by the lexer. */
export const ForeignComment = grouped("ForeignComment", /\/\/[^\n\r]*/, "foreign");

const units = [CalendarDay, TimeOfDay, Duration, Percent, Num, BadNumber];
const punctuation = [LBrace, RBrace, LParen, RParen, LBracket, RBracket, Comma, Colon, Arrow, Span, Dot];
const operators = [Compare, Assign, OrElse, Plus, Minus, Times, Over];

/** Patterns in the order in which they are tried. */
export const patterns: TokenType[] = [
  Blank,
  CommentText,
  ForeignComment,
  Identifier,
  Text,
  BadText,
  ...units,
  ...punctuation,
  ...operators,
];

/** Everything the parser may meet. */
export const vocabulary: TokenType[] = [
  AnyName,
  Word,
  Noun,
  Operator,
  StateWord,
  Statistic,
  Day,
  ...Object.values(W),
  ...patterns,
];

export const keywords: ReadonlyMap<string, TokenType> = new Map(Object.entries(W));

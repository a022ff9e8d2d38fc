export type Gender = "masculine" | "feminine";

/**
 * How a language says values: data, which `spoken.ts` reads. Whatever sounds is a clip, and `clips` says what each of them says. Numbers
 * have the clips `0` to `own` and the tens; `minus`, `point`, `plus`, `star`, `hash`, `percent`, `unknown`, `yes`, `no`, `and`, `pause`
 * and `letter-a` to `letter-z` are in every language, and what is said to those who hear their messages by phone.
 */
export interface Tongue {
  clips: Readonly<Record<string, string>>;
  numbers: {
    /** Up to here each number has a clip of its own. */
    own: number;
    /** Between tens and ones. */
    tensAnd: readonly string[];
    /** 100, 200 … 900. */
    hundreds: readonly (readonly string[])[];
    /** 100 with nothing behind it, where that is another word. */
    hundredAlone?: readonly string[];
    /** Larger units, the largest first; `one` is once the unit. */
    scales: readonly { size: number; one: readonly string[]; many: string }[];
    /** Clips that stand instead of others before a noun; before a larger unit it is the masculine. */
    agreeing: Readonly<Record<Gender, Readonly<Record<string, string>>>>;
  };
  /** Of durations, the largest first. */
  units: readonly { ms: number; one: string; many: string; gender: Gender }[];
  /** Times of day by the twelve-hour clock. */
  time: {
    /** Before the hour: one o'clock, and any other. */
    lead: { one: readonly string[]; other: readonly string[] };
    gender: Gender;
    /** Between hour and minutes: below ten, and from ten on. */
    minutes: { few: readonly string[]; many: readonly string[] };
    /** From which hour on of the day, and what is said behind; the last that fits counts. */
    parts: readonly (readonly [hour: number, clip: string])[];
  };
  /** `day`, `month` and `year` are filled in, everything else is a clip. Months have the clips `month-1` to `month-12`. */
  date: readonly string[];
  /** Clips of days that are not said as numbers are. */
  days: Readonly<Record<number, string>>;
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Value } from "../../runtime/index.ts";
import { readWav, writeWav } from "../media/index.ts";
import { sayingFiles } from "../saying/clips.ts";
import { agreeing, cardinal, spoken, tongues } from "../saying/spoken.ts";
import type { Tongue } from "../saying/tongue.ts";
import { correlation } from "./audio.ts";
import { type Rig, startRig } from "./calls-rig.ts";

const duration = (ms: number): Value => ({ is: "duration", ms });
const time = (minutes: number): Value => ({ is: "time", minutes });
const date = (year: number, month: number, day: number): Value => ({ is: "date", year, month, day });

/** In the words of the clips. */
function words(language: string, ...values: Value[]): string | undefined {
  const tongue = tongueOf(language);
  return spoken(values, tongue, "Europe/Madrid")
    ?.map((clip) => (clip === "pause" ? "," : (tongue.clips[clip] ?? `(${clip}?)`)))
    .join(" ");
}

function tongueOf(language: string): Tongue {
  const tongue = tongues[language];
  if (!tongue) throw new Error(language);
  return tongue;
}

it.each<[Value, string | undefined, string | undefined]>([
  [0, "zero", "cero"],
  [1, "one", "uno"],
  [16, "sixteen", "dieciséis"],
  [21, "twenty one", "veintiuno"],
  [31, "thirty one", "treinta y uno"],
  [70, "seventy", "setenta"],
  [100, "one hundred", "cien"],
  [101, "one hundred one", "ciento uno"],
  [115, "one hundred fifteen", "ciento quince"],
  [555, "five hundred fifty five", "quinientos cincuenta y cinco"],
  [1000, "one thousand", "mil"],
  [1001, "one thousand one", "mil uno"],
  [1100, "one thousand one hundred", "mil cien"],
  [2026, "two thousand twenty six", "dos mil veintiséis"],
  [21_000, "twenty one thousand", "veintiún mil"],
  [31_131, "thirty one thousand one hundred thirty one", "treinta y un mil ciento treinta y uno"],
  [100_000, "one hundred thousand", "cien mil"],
  [200_700, "two hundred thousand seven hundred", "doscientos mil setecientos"],
  [
    999_999,
    "nine hundred ninety nine thousand nine hundred ninety nine",
    "novecientos noventa y nueve mil novecientos noventa y nueve",
  ],
  [1_000_000, "one million", "un millón"],
  [2_000_001, "two million one", "dos millones uno"],
  [21_000_000, "twenty one million", "veintiún millones"],
  [
    1_234_567_890,
    "one two three four five six seven eight nine zero",
    "uno dos tres cuatro cinco seis siete ocho nueve cero",
  ],
  [-4, "minus four", "menos cuatro"],
  [3.5, "three point five", "tres coma cinco"],
  [0.05, "zero point zero five", "cero coma cero cinco"],
  [0.999, "one", "uno"],
  [{ is: "percent", value: 20 }, "twenty percent", "veinte por ciento"],
  [duration(0), "zero seconds", "cero segundos"],
  [duration(1000), "one second", "un segundo"],
  [duration(60_000), "one minute", "un minuto"],
  [duration(21 * 60_000), "twenty one minutes", "veintiún minutos"],
  [duration(3_600_000), "one hour", "una hora"],
  [duration(21 * 3_600_000 + 60_000), "twenty one hours and one minute", "veintiuna horas y un minuto"],
  [duration(5_405_000), "one hour thirty minutes and five seconds", "una hora treinta minutos y cinco segundos"],
  [duration(31 * 86_400_000), "thirty one days", "treinta y un días"],
  [{ is: "never" }, "unknown", "desconocido"],
  [time(0), "twelve AM", "las doce de la madrugada"],
  [time(13 * 60 + 5), "one oh five PM", "la una y cinco de la tarde"],
  [time(9 * 60 + 30), "nine thirty AM", "las nueve y treinta de la mañana"],
  [time(22 * 60), "ten PM", "las diez de la noche"],
  [date(2026, 3, 1), "March first two thousand twenty six", "primero de marzo de dos mil veintiséis"],
  [
    date(2031, 12, 31),
    "December thirty-first two thousand thirty one",
    "treinta y uno de diciembre de dos mil treinta y uno",
  ],
  // A summer's evening in UTC is the next day in Madrid.
  [
    { is: "moment", at: Date.UTC(2026, 6, 31, 22, 15) },
    "August first two thousand twenty six , twelve fifteen AM",
    "primero de agosto de dos mil veintiséis , las doce y quince de la madrugada",
  ],
  ["+34 91", "plus three four , nine one", "más tres cuatro , nueve uno"],
  ["Ñu-7", "N U , seven", "ene u , siete"],
  [true, "yes", "sí"],
  [{ is: "list", items: [1, 2] }, "one , two", "uno , dos"],
  ["", undefined, undefined],
  ["¿?", undefined, undefined],
  ["x".repeat(61), undefined, undefined],
  [null, undefined, undefined],
])("%j", (value, english, spanish) => {
  expect(words("en", value)).toBe(english);
  expect(words("es", value)).toBe(spanish);
});

it("says values one after another", () => {
  expect(words("en", 3, duration(120_000))).toBe("three , two minutes");
});

/** What the clips of a number mean, reckoned another way: from the words' own values, left to right. */
function meant(clips: readonly string[]): number {
  let whole = 0;
  let group = 0;
  for (const clip of clips) {
    const digits = /^(\d+)/.exec(clip);
    if (digits) group += Number(digits[1]);
    else if (clip === "hundred") group *= 100;
    else if (clip === "thousand" || clip.startsWith("million")) {
      const size = clip === "thousand" ? 1000 : 1_000_000;
      whole += (group || 1) * size;
      group = 0;
    } else if (clip !== "and") throw new Error(clip);
  }
  return whole + group;
}

/** All of them in the soak; here those below ten thousand, and every 97th. */
const step = process.env["CORDBOARD_SOAK"] ? 1 : 97;

describe.each(["en", "es"])("numbers from 0 to 1,000,000 in %s", (language) => {
  it("each means what it is, and has its clips", () => {
    const tongue = tongueOf(language);
    const used = new Set<string>();
    for (let n = 0; n <= 1_000_000; n += n < 10_000 ? 1 : step) {
      for (const clips of [cardinal(n, tongue), agreeing(n, "masculine", tongue), agreeing(n, "feminine", tongue)]) {
        if (meant(clips) !== n) throw new Error(`${n}: ${clips.join(" ")}`);
        for (const clip of clips) used.add(clip);
      }
    }
    expect([...used].filter((clip) => tongue.clips[clip] === undefined)).toEqual([]);
  });

  it("every clip that rules name is recorded", () => {
    const { clips, units, time, date, days } = tongueOf(language);
    const named = [
      ...units.flatMap(({ one, many }) => [one, many]),
      ...[time.lead.one, time.lead.other, time.minutes.few, time.minutes.many].flat(),
      ...time.parts.map(([, clip]) => clip),
      ...date.filter((each) => !["day", "month", "year"].includes(each)),
      ...Object.values(days),
      ..."minus point plus star hash percent unknown yes no and".split(" "),
      ...Array.from({ length: 12 }, (_, index) => `month-${index + 1}`),
      ...Array.from({ length: 26 }, (_, index) => `letter-${String.fromCharCode(97 + index)}`),
    ];
    expect(named.filter((clip) => clips[clip] === undefined)).toEqual([]);
    const folder = join(import.meta.dirname, "../saying/clips", language);
    const lengths = [...Object.keys(clips), "pause"].map((clip) => {
      const wav = readWav(readFileSync(join(folder, `${clip}.wav`)));
      return "samples" in wav ? wav.samples.length : wav.reason;
    });
    expect(lengths.filter((length) => typeof length === "string" || length < 1600 || length > 80_000)).toEqual([]);
  });
});

describe("live", () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(() => rig.stop());

  const ours = (language: string, ...clips: string[]): Int16Array =>
    Int16Array.from(
      clips.flatMap((clip) => {
        const wav = readWav(readFileSync(join(import.meta.dirname, "../saying/clips", language, `${clip}.wav`)));
        return "samples" in wav ? [...wav.samples] : [];
      }),
    );

  /** What the caller's phone heard of it. */
  async function heardOf(values: Value[], language: string): Promise<Int16Array> {
    const record = join(rig.folder, "heard.wav");
    const { phone, call } = await rig.caller({ record });
    rig.perform({ type: "say", call, task: 1, values, language });
    expect(await rig.next("treatment.ended")).toEqual({ type: "treatment.ended", call, task: 1, outcome: "done" });
    phone.calls[0]?.hangUp();
    await phone.calls[0]?.reached("ended");
    const wav = readWav(readFileSync(record));
    return "samples" in wav ? wav.samples : new Int16Array();
  }

  it("the caller hears number and wait in his language, and nobody else's", async () => {
    const heard = await heardOf([2, duration(60_000)], "es");
    expect(correlation(heard, ours("es", "2", "pause", "1-m", "minute"))).toBeGreaterThan(0.95);
    expect(correlation(heard, ours("en", "2", "pause", "1", "minute"))).toBeLessThan(0.5);
  });

  it("a site's own recording stands instead of ours, which fills what it has not", async () => {
    const carmen = Int16Array.from({ length: 4000 }, (_, at) => Math.round(9000 * Math.sin(at / 3)));
    mkdirSync(join(rig.folder, "carmen"));
    writeFileSync(join(rig.folder, "carmen/2.es.wav"), writeWav(carmen));
    rig.directory.prompts.voices["es"] = "carmen";
    const heard = await heardOf([2, 3], "es");
    expect(correlation(heard, Int16Array.from([...carmen, ...ours("es", "pause", "3")]))).toBeGreaterThan(0.95);
  });

  it("a language without rules, or a value without words, is told as failed", async () => {
    const { call } = await rig.caller();
    rig.perform({ type: "say", call, task: 1, values: [2], language: "pt" });
    expect(await rig.next("treatment.ended")).toMatchObject({ task: 1, outcome: "failed" });
    rig.perform({ type: "say", call, task: 2, values: ["…"], language: "en" });
    expect(await rig.next("treatment.ended")).toMatchObject({ task: 2, outcome: "failed" });
    expect(rig.logged.filter(({ level }) => level === "warn").map(({ message }) => message)).toEqual([
      "cannot be said",
      "cannot be said",
    ]);
  });
});

it("a name that leads out of the folder of prompts is no voice", () => {
  const prompts = {
    folder: import.meta.dirname,
    voices: { en: "../saying/clips/es" },
    lengthsMs: {},
    defaultLengthMs: 1,
  };
  const said = sayingFiles([2], { language: "en", zone: "UTC", prompts });
  expect("files" in said && said.files).toEqual([join(import.meta.dirname, "../saying/clips/en/2.wav")]);
  expect("files" in said && said.files.every((file) => existsSync(file))).toBe(true);
});

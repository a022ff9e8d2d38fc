import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tongues } from "./spoken.ts";

/*
 * Makes the clips of `say` by espeak-ng and sox: `npx tsx sip/saying/make.ts`. 8 kHz µ-law, one word or group of words each, without the
 * silence around it, all equally loud.
 */

/** A voice of espeak-ng, and the words a minute it speaks. */
const VOICES: Record<string, [voice: string, wordsAMinute: number]> = { en: ["en-us", 150], es: ["es", 150] };
const PAUSE_S = 0.2;

const folder = mkdtempSync(join(tmpdir(), "clips-"));
for (const [language, { clips }] of Object.entries(tongues)) {
  const into = join(import.meta.dirname, "clips", language);
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  const spoken = join(folder, "spoken.wav");
  const [voice, speed] = VOICES[language] ?? [language, 150];
  for (const [clip, text] of Object.entries(clips)) {
    execFileSync("espeak-ng", ["-v", voice, "-s", String(speed), "-w", spoken, text]);
    sox(spoken, join(into, `${clip}.wav`));
  }
  execFileSync("sox", [
    ..."-n -D -r 8000 -c 1 -e mu-law".split(" "),
    join(into, "pause.wav"),
    "trim",
    "0",
    `${PAUSE_S}`,
  ]);
  process.stdout.write(`${language}: ${readdirSync(into).length} clips\n`);
}
const tone = "synth 0.4 sine 1000 norm -12 fade t 0.01 0.4 0.01".split(" ");
execFileSync("sox", [
  ..."-n -R -r 8000 -c 1 -e mu-law".split(" "),
  join(import.meta.dirname, "clips/tone.wav"),
  ...tone,
]);
rmSync(folder, { recursive: true });

/** `-R` makes the same file each time; the level leaves room for a mixer. Its end is cut and faded as its beginning is, backwards. */
function sox(from: string, into: string): void {
  const begins = "silence 1 0.01 1% fade t 0.005";
  const effects = `gain -6 highpass 150 norm -1 ${begins} reverse ${begins} reverse norm -9 pad 0 0.04`;
  execFileSync("sox", [from, ..."-R -r 8000 -c 1 -e mu-law".split(" "), into, ...effects.split(" ")]);
}

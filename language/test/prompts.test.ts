import { expect, it } from "vitest";
import { promptFiles } from "../prompts.ts";

it.each([
  ["welcome", "es", ["welcome.es.wav", "welcome.wav"]],
  ["moh/calm", "en", ["moh/calm.en.wav", "moh/calm.wav"]],
  ["welcome", "", ["welcome.wav"]],
  ["welcome", "../../x", ["welcome.wav"]],
  ["../welcome", "es", []],
  ["/welcome", "es", []],
  ["moh//calm", "es", []],
  ["moh\\calm", "es", []],
  ["a\0b", "es", []],
  ["", "es", []],
])("%j in %j", (name, language, files) => expect(promptFiles(name, language)).toEqual(files));

import { who } from "./destination.ts";
import { eventFamilies, eventNames } from "./event-names.ts";
import {
  date,
  duration,
  file,
  language,
  labels,
  name,
  oneOf,
  phone,
  phones,
  recordingsUrl,
  text,
  url,
  webUrl,
  wholeNumber,
  yesNo,
  hotkey,
} from "./kinds.ts";
import { secret } from "./secret.ts";
import { key, listOf, mapOf, record } from "./shape.ts";

/* Keys of a directory that are neither people nor lines. */

export const prompts = record("`prompts`", {
  folder: key(file, "where the recordings are, as a path from this file", { otherwise: "prompts" }),
  served: key(
    recordingsUrl,
    "where a media server, a trunk with the role `media`, finds the same recordings; without it our own media play them",
    { example: '"http://files.example/prompts"' },
  ),
  dialogs: key(
    webUrl,
    "where a media server reaches the `http` address of a run, to fetch as VoiceXML what it asks callers and to say what they pressed, and upload messages; without it our own media do that",
    { example: '"http://cordboard.example:8080"' },
  ),
  music: key(
    name,
    "what callers hear who wait where no strategy says it: by a default route; without it, the ringing tone",
    {
      example: "moh/calm",
    },
  ),
  hold: key(
    name,
    "what callers hear who are held: music, `silence` or `comfort_noise`; without it, `music`, else silence. A trunk may say its own",
    { example: "moh/soft" },
  ),
  lengths: key(mapOf(duration), "how long prompts last in tests that have no recordings; `default` is for all others", {
    otherwise: "{ default: 4s }",
    example: "{ default: 4s, welcome: 2500ms }",
  }),
  say: key(
    record("`say`", {
      voice: key(
        labels,
        "whose recordings of numbers and times `say` uses, for all languages or by language: `default` is ours, another name a folder in `folder`",
        {
          otherwise: "default",
          example: "{ en: default, es: carmen }",
        },
      ),
    }),
    "how values are spoken",
    { example: "{ voice: default }" },
  ),
});

const flag = record("a flag", {
  default: key(yesNo, "what it is until somebody sets it", { otherwise: "no" }),
  who: key(listOf(who), "who may set it, at the desk or by `dial`; without it, supervisors", {
    otherwise: "[supervisor]",
    example: "[supervisor, group ITTier2]",
  }),
  dial: key(
    phone,
    "what they dial, each from the phone that he is logged in at, to turn it over; without it, it is not to be dialled",
    { example: '"*28"' },
  ),
});

const counter = record("a counter", {
  start: key(wholeNumber("a start", -1e9, 1e9), "what it begins with", { otherwise: "0" }),
  reset: key(
    oneOf("never", "daily", "weekly", "monthly"),
    "when it begins anew, at midnight of the site (of Monday, of the first)",
    {
      otherwise: "never",
      example: "daily",
    },
  ),
});

export const desk = record("`desk`", {
  languages: key(
    listOf(language),
    "what people may read it in, the first before they choose; without it, those of the site",
    { example: "[en, es]" },
  ),
  help_url: key(url, "where its help button leads; without it, there is none", {
    example: "https://help.example/desk",
  }),
  playground_url: key(url, "the playground whose live view the supervisors' page leads to", {
    otherwise: "http://127.0.0.1:8088",
    example: "https://playground.example",
  }),
  states: key(listOf(name), "the `states` that its menu offers, in order; without it, all", { example: "[lunch]" }),
  hotkeys: key(
    mapOf(hotkey, oneOf("accept", "decline", "hang_up", "hold", "alternate", "record", "ready", "not_ready")),
    "keys that act while its window has the focus",
    { otherwise: "{}", example: "{ accept: F9, decline: F10 }" },
  ),
});

const webhook = record("a webhook", {
  url: key(url, "where event records are sent", { needed: true, example: "https://ops.example/cordboard" }),
  failover: key(url, "where they go after two failed tries; without it, the first goes on being tried", {
    example: "https://ops2.example/cordboard",
  }),
  events: key(listOf(oneOf<string>(...eventNames, ...eventFamilies)), "which records; `call.*` is all of calls", {
    example: "[call.ended, agent.state]",
  }),
  secret: key(secret, "what the body is signed with (HMAC-SHA256); without it, it is not signed", {
    example: "{ env: HOOK }",
  }),
});

export const flags = mapOf(flag);
export const counters = mapOf(counter);
export const numbers = mapOf(listOf(phones));
export const holidays = mapOf(mapOf(text, date));
export const webhooks = mapOf(webhook);

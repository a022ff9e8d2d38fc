import { expect, it } from "vitest";
import { makeSource, parse } from "../../language/index.ts";
import { notLive } from "../ability.ts";

it("names the statements that live calls do not get, with what becomes of the call", () => {
  const text = `strategy "s" {
  entry "5000" with early media
  default route to group G
  answer
  say "hello"
  ring agent ana for 20s { confirmed by "1" prompt "p" }
  ask bot helpdesk
  collect 1 digit prompt "menu" within 3s { on "1" { hangup } }
  dial call.to via trunk pstn
}`;
  const { file } = parse(makeSource("a.strategy", text));
  const lines = notLive(file).map(({ at, what }) => `${text.slice(0, at).split("\n").length} ${what}`);
  expect(lines).toEqual([
    "2 no early media: prompts before the answer are passed over",
    "5 nothing is spoken, and the call goes on",
    "6 nobody is asked, so nobody is connected: the outcome is `not_confirmed`",
    "7 no bot is called: the outcome is `failed`",
  ]);
});

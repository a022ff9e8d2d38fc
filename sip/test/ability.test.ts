import { expect, it } from "vitest";
import { makeSource, parse, readDirectory } from "../../language/index.ts";
import { notLive } from "../ability.ts";

it("names the statements that live calls do not get, with what becomes of the call", () => {
  const text = `strategy "s" {
  entry "5000" with early media
  default route to group G
  answer
  say "hello"
  ring agent ana for 20s { confirmed by "1" prompt "p" }
  ask bot helpdesk
  ask bot web
  ask bot web over trunk pbx
  collect 1 digit prompt "menu" within 3s { on "1" { hangup } }
  dial call.to via trunk pstn
  if call.from is withheld { voicemail to mailbox theirs } else { voicemail to mailbox of group G }
  voicemail to mailbox own
}`;
  const { file } = parse(makeSource("a.strategy", text));
  const { directory } = readDirectory([
    makeSource(
      "directory.yaml",
      `directory: 1
site: { name: s, languages: [en, pt] }
agents: { ana: { extension: "1001" } }
groups: { G: { members: [ana], mailbox: own } }
hosts: { platform: { url: "http://127.0.0.1:1" } }
bots: { helpdesk: { trunk: pbx }, web: { host: platform } }
trunks: { pbx: { to: "sip:127.0.0.1:5070" } }
mailboxes: { own: { owner: agent ana }, theirs: { owner: agent ana, on: pbx, deposit: "2000" } }
`,
    ),
  ]);
  const lines = notLive(file, directory).map(({ at, what }) => `${text.slice(0, at).split("\n").length} ${what}`);
  expect(lines).toEqual(["5 nothing is spoken in pt, and the call goes on"]);
});

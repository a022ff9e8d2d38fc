import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { check } from "../check.ts";
import { readDirectory } from "../directory/read.ts";
import { parse } from "../parse.ts";
import { render } from "../render.ts";
import { makeSource } from "../source.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

const strategy = `strategy "sales" {
  entry "+34910603165", "5000".."5099"
  default route to group Sale

  let owner = agent_at(call.to)
  ring owner for 20 {
    on no_anser { note "missed" }
  }
  play "welcome"
  queue Sales {
    ring for 30s
    at 0s agents with biling >= 7
    at 20s add agents with billing >= 9
    while waiting { answer }
  }
  hangup
  voicemail to mailbox own
}

strategy "again" {
  entry "910 603 165"
  default route to "5001"
  hangup
}
`;

const yaml = `site: { zone: Europe/Madird }
groups:
  Sales: { members: [anna], mailbox: sales }
agents:
  ana: { extension: 5100, skils: { billing: 7 } }
mailboxes:
  sales: { owner: Sales }
trunks:
  pbx: { to: "pbx.example", inbound: { user: hotel, password: hunter2 } }
agents: { luc: }
`;

it("says what is wrong with a strategy", async () => {
  const source = makeSource("sales.strategy", strategy);
  const { directory } = readDirectory([makeSource("cases.yaml", read("cases.yaml"))]);
  const parsed = parse(source);
  const { diagnostics } = check([{ source, file: parsed.file }], directory);
  const text = render([...parsed.diagnostics, ...diagnostics], [source], { colour: false });
  await expect(text).toMatchFileSnapshot("golden/check.txt");
});

it("says what is wrong with a directory", async () => {
  const source = makeSource("directory.yaml", yaml);
  const text = render(readDirectory([source]).diagnostics, [source], { colour: false });
  await expect(text).toMatchFileSnapshot("golden/directory.txt");
});

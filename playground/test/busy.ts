import { deflateRawSync } from "node:zlib";

/** One strategy with a queue; sixty-three of them are a thousand lines. */
const strategy = (nth: number): string => `strategy "s${nth}" {
  entry "${1000 + nth}"
  default route to group Helpdesk

  answer
  play "welcome"
  queue Helpdesk {
    at 0s   agents with helpdesk >= 5
    at 20s  add group Helpdesk
    give up after 1m30s
    while waiting { music "moh/calm" }
    on nobody, give_up { play "sorry" }
  }
  voicemail to mailbox helpdesk
}
`;

const directory = (agents: number): string => {
  const ids = Array.from({ length: agents }, (_, nth) => `agent${nth}`);
  return `directory: 1
skills: { names: [helpdesk] }
agents:
${ids.map((id, nth) => `  ${id}: { name: "Agent ${nth}", extension: "${2000 + nth}", skills: { helpdesk: ${1 + (nth % 9)} } }\n`).join("")}
groups: { Helpdesk: { members: [${ids.join(", ")}] } }
trunks: { voicemail: { to: "sip:127.0.0.1:5070", roles: [voicemail] } }
mailboxes: { helpdesk: { on: voicemail, deposit: "2000" } }
`;
};

const works = (text: string, agents: number, acts: object[] = []) => ({
  files: [
    { path: "main.strategy", text },
    { path: "directory.yaml", text: directory(agents) },
  ],
  scenario: { acts },
});

/** A text of a thousand lines. */
export const longText = works(Array.from({ length: 63 }, (_, nth) => strategy(nth)).join("\n"), 1);

/** A thousand calls in half an hour, for twenty people who answer by themselves: hundreds wait at once. */
export function busyRun(calls = 1000, agents = 20): object {
  const habits = Array.from({ length: agents }, (_, nth) => [
    { do: "agent", agent: `agent${nth}`, state: "ready", at: 0 },
    { do: "habit", agent: `agent${nth}`, answersAfterMs: 3000, talksMs: 120_000, at: 0 },
  ]).flat();
  const coming = Array.from({ length: calls }, (_, nth) => ({
    do: "call",
    call: `C${nth}`,
    from: `+3460${String(nth).padStart(7, "0")}`,
    to: "1000",
    at: 1000 + nth * 1800,
  }));
  return works(strategy(0).replace("give up after 1m30s", "give up after 2h"), agents, [...habits, ...coming]);
}

export const linkOf = (work: unknown): string => `#v1/${deflateRawSync(JSON.stringify(work)).toString("base64url")}`;

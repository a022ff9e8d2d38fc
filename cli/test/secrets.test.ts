import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { load } from "../load.ts";
import { lineInWords } from "../log.ts";
import { warnOfSecrets } from "../secrets.ts";
import { folder } from "./command.ts";

const house = `agents: { ana: { extension: "5100", login: { token: { env: SECRETS_NOWHERE } } } }
devices:
  ana: { password: { env: SECRETS_SHORT } }
  luc: { password: { env: SECRETS_GOOD } }
trunks:
  hotel:
    to: "sip:192.0.2.1"
    inbound: { from: [192.0.2.1], user: hotel, password: { env: SECRETS_NOWHERE }, token: { env: SECRETS_GOOD } }
    outbound: { user: hotel, password: { file: secrets/hotel } }
mailboxes: { ana: { owner: agent ana, pin: { env: SECRETS_NOWHERE } } }
hosts: { crm: { url: "https://crm.example", token: { env: SECRETS_NOWHERE } } }
webhooks: { ops: { url: "https://ops.example", secret: { file: "secrets" } } }
`;

afterEach(() => vi.restoreAllMocks());

test("a secret that is not there, or cannot serve, is told at its entry with what mends it", () => {
  const site = folder({
    "a.strategy": 'strategy "a" {\n  entry "1"\n  default route to agent ana\n  answer\n  hangup\n}\n',
    "directory.yaml": house,
    "secrets/other": "",
  });
  process.env["SECRETS_SHORT"] = "1234";
  process.env["SECRETS_GOOD"] = "correct-horse";
  const told = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const loaded = load([site.path], []);
  if (!loaded.program) throw new Error(JSON.stringify(loaded.diagnostics));
  warnOfSecrets(loaded.program, loaded);
  site.remove();
  const at = (line: string): string => `${join(site.path, "directory.yaml")}:${line}: error: `;
  const set = "is not there: set SECRETS_NOWHERE in the environment, and start again\n";
  const unread = "is no file that can be read, or is empty; it is read anew when it is needed\n";
  const file = (name: string): string => `is not there: ${join(site.path, name)} ${unread}`;
  expect(told.mock.calls.map(([line]) => line)).toEqual([
    `${at("6:3")}the password of \`inbound\` of trunk hotel ${set}`,
    `${at("6:3")}the password of \`outbound\` of trunk hotel ${file("secrets/hotel")}`,
    `${at("3:3")}the password of device ana in the variable SECRETS_SHORT cannot serve: a password must have 8 to 128 characters\n`,
    `${at("10:14")}the PIN of mailbox ana ${set}`,
    `${at("1:11")}the token of agent ana ${set}`,
    `${at("11:10")}the token of host crm ${set}`,
    `${at("12:13")}the secret of webhook ops ${file("secrets")}`,
  ]);
});

test("a line of the log in words", () => {
  const line = { level: 40, time: Date.UTC(2026, 0, 1), pid: 1, hostname: "x", hop: "sip:a\u001b[2J", status: 503 };
  const at = new Date(line.time).toTimeString().slice(0, 8);
  expect(lineInWords(JSON.stringify({ ...line, msg: "a next hop does not answer" }))).toBe(
    `${at}  warning: a next hop does not answer (hop sip:a\\u001b[2J, status 503)`,
  );
  expect(
    lineInWords(JSON.stringify({ level: 50, time: line.time, err: { stack: "Error: x\n  at y" }, msg: "m" })),
  ).toBe(`${at}  error: m\nError: x\n  at y`);
});

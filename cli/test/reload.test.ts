import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { loadProgram, replay } from "../../runtime/index.ts";
import { type Phone, startPhone } from "../../sip/index.ts";
import { openKept } from "../journal.ts";
import { folder, type Running, running } from "./command.ts";

/* Strategies and the directory change while calls go on (features.md: live reload without hurting calls). */

const directory = (more = "") => `directory: 1
site: { name: shop, zone: Europe/Madrid, country: ES }
defaults: { entry_route: mailbox shop }
agents: { ana: { name: Ana, extension: "1001" }${more} }
trunks: { pbx: { to: ["sip:127.0.0.1:5070"], trusted: yes } }
mailboxes: { shop: { owner: agent ana, on: pbx, deposit: "2000" } }
`;

const strategy = (word: string, more = "") => `strategy "shop" {
  entry "5000"
  default route to mailbox shop

  answer
  note "${word} begins"
  wait 1s
  note "${word} ends"
  hangup
}
${more}`;

const expects = (end: string) => `
test "a call" for "shop" {
  call A from "+34600000001" to "5000" at 0s
  expect A ends ${end}
}
`;

let site: ReturnType<typeof folder>;
let run: Running;
let phone: Phone;

beforeEach(async () => {
  site = folder({ "shop.strategy": strategy("old"), "directory.yaml": directory() });
  run = await running(site.path, ["--journal", join(site.path, "journal")]);
  phone = await startPhone({ user: "+34600000001" });
});

afterEach(async () => {
  await phone.stop();
  await run.stop();
  site.remove();
});

const change = (file: string, text: string): void => writeFileSync(join(site.path, file), text);
/** A busy machine takes its time to start and to notice. */
vi.setConfig({ testTimeout: 60_000 });
const happens = (question: Parameters<Running["event"]>[0]) => run.event(question, 30_000);
const call = () => phone.call(`sip:5000@${run.sip}`);
const noted = (text: string) => happens((one) => one.type === "call.noted" && one["text"] === text);
const refusals = () => run.events().filter(({ type }) => type === "strategy.refused").length;
const loaded = () => run.events().filter(({ type }) => type === "strategy.loaded").length;

test("new calls use a changed strategy, a call under way keeps its own, and the journal tells both again", async () => {
  call();
  await noted("old begins");
  change("shop.strategy", strategy("new", expects("hung_up")));
  await happens(({ type }) => type === "strategy.loaded");
  const late = call();
  await noted("new begins");
  await noted("old ends");
  await noted("new ends");
  await late.reached("ended");
  const { stderr } = await run.stop();
  expect(stderr).toContain("a file has changed: checked and tested; new calls use it");
  const [journal = ""] = readdirSync(join(site.path, "journal")).filter((name) => name.endsWith(".journal"));
  const { program, start, entries, library, mark } = openKept(join(site.path, "journal", journal));
  expect(replay(loadProgram(program), start, entries, library).hash).toBe(mark?.hash);
});

test("with an error, or with a test that fails, the old strategy stays and the finding is told", async () => {
  const refused = (text: string) =>
    happens(({ type, reason }) => type === "strategy.refused" && String(reason).includes(text));
  change("shop.strategy", strategy("new").replace("hangup", "hangupp"));
  await refused("1 error, the first: ");
  change("shop.strategy", strategy("new", expects("answered")));
  await refused('test "a call" fails: ');
  change("shop.strategy", "");
  await refused("no strategy is left");
  await call().reached("talking");
  await noted("old begins");
  expect(loaded()).toBe(0);
  expect((await run.stop()).stderr).toMatch(/shop\.strategy:\d+:\d+: error [^]*calls go on as before/);
});

test("row 4.5: a directory in which a trunk would be something else is not taken over, calls and the next ones go on", async () => {
  call();
  await noted("old begins");
  const known = (how: string) => directory().replace("trusted: yes", how);
  change("directory.yaml", known("trusted: yes, inbound: { user: hotel, password: { env: HOTEL_PASSWORD } }"));
  const { reason } = await happens(({ type }) => type === "strategy.refused");
  expect(reason).toMatch(
    /directory\.yaml:5:11: trunk `pbx` is known by its addresses in this run, and would be known by its `user`/,
  );
  await noted("old ends");
  const before = refusals();
  change("shop.strategy", strategy("new"));
  await expect.poll(refusals, { timeout: 30_000 }).toBeGreaterThan(before);
  const late = call();
  await late.reached("talking");
  expect(loaded()).toBe(0);
  change("directory.yaml", known("trusted: no, channels: 3"));
  await happens(({ type }) => type === "strategy.loaded");
  call();
  await noted("new begins");
  const { stderr } = await run.stop();
  expect(stderr).toMatch(/error.*trunk `pbx`[^]*D132[^]*give it another name, or restart the run/);
});

test("a token that was changed where it is kept is another from SIGHUP on, though the directory is as it was", async () => {
  change("ben.token", "old-token-0123456789abcdef\n");
  const login = ', ben: { extension: "1002", login: { token: { file: ben.token } } }';
  change("directory.yaml", directory(login));
  await happens(({ type }) => type === "strategy.loaded");
  const status = async (token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}-token-0123456789abcdef` };
    return (await fetch(`http://${run.http}/api/me`, { headers })).status;
  };
  await expect.poll(() => status("old")).toBe(200);
  change("ben.token", "new-token-0123456789abcdef\n");
  run.signal("SIGHUP");
  await expect.poll(() => status("new"), { timeout: 20_000 }).toBe(200);
  expect(await status("old")).toBe(401);
  expect(loaded()).toBe(1);
});

test("people come and go with the directory, and their phones with them; on SIGHUP what is as it was is not loaded again", async () => {
  const ben = await startPhone({ user: "1002", registrar: `sip:${run.sip}` }).catch((error: unknown) => String(error));
  expect(ben).toContain("refused to register 1002: 404");
  change("notes.txt", "nothing of ours");
  run.signal("SIGHUP");
  change("directory.yaml", directory(', ben: { name: Ben, extension: "1002" }'));
  run.signal("SIGHUP");
  await happens(({ type }) => type === "strategy.loaded");
  const phoneOfBen = await startPhone({ user: "1002", registrar: `sip:${run.sip}` });
  await happens(({ type, agent, state }) => type === "agent.state" && agent === "ben" && state === "ready");
  change("directory.yaml", directory());
  await happens(
    ({ type, agent, reasons }) => type === "agent.state" && agent === "ben" && String(reasons).includes("removed"),
  );
  expect(await phoneOfBen.register()).toBe(404);
  expect(loaded()).toBe(2);
  await phoneOfBen.stop();
});

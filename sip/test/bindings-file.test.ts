import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Event } from "../../runtime/index.ts";
import { silent } from "../log.ts";
import type { Binding } from "../site/bindings.ts";
import { openBindingsFile } from "../site/bindings-file.ts";
import { createRegistrar } from "../site/registrar.ts";
import { createKeeper } from "../trunks/credentials.ts";
import { createChallenges } from "../trunks/nonces.ts";
import { secretOf, testDirectory } from "./calls-rig.ts";

/* Where phones were when another run served them. */

const folder = mkdtempSync(join(tmpdir(), "cordboard-bindings-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "journal", "registrations.json");
const NOW = 1_000_000;
beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

const bound = (uri: string, more: Partial<Binding> = {}): Binding => ({
  uri,
  callId: "a",
  cseq: 1,
  expiresAt: NOW + 60_000,
  registeredAt: NOW,
  ...more,
});

function restarted(keepsConnections: boolean): { contacts: (user: string) => string[]; events: Event[] } {
  const events: Event[] = [];
  const keeper = createKeeper({ challenges: createChallenges(), secret: secretOf, log: silent });
  const directory = testDirectory("prompts");
  const file = openBindingsFile(path, silent);
  const deliver = (event: Event): void => void events.push(event);
  const registrar = createRegistrar({ directory, keeper, deliver, file, keepsConnections });
  registrar.announce();
  registrar.stop();
  return { contacts: (user) => registrar.contacts(user).map(({ uri }) => uri), events };
}

it("is written soon, as a whole, for nobody else to read, and known to the next run", () => {
  const file = openBindingsFile(path, silent);
  file.write(new Map([["ana", [bound("sip:ana@127.0.0.1:4000")]]]));
  vi.advanceTimersByTime(1000);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const { contacts, events } = restarted(false);
  expect(contacts("ana")).toEqual(["sip:ana@127.0.0.1:4000"]);
  expect(events).toContainEqual({ type: "device.changed", device: "d_ana", up: true });
});

it("knows nobody who has run out, who is not of the directory, or whose connection has gone with the endpoint", () => {
  const tcp = "sip:ana@127.0.0.1:4001;transport=tcp";
  const kept: [string, Binding[]][] = [
    ["ana", [bound(tcp), bound("sip:ana@127.0.0.1:4002", { expiresAt: NOW })]],
    ["stranger", [bound("sip:stranger@127.0.0.1:4003")]],
  ];
  writeFileSync(path, JSON.stringify(kept));
  expect(restarted(false).contacts("ana")).toEqual([]);
  expect(restarted(true).contacts("ana")).toEqual([tcp]);
  expect(restarted(true).contacts("stranger")).toEqual([]);
});

it.each(["", "{", "{}", '[1, ["ana"], null]'])("takes %j for nothing", (text) => {
  writeFileSync(path, text);
  expect(restarted(true).contacts("ana")).toEqual([]);
});

it.each([
  ["no file", undefined, 0],
  ["an empty list", "[]", 0],
  ["half a file", '[["ana",', 1],
  ["what is no list", "{}", 1],
])("%s: it is told only where something was lost", (_what, text, times) => {
  rmSync(path, { force: true });
  if (text !== undefined) writeFileSync(path, text);
  const error = vi.fn();
  expect(openBindingsFile(path, { ...silent, error }).read()).toEqual(new Map());
  expect(error).toHaveBeenCalledTimes(times);
});

it("who is no more in the directory is no more in the file either", () => {
  writeFileSync(path, JSON.stringify([["ana", [bound("sip:ana@127.0.0.1:4000")]]]));
  const keeper = createKeeper({ challenges: createChallenges(), secret: secretOf, log: silent });
  const directory = testDirectory("prompts");
  const registrar = createRegistrar({
    directory,
    keeper,
    deliver: () => undefined,
    file: openBindingsFile(path, silent),
  });
  const moved = structuredClone(directory);
  Object.assign(moved.devices["d_ana"] ?? {}, { trunk: "pbx" });
  registrar.use(moved);
  registrar.stop();
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual([]);
});

it("what has not been written yet is when it closes", () => {
  const file = openBindingsFile(path, silent);
  file.write(new Map([["ana", [bound("sip:ana@127.0.0.1:4009")]]]));
  file.close();
  expect(readFileSync(path, "utf8")).toContain(":4009");
});

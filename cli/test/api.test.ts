import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startPhone } from "../../sip/index.ts";
import { load } from "../load.ts";
import { reloading } from "../reload.ts";
import { cordboard, folder, type Running, running } from "./command.ts";

/* The texts that run, read and changed over the API with a token. */

vi.setConfig({ testTimeout: 60_000 });

const token = "0123456789abcdef0123456789";
const directory = `directory: 1
site: { name: shop, zone: Europe/Madrid, country: ES }
agents: { ana: { name: Ana, extension: "1001" } }
`;
const strategy = (word: string) => `use "lib/greet.strategy"

strategy "shop" {
  entry "5000"
  default route to group Everyone

  answer
  run Greet()
  note "${word}"
  hangup
}

test "a call" for "shop" {
  call A from "+34600000001" to "5000" at 0s
  expect A ends hung_up
}
`;
const greet = `sub Greet() {
  wait 10ms
}
`;

let site: ReturnType<typeof folder>;
let run: Running;
beforeEach(() => {
  site = folder({
    "shop/shop.strategy": strategy("old"),
    "shop/lib/greet.strategy": greet,
    "people/staff.yaml": directory,
    token: `${token}\n`,
  });
});
afterEach(async () => {
  await run?.stop();
  site.remove();
});

interface Site {
  program: string;
  mayLoad: boolean;
  files: { path: string; text: string }[];
}
const api = async (body?: object): Promise<{ status: number; answer: Record<string, unknown> }> => {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const sent = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const response = await fetch(`http://${run.http}/api/site`, { headers, ...sent });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
};

test("a page reads the texts, has other strategies run, and is refused those with mistakes", async () => {
  run = await running(join(site.path, "shop"), [
    "--directory",
    join(site.path, "people/staff.yaml"),
    "--token-file",
    join(site.path, "token"),
    "--allow-load",
  ]);
  const before = (await api()).answer as unknown as Site;
  expect(before.files.map(({ path }) => path)).toEqual(["directory.yaml", "lib/greet.strategy", "shop.strategy"]);
  expect(before).toMatchObject({ mayLoad: true, files: [{ text: directory }, { text: greet }, {}] });
  const changed = (text: string) =>
    before.files.map((file) => (file.path === "shop.strategy" ? { ...file, text } : file));

  const wrong = await api({
    program: before.program,
    files: changed(strategy("new").replace("hangup\n", "hangupp\n")),
  });
  expect(wrong).toMatchObject({ status: 422, answer: { error: expect.stringContaining("1 error, the first: ") } });
  expect(wrong.answer["findings"]).toContainEqual(
    expect.objectContaining({ severity: "error", path: "shop.strategy", line: 10, column: 3 }),
  );
  const failing = await api({
    program: before.program,
    files: changed(strategy("new").replace("hung_up", "answered")),
  });
  expect(failing).toMatchObject({ status: 422, answer: { error: expect.stringContaining('test "a call" fails: ') } });
  expect((await api()).answer).toEqual(before);

  const { status, answer } = await api({ program: before.program, files: changed(strategy("new")) });
  expect(status).toBe(200);
  const after = (await api()).answer as unknown as Site;
  expect([after.program, after.files.at(-1)?.text]).toEqual([answer["program"], strategy("new")]);
  await run.event(({ type, hash }) => type === "strategy.loaded" && hash === after.program);
  expect((await api({ program: before.program, files: changed(strategy("late")) })).status).toBe(409);

  const phone = await startPhone({ user: "+34600000001" });
  phone.call(`sip:5000@${run.sip}`);
  await run.event(({ type, text }) => type === "call.noted" && text === "new");
  await phone.stop();
});

test("of two who change the same texts at once, the second is refused", async () => {
  const [path, people] = [join(site.path, "shop"), join(site.path, "people/staff.yaml")];
  const first = load([path], [people]);
  const reload = reloading(path, [people], first);
  const used: string[] = [];
  const program = () => {
    throw new Error("no file has changed");
  };
  const stop = reload.follow({
    program,
    use: ({ hash }) => void used.push(hash),
    lookUp: () => undefined,
    refuse: (why) => void used.push(why),
  });
  const door = reload.site(true);
  const before = door.read();
  const others = (word: string) =>
    before.files
      .filter((file) => file.path.endsWith(".strategy"))
      .map((file) => (file.path === "shop.strategy" ? { ...file, text: strategy(word) } : file));
  const [one, two] = await Promise.all(["one", "two"].map(async (word) => door.load?.(others(word), before.program)));
  stop();
  expect([one, two]).toEqual([{ findings: expect.any(Array) }, "changed meanwhile"]);
  expect(used).toEqual([door.read().program]);
  expect(door.read().files.at(-1)?.text).toBe(strategy("one"));
});

test.each<[string, string[], string]>([
  ["the whole network without a token", ["--http", "0.0.0.0:0"], "--token-file"],
  ["changes without a token", ["--allow-load"], "--token-file"],
  ["a token that anybody guesses", ["--token-file", "short"], "20 to 200"],
  ["a token that is not there", ["--token-file", "nowhere"], "nowhere"],
])("%s: no run", async (_what, flags, says) => {
  const short = folder({ "shop.strategy": strategy("old"), "directory.yaml": directory, short: "secret" });
  const { code, stderr } = await cordboard(["run", ".", "--sip", "udp:127.0.0.1:0", ...flags], { cwd: short.path });
  short.remove();
  expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
});

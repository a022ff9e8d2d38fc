import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { folder, type Running, root, running } from "../../cli/test/command.ts";
import type { AgentRow, CallRow } from "../../desk/answers.ts";
import { type Phone, startPhone } from "../../sip/index.ts";
import type { LiveAgent, LiveCall } from "../live/model.ts";
import { intoText, ready, seriousFindings } from "./browser.ts";
import { type Chromium, chromiumSuite } from "./suite.ts";

/* The live view of a real run, with a demonstration call over real SIP. */

vi.setConfig({ testTimeout: 120_000 });

/** The view's own idea of an agent and a call (`live/model.ts`) is what the API tells; the compiler holds it. */
const held: [AgentRow extends LiveAgent ? true : never, CallRow extends LiveCall ? true : never] = [true, true];
test("what the view reads is what the API tells", () => expect(held).toEqual([true, true]));

const token = "0123456789abcdef0123456789";

const secret = folder({ token });
const runs: Running[] = [];
const phones: Phone[] = [];

/** The page may ask runs, and is told so by the browser where it may not. */
const asksRun = (wrong: string): boolean => /^request: (?:http|ws):\/\/127\.0\.0\.1:|^console: /.test(wrong);

chromiumSuite("the live view in Chromium", liveView, asksRun);

function liveView(chromium: Chromium): void {
  const origin = (): string => new URL(chromium.url()).origin;
  afterAll(() => secret.remove());
  afterEach(async () => {
    for (const phone of phones.splice(0)) await phone.stop();
    for (const run of runs.splice(0)) await run.stop();
  });

  const started = async (...flags: string[]): Promise<Running> => {
    const run = await running(join(root, "examples/first-call"), flags);
    runs.push(run);
    return run;
  };
  const phoneOf = async (options: Parameters<typeof startPhone>[0]): Promise<Phone> => {
    const phone = await startPhone(options);
    phones.push(phone);
    return phone;
  };
  const open = async (): Promise<Page> => {
    const page = await chromium.open();
    await ready(page);
    await page.getByRole("tab", { name: "Live" }).click();
    return page;
  };
  const connect = async (page: Page, address: string, said = ""): Promise<void> => {
    await page.getByLabel("Address of a run").fill(address);
    await page.getByLabel("Token", { exact: true }).fill(said);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
  };
  const state = (page: Page) => page.locator(".live-state");
  /** What the page did wrong, beside asking the run. */
  const wrongs = (run: Running) => chromium.wrongs().filter((one) => !one.includes(run.http));

  const connected = (page: Page) => state(page).filter({ hasText: "Connected" }).waitFor();

  test("a call is seen to wait, where in the text, and why; then it ends", async () => {
    const run = await started("--origin", origin());
    const page = await open();
    await connect(page, run.http);
    await connected(page);
    const calls = page.getByRole("region", { name: "Calls of the run" }).first();
    await calls.getByText("Nobody calls now").waitFor();
    const phone = await phoneOf({ user: "+34600000001" });
    const call = phone.call(`sip:5000@${run.sip}`);
    await calls.getByText("waits in Helpdesk").first().waitFor();
    await page.getByRole("heading", { name: "Why +34600000001 waits" }).waitFor();
    await page.getByRole("heading", { name: "Call from +34600000001" }).waitFor();
    await page.getByRole("region", { name: "Agents of the run" }).getByText("Ana", { exact: true }).waitFor();
    await page.getByText("The texts of this page are those that run.").waitFor();
    await page.locator(".facts .place", { hasText: "first-call.strategy:" }).first().waitFor();
    expect(await page.evaluate(() => document.querySelectorAll(".mark.now").length)).toBeGreaterThan(0);
    expect(await seriousFindings(page)).toEqual([]);
    call.hangUp();
    await calls.getByText("Nobody calls now").waitFor();
    await page.getByText("It is over; its events are below.").waitFor();
    expect(wrongs(run)).toEqual([]);
  });

  test("a demonstration call is told event by event", async () => {
    const page = await open();
    const run = await started("--demo", "--origin", origin());
    await connect(page, run.http);
    const events = page.getByRole("region", { name: "Events of the run" });
    await events.getByText("call.connected").waitFor({ timeout: 30_000 });
    await page.getByRole("region", { name: "Agents of the run" }).getByText("talking").first().waitFor();
    await events.getByText("call.ended").waitFor({ timeout: 30_000 });
    expect(wrongs(run)).toEqual([]);
  });

  test("with a token that may, a changed text is checked and loaded; what is wrong comes back as findings", async () => {
    const run = await started("--token-file", join(secret.path, "token"), "--allow-load", "--origin", origin());
    const page = await open();
    await connect(page, run.http, token);
    await connected(page);
    const load = page.getByRole("button", { name: "Load into the run…" });
    expect(await load.isDisabled()).toBe(true);
    await page.locator('[data-tab="first-call.strategy"]').click();
    await intoText(page);
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("# by the page\n");
    await page.getByText("Other texts run than those of this page: first-call.strategy.").waitFor();
    await load.click();
    const question = page.getByRole("dialog", { name: `Load 1 file into the run at ${run.http}?` });
    expect(await question.locator(".bad").count()).toBe(0);
    await question.getByRole("button", { name: "Load 1 file" }).click();
    await page.getByText("It stands in no file there").waitFor({ timeout: 30_000 });
    await run.event(({ type }) => type === "strategy.loaded");
    await page.getByText("The texts of this page are those that run.").waitFor();
    expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))).not.toContain(token);
    expect(wrongs(run)).toEqual([]);
  });

  test("with other texts, opening what runs comes first; a refusal goes with the texts it is of", async () => {
    const run = await started("--token-file", join(secret.path, "token"), "--allow-load", "--origin", origin());
    const page = await open();
    const openRuns = page.getByRole("button", { name: "Open what runs" });
    const load = page.getByRole("button", { name: "Load into the run…" });
    const isMain = (button: Locator) => button.evaluate((element) => element.classList.contains("main"));
    await page.getByLabel("Open an example").selectOption("example billing");
    await connect(page, run.http, token);
    await connected(page);
    await page.getByText("Other texts run than those of this page").waitFor();
    expect([await isMain(openRuns), await isMain(load)]).toEqual([true, false]);
    await load.click();
    const question = page.getByRole("dialog", { name: /^Load \d+ files? into the run at / });
    await question.getByText("were not opened from that run").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await question.getByRole("button", { name: /^Load/ }).click();
    const findings = page.locator(".live-texts li");
    await findings.first().waitFor({ timeout: 30_000 });
    const severities = (await findings.allTextContents()).map((text) => / (error|warning|hint): /.exec(text)?.[1]);
    const order = ["error", "warning", "hint"];
    expect(severities).toEqual(severities.toSorted((a = "", b = "") => order.indexOf(a) - order.indexOf(b)));
    await openRuns.click();
    await page.getByText("The texts of this page are those that run.").waitFor();
    expect(await findings.count()).toBe(0);
    await intoText(page);
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("# by the page\n");
    await page.getByText("Other texts run than those of this page").waitFor();
    expect([await isMain(openRuns), await isMain(load), await findings.count()]).toEqual([false, true, 0]);
  });

  test("by keys alone a call is chosen, followed into the text, and a strategy loaded; in the dark too", async () => {
    const run = await started("--token-file", join(secret.path, "token"), "--allow-load", "--origin", origin());
    const page = await open();
    await page.emulateMedia({ colorScheme: "dark" });
    const { keyboard } = page;
    const tabTo = async (place: Locator): Promise<void> => {
      for (let nth = 0; nth < 80; nth++) {
        if (await place.evaluate((element) => element === document.activeElement)) return;
        await keyboard.press("Tab");
      }
      throw new Error("the Tab key does not come there");
    };
    await tabTo(page.getByLabel("Address of a run"));
    await keyboard.press("Control+a");
    await keyboard.type(run.http);
    await keyboard.press("Tab");
    await keyboard.type(token);
    await keyboard.press("Enter");
    await connected(page);
    for (const user of ["+34600000001", "+34600000002"]) (await phoneOf({ user })).call(`sip:5000@${run.sip}`);
    const second = page.locator('[aria-label="Calls of the run"] .call-row', { hasText: "+34600000002" });
    await second.filter({ hasText: "waits in Helpdesk" }).waitFor();
    await tabTo(second);
    await keyboard.press("Enter");
    const details = page.locator(".details", { hasText: "+34600000002" });
    await details.getByRole("heading", { name: /^Why .* waits$/ }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await tabTo(details.locator(".place").first());
    await keyboard.press("Enter");
    await page.locator(".monaco-editor.focused").waitFor();
    for (const key of ["Control+Home", "Control+m"]) await keyboard.press(key);
    await keyboard.type("# by keys\n");
    const load = page.getByRole("button", { name: "Load into the run…" });
    await tabTo(load);
    await keyboard.press("Enter");
    const question = page.getByRole("dialog");
    await question.waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    // Who presses Enter once more has not loaded anything.
    await keyboard.press("Enter");
    await question.waitFor({ state: "detached" });
    expect(await load.evaluate((element) => element === document.activeElement)).toBe(true);
    await keyboard.press("Enter");
    await tabTo(question.getByRole("button", { name: "Load 1 file" }));
    await keyboard.press("Enter");
    await page.getByText("Loaded: new calls use it").waitFor({ timeout: 30_000 });
    await run.event(({ type }) => type === "strategy.loaded");
  });

  test("each refusal says what to do", async () => {
    const run = await started("--token-file", join(secret.path, "token"));
    const allowed = await started("--token-file", join(secret.path, "token"), "--origin", origin());
    const page = await open();
    const refusals: [string, string, string][] = [
      [run.http, token, `start it with --origin ${origin()}`],
      [allowed.http, "", "asks for a token"],
      [allowed.http, `${token}0`, "does not take this token"],
      ["127.0.0.1:9", "", "Nothing answers at http://127.0.0.1:9"],
      ["ftp://127.0.0.1", "", "Write an address as"],
      [allowed.http, "with blanks in it", "letters, digits"],
    ];
    for (const [address, said, says] of refusals) {
      await connect(page, address, said);
      await state(page).filter({ hasText: says }).waitFor();
    }
  });

  test("what callers send is text, whatever it looks like, and a run that is started anew is told as such", async () => {
    const run = await started("--origin", origin());
    await phoneOf({ user: "1001", registrar: `sip:${run.sip}` });
    const page = await open();
    const hostile = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
    await page.route(`http://${run.http}/api/calls`, (route) =>
      route.fulfill({
        headers: { "access-control-allow-origin": origin() },
        json: [
          {
            id: hostile,
            from: hostile,
            to: hostile,
            program: hostile,
            answered: true,
            hears: hostile,
            stack: [{ name: hostile, variables: {} }],
            arrivedAt: new Date().toISOString(),
            mailbox: hostile,
            offers: [],
            data: { [hostile]: hostile },
          },
        ],
      }),
    );
    await connect(page, run.http);
    await page.locator(".facts dd", { hasText: "<img src=x" }).first().waitFor();
    expect([await page.title(), await page.locator(".run img, .run script").count()]).toEqual([
      "Cordboard playground",
      0,
    ]);

    await run.post("/api/agents/ana/not-ready", { reason: hostile });
    const events = page.locator(".live-events li");
    await events.filter({ hasText: "<img src=x" }).first().waitFor();
    await run.stop();
    await state(page).filter({ hasText: "Connection lost. The run has ended. Trying again" }).waitFor();
    await started("--origin", origin(), "--http", run.http);
    await state(page).filter({ hasText: "Connected. The run was started anew" }).waitFor();
    expect(await page.title()).toBe("Cordboard playground");
  });
}

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";
import { build } from "vite";
import { folder, root, type Running, running } from "../../../cli/test/command.ts";
import { axeFindings } from "../../../playground/test/browser.ts";
import { type Phone, startPhone, writeWav } from "../../../sip/index.ts";
import { peerSuite } from "../../../sip/test/peers/suite.ts";

/* The pages of agents and supervisors in Chromium, served by a real run, with the built-in phones. */

vi.setConfig({ testTimeout: 180_000 });

const tokens = { ana: "ana-0123456789abcdef0123", ben: "ben-0123456789abcdef0123", sue: "sue-0123456789abcdef0123" };
type Name = keyof typeof tokens;
const hostile = `<img src=x onerror="document.title='bad'"> O'Brien & "Söhne" 🙂`;

/** What an agent may write about a call, at its longest (row 3.33). */
const notes = "O'Brien 🙂 <b>ñ</b> & ".repeat(100).slice(0, 1999) + ".";

const strategy = `strategy "desk" {
  entry "5000", "6000", "6003", "6009", "6010", "7*"
  default route to group Everyone

  answer
  set call.data.subject = call.header["Subject"] ?? "none"
  set call.data.called = call.to
  set call.data.customer = "${hostile.replaceAll('"', '\\"')}"
  if call.to == "6000" {
    set call.data.notes = "${notes}"
    preview to group Sales for 60s {
      all at once
      showing { customer: call.data.customer, waited: call.waited, notes: call.data.notes }
      sound "chime"
      on accepted(worker) { ring worker for 15s }
    }
    hangup
  }
  if call.to == "6003" { preview to group Sales for 3s { on accepted(worker) { ring worker for 15s } } hangup }
  if call.to == "6009" { voicemail to mailbox sales }
  if call.to == "6010" { ring agent sue for 6s  hangup }
  queue Sales { showing { customer: call.data.customer }  at 0s group Sales  give up after 10m }
}
`;

const directory = (secrets: string) => `directory: 1
site: { name: Harbour, zone: Europe/Madrid, country: ES, languages: [en, es] }
defaults: { wrap_up: 2m, outbound: { "+34*": [pstn] } }
trunks: { pstn: { to: "sip:127.0.0.1:9" } }
states: { lunch: { class: not_ready, label: { en: Lunch, es: Comida }, next: [ready, not_ready] } }
groups: { Sales: { members: [ana, ben] } }
devices: { spare: {} }
prompts: { folder: prompts }
agents:
  ana: { name: Ana, extension: "1001", redirect: "+34622222222", may: [redirect, record], login: { token: { file: ${secrets}/ana } } }
  ben: { name: Ben, extension: "1002", login: { token: { file: ${secrets}/ben } } }
  sue: { name: Sue, extension: "1003", supervisor: yes, login: { token: { file: ${secrets}/sue } } }
mailboxes: { sales: { owner: group Sales, at_most: 6s } }
flags: { storm: { default: no }, rain: { default: no, who: [supervisor, group Sales] } }
desk: { languages: [en, es], states: [lunch], hotkeys: { accept: F9, decline: Ctrl+Enter }, playground_url: "http://127.0.0.1:8099/", help_url: "https://help.example/desk" }
`;

peerSuite("the desk in Chromium", ["chromium"], () => {
  let browser: Browser;
  let run: Running;
  let site: ReturnType<typeof folder>;
  const phones: Phone[] = [];
  const wrongs: string[] = [];

  beforeAll(async () => {
    const outDir = join(inject("built"), "desk/page");
    await build({ configFile: join(root, "desk/page/vite.config.ts"), logLevel: "error", build: { outDir } });
    const secrets = folder({ ...tokens, run: "run-0123456789abcdef0123" });
    site = folder({ "desk.strategy": strategy, "directory.yaml": directory(secrets.path), "prompts/of-people": "" });
    writeFileSync(join(site.path, "prompts/chime.wav"), writeWav(new Int16Array(800)));
    run = await running(site.path, ["--token-file", join(secrets.path, "run"), "--allow-load"]);
    browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      // Chromium's sandbox does not start for root.
      args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), "--autoplay-policy=no-user-gesture-required"],
    });
    await rings("1001", { afterMs: 1500 });
    await rings("1002", { afterMs: 300 });
    await keepDesks(await open());
  }, 120_000);
  /** Whatever happened before, nobody talks and nobody is ready. */
  beforeEach(async () => {
    for (const phone of phones.splice(2)) await phone.stop();
    for (const agent of ["ana", "ben"])
      for (const does of ["ready", "not-ready"]) await asSue(`/api/agents/${agent}/${does}`, {});
  });
  afterAll(async () => {
    await browser?.close();
    for (const phone of phones) await phone.stop();
    await run?.stop();
    site?.remove();
  });

  /** `before` runs in the page before its own scripts. */
  async function open(path = "/", before = "", options = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1180, height: 760 }, ...options });
    const page = await context.newPage();
    page.on("pageerror", (error) => wrongs.push(error.message));
    page.on("dialog", (dialog) => void dialog.dismiss().then(() => wrongs.push("dialog")));
    if (before !== "") await page.addInitScript(before);
    await page.goto(`http://${run.http}${path}`);
    return page;
  }
  /** Whose page was closed 15 s ago cannot be reached: those whom the tests call have a desk open all the time. */
  const keepDesks = (page: Page) =>
    page.evaluate(
      (of) =>
        of.forEach(
          ([agent, token]) => new WebSocket(`/api/events?agent=${agent}`, ["cordboard.v1", `bearer.${token}`]),
        ),
      [
        ["ana", tokens.ana],
        ["ben", tokens.ben],
        ["sue", tokens.sue],
      ],
    );
  async function signIn(who: Name, path = "/", before = "", options = {}): Promise<Page> {
    const page = await open(path, before, options);
    await page.getByLabel("Token").fill(tokens[who]);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("region", { name: "Queues" }).first().waitFor();
    return page;
  }
  async function phoneOf(options: Partial<Parameters<typeof startPhone>[0]> & { user: string }): Promise<Phone> {
    const phone = await startPhone(options);
    phones.push(phone);
    return phone;
  }
  const rings = (user: string, answer?: { afterMs: number }) =>
    phoneOf({ user, registrar: `sip:${run.sip}`, ...(answer && { answer }) });
  const calls = async (number: string, from = "+34600000001") =>
    (await phoneOf({ user: from })).call(`sip:${number}@${run.sip}`);
  const asSue = (path: string, body?: object, method = body ? "POST" : "GET") =>
    fetch(`http://${run.http}${path}`, {
      method,
      headers: { authorization: `Bearer ${tokens.sue}`, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  /** What a program tells that watches phones. */
  const watched = (agent: string, body: object) => asSue(`/api/agents/${agent}/presence`, body);
  /** Whether a button can be seen without scrolling. */
  const reach = (page: Page, name: RegExp) =>
    page.getByRole("button", { name }).evaluate((button) => {
      const { top, bottom } = button.getBoundingClientRect();
      return window.scrollY === 0 && top >= 0 && bottom <= window.innerHeight;
    });
  const stateOf = (page: Page) => page.locator("p.state strong");
  const shows = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
  const shot = async (page: Page, name: string): Promise<void> => {
    const folderOfShots = process.env["CORDBOARD_SHOTS"];
    if (folderOfShots !== undefined)
      await page.screenshot({ path: join(folderOfShots, `${name}.png`), fullPage: true });
  };
  /** All of WCAG 2.2 AA, whatever axe thinks of its weight. */
  const deskFindings = (page: Page) => axeFindings(page, { isStrict: true });
  /** What must be scrolled sideways to be read, where all should fit (WCAG 1.4.10). */
  const sideways = (page: Page) =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll(".scroll")]
        .filter((each) => each.scrollWidth > each.clientWidth)
        .map((each) => each.textContent?.slice(0, 80)),
    );
  const leave = (...pages: Page[]) => Promise.all(pages.map((page) => page.context().close()));

  test("who has no token gets no further, and learns nothing", async () => {
    const page = await open();
    await page.getByLabel("Token").fill("forged-0123456789abcdef");
    await page.getByRole("button", { name: "Sign in" }).click();
    await shows(page, "This token is nobody's here.");
    expect(await page.getByText("Harbour").count()).toBe(0);
    await page.getByRole("button", { name: "Close the message" }).click();
    await page.getByLabel("Token").fill("what no header can say 🙂");
    await page.getByRole("button", { name: "Sign in" }).click();
    await shows(page, "This token is nobody's here.");
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "sign-in");
    await leave(page);
  });

  test("a server that is busy, or not there, is asked again, and calls no token wrong", async () => {
    const page = await open();
    await page.getByLabel("Token").fill(tokens.ana);
    const hurdles = ["busy", "gone"];
    await page.route("**/api/me", (route) => {
      const hurdle = hurdles.shift();
      if (hurdle === "busy") return route.fulfill({ status: 429, json: { error: "too many", code: "too_many" } });
      return hurdle === "gone" ? route.abort() : route.continue();
    });
    await page.getByRole("button", { name: "Sign in" }).click();
    await shows(page, "too much at once; wait a moment");
    await page.getByRole("region", { name: "Queues" }).first().waitFor();
    expect(hurdles).toEqual([]);
    expect(await page.getByText("That did not work").count()).toBe(0);
    await leave(page);
  });

  test("rows 3.17, 3.19, 3.20, 3.26: states, with a reason and of the directory's own; help; in Spanish, in the dark, on a phone's screen", async () => {
    const page = await signIn("ana");
    await page.getByRole("button", { name: "Ready", exact: true }).click();
    await stateOf(page)
      .filter({ hasText: /^Ready$/ })
      .waitFor();
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "ready");
    await page.getByRole("button", { name: "Lunch" }).click();
    await stateOf(page).filter({ hasText: "Lunch" }).waitFor();
    // Row 3.20: only what may follow can be chosen.
    for (const [name, isDisabled] of [
      ["Ready", false],
      ["Log out", true],
    ] as const)
      expect(await page.getByRole("button", { name, exact: true }).isDisabled(), name).toBe(isDisabled);
    // Row 3.21: where the directory lets, and where its trunks lead.
    await page.getByLabel("Calls elsewhere").fill("+1 555 0100");
    await page.getByRole("button", { name: "Send them there" }).click();
    await shows(page, "That did not work: this number may not be called");
    await page.getByLabel("Calls elsewhere").fill("+34 611 111 111");
    await page.getByRole("button", { name: "Send them there" }).click();
    await shows(page, /your calls go to \+34/);
    // What went wrong is over with what succeeds.
    await page.getByText("this number may not be called").waitFor({ state: "detached" });
    await shot(page, "elsewhere");
    await page.getByRole("button", { name: "Nowhere else" }).click();
    await page.getByText("your calls go to").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "As in the directory" }).click();
    await shows(page, /your calls go to \+34622222222/);
    // Row 1.12: a call that does not run through here, as whoever watches the phone tells.
    await watched("ana", { activity: "on-the-phone" });
    const its = page.getByRole("article", { name: "Private call" });
    await its.getByText("does not run through here").waitFor();
    for (const button of await its.getByRole("button").all()) expect(await button.isDisabled()).toBe(true);
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "private");
    await watched("ana", { open: true });
    await its.waitFor({ state: "detached" });
    await page.getByLabel("Reason").fill("e-mail");
    await page.getByLabel("Reason").press("Enter");
    await page.locator("p.state", { hasText: "e-mail" }).waitFor();
    await page.getByLabel("Language").selectOption("es");
    await page.getByLabel("Tema").selectOption("dark");
    await stateOf(page).filter({ hasText: "No disponible" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("es");
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [light, dark] = ["rgb(255, 255, 255)", "rgb(21, 24, 28)"];
    await expect.poll(ground).toBe(dark);
    await page.getByLabel("Tema").selectOption("system");
    await expect.poll(ground).toBe(light);
    await page.emulateMedia({ colorScheme: "dark" });
    await expect.poll(ground).toBe(dark);
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByLabel("Tema").selectOption("dark");
    await expect.poll(ground).toBe(dark);
    await page.setViewportSize({ width: 375, height: 740 });
    expect(await sideways(page)).toEqual([]);
    expect(await page.locator("kbd:visible").count()).toBe(0);
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "phone-dark-spanish");
    expect(await page.getByRole("link", { name: "Ayuda" }).getAttribute("href")).toBe("https://help.example/desk");
    // What was chosen stays when the page is loaded again; nobody signs in twice in one tab.
    await page.reload();
    await page.getByRole("button", { name: /^Comida$/ }).waitFor();
    // Ready by a key.
    await page.keyboard.press("Control+F9");
    await stateOf(page).filter({ hasText: "Disponible" }).waitFor();
    await page.getByRole("button", { name: "Salir" }).click();
    await stateOf(page).filter({ hasText: "Desconectado" }).waitFor();
    await leave(page);
  });

  test("what is asked while an older answer is still to come waits for it", async () => {
    const page = await signIn("ana");
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let [underWay, most] = [0, 0];
    await page.route("**/api/agents", async (route) => {
      most = Math.max(most, ++underWay);
      const response = await route.fetch();
      await held;
      underWay--;
      await route.fulfill({ response });
    });
    await expect.poll(() => underWay).toBe(1);
    const done = page.waitForResponse("**/ready");
    await page.getByRole("button", { name: "Ready", exact: true }).click();
    await done;
    await run.event(({ type, agent, state }) => type === "agent.state" && agent === "ana" && state === "ready");
    letGo();
    await stateOf(page)
      .filter({ hasText: /^Ready$/ })
      .waitFor();
    expect(most).toBe(1);
    await page.unrouteAll({ behavior: "wait" });
    await leave(page);
  });

  test("row 3.22: a call rings, is talked in with what came with it, is ended from the desk, and written up until he is done", async () => {
    const page = await signIn("ana");
    await page.getByRole("button", { name: "Ready", exact: true }).click();
    await stateOf(page)
      .filter({ hasText: /^Ready$/ })
      .waitFor();
    await calls("5000");
    const its = page.getByRole("article");
    await its.filter({ hasText: "rings for you" }).waitFor();
    await its.getByText(hostile).waitFor();
    await shot(page, "ringing");
    await shows(page, "you talk");
    await page.getByText(hostile).waitFor();
    // What the strategy shows stays, and stays first; what else came with it is below.
    const [first, rest] = [its.locator("dl").nth(0), its.locator("dl").nth(1)];
    expect(await first.locator("dt").allTextContents()).toEqual(["customer"]);
    expect(await rest.locator("dt").allTextContents()).toEqual(["subject", "called"]);
    expect(await page.getByRole("switch").allTextContents()).toHaveLength(1);
    await page.getByRole("switch", { name: "rain" }).waitFor();
    expect(await page.title()).toBe("Ana – Cordboard");
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "talking");
    // What comes and goes moves nothing that somebody is about to press; what cannot be undone stands last.
    const placeOf = async (name: string) => (await page.getByRole("button", { name }).boundingBox())?.y;
    const before = await placeOf("Log out");
    expect(await its.locator("p.row").first().getByRole("button").last().textContent()).toContain("Hang up");
    await page.getByRole("button", { name: /Hang up/ }).click();
    await stateOf(page).filter({ hasText: "Work after the call" }).waitFor();
    expect(await placeOf("Log out")).toBe(before);
    // What is written up stays before one's eyes.
    await page.getByRole("heading", { name: "Work after the call with +34600000001" }).waitFor();
    await its.getByText(hostile).waitFor();
    await shows(page, /ends by itself in 1[01]\d s/);
    await shot(page, "wrap-up");
    // Nor is it gone with the page.
    await page.reload();
    await page.getByRole("heading", { name: "Work after the call with +34600000001" }).waitFor();
    await its.getByText(hostile).waitFor();
    await page.getByRole("button", { name: "Done" }).click();
    await stateOf(page)
      .filter({ hasText: /^Ready$/ })
      .waitFor();
    await run.event(({ type, by }) => type === "call.ended" && by === "party");
    await leave(page);
  });

  /** A clock that is wrong by so much, and notes of what sounds. */
  const skewed = (ms: number) => `{
    const real = Date;
    globalThis.Date = class extends real { constructor(...given) { given.length ? super(...given) : super(real.now() + ${ms}); } static now() { return real.now() + ${ms}; } };
    globalThis.heard = [];
    HTMLMediaElement.prototype.play = function () { globalThis.heard.push(this.src); return Promise.resolve(); };
  }`;
  const secondsIn = async (page: Page): Promise<number> =>
    Number(/\d+/.exec((await page.getByRole("timer").textContent()) ?? "")?.[0]);

  test("rows 3.7 to 3.9, 3.23, 3.24, 3.33: a preview: right seconds on a wrong clock, one sound, accepted by a key; the other learns that somebody has it", async () => {
    // Row 3.8: five minutes ahead, and behind.
    const [ana, ben] = [await signIn("ana", "/", skewed(300_000)), await signIn("ben", "/", skewed(-300_000))];
    for (const page of [ana, ben]) {
      await page.getByRole("button", { name: "Ready", exact: true }).click();
      await stateOf(page)
        .filter({ hasText: /^Ready$/ })
        .waitFor();
    }
    const call = await calls("6000");
    for (const page of [ana, ben]) await page.getByRole("heading", { name: "A call for you to decide" }).waitFor();
    const left = await secondsIn(ana);
    for (const seconds of [left, await secondsIn(ben)]) expect([seconds > 0, seconds <= 60]).toEqual([true, true]);
    await expect.poll(() => secondsIn(ana)).toBeLessThan(left);
    await ana.getByText(hostile).waitFor();
    await ana.getByRole("alert").getByText("+34600000001").waitFor();
    await stateOf(ana).filter({ hasText: "A call is shown" }).waitFor();
    expect(await ana.locator("dd", { hasText: "O'Brien 🙂 <b>ñ" }).textContent()).toBe(notes);
    // The strategy's own recording, once; keys are shown as the directory has them.
    const heard = () => ana.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
    await expect.poll(heard).toEqual([expect.stringMatching(/^blob:/)]);
    for (const name of ["Accept F9", "Decline Ctrl+Enter"])
      await expect.poll(() => ana.getByRole("button", { name, exact: true }).count()).toBe(1);
    expect(await deskFindings(ana)).toEqual([]);
    await shot(ana, "preview");
    // However much came with it, one decides without looking for the buttons.
    for (const name of [/^Accept/, /^Decline/]) await expect(reach(ana, name)).resolves.toBe(true);
    await ana.keyboard.press("F9");
    await shows(ben, "Somebody else has taken the call.");
    expect(await ben.getByRole("timer").count()).toBe(0);
    await shot(ben, "answered-elsewhere");
    await shows(ana, "you talk");
    for (const name of [/^Hang up/, /^Hold/]) await expect(reach(ana, name)).resolves.toBe(true);
    call.hangUp();
    await shows(ana, "The caller has hung up.");
    await leave(ana, ben);
  });

  test("rows 3.5, 3.10, 3.14, 3.15: a preview whose caller hangs up, one that is declined, and one that nobody answers", async () => {
    const page = await signIn("ben");
    await page.getByRole("button", { name: "Ready", exact: true }).click();
    await stateOf(page)
      .filter({ hasText: /^Ready$/ })
      .waitFor();
    const heading = page.getByRole("heading", { name: "A call for you to decide" });
    const first = await calls("6000");
    await heading.waitFor();
    first.hangUp();
    await shows(page, "The caller has hung up.");
    await heading.waitFor({ state: "detached" });
    await calls("6000");
    await heading.waitFor();
    await page.keyboard.press("Control+Enter");
    await heading.waitFor({ state: "detached" });
    await run.event(
      ({ type, agent, outcome }) => type === "preview.ended" && agent === "ben" && outcome === "declined",
    );
    await calls("6003");
    await heading.waitFor();
    await shows(page, "The time to answer is over.");
    await heading.waitFor({ state: "detached" });
    // Row 3.14: what became of them, the newest first, and all as a file.
    const sue = await signIn("sue", "/supervisor");
    await sue.getByText("The latest 100").click();
    const records = sue.getByRole("region", { name: "What was shown to whom" });
    const outcomes = async () => (await records.getByRole("row", { name: "Ben" }).allTextContents()).slice(0, 3);
    await expect
      .poll(outcomes)
      .toEqual([/time over/, /declined/, /caller hung up/].map((outcome) => expect.stringMatching(outcome)));
    await shot(sue, "preview-records");
    const saved = sue.waitForEvent("download");
    await sue.getByRole("button", { name: "Save all as CSV" }).click();
    expect((await saved).suggestedFilename()).toBe("previews.csv");
    // Row 3.15: the same in figures, with the states of the day; in Spanish too.
    await sue.getByText("Today", { exact: true }).click();
    const report = sue.getByRole("region", { name: "What everybody has done" });
    const shownToBen = async () =>
      /(\d+) \/ \d+ \/ (\d+) \/ (\d+)/.exec((await report.getByRole("row", { name: "Ben" }).textContent()) ?? "");
    await expect.poll(async () => (await shownToBen())?.slice(1).every((count) => Number(count) > 0)).toBe(true);
    await report
      .getByText(/Not ready \d+:\d\d/)
      .first()
      .waitFor();
    expect(await deskFindings(sue)).toEqual([]);
    await shot(sue, "reports");
    const figures = sue.waitForEvent("download");
    await sue.getByRole("button", { name: "Save as CSV", exact: true }).click();
    expect((await figures).suggestedFilename()).toBe("agents.csv");
    await sue.getByLabel("Language").selectOption("es");
    await sue
      .locator(".figures")
      .getByText(/No disponible \d+:\d\d/)
      .first()
      .waitFor();
    await sue.getByLabel("Desde", { exact: true }).fill("2001-01-01T00:00");
    await shows(sue, "En este periodo");
    // Dates are in the language of the page, whatever the browser's is.
    await shows(sue, /Se conoce desde \d+ [a-z]+ \d{4}, /);
    await sue.getByLabel("Idioma").selectOption("en");
    await leave(page, sue);
  });

  /** Notes which records come. */
  const listening = `{
    globalThis.records = [];
    globalThis.WebSocket = class extends WebSocket { constructor(...given) { super(...given); this.addEventListener("message", ({ data }) => globalThis.records.push(JSON.parse(data).type)); } };
  }`;
  const hasHeard = (page: Page, type: string) =>
    page.evaluate((wanted) => (globalThis as unknown as { records: string[] }).records.includes(wanted), type);

  test("a colleague is called from the desk, one's own phone first; whom it cannot call is told", async () => {
    const ana = await signIn("ana");
    await ana.getByLabel("Name, extension, number").fill("1002");
    await ana.getByRole("button", { name: "Call", exact: true }).click();
    await shows(ana, "you talk");
    await run.event(({ type, agent }) => type === "call.connected" && agent === "ben");
    await shot(ana, "dialled");
    await ana.getByRole("button", { name: /Hang up/ }).click();
    await shows(ana, "Work after the call");
    await leave(ana);
    const page = await signIn("sue", "/", listening);
    await shows(page, "Your phone is not registered: calls cannot reach you.");
    await page.getByLabel("Name, extension, number").fill("1001");
    await page.getByRole("button", { name: "Call", exact: true }).click();
    await shows(page, "your own phone: phone cannot be reached");
    // The answer has told it: the record does not tell it again.
    await expect.poll(() => hasHeard(page, "dial.failed")).toBe(true);
    await page.waitForResponse("**/api/agents");
    await expect.poll(() => page.locator(".notice").count()).toBe(1);
    await page.getByLabel("Language").selectOption("es");
    // What is shown already is said anew.
    await shows(page, "su propio teléfono: teléfono inaccesible");
    await page.getByLabel("Nombre, extensión, número").fill("1001");
    await page.getByRole("button", { name: "Llamar", exact: true }).click();
    await shows(page, "su propio teléfono: teléfono inaccesible");
    await leave(page);
  });

  test("rows 3.4, 3.32: a conversation is held, taken back, asked about, and handed on, which supervisors see", async () => {
    const [page, sue] = [await signIn("ana"), await signIn("sue", "/supervisor")];
    await page.getByRole("button", { name: "Ready", exact: true }).click();
    await calls("5000");
    await shows(page, "you talk");
    await page.getByRole("button", { name: /^Hold/ }).click();
    await shows(page, "on hold");
    await shows(sue, "☎ Ana · caller on hold");
    const clock = async () => (await page.locator("p.state .soft").first().textContent()) ?? "";
    await expect.poll(clock).toMatch(/^0:0[2-9]$/);
    const held = await clock();
    await page.keyboard.press("Control+F10");
    await page.getByRole("button", { name: /^Hold/ }).waitFor();
    // How long they talk goes on.
    expect((await clock()) >= held).toBe(true);
    // Row 2.24: by a key and by buttons; only whom the directory lets.
    await page.keyboard.press("Control+F11");
    await shows(page, "is being recorded");
    await page.getByRole("button", { name: "Pause the recording Ctrl+F11", exact: true }).click();
    await shows(page, "recording paused");
    await page.keyboard.press("Control+F11");
    await shows(page, "is being recorded");
    await shot(page, "recording");
    await page.getByRole("button", { name: "Stop the recording" }).click();
    await page.getByRole("button", { name: "Record Ctrl+F11", exact: true }).waitFor();
    // Whom one can hand over to is offered with how each is now; what nobody is called is said.
    const offered = page.locator(`#${await page.getByLabel("Who else").getAttribute("list")} option`);
    expect(await offered.allTextContents()).toEqual(
      expect.arrayContaining(["Ben · 1002 · Not ready", "Sales · group", "sales · mailbox"]),
    );
    await page.getByLabel("Who else").fill("Luc");
    await page.getByRole("button", { name: "Talk first" }).click();
    await shows(page, "nobody is called “Luc”");
    await page.getByLabel("Who else").fill("bEN");
    await page.getByRole("button", { name: "Talk first" }).click();
    await shows(page, "you talk with ben");
    await shows(sue, "☎ Ana · caller on hold · talks with Ben");
    await sue.getByLabel("Language").selectOption("es");
    await shows(sue, "☎ Ana · quien llama espera · habla con Ben");
    await leave(sue);
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "consult");
    // Row 3.32: to the caller and back, by button and by key.
    await page.getByRole("button", { name: /^Switch/ }).click();
    await shows(page, "ben is on hold");
    await page.getByRole("button", { name: /^Hold/ }).waitFor();
    await page.keyboard.press("Control+F6");
    await shows(page, "you talk with ben");
    // Row 3.4: and in writing, before he has it.
    const ben = await signIn("ben");
    await page.getByText("Ask a colleague in writing").click();
    await page.getByLabel("Message", { exact: true }).fill(hostile);
    await page.getByLabel("Message", { exact: true }).press("Enter");
    await ben.getByRole("region", { name: "Colleagues ask you" }).getByText(hostile).waitFor();
    await shows(ben, "Ana has written to you.");
    await ben.getByLabel("Message", { exact: true }).fill("it is mine");
    await ben.getByRole("button", { name: "Send" }).click();
    await page.getByRole("log").getByText("it is mine").waitFor();
    expect(await deskFindings(ben)).toEqual([]);
    await shot(page, "texts");
    await shot(ben, "texts-asked");
    await page.getByRole("button", { name: "Hand over", exact: true }).click();
    await run.event(({ type, agent }) => type === "call.transferred" && agent === "ben");
    await ben.getByRole("button", { name: /^Hold/ }).waitFor();
    expect(await ben.getByRole("button", { name: /Record/ }).count()).toBe(0);
    await stateOf(page).filter({ hasText: "Work after the call" }).waitFor();
    await leave(page, ben);
  });

  test("what is handed over and reaches nobody comes back, and both languages say why", async () => {
    const page = await signIn("ana");
    await page.getByRole("button", { name: /^Ready/ }).click();
    const caller = await calls("5000");
    await shows(page, "you talk");
    await page.getByLabel("Who else").fill("Sue");
    await page.getByRole("button", { name: "Hand over at once" }).click();
    await shows(page, "Not handed over, and back to you: Sue: phone cannot be reached");
    await shows(page, "you talk");
    await page.getByLabel("Language").selectOption("es");
    await shows(page, "No se ha podido pasar y vuelve a usted: Sue: teléfono inaccesible");
    caller.hangUp();
    await page.getByRole("log").getByText("Sue").waitFor({ state: "detached" });
    await leave(page);
  });

  test("messages wait in the mailbox of the group; one that a colleague has removed is told, and stands there no more", async () => {
    const sales = "/api/mailboxes/sales";
    const kept: { id: string }[] = await (await asSue(sales)).json();
    // Of a first try.
    for (const { id } of kept) await asSue(`${sales}/${id}`, undefined, "DELETE");
    const [page, sue] = [await signIn("ana"), await signIn("sue", "/supervisor")];
    for (const from of ["+34600000001", "+34600000002"]) await calls("6009", from);
    await shows(sue, "leaves a message for sales");
    // A message is heard, which is known, and removed when that is meant.
    await page.getByText("sales: 2 new").click();
    await page.getByRole("button", { name: "Play" }).first().click();
    await shows(page, "sales: 1 new");
    await page.locator("audio[controls]").waitFor();
    await page.getByRole("button", { name: "Call back" }).first().waitFor();
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "messages");
    await page.route("**/sound", async (route) => {
      const message = route
        .request()
        .url()
        .replace(/\/sound$/, "");
      await asSue(new URL(message).pathname, undefined, "DELETE");
      await route.continue();
    });
    await page.locator("li.is-new").getByRole("button", { name: "Play" }).click();
    await shows(page, "the message is not there any more");
    await shows(page, "sales: 1 heard");
    await page.locator("li.is-new").waitFor({ state: "detached" });
    await expect.poll(() => page.locator(".mailbox li").count()).toBe(1);
    await page.getByLabel("Language").selectOption("es");
    await shows(page, "el mensaje ya no está");
    await page.getByLabel("Idioma").selectOption("en");
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Delete for good" }).click();
    await page.getByRole("heading", { name: "Messages" }).waitFor({ state: "detached" });
    await leave(page, sue);
  });

  test("whose call was missed is said, in the language of the page", async () => {
    await rings("1003", { afterMs: 60_000 });
    const page = await signIn("sue");
    await calls("6010");
    await shows(page, "rings for you");
    await shows(page, "You missed the call of +34600000001.");
    await page.getByLabel("Language").selectOption("es");
    await shows(page, "Ha perdido la llamada de +34600000001.");
    await page.getByRole("button", { name: "Disponible", exact: true }).click();
    await page.getByText("Ha perdido la llamada").waitFor({ state: "detached" });
    await leave(page);
  });

  const attends = (who: string, state: string) =>
    run.event((line) => line.type === "guest.changed" && line["who"] === who && line["state"] === state);

  test("a supervisor listens and joins in by his phone; who talks adds a third", async () => {
    await rings("1003");
    const [ana, sue] = [await signIn("ana"), await signIn("sue", "/supervisor")];
    await ana.getByRole("button", { name: "Ready", exact: true }).click();
    await calls("5000");
    await shows(ana, "you talk");
    // Row 2.24: supervisors have others' calls recorded.
    await sue.getByRole("button", { name: "Record", exact: true }).click();
    await shows(ana, "is being recorded");
    await sue.getByRole("button", { name: "Stop the recording" }).click();
    await sue.getByRole("button", { name: "Record", exact: true }).waitFor();
    await sue.getByRole("button", { name: "Listen" }).click();
    await attends("sue", "listens");
    await shows(sue, "You listen to the call of +34600000001");
    await shows(sue, "Sue listens");
    await sue.getByRole("row", { name: /^Sue/ }).getByText("in a call of others").waitFor();
    expect(await ana.getByText("Sue listens").count()).toBe(0);
    expect(await deskFindings(sue)).toEqual([]);
    await shot(sue, "listening");
    await sue.getByRole("button", { name: "Stop", exact: true }).click();
    await attends("sue", "left");
    await sue.getByText("You listen to").waitFor({ state: "detached" });
    // With the run's token, or on this machine without any, one says first at whose phone that is.
    const house = await open("/supervisor");
    await house.getByLabel("Token").fill("run-0123456789abcdef0123");
    await house.getByRole("button", { name: "Sign in" }).click();
    const listen = house.getByRole("button", { name: "Listen" });
    await listen.waitFor();
    expect(await listen.isDisabled()).toBe(true);
    await house.getByLabel("You listen at the phone of").selectOption("sue");
    await listen.click();
    await attends("sue", "listens");
    await shows(house, "You listen to the call of");
    await leave(house);
    await sue.getByRole("button", { name: "Join in" }).click();
    await attends("sue", "talks");
    await ana.getByLabel("Who else").fill("ben");
    await ana.getByRole("button", { name: "Add to the call" }).click();
    await attends("ben", "talks");
    await ana.getByRole("button", { name: /Hang up/ }).click();
    await stateOf(ana).filter({ hasText: "Work after the call" }).waitFor();
    await leave(ana, sue);
  });

  test("row 3.2: an agent logs in at another phone, and is rung there; with the run's token one says whose desk it is", async () => {
    const spare = await rings("spare");
    const page = await open();
    await page.getByLabel("Token").fill("run-0123456789abcdef0123");
    await page.getByRole("button", { name: "Sign in" }).click();
    await shows(page, "Who are you?");
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "choose");
    await page.getByLabel("Name").selectOption("Ana");
    await page.getByRole("button", { name: "Open the desk" }).click();
    expect(await page.getByLabel("Your phone").locator("option").first().textContent()).toBe("Ana · 1001");
    await page.getByLabel("Your phone").selectOption("spare");
    await page.getByRole("button", { name: "Use this phone" }).click();
    await run.event(({ type, device }) => type === "agent.seated" && device === "spare");
    await page.getByRole("button", { name: "Ready", exact: true }).click();
    await calls("5000");
    await spare.incoming();
    await shows(page, "you talk");
    // Who sits there is said to others, in their language.
    const ben = await signIn("ben");
    const itsPhones = ben.locator("option", { hasText: /^spare/ }).first();
    await expect.poll(() => itsPhones.textContent()).toBe("spare · taken by Ana");
    await ben.getByLabel("Language").selectOption("es");
    await expect.poll(() => itsPhones.textContent()).toBe("spare · lo usa Ana");
    await leave(ben);
    await page.getByRole("button", { name: /Hang up/ }).click();
    await page.getByLabel("Your phone").selectOption("ana");
    await page.getByRole("button", { name: "Use this phone" }).click();
    await run.event(({ type, device }) => type === "agent.seated" && device === "ana");
    await leave(page);
  });

  test("row 3.9: whatever a caller says of himself is text, in every part of both pages", async () => {
    const [page, sue] = [await signIn("ana"), await signIn("sue", "/supervisor")];
    const evil = "<svg onload=document.title='bad'>";
    const user = encodeURIComponent(`7${evil}`);
    const phone = await phoneOf({ user: "+34600000001" });
    phone.call(`sip:${user}@${run.sip}`, { From: `<sip:${user}@127.0.0.1>`, Subject: evil });
    await sue.getByRole("row", { name: `7${evil}` }).waitFor();
    await sue.getByRole("button", { name: "Why?" }).click();
    await sue.getByRole("heading", { name: "Why it waits" }).waitFor();
    await page.getByLabel("Reason").fill(evil);
    await page.getByLabel("Reason").press("Enter");
    await sue.getByRole("row", { name: evil }).first().waitFor();
    await page.getByRole("button", { name: "Ready", exact: true }).click();
    const its = page.getByRole("article");
    await its.getByRole("heading", { name: `7${evil}` }).waitFor();
    await its.getByText(evil, { exact: true }).waitFor();
    for (const each of [page, sue]) {
      expect(await each.title()).toMatch(/ – Cordboard$/);
      expect(await each.locator("main svg, main img").count()).toBe(0);
    }
    await leave(page, sue);
  });

  test("row 3.25: a supervisor sees who waits and why, forces states, turns switches, and has another strategy run", async () => {
    const [ana, page] = [await signIn("ana"), await signIn("sue", "/supervisor")];
    // An earlier try may have turned it.
    await asSue("/api/flags/storm", { on: false });
    const caller = await calls("5000");
    await page.getByRole("button", { name: "Why?" }).click();
    await page.getByRole("heading", { name: "Why it waits" }).waitFor();
    await shows(page, /Not ready \d+:\d\d/);
    // Row 3.25: the same figures as `/api/stats`.
    const { queues } = (await (await asSue("/api/stats")).json()) as { queues: Record<string, unknown>[] };
    const [sales] = queues.filter(({ name }) => name === "Sales");
    const cells = page.getByRole("region", { name: "Queues" }).getByRole("row", { name: "Sales" }).getByRole("cell");
    const figures = async () => (await cells.allTextContents()).filter((_, nth) => [0, 3, 4].includes(nth));
    await expect
      .poll(figures)
      .toEqual([sales?.["waiting"], sales?.["answered"], sales?.["abandoned"]].map((figure) => String(figure)));
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "supervisor");
    // The same in the dark, in Spanish, on a phone's screen.
    await page.getByLabel("Theme").selectOption("dark");
    await page.getByLabel("Language").selectOption("es");
    await page.setViewportSize({ width: 400, height: 800 });
    await page.getByRole("heading", { name: "Por qué espera" }).waitFor();
    await shows(page, /No disponible \d+:\d\d/);
    await shows(page, "no está en el grupo Sales");
    expect(await sideways(page)).toEqual([]);
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "supervisor-phone");
    await page.setViewportSize({ width: 320, height: 800 });
    await page.getByText("Hoy", { exact: true }).click();
    await page.getByText("Las últimas 100").click();
    await page.locator(".figures").getByText("Ana").waitFor();
    expect(await sideways(page)).toEqual([]);
    expect(await deskFindings(page)).toEqual([]);
    await shot(page, "supervisor-narrow");
    await page.getByText("Hoy", { exact: true }).click();
    await page.getByText("Las últimas 100").click();
    await page.getByLabel("Idioma").selectOption("en");
    await page.setViewportSize({ width: 1180, height: 760 });
    expect(await page.getByRole("link", { name: "Follow the calls in the text" }).getAttribute("href")).toBe(
      `http://127.0.0.1:8099/#live=http://${run.http}`,
    );
    await page.getByRole("switch", { name: "storm" }).click();
    await run.event(({ type, flag, by }) => type === "flag.set" && flag === "storm" && by === "sue");
    await expect.poll(() => page.getByRole("switch", { name: "storm" }).isChecked()).toBe(true);
    await page.getByLabel("Change state: Ana").selectOption("ready");
    await shows(page, /☎ Ana/);
    await page.setViewportSize({ width: 320, height: 800 });
    await page.getByRole("button", { name: "Join in" }).waitFor();
    expect(await sideways(page)).toEqual([]);
    await shot(page, "supervisor-narrow-talking");
    await page.setViewportSize({ width: 1180, height: 760 });
    caller.hangUp();
    // Whose phone is gone, or whose desk is closed, cannot be made ready, and that is said.
    await watched("ben", { open: false });
    await page.getByLabel("Change state: Ben").selectOption("ready");
    await shows(page, "Cannot take calls yet: Ben: phone not in use");
    await watched("ben", { open: true });

    const text = page.getByRole("textbox", { name: "desk.strategy" });
    await text.fill(strategy.replace("give up after 10m", "give up aftr 10m"));
    await page.getByRole("button", { name: "Check, test and run" }).click();
    await page.getByRole("list", { name: "Findings" }).waitFor();
    await shot(page, "findings");
    await text.fill(strategy.replace("give up after 10m", "give up after 9m"));
    await page.getByRole("button", { name: "Check, test and run" }).click();
    await shows(page, "New calls use it; calls under way keep what they came with.");
    await run.event(({ type }) => type === "strategy.loaded");
    // What somebody else has had run meanwhile is not lost by pressing twice.
    const theirs = strategy.replace("give up after 10m", "give up after 8m");
    await text.fill(strategy.replace("give up after 10m", "give up after 7m"));
    const { program } = (await (await asSue("/api/site")).json()) as { program: string };
    const loaded = await asSue("/api/site", { program, files: [{ path: "desk.strategy", text: theirs }] });
    expect(loaded.status).toBe(200);
    await page.getByRole("button", { name: "Check, test and run" }).click();
    await shows(page, "This text has been changed by somebody else");
    expect(await page.getByRole("button", { name: "Check, test and run" }).isDisabled()).toBe(true);
    expect(await text.inputValue()).toContain("give up after 7m");
    await page.getByRole("button", { name: "Take the other text" }).click();
    expect(await text.inputValue()).toBe(theirs);
    await leave(ana, page);
    const agent = await open("/supervisor");
    await agent.getByLabel("Token").fill(tokens.ana);
    await agent.getByRole("button", { name: "Sign in" }).click();
    await shows(agent, "This page is for supervisors.");
    await leave(agent);
  });

  test("rows 3.17, 3.29: the page outlives the run: it says so, and goes on with the next one", async () => {
    const page = await signIn("ana");
    await page.getByRole("button", { name: "Ready", exact: true }).click();
    await calls("5000");
    await shows(page, "you talk");
    const { http } = run;
    const secrets = folder({ ...tokens, run: "run-0123456789abcdef0123" });
    const withoutHelp = directory(secrets.path).replace(/, help_url: "[^"]*"/, "");
    const again = folder({ "desk.strategy": strategy, "directory.yaml": withoutHelp });
    await run.stop();
    await shows(page, "No connection to the server.");
    run = await running(again.path, ["--token-file", join(secrets.path, "run"), "--http", http]);
    await page.getByText("No connection to the server.").waitFor({ state: "detached" });
    // Row 3.17: without an address there is no help.
    await page.getByRole("link", { name: "Help" }).waitFor({ state: "detached" });
    // What ended with the run is there no more.
    await shows(page, "No call. It shows here when one rings for you.");
    await rings("1001");
    await page.getByRole("button", { name: "Lunch" }).click();
    await run.event(({ type, custom }) => type === "agent.state" && custom === "lunch");
    await leave(page);
  });

  test("whose token was taken back while there was no connection is asked for another", async () => {
    const page = await signIn("ana");
    const { http } = run;
    const secrets = folder({ ...tokens, ana: "ana-another-0123456789abcdef", run: "run-0123456789abcdef0123" });
    const again = folder({ "desk.strategy": strategy, "directory.yaml": directory(secrets.path) });
    await run.stop();
    await shows(page, "No connection to the server.");
    run = await running(again.path, ["--token-file", join(secrets.path, "run"), "--http", http]);
    await page.getByLabel("Token").waitFor();
    await leave(page);
  });

  test("no page did what a page must not do", () => {
    expect(wrongs).toEqual([]);
  });
});

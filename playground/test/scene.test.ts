import { expect, test, vi } from "vitest";
import { ready, seriousFindings } from "./browser.ts";
import { chromiumSuite } from "./suite.ts";

/* The run by hand, by a test and through a day, in the first example: the clock goes both ways. */

vi.setConfig({ testTimeout: 90_000 });

chromiumSuite("the run in Chromium", (chromium) => {
  const open = async () => {
    const page = await chromium.anew();
    await page.getByRole("button", { name: "Place call" }).waitFor();
    return page;
  };
  const press = (name: string, within?: string) => {
    const page = chromium.page();
    const place = within === undefined ? page : page.getByRole("group", { name: within, exact: true });
    return place.getByRole("button", { name, exact: true }).click();
  };
  const agent = (id: string, name: string) => press(name, `What ${id} does`);
  const withCall = (id: string, name: string) => press(name, `What ${id} does with the call`);
  const call = (id: string) =>
    chromium.page().getByRole("list", { name: "Calls under way" }).getByText(id, { exact: true });
  const row = (text: string) => chromium.page().locator(".call-row", { hasText: text }).first().waitFor();
  const chosen = (text: string) => chromium.page().locator(".details", { hasText: text }).waitFor();
  const time = () => chromium.page().locator(".clock-now b").textContent();
  /** Goes on, event by event, until a call does this. */
  const stepTo = async (text: string) => {
    const page = chromium.page();
    for (let nth = 0; nth < 40; nth++) {
      if ((await page.locator(".call-row", { hasText: text }).count()) > 0) return;
      const before = await time();
      await press("Step to the next event");
      await expect.poll(time).not.toBe(before);
    }
    throw new Error(`no call does: ${text}`);
  };
  const origin = (name: string) => chromium.page().getByRole("combobox", { name: "Run" }).selectOption({ label: name });

  test("a call is placed, rings, is picked up and ends, by hand; what it hears, holds and does is shown", async () => {
    const page = await open();
    await agent("ana", "Ready");
    await page.getByText("Data", { exact: true }).click();
    await page.getByLabel("Name of datum 1").fill("note");
    await page.getByLabel("Value of datum 1").fill("<img src=x onerror=alert(1)>");
    await press("Place call");
    await row("hears play “welcome”");
    await chosen('note: "<img src=x onerror=alert(1)>"');
    await stepTo("rings at ana");
    await page.locator(".agent-card", { hasText: "ringing with A" }).waitFor();
    await chosen("spain = yes");
    await withCall("ana", "Pick up");
    await row("talks with ana");
    await withCall("ana", "Hang up");
    await page.locator(".details", { hasText: "It is over: answered." }).waitFor();
    await press("Back to the event before");
    await page.locator(".agent-card", { hasText: "ana" }).first().waitFor();
  });

  test("the first steps, taken as they are told, lead to an answered call", async () => {
    const page = await open();
    await page.locator(".first-steps", { hasText: "write 3 into “answers after”" }).waitFor();
    await agent("ana", "Ready");
    await page.getByLabel("Ana answers after seconds").fill("3");
    await page.keyboard.press("Tab");
    await press("Place call");
    await stepTo("talks with ana");
  });

  test("the line where a call is stands out in the text, and a click goes there", async () => {
    const page = await open();
    await ready(page);
    await press("Place call");
    await row("welcome");
    await page.locator(".monaco-editor .mark.now").waitFor();
    await page.getByRole("button", { name: "first-call.strategy:7" }).click();
    await page.locator(".monaco-editor.focused").waitFor();
  });

  test("who waits is told why, agent by agent, and queues stand in order", async () => {
    const page = await open();
    await press("Place call");
    await press("Place call");
    await agent("luc", "Ready");
    await stepTo("waits in Helpdesk");
    await call("B").click();
    await page.getByRole("heading", { name: "Why B waits" }).waitFor();
    const reasons = page.getByRole("row", { name: /^Ana offline/ });
    await reasons.waitFor();
    await page.getByRole("row", { name: /^Luc only from step 2 on/ }).waitFor();
    expect(await page.getByRole("list", { name: "Order in Helpdesk" }).allTextContents()).toEqual([
      "1. A 40 points2. B 40 points",
    ]);
  });

  test("goes on from an earlier instant with a change; what was dropped can be had back", async () => {
    const page = await open();
    await agent("ana", "Ready");
    await press("Place call");
    await stepTo("rings at ana");
    const rings = await time();
    await press("Place call");
    await press("Step to the next event");
    await expect.poll(time).not.toBe(rings);
    await withCall("ana", "Pick up");
    await row("talks with ana");
    await withCall("ana", "Hang up");
    await page.locator(".details", { hasText: "It is over: answered." }).waitFor();
    await page.keyboard.press("Home");
    for (let nth = 0; (await time()) !== rings && nth < 20; nth++) {
      const before = await time();
      await press("Step to the next event");
      await expect.poll(time).not.toBe(before);
    }
    await withCall("ana", "Decline");
    await page.locator(".notice", { hasText: "2 acts that you had done later are dropped" }).waitFor();
    await page.locator(".agent-card", { hasText: "rejected: not ready" }).waitFor();
    await press("Undo");
    await page.locator(".agent-card", { hasText: "ringing with A" }).waitFor();
    await page.keyboard.press("End");
    await page.locator(".details", { hasText: "It is over: answered." }).waitFor();
  });

  test("a text with errors leaves the last run readable, and says so; when it is mended the acts are done again", async () => {
    const page = await open();
    await ready(page);
    await press("Place call");
    await row("welcome");
    await page.locator(".monaco-editor .view-line", { hasText: /^\s*answer$/ }).click();
    await page.keyboard.press("Home");
    await page.keyboard.type("nonsense ");
    await page.locator(".troubled", { hasText: "The run is of the text before" }).waitFor();
    await row("welcome");
    for (let nth = 0; nth < "nonsense ".length; nth++) await page.keyboard.press("Backspace");
    await page.locator(".troubled").waitFor({ state: "detached" });
    await row("welcome");
  });

  test("a test is seen to its end, dragged over and acted beside", async () => {
    const page = await open();
    await origin("the call widens to the whole group after 20 s, and keeps its place");
    const scrubber = page.getByRole("slider", { name: "Time of the run" });
    await expect.poll(() => scrubber.getAttribute("max").then(Number)).toBeGreaterThan(20_000);
    await scrubber.fill("26000");
    await row("rings at luc");
    await scrubber.fill("8000");
    await row("rings at ana");
    await withCall("ana", "Pick up");
    await row("ana");
  });

  test("a day of traffic is looked at, not played", async () => {
    const page = await open();
    await origin("a working day");
    await page.getByText("A day to look at").waitFor();
    await page.getByRole("button", { name: "Play" }).focus();
    await page.keyboard.press("End");
    await expect.poll(time).toMatch(/^\d+:\d\d:\d\d/);
    expect(await page.getByRole("button", { name: "Place call" }).count()).toBe(0);
    await page.locator(".queue", { hasText: /today \d\d+ came/ }).waitFor();
  });

  test("runs by keys alone: a call is placed, the clock plays, pauses, steps and goes to both ends", async () => {
    const page = await open();
    await page.getByLabel("From").focus();
    await page.keyboard.press("Enter");
    await row("welcome");
    await page.getByRole("tab", { name: "Run" }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await expect.poll(time).toBe("00:05.2");
    await page.keyboard.press("ArrowLeft");
    await expect.poll(time).toBe("00:00.0");
    await page.keyboard.press("End");
    await expect.poll(time).toBe("00:05.2");
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await expect.poll(time).not.toBe("00:05.2");
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: "Play" }).waitFor();
    await page.keyboard.press("Home");
    await expect.poll(time).toBe("00:00.0");
  });

  test("flags are turned and numbers outside answered by hand", async () => {
    const page = await open();
    await page.getByLabel("Open an example").selectOption("example national");
    await page.locator('[data-tab="national.strategy"]').waitFor();
    await page.getByText("Flags, numbers outside, hosts").click();
    const flag = page.locator(".around input[type=checkbox]").first();
    const isOn = await flag.isChecked();
    await flag.setChecked(!isOn);
    await page
      .locator(".happened", { hasText: `on ${!isOn}` })
      .first()
      .waitFor();
    await page.getByLabel("Number outside").fill("+34600000009");
    await press("Set");
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem("cordboard.work") ?? ""))
      .toContain('"number":"+34600000009"');
  });

  test("closed hours are tried: a run by hand begins at another time, by keys, and what was done is done again then", async () => {
    const page = await open();
    await page.getByLabel("Open an example").selectOption("example national");
    await page.locator('[data-tab="national.strategy"]').waitFor();
    await page.locator(".clock-now", { hasText: "Mon" }).waitFor();
    await press("Place call");
    await row("rings at");
    await page.getByLabel("begins").focus();
    for (const key of ["ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
    await page.locator(".origins", { hasText: "Sunday" }).waitFor();
    await page.locator(".clock-now", { hasText: "Sun" }).waitFor();
    await row("hears play “closed”");
    await expect
      .poll(() => page.evaluate(() => localStorage.getItem("cordboard.work") ?? ""))
      .toContain('"begins":"2026-11-22T10:00"');
    await page.getByLabel("begins").fill("");
    await page.locator(".clock-now", { hasText: "Mon" }).waitFor();
    await row("rings at");
  });

  test("hosts and bots are answered for by hand", async () => {
    const page = await open();
    await page.getByLabel("Open an example").selectOption("example frontdesk");
    await page.locator('[data-tab="frontdesk.strategy"]').waitFor();
    await press("Place call");
    await row("waits for a host");
    const host = page.locator(".details").getByRole("form", { name: "What hosts answer" });
    await host.getByLabel("What it answers, as JSON").fill('{ "name": "Ada", "tier": "gold" }');
    await page.keyboard.press("Enter");
    await chosen('tier: "gold"');
    await stepTo("talks with a bot");
    await page.getByLabel("To whom the bot hands on").fill("loans");
    await page.getByText("With what it learnt", { exact: true }).click();
    await page.getByLabel("Name of what it learnt 1").fill("topic");
    await page.getByLabel("Value of what it learnt 1").fill("loans");
    await press("Hands on");
    await chosen('topic: "loans"');
    await row("waits in Humans");
    expect(await seriousFindings(page)).toEqual([]);
  });

  test("the clock runs as fast as it can until nothing more happens", async () => {
    const page = await open();
    await page.getByLabel("Patience, s").fill("30");
    await press("Place call");
    await page.getByLabel("Speed of the clock").selectOption("max");
    await press("Play");
    await page.locator(".details", { hasText: "It is over" }).waitFor();
    await page.getByRole("button", { name: "Play" }).waitFor();
  });

  test("a lens above a strategy runs it", async () => {
    const page = await open();
    await ready(page);
    await page.locator(".codelens-decoration a", { hasText: "run this strategy" }).first().click();
    await row("5000");
    await page.getByRole("button", { name: "Pause" }).waitFor();
  });

  test.each(["light", "dark"] as const)(
    "is fit for everybody's eyes and keys: %s, wide and narrow",
    async (colorScheme) => {
      const page = await open();
      await page.emulateMedia({ colorScheme });
      await press("Place call");
      await press("Place call");
      await stepTo("waits in Helpdesk");
      expect(await seriousFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 700, height: 800 });
      await page.getByRole("button", { name: "Show run" }).click();
      await row("waits in Helpdesk");
      expect(await seriousFindings(page)).toEqual([]);
    },
  );
});

import { deflateRawSync } from "node:zlib";
import { ready, startPlayground } from "./browser.ts";

/*
 * How long an author waits: from the page's start until he can write, and from a key until he is told what is wrong with it, in a text of
 * a thousand lines. A figure, no test: it depends on the machine. Usage: tsx playground/test/latency.ts
 */

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
const directory = `directory: 1
skills: { names: [helpdesk] }
agents: { ana: { extension: "1001", skills: { helpdesk: 7 } } }
groups: { Helpdesk: { members: [ana] } }
trunks: { voicemail: { to: "sip:127.0.0.1:5070", roles: [voicemail] } }
mailboxes: { helpdesk: { on: voicemail, deposit: "2000" } }
`;
const text = Array.from({ length: 63 }, (_, nth) => strategy(nth)).join("\n");
const work = {
  files: [
    { path: "main.strategy", text },
    { path: "directory.yaml", text: directory },
  ],
};

const playground = await startPlayground();
const started = performance.now();
const { page } = await playground.open(`#v1/${deflateRawSync(JSON.stringify(work)).toString("base64url")}`);
await ready(page);
const readyMs = performance.now() - started;
await page.locator(".monaco-editor .view-lines").first().click();
await page.keyboard.press("Control+End");
await page.evaluate(() => {
  const times: number[] = [];
  let pressed = 0;
  addEventListener("keydown", ({ timeStamp }) => (pressed = timeStamp), true);
  const status = document.querySelector(".problems summary");
  if (status) {
    const told = new MutationObserver(() => times.push(performance.now() - pressed));
    told.observe(status, { subtree: true, characterData: true, childList: true });
  }
  Object.assign(globalThis, { times });
});
for (let nth = 0; nth < 20; nth++) {
  for (const key of ["x", "Escape", "Backspace"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(200);
  }
}
const times = await page.evaluate(() => (globalThis as unknown as { times: number[] }).times);
await playground.stop();
const sorted = times.toSorted((a, b) => a - b);
const at = (share: number): string =>
  `${(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0)} ms`;
console.log(`${text.split("\n").length} lines; ready after ${readyMs.toFixed(0)} ms`);
console.log(`key to finding: median ${at(0.5)}, 90th ${at(0.9)}, worst ${at(1)}, of ${sorted.length}`);

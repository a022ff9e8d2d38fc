import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { startPhone } from "../../sip/index.ts";
import { rawSdp, startRawPhone } from "../../sip/test/raw-phone.ts";
import { folder, running, start } from "./command.ts";

/* Row 4.9 as people have it: `cordboard endpoint` at two places, and a run that knows them by its directory. */

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Where it takes media. */
async function mediaSite(address: string): Promise<string> {
  const listen = ["--sip", `udp:${address}:0`, "--app", `${address}:0`, "--media", `${address}:0`];
  const child = start(["endpoint", "--secret", "s", ...listen]);
  const end = once(child, "exit");
  closing.push(async () => {
    child.kill();
    await end;
  });
  let said = "";
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    const media = /^ready .* media=(\S+)$/m.exec(said)?.[1];
    if (media !== undefined) return media;
  }
  throw new Error(`it ended: ${said}`);
}

test("row 4.9: the carrier is told of the site from which it answers the soonest", { timeout: 60_000 }, async () => {
  const [near, far] = ["127.0.0.2", "127.0.0.3"];
  const timers = new Set<NodeJS.Timeout>();
  const carrier = await startRawPhone(({ method, text, reply }) => {
    const isLate = method === "OPTIONS" && text.includes(`SIP/2.0/UDP ${far}`);
    const body = method === "INVITE" ? { body: rawSdp(40_000) } : {};
    if (method !== "ACK") timers.add(setTimeout(() => reply("200 OK", body), isLate ? 500 : 0));
  });
  closing.push(
    () => carrier.stop(),
    () => timers.forEach(clearTimeout),
  );
  const site = folder({
    "a.strategy": `strategy "s" {
  entry "5000"
  default route to group Everyone
  dial "+34910603165" via trunk carrier
}
`,
    "directory.yaml": `site: { name: site, zone: Europe/Madrid, country: ES }
agents: { ana: }
trunks: { carrier: { to: "sip:127.0.0.1:${carrier.port}", media: relay } }
media_sites:
  far: { at: "${await mediaSite(far)}", secret: { file: secret } }
  near: { at: "${await mediaSite(near)}", secret: { file: secret } }
`,
    secret: "s\n",
  });
  closing.push(() => site.remove());
  const run = await running(site.path);
  closing.push(() => run.stop());
  const metrics = async (): Promise<string> => (await fetch(`http://${run.http}/metrics`)).text();
  const measured = (id: string) =>
    new RegExp(`^cordboard_media_site_latency_seconds\\{site="${id}",trunk="carrier"\\} `, "m");
  await expect.poll(metrics, { timeout: 20_000 }).toMatch(measured("near"));
  await expect.poll(metrics, { timeout: 20_000 }).toMatch(measured("far"));
  const phone = await startPhone({ user: "caller" });
  closing.push(() => phone.stop());
  const call = phone.call(`sip:5000@${run.sip}`);
  await call.reached("talking", 20_000);
  const invite = carrier.received.find((text) => text.startsWith("INVITE")) ?? "";
  expect(invite).toContain(`\r\nc=IN IP4 ${near}\r\n`);
  expect(await metrics()).toContain('cordboard_media_site_legs{site="near"} 2');
});

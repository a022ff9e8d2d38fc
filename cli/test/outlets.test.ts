import { expect, test, vi } from "vitest";
import { type LoopbackHost, startHost, until } from "../../runtime/test/loopback.ts";
import { startPhone } from "../../sip/index.ts";
import { folder, type Line, running } from "./command.ts";

/* What goes out of a run beside calls, and what comes in: webhooks, figures, and the waits of other sites. */

vi.setConfig({ testTimeout: 60_000 });

const directory = ({ url }: LoopbackHost) => `directory: 1
site: { name: shop, zone: Europe/Madrid, country: ES }
agents: { ana: { name: Ana, extension: "1001" } }
trunks: { denver: { to: ["sip:127.0.0.1:5070"] }, lyon: { to: ["sip:127.0.0.1:5071"] } }
sites:
  denver: { trunks: denver, poll: "${url}/denver", every: 500ms }
  lyon: { trunks: lyon, poll: "${url}/lyon", every: 500ms }
webhooks: { ops: { url: "${url}/hook", events: [call.*] } }
`;

const strategy = `strategy "shop" {
  entry "5000"
  default route to group Everyone

  answer
  let waits = site_waits([site denver, site lyon])
  note "best is {waits.best ?? "unknown"}"
  hangup
}
`;

test("a call is told to a webhook in order and counted; the waits of other sites are known to strategies", async () => {
  const host = await startHost((response, { url }) => response.end(url === "/denver" ? "40" : '{ "ewt": 12.5 }'));
  const site = folder({ "shop.strategy": strategy, "directory.yaml": directory(host) });
  const run = await running(site.path);
  const phone = await startPhone({ user: "+34600000001" });
  await until(() => new Set(host.asked.map(({ url }) => url)).size === 2);
  const call = phone.call(`sip:5000@${run.sip}`);
  await call.reached("ended");
  await run.event(({ type, text }) => type === "call.noted" && text === "best is lyon", 30_000);

  const hooked = () => host.asked.filter(({ url }) => url === "/hook").map(({ body }) => JSON.parse(body) as Line);
  const told = () => run.events().filter(({ type }) => type.startsWith("call."));
  // How well he was heard is told when his media are closed, a moment before or after the end, if any of his packets had come.
  await run.event(({ type }) => type === "call.ended");
  await expect.poll(() => hooked().length - told().length).toBe(0);
  expect(hooked()).toEqual(told());

  const figures = await (await fetch(`http://${run.http}/metrics`)).text();
  expect(figures).toContain('cordboard_calls_ended_total{disposition="hung_up"} 1');
  await phone.stop();
  await run.stop();
  await host.close();
  site.remove();
});

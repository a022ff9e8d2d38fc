import { expect, test } from "vitest";
import { freePort } from "../../sip/test/peers/ports.ts";
import { register } from "../../sip/test/peers/register.ts";
import * as script from "../../sip/test/peers/scenarios.ts";
import { sipp } from "../../sip/test/peers/sipp.ts";
import { peerSuite } from "../../sip/test/peers/suite.ts";
import { folder, running } from "./command.ts";

/*
 * Calls under load, through queue and agent leg. `npm run soak` runs the whole minute, `npm test` a few seconds of the same.
 */

const soak = process.env["CORDBOARD_SOAK"] === "1";
const rate = 50;
const seconds = soak ? 60 : 6;
const agents = 120;

const strategy = `strategy "load" {
  entry "5000"
  default route to group Everyone
  answer
  queue Load {
    ring for 10s
    at 0s group Everyone
    give up after 30s
    while waiting { music "moh/calm" }
  }
  hangup
}
`;

const directory = `directory: 1
site: { name: load, zone: UTC, country: ES, languages: [en] }
defaults: { ring_for: 10s, wrap_up: 0s }
agents:
${Array.from({ length: agents }, (_, at) => `  a${at}: { extension: "${2000 + at}" }`).join("\n")}
`;

peerSuite("load", ["sipp"], () => {
  test(`${rate} calls/s for ${seconds} s through queue and agent leg, none failed`, { timeout: 240_000 }, async () => {
    const site = folder({ "load.strategy": strategy, "directory.yaml": directory });
    const run = await running(site.path, ["--log-level", "error"]);
    const port = await freePort();
    const phones = await sipp({
      scenario: script.scenario(script.phone(20), script.byeReceived, script.phoneForgets),
      port,
      timeoutSeconds: 200,
    });
    try {
      for (let at = 0; at < agents; at++) expect(await register(run.sip, String(2000 + at), port)).toBe(200);
      const callers = await sipp({
        scenario: script.scenario(
          script.invite,
          script.answeredAndAcked,
          script.movedByReinvite,
          script.pause(500),
          script.byeSent,
        ),
        remote: run.sip,
        service: "5000",
        calls: rate * seconds,
        rate,
        timeoutSeconds: seconds + 60,
      });
      const { code, errors } = await callers.ended;
      const ends = () => run.events().filter((one) => one.type === "call.ended");
      await expect.poll(() => ends().length).toBe(rate * seconds);
      expect(ends().filter((one) => one["disposition"] !== "answered")).toEqual([]);
      // Where no call failed its errors are answers that came twice, as on a busy machine.
      expect({ code, errors: code === 0 ? "" : errors }).toEqual({ code: 0, errors: "" });
    } finally {
      await phones.stop();
      expect((await run.stop()).code).toBe(0);
      site.remove();
    }
  });
});

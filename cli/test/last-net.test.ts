import { join } from "node:path";
import { expect, test } from "vitest";
import { startPhone } from "../../sip/index.ts";
import { folder, root, running } from "./command.ts";

test("what is thrown where nobody catches it is told and counted, and calls go on", async () => {
  const site = folder({
    "throw.mjs": `process.on("SIGUSR2", () => { throw new Error("thrown by the test"); });
      process.on("SIGWINCH", () => { void Promise.reject(new Error("rejected by the test")); });`,
  });
  process.env["NODE_OPTIONS"] = `--import=${join(site.path, "throw.mjs")}`;
  const run = await running(join(root, "examples/first-call")).finally(() => delete process.env["NODE_OPTIONS"]);
  const caller = await startPhone({ user: "+34600000001" });
  const call = caller.call(`sip:5000@${run.sip}`);
  await call.reached("talking");
  const defects = async (): Promise<string | undefined> =>
    /^cordboard_defects_total (\d+)/m.exec(await (await fetch(`http://${run.http}/metrics`)).text())?.[1];
  expect(await defects()).toBe("0");
  run.signal("SIGUSR2");
  await expect.poll(defects).toBe("1");
  run.signal("SIGWINCH");
  await expect.poll(defects).toBe("2");
  expect(call.state).toBe("talking");
  const another = caller.call(`sip:5000@${run.sip}`);
  await another.reached("talking");
  await caller.stop();
  const { code, stderr } = await run.stop();
  expect(code).toBe(0);
  expect(stderr).toContain("thrown by the test");
  expect(stderr).toContain("rejected by the test");
  site.remove();
});

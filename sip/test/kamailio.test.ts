/** Kamailio as registrar and proxy between phones and `cordboard run`, all as examples/kamailio has them. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { folder, type Running, running } from "../../cli/test/command.ts";
import { type Phone, startPhone } from "../phone/phone.ts";
import { freePort } from "./peers/ports.ts";
import { peerSuite } from "./peers/suite.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

const example = join(import.meta.dirname, "../../examples/kamailio");
const read = (file: string): string => readFileSync(join(example, file), "utf8");

async function startKamailio(port: number, cordboard: number): Promise<void> {
  const run = mkdtempSync(join(tmpdir(), "kamailio-"));
  const config = read("kamailio.cfg");
  const file = join(run, "kamailio.cfg");
  writeFileSync(file, config.replaceAll("5080", `${port}`).replaceAll("5060", `${cordboard}`));
  const child = spawn("kamailio", ["-f", file, "-DD", "-E", "-m", "32", "-M", "4", "-Y", run, "-P", join(run, "pid")], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  closing.push(async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(run, { recursive: true, force: true });
  });
  // It answers as soon as it serves.
  const probe = await startPhone({ user: "probe" });
  await expect
    .poll(
      () =>
        Promise.race([
          probe
            .call(`sip:nobody@127.0.0.1:${port}`)
            .reached("ended")
            .then(
              () => "up",
              () => "down",
            ),
          ended.then(() => said),
        ]),
      { timeout: 20_000 },
    )
    .toBe("up");
  await probe.stop();
}

async function phone(user: string, registrar: number): Promise<Phone> {
  const started = await startPhone({ user, registrar: `sip:127.0.0.1:${registrar}` });
  closing.push(() => started.stop());
  return started;
}

peerSuite("Kamailio", ["kamailio"], () => {
  test("phones register there, call in through it, and are called through it; either side hangs up", {
    timeout: 120_000,
  }, async () => {
    const [port, own] = [await freePort(), await freePort()];
    await startKamailio(port, own);
    const site = folder({
      "kamailio.strategy": read("kamailio.strategy"),
      "directory.yaml": read("directory.yaml")
        .replace("5080", `${port}`)
        .replace("../first-call", join(example, "../first-call")),
    });
    closing.push(() => site.remove());
    const run: Running = await running(site.path, ["--sip", `udp:127.0.0.1:${own}`, "--log-level", "error"]);
    closing.push(() => run.stop());
    const [caller, ana] = [await phone("200", port), await phone("101", port)];

    // Her phone says nothing of her; she does.
    for (const word of ["login", "ready"]) expect((await run.post(`/api/agents/ana/${word}`)).ok).toBe(true);

    const first = caller.call(`sip:5000@127.0.0.1:${port}`);
    const rung = await ana.incoming(20_000);
    await Promise.all([first, rung].map((each) => each.reached("talking", 20_000)));
    const connected = await run.event(({ type }) => type === "call.connected");
    expect(run.events().find(({ type }) => type === "call.arrived")).toMatchObject({
      from: "200",
      to: "5000",
      trunk: "kamailio",
    });
    expect(connected).toMatchObject({ agent: "ana" });
    // Two proxies' hops lie between the phones, and neither is left out.
    expect(rung.invite?.get("Record-Route")).toContain(`127.0.0.1:${port}`);
    first.hangUp();
    await rung.reached("ended", 20_000);

    const second = caller.call(`sip:5000@127.0.0.1:${port}`);
    const again = await ana.incoming(30_000);
    await again.reached("talking", 20_000);
    await run.event(({ type, call }) => type === "call.connected" && call !== connected.call);
    again.hangUp();
    await second.reached("ended", 20_000);
    await expect.poll(() => run.events().filter(({ type }) => type === "call.ended").length).toBe(2);
  });
});

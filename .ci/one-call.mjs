// Starts the README's run line on free ports, lets it place its demonstration call over real SIP, and looks at the event records.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "one-call-"));
const events = join(folder, "events.ndjson");
const flags = ["--demo", "--events", events, "--sip", "udp:127.0.0.1:0", "--http", "127.0.0.1:0"];
const run = spawn("npm", ["start", "--", ...flags], { stdio: "inherit", detached: true });
const exited = new Promise((resolve) => run.on("exit", resolve));
const order = ["call.arrived", "call.answered", "treatment.started", "call.queued", "offer.made", "offer.ended", "call.dequeued", "call.connected", "call.ended"];

function seen() {
  try {
    // The last line may be half written.
    return readFileSync(events, "utf8").split("\n").slice(0, -1).map((line) => JSON.parse(line));
  } catch {
    return [];
  }
}

try {
  const end = Date.now() + 60_000;
  while (!seen().some((one) => one.type === "call.ended")) {
    if (Date.now() > end || run.exitCode !== null) throw new Error("the demonstration call did not come to an end");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const types = seen().map((one) => one.type);
  const places = order.map((type) => types.indexOf(type));
  if (places.some((place, index) => place === -1 || place < (places[index - 1] ?? 0))) throw new Error(`records out of order: ${types.join(" ")}`);
  process.kill(-run.pid, "SIGTERM");
  const late = new Promise((resolve) => setTimeout(() => resolve("late"), 20_000));
  if ((await Promise.race([exited, late])) === "late") throw new Error("the run did not stop within 20 s of SIGTERM");
  console.log("one call through the run line: ok");
} finally {
  if (run.exitCode === null) process.kill(-run.pid, "SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

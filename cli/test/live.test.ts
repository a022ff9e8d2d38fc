import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { correlation } from "../../sip/test/audio.ts";
import { type Baresip, baresip } from "../../sip/test/peers/baresip.ts";
import { type Ear, openEar } from "../../sip/test/peers/ear.ts";
import { freePort } from "../../sip/test/peers/ports.ts";
import { register } from "../../sip/test/peers/register.ts";
import * as script from "../../sip/test/peers/scenarios.ts";
import { sipp, type SippRun } from "../../sip/test/peers/sipp.ts";
import { peerSuite } from "../../sip/test/peers/suite.ts";
import { readWav, writeWav } from "../../sip/media/wav.ts";
import { folder, root, running, type Running } from "./command.ts";

/*
 * Real calls through `cordboard run`: SIPp and baresip on loopback, our own endpoint and media service between them.
 */

const order = [
  "call.arrived",
  "call.answered",
  "treatment.started",
  "treatment.ended",
  "call.queued",
  "offer.made",
  "offer.ended",
  "call.dequeued",
  "call.connected",
  "call.ended",
];

const example = join(root, "examples/first-call");
const strategy = readFileSync(join(example, "first-call.strategy"), "utf8");

/** The example with other times and a mailbox of ours. */
function site(
  mailboxPort: number,
  changes = (text: string): string => text,
  house = (text: string): string => text,
): ReturnType<typeof folder> {
  const directory = readFileSync(join(example, "directory.yaml"), "utf8")
    // SIPp takes a question whether it lives for a call.
    .replace('127.0.0.1:5070"', `127.0.0.1:${mailboxPort}", health: never`)
    .replace("folder: prompts", `folder: ${JSON.stringify(join(example, "prompts"))}`)
    .replace("wrap_up: 5s", "wrap_up: 0s");
  const routed = changes(strategy.slice(0, strategy.indexOf('test "')));
  return folder({ "a.strategy": routed, "directory.yaml": house(directory) });
}

function samples(name: string): Int16Array {
  const wav = readWav(readFileSync(join(example, "prompts", name)));
  if ("reason" in wav) throw new Error(wav.reason);
  return wav.samples;
}

/** A tone that changes all the time, so that it correlates with itself at one place only. */
function sweep(seconds: number, low: number, high: number): Int16Array {
  const rate = 8000;
  return Int16Array.from({ length: seconds * rate }, (_, at) => {
    const t = at / rate;
    return Math.round(9000 * Math.sin(2 * Math.PI * (low * t + ((high - low) / (2 * seconds)) * t * t)));
  });
}

peerSuite("live calls", ["sipp", "baresip"], () => {
  const stops: (() => unknown)[] = [];
  const portsAtRest = new Map<string, number>();
  let ear: Ear;
  let mailboxPort: number;

  beforeEach(async () => {
    ear = await openEar();
    mailboxPort = await freePort();
    stops.push(() => ear.close());
  });
  afterEach(async () => {
    for (const stop of stops.splice(0).toReversed()) await stop();
  });

  async function started(
    changes?: (text: string) => string,
    flags: string[] = [],
    house?: (text: string) => string,
  ): Promise<Running> {
    const place = site(mailboxPort, changes, house);
    stops.push(place.remove);
    const run = await running(place.path, flags);
    portsAtRest.set(run.sip, run.udpPorts());
    let stopped = false;
    stops.push(async () => (stopped ? undefined : run.stop()));
    return { ...run, stop: () => ((stopped = true), run.stop()) };
  }

  async function caller(run: Running, ...parts: string[]): Promise<SippRun> {
    const text = script.scenario(...parts).replaceAll("[media_port]", String(ear.port));
    const call = await sipp({ scenario: text, remote: run.sip, service: "5000", calls: 1, timeoutSeconds: 40 });
    stops.push(call.stop);
    return call;
  }

  async function sippAgent(run: Running, user: string, ...parts: string[]): Promise<SippRun> {
    const text = script.scenario(...parts).replaceAll("[media_port]", String(ear.port));
    const agent = await sipp({ scenario: text, calls: 1, timeoutSeconds: 40 });
    stops.push(agent.stop);
    expect(await register(run.sip, user, agent.port)).toBe(200);
    return agent;
  }

  async function softphone(run: Running, user: string, microphone: string): Promise<Baresip> {
    const phone = await baresip({ user, server: run.sip, microphone, answers: true });
    stops.push(phone.stop);
    const ready = async (): Promise<boolean> =>
      (await run.get<{ state: string }[]>("/api/agents")).some((one) => one.state === "ready");
    await expect.poll(ready).toBe(true);
    return phone;
  }

  /** No call, no RTP port, and an orderly end. */
  async function expectNothingLeft(run: Running): Promise<void> {
    await expect.poll(() => run.get<unknown[]>("/api/calls")).toEqual([]);
    await expect.poll(() => run.udpPorts()).toBe(portsAtRest.get(run.sip));
    expect(await run.stop()).toMatchObject({ code: 0, stderr: "" });
  }

  test("rows 1.4, 1.9: prompt, music, a softphone rings only when ready, both hear each other, the caller hangs up", {
    timeout: 90_000,
  }, async () => {
    const run = await started();
    const microphone = folder({});
    stops.push(microphone.remove);
    const said = sweep(4, 300, 1200);
    const file = join(microphone.path, "microphone.wav");
    const long = new Int16Array(said.length * 20);
    for (let at = 0; at < 20; at++) long.set(said, at * said.length);
    writeFileSync(file, writeWav(long));

    const phone = await softphone(run, "1001", file);
    await run.post("/api/agents/ana/not-ready", { reason: "coffee" });
    const call = await caller(
      run,
      script.invite,
      script.answeredAndAcked,
      script.movedByReinvite,
      script.pause(3500),
      script.byeSent,
    );
    await run.event((one) => one.type === "call.queued");
    await run.event((one) => one.type === "treatment.started" && one["kind"] === "music");
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(run.types()).not.toContain("offer.made");
    const media = ear.speakers()[0] ?? 0;
    const prompt = samples("welcome.wav");
    expect(correlation(ear.heard(media), prompt)).toBeGreaterThan(0.98);
    expect(correlation(ear.heard(media), samples("moh/calm.wav").subarray(0, 8000))).toBeGreaterThan(0.95);

    ear.speak(sweep(4, 1500, 3000));
    await run.post("/api/agents/ana/ready");
    await run.event((one) => one.type === "call.connected");
    await run.event((one) => one.type === "call.ended");
    await phone.event("CALL_CLOSED");
    expect(await call.ended).toMatchObject({ code: 0 });

    const person = ear.speakers().find((port) => port !== media) ?? 0;
    expect(correlation(ear.heard(person), said.subarray(0, 12_000))).toBeGreaterThan(0.9);
    const recording = readWav(readFileSync(phone.heard()[0] ?? ""));
    if ("reason" in recording) throw new Error(recording.reason);
    expect(correlation(recording.samples, sweep(4, 1500, 3000).subarray(0, 12_000))).toBeGreaterThan(0.9);

    const types = run.types().filter((type, at, all) => order.includes(type) && all.indexOf(type) === at);
    expect(types).toEqual(order);
    expect(run.events().findLast((one) => one.type === "call.ended")).toMatchObject({
      by: "caller",
      disposition: "answered",
    });
    await expectNothingLeft(run);
  });

  test("the agent's BYE ends both legs", async () => {
    const run = await started();
    const agent = await sippAgent(run, "1001", script.phone(300), script.pause(500), script.phoneHangsUp);
    const call = await caller(run, script.invite, script.answeredAndAcked, script.movedByReinvite, script.byeReceived);
    expect(await call.ended).toMatchObject({ code: 0 });
    expect((await run.event((one) => one.type === "call.ended"))["by"]).toBe("party");
    expect(await agent.ended).toMatchObject({ code: 0 });
    await expectNothingLeft(run);
  });

  test.each([
    ["in the prompt", 1000, false],
    ["in the queue", 6000, false],
    ["while the agent rings", 6000, true],
  ])("the caller hangs up %s: nothing is left", async (_where, afterMs, ringing) => {
    const run = await started();
    const agent = ringing ? await sippAgent(run, "1001", script.phoneCancelled) : undefined;
    const call = await caller(run, script.invite, script.answeredAndAcked, script.pause(afterMs), script.byeSent);
    expect(await call.ended).toMatchObject({ code: 0 });
    const end = await run.event((one) => one.type === "call.ended");
    expect(end).toMatchObject({ by: "caller", disposition: "abandoned" });
    if (agent) {
      expect(run.events().find((one) => one.type === "offer.ended")).toMatchObject({ outcome: "caller_gone" });
      expect(await agent.ended).toMatchObject({ code: 0 });
    }
    await expectNothingLeft(run);
  });

  test("the agent picks up in the moment the caller hangs up: his 200 is ACKed and released", async () => {
    const run = await started();
    const agent = await sippAgent(run, "1001", script.phoneCrossing);
    const call = await caller(run, script.invite, script.answeredAndAcked, script.pause(6000), script.byeSent);
    expect(await call.ended).toMatchObject({ code: 0 });
    expect(await agent.ended).toMatchObject({ code: 0 });
    await run.event((one) => one.type === "call.ended");
    expect(run.types().filter((type) => type === "call.ended")).toHaveLength(1);
    expect(run.types()).not.toContain("call.connected");
    await expectNothingLeft(run);
  });

  test("a caller over TCP, an agent over UDP", async () => {
    const run = await started(undefined, ["--sip", "udp:127.0.0.1:0,tcp:127.0.0.1:0"]);
    const agent = await sippAgent(run, "1001", script.phone(300), script.byeReceived, script.phoneForgets);
    const text = script.scenario(
      script.invite,
      script.answeredAndAcked,
      script.movedByReinvite,
      script.pause(300),
      script.byeSent,
    );
    const call = await sipp({
      scenario: text.replaceAll("[media_port]", String(ear.port)),
      remote: run.tcp,
      service: "5000",
      transport: "t1",
      calls: 1,
    });
    stops.push(call.stop);
    expect(await call.ended).toMatchObject({ code: 0 });
    expect(await agent.ended).toMatchObject({ code: 0 });
    expect(await run.event((one) => one.type === "call.ended")).toMatchObject({
      disposition: "answered",
      by: "caller",
    });
    await expectNothingLeft(run);
  });

  test("the agent does not answer: the call keeps its place, goes to the next, nobody is left, voicemail", {
    timeout: 90_000,
  }, async () => {
    const run = await started((text) =>
      text
        .replace("ring for 15s", "ring for 1s")
        .replace("at 20s", "at 2s")
        .replace("give up after 1m30s", "give up after 6s"),
    );
    const mailbox = await sipp({
      scenario: script.scenario(script.phone(50), script.byeReceived, script.phoneForgets),
      port: mailboxPort,
      calls: 1,
      timeoutSeconds: 40,
    });
    stops.push(mailbox.stop);
    const agents = [
      await sippAgent(run, "1001", script.phoneCancelled),
      await sippAgent(run, "1002", script.phoneCancelled),
    ];
    const call = await caller(
      run,
      script.invite,
      script.answeredAndAcked,
      script.movedByReinvite,
      script.pause(2500),
      script.byeSent,
    );
    expect(await call.ended).toMatchObject({ code: 0 });
    expect(await mailbox.ended).toMatchObject({ code: 0 });
    for (const agent of agents) expect(await agent.ended).toMatchObject({ code: 0 });
    await run.event((one) => one.type === "call.ended");
    const offers = run.events().filter((one) => one.type === "offer.ended");
    expect(offers.map((one) => [one["agent"], one["outcome"]])).toEqual([
      ["ana", "no_answer"],
      ["luc", "no_answer"],
    ]);
    expect(run.types().filter((type) => type === "call.queued")).toHaveLength(1);
    expect(run.events().find((one) => one.type === "call.dequeued")).toMatchObject({ outcome: "give_up" });
    expect(run.events().find((one) => one.type === "voicemail.ended")).toMatchObject({ outcome: "left_message" });
    expect(run.events().find((one) => one.type === "call.ended")).toMatchObject({ disposition: "left_message" });
    await expectNothingLeft(run);
  });

  test("what a softphone and the caller say is recorded", { timeout: 45_000 }, async () => {
    const kept = folder({});
    stops.push(kept.remove);
    const [person, customer] = [sweep(4, 300, 1200), sweep(4, 1500, 3000)];
    const long = new Int16Array(person.length * 20);
    for (let at = 0; at < 20; at++) long.set(person, at * person.length);
    writeFileSync(join(kept.path, "microphone.wav"), writeWav(long));
    const run = await started((text) => text.replace('play "welcome"', "record call"), ["--recordings", kept.path]);
    const phone = await softphone(run, "1001", join(kept.path, "microphone.wav"));
    const call = await caller(run, script.invite, script.answeredAndAcked, script.pause(4500), script.byeSent);
    await run.event((one) => one.type === "recording.changed" && one["state"] === "started");
    await expect.poll(() => ear.speakers().length).toBe(1);
    ear.speak(customer);
    const { call: id } = await run.event((one) => one.type === "call.connected");
    expect(await call.ended).toMatchObject({ code: 0 });
    await phone.event("CALL_CLOSED");
    await run.event((one) => one.type === "call.ended");

    const [day = ""] = readdirSync(join(kept.path, "calls"));
    const file = join(kept.path, "calls", day, `${id}.wav`);
    const notes = () => JSON.parse(readFileSync(file.replace(".wav", ".json"), "utf8") || "{}");
    await expect.poll(() => notes().lengthMs).toBeGreaterThan(3000);
    expect(notes()).toMatchObject({ call: id, to: "5000", gaps: [], with: [{ who: "ana" }] });
    const recording = readWav(readFileSync(file));
    if ("reason" in recording) throw new Error(recording.reason);
    // Half a second each: on a busy machine nobody speaks evenly.
    expect(correlation(recording.samples, person.subarray(0, 4000))).toBeGreaterThan(0.4);
    expect(correlation(recording.samples, customer.subarray(0, 4000))).toBeGreaterThan(0.4);
    expect(correlation(ear.heard(ear.speakers()[0] ?? 0), person.subarray(0, 4000))).toBeGreaterThan(0.6);
    await expectNothingLeft(run);
  });

  test("a message is kept by us, and found by whom it is for", { timeout: 45_000 }, async () => {
    const kept = folder({});
    stops.push(kept.remove);
    const strategyOf = (): string => `strategy "messages" {
  entry "5000"
  default route to group Helpdesk
  answer
  voicemail to mailbox helpdesk { subject "call from {call.from}" }
  hangup
}
`;
    const run = await started(strategyOf, ["--recordings", kept.path], (text) =>
      text.replace(', on: voicemail, deposit: "2000"', ""),
    );
    const call = await caller(run, script.invite, script.answeredAndAcked, script.pause(5000), script.byeSent);
    await expect.poll(() => ear.speakers().length).toBe(1);
    const said = sweep(2, 300, 3000);
    ear.speak(said);
    await run.event((one) => one.type === "voicemail.started");
    expect(await call.ended).toMatchObject({ code: 0 });
    expect(await run.event((one) => one.type === "mailbox.status")).toMatchObject({
      mailbox: "helpdesk",
      waiting: true,
      new: 1,
      old: 0,
      agents: ["ana", "luc"],
    });
    const end = await run.event((one) => one.type === "call.ended");
    expect(end).toMatchObject({ disposition: "left_message" });
    const [message] = await run.get<{ id: string; call: string }[]>("/api/mailboxes/helpdesk");
    expect(message).toMatchObject({ call: end.call, subject: expect.stringMatching(/^call from /), heard: false });
    const sound = await fetch(`http://${run.http}/api/mailboxes/helpdesk/${message?.id}/sound`);
    const wav = readWav(Buffer.from(await sound.arrayBuffer()));
    if ("reason" in wav) throw new Error(wav.reason);
    // Half a second: on a busy machine the caller does not speak evenly.
    expect(correlation(wav.samples, said.subarray(0, 4000))).toBeGreaterThan(0.6);
    await expectNothingLeft(run);
  });
});

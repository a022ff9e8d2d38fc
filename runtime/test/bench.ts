import { type CheckedProgram, check, makeSource, parse, readDirectory } from "../../language/index.ts";
import { createEngine, type Engine } from "../engine.ts";
import { loadProgram } from "../strategy/load.ts";
import { draw } from "../random.ts";

/*
 * Rough figures, run by hand: `npx tsx runtime/test/bench.ts [agents] [waiting] [classes]`. Ratios count more than absolutes.
 */

const [agentCount = 10_000, waitingCount = 10_000, classCount = 300] = process.argv.slice(2).map(Number);
const SKILLS = 60;

steps();
decisions();
for (const count of [500, 1000, 2000, 4000]) rush(count);
conditional("call.data.vip == yes");
conditional("call.waited > 5m");
conditional("ready(group G) > 2");

/** Simple statements a second: a call that reckons for a while each time a treatment ends. */
function steps(): void {
  const round = (a: string): string =>
    `let ${a} = (call.data.n ?? 0) + 1 if ${a} > 10 and call.to == "5000" { set call.data.n = 0 } else { set call.data.n = ${a} }\n`;
  const body = Array.from({ length: 100 }, (_, index) => round(`a${index}`)).join("");
  const text = `strategy "s" { entry "5000" default route to group G
    set call.data.n = 0 answer
    queue Q { at 0s group G give up never while waiting { ${body} wait 1s } } }`;
  const engine = createEngine({ program: loadProgram(programOf(text, 1)), now: 0 });
  engine.accept({ type: "agent.claimed", agent: "a0", source: "desk", state: "not_ready" }, 0);
  engine.accept({ type: "call.arrived", call: "A", from: "1", to: "5000" }, 0);
  engine.accept({ type: "call.answered", call: "A" }, 0);
  const rounds = 20_000;
  const start = performance.now();
  for (let at = 1; at <= rounds; at++) engine.accept({ type: "time.passed" }, at * 1000);
  const seconds = (performance.now() - start) / 1000;
  // let, unless, set and half a jump in each round.
  console.log(`interpreter: ${Math.round((rounds * 100 * 3.5) / seconds / 1000)} k steps/s`);
}

/** Decisions a second with long lines: an agent comes free and is offered the first call that wants him. */
function decisions(): void {
  const text = `strategy "s" { entry "5000" default route to group G
    answer
    queue Q { priority 40 rising 5 every 30s up to 80
      at 0s agents with skill("{call.data.skill}") >= call.data.level
      give up never } }`;
  const began = performance.now();
  const engine = createEngine({ program: loadProgram(programOf(text, agentCount)), now: 0 });
  const loaded = performance.now();
  let at = 1;
  for (let agent = 0; agent < agentCount; agent++) {
    engine.accept({ type: "agent.claimed", agent: `a${agent}`, source: "desk", state: "not_ready" }, at);
  }
  const queued = performance.now();
  for (let call = 0; call < waitingCount; call++) enter(engine, call, ++at);
  const ready = performance.now();
  console.log(`load ${ms(loaded - began)}, ${waitingCount} calls queued in ${ms(ready - queued)}`);
  console.log(`memory with all waiting: ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`);

  const took: number[] = [];
  const used = process.cpuUsage();
  let next = waitingCount;
  let idle = 0;
  const cycle = performance.now();
  for (let turn = 0; turn < 20_000; turn++) {
    const agent = `a${draw(7, "turn", turn) % agentCount}`;
    const before = performance.now();
    const { commands } = engine.accept({ type: "agent.claimed", agent, source: "desk" }, ++at);
    took.push((performance.now() - before) * 1000);
    const offer = commands.find((command) => command.type === "offer");
    if (offer?.type === "offer") {
      engine.accept({ type: "offer.answered", call: offer.call, offer: offer.offer }, ++at);
      engine.accept({ type: "call.connected", call: offer.call, offer: offer.offer }, ++at);
      engine.accept({ type: "agent.claimed", agent, source: "desk", state: "not_ready" }, ++at);
      engine.accept({ type: "call.gone", call: offer.call }, ++at);
      enter(engine, next++, ++at);
    } else idle++;
  }
  const seconds = (performance.now() - cycle) / 1000;
  const { user, system } = process.cpuUsage(used);
  const sorted = took.toSorted((a, b) => a - b);
  const sum = took.reduce((total, each) => total + each, 0);
  const quantile = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  console.log(
    `decision: mean ${(sum / took.length).toFixed(1)} µs, p50 ${quantile(0.5)}, p99 ${quantile(0.99)}, max ${quantile(0.9999)}`,
  );
  console.log(`          ${Math.round(1e6 / (sum / took.length) / 1000)} k/s; ${idle} found nobody waiting for them`);
  console.log(
    `whole call (7 events): ${((seconds * 1e6) / took.length).toFixed(1)} µs, ${((user + system) / took.length).toFixed(1)} µs of CPU`,
  );
}

/** A trunk comes back, and with it as many agents as calls wait. */
function rush(count: number): void {
  const text = `strategy "s" { entry "5000" default route to group G answer
    queue Q { at 0s agents with skill("{call.data.skill}") >= call.data.level give up never } }`;
  const engine = createEngine({ program: loadProgram(programOf(text, count)), now: 0 });
  engine.accept({ type: "trunk.changed", trunk: "pbx", up: false }, 0);
  for (let call = 0; call < count; call++) enter(engine, call, 1);
  const start = performance.now();
  const { commands } = engine.accept({ type: "trunk.changed", trunk: "pbx", up: true }, 2);
  console.log(`${count} agents at once, ${commands.length} offers: ${ms(performance.now() - start)}`);
}

/** What a change of an agent costs while many calls wait whose targets depend on a condition. */
function conditional(when: string): void {
  const text = `strategy "s" { entry "5000" default route to group G answer
    queue Q { at 0s agents with s0 >= 10 and s0 < 10 at 1s add group G when ${when} give up never } }`;
  const engine = createEngine({ program: loadProgram(programOf(text, 100)), now: 0 });
  for (let agent = 0; agent < 100; agent++) {
    engine.accept({ type: "agent.claimed", agent: `a${agent}`, source: "desk", state: "not_ready" }, 0);
  }
  for (let call = 0; call < waitingCount; call++) enter(engine, call, 1);
  engine.accept({ type: "time.passed" }, 1001);
  const turns = 200;
  const start = performance.now();
  for (let turn = 0; turn < turns; turn++) {
    const state = turn % 2 === 0 ? undefined : "not_ready";
    engine.accept({ type: "agent.claimed", agent: "a7", source: "desk", state }, 1002);
  }
  const micros = ((performance.now() - start) * 1000) / turns;
  console.log(`change of an agent, ${waitingCount} waiting when ${when}: ${micros.toFixed(1)} µs`);
}

function enter(engine: Engine, call: number, at: number): void {
  const kind = draw(3, "kind", call) % classCount;
  const data = { skill: `s${kind % SKILLS}`, level: 3 + Math.floor(kind / SKILLS) };
  engine.accept({ type: "call.arrived", call: `c${call}`, from: "1", to: "5000", data }, at);
  engine.accept({ type: "call.answered", call: `c${call}` }, at);
}

function programOf(text: string, agents: number): CheckedProgram {
  const lines = Array.from({ length: agents }, (_, agent) => {
    const skills = Array.from({ length: 4 }, (_, index) => {
      const drawn = draw(1, `a${agent}`, index);
      return `s${drawn % SKILLS}: ${(drawn >>> 8) % 11}`;
    });
    return `  a${agent}: { extension: "${100_000 + agent}", auto_login: yes, skills: { ${[...new Map(skills.map((each) => [each.split(":")[0], each])).values()].join(", ")} } }`;
  });
  const names = Array.from({ length: SKILLS }, (_, index) => `s${index}`).join(", ");
  const directoryText = `directory: 1
site: { name: bench, zone: Europe/Madrid, country: ES, languages: [en] }
defaults: { wrap_up: 0s }
skills: { scale: 0..10, names: [${names}], languages: [en] }
groups: { G: { members: [a0] } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx] } }
agents:
${lines.join("\n")}
`;
  const { directory, diagnostics } = readDirectory([makeSource("directory.yaml", directoryText)]);
  const source = makeSource("bench.strategy", text);
  const parsed = parse(source);
  const { program, diagnostics: found } = check([{ source, file: parsed.file }], directory);
  if (program) return program;
  const errors = [...diagnostics, ...parsed.diagnostics, ...found].filter(({ severity }) => severity === "error");
  throw new Error(errors.map(({ message }) => message).join("\n"));
}

function ms(time: number): string {
  return `${Math.round(time)} ms`;
}

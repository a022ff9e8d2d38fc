import { expect, test } from "vitest";
import type { Command } from "../commands.ts";
import { createEngine } from "../engine.ts";
import type { Event } from "../events.ts";
import { loadProgram } from "../strategy/load.ts";
import { dice } from "./dice.ts";
import { tell } from "./ladder.ts";
import { programOf } from "./programs.ts";

/*
 * Hold, consult, hand on and hang up in any order, with phones that agree or not: nothing is a defect, a call that has ended has let everybody go, and nobody
 * talks on an offer that its call does not know.
 */

const text = `strategy "s" { entry "5000"  default route to group Reception
  answer
  queue Sales { at 0s  group Sales  give up after 2m  while waiting { music "calm" } }
}
strategy "t" { entry "5200" at most 2 calls else reject 486  default route to group Reception
  transfer to "5000" { uui json { by: "t" } }
}`;
const program = loadProgram(programOf(text));
const seen = new Set<string>();

test.each(Array.from({ length: 25 }, (_, seed) => [seed]))("any order of it, seed %i", (seed) => {
  const { oneOf, chance } = dice(seed);
  const engine = createEngine({ program, now: 0, seed });
  let now = 0;
  let calls = 0;
  const out: Command[] = [];
  const standing = new Set<string>();

  function tell(event: Event): void {
    const { commands, records } = engine.accept(event, (now += 200));
    for (const command of commands) follow(command);
    out.push(...commands);
    for (const { type } of records) seen.add(type);
    for (const agent of engine.agents()) {
      for (const work of agent.work) {
        if (!("offer" in work)) continue;
        const call = engine.call(work.call);
        const its = [
          call?.party?.offer,
          call?.dialler?.offer,
          call?.consult?.offer,
          ...(call?.offers ?? []).map(({ id }) => id),
        ];
        const isApart = call?.held === "parted" || call?.held === "joining";
        const holds = isApart && !call.consult?.joined && call.party?.offer === work.offer;
        expect(work.kind === "hold", JSON.stringify(event)).toBe(holds);
        expect(its, `${agent.id} ${work.kind} on ${work.offer} after ${JSON.stringify(event)}`).toContain(work.offer);
      }
    }
  }

  /** What is parted and joined are offers that stand, as who performs it knows them. */
  function follow(command: Command): void {
    if (command.type === "offer") standing.add(command.offer);
    else if (command.type === "withdraw") standing.delete(command.offer);
    else if (command.type === "turn") {
      expect(standing.delete(command.offer), JSON.stringify(command)).toBe(true);
      standing.add(command.as);
      seen.add("turn");
    } else if (command.type === "adopt") {
      expect(standing.delete(command.its), JSON.stringify(command)).toBe(true);
      standing.add(command.offer);
      seen.add("adopt");
    } else if (command.type === "part" || command.type === "connect" || command.type === "join")
      expect(standing, JSON.stringify(command)).toContain(command.offer);
  }

  const whom = (): string =>
    oneOf(
      "6101",
      "6102",
      "6103",
      "ana",
      "+34600000009",
      "nobody",
      "5000",
      "5200",
      "Sales",
      "group Reception",
      "mailbox ana",
    );

  /** What comes of a command, or of nothing at all. */
  function answerOne(): void {
    const command = out.shift();
    if (!command) return tell({ type: "time.passed" });
    const { call } = command;
    const works = chance(0.75);
    switch (command.type) {
      case "answer":
        return tell({ type: "call.answered", call });
      case "place":
        return tell(works ? { type: "call.answered", call } : { type: "place.failed", call, outcome: "busy" });
      case "offer":
        if (works) return tell({ type: "offer.answered", call, offer: command.offer });
        return tell({
          type: "offer.failed",
          call,
          offer: command.offer,
          outcome: oneOf("busy", "rejected", "unreachable"),
        });
      case "connect":
        return tell({ type: works ? "call.connected" : "connect.failed", call, offer: command.offer });
      case "part":
        return tell({ type: "call.parted", call, offer: command.offer, parted: works });
      case "deposit":
      case "takeMessage":
        return tell({ type: "voicemail.ended", call, task: command.task, outcome: works ? "left_message" : "failed" });
      case "join":
        return tell({ type: "parties.joined", call, offer: command.offer, joined: works });
      default:
    }
  }

  function somebodyActs(): void {
    const talked = engine.calls().filter(({ wait }) => wait.for === "talk");
    const any = `c${1 + Math.floor(chance(0.5) ? calls - 1 : (calls - 1) / 2)}`;
    const call = chance(0.8) ? oneOf(any, ...talked.map(({ id }) => id)) : any;
    const by = oneOf("desk", "phone", "ana", "ben");
    const offer = `${call}/${oneOf("1", "2", "3", "4")}`;
    if (chance(0.06)) {
      const other = oneOf(any, ...talked.map(({ id }) => id));
      const sides = oneOf<object>({}, { side: "caller" }, { withSide: "caller" });
      return tell({ type: "merge.asked", call, with: other, ...sides });
    }
    if (chance(0.04)) return tell({ type: "transfer.asked", call, by: "phone", side: "caller", to: whom() });
    tell(
      oneOf<Event>(
        { type: "hold.asked", call, by },
        { type: "hold.asked", call, by: "phone", side: "caller" },
        { type: "retrieve.asked", call, by },
        { type: "consult.asked", call, by, to: whom() },
        { type: "complete.asked", call, by },
        { type: "alternate.asked", call, by },
        { type: "alternate.asked", call, by },
        { type: "alternate.asked", call, by },
        { type: "alternate.asked", call, by },
        { type: "consult.asked", call, by, to: whom() },
        { type: "transfer.asked", call, by, to: whom() },
        { type: "party.gone", call, offer },
        { type: "call.released", call, by },
        { type: "call.gone", call },
      ),
    );
  }

  for (const agent of ["ana", "ben", "cleo", "rita"]) tell({ type: "agent.readied", agent, source: "desk" });
  for (let step = 0; step < 600; step++) {
    if (chance(0.04)) tell({ type: "call.arrived", call: `c${++calls}`, from: "+34600000001", to: "5000" });
    else if (chance(0.02)) tell({ type: "call.dialled", call: `c${++calls}`, agent: oneOf("ana", "ben"), to: whom() });
    else if (chance(0.2) && calls > 0) somebodyActs();
    else answerOne();
    if (chance(0.2)) {
      for (const agent of ["ana", "ben", "cleo", "rita"]) tell({ type: "agent.readied", agent, source: "desk" });
    }
  }
  for (const { id } of engine.calls()) tell({ type: "call.gone", call: id });
  expect(engine.calls()).toEqual([]);
  expect(engine.agents().flatMap(({ work }) => work)).toEqual([]);
});

test("all of it has happened", () => {
  const all = ["held", "retrieved", "consulted", "handed_on", "transferred"].map((what) => `call.${what}`);
  expect([...seen]).toEqual(
    expect.arrayContaining([
      ...all,
      "turn",
      "adopt",
      "hold.failed",
      "consult.held",
      "consult.ended",
      "transfer.failed",
    ]),
  );
});

const held = (prompts: string, trunk: string): string | undefined => {
  const directory = `directory: 1
site: { name: house, zone: Europe/Madrid, languages: [en] }
agents: { ana: { extension: "1", auto_login: yes } }
trunks: { pbx: { to: "sip:pbx.example", roles: [pbx]${trunk} } }
prompts: { folder: x${prompts} }`;
  const strategy = `strategy "s" { entry "5000"  default route to agent ana  answer  ring agent ana for 20s { }  hangup }`;
  const ladder = `1s A calls 5000 a=1 pbx
1s A answered
2s A/1 answers
2s A/1 connected
3s A holds
4s A/1 parted`;
  return tell(strategy, ladder, { directory })
    .text.split("\n")
    .findLast((line) => line.startsWith("  >"));
};

test.each([
  ["", "", "silence A 2"],
  [", music: calm", "", "music A 2 calm"],
  [", music: calm, hold: soft", "", "music A 2 soft"],
  [", music: calm, hold: silence", "", "silence A 2"],
  [", hold: soft", ", hold: comfort_noise", "music A 2 comfort_noise"],
  [", hold: soft", ", hold: silence", "silence A 2"],
])("who is held hears what the directory says: prompts%s trunk%s", (prompts, trunk, command) => {
  expect(held(prompts, trunk)).toBe(`  > ${command}`);
});

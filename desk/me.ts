import type { FastifyInstance } from "fastify";
import type { Flag } from "../language/index.ts";
import { mayTurn } from "../runtime/index.ts";
import type { FlagRow, Me } from "./answers.ts";
import type { Floor } from "./floor.ts";
import { mayDo, ofAgent, seated, type Who } from "./people.ts";
import { bodies, calledBy } from "./schemas.ts";

/** Who asks and what he may do: all that a page must know before it shows anything. */
export function addMe(server: FastifyInstance, floor: Floor, mayLoad: boolean): void {
  server.get<{ Querystring: { agent?: string } }>(
    "/api/me",
    {
      schema: {
        summary: "Who asks, what he may do, what his desk offers, and the server's time; `agent`: whose desk it is",
        querystring: ofAgent,
      },
    },
    ({ who, query }): Me => {
      const { site, desk, states, devices, agents, groups, mailboxes, numbers } = floor.directory();
      const its = who.person === undefined ? undefined : agents[who.person];
      const offered = desk.states.length > 0 ? desk.states : Object.keys(states);
      return {
        role: who.role,
        agent: its?.id,
        name: its?.name,
        site: site.name,
        now: floor.now(),
        languages: desk.languages.length > 0 ? desk.languages : site.languages,
        helpUrl: desk.helpUrl,
        playgroundUrl: desk.playgroundUrl,
        hotkeys: desk.hotkeys,
        states: offered.flatMap((name) => {
          const state = states[name];
          return state ? [{ name, class: state.class, label: state.label }] : [];
        }),
        devices: Object.keys(devices),
        places: { group: Object.keys(groups), mailbox: Object.keys(mailboxes), number: namesOf(numbers) },
        flags: flagsFor(floor, seated(floor.directory(), who, query.agent)),
        may: (["redirect", "record"] as const).filter((what) => mayDo(floor.directory(), who, what)),
        mayLoad: mayLoad && who.role !== "agent",
      };
    },
  );

  server.get("/api/flags", { schema: { summary: "The switches that you may turn, as they stand" } }, ({ who }) =>
    flagsFor(floor, who),
  );

  server.post<{ Params: { name: string }; Body: { on: boolean } }>(
    "/api/flags/:name",
    { schema: { summary: "Turns a switch of the directory", body: bodies.flag, params: calledBy("name") } },
    async ({ params, body, who }, reply) => {
      const { name } = params;
      const { flags } = floor.directory();
      const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
      if (!flag) return reply.code(404).send({ error: `no flag \`${name}\` in the directory`, code: "no_flag" });
      if (!isTurnedBy(floor, flag, who))
        return reply.code(403).send({ error: `\`${name}\` is not for you to turn`, code: "not_yours" });
      floor.deliver({ type: "flag.set", flag: name, on: body.on, by: who.person ?? who.role });
      return { name, on: floor.flags()[name] };
    },
  );
}

/** Those of which one can be called. */
const namesOf = (numbers: object): string[] => Object.keys(numbers).filter((name) => !name.includes("*"));

function flagsFor(floor: Floor, who: Who): FlagRow[] {
  const stand = floor.flags();
  return Object.values(floor.directory().flags)
    .filter((flag) => isTurnedBy(floor, flag, who))
    .map(({ name }) => ({ name, on: stand[name] === true }));
}

function isTurnedBy(floor: Floor, flag: Flag, { role, person }: Who): boolean {
  return role === "admin" || mayTurn(floor.directory(), flag, { person, isSupervisor: role === "supervisor" });
}

import type { FastifyInstance } from "fastify";
import type { Flag } from "../language/index.ts";
import type { Floor } from "./floor.ts";
import { mayDo, type Who } from "./people.ts";
import { bodies, calledBy } from "./schemas.ts";

/** Who asks and what he may do: all that a page must know before it shows anything. */
export function addMe(server: FastifyInstance, floor: Floor, mayLoad: boolean): void {
  server.get(
    "/api/me",
    { schema: { summary: "Who asks, what he may do, what his desk offers, and the server's time" } },
    ({ who }) => {
      const { site, desk, states, devices, agents } = floor.directory();
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
        hotkeys: desk.hotkeys,
        states: offered.flatMap((name) => {
          const state = states[name];
          return state ? [{ name, class: state.class, label: state.label }] : [];
        }),
        devices: Object.keys(devices),
        flags: flagsFor(floor, who),
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
      if (!flag) return reply.code(404).send({ error: `no flag \`${name}\` in the directory` });
      if (!mayTurn(floor, flag, who)) return reply.code(403).send({ error: `\`${name}\` is not for you to turn` });
      floor.deliver({ type: "flag.set", flag: name, on: body.on, by: who.person ?? who.role });
      return { name, on: floor.flags()[name] };
    },
  );
}

function flagsFor(floor: Floor, who: Who): { name: string; on: boolean }[] {
  const stand = floor.flags();
  return Object.values(floor.directory().flags)
    .filter((flag) => mayTurn(floor, flag, who))
    .map(({ name }) => ({ name, on: stand[name] === true }));
}

/** Supervisors where the directory says nobody. */
function mayTurn(floor: Floor, { who: allowed }: Flag, { role, person }: Who): boolean {
  if (role === "admin") return true;
  const { agents, groups } = floor.directory();
  const its = person === undefined ? undefined : agents[person];
  if (allowed.length === 0) return role === "supervisor";
  return allowed.some((each) => {
    if (each.kind === "role") return each.role === "supervisor" ? role === "supervisor" : its?.kind === each.role;
    return each.kind === "agent" ? each.name === person : groups[each.name]?.members.includes(person ?? "") === true;
  });
}

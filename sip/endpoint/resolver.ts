/** The name service of this machine, or others; answers are remembered for a moment, for calls to one name come in bursts. */
import { lookup, Resolver as Dns } from "node:dns/promises";
import type { Resolver } from "./names.ts";
import type { Clock } from "./timers.ts";

const REMEMBERED_MS = 10_000;
const NAMES = 1_000;

/** `servers` as `127.0.0.1:53`; without any, those of this machine, with what it knows itself of hosts. */
export function createResolver(clock: Clock, servers: string[] = []): Resolver {
  // A caller waits meanwhile.
  const dns = new Dns({ timeout: 1_000, tries: 2 });
  if (servers.length > 0) dns.setServers(servers);
  async function local(host: string, family: 4 | 6): Promise<string[]> {
    const found = await lookup(host, { family, all: true });
    // Some names, the empty one first, have no address and are no error.
    return found.map(({ address }) => address).filter(Boolean);
  }

  async function addresses(host: string, family: 4 | 6): Promise<string[]> {
    if (servers.length === 0) return local(host, family);
    const asked = family === 6 ? dns.resolve6(host) : dns.resolve4(host);
    return asked.catch(() => local(host, family));
  }

  const [v4, v6] = ([4, 6] as const).map((family) => remembering(clock, (host) => addresses(host, family)));
  return {
    naptr: remembering(clock, (name) => dns.resolveNaptr(name)),
    srv: remembering(clock, (name) => dns.resolveSrv(name)),
    addresses: (host, family) => (family === 6 ? v6! : v4!)(host),
  };
}

/** Asks once in a while for each name, whatever comes of it. */
function remembering<Answer>(clock: Clock, ask: (name: string) => Promise<Answer>): (name: string) => Promise<Answer> {
  const known = new Map<string, { answer: Promise<Answer>; until: number }>();
  return (name) => {
    const entry = known.get(name);
    if (entry && entry.until > clock.now()) return entry.answer;
    if (known.size >= NAMES) known.clear();
    const answer = ask(name);
    known.set(name, { answer, until: clock.now() + REMEMBERED_MS });
    answer.catch(() => {});
    return answer;
  };
}

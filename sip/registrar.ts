import type { Directory } from "../language/index.ts";
import type { Event } from "../runtime/index.ts";
import { bracketed, transportOf, userOf } from "./address.ts";
import { type Binding, contactHeader, live, register } from "./bindings.ts";
import { parseUri } from "./endpoint/uri.ts";
import { isLoopback } from "./gate.ts";
import type { Hop } from "./party.ts";
import type { Reply, SipRequest } from "./srf.ts";

/** Where the phones of the directory that have no trunk are. In memory; phones of this machine only, without a password. */
export interface Registrar {
  /** Answers a REGISTER. */
  receive(request: SipRequest, reply: Reply): void;
  /** Where a user is, the latest first. */
  contacts(user: string): Hop[];
  list(): { user: string; agents: string[]; contact: string; expiresInS: number }[];
  /** Tells of every phone that is to register whether it has. */
  announce(): void;
  /** A changed directory. Told of whoever has to register now, or no longer; phones that stay are left as they are. */
  use(directory: Directory): void;
  stop(): void;
}

/** → `device.changed`. `now` in ms. */
export function createRegistrar(options: {
  directory: Directory;
  deliver: (event: Event) => void;
  now?: () => number;
}): Registrar {
  const { deliver, now = () => Date.now() } = options;
  let users = usersOf(options.directory);
  const bindings = new Map<string, Binding[]>();
  let timer: NodeJS.Timeout | undefined;

  function store(user: string, next: Binding[]): void {
    const before = bindings.has(user);
    if (next.length === 0) bindings.delete(user);
    else bindings.set(user, next);
    if (before !== bindings.has(user)) tell(user);
    arm();
  }

  function tell(user: string, devices = users.get(user)?.devices ?? []): void {
    for (const device of devices) deliver({ type: "device.changed", device, up: bindings.has(user) });
  }

  function use(directory: Directory): void {
    const before = users;
    users = usersOf(directory);
    for (const [user, { devices }] of before) {
      if (!users.has(user)) bindings.delete(user);
      for (const device of devices) {
        if (!users.get(user)?.devices.includes(device)) deliver({ type: "device.changed", device, up: false });
      }
    }
    for (const [user, { devices }] of users) {
      tell(
        user,
        devices.filter((device) => !before.get(user)?.devices.includes(device)),
      );
    }
    arm();
  }

  function arm(): void {
    clearTimeout(timer);
    const first = Math.min(...[...bindings.values()].flat().map((binding) => binding.expiresAt));
    if (!Number.isFinite(first)) return;
    timer = setTimeout(expire, Math.max(first - now(), 10));
    timer.unref();
  }

  function expire(): void {
    for (const [user, all] of bindings) {
      const left = live(all, now());
      if (left.length < all.length) store(user, left);
    }
    arm();
  }

  return {
    receive(request, reply) {
      const user = userOf(request.get("To"));
      if (!isLoopback(request.source_address)) return reply.send(403);
      if (!users.has(user)) return reply.send(404);
      const update = register(bindings.get(user) ?? [], readRegister(request), now());
      if ("status" in update) return reply.send(update.status, { headers: update.headers ?? {} });
      reply.send(200, { headers: contactHeader(update.bindings, now()) });
      store(user, update.bindings);
    },
    contacts: (user) => live(bindings.get(user) ?? [], now()).map(({ uri, proxy }) => ({ uri, proxy, headers: {} })),
    list: () =>
      [...bindings].flatMap(([user, all]) =>
        all.map(({ uri, expiresAt }) => ({
          user,
          agents: users.get(user)?.agents ?? [],
          contact: uri,
          expiresInS: Math.ceil((expiresAt - now()) / 1000),
        })),
      ),
    announce() {
      for (const user of users.keys()) tell(user);
    },
    use,
    stop: () => clearTimeout(timer),
  };
}

/** Phones that register, and the agents whose own they are, by the user part that they do it with. */
function usersOf(directory: Directory): Map<string, { devices: string[]; agents: string[] }> {
  const users = new Map<string, { devices: string[]; agents: string[] }>();
  for (const { id, user, trunk } of Object.values(directory.devices)) {
    if (trunk) continue;
    const its = users.get(user) ?? { devices: [], agents: [] };
    its.devices.push(id);
    users.set(user, its);
  }
  for (const agent of Object.values(directory.agents)) {
    const device = directory.devices[agent.device];
    if (device && !device.trunk) users.get(device.user)?.agents.push(agent.id);
  }
  return users;
}

function readRegister(request: SipRequest): Parameters<typeof register>[1] {
  return {
    contact: request.get("Contact"),
    expires: request.get("Expires"),
    callId: request.get("Call-ID") ?? "",
    cseq: Number.parseInt(request.get("CSeq") ?? "0", 10),
    proxy: (contact) => sourceHop(request, contact),
  };
}

/**
 * A phone on UDP that does not know the address it is seen at is behind a NAT and is called where its REGISTER came from. One that
 * knows it also knows its port, which need not be the one it registers from. A phone on TCP, TLS or WebSocket is called over the
 * connection that it registered on, by which the endpoint knows it.
 */
function sourceHop(request: SipRequest, contact: string): string | undefined {
  const { protocol } = request;
  const source = `sip:${bracketed(request.source_address)}:${request.source_port}`;
  // Whatever a browser writes, there is no other way to it.
  if (protocol === "ws" || protocol === "wss") return `${source};transport=ws`;
  if ((transportOf(contact) ?? protocol) !== protocol) return undefined;
  if (protocol === "tcp" || protocol === "tls") return `${source};transport=${protocol}`;
  return protocol === "udp" && parseUri(contact)?.host !== request.source_address ? source : undefined;
}

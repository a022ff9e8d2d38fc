import type { Directory } from "../../language/index.ts";
import type { Event } from "../../runtime/index.ts";
import { bracketed, transportOf, userOf } from "../dialog/address.ts";
import type { BindingsFile } from "./bindings-file.ts";
import { type Binding, contactHeader, live, register } from "./bindings.ts";
import { parseUri } from "../endpoint/uri.ts";
import { accountOf, phoneAccounts } from "./gate.ts";
import { isLoopback } from "./networks.ts";
import type { Hop } from "../dialog/hop.ts";
import type { Reply, SipRequest } from "../dialog/srf.ts";
import type { Account, Keeper, Refusal } from "../trunks/credentials.ts";

/**
 * Where the phones of the directory that have no trunk are, and the trunks that register with us. In memory, and in a file where one is given. Who has no password may
 * register from this machine only.
 */
export interface Registrar {
  /** Answers a REGISTER. */
  receive(request: SipRequest, reply: Reply): void;
  /** Where a user is, the latest first; all of it rings at once. */
  contacts(user: string): Hop[];
  /** Those of them that take texts. */
  texted(user: string): Hop[];
  list(): { user: string; agents: string[]; contact: string; expiresInS: number }[];
  /** Tells of every phone that is to register whether it has. */
  announce(): void;
  /** A changed directory. Told of whoever has to register now, or no longer; phones that stay are left as they are. */
  use(directory: Directory): void;
  stop(): void;
}

interface User {
  devices: string[];
  agents: string[];
  /** Absent: registers without a password. */
  account?: Account;
  /** That registers under this name. */
  trunk?: string;
}

/** → `device.changed`, and `trunk.changed` of trunks without next hops. `now` in ms. */
export function createRegistrar(options: {
  directory: Directory;
  keeper: Keeper;
  deliver: (event: Event) => void;
  file?: BindingsFile;
  /** The endpoint outlives us, and with it the connections on which phones are reached. */
  keepsConnections?: boolean;
  now?: () => number;
}): Registrar {
  const { deliver, keeper, file, now = () => Date.now() } = options;
  let users = usersOf(options.directory);
  let realm = options.directory.site.name;
  const bindings = new Map<string, Binding[]>();
  let timer: NodeJS.Timeout | undefined;
  for (const [user, kept] of file?.read() ?? []) {
    const left = live(kept, now()).filter((each) => options.keepsConnections || !needsConnection(each));
    if (users.has(user) && left.length > 0) bindings.set(user, left);
  }
  arm();

  function store(user: string, next: Binding[]): void {
    const before = bindings.has(user);
    if (next.length === 0) bindings.delete(user);
    else bindings.set(user, next);
    file?.write(bindings);
    if (before !== bindings.has(user)) tell(user);
    arm();
  }

  function tell(user: string, devices = users.get(user)?.devices ?? []): void {
    const up = bindings.has(user);
    for (const device of devices) deliver({ type: "device.changed", device, up });
    const { trunk } = users.get(user) ?? {};
    if (trunk !== undefined) deliver({ type: "trunk.changed", trunk, up });
  }

  /** Why he may not register; who there is cannot be learnt from it. */
  function refusal(request: SipRequest, user: User | undefined): Refusal | undefined {
    const known = isLoopback(request.source_address);
    if (user?.account) {
      const proof = keeper.prove(request, user.account);
      return proof === "right" ? undefined : keeper.refuse(request, user.account, proof);
    }
    if (known) return user ? undefined : { status: 404, headers: {} };
    return keeper.refuse(request, { realm, algorithms: ["MD5"] }, request.has("Authorization") ? "wrong" : "none");
  }

  function use(directory: Directory): void {
    const before = users;
    users = usersOf(directory);
    realm = directory.site.name;
    for (const [user, { devices }] of before) {
      if (!users.has(user) && bindings.has(user)) store(user, []);
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
      const refused = refusal(request, users.get(user));
      if (refused) return reply.send(refused.status, { headers: refused.headers });
      const update = register(bindings.get(user) ?? [], readRegister(request), now());
      if ("status" in update) return reply.send(update.status, { headers: update.headers ?? {} });
      reply.send(200, { headers: contactHeader(update.bindings, now()) });
      store(user, update.bindings);
    },
    contacts: (user) => live(bindings.get(user) ?? [], now()).map(hopOf(user)),
    texted: (user) =>
      live(bindings.get(user) ?? [], now())
        .filter(({ takesText }) => takesText)
        .map(hopOf(user)),
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
    stop() {
      clearTimeout(timer);
      file?.close();
    },
  };
}

const hopOf =
  (fork: string) =>
  ({ uri, proxy }: Binding): Hop => ({ uri, proxy, headers: {}, fork });

const needsConnection = ({ uri, proxy = "" }: Binding): boolean => /;transport=(?!udp)/i.test(`${uri} ${proxy}`);

/** Phones that register, the agents whose own they are, and trunks, by the user part that they do it with. */
function usersOf(directory: Directory): Map<string, User> {
  const users = new Map<string, User>();
  const accounts = phoneAccounts(directory);
  for (const { id, user, trunk } of Object.values(directory.devices)) {
    if (trunk) continue;
    const its = users.get(user) ?? { devices: [], agents: [], account: accounts.get(user) };
    its.devices.push(id);
    users.set(user, its);
  }
  for (const agent of Object.values(directory.agents)) {
    const device = directory.devices[agent.device];
    if (device && !device.trunk) users.get(device.user)?.agents.push(agent.id);
  }
  for (const trunk of Object.values(directory.trunks)) {
    const account = accountOf(trunk);
    if (!account || users.has(account.user)) continue;
    users.set(account.user, { devices: [], agents: [], account, ...(trunk.to.length === 0 && { trunk: trunk.id }) });
  }
  return users;
}

function readRegister(request: SipRequest): Parameters<typeof register>[1] {
  return {
    contact: request.get("Contact"),
    expires: request.get("Expires"),
    callId: request.get("Call-ID") ?? "",
    cseq: Number.parseInt(request.get("CSeq") ?? "0", 10),
    allow: request.get("Allow"),
    proxy: (contact) => sourceHop(request, contact),
  };
}

/**
 * Where a phone is called that does not know, or does not say, where it can be reached: behind a NAT where its REGISTER came from, over TCP,
 * TLS and WebSocket on the connection that it registered on, by which the endpoint knows it. `undefined`: its contact is at the address it
 * registers from; the port need not be. So nobody can have us call somebody else.
 */
function sourceHop(request: SipRequest, contact: string): string | undefined {
  const { protocol } = request;
  const source = `sip:${bracketed(request.source_address)}:${request.source_port}`;
  // Whatever a browser writes, there is no other way to it.
  if (protocol === "ws" || protocol === "wss") return `${source};transport=ws`;
  const isHere = parseUri(contact)?.host === request.source_address;
  if (isHere && (protocol === "udp" || (transportOf(contact) ?? protocol) !== protocol)) return undefined;
  return protocol === "udp" ? source : `${source};transport=${protocol}`;
}

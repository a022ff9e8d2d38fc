import { bindSecret, bindToken } from "./bind-secret.ts";
import type { CallerId, Directory, Inbound, Outbound, Trunk } from "./directory.ts";
import type { Raw } from "./schema.ts";
import { beside, tableOf, texts } from "./table.ts";

type Lines = Pick<Directory, "trunks" | "trunkGroups" | "sites" | "mediaSites" | "bots" | "hosts">;
type Value = NonNullable<Raw["trunks"]>[number]["value"];

/** Whose phone is on which site is found out later. */
export function bindLines(raw: Raw, site: Directory["site"]): Lines {
  return {
    trunks: tableOf(raw.trunks, (id, value) => bindTrunk(id, value, site)),
    trunkGroups: tableOf(raw.trunk_groups, (id, value) => ({
      id,
      trunks: [...new Set(texts(value.trunks))],
      order: value.order?.value ?? "priority",
    })),
    sites: tableOf(raw.sites, (id, value) => ({
      id,
      trunks: [...new Set(texts(value.trunks))],
      members: [],
      poll: value.poll?.value,
      everyMs: value.every?.value ?? 2000,
      token: bindToken(value.token),
    })),
    mediaSites: tableOf(raw.media_sites, (id, { at, secret }) => ({
      id,
      ...bindHostPort(at?.value ?? ""),
      secret: bindSecret(secret),
    })),
    bots: tableOf(raw.bots, (id, value) => ({
      id,
      trunk: value.trunk?.value,
      user: value.user?.value ?? id,
      host: value.host?.value,
      path: value.path?.value ?? "/",
      speaks: value.speaks?.value ?? "http",
      headers: tableOf(value.headers, (_, found) => found.value),
    })),
    hosts: tableOf(raw.hosts, (id, value) => ({
      id,
      url: (value.url?.value ?? "").replace(/\/$/, ""),
      trusted: value.trusted?.value ?? false,
      token: bindToken(value.token),
    })),
  };
}

function bindTrunk(id: string, value: Value, site: Directory["site"]): Trunk {
  const { numbers, tls, uui } = value;
  return {
    id,
    to: texts(value.to),
    order: value.order?.value ?? "priority",
    roles: value.roles?.map((role) => role.value) ?? ["trunk"],
    trusted: value.trusted?.value ?? false,
    numbers:
      numbers && "value" in numbers
        ? { called: numbers.value, calling: numbers.value }
        : { called: numbers?.called?.value ?? "as_is", calling: numbers?.calling?.value ?? "as_is" },
    country: value.country?.value ?? site.country,
    codecs: value.codecs && [...new Set(value.codecs.map((one) => one.value))],
    srtp: value.srtp?.value ?? "optional",
    inbound: bindInbound(value, site),
    outbound: bindOutbound(value),
    callerId: bindCallerId(value),
    noRingbackMs: finite(value.no_ringback?.value ?? 5000),
    noAnswerMs: value.no_answer?.value ?? 300_000,
    stopOn: value.stop_on?.map((code) => code.value) ?? [404, 486, 603],
    uui: { encoding: uui?.encoding?.value ?? "hex", atMost: uui?.at_most?.value ?? 128 },
    conversation: value.conversation?.value ?? "X-Conversation-Id",
    may: value.may?.map((each) => each.value) ?? ["hold"],
    ringback: value.ringback?.value,
    ...(value.hold && { hold: value.hold.value }),
    media: bindMedia(value),
    tls: { verify: tls?.verify?.value ?? true, ca: tls?.ca && beside(tls.ca.place.path, tls.ca.value) },
    healthMs: finite(value.health?.value ?? 30_000),
    channels: value.channels?.value,
  };
}

/** `192.0.2.9:9023`, `[2001:db8::9]:9023`. */
function bindHostPort(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(":");
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ""), port: Number(text.slice(colon + 1)) };
}

/** `never` is no time at all. */
const finite = (ms: number | undefined): number | undefined => (ms === Infinity ? undefined : ms);

function bindMedia({ media }: Value): Trunk["media"] {
  if (media && "value" in media) return media.value;
  return media?.relay ? { relay: media.relay.value } : "direct";
}

function bindInbound({ inbound }: Value, site: Directory["site"]): Inbound {
  return {
    host: inbound?.host?.value.toLowerCase(),
    from: texts(inbound?.from),
    user: inbound?.user?.value,
    password: bindSecret(inbound?.password),
    digest: inbound?.digest?.map((one) => one.value) ?? ["MD5"],
    realm: inbound?.realm?.value ?? site.name,
    prefix: inbound?.prefix?.value,
    token: bindToken(inbound?.token),
    charge: inbound?.charge?.value,
  };
}

function bindOutbound({ outbound }: Value): Outbound {
  return {
    user: outbound?.user?.value,
    password: bindSecret(outbound?.password),
    realm: outbound?.realm?.value,
    register: outbound?.register?.value ?? false,
    prefix: outbound?.prefix?.value,
    token: bindToken(outbound?.token),
    charge: outbound?.charge?.value,
    allowed: outbound?.allowed && texts(outbound.allowed),
  };
}

function bindCallerId({ caller_id: found }: Value): CallerId {
  return {
    show: found?.show?.value ?? "caller",
    own: found?.own?.value,
    allowed: found?.allowed && texts(found.allowed),
  };
}

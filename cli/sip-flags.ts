/** What `run` and `endpoint` are told about SIP. */
import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { EndpointOptions, LogEvent } from "../sip/index.ts";
import { UsageError } from "./exit.ts";

export interface SipFlags {
  sip: string;
  tlsCert?: string;
  tlsKey?: string;
  tlsCa?: string[];
  compact?: boolean;
  contactToken?: boolean;
  external?: string;
  local?: string[];
}

export interface Address {
  host: string;
  port: number;
}

/** Of the endpoint's options those that people choose. */
export type Signalling = Pick<EndpointOptions, "certificates" | "writing" | "external"> & {
  sip: string[];
  tlsCa: string[];
};

export function signalling(flags: SipFlags): Signalling {
  const sip = flags.sip.split(",").map(listener);
  const { tlsCert, tlsKey, tlsCa = [], compact, contactToken } = flags;
  if ((tlsCert === undefined) !== (tlsKey === undefined)) throw new UsageError("--tls-cert and --tls-key go together");
  const secured = sip.find((each) => /^(tls|wss):/.test(each));
  if (secured && tlsCert === undefined) throw new UsageError(`--sip ${secured} needs --tls-cert and --tls-key`);
  const certificates =
    tlsCert !== undefined && tlsKey !== undefined
      ? { cert: pem(tlsCert, "--tls-cert", "CERTIFICATE"), key: pem(tlsKey, "--tls-key", "PRIVATE KEY") }
      : undefined;
  const external = externalOf(flags);
  return {
    sip,
    tlsCa: tlsCa.map((path) => pem(path, "--tls-ca", "CERTIFICATE")),
    writing: { compact, contactToken },
    ...(certificates && { certificates }),
    ...(external && { external }),
  };
}

/** How loud the log tells what the endpoint reports. */
export function levelOf({ kind }: LogEvent): "error" | "warn" | "info" {
  if (kind === "defect" || kind === "died") return "error";
  return kind === "untrusted" ? "warn" : "info";
}

/** Nobody's own, or everybody's. */
const NOBODYS = /^(0\.|127\.|22[4-9]\.|2[345]\d\.|::1?$|f[ef])/i;

function externalOf({ external: written, local = [] }: SipFlags): EndpointOptions["external"] {
  for (const network of local) {
    const { host = "", bits } = /^(?<host>[^/]+)(\/(?<bits>\d{1,3}))?$/.exec(network)?.groups ?? {};
    if (isIP(host) === 0 || Number(bits ?? 0) > (isIP(host) === 4 ? 32 : 128))
      throw new UsageError(`--local ${network}: write an address or a network on our side, as 203.0.113.0/24`);
  }
  if (written === undefined) {
    if (local.length > 0) throw new UsageError("--local is for those who are not told --external; say that too");
    return undefined;
  }
  const external = written.replace(/^\[|\]$/g, "");
  if (isIP(external) === 0)
    throw new UsageError(
      `--external ${written}: write the address at which the NAT is seen, without name or port, as 203.0.113.7`,
    );
  if (NOBODYS.test(external))
    throw new UsageError(`--external ${written}: nobody beyond the NAT reaches that; write the address it is seen at`);
  return { address: external, local };
}

/** Media use the address that signalling listens on. */
export function mediaAddress([listen = "udp:127.0.0.1:0"]: string[]): string {
  return (/^[a-z]+:(.+):\d+$/.exec(listen)?.[1] ?? "127.0.0.1").replace(/^\[|\]$/g, "");
}

/** `127.0.0.1:8080`, `[::1]:8080`. */
export function address(text: string, flag: string): Address {
  const parts = /^(\[[0-9a-fA-F:]+\]|[^:[\]]+):(\d{1,5})$/.exec(text);
  const port = Number(parts?.[2]);
  if (!parts?.[1] || port > 65_535)
    throw new UsageError(
      `${flag} ${text}: an address and a port are needed, as 127.0.0.1:${flag === "--sip" ? 5060 : 8080}`,
    );
  return { host: parts[1].replace(/^\[|\]$/g, ""), port };
}

/** `udp:127.0.0.1:5060`. */
function listener(text: string): string {
  const parts = /^(udp|tcp|tls|wss?):(.+)$/.exec(text);
  if (!parts?.[2])
    throw new UsageError(
      `--sip ${text}: write udp:ADDRESS:PORT, or tcp, tls, ws or wss in place of udp, as udp:127.0.0.1:5060`,
    );
  const { host } = address(parts[2], "--sip");
  if (isIP(host) === 0)
    throw new UsageError(`--sip ${text}: write the address, not a name; callers are told to send their media there`);
  if (/^(0\.0\.0\.0|::)$/.test(host))
    throw new UsageError(`--sip ${text}: callers need an address they can send media to; name one of this machine's`);
  return text;
}

function pem(path: string, flag: string, kind: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${flag} ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!new RegExp(`-----BEGIN [A-Z ]*${kind}-----`).test(text))
    throw new UsageError(`${flag} ${path}: no ${kind.toLowerCase()} in PEM is in it`);
  return text;
}

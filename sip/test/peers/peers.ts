/** Commands that the tests start, and the Debian packages they come in. */
export const peers = {
  sipp: "sip-tester",
  baresip: "baresip-core",
  chromium: "chromium",
  kamailio: "kamailio",
} as const;

export type Peer = keyof typeof peers;
export type Peers = Record<Peer, boolean>;

declare module "vitest" {
  interface ProvidedContext {
    peers: Peers;
  }
}

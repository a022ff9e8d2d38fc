/** The face: SIP over UDP, TCP, TLS and WebSocket to the world, the drachtio protocol to an unmodified drachtio-srf. */
export type { Authorities, Certificates, Trust } from "./certificates.ts";
export type { Limits } from "./context.ts";
export type { Stats } from "./core.ts";
export type { LogEvent } from "./log.ts";
export { type Endpoint, type EndpointOptions, startEndpoint } from "./start.ts";
export { startEndpointThread } from "./thread.ts";
export type { Writing } from "./writing.ts";

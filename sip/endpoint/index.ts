/** The face: SIP over UDP and TCP to the world, the drachtio protocol to an unmodified drachtio-srf. */
export type { Limits } from "./context.ts";
export type { Stats } from "./core.ts";
export type { LogEvent } from "./log.ts";
export { type Endpoint, type EndpointOptions, startEndpoint } from "./start.ts";
export { startEndpointThread } from "./thread.ts";

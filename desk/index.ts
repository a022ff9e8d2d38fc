/** The people's side: HTTP API over snapshots of the engine. */
export type { Floor } from "./api.ts";
export { isLoopback, isToken, protocol } from "./guard.ts";
export type { AgentRow, CallRow } from "./rows.ts";
export { type Desk, type DeskOptions, startDesk } from "./server.ts";
export type { Finding, Loading, SiteDoor, SiteText } from "./site.ts";

/** The people's side: HTTP API over snapshots of the engine. */
export type { Floor } from "./floor.ts";
export { isLoopback, protocol } from "./guard.ts";
export { isToken, type Role } from "./people.ts";
export type { AgentRow, CallRow, Finding, PreviewRow, SiteText, TextRow } from "./rows.ts";
export { type Desk, type DeskOptions, startDesk } from "./server.ts";
export type { Loading, SiteDoor } from "./site.ts";

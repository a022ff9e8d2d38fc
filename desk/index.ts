/** The people's side: HTTP API over snapshots of the engine. */
export type { Floor } from "./floor.ts";
export { isLoopback, protocol } from "./guard.ts";
export { isToken } from "./people.ts";
export type { AgentRow, CallRow, Finding, PreviewRow, Role, SiteText, TextRow } from "./answers.ts";
export { type Desk, type DeskOptions, startDesk } from "./server.ts";
export type { Loading, SiteDoor } from "./site.ts";

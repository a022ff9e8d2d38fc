/** The people's side: HTTP API over snapshots of the engine. */
export type { Floor } from "./api.ts";
export type { AgentRow, CallRow } from "./rows.ts";
export { type Desk, type DeskOptions, isLoopback, startDesk } from "./server.ts";

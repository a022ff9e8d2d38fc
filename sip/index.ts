/** Live calls on SIP: the call port, our signalling endpoint, our media service, and a built-in phone. */
export { type CallsOptions, connectCalls, type LiveCalls } from "./calls.ts";
export type { EndpointAddress } from "./connect.ts";
export {
  type Certificates,
  type Endpoint,
  type EndpointOptions,
  type LogEvent,
  startEndpoint,
  startEndpointThread,
  type Trust,
  type Writing,
} from "./endpoint/index.ts";
export { heardNetworks } from "./gate.ts";
export type { Logger } from "./log.ts";
export {
  type Door,
  enterDoor,
  type MediaOptions,
  type MediaPort,
  openDoor,
  readWav,
  SAMPLE_RATE,
  startMedia,
  wavLengthMs,
  writeWav,
} from "./media/index.ts";
export { type Phone, type PhoneOptions, startPhone } from "./phone.ts";
export type { PhoneCall, PhoneState } from "./phone-call.ts";
export { notLive, type NotLive } from "./ability.ts";

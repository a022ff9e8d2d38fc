/** Live calls on SIP: the call port, our signalling endpoint, our media service, and a built-in phone. */
export { type CallsOptions, connectCalls, type LiveCalls } from "./calls.ts";
export type { EndpointAddress } from "./dialog/connect.ts";
export {
  type Authorities,
  type Certificates,
  type Endpoint,
  type EndpointOptions,
  type LogEvent,
  startEndpoint,
  startEndpointThread,
  type Trust,
  type Writing,
} from "./endpoint/index.ts";
export { heardNetworks } from "./site/gate.ts";
export type { Logger } from "./log.ts";
export { connectLatency } from "./trunks/latency.ts";
export { passwordFault } from "./trunks/credentials.ts";
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
export { type Phone, type PhoneOptions, startPhone } from "./phone/phone.ts";
export type { PhoneCall, PhoneState } from "./phone/phone-call.ts";
export { notLive, type NotLive } from "./ability.ts";

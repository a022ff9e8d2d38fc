import { parentPort, workerData } from "node:worker_threads";
import { type MediaOptions, startLegs } from "./legs.ts";
import type { FromService, ToService } from "./remote.ts";

/* The media service as a thread of its own, so that signalling and strategies never hold up a packet. */

const port = parentPort;
if (!port) throw new Error("the media service runs in a worker thread");
const post = (message: FromService) => port.postMessage(message);
const options: MediaOptions = workerData.data;

const legs = await startLegs(options, post);
port.on("message", (message: ToService) => {
  if (message.type === "stopService") void legs.stop().then(() => port.close());
  else legs.perform(message);
});
post({ type: "ready" });

import type { AfterNoAnswer, Directory, Overflow } from "./directory.ts";

/** Who says it, from below. A strategy's own word is above all of them. */
export type Level = "application" | "device" | "agent";

/** What holds, and whose word it is: `why` prints which won. */
export interface Setting<T> {
  value: T;
  level: Level;
}

/** What holds when an agent, or a phone, does not answer; each part by itself. The phone is the agent's own unless it is named. */
export function noAnswerSettings(
  { agents, devices, defaults }: Directory,
  at: { agent?: string; device?: string },
): { afterMs: Setting<number>; makes: Setting<AfterNoAnswer>; overflow: Setting<Overflow[]> } {
  const agent = at.agent !== undefined && Object.hasOwn(agents, at.agent) ? agents[at.agent] : undefined;
  const id = at.device ?? agent?.device;
  const device = id !== undefined && Object.hasOwn(devices, id) ? devices[id] : undefined;
  const ofAgent = agent?.noAnswer;
  const ofDevice = device?.noAnswer;
  return {
    afterMs: nearest(ofAgent?.afterMs, ofDevice?.afterMs, defaults.ringForMs),
    makes: nearest(ofAgent?.makes, ofDevice?.makes, defaults.afterNoAnswer),
    overflow: nearest(ofAgent?.overflow, ofDevice?.overflow, defaults.overflow),
  };
}

function nearest<T>(ofAgent: T | undefined, ofDevice: T | undefined, otherwise: T): Setting<T> {
  if (ofAgent !== undefined) return { value: ofAgent, level: "agent" };
  return ofDevice === undefined ? { value: otherwise, level: "application" } : { value: ofDevice, level: "device" };
}

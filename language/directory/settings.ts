import type { AfterNoAnswer, Directory, NoAnswer, Overflow } from "./directory.ts";

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
  const levels: [Level, NoAnswer | undefined][] = [
    ["agent", agent?.noAnswer],
    ["device", device?.noAnswer],
  ];
  const pick = <K extends keyof NoAnswer>(
    part: K,
    otherwise: NonNullable<NoAnswer[K]>,
  ): Setting<NonNullable<NoAnswer[K]>> => {
    for (const [level, said] of levels) {
      const value = said?.[part];
      if (value !== undefined) return { value, level };
    }
    return { value: otherwise, level: "application" };
  };
  return {
    afterMs: pick("afterMs", defaults.ringForMs),
    makes: pick("makes", defaults.afterNoAnswer),
    overflow: pick("overflow", defaults.overflow),
  };
}

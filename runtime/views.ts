import { type Agent, customOf, reasonsOf } from "./agent.ts";
import type { Call } from "./call.ts";
import { copy } from "./copy.ts";
import type { Core } from "./core.ts";
import { asaOf, type Queue } from "./figures.ts";
import { scoreAt } from "./queue/lines.ts";
import { position } from "./queue/statistics.ts";
import { placeOf } from "./strategy/frames.ts";
import { masked } from "./strategy/secrets.ts";
import { toldFields } from "./values.ts";

/** A copy of a call at this instant, and what can be told of it. */
export interface CallView extends Call {
  /** Absent where no strategy took it. */
  strategy?: string;
  /** Offsets in the strategy's text of the statement it is at. */
  at?: { start: number; end: number };
  /** In its queue, from 1, and the points that brought it there. */
  position?: number;
  score?: number;
}

/** A copy of an agent at this instant. */
export interface AgentView extends Agent {
  reasons: string[];
  /** Which of the directory's own states he is in. */
  custom?: string;
}

export interface QueueView {
  name: string;
  /** Today. */
  entered: number;
  answered: number;
  abandoned: number;
  waiting: number;
  longestWaitMs: number;
  /** Average speed of answer; absent before the first. */
  asaMs?: number;
  /** Expected wait of a call that came now; absent where none can be told. */
  ewtMs?: number;
  /** By how much expected waits were wrong, on average; absent before the first. */
  ewtErrorMs?: number;
}

export function callView(core: Core, call: Call): CallView {
  const codes = core.programs.get(call.program)?.codes;
  const view = copy(call);
  const { queued } = view;
  const hide = <T>(part: T): T => masked(core, call, part);
  return {
    ...view,
    hushed: undefined,
    data: hide(toldFields(view.data)),
    locals: hide(view.locals),
    frames: view.frames.map((frame) => ({ ...frame, locals: hide(frame.locals) })),
    collecting: view.collecting && { ...view.collecting, digits: hide(view.collecting.digits) },
    strategy: call.home === 0 ? undefined : codes?.[call.home]?.name,
    at: codes?.[call.code]?.ops[placeOf(call)]?.at,
    position: position(core, call),
    score: queued?.joined ? scoreAt(queued.place, core.now) : undefined,
  };
}

export function agentView(agent: Agent): AgentView {
  const custom = customOf(agent);
  return { ...copy(agent), reasons: reasonsOf(agent), ...(custom !== undefined && { custom }) };
}

export function queueView(core: Core, { name, today, foresight }: Queue): QueueView {
  const { entered, answered, abandoned } = today;
  const ewtMs = core.world.expectedWaitOf("queue", name);
  return {
    name,
    entered,
    answered,
    abandoned,
    waiting: core.world.waiting(name),
    longestWaitMs: core.world.longestWait(name),
    asaMs: asaOf(today),
    ewtMs: ewtMs === Infinity ? undefined : Math.round(ewtMs),
    ewtErrorMs: foresight.calls === 0 ? undefined : foresight.missedByMs / foresight.calls,
  };
}

import { type Agent, customOf, reasonsOf } from "./agent.ts";
import type { Call, Frame } from "./call.ts";
import { copy } from "./copy.ts";
import type { Core } from "./core.ts";
import { asaOf, type Queue } from "./figures.ts";
import { scoreAt } from "./queue/lines.ts";
import { position } from "./queue/statistics.ts";
import { placeOf } from "./strategy/frames.ts";
import type { Code } from "./strategy/program.ts";
import { masked } from "./strategy/secrets.ts";
import { told, toldFields, type Value } from "./values.ts";

/** A copy of a call at this instant, and what can be told of it. */
export interface CallView extends Call {
  /** Absent where no strategy took it. */
  strategy?: string;
  /** Offsets in the strategy's text of the statement it is at. */
  at?: { start: number; end: number };
  /** What it runs, outermost first: its strategy, then the subs that are not over. */
  stack: Standing[];
  /** In its queue, from 1, and the points that brought it there. */
  position?: number;
  score?: number;
}

/** A strategy or sub that a call runs. */
export interface Standing {
  name: string;
  /** Of its text, and offsets in it of the statement it is at; absent for what no author wrote. */
  path?: string;
  at?: { start: number; end: number };
  /** Those that have a value. */
  variables: Record<string, Value>;
}

/**
 * What a list tells of a call, where there are hundreds and somebody drags the clock over them. It holds the call itself: it is
 * read at once, and neither kept nor changed by anybody.
 */
export interface CallGlance {
  readonly call: Readonly<Call>;
  /** Where it is in the texts. */
  path?: string;
  at?: { start: number; end: number };
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
    fromBot: hide(view.fromBot),
    strategy: call.home === 0 ? undefined : codes?.[call.home]?.name,
    at: codes?.[call.code]?.ops[placeOf(call)]?.at,
    stack: hide(
      [...call.frames, { ...call, pc: placeOf(call) }].flatMap((frame) => standing(codes?.[frame.code], frame)),
    ),
    position: position(core, call),
    score: queued?.joined ? scoreAt(queued.place, core.now) : undefined,
  };
}

export function callGlance(core: Core, call: Call): CallGlance {
  const code = core.programs.get(call.program)?.codes[call.code];
  return {
    call,
    path: code?.source?.path,
    at: code?.source && code.ops[placeOf(call)]?.at,
    position: position(core, call),
    score: call.queued?.joined ? scoreAt(call.queued.place, core.now) : undefined,
  };
}

function standing(code: Code | undefined, { pc, locals }: Pick<Frame, "pc" | "locals">): Standing[] {
  if (!code) return [];
  const { name, source, ops, variables } = code;
  const known = locals.flatMap((value, slot) => {
    const variable = variables[slot];
    return variable === undefined || value === null ? [] : [[variable, told(value)] as const];
  });
  return [{ name, path: source?.path, at: source && ops[pc]?.at, variables: Object.fromEntries(known) }];
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

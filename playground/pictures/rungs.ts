import type { EventRecord } from "../../runtime/index.ts";

/* The ladder of one call: who said what to whom. */

/** One line of it; without `to` somebody keeps it to himself. */
export interface Rung {
  at: number;
  seq: number;
  from: string;
  to?: string;
  text: string;
  tone?: "plain" | "bad" | "good";
}

export interface LadderOf {
  /** From left to right. */
  columns: string[];
  rungs: Rung[];
}

const CALLER = "caller";
const STRATEGY = "strategy";

export function ladderOf(records: readonly EventRecord[], call: string): LadderOf {
  let queue: string | undefined;
  const rungs: Rung[] = [];
  for (const record of records) {
    if (!("call" in record) || record.call !== call) continue;
    const said = rungOf(record, queue);
    if (record.type === "call.queued") queue = `queue ${record.queue}`;
    if (record.type === "call.dequeued") queue = undefined;
    if (said) rungs.push({ at: record.at, seq: record.seq, ...said });
  }
  const others = new Set(rungs.flatMap(({ from, to }) => [from, ...(to === undefined ? [] : [to])]));
  const rank = (name: string): number => [CALLER, STRATEGY].indexOf(name) + 1 || (name.startsWith("queue ") ? 3 : 4);
  return { columns: [...new Set([CALLER, STRATEGY, ...others])].toSorted((a, b) => rank(a) - rank(b)), rungs };
}

type Said = Omit<Rung, "at" | "seq">;

/** `queue`: where the call waits; what happens then is the queue's doing. */
function rungOf(record: EventRecord, queue: string | undefined): Said | undefined {
  const doer = queue ?? STRATEGY;
  switch (record.type) {
    case "call.arrived":
      return { from: CALLER, to: STRATEGY, text: `calls ${record.to} from ${record.from}` };
    case "call.answered":
      return { from: STRATEGY, to: CALLER, text: "answers" };
    case "treatment.started":
      return {
        from: doer,
        to: CALLER,
        text: [record.kind, record.name && `“${record.name}”`].filter(Boolean).join(" "),
      };
    case "treatment.ended":
      if (record.outcome === "done" || record.outcome === "interrupted") return undefined;
      return { from: doer, text: `${record.kind} ${record.outcome}`, tone: "bad" };
    case "call.queued":
      return { from: STRATEGY, to: `queue ${record.queue}`, text: `joins, place ${record.position}` };
    case "call.step":
      return { from: `queue ${record.queue}`, text: `step ${record.step}` };
    case "call.dequeued":
      return { from: `queue ${record.queue}`, to: STRATEGY, text: record.outcome.replace("_", " ") };
    case "offer.made":
      return { from: doer, to: partyOf(record), text: `rings for ${record.ringFor / 1000} s` };
    case "offer.ended": {
      const tone = record.outcome === "answered" ? "good" : "bad";
      return { from: partyOf(record), to: doer, text: record.outcome.replace("_", " "), tone };
    }
    case "call.connected":
      return { from: CALLER, to: partyOf(record), text: "talk", tone: "good" };
    case "call.transferred":
      return { from: STRATEGY, to: partyOf(record), text: "transferred" };
    case "preview.offered":
      return { from: doer, to: record.agent, text: `shown for ${record.forMs / 1000} s` };
    case "preview.ended":
      return { from: record.agent, to: doer, text: record.outcome.replace("_", " ") };
    case "voicemail.started":
      return { from: STRATEGY, to: `mailbox ${record.mailbox}`, text: "records" };
    case "voicemail.ended":
      return { from: `mailbox ${record.mailbox}`, to: STRATEGY, text: record.outcome.replace("_", " ") };
    case "bot.started":
      return { from: STRATEGY, to: `bot ${record.bot}`, text: "hands over" };
    case "bot.ended":
      return { from: `bot ${record.bot}`, to: STRATEGY, text: record.outcome };
    case "digits.collected":
      return { from: CALLER, to: STRATEGY, text: `digits ${record.digits || record.outcome}` };
    case "request.ended":
      return { from: "host", to: STRATEGY, text: [record.outcome, record.code].filter(Boolean).join(" ") };
    case "call.default_routed":
      return { from: STRATEGY, text: `default route: ${record.reason}`, tone: "bad" };
    case "call.noted":
      return { from: STRATEGY, text: `note “${record.text}”` };
    case "limit.reached":
      return { from: STRATEGY, text: `limit ${record.limit}`, tone: "bad" };
    case "call.ended":
      return endOf(record);
    default:
      return { from: doer, text: record.type.replace(/[._]/g, " ") };
  }
}

function endOf({ by, disposition }: Extract<EventRecord, { type: "call.ended" }>): Said {
  const text = `ends: ${disposition.replace("_", " ")}`;
  if (by === "caller") return { from: CALLER, to: STRATEGY, text };
  return by === "strategy" ? { from: STRATEGY, to: CALLER, text } : { from: STRATEGY, text: `${text}, by ${by}` };
}

const partyOf = ({ agent, destination }: { agent?: string; destination?: string }): string =>
  agent ?? destination ?? "somebody";

import { seconds } from "./output.ts";
import { codeOf, shown, treatment, who, type Words } from "./wording.ts";

/** What callers hear, say and press. */
export const heard = {
  "treatment.started": (record) => `hears ${treatment(record)}`,
  "treatment.ended": (record) => `${treatment(record)}: ${record.outcome}`,
  "digits.collected": ({ digits }) => (digits === "" ? "presses nothing" : `presses ${shown(digits)}`),
  "voicemail.started": ({ mailbox }) => `is connected to mailbox ${mailbox}`,
  "voicemail.ended": ({ mailbox, outcome }) => `mailbox ${mailbox}: ${outcome}`,
  "mailbox.opened": ({ mailbox, by }) =>
    `hears the messages of mailbox ${mailbox}, let in by the ${by === "pin" ? "PIN" : "phone"}`,
  "mailbox.refused": ({ reason }) => `keys in a PIN that opens no mailbox: ${reason.replace("_", " ")}`,
  "bot.started": ({ bot }) => `is given to bot ${bot}`,
  "bot.ended": ({ bot, outcome, target, reason }) =>
    `bot ${bot}: ${outcome}${target ? `, to ${shown(target)}` : ""}${reason ? `, for ${shown(reason)}` : ""}`,
  "recording.changed": ({ state }) => `recording: ${state}`,
  "call.measured": ({ received, lost, jitterMs }) =>
    `was heard with ${lost} of ${received + lost} packets lost, jitter ${Math.round(jitterMs)} ms`,
} satisfies Partial<Words>;

/** Where they wait, to whom they are offered, and what their strategy does meanwhile. */
export const offered = {
  "call.queued": ({ queue, position }) => `waits in queue ${queue}, position ${position}`,
  "call.step": ({ queue, step }) => `queue ${queue} takes step ${step}`,
  "call.dequeued": ({ queue, outcome }) => `leaves queue ${queue}: ${outcome}`,
  "offer.made": (record, person) =>
    `rings ${who(record, person)}${record.trunk === undefined ? "" : ` by ${record.trunk}`} for ${seconds(record.ringFor)}`,
  "offer.ended": (record, person) =>
    `${who(record, person)}: ${record.caller === undefined ? record.outcome : `the caller is not reached: ${record.caller}`}${codeOf(record.sip)}`,
  "preview.offered": ({ agent, forMs }, person) => `is shown to ${person(agent)} for ${seconds(forMs)}`,
  "preview.ended": ({ agent, outcome, responseMs }, person) =>
    `${person(agent)}, to whom it was shown: ${outcome} after ${seconds(responseMs)}`,
  "preview.late": ({ agent }, person) => `${person(agent)} accepts too late`,
  "request.ended": ({ outcome, code }) => `a host that was asked: ${outcome}${codeOf(code)}`,
  "call.split": ({ label }) => `goes by the share ${shown(label)}`,
  "call.noted": ({ text }) => `note ${shown(text)}`,
  "counter.counted": ({ counter, value }) => `counts ${counter}: ${value}`,
  "limit.reached": ({ limit }) => `a limit is reached: ${limit}`,
} satisfies Partial<Words>;

/** Who talks, and what becomes of it. */
export const talked = {
  "call.connected": (record, person) => `talks to ${who(record, person)}`,
  "call.transferred": (record, person) => `is handed on, and talks to ${who(record, person)}`,
  "call.held": (record, person) => `is put on hold by ${who(record, person)}`,
  "call.retrieved": (record, person) => `is taken off hold by ${who(record, person)}`,
  "hold.failed": () => "could not be put on hold",
  "call.consulted": (record, person) =>
    `is held; ${record.by ? person(record.by) : "who talked to him"} asks ${who(record, person)}`,
  "consult.held": (record, person) => `talks again; ${who(record, person)}, who was asked, is held`,
  "consult.ended": (record, person) =>
    `${record.to && !record.agent && !record.destination ? shown(record.to) : who(record, person)}, to be asked: ${record.outcome}`,
  "guest.changed": ({ who: guest, state }, person) =>
    `${person(guest)} ${state === "left" ? "leaves" : state === "talks" ? "joins, and talks" : "listens"}`,
  "text.sent": ({ by, to, text }, person) => `${person(by)} writes to ${person(to)}: ${shown(text)}`,
  "party.left": (record, person) => `${who(record, person)} leaves; the others talk on`,
  "identity.changed": (record, person) =>
    `${(record.agent ?? record.destination) ? `at ${who(record, person)}` : "the caller"} is ${shown(record.identity)} now`,
  "phone.refused": (record, person) =>
    `the phone of ${(record.agent ?? record.destination) ? who(record, person) : "the caller"} wants to ${record.what}: ${record.reason.replace("_", " ")}${codeOf(record.sip)}`,
} satisfies Partial<Words>;

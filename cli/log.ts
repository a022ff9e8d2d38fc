import { type Logger, pino } from "pino";
import { complain, printable } from "./output.ts";

/** What goes to stderr for an operator: JSON a line, or in words, where people read it beside what is told of calls. */
export function openLog(level: string, inWords: boolean): Logger {
  return pino({ level }, inWords ? { write: (line: string) => complain(lineInWords(line)) } : pino.destination(2));
}

/** `10:00:04  warning: a next hop does not answer (trunk voicemail, hop sip:127.0.0.1:5070, status 503)`; the stack of a defect below it. */
export function lineInWords(line: string): string {
  const read: Record<string, unknown> = JSON.parse(line);
  const { level, time, msg, err, ...fields } = read;
  const at = new Date(Number(time)).toTimeString().slice(0, 8);
  const worth = Number(level) >= 50 ? "error: " : Number(level) >= 40 ? "warning: " : "";
  const said = Object.entries(fields)
    .filter(([name, value]) => name !== "pid" && name !== "hostname" && value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === "string" ? value : JSON.stringify(value)}`);
  const about = said.length > 0 ? ` (${said.join(", ")})` : "";
  const stack = typeof err === "object" && err !== null && "stack" in err ? `\n${String(err.stack)}` : "";
  return printable(`${at}  ${worth}${String(msg)}${about}${stack}`);
}

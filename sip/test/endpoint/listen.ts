/** One message and what becomes of it: who sends it is answered, or an application is given it. */
import { createWorld, type World } from "./world.ts";

export const PEER = { host: "192.0.2.9", port: 5060 };

interface Sketch {
  start?: string;
  /** Replaces the header lines of the same name; a name alone removes them. */
  lines?: string[];
  body?: string;
  length?: number | false;
}

/** A plain OPTIONS with some lines changed. */
export function message({
  start = "OPTIONS sip:bob@127.0.0.1 SIP/2.0",
  lines = [],
  body = "",
  length,
}: Sketch): string {
  const method = start.split(" ")[0];
  const plain = [
    "Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKplain",
    "Max-Forwards: 70",
    "From: <sip:alice@192.0.2.9>;tag=a1",
    "To: <sip:bob@127.0.0.1>",
    "Call-ID: c1@192.0.2.9",
    `CSeq: 1 ${method}`,
  ];
  const name = (line: string) => line.split(":")[0]!.toLowerCase();
  const kept = plain.filter((line) => !lines.some((other) => name(other) === name(line)));
  const changed = lines.filter((line) => line.includes(":"));
  const size = length === false ? [] : [`Content-Length: ${length ?? body.length}`];
  return [start, ...kept, ...changed, ...size, "", body].join("\r\n");
}

interface Heard {
  /** Status lines sent back to the peer. */
  answers: string[];
  /** Frames an application got. */
  frames: string[];
  world: World;
}

/** An endpoint with one application that wants everything. */
export function listen(): Heard {
  const answers: string[] = [];
  const frames: string[] = [];
  const world = createWorld({
    onSip: (text) => answers.push(text.slice("SIP/2.0 ".length, text.indexOf("\r\n"))),
    onFrame: (_name, payload) => payload.includes("|sip|") && frames.push(payload),
  });
  world.connect("app");
  world.frame("app", "1|authenticate|cymru|");
  for (const method of ["invite", "options", "register", "message"]) world.frame("app", `2|route|${method}`);
  return { answers, frames, world };
}

export function outcome(text: string, protocol: "udp" | "tcp" = "udp"): string {
  const { answers, frames, world } = listen();
  world.receive(text, PEER, protocol);
  if (frames.length > 0) return "taken";
  return answers[0] ?? "dropped";
}

/** A stage for ladders: peers and applications that say what a test tells them, and a record of what the endpoint says. */
import { cseqOf, header, headerLines, type Message, readMessage } from "../../endpoint/message.ts";
import type { Address, Protocol } from "../../endpoint/transport.ts";
import { createWorld, toBytes, type World, type WorldOptions } from "./world.ts";

export const SDP =
  "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
export const ALICE: Address = { host: "192.0.2.1", port: 5060 };
export const BOB: Address = { host: "192.0.2.2", port: 5060 };

export interface Stage {
  world: World;
  /** Everything the endpoint said: `0 alice < 100 INVITE`, `0 app < INVITE`, `0 app < NOK why`; milliseconds first. */
  ladder: string[];
  /** The last SIP message to a peer, or the message in the last frame to an application. */
  last(who: string): Message;
  /** Tokens of the last `sip` or echo frame to an application. */
  tokens(app: string): string[];
  /** A request from Alice; `lines` replace the plain ones of their name. */
  ask(method: string, options?: Ask): void;
  /** A response of a peer to the last request it got. */
  answer(from: Address, status: string, lines?: string[], body?: string): void;
  /** A frame of an application: what stands after `sip|`, and the message. */
  say(app: string, to: string, lines: string[], body?: string): void;
  connect(app: string): void;
}

interface Ask {
  uri?: string;
  cseq?: number;
  branch?: string;
  callId?: string;
  /** The tag we gave in an earlier answer. */
  toTag?: string;
  lines?: string[];
  body?: string;
  from?: Address;
  protocol?: Protocol;
}

export function openStage(
  options: Pick<WorldOptions, "limits" | "keep" | "writing" | "external" | "listen" | "resolver" | "unreachable"> = {},
): Stage {
  const ladder: string[] = [];
  const heard = new Map<string, { message: Message | undefined; tokens: string[]; protocol: Protocol }>();
  const requests = new Map<string, Message>();
  let branches = 0;

  const world = createWorld({
    ...options,
    onSip(text, to, protocol) {
      const who = nameOf(to);
      const message = read(text);
      heard.set(who, { message, tokens: [], protocol });
      if (message?.kind === "request" && message.method !== "ACK") requests.set(to.host, message);
      ladder.push(`${world.now()} ${who} < ${summary(message)}${protocol === "tcp" ? " (tcp)" : ""}`);
    },
    onFrame(app, payload) {
      const lineEnd = payload.indexOf("\r\n");
      const tokens = (lineEnd < 0 ? payload : payload.slice(0, lineEnd)).split("|");
      const message = lineEnd < 0 ? undefined : read(payload.slice(lineEnd + 2));
      if (tokens[1] === "sip" || message) heard.set(app, { message, tokens, protocol: "udp" });
      if (tokens[1] === "sip")
        ladder.push(`${world.now()} ${app} < ${tokens[8] === "unsolicited" ? "unsolicited " : ""}${summary(message)}`);
      else if (tokens[3] !== "OK") ladder.push(`${world.now()} ${app} < ${tokens.slice(3).join(" ")}`);
    },
    onClosed: (app) => ladder.push(`${world.now()} ${app} closed`),
  });

  const last = (who: string): Message => {
    const found = heard.get(who)?.message;
    if (!found) throw new Error(`${who} heard nothing`);
    return found;
  };

  return {
    world,
    ladder,
    last,
    tokens: (app) => heard.get(app)?.tokens ?? [],
    ask(
      method,
      {
        uri = "sip:bob@127.0.0.1",
        cseq = 1,
        branch,
        callId = "call",
        toTag,
        lines = [],
        body = "",
        from = ALICE,
        protocol = "udp",
      } = {},
    ) {
      const name = (line: string) => line.split(":")[0]!.toLowerCase();
      const plain = [
        `Via: SIP/2.0/${protocol.toUpperCase()} ${from.host}:${from.port};rport;branch=${branch ?? `z9hG4bK${++branches}`}`,
        "Max-Forwards: 70",
        "From: <sip:alice@192.0.2.1>;tag=alice",
        `To: <sip:bob@127.0.0.1>${toTag === undefined ? "" : `;tag=${toTag}`}`,
        `Call-ID: ${callId}`,
        `CSeq: ${cseq} ${method}`,
        `Contact: <sip:alice@${from.host}:${from.port}>`,
        ...(body === "" ? [] : ["Content-Type: application/sdp"]),
        `Content-Length: ${body.length}`,
      ];
      const kept = plain.filter((line) => !lines.some((other) => name(other) === name(line)));
      world.receive([`${method} ${uri} SIP/2.0`, ...lines, ...kept, "", body].join("\r\n"), from, protocol);
    },
    answer(from, status, lines = [], body = "") {
      const request = requests.get(from.host)!;
      const to = header(request, "to")!;
      const text = [
        `SIP/2.0 ${status}`,
        ...headerLines(request, "via").map((value) => `Via: ${value}`),
        `From: ${header(request, "from")}`,
        `To: ${to.includes(";tag=") || status.startsWith("100") ? to : `${to};tag=${nameOf(from)}`}`,
        `Call-ID: ${header(request, "call-id")}`,
        `CSeq: ${header(request, "cseq")}`,
        ...(lines.some((line) => line.startsWith("Contact:")) ? [] : [`Contact: <sip:${nameOf(from)}@${from.host}>`]),
        ...(body === "" ? [] : ["Content-Type: application/sdp"]),
        ...lines,
        `Content-Length: ${body.length}`,
        "",
        body,
      ];
      world.receive(text.join("\r\n"), from);
    },
    say(app, to, lines, body = "") {
      world.frame(app, `frame|sip|${to}\r\n${[...lines, "", body].join("\r\n")}`);
    },
    connect(app) {
      world.connect(app);
      world.frame(app, "a|authenticate|cymru|");
      for (const method of ["invite", "options"]) world.frame(app, `r|route|${method}`);
    },
  };
}

function nameOf(to: Address): string {
  return to.host === ALICE.host ? "alice" : to.host === BOB.host ? "bob" : to.host;
}

function read(text: string): Message | undefined {
  const message = readMessage(toBytes(text), "length");
  return message.kind === "unreadable" ? undefined : message;
}

function summary(message: Message | undefined): string {
  if (!message) return "nothing";
  return message.kind === "request" ? message.method : `${message.status} ${cseqOf(message)?.method}`;
}

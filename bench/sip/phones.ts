/** Phones as one UDP socket: each INVITE rings, is answered at once, and is timed. Cheaper than SIPp, and it knows when an INVITE came. */
import { createSocket } from "node:dgram";

export interface Phones {
  port: number;
  /** When the INVITE of each conversation came, ms since 1970. */
  invited: Map<string, number>;
  /** From the BYE at a phone to its next INVITE, ms: how long an agent had nobody. */
  rests: number[];
  stop(): Promise<void>;
}

const SDP = (port: number) =>
  `v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio ${port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n`;

export async function startPhones(): Promise<Phones> {
  const socket = createSocket({ type: "udp4", recvBufferSize: 4_000_000 });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  const invited = new Map<string, number>();
  const rests: number[] = [];
  const freed = new Map<string, number>();
  socket.on("message", (data, from) => {
    const text = data.toString("latin1");
    const say = (status: string, body = "") => socket.send(answer(text, status, port, body), from.port, from.address);
    if (text.startsWith("INVITE ")) {
      const conversation = /\r\nX-Conversation-Id: ([^\r]*)/i.exec(text)?.[1];
      if (conversation !== undefined && !invited.has(conversation)) invited.set(conversation, Date.now());
      const since = freed.get(userOf(text));
      if (since !== undefined && freed.delete(userOf(text))) rests.push(performance.now() - since);
      say("180 Ringing");
      say("200 OK", SDP(port));
    } else if (/^(BYE|CANCEL|OPTIONS) /.test(text)) {
      if (text.startsWith("BYE ")) freed.set(userOf(text), performance.now());
      say("200 OK");
    }
  });
  return { port, invited, rests, stop: () => new Promise((resolve) => socket.close(() => resolve())) };
}

/** Whose phone a request is for: our Contact says it again. */
const userOf = (request: string): string => /^\S+ sip:([^@;]*)@/.exec(request)?.[1] ?? "";

function answer(request: string, status: string, port: number, body: string): string {
  const lines = request.slice(0, request.indexOf("\r\n\r\n")).split("\r\n");
  const copied = lines.filter((line) => /^(via|from|to|call-id|cseq|record-route):/i.test(line));
  const tagged = copied.map((line) => (/^to:/i.test(line) && !/;tag=/i.test(line) ? `${line};tag=p${port}` : line));
  const more = body === "" ? [] : ["Content-Type: application/sdp"];
  return [
    `SIP/2.0 ${status}`,
    ...tagged,
    `Contact: <sip:${userOf(request)}@127.0.0.1:${port}>`,
    ...more,
    `Content-Length: ${body.length}`,
    "",
    body,
  ].join("\r\n");
}

/**
 * Where our endpoint speaks otherwise than the native server it stands in for, and why. Everything listed must occur in
 * the replay of its transcript, and nothing may occur that is not listed. Times are seconds, to the half.
 */
import type { Habit } from "./replay.ts";

/** Ways of writing that differ all over. */
export const HABITS: Habit[] = [
  {
    // RFC 3581 4: who asks with rport gets `received` too, even when it says nothing new.
    name: "received",
    rewrite: (recorded) =>
      recorded.replace(/(\r\nVia: [^\r\n]*;rport=\d+)(?!;received)(?=\r\n)/g, "$1;received=127.0.0.1"),
  },
  {
    // The protocol is known, so frames say it; the native server leaves it out for ACKs and many echoes, and calls a WebSocket tcp.
    name: "protocol token",
    rewrite: (recorded, ours) => {
      const protocol = /^[^\r\n]*\|(?:application|network)\|\d+\|(udp|tcp|tls|ws)\|/.exec(ours)?.[1] ?? "";
      const left = protocol === "ws" ? "(?:tcp)?" : "";
      return recorded.replace(
        new RegExp(`^([^\r\n]*\\|(?:application|network)\\|\\d+\\|)${left}(?=\\|)`),
        `$1${protocol}`,
      );
    },
  },
  {
    // RFC 3261 20.10: without brackets the parameters of a URI would belong to the header.
    name: "brackets",
    rewrite: (recorded) => recorded.replace(/(\r\nTo: )(sip:[^\r\n;<>]+)/g, "$1<$2>"),
  },
  {
    // Header values of the application pass through as they are.
    name: "digest spacing",
    rewrite: (recorded) =>
      recorded.replace(/\r\n(?:Proxy-)?Authorization: [^\r\n]*/g, (line) => line.replaceAll(", ", ",")),
  },
];

export interface Difference {
  why: string;
  what: string[];
}

/** Timers A, E: the first repetition after T1 = 500 ms (RFC 3261 17.1.1.2, 17.1.2.2); the native server waits 2 T1. */
const FIRST_REPEAT = "retransmission begins after T1, RFC 3261 17.1";
/** Responses the endpoint makes up itself. */
const TRIED = "a made-up response names the address that was tried";

/** By the number of the transcript. */
export const DIFFERENCES: Record<string, Difference[]> = {
  "04": [
    {
      why: "nobody is served before authenticating; the native server is open",
      what: [
        "no-auth-then-route was closed",
        "no-auth-then-route extra response NO at 0.0 s",
        "no-auth-then-route missing response OK at 0.0 s",
        "ping-before-auth was closed",
        "ping-before-auth extra response NO at 0.5 s",
        "ping-before-auth missing response OK at 0.5 s",
      ],
    },
    {
      why: "a broken frame is named before the connection is closed",
      what: [
        "bad-length extra response NO at 3.0 s",
        "split-frame extra response NO at 3.5 s",
        "split-len-then-hash extra response NO at 4.0 s",
      ],
    },
  ],
  "05": [
    {
      why: "a REFER outside a dialog goes to the application that asked for it; the native server swallows it",
      what: ["app1 extra sip network REFER at 0.0 s"],
    },
    {
      why: "remove_route takes away the one method it names; the native server takes all of them",
      what: ["app1 extra sip network OPTIONS at 3.0, 4.5 s"],
    },
    {
      why: "what an application held is refused as soon as it disconnects",
      what: ["alice extra 503 REFER at 4.5 s"],
    },
    {
      why: "but an OPTIONS, for to some peers any answer is life",
      what: ["alice missing 503 OPTIONS at 3.0, 4.5 s"],
    },
    { why: "a PRACK outside any dialog gets its answer", what: ["alice extra 481 PRACK at 3.0 s"] },
  ],
  "06": [{ why: "the recording ends before the last echo", what: ["one1 extra response OK 200 OPTIONS at 0.5 s"] }],
  "07": [
    {
      why: "an INVITE held by an application that disconnects is refused at once; so the later CANCEL changes nothing",
      what: ["alice extra 503 INVITE at 0.5, 1.0, 2.0, 4.0 s", "alice missing 487 INVITE at 6.5 s"],
    },
  ],
  "13": [
    {
      why: "a repeated INVITE gets the last provisional response, RFC 3261 17.2.1",
      what: ["alice extra 100 INVITE at 0.5 s"],
    },
    {
      why: "a repeated INVITE is absorbed once a 2xx went out, RFC 6026 7.1",
      what: ["alice missing 200 INVITE at 3.0, 4.0 s"],
    },
    { why: "a second copy of an ACK is not news", what: ["app1 missing sip network ACK at 3.5 s"] },
  ],
  "19": [
    {
      why: "silence is no answer: RFC 3261 8.2.1, 21.5.2",
      what: ["alice extra 405 REFER at 0.5 s", "alice extra 501 FOO at 2.5 s"],
    },
    {
      why: "no more hops are left, RFC 3261 16.3 for a B2BUA",
      what: [
        "alice extra 483 INVITE at 5.0 s",
        "app1 extra response NOK at 5.0 s",
        "app1 missing sip network INVITE at 5.0 s",
        "alice missing 200 INVITE at 5.0 s",
        "app1 missing response OK 200 INVITE at 5.0 s",
        "app1 missing sip network ACK at 5.0 s",
      ],
    },
    {
      why: "what is refused at once needs no 100 (the second is that of the 483)",
      what: ["alice missing 100 INVITE at 0.5, 5.0 s"],
    },
  ],
  "24": [
    {
      why: "the ACK of a 2xx repeats the credentials of its INVITE, RFC 3261 22.1",
      what: ["bob", "app1 response OK"].map(
        (where) =>
          `${where} ACK  → Authorization: Digest username="u1",realm="test.realm",nonce="abc123",uri="sip:bob@127.0.0.1:5184",` +
          'response="89dcf169b16368417e33c7cab396d4a3",algorithm=MD5,qop=auth,opaque="op1",nc=00000001,cnonce="d2f65d7f"',
      ),
    },
  ],
  "26": [
    {
      why: FIRST_REPEAT,
      what: [
        "bob extra INVITE at 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s",
        "bob missing INVITE at 1.0, 3.0, 7.0, 15.0, 31.0 s",
      ],
    },
    {
      why: TRIED,
      what: ["app1 sip network 408 INVITE token 5:  → 127.0.0.1", "app1 sip network 408 INVITE token 6: 0 → 5186"],
    },
  ],
  "28": [
    {
      why: "the 2xx of a second fork is acknowledged under its own tag, then ended once, RFC 3261 13.2.2.4; the recorded peer ignores the BYE",
      what: [
        "bob ACK Via: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bK… → Via: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bK…",
        "bob ACK Via: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bK… → Via: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bK…",
        "bob extra re-BYE at 0.5, 1.0, 2.0, 4.0 s",
      ],
    },
    {
      why: "so the call that goes on is the one that answered first",
      what: [
        "app1 response OK re-BYE To: <sip:bob@127.0.0.1:5188>;tag=fork1 → To: <sip:bob@127.0.0.1:5188>;tag=fork2",
        "bob re-BYE To: <sip:bob@127.0.0.1:5188>;tag=fork1 → To: <sip:bob@127.0.0.1:5188>;tag=fork2",
      ],
    },
    {
      why: "any 2xx of an INVITE is acknowledged, RFC 3261 13.2.2.4",
      what: ["bob extra ACK at 4.5 s", "app1 extra response OK ACK at 4.5 s", "app1 missing response NOK at 4.5 s"],
    },
    {
      why: TRIED,
      what: [
        "port 5999 extra INVITE at 7.0 s",
        "app1 sip network 503 INVITE token 5:  → 127.0.0.1",
        "app1 sip network 503 INVITE token 6: 0 → 5999",
        "app1 sip network 503 INVITE token 4: unknown → udp",
        "app1 sip network 503 INVITE token 5:  → nosuch.invalid",
        "app1 sip network 503 INVITE token 6: 0 → 5060",
      ],
    },
    {
      why: "the echo shows the request as it would have been sent, though the name has no address",
      what: [
        "app1 response OK INVITE token 6: unknown → udp",
        "app1 response OK INVITE token 7:  → 127.0.0.1",
        "app1 response OK INVITE token 8: 0 → 5070",
        "app1 response OK INVITE  → Via: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bK…",
      ],
    },
  ],
  "33": [
    {
      why: "UPDATE refreshes the target and must carry a Contact, RFC 3311 5.1",
      what: [
        "app1 response OK re-UPDATE  → Contact: <sip:127.0.0.1:5070>",
        "bob re-UPDATE  → Contact: <sip:127.0.0.1:5070>",
      ],
    },
    {
      why: "the ACK of a peer's re-INVITE has a transaction of its own, not that of the first INVITE",
      what: ["app1 sip network ACK token 8: … → …"],
    },
    {
      why: "a 489 needs no Contact, RFC 6665 table 2",
      what: [
        "bob 489 SUBSCRIBE Contact: <sip:127.0.0.1:5070> → ",
        "app1 response OK 489 SUBSCRIBE Contact: <sip:127.0.0.1:5070> → ",
      ],
    },
    {
      why: "a re-INVITE that crosses ours is refused, RFC 3261 14.2; the recorded application answers it in vain",
      what: [
        "bob extra 491 INVITE at 2.5, 3.0 s",
        "app1 extra response NOK at 2.5, 2.5 s",
        "app1 missing sip network re-INVITE at 2.5 s",
        "bob missing 100 INVITE at 2.5 s",
        "bob missing 200 INVITE at 2.5 s",
        "app1 missing response OK 200 INVITE at 2.5 s",
        "app1 missing sip network ACK at 2.5 s",
      ],
    },
    {
      why: "the ACK of a refused re-INVITE is ours, RFC 3261 17.1.1.3; the native server sends the application's too",
      what: ["app1 missing response OK ACK at 2.5 s", "bob missing ACK at 2.5 s"],
    },
  ],
  "35": [
    {
      why: "a 2xx that its application did not acknowledge before it disconnected is acknowledged and ended",
      what: ["bob extra ACK at 2.0 s", "bob extra re-BYE at 2.0 s"],
    },
  ],
  "36": [
    {
      why: FIRST_REPEAT,
      what: [
        "bob extra re-INVITE at 0.5, 1.5 s",
        "bob extra re-BYE at 0.5, 1.5, 2.5, 3.5, 5.5, 9.5, 13.5, 17.5, 21.5, 25.5, 29.5, 33.5 s",
        "bob missing re-INVITE at 1.0 s",
        "bob missing re-BYE at 1.0, 3.0, 5.0, 9.0, 13.0, 17.0, 21.0, 25.0, 29.0, 33.0 s",
      ],
    },
    {
      why: TRIED,
      what: ["app1 sip network 408 BYE token 5:  → 127.0.0.1", "app1 sip network 408 BYE token 6: 0 → 5196"],
    },
    {
      why: "the application hears how its re-INVITE ended, though its BYE was faster",
      what: ["app1 extra sip network 487 INVITE at 1.5 s"],
    },
  ],
  "38": [
    {
      why: "who is to refresh must know of it, RFC 4028 9",
      what: ["alice", "app1 response OK"].map((where) => `${where} 200 INVITE  → Require: timer`),
    },
    {
      why: "a session is refreshed at half its time, when the recording is over; the native server is five seconds early",
      what: ["alice missing re-INVITE at 40.5 s", "alice missing ACK at 40.5 s"],
    },
    {
      why: "these BYEs are of another server, left over from an earlier run",
      what: ["alice missing re-BYE at 15.0, 16.0, 18.0, 22.0, 26.0, 30.0, 34.0, 38.0 s"],
    },
  ],
  "39": [
    {
      why: "who is to refresh must know of it, RFC 4028 9",
      what: ["alice", "app1 response OK"].flatMap((where) =>
        Array<string>(2).fill(`${where} 200 INVITE  → Require: timer`),
      ),
    },
    {
      why: "who asks for a session timer without saying who refreshes gets one all the same, RFC 4028 9",
      what: ["alice", "app1 response OK"].map((where) => `${where} 200 INVITE  → Session-Expires: 90;refresher=uac`),
    },
    {
      why: "who waits for a refresh hangs up a third of the time before the session runs out, RFC 4028 10",
      what: [
        "alice extra re-BYE at 60.5, 61.0, 62.0, 64.0, 68.0, 72.0, 76.0, 80.0, 84.0, 88.0 s",
        "app1 extra sip application unsolicited re-BYE at 60.5 s",
        "alice missing re-BYE at 90.5 s",
        "app1 missing sip application unsolicited re-BYE at 90.5 s",
      ],
    },
    {
      why: "what is refused at once needs no 100, and its ACK is not for the application",
      what: ["alice missing 100 INVITE at 0.5 s", "app1 missing sip network ACK at 0.5 s"],
    },
  ],
  "40": [
    {
      why: "a 2xx to REFER needs a Contact, RFC 3515 2.2",
      what: ["bob", "app1 response OK"].map((where) => `${where} 202 REFER  → Contact: <sip:127.0.0.1:5070>`),
    },
  ],
  "41": [
    {
      why: "REFER needs a Contact, RFC 3515 2.2",
      what: ["app1 response OK REFER  → Contact: <sip:127.0.0.1:5070>", "bob REFER  → Contact: <sip:127.0.0.1:5070>"],
    },
    {
      why: "an accepted REFER outside a dialog begins one, in which its NOTIFYs come, RFC 3515 2.4.4",
      what: ["app1 sip network 202 REFER token 9:  → ……;from-tag=…"],
    },
  ],
  "50": [
    {
      why: "a NOTIFY that is faster than the 2xx of its SUBSCRIBE waits for that, RFC 6665 4.1.2.4; the recorded application ends before it answers",
      what: ["app1 extra sip network re-NOTIFY at 0.5 s", "bob extra 480 NOTIFY at 0.5 s"],
    },
    {
      why: "the last NOTIFY is answered by the application; the native server answers 500 before it can",
      what: [
        "app1 extra response OK 200 NOTIFY at 0.0 s",
        "bob extra 200 NOTIFY at 0.0 s",
        "app1 missing response NOK at 0.0 s",
        "bob missing 500 NOTIFY at 0.0 s",
      ],
    },
    {
      why: "a NOTIFY of a subscription that has ended is in no dialog, RFC 6665 4.1.3; the other 503 is of the one that was too fast",
      what: ["bob extra 481 NOTIFY at 0.0 s", "bob missing 503 NOTIFY at 0.0, 0.0 s"],
    },
  ],
  "52": [
    {
      why: "NOTIFY needs a Contact, RFC 6665 8.1.1",
      what: ["alice", "app1 response OK"].flatMap((where) =>
        Array<string>(2).fill(`${where} re-NOTIFY  → Contact: <sip:127.0.0.1:5070>`),
      ),
    },
  ],
  "53": [
    {
      why: "a compact Via stays as it was written, and who does not ask with rport gets none, RFC 3581 4",
      what: [
        "app1 sip network OPTIONS Via: SIP/2.0/UDP 127.0.0.1:5253;branch=z9hG4bKcompact1795189146448;rport=5253;received=127.0.0.1 → v: SIP/2.0/UDP 127.0.0.1:5253;branch=z9hG4bKcompact1795189146448",
        ...["alice", "app1 response OK"].map(
          (where) =>
            `${where} 200 OPTIONS Via: SIP/2.0/UDP 127.0.0.1:5253;branch=z9hG4bKcompact1795189146448;rport=5253;received=127.0.0.1` +
            " → Via: SIP/2.0/UDP 127.0.0.1:5253;branch=z9hG4bKcompact1795189146448",
        ),
      ],
    },
  ],
  "54": [
    {
      why: "NOTIFY needs a Contact, RFC 6665 8.1.1",
      what: ["app1 response OK NOTIFY  → Contact: <sip:127.0.0.1:5070>", "bob NOTIFY  → Contact: <sip:127.0.0.1:5070>"],
    },
    {
      why: "a header name with a space in it is refused, not dropped",
      what: [
        "app1 extra response NOK at 0.0 s",
        "bob missing OPTIONS at 0.0 s",
        "app1 missing response OK OPTIONS at 0.0 s",
        "app1 missing sip network 200 OPTIONS at 0.0 s",
      ],
    },
  ],
  "71": [
    {
      why: "the dialog exists, only its application is gone: 481 would end the call on the other side, RFC 5057 5.1",
      what: ["alice extra 480 INFO at 0.5, 0.5 s", "alice missing 481 INFO at 0.5, 0.5 s"],
    },
  ],
  "72": [
    {
      why: "a caller whom the application forgets is told so; so the late CANCEL finds its INVITE answered",
      what: [
        "alice extra 503 INVITE at 64.0, 64.5, 65.5, 67.5, 71.5 s",
        "alice extra 200 CANCEL at 72.0 s",
        "alice missing 481 CANCEL at 72.0 s",
      ],
    },
  ],
  "73": [
    {
      why: "frames beyond 12 KB work; they wedge the native server",
      what: [
        "app1 extra response OK MESSAGE at 0.0, 3.0, 6.0 s",
        "bob extra MESSAGE at 0.0, 3.0, 4.0, 4.5, 5.5, 6.0, 6.5, 7.0, 7.5, 7.5, 7.5, 8.5 s",
      ],
    },
    {
      why: "above 1,300 bytes a request goes by TCP, RFC 3261 18.1.1; the native server leaves it on UDP",
      what: Array.from({ length: 5 }, () => [
        "app1 response OK MESSAGE Via: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bK… → Via: SIP/2.0/TCP 127.0.0.1:5070;branch=z9hG4bK…",
        "app1 response OK MESSAGE token 6: udp → tcp",
        "app1 sip network 200 MESSAGE token 4: udp → tcp",
        "bob MESSAGE Via: SIP/2.0/UDP 127.0.0.1:5070;rport;branch=z9hG4bK… → Via: SIP/2.0/TCP 127.0.0.1:5070;branch=z9hG4bK…",
      ]).flat(),
    },
  ],
  "74": [
    {
      why: "messages up to 256 KB are taken; the recorded application was never given them, so all but one end as 503 when it disconnects",
      what: [
        "app1 extra sip network MESSAGE at 0.0, 0.0, 0.0, 0.0 s",
        "tcpbob extra 200 MESSAGE at 0.0 s",
        "tcpbob extra 503 MESSAGE at 0.0, 0.0 s",
        "bob extra 503 MESSAGE at 0.0, 0.0 s",
        "bob missing 200 MESSAGE at 0.0 s",
        "bob missing 400 MESSAGE at 0.0, 0.0 s",
        "tcpbob missing 400 MESSAGE at 0.0, 0.0 s",
        "tcpbob called missing 400 MESSAGE at 0.0 s",
      ],
    },
    {
      why: "the recorded peers send one request over both transports; the second is merged, RFC 3261 8.2.2.2",
      what: ["bob extra 482 MESSAGE at 0.0 s"],
    },
    {
      why: "so what the recording says of the second was said of the first",
      what: [
        "app1 response OK 200 MESSAGE From: <sip:bob@127.0.0.1:5277>;tag=ltnhgm4qkp → From: <sip:tcpbob@127.0.0.1:5276>;tag=ltnhgm4qkp",
        "app1 response OK 200 MESSAGE Via: SIP/2.0/UDP 127.0.0.1:5277;branch=z9hG4bK-gc8e94l8;rport=5277;received=127.0.0.1 → Via: SIP/2.0/TCP 127.0.0.1:5276;branch=z9hG4bK-gc8e94l8;rport=49976;received=127.0.0.1",
        "app1 response OK 200 MESSAGE token 8: 5277 → 49976",
        "app1 sip network MESSAGE Contact: <sip:bob@127.0.0.1:5277> → Contact: <sip:tcpbob@127.0.0.1:5276;transport=tcp>",
        "app1 sip network MESSAGE Content-Length: 2000 → Content-Length: 20000",
        "app1 sip network MESSAGE From: <sip:bob@127.0.0.1:5277>;tag=ltnhgm4qkp → From: <sip:tcpbob@127.0.0.1:5276>;tag=ltnhgm4qkp",
        "app1 sip network MESSAGE Via: SIP/2.0/UDP 127.0.0.1:5277;branch=z9hG4bK-gc8e94l8;rport=5277;received=127.0.0.1 → Via: SIP/2.0/TCP 127.0.0.1:5276;branch=z9hG4bK-gc8e94l8;rport=49976;received=127.0.0.1",
        "app1 sip network MESSAGE body of 2000 → 20000",
        "app1 sip network MESSAGE start: MESSAGE sip:bob@127.0.0.1:5070 SIP/2.0 → MESSAGE sip:bob@127.0.0.1:5070;transport=tcp SIP/2.0",
        "app1 sip network MESSAGE token 4: udp → tcp",
        "app1 sip network MESSAGE token 6: 5277 → 49976",
      ],
    },
  ],
  "75": [
    {
      why: "a session description is named as such, in a 2xx to UPDATE too",
      what: ["alice", "app1 response OK"].map((where) => `${where} 200 UPDATE  → Content-Type: application/sdp`),
    },
    {
      why: "an UPDATE has a transaction of its own; the native server gives it that of the INVITE",
      what: [
        "app1 sip network re-UPDATE token 8: … → …",
        "app1 response OK 200 UPDATE token 10: … → …",
        "app1 response OK 200 UPDATE token 11:  → c-xpq2498u@127.0.0.1;from-tag=ltbg414uhn",
      ],
    },
    {
      why: "an INFO in a dialog that is not confirmed is in it; the recorded application was never given it",
      what: [
        "app1 extra sip network re-INFO at 0.0 s",
        "alice extra 480 INFO at 1.0 s",
        "alice missing 503 INFO at 0.0 s",
      ],
    },
    { why: "the recording ends before the last echo", what: ["app1 extra response OK 200 BYE at 1.0 s"] },
  ],
  "80": [
    {
      why: "a transport parameter of the request URI does not belong in To, RFC 3261 19.1.1",
      what: [
        "app1 response OK INVITE To: <sip:bob@127.0.0.1:5481>;transport=tcp → To: <sip:bob@127.0.0.1:5481>",
        "bob INVITE To: <sip:bob@127.0.0.1:5481>;transport=tcp → To: <sip:bob@127.0.0.1:5481>",
      ],
    },
    {
      why: "the peer shall come back by tcp",
      what: [
        "app1 response OK INVITE Contact: <sip:alice@127.0.0.1:5070> → Contact: <sip:alice@127.0.0.1:5070;transport=tcp>",
        "bob INVITE Contact: <sip:alice@127.0.0.1:5070> → Contact: <sip:alice@127.0.0.1:5070;transport=tcp>",
      ],
    },
    {
      why: "an echo names the local port, over tcp as over udp",
      what: [
        "app1 response OK INVITE token 8: 5481 → 5070",
        "app1 response OK ACK token 8: 5481 → 5070",
        "app1 response OK re-BYE token 8: 52274 → 5070",
      ],
    },
  ],
  "81": [
    {
      why: "a transport parameter of the request URI does not belong in To, RFC 3261 19.1.1",
      what: [
        ...["app1 response OK INVITE", "wsuser INVITE"].map(
          (where) =>
            `${where} To: <sip:wsuser@df7jal23ls0d.invalid>;transport=ws → To: <sip:wsuser@df7jal23ls0d.invalid>`,
        ),
        ...["app1 response OK INVITE", "tlsuser called INVITE"].map(
          (where) => `${where} To: <sips:tlsuser@127.0.0.1:5483>;transport=tls → To: <sips:tlsuser@127.0.0.1:5483>`,
        ),
      ],
    },
    {
      why: "localhost in From is our address; the native server writes the browser's port behind it",
      what: [
        "app1 response OK INVITE",
        "app1 response OK ACK",
        "app1 response OK re-BYE",
        "wsuser INVITE",
        "wsuser ACK",
        "wsuser re-BYE",
      ].map((where) => `${where} From: <sip:bob@127.0.0.1:38052>;tag=… → From: <sip:bob@127.0.0.1:6082>;tag=…`),
    },
    {
      why: "the peer shall come back by tls",
      what: ["app1 response OK INVITE", "tlsuser called INVITE"].map(
        (where) => `${where} Contact: <sips:bob@127.0.0.1:6081> → Contact: <sips:bob@127.0.0.1:6081;transport=tls>`,
      ),
    },
    {
      why: "an echo names the local port, over connections as over udp",
      what: [
        "app1 response OK INVITE token 8: 38052 → 6082",
        "app1 response OK ACK token 8: 38052 → 6082",
        "app1 response OK re-BYE token 8: 38052 → 6082",
        "app1 response OK re-BYE token 8: 38052 → 6082",
        "app1 response OK INVITE token 8: 5483 → 6081",
        "app1 response OK ACK token 8: 5483 → 6081",
        "app1 response OK re-BYE token 8: 5483 → 6081",
      ],
    },
  ],
};

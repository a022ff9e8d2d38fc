/**
 * The torture messages of RFC 4475 and RFC 5118, each in words of our own: what is odd about it, and what becomes of it. `taken`: an
 * application gets it. Where the RFC leaves a choice, the line says which was made.
 */
import { expect, test } from "vitest";
import { message, outcome } from "./endpoint/listen.ts";

const BAD = "400 Bad Request";
const INVITE = "INVITE sip:bob@127.0.0.1 SIP/2.0";
const response = (start: string, lines: string[] = []) => message({ start, lines: ["CSeq: 1 OPTIONS", ...lines] });
const LONG = "x".repeat(1_000);

/** Section, what is odd, the message, what becomes of it. */
const RFC_4475: [string, string, string, string][] = [
  [
    "3.1.1.1",
    "folded, spaced, escaped quotes, odd capitals; its To tag names no dialog of ours",
    message({
      lines: [
        "To",
        "From",
        "Max-Forwards",
        "CSeq",
        "Via",
        "TO :\r\n sip:bob@127.0.0.1 ;   tag    = 1918181833n",
        'from   : "J \\\\\\""       <sip:j@x>\r\n  ;\r\n  tag = 98asjd8',
        "MaX-fOrWaRdS: 0068",
        "cseq: 0009\r\n  OPTIONS",
        "Via  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.9;branch=390skdjuw",
        "s :",
        'm:"Quoted \\"\\"" <sip:j@x> ; p =\r\n  v',
      ],
    }),
    "481 Call/Transaction Does Not Exist",
  ],
  [
    "3.1.1.2",
    "every character that a method, URI, name or token may have",
    message({
      start:
        "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@127.0.0.1 SIP/2.0",
    }),
    "501 Not Implemented",
  ],
  [
    "3.1.1.3",
    "escapes everywhere in the user part",
    message({
      start: "INVITE sip:sips%3Auser%40example.com@127.0.0.1 SIP/2.0",
      lines: ["Contact: <sip:cal%6Cer@192.0.2.9;%6C%72;n%61me=v%61lue%25%34%31>"],
    }),
    "taken",
  ],
  [
    "3.1.1.4",
    "escaped NULs in the user part",
    message({
      start: "REGISTER sip:127.0.0.1 SIP/2.0",
      lines: ["To: sip:null-%00-null@x", "Contact: <sip:%00@192.0.2.9>, <sip:%00%00@192.0.2.9>"],
    }),
    "taken",
  ],
  [
    "3.1.1.5",
    "an escape is no other spelling of a method",
    message({ start: "RE%47IST%45R sip:registrar.example.com SIP/2.0" }),
    "501 Not Implemented",
  ],
  [
    "3.1.1.6",
    "no blank between display name and bracket",
    message({ lines: ['From: "caller"<sip:caller@x>;tag=1'] }),
    "taken",
  ],
  [
    "3.1.1.7",
    "long values in every header",
    message({
      start: `INVITE sip:${LONG}@127.0.0.1 SIP/2.0`,
      lines: [
        `To: "${LONG}"<sip:bob@127.0.0.1>`,
        `From: <sip:a@x>;tag=${LONG}`,
        `Call-ID: ${LONG}`,
        `Unknown-${LONG}: ${LONG}`,
        ...Array.from({ length: 34 }, (_, at) => `v: SIP/2.0/TCP host${at}.example.com;branch=${LONG}`),
      ],
    }),
    "taken",
  ],
  [
    "3.1.1.8",
    "octets behind the body are another message",
    `${message({ start: "REGISTER sip:127.0.0.1 SIP/2.0" })}INVITE sip:joe@x SIP/2.0\r\n\r\n`,
    "taken",
  ],
  [
    "3.1.1.9",
    "semicolons in the user part are no parameters",
    message({ start: "OPTIONS sip:user;par=u%40example.net@127.0.0.1 SIP/2.0" }),
    "taken",
  ],
  [
    "3.1.1.10",
    "transports of all kinds further down",
    message({
      lines: [
        "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKa, SIP/2.0/SCTP a;branch=z9hG4bKb, SIP/2.0/UNKNOWN c;branch=z9hG4bKc",
      ],
    }),
    "taken",
  ],
  [
    "3.1.1.11",
    "a body of several parts",
    message({
      start: "MESSAGE sip:bob@127.0.0.1 SIP/2.0",
      lines: ["Content-Type: multipart/mixed;boundary=b"],
      body: "--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Type: application/octet-stream\r\n\r\n\x01\x02\xff\r\n--b--",
    }),
    "taken",
  ],
  [
    "3.1.1.12",
    "a reason in letters of all kinds is a response to nobody",
    response("SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять"),
    "dropped",
  ],
  ["3.1.1.13", "a response with an empty reason", response("SIP/2.0 100 "), "dropped"],
  [
    "3.1.2.1",
    "separators without values",
    message({
      start: INVITE,
      lines: [
        "Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKx;;,;,,",
        'Contact: "Joe" <sip:joe@x>;;;;',
        "Max-Forwards: 70;;",
      ],
    }),
    BAD,
  ],
  ["3.1.2.2", "a length beyond the datagram", message({ start: INVITE, body: "v=0", length: 9999 }), BAD],
  ["3.1.2.3", "a negative length", message({ start: INVITE, length: -999 }), BAD],
  [
    "3.1.2.4",
    "numbers out of all bounds in a request",
    message({
      start: "REGISTER sip:127.0.0.1 SIP/2.0",
      lines: ["CSeq: 36893488147419103232 REGISTER", "Max-Forwards: 300", "Expires: 10000000000000"],
    }),
    BAD,
  ],
  [
    "3.1.2.5",
    "numbers out of all bounds in a response",
    response("SIP/2.0 503 Service Unavailable", [
      "CSeq: 9292394834772304023312 OPTIONS",
      "Retry-After: 949302838503028349304023988",
    ]),
    "dropped",
  ],
  [
    "3.1.2.6",
    "a quoted string that does not end",
    message({ lines: ['To: "Mr. J. User <sip:j.user@example.com>'] }),
    BAD,
  ],
  ["3.1.2.7", "brackets around the request URI", message({ start: "INVITE <sip:user@127.0.0.1> SIP/2.0" }), BAD],
  ["3.1.2.8", "blanks inside the request URI", message({ start: "INVITE sip:user@127.0.0.1; lr SIP/2.0" }), BAD],
  [
    "3.1.2.9",
    "more than one blank in the request line",
    message({ start: "INVITE  sip:user@127.0.0.1  SIP/2.0" }),
    BAD,
  ],
  [
    "3.1.2.10",
    "a blank after the version: taken as it was meant",
    message({ start: "OPTIONS sip:bob@127.0.0.1 SIP/2.0  " }),
    "taken",
  ],
  [
    "3.1.2.11",
    "escaped headers in the request URI",
    message({ start: "INVITE sip:user@127.0.0.1?Route=%3Csip:example.com%3E SIP/2.0" }),
    BAD,
  ],
  [
    "3.1.2.12",
    "a date in another time zone: none of our business",
    message({ start: INVITE, lines: ["Date: Fri, 01 Jan 2010 16:00:00 EST"] }),
    "taken",
  ],
  [
    "3.1.2.13",
    "a Contact whose URI needs brackets",
    message({ start: "REGISTER sip:127.0.0.1 SIP/2.0", lines: ["Contact: sip:user@example.com?Route=%3Csip:x%3E"] }),
    BAD,
  ],
  [
    "3.1.2.14",
    "blanks inside the brackets of To",
    message({ lines: ['To: "Watson, Thomas" < sip:t.watson@example.org >'] }),
    BAD,
  ],
  [
    "3.1.2.15",
    "a display name that needs quotes",
    message({ lines: ["From: Bell, Alexander <sip:a.g.bell@x>;tag=43"] }),
    BAD,
  ],
  [
    "3.1.2.16",
    "another version of the protocol",
    message({ start: "OPTIONS sip:t.watson@127.0.0.1 SIP/7.0" }),
    "505 Version Not Supported",
  ],
  ["3.1.2.17", "CSeq names another method", message({ lines: ["CSeq: 8 INVITE"] }), BAD],
  [
    "3.1.2.18",
    "an unknown method, and CSeq names another",
    message({ start: "NEWMETHOD sip:user@127.0.0.1 SIP/2.0", lines: ["CSeq: 8 INVITE"] }),
    BAD,
  ],
  ["3.1.2.19", "a status of ten digits", response("SIP/2.0 4294967301 better not break the receiver"), "dropped"],
  [
    "3.2.1",
    "a branch that is the magic cookie alone",
    message({ lines: ["Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK"] }),
    "taken",
  ],
  ["3.3.1", "headers that must be there are not", message({ lines: ["From", "To", "Call-ID"] }), BAD],
  [
    "3.3.2",
    "a request URI of a scheme nobody knows",
    message({ start: "OPTIONS nobodyKnowsThisScheme:totallyopaquecontent SIP/2.0" }),
    "416 Unsupported URI Scheme",
  ],
  [
    "3.3.3",
    "a request URI of a scheme that is known and none of ours",
    message({ start: "OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0" }),
    "416 Unsupported URI Scheme",
  ],
  [
    "3.3.4",
    "other schemes in To, From and Contact",
    message({
      start: "REGISTER sip:127.0.0.1 SIP/2.0",
      lines: ["To: isbn:2983792873", "From: <http://www.example.com>;tag=3234233", "Contact: <name:John_Smith>"],
    }),
    "taken",
  ],
  [
    "3.3.5",
    "Proxy-Require and Require of what nobody knows: the application says so",
    message({ lines: ["Require: nothingSupportsThis", "Proxy-Require: noProxiesSupportThis"] }),
    "taken",
  ],
  [
    "3.3.6",
    "a body of a type nobody knows: the application says so",
    message({ start: INVITE, lines: ["Content-Type: application/unknownformat"], body: "<audio/>" }),
    "taken",
  ],
  [
    "3.3.7",
    "an Authorization of a scheme nobody knows: the application says so",
    message({
      start: "REGISTER sip:127.0.0.1 SIP/2.0",
      lines: ["Authorization: NoOneKnowsThisScheme opaque-data=here"],
    }),
    "taken",
  ],
  [
    "3.3.8",
    "headers that may be there once are there twice",
    message({
      start: INVITE,
      lines: [
        "CSeq: 5 INVITE",
        "CSeq: 59 INVITE",
        "Call-ID: a",
        "Call-ID: b",
        "From: <sip:a@x>;tag=1",
        "From: <sip:b@x>;tag=2",
      ],
    }),
    BAD,
  ],
  [
    "3.3.9",
    "two different lengths",
    message({
      body: "There's no way to know how many octets",
      lines: ["Content-Length: 13", "Content-Type: text/plain"],
    }),
    BAD,
  ],
  [
    "3.3.10",
    "a 200 with a broadcast address in Via",
    response("SIP/2.0 200 OK", ["Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bK1324923"]),
    "dropped",
  ],
  ["3.3.11", "no hops left, to ask about us: this is where it ends", message({ lines: ["Max-Forwards: 0"] }), "taken"],
  [
    "3.3.12",
    "a Contact of `*` with an expiry: the registrar says so",
    message({ start: "REGISTER sip:127.0.0.1 SIP/2.0", lines: ["Contact: *", "Expires: 60"] }),
    "taken",
  ],
  [
    "3.3.13",
    "a parameter of Contact, with and without brackets",
    message({
      start: "REGISTER sip:127.0.0.1 SIP/2.0",
      lines: ["Contact: sip:+19725552222@gw1.example.net;unknownparam", "Expires: 60"],
    }),
    "taken",
  ],
  [
    "3.3.14",
    "a URI parameter of Contact",
    message({
      start: "REGISTER sip:127.0.0.1 SIP/2.0",
      lines: ["Contact: <sip:+19725552222@gw1.example.net;unknownparam>"],
    }),
    "taken",
  ],
  [
    "3.3.15",
    "an INVITE with an Accept that leaves no session description: the application says so",
    message({ start: INVITE, lines: ["Accept: text/nobodyKnowsThis"], body: "v=0\r\n" }),
    "taken",
  ],
  [
    "3.4.1",
    "an INVITE of RFC 2543: no Max-Forwards, no branch, no tags",
    message({ start: INVITE, lines: ["Via: SIP/2.0/UDP 192.0.2.9", "Max-Forwards", "From: <sip:a@x>"] }),
    "taken",
  ],
];

/** IPv6 in its own words: RFC 5118. */
const RFC_5118: [string, string, string, string][] = [
  ["4.1", "a reference in the request URI", message({ start: "REGISTER sip:[2001:db8::10] SIP/2.0" }), "taken"],
  [
    "4.2",
    "an address without brackets in the request URI",
    message({ start: "REGISTER sip:2001:db8::10 SIP/2.0" }),
    BAD,
  ],
  [
    "4.3",
    "a port that could be the end of the address, in brackets: it is not",
    message({ start: "REGISTER sip:[2001:db8::10:5070] SIP/2.0" }),
    "taken",
  ],
  ["4.4", "address and port", message({ start: "REGISTER sip:[2001:db8::10]:5070 SIP/2.0" }), "taken"],
  [
    "4.5",
    "`received` with brackets",
    message({ lines: ["Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3"] }),
    "taken",
  ],
  [
    "4.5",
    "`received` without",
    message({ lines: ["Via: SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKas3"] }),
    "taken",
  ],
  [
    "4.6",
    "an address without brackets in Via of the next hop only",
    message({ lines: ["Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKx, SIP/2.0/UDP 2001:db8::9;branch=z9hG4bKy"] }),
    "taken",
  ],
  [
    "4.7",
    "session description with both kinds of address",
    message({
      start: INVITE,
      lines: ["Content-Type: application/sdp"],
      body: "v=0\r\no=a 1 1 IN IP6 2001:db8::20\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 6000 RTP/AVP 0\r\nm=video 6024 RTP/AVP 107\r\nc=IN IP6 2001:db8::1\r\n",
    }),
    "taken",
  ],
  [
    "4.8",
    "both kinds of address in Contacts",
    message({
      start: "REGISTER sip:127.0.0.1 SIP/2.0",
      lines: ["Contact: <sip:a@[2001:db8::9:1]>, <sip:a@192.0.2.1>"],
    }),
    "taken",
  ],
  [
    "4.9",
    "a v4 address written as v6",
    message({
      start: INVITE,
      lines: [
        "Contact: <sip:a@[::ffff:192.0.2.10]:19823>",
        "Via: SIP/2.0/UDP [::ffff:192.0.2.10]:19823;branch=z9hG4bKbh19",
      ],
    }),
    "taken",
  ],
  [
    "4.10",
    "three colons, as the grammar of RFC 3261 had it: whoever writes so is understood",
    message({ start: "OPTIONS sip:user@[2001:db8:::192.0.2.1] SIP/2.0" }),
    "taken",
  ],
];

test.each(RFC_4475)("RFC 4475 %s: %s", (_section, _what, text, expected) => {
  expect(outcome(text)).toBe(expected);
});

test.each(RFC_5118)("RFC 5118 %s: %s", (_section, _what, text, expected) => {
  expect(outcome(text)).toBe(expected);
});

test("all of them are here", () => {
  expect(new Set(RFC_4475.map(([section]) => section)).size).toBe(49);
  expect(new Set(RFC_5118.map(([section]) => section)).size).toBe(10);
});

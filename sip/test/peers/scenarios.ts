/*
 * SIPp scenarios as text. SIPp speaks for itself: what it does not expect fails the call.
 */

const sdp = (direction = "sendrecv"): string => `v=0
o=sipp 53655765 2353687637 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio [media_port] RTP/AVP 0 8 101
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=${direction}
`;

export const asks = `<send retrans="500" start_rtd="1"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+34600000001@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 INVITE
Contact: <sip:+34600000001@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

${sdp()}]]></send>`;

export const invite = `${asks}
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="183" optional="true"/>`;

/** The answer that ends an INVITE without a call. */
export const refused = `<recv response="[status]"/>
<send><![CDATA[
ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
[last_Via:]
From: <sip:+34600000001@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>`;

/** Its ACK alone, where the answer itself is looked at. */
export const rejected = refused.replace(/<recv.*/, "").trim();

export const challenged = refused.replace(/<recv.*/, '<recv response="401" auth="true"/>').replace("[status]", "401");

export const acked = `<send><![CDATA[
ACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+34600000001@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 1 ACK
Max-Forwards: 70
Content-Length: 0

]]></send>`;

export const answeredAndAcked = `<recv response="200" rtd="1" rrs="true"/>\n${acked}`;

/** Of a response whose RSeq was kept. */
export const pracked = `<send retrans="500"><![CDATA[
PRACK [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+34600000001@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 PRACK
RAck: [$3] 1 INVITE
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"/>`;

const body = `Content-Type: application/sdp\nContent-Length: [len]\n\n${sdp()}`;

/** The same with the media in the ACK (RFC 3264 5). */
export const asksNothing = asks.replace(body, "Content-Length: 0\n\n");
export const ackedWithMedia = acked.replace("Content-Length: 0\n\n", body);

/** The re-INVITE that moves the caller from media to a person. */
export const movedByReinvite = `<recv request="INVITE"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:+34600000001@[local_ip]:[local_port];transport=[transport]>
${body}]]></send>
<recv request="ACK"/>`;

export const byeSent = `<send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+34600000001@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"/>`;

export const byeReceived = `<recv request="BYE"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>`;

export const cancelSent = `<send retrans="500"><![CDATA[
CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch-3]
From: <sip:+34600000001@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>
Call-ID: [call_id]
CSeq: 1 CANCEL
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"/>
${refused.replace("[status]", "487")}`;

/** Another offer in the dialog. */
export const reinvite = asks
  .replace(' start_rtd="1"', "")
  .replace("INVITE sip:[service]@[remote_ip]:[remote_port]", "INVITE [next_url]")
  .replace(/^To: .*$/m, "$&[peer_tag_param]")
  .replace("CSeq: 1", "CSeq: 2");

export const refer = `<send retrans="500"><![CDATA[
REFER [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:+34600000001@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: 2 REFER
Refer-To: <sip:5999@[remote_ip]:[remote_port]>
Contact: <sip:+34600000001@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
Content-Length: 0

]]></send>`;

/** What we say of that. */
export const notified = `<recv request="NOTIFY"><action></action></recv>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>`;

/** We are asked to call somebody else, and say what becomes of it (RFC 3515). */
export const referred = `<recv request="REFER"><action>
<ereg regexp=".*" search_in="hdr" header="From:" assign_to="3"/>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="4"/>
</action></recv>
<send><![CDATA[
SIP/2.0 202 Accepted
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:+34600000001@[local_ip]:[local_port];transport=[transport]>
Content-Length: 0

]]></send>`;

export const notifies = `<send retrans="500"><![CDATA[
NOTIFY [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From:[$4]
To:[$3]
Call-ID: [call_id]
CSeq: 2 NOTIFY
Event: refer
Contact: <sip:+34600000001@[local_ip]:[local_port];transport=[transport]>
Max-Forwards: 70
Content-Type: message/sipfrag
Content-Length: [len]

SIP/2.0 100 Trying
]]></send>
<recv response="200"/>`;

export const pause = (ms: number): string => `<pause milliseconds="${ms}"/>`;

/** A phone is called. It keeps who calls and who is called for a BYE of its own. */
export const invited = `<recv request="INVITE" rrs="true"><action>
<ereg regexp=".*" search_in="hdr" header="From:" assign_to="3"/>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="4"/>
</action></recv>`;

/** What it says to that. */
const says = (status: string, more = "Content-Length: 0\n"): string => `<send retrans="500"><![CDATA[
SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]a[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port];transport=[transport]>
${more}
]]></send>`;

export const rings = says("180 Ringing").replace(' retrans="500"', "");

/** On a line that loses: SIPp answers no copy of an INVITE after it has lost both its 180 and its 200. */
export const ringsSurely = rings.replace("<send>", '<send lost="0">');

export const answers = `${says("200 OK", `Content-Type: application/sdp\nContent-Length: [len]\n\n${sdp().trimEnd()}`)}
<recv request="ACK"/>`;

/** What it says to a later offer in the dialog. */
export const answersAgain = answers.replace(/^\[last_To:\].*$/m, "[last_To:]");

/** It says something of its own before it answers. */
export const earlyMedia = says(
  "183 Session Progress",
  `Content-Type: application/sdp\nContent-Length: [len]\n\n${sdp().trimEnd()}`,
).replace(' retrans="500"', "");

export const refuses = `${says("[status]")}
<recv request="ACK"/>`;

/** A phone that rings for a while and answers. `[media_port]` is where its caller's audio goes. */
export const phone = (ringMs: number): string => [invited, rings, pause(ringMs), answers].join("\n");

/** The BYE of a phone that was called: its From is what the INVITE had as To. Takes what `phone` kept. */
export const phoneHangsUp = `<send retrans="500"><![CDATA[
BYE [next_url] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From:[$4];tag=[pid]a[call_number]
To:[$3]
Call-ID: [call_id]
CSeq: 1 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"/>`;

/** SIPp refuses a scenario that keeps what it never uses. */
export const phoneForgets = `<Reference variables="3,4"/>`;

/** A phone that rings until it is cancelled. */
export const phoneCancelled = `<recv request="INVITE"><action>
<ereg regexp="[0-9]+" search_in="hdr" header="CSeq:" assign_to="1"/>
<ereg regexp=".*" search_in="hdr" header="To:" assign_to="2"/>
</action></recv>
<send><![CDATA[
SIP/2.0 180 Ringing
[last_Via:]
[last_From:]
To:[$2];tag=[pid]a[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port];transport=[transport]>
Content-Length: 0

]]></send>
<recv request="CANCEL"/>
<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
To:[$2];tag=[pid]a[call_number]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
<send retrans="500"><![CDATA[
SIP/2.0 487 Request Terminated
[last_Via:]
[last_From:]
To:[$2];tag=[pid]a[call_number]
[last_Call-ID:]
CSeq: [$1] INVITE
Content-Length: 0

]]></send>
<recv request="ACK"/>`;

/** The same on a line that never says that it rings. */
export const phoneTrying = phoneCancelled.replace("180 Ringing", "100 Trying");

/** A phone that picks up in the moment it is cancelled: its 200 crosses the CANCEL (RFC 3261 9.1), so it must be ACKed and released. */
export const phoneCrossing = phoneCancelled
  .replace("487 Request Terminated", "200 OK")
  .replace(
    "CSeq: [$1] INVITE\nContent-Length: 0\n",
    `CSeq: [$1] INVITE\nContact: <sip:[local_ip]:[local_port];transport=[transport]>\nContent-Type: application/sdp\nContent-Length: [len]\n\n${sdp()}`,
  )
  .concat("\n", byeReceived);

export const scenario = (...parts: string[]): string =>
  `<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n<scenario name="cordboard">\n${parts.join("\n")}\n</scenario>\n`;

import { describe, expect, test } from "vitest";
import { header, type Message } from "../endpoint/message.ts";
import type { Resolver } from "../endpoint/names.ts";
import { ALICE, BOB, openStage, type Stage } from "./endpoint/stage.ts";

/** Behind a NAT that is seen at 203.0.113.7. */
const OWN = "10.0.0.5";
const OUTER = "203.0.113.7";
const behind = (local: string[] = [], ...more: string[]): Stage =>
  openStage({
    listen: [...more, `udp:${OWN}:5070`, `tcp:${OWN}:5070`],
    resolver: PEER,
    external: { address: OUTER, local },
  });
const PEER: Resolver = {
  naptr: async () => [],
  srv: async () => [],
  addresses: async (_host, family) => (family === 4 ? [BOB.host] : []),
};
const sdp = (host: string): string =>
  `v=0\r\no=- 1 1 IN IP4 ${host}\r\ns=${OWN}\r\nc=IN IP4 ${host}\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n`;

/** Every address of ours that a message says, in order. */
const says = (message: Message): string[] => message.text.match(/10\.0\.0\.5|203\.0\.113\.7|fd00::5/g) ?? [];
const invite = (stage: Stage, to: string): void =>
  stage.say(
    "app",
    "|",
    [`INVITE sip:bob@${to} SIP/2.0`, "From: <sip:us@localhost>", "Contact: <sip:us@localhost>"],
    sdp(OWN),
  );

describe("behind a NAT (--external)", () => {
  test.each([
    ["beyond it", "192.0.2.3", OUTER],
    ["beyond it, next to a private network", "172.32.0.1", OUTER],
    ["of RFC 1918", "192.168.1.2", OWN],
    ["of this machine", "127.0.0.1:5090", OWN],
    ["link-local", "169.254.3.4", OWN],
    ["that --local names", "198.51.100.9", OWN],
  ])("a call to a peer %s shows its address in Via, From, Contact and SDP", (_who, to, address) => {
    const stage = behind(["198.51.100.0/24"]);
    stage.connect("app");
    invite(stage, to);
    const heard = stage.last(to.replace(/:.*/, ""));
    expect(says(heard)).toEqual([address, address, address, address, OWN, address]); // `s=` is no address
    expect(Number(header(heard, "content-length"))).toBe(heard.body.length);
  });

  test("who calls in reads it in the answer, and so does his way back; the application reads our own", () => {
    const stage = behind();
    stage.connect("app");
    stage.ask("INVITE", { body: sdp(ALICE.host) });
    expect(stage.last("app").body).toBe(sdp(ALICE.host));
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK", "Contact: <sip:us@localhost>"], sdp(OWN));
    expect(header(stage.last("alice"), "contact")).toBe(`<sip:us@${OUTER}:5070>`);
    expect(stage.last("alice").body).toBe(sdp(OUTER).replace(`s=${OUTER}`, `s=${OWN}`));
    expect(stage.last("app").body).toBe(sdp(OWN));
    // A sender without rport is answered at the port of his Via (RFC 3261 18.2.2).
    stage.ask("INVITE", {
      callId: "second",
      body: sdp(ALICE.host),
      lines: ["Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKold"],
    });
    stage.say("app", `${stage.tokens("app")[8]}|`, ["SIP/2.0 200 OK"], sdp(OWN));
    expect(header(stage.last("alice"), "contact")).toBe(`<sip:${OUTER}:5070>`);
  });

  test("media of others stay theirs, and over IPv6 nothing is another", () => {
    const stage = behind([], "udp:[fd00::5]:5070");
    stage.connect("app");
    stage.say("app", "|", ["INVITE sip:bob@192.0.2.2 SIP/2.0"], sdp("192.168.1.9"));
    expect(stage.last("bob").body).toBe(sdp("192.168.1.9"));
    stage.say("app", "|", ["INVITE sip:bob@[2001:db8::2] SIP/2.0"], sdp(OWN));
    expect(says(stage.last("2001:db8::2"))).toEqual(["fd00::5", "fd00::5", "fd00::5", OWN, OWN, OWN]);
  });

  test("what is sent to the outer address would come back to us", () => {
    const stage = behind();
    stage.connect("app");
    stage.say("app", "|", [`OPTIONS sip:${OUTER}:5070 SIP/2.0`]);
    expect(stage.ladder).toEqual(["0 app < NOK can not send request to myself"]);
  });

  test("later requests in the dialog, also to a peer of a name", async () => {
    const stage = behind();
    stage.connect("app");
    invite(stage, "192.0.2.2");
    stage.answer(BOB, "200 OK", ["Contact: <sip:bob@peer.example>"], sdp(BOB.host));
    const id = stage.tokens("app")[9];
    stage.say("app", `|${id}`, ["ACK sip:placeholder SIP/2.0"]);
    stage.say("app", `|${id}`, ["INVITE sip:placeholder SIP/2.0"], sdp(OWN));
    // An ACK, and a re-INVITE, each once the name is known.
    await new Promise((resolve) => setImmediate(resolve));
    expect(stage.ladder.slice(-2)).toEqual(["0 bob < ACK", "0 bob < INVITE"]);
    expect(says(stage.last("bob"))).toEqual([OUTER, OUTER, OUTER, OUTER, OWN, OUTER]);
  });
});

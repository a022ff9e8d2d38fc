import { afterEach, beforeEach, expect, it } from "vitest";
import { type Rig, startRig, until } from "./calls-rig.ts";
import { type RawPhone, startRawPhone } from "./raw-phone.ts";

/* Row 3.4: texts to and from phones that register with us (RFC 3428). */

let rig: Rig;
let phone: RawPhone;
beforeEach(async () => {
  phone = await startRawPhone((request) => request.reply("200 OK"));
  rig = await startRig();
  rig.perform({ type: "open", call: "A" });
});
afterEach(async () => {
  rig.perform({ type: "hangup", call: "A" });
  await rig.stop();
  await phone.stop();
});

let last = 0;
/** → the status line of the answer */
async function says(method: string, to: string, headers: string[], body = "", from = "ana"): Promise<string> {
  const nth = ++last;
  const text = [
    `${method} sip:${to && `${to}@`}${rig.at} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${phone.port};branch=z9hG4bKt${nth}`,
    `From: <sip:${from}@${rig.at}>;tag=${nth}`,
    `To: <sip:${method === "REGISTER" ? from : to}@${rig.at}>`,
    `Call-ID: t${nth}@raw`,
    `CSeq: 1 ${method}`,
    "Max-Forwards: 70",
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
  phone.send(text, Number(rig.at.split(":")[1]));
  const answer = (): string | undefined =>
    phone.received.find((each) => each.startsWith("SIP/2.0") && each.includes(`Call-ID: t${nth}@raw`));
  await until(() => answer() !== undefined);
  return (answer() ?? "").split("\r\n")[0]?.slice("SIP/2.0 ".length) ?? "";
}
/** `more`: parameters of its contact. */
async function registers(headers: string[] = [], more = ""): Promise<void> {
  const contact = `Contact: <sip:ana@127.0.0.1:${phone.port}>${more}`;
  expect(await says("REGISTER", "", [contact, ...headers])).toBe("200 OK");
  await rig.next("device.changed");
}
const party = { kind: "agent", agent: "ana", device: "d_ana" } as const;
const text = 'Is it yours? <b>Zoë</b> 🙂\r\nVia: "x"';

it.each([
  ["Allow", ["Allow: INVITE, MESSAGE"], ""],
  ["its contact", ["Allow: INVITE"], ';methods="INVITE,MESSAGE"'],
])("a phone that takes texts, by %s, gets one as it is", async (_how, headers, more) => {
  await registers(headers, more);
  rig.perform({ type: "text", call: "A", party, from: "6101", text });
  await until(() => phone.methods().includes("MESSAGE"));
  const [head = "", ...body] = phone.received.find((each) => each.startsWith("MESSAGE"))?.split("\r\n\r\n") ?? [];
  expect(body.join("\r\n\r\n")).toBe(text);
  expect(head).toMatch(/^From: "6101" <sip:6101@127\.0\.0\.1/m);
  expect(head).toMatch(/^Content-Type: text\/plain;charset=utf-8$/m);
  expect(head.match(/^Via:/gm)).toHaveLength(1);
});

it("a phone that says nothing of texts gets none", async () => {
  await registers(["Allow: INVITE, BYE"]);
  rig.perform({ type: "text", call: "A", party, from: "6101", text });
  expect(await says("OPTIONS", "", [])).toBe("200 OK");
  expect(phone.methods()).toEqual([]);
});

it("a registered phone writes; nobody else does, and no more than a text", async () => {
  const plain = ["Content-Type: text/plain"];
  expect(await says("MESSAGE", "6102", plain, "not there yet")).toBe("403 Forbidden");
  await registers();
  expect(await says("MESSAGE", "6102", plain, "luc's name on ana's phone", "luc")).toBe("403 Forbidden");
  expect(await says("MESSAGE", "6102", ["Content-Type: text/html"], "<b>x</b>")).toBe("415 Unsupported Media Type");
  expect(await says("MESSAGE", "6102", plain, "x".repeat(8193))).toMatch(/^413/);
  expect(await says("MESSAGE", "6102", plain, " \r\n")).toBe("202 Accepted");
  expect(await says("MESSAGE", "6102", plain, "yes, Zoë")).toBe("202 Accepted");
  expect(await rig.next("text.received")).toEqual({
    type: "text.received",
    device: "d_ana",
    to: "6102",
    text: "yes, Zoë",
  });
  expect(await rig.rest(20)).toEqual([]);
});

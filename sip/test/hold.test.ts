import { expect, it } from "vitest";
import { answering, holdsAfter, isHold, plainHold, unheld } from "../dialog/hold.ts";

/* Who holds by what he says (RFC 3264 8.4), and what others are told of it. */

const sdp = (direction = "", address = "127.0.0.1", ...more: string[]): string => {
  const head = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", `c=IN IP4 ${address}`, "t=0 0", "m=audio 4000 RTP/AVP 0"];
  return [...head, ...(direction ? [`a=${direction}`] : []), ...more, ""].join("\r\n");
};
const directions = (text: string): string[] => text.match(/^a=(sendrecv|sendonly|recvonly|inactive)/gm) ?? [];
const zeros = "0.0.0.0";

it.each([
  ["", "127.0.0.1", false],
  ["recvonly", "127.0.0.1", false],
  ["sendonly", "127.0.0.1", true],
  ["inactive", "127.0.0.1", true],
  ["", zeros, true],
])("who offers `%s` from %s holds: %s", (direction, address, holds) => {
  expect(isHold(sdp(direction, address))).toBe(holds);
});

it.each([
  ["", "", true, false],
  ["", "sendonly", false, true],
  ["", "inactive", false, true],
  // He was held himself, and only listens.
  ["sendonly", "recvonly", true, false],
  ["sendonly", "inactive", false, true],
  // Nothing was to be sent to him: he has not said.
  ["recvonly", "sendonly", false, false],
  ["inactive", "inactive", false, false],
  ["inactive", "inactive", true, true],
])("offered `%s`, who answers `%s` and held before: %s, holds: %s", (offered, answered, before, holds) => {
  expect(holdsAfter(sdp(offered), sdp(answered), before)).toBe(holds);
});

it("to others his audio goes both ways; other streams and their directions are his", () => {
  const video = ["m=video 4002 RTP/AVP 96", "a=inactive"];
  expect(directions(unheld(sdp("recvonly", "127.0.0.1", ...video)))).toEqual(["a=sendrecv", "a=inactive"]);
  expect(unheld(sdp())).toBe(sdp());
  expect(unheld("recvonly")).toBe("recvonly");
});

it.each([
  ["", "127.0.0.1", []],
  ["sendonly", "127.0.0.1", ["a=recvonly"]],
  ["recvonly", "127.0.0.1", ["a=sendonly"]],
  ["inactive", "127.0.0.1", ["a=inactive"]],
  ["", zeros, ["a=recvonly"]],
  ["recvonly", zeros, ["a=inactive"]],
])("`%s` from %s is answered `%s`", (direction, address, answered) => {
  expect(directions(answering(sdp(), sdp(direction, address)))).toEqual(answered);
});

it.each([
  ["", "127.0.0.1", []],
  ["", zeros, ["a=sendonly"]],
  ["sendonly", zeros, ["a=sendonly"]],
  ["recvonly", zeros, ["a=inactive"]],
])("`%s` from %s is told on as `%s`", (direction, address, told) => {
  expect(directions(plainHold(sdp(direction, address)))).toEqual(told);
});

import { EventEmitter } from "node:events";
import { Server } from "node:net";
import { expect, test } from "vitest";
import { boundCrowd, roomIn } from "../endpoint/crowd.ts";
import { createSources } from "../endpoint/sources.ts";
import { senderAt } from "../site/networks.ts";
import { answerChallenge, parseDigests } from "../trunks/digest.ts";
import { createChallenges } from "../trunks/nonces.ts";

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["2001::3:4:5:6:7:8", "2001:0:3:4::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["", ""],
])("%s is of %s", (address, sender) => expect(senderAt(address)).toBe(sender));

test("addresses of one network of 64 bits are counted as one: connections, requests, wrong passwords", () => {
  const addresses = ["2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"];
  const server = new Server();
  boundCrowd(server, 1);
  const admitted = addresses.map((remoteAddress) => {
    let stays = true;
    const socket = Object.assign(new EventEmitter(), { remoteAddress, destroy: () => void (stays = false) });
    server.emit("connection", socket);
    return stays;
  });
  expect(admitted).toEqual([true, false, true]);

  const clock = { now: () => 0, wake: () => () => {} };
  const sources = createSources(clock, { requests: 1, bytes: 100 });
  expect(addresses.map((address) => sources.tooMuch(address, 1))).toEqual([false, true, false]);

  const challenges = createChallenges();
  const holders = addresses.map((address) => {
    const [challenge] = challenges.challenge("here", ["MD5"], false, address);
    const shown = answerChallenge(challenge, { user: "a", password: "b", method: "REGISTER", uri: "sip:here" });
    return challenges.givenTo(parseDigests(shown)[0] ?? new Map());
  });
  expect(holders.map((holder) => holder === holders[0])).toEqual([true, true, false]);
});

test.each([
  [Infinity, 20_000, 2_000],
  [1_048_576, 20_000, 2_000],
  [20_000, 2_500, 1_250],
  [1_024, 128, 64],
])("a listener of a process with %s files takes %i connections, %i of one address", (files, all, ofOne) =>
  expect(roomIn(files)).toEqual({ all, ofOne }),
);

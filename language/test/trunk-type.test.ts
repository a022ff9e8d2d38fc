import { expect, it } from "vitest";
import { readDirectory } from "../directory/read.ts";
import { changedTrunkTypes } from "../directory/trunk-type.ts";
import { makeSource } from "../source.ts";

/** What a run has, what it would have, and what is said of it. */
const table: [what: string, running: string, next: string, ...told: string[]][] = [
  ["the same", `trunks: { gw: { to: "sip:gw.example" } }`, `trunks: { gw: { to: "sip:gw.example" } }`],
  [
    "other hops, addresses, passwords, numbers",
    `trunks: { gw: { to: "sip:gw.example", inbound: { from: 192.0.2.1, user: hotel, password: { env: A } }, channels: 3 } }`,
    `trunks: { gw: { to: ["sip:b.example"], inbound: { from: 192.0.2.2, user: other, password: { env: B } }, trusted: yes, media: relay } }`,
  ],
  [
    "a new one, and one that is no more",
    `trunks: { gw: { to: "sip:gw.example" } }`,
    `trunks: { pbx: { to: "sip:pbx.example" } }`,
  ],
  [
    "roles in another order",
    `trunks: { gw: { to: "sip:gw", roles: [pbx, voicemail] } }`,
    `trunks: { gw: { to: "sip:gw", roles: [voicemail, pbx] } }`,
  ],
  [
    "other roles",
    `trunks: { gw: { to: "sip:gw" } }`,
    `trunks: { gw: { to: "sip:gw", roles: [voicemail, pbx] } }`,
    "trunk `gw` is one of `roles: [trunk]` in this run, and would be one of `roles: [pbx, voicemail]`",
  ],
  [
    "a password instead of addresses",
    `trunks: { gw: { to: "sip:gw", inbound: { from: 192.0.2.1 } } }`,
    `trunks: { gw: { to: "sip:gw", inbound: { from: 192.0.2.1, user: hotel, password: { env: A } } } }`,
    "trunk `gw` is known by its addresses in this run, and would be known by its `user`",
  ],
  [
    "a host and a token instead of a token",
    `trunks: { gw: { to: "sip:gw", inbound: { token: { header: X-T, env: T } } } }`,
    `trunks: { gw: { to: "sip:gw", inbound: { host: a.example, token: { header: X-T, env: T } } } }`,
    "trunk `gw` is known by its `token` in this run, and would be known by its `host` and its `token`",
  ],
  [
    "we register no more",
    `trunks: { gw: { to: "sip:gw", outbound: { user: hotel, password: { env: A }, register: yes } } }`,
    `trunks: { gw: { to: "sip:gw", outbound: { user: hotel, password: { env: A } } } }`,
    "trunk `gw` is one where we register in this run, and would be one where nobody registers",
  ],
  [
    "it registers here no more, and has another role: each is told",
    `trunks: { gw: { inbound: { user: hotel, password: { env: A } } } }`,
    `trunks: { gw: { to: "sip:gw", roles: pbx, inbound: { user: hotel, password: { env: A } } } }`,
    "trunk `gw` is one of `roles: [trunk]` in this run, and would be one of `roles: [pbx]`",
    "trunk `gw` is one that registers here in this run, and would be one where nobody registers",
  ],
  [
    "a group",
    `trunks: { gw: { to: "sip:gw" }, b: { to: "sip:b" } }`,
    `trunks: { b: { to: "sip:b" } }\ntrunk_groups: { gw: { trunks: b } }`,
    "trunk `gw` is a trunk in this run, and would be a trunk group",
  ],
  [
    "no group any more",
    `trunks: { b: { to: "sip:b" } }\ntrunk_groups: { gw: { trunks: b } }`,
    `trunks: { gw: { to: "sip:gw", roles: pbx }, b: { to: "sip:b" } }`,
    "trunk `gw` is a trunk group in this run, and would be a trunk",
  ],
  [
    "a bot",
    `trunks: { gw: { to: "sip:gw" }, b: { to: "sip:b" } }`,
    `trunks: { b: { to: "sip:b" } }\nbots: { gw: { trunk: b } }`,
    "trunk `gw` is a trunk in this run, and would be a bot",
  ],
  [
    "a bot beside it",
    `trunks: { gw: { to: "sip:gw" } }`,
    `trunks: { gw: { to: "sip:gw" } }\nbots: { gw: { trunk: gw } }`,
  ],
  [
    "one that is no more, beside a bot of its name",
    `trunks: { gw: { to: "sip:gw" }, b: { to: "sip:b" } }\nbots: { gw: { trunk: b } }`,
    `trunks: { b: { to: "sip:b" } }\nbots: { gw: { trunk: b } }`,
  ],
  [
    "names of objects",
    `trunks: { gw: { to: "sip:gw" } }`,
    `trunks: { constructor: { to: "sip:gw" } }\nbots: { toString: { trunk: constructor } }`,
  ],
];

it.each(table)("%s", (_what, running, next, ...told) => {
  const read = (text: string) => readDirectory([makeSource("directory.yaml", text)]);
  const found = changedTrunkTypes(read(running).directory, read(next));
  expect(found.map(({ message }) => message)).toEqual(told);
  for (const { code, severity, hint, range } of found) {
    expect([code, severity, hint]).toEqual(["D132", "error", "give it another name, or restart the run"]);
    expect(next.slice(range.start)).toMatch(/^gw\b/);
  }
});

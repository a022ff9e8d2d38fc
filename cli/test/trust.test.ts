import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeSource, readDirectory } from "../../language/index.ts";
import { trustOf } from "../trust.ts";

test("a trunk's authority vouches for its hosts and no other trunk's, and nobody else does for them", () => {
  const folder = mkdtempSync(join(tmpdir(), "trust-"));
  for (const name of ["small", "other"]) writeFileSync(join(folder, `${name}.pem`), name);
  const house = `
directory: 1
trunks:
  carrier: { to: "sip:gw.carrier.example;transport=tls" }
  small: { to: ["sips:GW.small.example:5061", "sip:shared.example;transport=tls"], tls: { ca: small.pem } }
  other: { to: "sips:shared.example", tls: { ca: other.pem } }
  both: { to: "sips:shared.example" }
  lost: { to: "sips:[2001:db8::7]", tls: { ca: lost.pem } }
  open: { to: "sips:lab.example", tls: { verify: no } }
`;
  const { directory } = readDirectory([makeSource(join(folder, "directory.yaml"), house)]);
  const unreadable: string[] = [];
  const { ca, vouched, unverified } = trustOf(directory, ["ours"], (trunk) => unreadable.push(trunk));
  rmSync(folder, { recursive: true });
  expect(Object.fromEntries(vouched ?? [])).toEqual({
    "gw.carrier.example": { system: true, ca: ["ours"] },
    "gw.small.example": { system: false, ca: ["small"] },
    "shared.example": { system: false, ca: ["small", "other"] },
    "2001:db8::7": { system: false, ca: [] },
    "lab.example": { system: true, ca: ["ours"] },
  });
  // Somebody's Contact is named by no trunk.
  expect(ca).toEqual(["ours", "small", "other"]);
  expect(unverified).toEqual(["lab.example"]);
  expect(unreadable).toEqual(["lost"]);
});

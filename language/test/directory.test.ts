import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDirectory } from "../directory/read.ts";
import { makeSource } from "../source.ts";
import { differences, readChunks } from "./chunks.ts";

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const one = (text: string, path = "directory.yaml") => readDirectory([makeSource(path, text)]);

describe("findings", () => {
  for (const name of ["traps", "house", "lines", "where"]) {
    for (const chunk of readChunks(`${name}.yaml`, read(`directory-cases/${name}.yaml`))) {
      it(`${name}: ${chunk.title}`, () => {
        expect(differences(chunk, readDirectory([chunk.source]).diagnostics)).toEqual([]);
      });
    }
  }

  it("reads the acceptance directory without findings", () => {
    const { diagnostics } = one(read("acceptance.yaml"));
    expect(diagnostics).toEqual([]);
  });

  it("refuses a huge file unread", () => {
    const { diagnostics } = one(`# ${"x".repeat(17 * 1024 * 1024)}`);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      "D101 this file is larger than 16 MB",
    ]);
  });

  it("bounds what aliases repeat", () => {
    const lines = Array.from({ length: 12 }, (_, level) => {
      return `a${level}: &a${level} [${Array.from({ length: 10 }, () => (level ? `*a${level - 1}` : "x")).join()}]`;
    });
    const { diagnostics } = one(`holidays:\n  ${lines.join("\n  ")}`);
    expect(diagnostics.map(({ code }) => code)).toContain("D101");
  });

  it("tells of a file in another encoding, and of nothing else in it", () => {
    for (const text of ["site: { name: caf\uFFFD, nam: x }", "s\0i\0t\0e\0:\0"]) {
      expect(one(text).diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
        ["D100", expect.stringContaining("UTF-8")],
      ]);
    }
  });

  it("refuses nesting that would exhaust the stack", () => {
    for (const text of ["[".repeat(50_000), "- ".repeat(50_000), "{a: ".repeat(50_000), "? ".repeat(50_000)]) {
      expect(one(text).diagnostics.map(({ code }) => code)).toEqual(["D100"]);
    }
  });
});

describe("several files", () => {
  it("joins maps by name", () => {
    const sources = [
      makeSource("a.yaml", "site: { name: x }\ngroups: { A: { members: [otto] } }"),
      makeSource("b.yaml", 'site: { zone: Europe/Lisbon }\nagents: { otto: { extension: "1" } }'),
    ];
    const { directory, diagnostics } = readDirectory(sources);
    expect(diagnostics).toEqual([]);
    expect(directory.site).toEqual({ name: "x", zone: "Europe/Lisbon", country: "", languages: ["en"] });
    expect(directory.groups.A?.members).toEqual(["otto"]);
  });

  it("refuses a name that two files have, and shows both places", () => {
    const sources = [
      makeSource("a.yaml", "agents: { otto: }\ntiers: [a]"),
      makeSource("b.yaml", "agents:\n  otto: {}\ntiers: [b]"),
    ];
    const { diagnostics } = readDirectory(sources);
    expect(
      diagnostics.map(({ code, path, range, related }) => ({ code, path, at: range.start, first: related?.[0]?.path })),
    ).toEqual([
      { code: "D102", path: "b.yaml", at: 10, first: "a.yaml" },
      { code: "D102", path: "b.yaml", at: 19, first: "a.yaml" },
    ]);
  });

  it("tells no echoes of a file that cannot be read", () => {
    const sources = [
      makeSource("a.yaml", "groups: { A: { members: [otto] } }"),
      makeSource("b.yaml", "agents: { otto"),
    ];
    expect(readDirectory(sources).diagnostics.map(({ code, path }) => `${path} ${code}`)).toEqual(["b.yaml D100"]);
  });
});

const folder = (path: string, text: string) => one(text, path).directory.prompts.folder;

describe("defaults", () => {
  it("makes a directory out of nothing", () => {
    expect(readDirectory([])).toMatchObject({
      diagnostics: [],
      directory: {
        site: { name: "site", zone: "UTC", country: "", languages: ["en"] },
        defaults: {
          ringForMs: 20_000,
          wrapUpMs: 0,
          capacity: 1,
          afterNoAnswer: "not_ready",
          coolDownMs: 10_000,
          outbound: [],
        },
        skills: { scale: { low: 0, high: 10 }, names: [], languages: [] },
        tiers: ["normal"],
        groups: { Everyone: { name: "Everyone", members: [] } },
        prompts: { folder: "prompts", lengthsMs: {}, defaultLengthMs: 4000 },
      },
    });
  });

  it("puts agents without a device on the PBX, or else on our registrar", () => {
    const agents = 'agents: { otto: { extension: "6177" }, tom: {} }\n';
    const here = one(agents).directory.devices;
    expect(here).toEqual({
      otto: { id: "otto", user: "6177", trunk: undefined, noAnswer: {}, autoAnswer: false },
      tom: { id: "tom", user: "tom", trunk: undefined, noAnswer: {}, autoAnswer: false },
    });
    const there = one(`${agents}trunks: { old: { to: "sip:pbx", roles: [pbx] } }`).directory.devices;
    expect(there.otto?.trunk).toBe("old");
  });

  it("keeps what a device of an agent's own name says, and adds the user", () => {
    const { directory } = one(
      'agents: { otto: { extension: "6177" } }\ndevices: { otto: { auto_answer: yes, no_answer: { after: 25s } } }',
    );
    expect(directory.devices.otto).toEqual({
      id: "otto",
      user: "6177",
      digest: ["MD5"],
      trunk: undefined,
      noAnswer: { afterMs: 25_000 },
      autoAnswer: true,
    });
  });

  it("takes the skills of the agents where none are listed", () => {
    expect(
      one("agents: { a: { skills: { cards: 3, language_en: 2 } } }\nskills: { languages: [en] }").directory.skills,
    ).toEqual({
      scale: { low: 0, high: 10 },
      names: ["cards"],
      languages: ["en"],
    });
  });

  it("finds a group's mailbox by its owner, and logs in by group", () => {
    const { directory } = one(
      "agents: { a: }\ngroups: { G: { members: [a], auto_login: yes } }\nmailboxes: { m: { owner: group G } }",
    );
    expect(directory.groups.G?.mailbox).toBe("m");
    expect(directory.agents.a?.autoLogin).toBe(true);
  });

  it("joins the prompt folder to the file that names it", () => {
    expect(folder("a/b/directory.yaml", "prompts: { folder: voice }")).toBe("a/b/voice");
    expect(folder("a/b/directory.yaml", "site: {}")).toBe("a/b/prompts");
    expect(folder("directory.yaml", "prompts: { folder: /var/voice }")).toBe("/var/voice");
  });
});

const soak = process.env["CORDBOARD_SOAK"] === "1";

it("never throws", { timeout: soak ? 3_600_000 : 20_000 }, () => {
  const acceptance = read("acceptance.yaml");
  const scrap = fc.constantFrom(
    "{",
    "}",
    "[",
    ":",
    "\n",
    "  ",
    "&a",
    "*a",
    "- ",
    '"',
    "\t",
    "!!set",
    "~",
    "0",
    "yes",
    "? ",
    "|",
    "agents:",
    "\u0000",
    "<<: ",
  );
  const mutation = fc.tuple(fc.nat(acceptance.length), fc.nat(40), fc.oneof(scrap, fc.string({ maxLength: 8 })));
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      let text = acceptance;
      for (const [at, drop, put] of mutations) text = text.slice(0, at) + put + text.slice(at + drop);
      const { directory, diagnostics } = one(text);
      for (const { range } of diagnostics) expect(range.start <= range.end && range.end <= text.length).toBe(true);
      return directory.tiers.includes("normal");
    }),
    { numRuns: soak ? 20_000 : 150 },
  );
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 40 }), (parts) => one(parts.join("")).directory.tiers.length > 0),
    { numRuns: soak ? 100_000 : 300 },
  );
});

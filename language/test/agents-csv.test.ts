import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDirectory } from "../directory/read.ts";
import { makeSource, positionAt } from "../source.ts";

/** Reads agents out of one export; findings as `file:line:column code message`. */
function read(csv: string, columns = "{ id: Login, name: Name, extension: Phone }", more = "") {
  const yaml = makeSource("d/directory.yaml", `agents: { from: export.csv, columns: ${columns}${more} }\n`);
  const file = makeSource("d/export.csv", csv);
  const { directory, diagnostics, files } = readDirectory([yaml], [file]);
  const told = diagnostics.map(({ code, path, range, message, hint }) => {
    const { line, column } = positionAt(path === file.path ? file : yaml, range.start);
    return `${path}:${line}:${column} ${code} ${message}${hint === undefined ? "" : ` (${hint})`}`;
  });
  return { agents: directory.agents, told, files };
}

describe("agents of an export", () => {
  it("are not read from a file in another encoding", () => {
    const { told } = read("Login,Name,Phone\notto,J\uFFFDrg,6177\n");
    expect(told).toEqual([
      "d/export.csv:2:7 D100 this file is not text in UTF-8: from here on it cannot be read " +
        "(save it as UTF-8; spreadsheets call it “CSV UTF-8”)",
    ]);
  });

  it("are read as they are: quotes, line ends, a mark at the beginning, cells without use", () => {
    const csv =
      '\uFEFFNo;Name;Login;Phone\r\n1;"Berg; Otto";otto; 6177 \r\n2;"Tom ""T"" Berg";tom;6178;\r\n\r\n3;;eva\r\n';
    const { agents, told } = read(csv);
    expect(told).toEqual([]);
    expect(Object.values(agents).map(({ id, name, extension }) => [id, name, extension])).toEqual([
      ["otto", "Berg; Otto", "6177"],
      ["tom", 'Tom "T" Berg', "6178"],
      ["eva", "eva", undefined],
    ]);
  });

  it.each([
    ["comma", ","],
    ["semicolon", ";"],
    ["tab", "\t"],
    ["bar", "|"],
  ])("are parted by a %s", (_, sign) => {
    const { agents, told } = read(["Login,Name,Phone", "otto,Otto,6177"].join("\n").replaceAll(",", sign));
    expect(told).toEqual([]);
    expect(agents.otto).toMatchObject({ name: "Otto", extension: "6177" });
  });

  it("have skills in columns of their own, or in one", () => {
    const own = read("Login,B,E\notto,7,\ntom,,9\n", "{ id: Login, skills: { billing: B, language_en: E } }");
    const one = read('Login,S\notto,billing:7\ntom,"language_en=9; cards 3"\neva,\n', "{ id: Login, skills: S }");
    expect([...own.told, ...one.told]).toEqual([]);
    expect([own.agents.otto?.skills, own.agents.tom?.skills]).toEqual([{ billing: 7 }, { language_en: 9 }]);
    expect([one.agents.otto?.skills, one.agents.tom?.skills, one.agents.eva?.skills]).toEqual([
      { billing: 7 },
      { language_en: 9, cards: 3 },
      {},
    ]);
  });

  it("need no `columns` where the headings are our keys", () => {
    const source = makeSource("directory.yaml", "agents: { from: a.csv, eva: { kind: worker } }");
    const csv = makeSource(
      "a.csv",
      "id,name,kind,auto_login,wrap_up,capacity,Notes\notto,Otto,worker,yes,30s,2,likes tea\n",
    );
    const { directory, diagnostics } = readDirectory([source], [csv]);
    expect(diagnostics).toEqual([]);
    const otto = { name: "Otto", kind: "worker", autoLogin: true, wrapUpMs: 30_000, capacity: 2 };
    expect(directory.agents.otto).toMatchObject(otto);
    expect(Object.keys(directory.agents)).toEqual(["eva", "otto"]);
  });

  it("come from several files, and a name stands once in all of them", () => {
    const sources = [
      makeSource("a.yaml", "agents: { from: [x.csv, y.csv], otto: }"),
      makeSource("b.yaml", "agents: { from: z.csv }"),
    ];
    const files = ["x", "y", "z"].map((name) =>
      makeSource(`${name}.csv`, `id\n${name}\n${name === "x" ? "y" : "otto"}\n`),
    );
    const { diagnostics } = readDirectory(sources, files);
    expect(diagnostics.map(({ code, path, related }) => `${path} ${code} ${related?.[0]?.path}`)).toEqual([
      "y.csv D102 x.csv",
      "y.csv D102 a.yaml",
      "z.csv D102 a.yaml",
    ]);
  });
});

describe("what is wrong with an export", () => {
  it.each<[string, string, string | undefined, string[]]>([
    [
      "a wrong value, by its cell",
      'Login,Name,Phone\notto,"O","61 A7"\n',
      undefined,
      [
        'd/export.csv:2:11 D104 `61 A7` is not a phone (digits, with `+` and the country code for the outside: `"+34910603165"`)',
      ],
    ],
    [
      "a name twice",
      "Login,Name,Phone\notto,,1\notto,,2\n",
      undefined,
      [
        "d/export.csv:3:1 D102 `otto` is here a second time (nothing overrides in a directory: remove or rename one of the two)",
      ],
    ],
    [
      "a row without name",
      "Login,Name,Phone\n,Otto,1\n",
      undefined,
      ["d/export.csv:2:1 D118 this row says nothing under `Login`, which names the agent"],
    ],
    [
      "too many cells",
      "Login,Name,Phone\notto,Berg, Otto,1\n",
      undefined,
      ["d/export.csv:2:17 D118 this row has 4 cells under 3 headings (a cell that holds a separator stands in quotes)"],
    ],
    [
      "an open quote",
      'Login,Name,Phone\notto,"Otto,1\ntom,Tom,2\n',
      undefined,
      [
        'd/export.csv:2:6 D118 the quotes from here on do not pair (a cell that holds a separator, a line end or a quote stands in quotes, and a quote in it twice: `"so ""called"""`)',
      ],
    ],
    [
      "a heading that is not there",
      "Login,Name,Telephone\notto,Otto,1\n",
      undefined,
      ["d/directory.yaml:1:74 D119 `export.csv` has no column `Phone` (its columns are `Login`, `Name`, `Telephone`)"],
    ],
    [
      "a heading mistyped",
      "Logn,Name,Phone\notto,Otto,1\n",
      undefined,
      ["d/directory.yaml:1:44 D119 `export.csv` has no column `Login` (did you mean `Logn`?)"],
    ],
    [
      "nothing that names agents",
      "Name\nOtto\n",
      "{ name: Name }",
      [
        "d/directory.yaml:1:17 D119 `export.csv` has no column `id` (say which column names the agents: `columns: { id: HEADING }`)",
      ],
    ],
    [
      "a level that is none",
      "Login,S\notto,billing:high\ntom,seven\n",
      "{ id: Login, skills: S }",
      [
        "d/export.csv:2:6 D104 a level is a whole number, not `high`",
        "d/export.csv:3:5 D104 `seven` is no skill with its level (as `billing:7, cards:3`)",
      ],
    ],
    [
      "a capacity that is none",
      "id,capacity\notto,two\nada,11\n",
      "{ id: id, capacity: capacity }",
      [
        "d/export.csv:2:6 D104 a capacity is a whole number, not `two`",
        "d/export.csv:3:5 D104 a capacity is a whole number from 1 to 10, not `11`",
      ],
    ],
    [
      "a key that has no column",
      "Login\notto\n",
      "{ id: Login, mailbox: Box }",
      [
        "d/directory.yaml:1:51 D103 `columns` has no key `mailbox` (its keys are `id`, `name`, `extension`, `device`, `kind`, `redirect`, `greeting`, `auto_login`, `wrap_up`, `capacity`, `supervisor`, `skills`)",
      ],
    ],
    [
      "an empty file",
      "",
      "{ id: Login }",
      ["d/directory.yaml:1:44 D119 `export.csv` has no column `Login` (it is empty)"],
    ],
  ])("%s", (_, csv, columns, told) => {
    expect(read(csv, columns).told).toEqual(told);
  });

  it("is told at the place that names a file which is not at hand, and which that is", () => {
    const source = makeSource(
      "d/directory.yaml",
      "agents: { from: lists/agents.csv }\ngroups: { A: { members: [otto] } }",
    );
    const { diagnostics, files } = readDirectory([source]);
    expect(files).toEqual(["d/lists/agents.csv"]);
    expect(diagnostics.map(({ code, message, range }) => `${range.start} ${code} ${message}`)).toEqual([
      "16 D118 the file `lists/agents.csv` cannot be read",
    ]);
  });
});

it("an agent may be called `from`", () => {
  const { directory, diagnostics, files } = readDirectory([
    makeSource("d.yaml", "agents: { from: { name: From }, columns: {} }"),
  ]);
  expect([diagnostics, files, Object.keys(directory.agents)]).toEqual([[], [], ["from", "columns"]]);
});

it("never throws, and what it tells lies within the file", () => {
  const scrap = fc.constantFrom(
    ",",
    ";",
    "\n",
    "\r\n",
    '"',
    '""',
    "Login",
    "Name",
    " ",
    "otto",
    "7",
    "\u0000",
    "\uFEFF",
    "billing:7",
  );
  fc.assert(
    fc.property(fc.array(scrap, { maxLength: 40 }), (parts) => {
      const csv = makeSource("a.csv", `Login,Name,S\n${parts.join("")}`);
      const columns = "{ id: Login, name: Name, skills: S }";
      const yaml = makeSource("d.yaml", `agents: { from: a.csv, columns: ${columns} }`);
      for (const { path, range } of readDirectory([yaml], [csv]).diagnostics) {
        const { text } = path === csv.path ? csv : yaml;
        expect(0 <= range.start && range.start <= range.end && range.end <= text.length).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
});

import { describe, expect, it } from "vitest";
import { check } from "../check.ts";
import { yamlComments } from "../directory/comments.ts";
import { readDirectory } from "../directory/read.ts";
import { standard } from "../pages/standard.ts";
import { parse } from "../parse.ts";
import { type Silenced, silence } from "../silence.ts";
import { makeSource, positionAt } from "../source.ts";
import { asFile } from "./pieces.ts";

function run(piece: string, yaml: string = standard.directory): Silenced {
  const source = makeSource("s", asFile(piece));
  const home = makeSource("d", yaml);
  const { directory, diagnostics } = readDirectory([home]);
  const parsed = parse(source);
  const hadErrors = parsed.diagnostics.length > 0;
  const checked = check([{ source, file: parsed.file }], directory, { hadErrors });
  const all = [...diagnostics, ...parsed.diagnostics, ...checked.diagnostics];
  return silence(all, [{ source, file: parsed.file }], [home]);
}

const told = ({ told: all }: Silenced) => all.map(({ code, severity }) => `${code} ${severity}`);
const reasons = ({ allowed }: Silenced) => allowed.map(({ finding, because }) => `${finding.code} ${because}`);

const queue = (end: string) => `queue Sales {\n  at 0s group Sales\n${end}\n}\n`;

describe("allow", () => {
  it("silences at the end of the line", () => {
    const result = run(queue("  give up never # allow S407 because the shift leader watches it"));
    expect(told(result)).toEqual([]);
    expect(reasons(result)).toEqual(["S407 the shift leader watches it"]);
  });

  it("silences alone on the line above, also several", () => {
    const text = "ring number duty_engineer for 20s";
    expect(reasons(run(`# allow S420 because he has no machine\n${text}\nhangup`))).toEqual(["S420 he has no machine"]);
    const two = "# allow S402 because a\n# allow S420 because b\n";
    expect(reasons(run(`hangup\n${two}${text}`))).toEqual(["S402 a", "S420 b"]);
  });

  it("silences nothing on other lines and no other code", () => {
    expect(told(run(queue("  # allow S407 because x\n\n  give up never")))).toEqual(["S407 warning", "S111 hint"]);
    expect(told(run(queue("  give up never # allow S410 because x")))).toEqual(["S407 warning", "S111 hint"]);
  });

  it("cannot silence an error", () => {
    expect(told(run("ring agent anna for 20s # allow S201 because x\nhangup"))).toEqual(["S201 error", "S110 warning"]);
  });

  it("may allow a code where it is no error", () => {
    expect(told(run("if call.from is withheld { answer }\nreject 486 # allow S421 because x"))).toEqual([]);
    expect(told(run("hangup # allow S421 because x"))).toEqual(["S110 warning"]);
  });

  it("wants a reason", () => {
    const result = run(queue("  give up never # allow S407"));
    expect(told(result)).toEqual(["S112 hint"]);
    expect(reasons(result)).toEqual(["S407 undefined"]);
  });

  it("is not called needless where something could not be looked at", () => {
    expect(told(run("wait 30\nhangup # allow S402 because x"))).toEqual(["S301 error"]);
  });

  it("is only a comment where it names no code", () => {
    expect(told(run("# allow me to explain\nhangup # allow nobody in"))).toEqual([]);
  });

  it("offers to take out what allows nothing", () => {
    const [finding] = run("hangup # allow S402 because x").told;
    expect(finding?.fix?.edits).toMatchObject([{ text: "" }]);
  });
});

describe("allow in a directory", () => {
  const site = (line: string) => `directory: 1\n${standard.directory.split("\n").slice(1).join("\n")}${line}\n`;

  it("silences warnings there", () => {
    const text = site("").replace("mailboxes:\n", "mailboxes:\n  lost: {} # allow D121 because it comes\n");
    const result = run("hangup", text);
    expect([...told(result), ...reasons(result)]).toEqual(["D121 it comes"]);
  });

  it("is told when it allows nothing", () => {
    expect(told(run("hangup", site("# allow D121 because x")))).toEqual(["S111 hint"]);
  });
});

describe("comments of YAML", () => {
  const of = (text: string) => {
    const source = makeSource("d", text);
    return yamlComments(source).map(({ text: own, range }) => {
      expect(text.slice(range.start, range.end)).toBe(own);
      return `${positionAt(source, range.start).line} ${own}`;
    });
  };

  it("are what YAML says they are", () => {
    const text = `a: 1 # allow one
b: "# allow two"
c: 'x # allow three' # allow four
d: |
  text # allow five
  # allow six
# allow seven
e: [1, # allow eight
  2] # allow nine
f: x#y # allow ten
--- # allow eleven
g: >-
  # allow twelve
`;
    const words = ["1 one", "3 four", "7 seven", "8 eight", "9 nine", "10 ten", "11 eleven"];
    expect(of(text)).toEqual(words.map((each) => each.replace(" ", " # allow ")));
  });

  it("are found whatever the text", () => {
    for (const text of [
      "# allow x",
      "{ # allow x",
      '"# allow x',
      "a: |\n # allow x",
      "\u0002 # allow x\u001f# allow y",
    ])
      expect(Array.isArray(of(text))).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { format } from "../../format/format.ts";
import { makeSource } from "../../source.ts";
import { actions, fixAll } from "../actions.ts";
import { folding } from "../folding.ts";
import { formatting } from "../formatting.ts";
import { hover } from "../hover.ts";
import { inlays } from "../inlays.ts";
import { lenses } from "../lenses.ts";
import { type Entry, outline } from "../outline.ts";
import { painting } from "../painting.ts";
import { selections } from "../selection.ts";
import { signatureAt } from "../signatures.ts";
import { apply, inStrategy, type Marked, marked, sheetOf } from "./marked.ts";

const text = `# Looks customers up.
sub customer(phone) {
  let reply = fetch GET crm "/c" with { phone } within 1s else { name: "" }
  return reply
}

calendar office {
  open mon..fri 09:00..17:00
  holiday 2026-12-24..2026-12-26 "christmas"
}

# The main line.
# Two comments fold.
strategy "main" {
  entry "5000", "5100".."5199", "+3491*"
  default route to group Sales

  answer
  let who = run customer(call.from)
  set call.data.tier = who.name
  if office is open { play "welcome" else "sorry" }
  ring agent ana for 20s { on busy, no_answer { note "{who.name} {outcome} {call.data.tier}" } }
  queue Billing {
    ring for 15s
    choose by best_skill(billing) then longest_idle
    at 0s agents with billing >= 5 and language(en) >= 2
    at 1m30s add group Sales when ready(group Sales) > 2
    give up after 8m
    while waiting { music "moh/calm" for 25s  say ewt(this) }
    on nobody { play "sorry" }
  }
  voicemail to mailbox of group Sales
  hangup
}

test "one" for "main" {
  agent ana ignores
  call A from "+34600000001" to "5000" at 0s
  expect A ends left_message mailbox sales after 1m
}
`;

const project = marked({ "a.strategy": text });
const sheet = sheetOf(project);

/** The text with something put in at offsets. */
function withMarks(marks: readonly { offset: number; mark: string }[]): string {
  return marks
    .toSorted((a, b) => b.offset - a.offset)
    .reduce((now, { offset, mark }) => now.slice(0, offset) + mark + now.slice(offset), text);
}

const golden = (name: string): string => `golden/${name}.txt`;

it("shows pale words", async () => {
  const marks = inlays(project.project, "a.strategy").map(({ offset, label, space }) => {
    return { offset, mark: space === "before" ? ` ‹${label}›` : `‹${label}› ` };
  });
  await expect(withMarks(marks)).toMatchFileSnapshot(golden("inlays"));
});

it("colours every word", async () => {
  const lines = painting(sheet).map(({ range, paint, declares }) => {
    return `${text.slice(range.start, range.end)} → ${paint}${declares ? " (declares)" : ""}`;
  });
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(golden("painting"));
});

it("colours in order, without overlaps", () => {
  const spans = painting(sheet).map(({ range }) => range);
  for (const [index, range] of spans.entries()) expect(range.start).toBeGreaterThanOrEqual(spans[index - 1]?.end ?? 0);
});

it("outlines a file", async () => {
  const lines = (entries: Entry[], depth = 0): string[] =>
    entries.flatMap(({ name, detail, kind, children }) => [
      `${"  ".repeat(depth)}${kind}: ${name}${detail && ` (${detail})`}`,
      ...lines(children, depth + 1),
    ]);
  await expect(`${lines(outline(sheet)).join("\n")}\n`).toMatchFileSnapshot(golden("outline"));
});

it("folds what spans lines", () => {
  const folds = folding(sheet).map(({ range, kind }) => `${kind}: ${text.slice(range.start).split("\n")[0]}`);
  expect(folds.toSorted()).toEqual([
    "block: {",
    "block: {",
    "block: {",
    "block: {",
    "block: {",
    "comment: # The main line.",
  ]);
});

it("lets a selection grow", () => {
  const offset = text.indexOf("best_skill(bil") + "best_skill(bil".length;
  const grown = selections(sheet, offset).map(({ start, end }) => text.slice(start, end).split("\n")[0]);
  expect(grown).toEqual([
    "billing",
    "best_skill(billing)",
    "queue Billing {",
    "{",
    'strategy "main" {',
    "# Looks customers up.",
  ]);
});

it("offers to run things", () => {
  const shown = lenses(project.project, "a.strategy").map(({ title, does, name }) => `${title}: ${does} ${name}`);
  expect(shown).toEqual(["run this strategy: run main", "run 1 test: tests main", "run this test: test one"]);
});

it.each([
  ["if service_level(queue Q, <|>", "service_level(queue, within) → a percent: within"],
  ["if ewt(<|>", "ewt(whose) → a duration: whose"],
  ["if ready(group Sales) > <|>", "nothing"],
  ["say (<|>", "nothing"],
])("tells what is called in %j", (body, wanted) => {
  const place = marked({ "a.strategy": inStrategy(body) });
  const found = signatureAt(place.project, place.path, place.offset);
  expect(found ? `${found.label}: ${found.parameters[found.active]}` : "nothing").toBe(wanted);
});

describe("hover", () => {
  const at = (before: string): string => {
    const offset = text.indexOf(before) + before.length;
    const [own = "nothing"] = hover(project.project, "a.strategy", offset)?.markdown.split("\n\n---\n\n") ?? [];
    // Pages have tests of their own.
    return own.startsWith("####") ? "a page only" : own;
  };

  const places = [
    "run cust",
    "if off",
    "let wh",
    "{who.na",
    "call.fr",
    "data.ti",
    "agent an",
    "route to group Sal",
    "best_skill(bil",
    "with bil",
    "language(e",
    "best_sk",
    "longest_id",
    "ewt",
    "on bus",
    "give u",
    "while wai",
    "queu",
    "ring f",
    "when",
    "1m3",
    "2026-12-2",
    '"5100".."51',
    '"+349',
    'to "500',
    'play "welc',
    "GET cr",
    "mailbox sal",
    "hang",
    "expec",
  ];

  it("of names, values and words", async () => {
    const shown = places.map((before) => `=== ${before}\n${at(before)}\n`);
    await expect(shown.join("\n")).toMatchFileSnapshot(golden("hover"));
  });

  it("shows the page of a finding", () => {
    const broken = marked({ "a.strategy": inStrategy("ring agent an<|>a for 20") });
    expect(hover(broken.project, broken.path, broken.offset + 8)?.markdown).toContain("**Why it hurts callers:**");
  });
});

describe("formatting", () => {
  const messy = `strategy "s" {\n\n\n entry    "1"\n  default route to group Sales # here\n answer\n      hangup }`;

  it("changes what lies between words, and gives the formatter's text", () => {
    const { project: one, path } = marked({ "a.strategy": messy });
    const edits = formatting(one, path);
    expect(apply(messy, edits)).toBe(format(makeSource("a", messy)).text);
    expect(edits.every(({ range, text: put }) => /^\s*$/.test(messy.slice(range.start, range.end) + put))).toBe(true);
  });

  it("keeps to a range", () => {
    const { project: one, path } = marked({ "a.strategy": messy });
    const start = messy.indexOf("entry");
    const edits = formatting(one, path, { start, end: start + 12 });
    expect(apply(messy, edits)).toBe(messy.replace("entry    ", "entry "));
  });

  it("leaves a broken text alone", () => {
    const { project: one, path } = marked({ "a.strategy": `${messy} }` });
    expect(formatting(one, path)).toEqual([]);
  });
});

/** The text after an action, by its title. */
function done({ project: one, path, offset }: Marked, title: string): string {
  const action = actions(one, path, { start: offset, end: offset }).find((each) => each.title.startsWith(title));
  const source = one.sheets.get(path)?.source.text ?? "";
  return action ? apply(source, action.edits) : `no such action`;
}

describe("actions", () => {
  it("mend a finding", () => {
    expect(done(marked({ "a.strategy": inStrategy("ring agent anna<|> for 20s") }), "write")).toContain(
      "agent ana for",
    );
  });

  it("mend all findings of a kind", () => {
    const place = marked({
      "a.strategy": inStrategy("ring agent anna<|> for 20s\n  ring agent lucc for 20s\n  wait 5"),
    });
    expect(done(place, "mend all 2")).toBe(inStrategy("ring agent ana for 20s\n  ring agent luc for 20s\n  wait 5"));
  });

  it("mend all that can be mended", () => {
    const { project: one, path } = marked({ "a.strategy": inStrategy("ring agent anna for 20s\n  wait 5") });
    const source = one.sheets.get(path)?.source.text ?? "";
    expect(apply(source, fixAll(one, path)?.edits ?? [])).toBe(inStrategy("ring agent ana for 20s\n  wait 5s"));
  });

  it("handle what nothing handles", () => {
    const queue = "queue Q {\n    at 0s group Sales\n    give up after 5m\n    on give_up<|> { }\n  }";
    expect(done(marked({ "a.strategy": inStrategy(queue) }), "handle")).toBe(
      inStrategy("queue Q {\n    at 0s group Sales\n    give up after 5m\n    on give_up { }\n    on nobody { }\n  }"),
    );
    expect(done(marked({ "a.strategy": inStrategy("dial call.to <|>via trunk pstn") }), "handle")).toBe(
      inStrategy("dial call.to via trunk pstn {\n    on busy, no_answer { }\n    on failed(x) { }\n  }"),
    );
  });

  it("give up", () => {
    const queue = "queue Q<|> {\n    at 0s group Sales\n    on nobody { }\n  }";
    expect(done(marked({ "a.strategy": inStrategy(queue) }), "give up")).toBe(
      inStrategy("queue Q {\n    at 0s group Sales\n    give up after 5m\n    on nobody { }\n  }"),
    );
  });

  it("make a plan", () => {
    const queue = "queue Quick<|> {\n    at 0s group Sales\n    give up after 5m\n  }\n  hangup";
    expect(done(marked({ "a.strategy": inStrategy(queue) }), "make a queue plan")).toBe(
      `queue plan quick_plan {\n  at 0s group Sales\n  give up after 5m\n}\n\n${inStrategy("queue Quick by quick_plan\n  hangup")}`,
    );
    const named = `let x = agent_at(call.to)\n  ${queue.replace("give up", "exclude x  give up")}`;
    expect(done(marked({ "a.strategy": inStrategy(named) }), "make a queue plan")).toBe("no such action");
  });
});

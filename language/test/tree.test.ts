import type { TokenType } from "chevrotain";
import { describe, expect, it } from "vitest";
import type { AnyNode, Expr, File, Statement, TestLine, ValueForm } from "../ast.ts";
import { parse } from "../parse.ts";
import { makeSource } from "../source.ts";
import * as builtins from "../builtins.ts";
import { keywords, Statistic, Word } from "../grammar/tokens.ts";
import { children, nodesAt, walk } from "../walk.ts";
import { fixtures } from "./fixtures.ts";

function read(text: string): File {
  const { file, diagnostics } = parse(makeSource("t", text));
  expect(diagnostics).toEqual([]);
  return file;
}

function belongsTo({ CATEGORIES = [] }: TokenType, category: TokenType): boolean {
  return CATEGORIES.some((each) => each === category || belongsTo(each, category));
}

function statement(text: string): Statement | undefined {
  const [item] = read(`strategy "s" {\n${text}\n}`).items;
  return item?.kind === "strategy" ? item.body.statements[0] : undefined;
}

function line(text: string): TestLine | undefined {
  const [item] = read(`test "t" for "s" {\n${text}\n}`).items;
  return item?.kind === "test" ? item.lines[0] : undefined;
}

function value(text: string): string {
  const found = statement(`let x = ${text}`);
  return found?.kind === "let" ? show(found.value) : "";
}

/** An expression with a bracket round every operation. */
function show(node: Expr | ValueForm): string {
  switch (node.kind) {
    case "binary":
      return `(${show(node.left)} ${node.op} ${show(node.right)})`;
    case "unary":
      return `(${node.op} ${show(node.operand)})`;
    case "is":
      return `(${show(node.operand)} is${node.negated ? " not" : ""} ${node.what})`;
    case "member":
      return `${show(node.object)}.${node.name.text}`;
    case "index":
      return `${show(node.object)}[${show(node.key)}]`;
    case "apply":
      return `${node.name.text}(${node.args.map(show).join(", ")})`;
    case "choice":
      return `if[${show(node.condition)} ${show(node.then)} ${show(node.otherwise)}]`;
    case "matchValue":
      return `match[${show(node.subject)} ${node.arms.length} ${show(node.otherwise)}]`;
    case "thing":
      return `<${node.noun} ${node.of ? show(node.of) : node.name.kind === "name" ? node.name.text : show(node.name)}>`;
    case "list":
      return `[${node.items.map(show).join(", ")}]`;
    case "record":
      return `{${node.fields.map((field) => `${field.key.text}: ${show(field.value)}`).join(", ")}}`;
    case "text":
      return `"${node.parts.map((part) => (typeof part === "string" ? part : `{${show(part)}}`)).join("")}"`;
    case "duration":
      return `${node.ms}ms`;
    case "time":
      return `${node.minutes}min`;
    case "date":
      return `${node.year}/${node.month}/${node.day}`;
    case "percent":
      return `${node.value}%`;
    case "number":
    case "yesno":
      return String(node.value);
    case "variable":
      return node.name;
    default:
      return node.kind;
  }
}

describe("expressions", () => {
  it.each([
    ["a or b and not c == d", "(a or (b and (not (c == d))))"],
    ["not a or b", "((not a) or b)"],
    ["not not a", "(not (not a))"],
    ["a - b - c", "((a - b) - c)"],
    ["a + b * c - d / e", "((a + (b * c)) - (d / e))"],
    ["(a + b) * c", "((a + b) * c)"],
    ["-a * -b", "((- a) * (- b))"],
    ["a ?? b + c < d", "((a ?? (b + c)) < d)"],
    ["a < b and c >= d or e != f", "(((a < b) and (c >= d)) or (e != f))"],
    [
      'call.from in numbers duty and call.to starts with "+1"',
      '((call.from in <numbers duty>) and (call.to starts with "+1"))',
    ],
    ["owner is found and call.from is not withheld", "((owner is found) and (call.from is not withheld))"],
    ["not office is open", "(not (office is open))"],
    ["a == not b", "(a == (not b))"],
    ['a.b["k"].c', 'a.b["k"].c'],
    ["call.data.match.if", "call.data.match.if"],
    ["f(a, g(b) + 1).c", "f(a, (g(b) + 1)).c"],
    ["ready(group Back) > 2", "(ready(<group Back>) > 2)"],
    ["if a then b else c.d + 1", "if[a b (c.d + 1)]"],
    ["if if a then b else c then d else if e then f else g", "if[if[a b c] d if[e f g]]"],
    ['match call.to { "1", "2" -> a  closed, h(x) -> b  else -> c }', "match[call.to 2 c]"],
    ["match a { 1 -> f\n (b) -> c else -> d }".replace("(b)", "b"), "match[a 2 d]"],
    ['match a {\n 1 -> x\n 2 -> y\n "a",\n "b" -> z\n yes -> v\n else -> w\n}', "match[a 4 w]"],
    ['[1, "b", [never, missing], yes, no]', '[1, "b", [never, missing], true, false]'],
    ['{ a: 1, "k-2": { b: c }, short }', "{a: 1, k-2: {b: c}, short: short}"],
    ["{ }", "{}"],
    ["[]", "[]"],
    ["mailbox of group A", "<mailbox <group A>>"],
    ["mailbox off", "<mailbox off>"],
    ['agent "{x.id}"', '<agent "{x.id}">'],
    ["queue queue", "<queue queue>"],
    ["1m30s", "90000ms"],
    ["1d2h3m4s5ms", "93784005ms"],
    ["500ms", "500ms"],
    ["1m500ms", "60500ms"],
    ["09:30", "570min"],
    ["2024-02-29", "2024/2/29"],
    ["12.5%", "12.5%"],
    ["0.5", "0.5"],
    ['"hello {call.data.name ?? "you"}, {1 + 2}!"', '"hello {(call.data.name ?? "you")}, {(1 + 2)}!"'],
    ['"\\{ \\" \\\\"', '"{ " \\"'],
    ['""', '""'],
    ["f(\n  a,\n  b\n)", "f(a, b)"],
    ["a\n  and b\n  or c", "((a and b) or c)"],
    ["reject", "reject"],
  ])("%s", (text, expected) => expect(value(text)).toBe(expected));
});

it("reads a number that is none as what it may be, so that nothing more is said of it", () => {
  const lines = "during 08:00..20:00 seed 7x no_answer 4xyz target 80% within 30sec calls 1 per hour each 1q";
  const { file } = parse(makeSource("t", `traffic "a" for "b" { ${lines} }`));
  expect(file.items[0]).toMatchObject({
    lines: [{}, { value: { value: 7 } }, { share: { value: 4 } }, { within: { ms: 30_000 } }, { each: { ms: 1000 } }],
  });
});

it("gives an operation the place of all it is made of, with the brackets", () => {
  const text = "let x = (a + 1) * (b or not (c)) is not found";
  const found = statement(text);
  const ranges: string[] = [];
  if (found) walk(found, ({ kind, range }) => void ranges.push(`${kind} ${inside(text, range)}`));
  expect(ranges.filter((each) => /^(binary|unary|is) /.test(each))).toEqual([
    "is (a + 1) * (b or not (c)) is not found",
    "binary (a + 1) * (b or not (c))",
    "binary a + 1",
    "binary b or not (c)",
    "unary not (c)",
  ]);
});

/** The text of a range in a strategy that `statement` has put round it. */
function inside(text: string, { start, end }: { start: number; end: number }): string {
  const before = 'strategy "s" {\n'.length;
  return text.slice(start - before, end - before);
}

describe("statements", () => {
  it.each<[string, object]>([
    ['set call.data.a.if = "x"', { kind: "set", path: [{ text: "data" }, { text: "a" }, { text: "if" }] }],
    ["if a { hangup } else if b { leave } else { silence }", { else: { kind: "if", else: { kind: "block" } } }],
    ["if f({ a: 1 }).a == 1 { hangup }", { condition: { kind: "binary" } }],
    ["match a { 1, x -> { } y(z) -> { hangup } else -> { leave } }", { arms: [{ patterns: [{}, {}] }, {}], else: {} }],
    ["answer with ringback", { kind: "answer", withRingback: true }],
    ["answer", { withRingback: false }],
    ['play "a" else "b"', { kind: "play", otherwise: { kind: "text" } }],
    ['music "m" for 25s', { kind: "music", for: { ms: 25_000 } }],
    ["wait 2s", { kind: "wait", for: { ms: 2000 } }],
    ['once { note "x" }', { kind: "once", body: { statements: [{ kind: "note" }] } }],
    ["say position(this), ewt(this)", { kind: "say", values: [{ kind: "apply" }, { kind: "apply" }] }],
    ["loop 3 times { wait 1s  stop loop }", { times: { value: 3 }, body: { statements: [{}, { kind: "stopLoop" }] } }],
    ["every 2m { }", { kind: "every", every: { ms: 120_000 } }],
    ["uninterrupted { hangup }", { kind: "uninterrupted", body: { statements: [{ kind: "hangup" }] } }],
    [
      'split by call.from { 50.5% madrid { set call.data.site = "madrid" } 49.5% lyon { } }',
      {
        by: { kind: "member" },
        branches: [{ share: { value: 50.5 }, label: { text: "madrid" } }, { label: { text: "lyon" } }],
      },
    ],
    ["split { 100% all_of_them { } }", { kind: "split", branches: [{}] }],
    ["record pause", { kind: "recordCall", what: "pause" }],
    ['redirect to "sip:a@b"', { kind: "redirect", to: { kind: "text" } }],
    ["count reports", { kind: "count", counter: { text: "reports" } }],
    [
      "try { hangup  on bad_value, limit { leave } }",
      { body: { statements: [{ kind: "hangup" }] }, handlers: [{ outcomes: [{}, { name: { text: "limit" } }] }] },
    ],
    [
      'collect 4 digits prompt "p" within 5s ended by "#" tries 3 then prompt "sorry" { on "1" { hangup } on digits(d) { } }',
      {
        kind: "collect",
        atLeast: { value: 4 },
        atMost: { value: 4 },
        prompt: { parts: ["p"] },
        within: { ms: 5000 },
        endedBy: { parts: ["#"] },
        tries: { times: { value: 3 }, prompt: { parts: ["sorry"] } },
        handlers: [
          { outcomes: [{ digits: true, name: { text: "1" } }] },
          { outcomes: [{ digits: false, name: { text: "digits" }, binding: { text: "d" } }] },
        ],
      },
    ],
    ["collect 3..8 digits within 5s tries 2", { atLeast: { value: 3 }, atMost: { value: 8 }, handlers: [] }],
    [
      'let n = collect 1 digit prompt "p" within 8s else missing',
      { value: { kind: "collectValue", otherwise: { kind: "missing" } } },
    ],
    [
      'fetch GET crm "/c/{x}" with { phone } within 1s { on ok(v) { } on timeout, failed { } }',
      {
        kind: "fetch",
        method: "GET",
        host: { text: "crm" },
        path: { parts: ["/c/", {}] },
        with: { kind: "record" },
        within: { ms: 1000 },
        handlers: [{}, {}],
      },
    ],
    ['send POST crm "/x" with data within 2s', { kind: "send", method: "POST", with: { name: "data" } }],
    [
      "set call.data.r = fetch PUT crm path within 1s else { a: 1 }",
      { value: { kind: "fetchValue", path: { name: "path" }, otherwise: { kind: "record" } } },
    ],
    [
      'ring number "+1" for 20s { confirmed by "1" prompt "take-call" }',
      { confirmed: { by: { parts: ["1"] }, prompt: { parts: ["take-call"] } } },
    ],
    ["run f(call.from, 1)", { kind: "run", sub: { text: "f" }, args: [{}, { value: 1 }] }],
    ["let w = run f()", { value: { kind: "runValue", args: [] } }],
    [
      "set call.data.w = run f(x) within 1500ms else { a: 1 }",
      { value: { kind: "runValue", within: { ms: 1500 }, otherwise: { kind: "record" } } },
    ],
    ["return run f(x)", { kind: "return", value: { kind: "runValue" } }],
    ["once { return }", { body: { statements: [{ kind: "return" }] } }],
    ["return { a }", { value: { kind: "record" } }],
    ["return\n  hangup", { kind: "return" }],
    ["reject 486", { kind: "reject", code: { value: 486 } }],
    [
      "ring all of group A for 20s",
      { kind: "ring", all: true, target: { noun: "group" }, for: { ms: 20_000 }, handlers: [] },
    ],
    [
      'ring owner for 20s { at owner.redirect ?? owner.device  no_answer makes not_ready("x")  showing { a: 1 }  on busy, failed(c) { } }',
      {
        all: false,
        at: { op: "??" },
        noAnswerMakes: { state: { text: "not_ready" }, reason: { parts: ["x"] } },
        showing: { fields: [{}] },
        handlers: [{ outcomes: [{ name: { text: "busy" } }, { name: { text: "failed" }, binding: { text: "c" } }] }],
      },
    ],
    ['voicemail to mailbox m { subject "s" on failed { hangup } }', { kind: "voicemail", subject: {}, handlers: [{}] }],
    [
      "queue Q { priority 40 rising 5 every 30s up to 80  tier vip when a  choose by best_skill(b) then longest_idle }",
      {
        priority: { base: { value: 40 }, rising: { by: { value: 5 }, every: { ms: 30_000 }, upTo: { value: 80 } } },
        tier: { name: { text: "vip" }, when: { kind: "variable" } },
        choose: [{ name: { text: "best_skill" }, skill: { text: "b" } }, { name: { text: "longest_idle" } }],
      },
    ],
    [
      "queue Q { at 0s agents with a >= 7 and not f(b), group G  at 2m add number duty for 30s again every 1m when c  at 3m only agent x }",
      {
        steps: [
          { verb: "start", targets: [{ kind: "skilled", condition: { op: "and" } }, { kind: "target" }] },
          { verb: "add", targets: [{ for: { ms: 30_000 }, againEvery: { ms: 60_000 } }], when: { name: "c" } },
          { verb: "only", at: { ms: 180_000 } },
        ],
      },
    ],
    [
      "queue Q by orders { offer to at most 3 people  at 30s or as soon as reachable(group A) == 0 add site s  give up never }",
      {
        by: { text: "orders" },
        offerTo: { value: 3 },
        steps: [{ asSoonAs: { op: "==" }, verb: "add", targets: [{ thing: { noun: "site" } }] }],
      },
    ],
    ["queue Q by orders", { by: { text: "orders" }, steps: [], handlers: [] }],
    [
      'preview to top 8 of agents with expert(any) >= 1 and kind == worker, group A for 20s { all at once  choose by longest_idle  showing { a }  sound "chime"  on accepted(worker) { ring worker for 25s } }',
      {
        top: { value: 8 },
        targets: [{ kind: "skilled" }, { kind: "target" }],
        for: { ms: 20_000 },
        mode: { is: "all at once" },
        choose: [{}],
        showing: {},
        sound: {},
        handlers: [{ outcomes: [{ binding: { text: "worker" } }] }],
      },
    ],
    [
      "preview to group A for 12s { one by one, at most 4 people }",
      { mode: { is: "one by one", atMost: { value: 4 } }, handlers: [] },
    ],
    [
      'ask bot helpdesk over trunk livehub { uui "00" json { a: 1 }  header "X" = call.conversation  header "Y" = b  give up after 15m  on transfer(t) { } on done, failed { } }',
      {
        bot: { name: { text: "helpdesk" } },
        over: { noun: "trunk" },
        uui: { discriminator: { parts: ["00"] }, encoding: "json", value: { kind: "record" } },
        headers: [{ name: { parts: ["X"] } }, { value: { name: "b" } }],
        giveUp: { after: { ms: 900_000 } },
        handlers: [{}, {}],
      },
    ],
    [
      'dial call.to via trunk "{first}", trunk madrid { order priority  ringback within 5s  answer within 40s  stop on 404, 486  from e164  uui text "x"  on failed(code) { } }',
      {
        number: { kind: "member" },
        via: [{ name: { kind: "text" } }, { name: { text: "madrid" } }],
        order: { is: "priority" },
        ringbackWithin: { ms: 5000 },
        answerWithin: { ms: 40_000 },
        stopOn: [{ value: 404 }, { value: 486 }],
        from: { name: "e164" },
        uui: { encoding: "text" },
        handlers: [{}],
      },
    ],
    ['transfer to "+34" { on refused(code) { } }', { kind: "transfer", to: {}, headers: [], handlers: [{}] }],
    ['refer to "tel:+1" { uui hex "00ff" }', { kind: "refer", uui: { encoding: "hex" } }],
    [
      'callback to n { expires after 4h  attempts 3 every 10m  agent first  announce "x"  on accepted { } after callback { } }',
      {
        expires: { after: { ms: 14_400_000 } },
        attempts: { times: { value: 3 }, every: { ms: 600_000 } },
        agentFirst: true,
        announce: {},
        handlers: [{}],
        afterCallback: { statements: [] },
      },
    ],
    [
      "callback to call.from { expires at closing(office)  attempts 3 }",
      { agentFirst: false, expires: { at: { kind: "apply" } } },
    ],
    [
      "queue Q { ring for 18s  keep place of call.arrived  exclude [a, b]  give up never  while waiting { } on left { } }",
      {
        ringFor: {},
        keepPlaceOf: {},
        exclude: { kind: "list" },
        giveUp: { after: { kind: "never" } },
        whileWaiting: {},
      },
    ],
  ])("%s", (text, expected) => expect(statement(text)).toMatchObject(expected));

  it("has entries, a default route and a body", () => {
    const file = read('strategy "s" {\n entry "5000", "5100".."5199", "+3491*"\n default route to group R\n hangup\n}');
    expect(file.items[0]).toMatchObject({
      name: { parts: ["s"] },
      entries: [
        {
          patterns: [
            { kind: "single", text: "5000" },
            { kind: "span", from: "5100", to: "5199" },
            { kind: "prefix", text: "+3491" },
          ],
        },
      ],
      defaultRoute: { to: { noun: "group" } },
      body: { statements: [{ kind: "hangup" }] },
    });
  });
});

describe("items of a file", () => {
  it.each<[string, object]>([
    ['use "lib/crm.strategy"', { kind: "use", path: { parts: ["lib/crm.strategy"] } }],
    ["sub f() { }", { kind: "sub", name: { text: "f" }, parameters: [], body: { statements: [] } }],
    ["sub f(a, b) { hangup }", { parameters: [{ text: "a" }, { text: "b" }], body: { statements: [{}] } }],
    ["sub f(\n  a,\n  b\n) { hangup }", { parameters: [{ text: "a" }, { text: "b" }] }],
    ["calendar c { }", { kind: "calendar", name: { text: "c" }, lines: [] }],
    [
      'calendar office zone "Europe/Madrid" { open mon..thu, sat 09:00..14:00, 15:00..18:00 open sun 22:00..24:00 }',
      {
        zone: { parts: ["Europe/Madrid"] },
        lines: [
          {
            kind: "open",
            days: [
              { from: "mon", to: "thu" },
              { from: "sat", to: "sat" },
            ],
            hours: [
              { from: { minutes: 540 }, to: { minutes: 840 } },
              { from: { minutes: 900 }, to: { minutes: 1080 } },
            ],
          },
          { kind: "open", days: [{ from: "sun" }], hours: [{ to: { minutes: 1440 } }] },
        ],
      },
    ],
    [
      'calendar c { holiday 2026-12-25 yearly "christmas" holiday 2026-12-24..2026-12-26 "x" hours 09:00..13:00, 14:00..15:00 holidays spain }',
      {
        lines: [
          { kind: "holiday", from: { day: 25 }, yearly: true, name: { parts: ["christmas"] }, hours: [] },
          { kind: "holiday", from: { day: 24 }, to: { day: 26 }, yearly: false, hours: [{}, {}] },
          { kind: "holidays", list: { text: "spain" } },
        ],
      },
    ],
    [
      'traffic "weekday" for "billing" { during 08:00..20:00 seed 7 replications 20 no_answer 4% target 80% within 20s }',
      {
        kind: "traffic",
        name: { parts: ["weekday"] },
        strategy: { parts: ["billing"] },
        lines: [
          { kind: "during", hours: { from: { minutes: 480 } } },
          { kind: "seed", value: { value: 7 } },
          { kind: "replications", value: { value: 20 } },
          { kind: "noAnswer", share: { value: 4 } },
          { kind: "goal", share: { value: 80 }, within: { ms: 20_000 } },
        ],
      },
    ],
    [
      'traffic "a" for "b" { calls 240 per hour to "5000" calls 120, 240 per hour each 30m calls from "calls.csv" }',
      {
        lines: [
          { kind: "calls", perHour: [{ value: 240 }], to: { parts: ["5000"] } },
          { perHour: [{ value: 120 }, { value: 240 }], each: { ms: 1_800_000 } },
          { perHour: [], from: { parts: ["calls.csv"] } },
        ],
      },
    ],
    [
      'traffic "a" for "b" { talk lognormal mean 190s sd 220s wrap_up mean 30s patience weibull mean 6m shape 0.8 }',
      {
        lines: [
          { kind: "timing", what: "talk", law: "lognormal", mean: { ms: 190_000 }, sd: { ms: 220_000 } },
          { what: "wrap_up", law: "exponential", mean: { ms: 30_000 } },
          { what: "patience", law: "weibull", mean: { ms: 360_000 }, shape: { value: 0.8 } },
        ],
      },
    ],
    [
      'traffic "a" for "b" { talk constant 3m wrap_up from "wrap.csv" agents 12 with group A, b 7, kind worker between 10:00..16:00 agents 4 }',
      {
        lines: [
          { law: "constant", mean: { ms: 180_000 } },
          { law: "empirical", from: { parts: ["wrap.csv"] } },
          {
            kind: "staff",
            count: { value: 12 },
            withGroups: [{ text: "A" }],
            withSkills: [{ name: { text: "b" }, level: { value: 7 } }],
            withKind: { text: "worker" },
            between: { from: { minutes: 600 } },
          },
          { count: { value: 4 }, withGroups: [], withSkills: [] },
        ],
      },
    ],
  ])("%s", (text, expected) => expect(read(text).items[0]).toMatchObject(expected));

  it("are strategies with options of entries, secrets and an end", () => {
    const file = read(
      'strategy "s" {\n entry "1" with early media at most 100 calls else reject 486\n entry "2" at most 3 calls else reject 600 ' +
        "with early media\n default route to group R\n secret call.data.card\n secret call.data.pin\n hangup\n after call { }\n}",
    );
    expect(file.items[0]).toMatchObject({
      entries: [
        { withEarlyMedia: true, atMost: { calls: { value: 100 }, code: { value: 486 } } },
        { withEarlyMedia: true, atMost: { calls: { value: 3 } } },
      ],
      secrets: [{ path: [{ text: "data" }, { text: "card" }] }, { path: [{}, { text: "pin" }] }],
      body: { statements: [{ kind: "hangup" }] },
      afterCall: { kind: "block" },
    });
  });
});

describe("words", () => {
  const all = [...keywords.entries()];
  const free = all.filter(([, type]) => belongsTo(type, Word)).map(([word]) => word);
  const reserved = all.filter(([, type]) => !belongsTo(type, Word)).map(([word]) => word);

  it("are reserved as the language says, and no others", () => {
    const listed =
      "and or not in is starts yes no never missing if then else match run collect fetch let all top " +
      "agent agents group queue trunk mailbox bot site flag counter number numbers";
    expect(reserved.toSorted()).toEqual(listed.split(" ").toSorted());
  });
  it.each(free)("%s can be the name of a variable", (word) => {
    expect(statement(`let ${word} = 1\n if ${word} == f(${word}) { note ${word} }`)).toMatchObject({
      name: { text: word },
    });
  });
  it.each(reserved)("%s cannot", (word) => {
    const { diagnostics } = parse(makeSource("t", `strategy "s" {\n  let ${word} = 1\n  hangup\n}`));
    expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
      ["S101", expect.stringContaining("another name")],
    ]);
  });
  it.each([...free, ...reserved])("%s is a name after a dot, a noun and as a key", (word) => {
    expect(value(`a.${word}`)).toBe(`a.${word}`);
    expect(value(`{ ${word}: 1 }`)).toBe(`{${word}: 1}`);
    expect(value(`group ${word}`)).toBe(`<group ${word}>`);
  });
});

it("lets a test state every statistic there is, and nothing else", () => {
  const statistics = [...keywords].filter(([, type]) => belongsTo(type, Statistic)).map(([word]) => word);
  const notStated = new Set(["agent_at", "agent_named", "next_opening", "closing"]);
  const functions = Object.keys(builtins.functions);
  expect(statistics.toSorted()).toEqual(functions.filter((name) => !notStated.has(name)).toSorted());
});

it("has queue plans", () => {
  const file = read("queue plan orders {\n priority 40\n at 0s group A\n at 30s add group B\n on nobody { }\n}");
  expect(file.items[0]).toMatchObject({
    kind: "plan",
    name: { text: "orders" },
    priority: { base: { value: 40 } },
    steps: [{ verb: "start" }, { verb: "add" }],
    handlers: [{ outcomes: [{ name: { text: "nobody" } }] }],
  });
});

describe("test lines", () => {
  it.each<[string, object]>([
    ["clock 2026-12-24 17:59", { kind: "clock", date: { day: 24 }, time: { minutes: 1079 } }],
    ['prompt "x" is missing', { kind: "promptMissing", prompt: { parts: ["x"] } }],
    [
      'agent luc with group Accounts, billing 7, kind worker, not_ready("lunch")',
      {
        hasWith: true,
        withGroups: [{ text: "Accounts" }],
        withSkills: [{ name: { text: "billing" }, level: { value: 7 } }],
        withKind: { text: "worker" },
        state: { name: { text: "not_ready" }, reason: { parts: ["lunch"] } },
      },
    ],
    ["agent luc talking until 5m", { hasWith: false, state: { name: { text: "talking" }, until: { ms: 300_000 } } }],
    ["agent luc accepts after 4s, talks 3m", { act: "accepts", after: { ms: 4000 }, talks: { ms: 180_000 } }],
    ["agent luc accepts", { act: "accepts" }],
    ["agent luc ignores", { act: "ignores" }],
    ["agent luc releases at 6m", { act: "releases", at: { ms: 360_000 } }],
    ['agent luc goes not_ready("x") at 5s', { act: "goes", state: { reason: { parts: ["x"] } }, at: { ms: 5000 } }],
    ['number "+1" answers after 10s', { act: "answers", after: { ms: 10_000 } }],
    ['number "+1" is busy', { act: "busy" }],
    ['number "+1" does not answer', { act: "silent" }],
    ["trunk a replies 503", { act: "replies", code: { value: 503 } }],
    ["trunk a is silent", { act: "silent" }],
    ["trunk a answers after 3s", { act: "answers", after: { ms: 3000 } }],
    [
      'call A from "+3461" to "5100" at 0s data { tier: "gold" } hangs up at 90s',
      { name: { text: "A" }, from: { parts: ["+3461"] }, data: { fields: [{}] }, hangsUpAt: { ms: 90_000 } },
    ],
    [
      'call A from "1" to "2" at 0s speaks 1s hangs up at 9s presses "1" when hears "a" presses "2" when hears "b" data { }',
      {
        speaks: { ms: 1000 },
        hangsUpAt: { ms: 9000 },
        presses: [{ digits: { parts: ["1"] }, whenHears: { parts: ["a"] } }, { digits: { parts: ["2"] } }],
        data: { fields: [] },
      },
    ],
    ["flag storm is yes", { kind: "stated", subject: { kind: "thing", noun: "flag" }, value: { value: true } }],
    ["counter reports is 3", { kind: "stated", subject: { noun: "counter" }, value: { value: 3 } }],
    ["ewt(queue Vip) is 6m", { kind: "stated", subject: { kind: "apply", args: [{}] }, value: { ms: 360_000 } }],
    ["ready(group A) is 2", { subject: { name: { text: "ready" } }, value: { value: 2 } }],
    ["service_level(queue Q, 20s) is 80%", { subject: { args: [{}, {}] }, value: { kind: "percent" } }],
    ["longest_wait(queue Q) is never", { value: { kind: "never" } }],
    ["split takes madrid", { kind: "splitTakes", label: { text: "madrid" } }],
    ["site lyon waits 40s", { kind: "siteWaits", site: { text: "lyon" }, wait: { ms: 40_000 } }],
    [
      'http crm "/c*" replies { tier: "gold" } after 300ms',
      {
        kind: "httpAct",
        host: { text: "crm" },
        path: {},
        act: "replies",
        body: { kind: "record" },
        after: { ms: 300 },
      },
    ],
    ['http crm "/c" replies [1, 2]', { body: { kind: "list" } }],
    ['http crm "/c" replies missing', { body: { kind: "missing" } }],
    ['http crm "/c" replies 503', { act: "replies", code: { value: 503 } }],
    ['http crm "/c" is silent', { act: "silent" }],
    ["bot b transfers after 20s with { a: 1 }", { kind: "botAct", act: "transfers", after: { ms: 20_000 }, with: {} }],
    ["bot b transfers", { act: "transfers" }],
    ["bot b hangs up after 2s", { act: "hangsUp", after: { ms: 2000 } }],
    ["bot b replies 503", { act: "replies", code: { value: 503 } }],
    ["bot b is silent", { act: "silent" }],
    [
      'number "+1" answers after 10s presses "1" when hears "p" presses "2" when hears "q"',
      { act: "answers", presses: [{ whenHears: { parts: ["p"] } }, { digits: { parts: ["2"] } }] },
    ],
    ["expect A never offered to luc before 30s", { never: true, what: { kind: "offered" }, before: { ms: 30_000 } }],
    ["expect A offered to luc at 2s within 200ms", { never: false, at: { ms: 2000 }, within: { ms: 200 } }],
    ["expect A answered by trunk lyon", { what: { by: { noun: "trunk" } } }],
    ["expect A answered by luc after B ends", { what: { by: { kind: "name" } }, after: { text: "B" } }],
    ['expect A hears "p" twice', { what: { twice: true } }],
    ["expect A waits in queue Q", { what: { queue: { text: "Q" } } }],
    ["expect A ends left_message mailbox of group G", { what: { mailbox: { of: { noun: "group" } } } }],
    ["expect A ends abandoned\n  trunk a is silent", { what: { kind: "ends", outcome: { text: "abandoned" } } }],
  ])("%s", (text, expected) => expect(line(text)).toMatchObject(expected));
});

describe.each(fixtures)("$name", ({ text }) => {
  const file = read(text);

  it("has a place for every node, inside its parent's and after the one before", () => {
    let nodes = 0;
    walk(file, (node) => {
      nodes++;
      expect(node.range.end).toBeGreaterThan(node.range.start);
      const slice = text.slice(node.range.start, node.range.end);
      if (node.kind !== "file") expect(slice).toBe(slice.trim());
      if (node.kind === "name" && node.text !== "") expect(slice.replaceAll('"', "")).toBe(node.text);
      for (const child of children(node)) {
        expect(child.range.start).toBeGreaterThanOrEqual(node.range.start);
        expect(child.range.end).toBeLessThanOrEqual(node.range.end);
      }
    });
    expect(nodes).toBeGreaterThan(10);
  });
});

it("finds the nodes at an offset", () => {
  const { text } = fixtures[0] ?? { text: "" };
  const path: AnyNode[] = nodesAt(read(text), text.lastIndexOf("group") + "group ".length);
  expect(path[0]?.kind).toBe("file");
  expect(path.at(-1)?.kind).toBe("name");
  expect(path.at(-2)?.kind).toBe("thing");
});

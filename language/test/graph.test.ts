import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ChartGroup, ChartNode } from "../graph/chart.ts";
import { graph } from "../graph/graph.ts";
import { mermaid } from "../graph/mermaid.ts";
import { parse } from "../parse.ts";
import { makeSource } from "../source.ts";

/*
 * The rules of Mermaid's flowcharts that the text relies on, line by line: a label stands in quotes and holds no sign that would end it or begin a tag,
 * names are plain, subgraphs pair, and every edge joins two nodes.
 */
const label = '"(?:[^"#%&<>`\\\\]|#(?:quot|amp|lt|gt|35|37|92|96);|<br/>)*"';
const id = "n\\d+";
const shapes = ["\\[L\\]", "\\(\\[L\\]\\)", "\\{L\\}", "\\{\\{L\\}\\}", "\\[\\[L\\]\\]"];
const node = new RegExp(`^(${id})(?:${shapes.map((each) => each.replace("L", label)).join("|")})(?::::[a-z]+)?$`, "u");
const edge = new RegExp(`^(${id}) (?:-->|-\\.->)(?:\\|${label}\\|)? (${id})$`, "u");
const subgraph = new RegExp(`^subgraph (${id})\\[${label}\\]$`, "u");
const style = /^classDef [a-z]+ [a-z-]+:[a-z0-9]+(?:,[a-z-]+:[a-z0-9]+)*$/;

function faults(text: string): string[] {
  const found: string[] = [];
  const nodes = new Set<string>();
  const met = new Set<string>();
  const ids = new Set<string>();
  let open = 0;
  const [head, ...lines] = text.trimEnd().split("\n");
  if (head !== "flowchart TD") found.push(`head: ${head}`);
  for (const line of lines.map((each) => each.trim())) {
    const group = subgraph.exec(line)?.[1];
    const own = node.exec(line)?.[1];
    const [, from, to] = edge.exec(line) ?? [];
    const name = group ?? own;
    if (name !== undefined && ids.has(name)) found.push(`twice: ${line}`);
    if (name !== undefined) ids.add(name);
    if (group !== undefined) open++;
    else if (own !== undefined) nodes.add(own);
    else if (line === "end") open--;
    else if (from !== undefined && to !== undefined) {
      if (!nodes.has(from) || !nodes.has(to)) found.push(`unknown: ${line}`);
      met.add(from).add(to);
    } else if (!style.test(line)) found.push(`unreadable: ${line}`);
    if (open < 0) found.push("a subgraph ends twice");
  }
  if (open !== 0) found.push("a subgraph does not end");
  for (const one of nodes) if (!met.has(one)) found.push(`alone: ${one}`);
  return found;
}

const read = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");

function files(name: string, text: string) {
  const source = makeSource(name, text);
  return [{ source, ...parse(source) }];
}

describe("the chart of a strategy", () => {
  for (const name of readdirSync(new URL("graph-cases", import.meta.url))) {
    it(`${name} is drawn as it was`, () => {
      const parsed = files(name, read(`graph-cases/${name}`));
      expect(parsed.flatMap((one) => one.diagnostics.map(({ message }) => message))).toEqual([]);
      const text = mermaid(graph(parsed));
      const golden = new URL(`golden/graph-${name.replace(".strategy", ".mmd")}`, import.meta.url);
      if (process.env["UPDATE"]) writeFileSync(golden, text);
      expect(text).toBe(readFileSync(golden, "utf8"));
      expect(faults(text)).toEqual([]);
    });
  }

  it("is sound for every example", () => {
    const root = new URL("../../examples/", import.meta.url);
    const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".strategy"));
    const parsed = paths.flatMap((path) => files(path, readFileSync(new URL(path, root), "utf8")));
    expect(faults(mermaid(graph(parsed)))).toEqual([]);
    expect(graph(parsed).groups.map(({ title }) => title)).toContain("sub offer_callback");
  });

  it("can be one of several", () => {
    const two = ["a", "b"]
      .map((name) => `strategy "${name}" { entry "1"  default route to group G  hangup }`)
      .join("\n");
    expect(graph(files("t", two)).groups.map(({ title }) => title)).toEqual(["strategy a", "strategy b"]);
    expect(graph(files("t", two), "b").groups.map(({ title }) => title)).toEqual(["strategy b"]);
    expect(graph(files("t", two), "c")).toEqual({ groups: [], edges: [] });
  });

  it("has no `digits` below handlers that name the keys: all others are `invalid`", () => {
    const onward = (handler: string) => {
      const menu = `collect 1 digit prompt "m" within 5s { on ${handler} { hangup } }`;
      const text = `strategy "a" { entry "1"  default route to group G  answer  ${menu}  play "x"  hangup }`;
      return graph(files("t", text)).edges.flatMap(({ label }) => label ?? []);
    };
    expect(onward('"1"')).toContain("nothing, invalid");
    expect(onward("nothing")).toContain("digits, invalid");
  });

  it("knows the place of each node", () => {
    const text = 'strategy "a" {\n  entry "1"\n  default route to group G\n  answer # now\n  hangup\n}';
    const [group] = graph(files("t", text)).groups;
    expect(places(group).map(({ range }) => text.slice(range.start, range.end))).toEqual([
      'entry "1"',
      "answer",
      "hangup",
      "default route to group G",
    ]);
  });

  it("has no words that Mermaid would take for its own", () => {
    const odd = 'end"]; %%{init: {}}%% <b>&amp; #quot; `x` \\\\ --> subgraph | { ( [';
    const text = `strategy "end" { entry "1"  default route to group end  note "${odd.replaceAll("{", "\\{").replaceAll('"', '\\"')}"  hangup }`;
    const parsed = files("t", text);
    expect(parsed[0]?.diagnostics).toEqual([]);
    expect(faults(mermaid(graph(parsed)))).toEqual([]);
  });

  it("leaves out what cannot be read", () => {
    const text =
      'strategy "a" { entry "1" default route to group G answer\n if { ply "x" } queue { at 0s }\n } sub f( { run f(';
    expect(faults(mermaid(graph(files("t", text)))).filter((fault) => !fault.startsWith("alone"))).toEqual([]);
  });
});

function places(group: ChartGroup | undefined): ChartNode[] {
  return (group?.members ?? []).flatMap((member) => ("members" in member ? places(member) : [member]));
}

describe("the checker of this test", () => {
  it.each([
    ['n1["a"b"]', "unreadable"],
    ['n1["<b>"]', "unreadable"],
    ["n1 --> n2", "unknown"],
    ['subgraph n1["a"]', "does not end"],
    ['n1["a"]', "alone"],
  ])("finds the fault of %s", (line, fault) => {
    expect(faults(`flowchart TD\n${line}\n`).join()).toContain(fault);
  });
});

import type { Chart, ChartEdge, ChartGroup, ChartNode, Shape } from "./chart.ts";

/** A chart as Mermaid flowchart text. The author's words stand in quotes, and nothing in them can end the quotes or begin a tag. */
export function mermaid({ groups, edges }: Chart): string {
  const lines = [
    "flowchart TD",
    ...groups.flatMap((group) => drawGroup(group, "  ")),
    ...edges.map((edge) => `  ${drawEdge(edge)}`),
    ...styles.map((style) => `  ${style}`),
  ];
  return `${lines.join("\n")}\n`;
}

const styles = [
  "classDef attempt stroke-width:2px",
  "classDef queue stroke-width:3px,text-align:left",
  "classDef ending stroke-dasharray:4",
];

function drawGroup({ id, title, members }: ChartGroup, lead: string): string[] {
  const inner = members.flatMap((member) =>
    "members" in member ? drawGroup(member, `${lead}  `) : [`${lead}  ${drawNode(member)}`],
  );
  return [`${lead}subgraph ${id}["${escaped(title)}"]`, ...inner, `${lead}end`];
}

const brackets: Record<Shape, [string, string]> = {
  start: ['(["', '"])'],
  step: ['["', '"]'],
  choice: ['{"', '"}'],
  loop: ['{{"', '"}}'],
  attempt: ['["', '"]:::attempt'],
  queue: ['["', '"]:::queue'],
  sub: ['[["', '"]]'],
  end: ['(["', '"]):::ending'],
};

function drawNode({ id, shape, lines }: ChartNode): string {
  const [open, close] = brackets[shape];
  return `${id}${open}${lines.map(escaped).join("<br/>")}${close}`;
}

function drawEdge({ from, to, label, aside }: ChartEdge): string {
  const arrow = aside ? "-.->" : "-->";
  return `${from} ${arrow}${label === undefined ? "" : `|"${escaped(label)}"|`} ${to}`;
}

const entities: Record<string, string> = {
  '"': "#quot;",
  "#": "#35;",
  "%": "#37;",
  "&": "#amp;",
  "<": "#lt;",
  ">": "#gt;",
  "`": "#96;",
  "\\": "#92;",
};

/** Mermaid reads `#quot;` in a text as a quote. Longer lines than anybody reads in a chart are cut. */
function escaped(text: string): string {
  const short = text.length > 90 ? `${text.slice(0, 89)}…` : text;
  return short.replace(/\p{Cc}|\p{Cs}/gu, " ").replace(/["#%&<>`\\]/g, (sign) => entities[sign] ?? "");
}

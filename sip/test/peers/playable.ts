import * as script from "./scenarios.ts";

/*
 * What SIPp plays, written shorter: `<use part="…">` is a piece of `scenarios.ts`, with other headers or another body where it holds some, and
 * `<see>` is what a message must have, or `not`.
 */

const pieces = new Map<string, unknown>(Object.entries(script));

export interface Element {
  kind: string;
  attributes: Record<string, string>;
  text: string;
}

/** Elements of these kinds, which do not stand in one another. */
export function elementsOf(text: string, kinds: string): Element[] {
  return [...text.matchAll(new RegExp(`<(${kinds})((?: [a-z]+="[^"]*")*)>([^]*?)</\\1>`, "g"))].map(
    ([, kind = "", attributes = "", inside = ""]) => ({
      kind,
      attributes: Object.fromEntries(
        [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, plain(value)]),
      ),
      text: inside,
    }),
  );
}

const plain = (text: string): string =>
  text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** As SIPp reads it. */
export function playable(text: string): string {
  let kept = 10;
  const variables: number[] = [3, 4];
  const see = (attributes: string): string => {
    variables.push(++kept);
    const check = attributes.includes(" not=") ? "check_it_inverse" : "check_it";
    const where = / header="/.test(attributes) ? 'search_in="hdr"' : 'search_in="msg"';
    return `<ereg${attributes.replace(/ (is|not)=/, " regexp=")} ${where} ${check}="true" assign_to="${kept}"/>`;
  };
  const seen = text.replace(/<see((?: [a-z]+="[^"]*")+)\/>/g, (_, attributes: string) => see(attributes));
  const whole = seen.replace(
    /<use part="(\w+)"(?: status="([^"]*)")?(?:\/>|>([^]*?)<\/use>)/g,
    (_, name: string, status = "", inside = "") => {
      const piece = pieces.get(name);
      if (typeof piece !== "string") throw new Error(`no piece \`${name}\` in scenarios.ts`);
      return withOther(piece.replaceAll("[status]", status), inside);
    },
  );
  const used = variables.filter((variable) => whole.includes(`assign_to="${variable}"`));
  // What SIPp measures in these pieces has to end where it began, and not every row has both.
  const unmeasured = whole.replace(/ (start_)?rtd="1"/g, "");
  return script.scenario(unmeasured, used.length > 0 ? `<Reference variables="${used.join(",")}"/>` : "");
}

/** A piece with what else is to be looked at, or with other headers and another body in its first message. */
function withOther(piece: string, inside: string): string {
  if (inside.includes("<ereg")) return piece.replace("</action>", `${inside}</action>`);
  const [, raw] = /<!\[CDATA\[([^]*)\]\]>/.exec(inside) ?? [];
  const other = (raw ?? plain(inside)).replace(/^[ \n]+/, "").replace(/^ +/gm, "");
  const [headers = "", body] = other.split("\n\n");
  let out = piece;
  for (const line of headers.split("\n").filter((each) => each.trim() !== "")) {
    const name = line.slice(0, line.indexOf(":") + 1);
    const old = name && out.split("\n").find((each) => each.startsWith(name));
    out = !old ? out.replace(/^Content-(Type|Length):/m, (at) => `${line}\n${at}`) : out.replace(old, () => line);
  }
  return body === undefined ? out : out.replace(/\n\n[^\n][^]*?\]\]>/, () => `\n\n${body.trimEnd()}\n]]>`);
}

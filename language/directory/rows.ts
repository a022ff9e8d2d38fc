import type { Source } from "../source.ts";
import type { Entry, ListNode, MapNode, Node, Place, Scalar } from "./node.ts";

/*
 * A large directory is mostly lines such as `otto: { extension: "6177", skills: { billing: 7 } }`, and the YAML reader takes a
 * microsecond and a half for each of their letters: for ten thousand agents a second. The plain ones are read here and taken out of
 * the text; all others, and all that is between them, are left to it. A test holds that both ways give the same.
 */

/** A text without its rows, each of which has left `""` and blanks in its place; what stood there, by where it began. */
export interface Rows {
  text: string;
  values: ReadonlyMap<number, MapNode>;
}

/** Smaller texts are read in no time. */
export const worthwhile = 50_000;

/** Rows of a text of at least `from` characters. */
export function takeRows({ path, text }: Source, from: number): Rows {
  const values = new Map<number, MapNode>();
  if (text.length < from || mayRunOn.test(text)) return { text, values };
  const parts: string[] = [];
  let kept = 0;
  for (const { 0: head, index } of text.matchAll(/^ *[\w.-]+: (?=\{)/gm)) {
    const start = index + head.length;
    const row = new Row(path, text, start).whole();
    if (!row) continue;
    values.set(start, row);
    const { end } = row.place.range;
    parts.push(text.slice(kept, start), '""', " ".repeat(end - start - 2));
    kept = end;
  }
  const rest = parts.join("") + text.slice(kept);
  return runsOn(rest) ? { text, values: new Map() } : { text: rest, values };
}

/** A text over several lines begins here: its lines are no rows, whatever they look like. */
const mayRunOn = /[|>][-+0-9]{0,2}[ \t]*(?:#.*)?\r?$/m;

/** Quotes that do not pair within their line, so that the next ones may stand in them. */
function runsOn(text: string): boolean {
  return text.split("\n").some((line) => {
    const [said = ""] = line.split(/(?:^|\s)#/, 1);
    return said.split('"').length % 2 === 0 || said.split("'").length % 2 === 0;
  });
}

const named = /([A-Za-z_][\w.-]*): +/y;
const quoted = /"([^"\\\n]*)"/y;
const plain = /[A-Za-z0-9_+*/.-]+(?: [A-Za-z0-9_+*/.-]+)*/y;
/** What YAML reads as a text, and what as a number; of all others the reader knows more. */
const isText = /^[A-Za-z_][\w./-]*(?: [\w./-]+)*$|^\d+(?:ms|[smhd])$/;
const isNumber = /^(?:0|-?[1-9]\d{0,14})$/;
const isNeither = /^(?:null|true|false)$/i;

/** One value in braces on its line. Whatever is not plain there makes it none. */
class Row {
  private readonly path: string;
  private readonly text: string;
  private at: number;

  constructor(path: string, text: string, at: number) {
    this.path = path;
    this.text = text;
    this.at = at;
  }

  whole(): MapNode | undefined {
    const map = this.map(0);
    const endsLine =
      this.at >= this.text.length || this.text[this.at] === "\n" || this.text.startsWith("\r\n", this.at);
    return endsLine ? map : undefined;
  }

  private node(depth: number): Node | undefined {
    const sign = this.text[this.at];
    if (sign === "{") return this.map(depth + 1);
    return sign === "[" ? this.list(depth + 1) : this.scalar();
  }

  private map(depth: number): MapNode | undefined {
    const entries: Entry[] = [];
    const place = this.items("}", depth, () => {
      const keyAt = this.at;
      const key = this.take(named)?.[1];
      if (key === undefined || isNeither.test(key) || entries.some((entry) => entry.key === key)) return false;
      const value = this.node(depth);
      if (value) entries.push({ key, keyPlace: this.place(keyAt, keyAt + key.length), value });
      return value !== undefined;
    });
    return place && { kind: "map", place, entries };
  }

  private list(depth: number): ListNode | undefined {
    const items: Node[] = [];
    const place = this.items("]", depth, () => {
      const item = this.node(depth);
      if (item) items.push(item);
      return item !== undefined;
    });
    return place && { kind: "list", place, items };
  }

  /** From the bracket that opens to the one that closes; `read` takes each item and says whether it could. */
  private items(closing: string, depth: number, read: () => boolean): Place | undefined {
    const start = this.at++;
    this.blanks();
    if (depth > 8) return undefined;
    while (this.text[this.at] !== closing) {
      if (!read()) return undefined;
      this.blanks();
      if (this.text[this.at] === ",") {
        this.at++;
        this.blanks();
      } else if (this.text[this.at] !== closing) return undefined;
    }
    this.at++;
    return this.place(start, this.at);
  }

  private scalar(): Scalar | undefined {
    const start = this.at;
    const inside = this.take(quoted)?.[1];
    if (inside !== undefined) return this.made(start, inside, inside);
    const written = this.take(plain)?.[0] ?? "";
    if (isNumber.test(written)) return this.made(start, Number(written), written);
    return isText.test(written) && !isNeither.test(written) ? this.made(start, written, written) : undefined;
  }

  private made(start: number, value: string | number, written: string): Scalar {
    return { kind: "scalar", place: this.place(start, this.at), value, written };
  }

  private take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text) ?? undefined;
    if (found) this.at += found[0].length;
    return found;
  }

  private blanks(): void {
    while (this.text[this.at] === " ") this.at++;
  }

  private place(start: number, end: number): Place {
    return { path: this.path, range: { start, end } };
  }
}

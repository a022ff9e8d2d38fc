/*
 * What of VoiceXML a media server needs for a question: it fetches the document, finds out what is asked, and submits what was pressed. It
 * takes nothing that is not well-formed.
 */

interface Tag {
  name: string;
  attributes: Record<string, string>;
  inner: Tag[];
  text: string;
}

/** As the document asks it. Times as they are written. */
export interface Asked {
  /** Each stands in for the one before it. */
  audio: string[];
  language?: string;
  timeout?: string;
  properties: Record<string, string>;
  /** The fewest and the most keys, and which. */
  repeat: string;
  keys: string;
  /** Submits as the document says it after these keys; without any, as where nothing was pressed. → status of the answer */
  press(keys: string): Promise<number>;
}

export async function fetchQuestion(url: string): Promise<Asked> {
  const answer = await fetch(url);
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
  const type = answer.headers.get("content-type") ?? "";
  if (!type.startsWith("application/voicexml+xml")) throw new Error(`no VoiceXML but ${type}`);
  const document = parseXml(await answer.text());
  const field = one(document, "field");
  const items = all(one(document, "one-of"), "item");
  const [audio] = all(document, "audio");
  return {
    audio: audio ? [audio, ...all(audio, "audio")].map(({ attributes }) => attributes["src"] ?? "") : [],
    language: document.attributes["xml:lang"],
    timeout: one(field, "prompt").attributes["timeout"],
    properties: Object.fromEntries(
      all(document, "property").map(({ attributes: { name = "", value = "" } }) => [name, value]),
    ),
    repeat: all(document, "item").find(({ attributes }) => attributes["repeat"])?.attributes["repeat"] ?? "",
    keys: items.map(({ text }) => text).join(""),
    async press(keys) {
      const says =
        keys === ""
          ? all(field, "catch").find(({ attributes }) => attributes["event"]?.includes("noinput"))
          : one(field, "filled");
      const { next = "", namelist = "", method = "" } = (says ? one(says, "submit") : document).attributes;
      const body = new URLSearchParams({ [namelist]: keys });
      return (await fetch(new URL(next, url), { method, body })).status;
    },
  };
}

const all = (tag: Tag, name: string): Tag[] =>
  tag.inner.flatMap((inner) => (inner.name === name ? [inner, ...all(inner, name)] : all(inner, name)));

function one(tag: Tag, name: string): Tag {
  const [found] = all(tag, name);
  if (!found) throw new Error(`no <${name}> in <${tag.name}>`);
  return found;
}

const TAG = /<(\/?)([a-z-]+)((?: [a-zA-Z:-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;

function parseXml(text: string): Tag {
  const top: Tag = { name: "", attributes: {}, inner: [], text: "" };
  const open = [top];
  TAG.lastIndex = text.startsWith("<?xml") ? text.indexOf("?>") + 2 : 0;
  while (TAG.lastIndex < text.length) {
    const at = TAG.lastIndex;
    const [, ends, name = "", attributes = "", empty, words] = TAG.exec(text) ?? [];
    const last = open.at(-1);
    if (!last || (name === "" && words === undefined)) throw new Error(`no XML: ${text.slice(at, at + 40)}`);
    if (words !== undefined) last.text += words.trim();
    else if (ends) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> ends nothing`);
    } else {
      const pairs = [...attributes.matchAll(/([a-zA-Z:-]+)="([^"]*)"/g)].map(([, key, value]) => [
        key,
        unescaped(value),
      ]);
      const tag: Tag = { name, attributes: Object.fromEntries(pairs), inner: [], text: "" };
      last.inner.push(tag);
      if (!empty) open.push(tag);
    }
  }
  const [root] = top.inner;
  if (open.length !== 1 || !root) throw new Error("the document does not end");
  return root;
}

function unescaped(value = ""): string {
  return value.replaceAll(/&(\w+);?/g, (whole, name: string) => {
    const sign = { amp: "&", lt: "<", quot: '"' }[name];
    if (sign === undefined) throw new Error(`no XML: ${whole}`);
    return sign;
  });
}

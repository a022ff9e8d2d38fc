/** What a caller is asked, and how long he has for the first key and for each other. Times in ms. */
export interface Question {
  /** Of the prompt: the first of them that is there. */
  urls: readonly string[];
  language: string;
  atMost: number;
  endedBy?: string;
  firstMs: number;
  withinMs: number;
}

/** After its prompt a question takes no longer, in ms. */
export const answeredWithinMs = ({ atMost, firstMs, withinMs }: Question): number => firstMs + atMost * withinMs;

/** The question in VoiceXML 2.0; what is pressed goes as a form to `url`, and, where that fails, with the BYE. */
export function questionDocument(
  { urls, language, atMost, endedBy = "", firstMs, withinMs }: Question,
  url: string,
): string {
  const audio = urls.toReversed().reduce((inner, one) => `<audio src="${attribute(one)}">${inner}</audio>`, "");
  const keys = "0123456789*#".split("").filter((key) => key !== endedBy);
  const submit = `<submit next="${attribute(url)}" method="post" namelist="digits"/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml" xml:lang="${attribute(language)}">`,
    '<property name="inputmodes" value="dtmf"/>',
    `<property name="termchar" value="${attribute(endedBy)}"/>`,
    '<property name="termtimeout" value="0s"/>',
    `<property name="interdigittimeout" value="${withinMs}ms"/>`,
    "<form>",
    '<field name="digits" modal="true">',
    '<grammar xmlns="http://www.w3.org/2001/06/grammar" version="1.0" mode="dtmf" root="keys">',
    `<rule id="keys" scope="public"><item repeat="1-${atMost}"><ruleref uri="#key"/></item></rule>`,
    `<rule id="key"><one-of>${keys.map((key) => `<item>${key}</item>`).join("")}</one-of></rule>`,
    "</grammar>",
    `<prompt bargein="true" timeout="${firstMs}ms">${audio}</prompt>`,
    `<catch event="noinput nomatch"><assign name="digits" expr="''"/>${submit}</catch>`,
    '<catch event="error.badfetch"><exit namelist="digits"/></catch>',
    `<filled>${submit}</filled>`,
    "</field>",
    "</form>",
    "</vxml>",
    "",
  ].join("\n");
}

/** A tone, then whatever is said until a key, the caller's going or `mostMs`; it goes to `url`. */
export function recordingDocument({ mostMs, language }: { mostMs: number; language: string }, url: string): string {
  const submit = `<submit next="${attribute(url)}" method="post" enctype="multipart/form-data" namelist="message"/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<vxml version="2.0" xmlns="http://www.w3.org/2001/vxml" xml:lang="${attribute(language)}">`,
    `<property name="timeout" value="${mostMs}ms"/>`,
    "<form>",
    `<record name="message" beep="true" dtmfterm="true" maxtime="${mostMs}ms" type="audio/x-wav">`,
    `<catch event="connection.disconnect.hangup telephone.disconnect.hangup">${submit}</catch>`,
    `<filled>${submit}</filled>`,
    "</record>",
    "</form>",
    "</vxml>",
    "",
  ].join("\n");
}

/** The keys in a form (`digits=1234`) or JSON (`{"digits":"1234"}`); undefined where it tells none, as before anything was pressed. */
export function keysIn(said: string | URLSearchParams): string | undefined {
  const keys = typeof said === "string" ? digitsIn(said.slice(0, 1000)) : said.get("digits");
  const bare = keys?.replaceAll(/\s/g, ""); // some write the words of a grammar apart
  return bare !== undefined && /^[0-9*#A-D]*$/.test(bare) ? bare : undefined;
}

function digitsIn(text: string): string | undefined {
  if (!/^\s*\{/.test(text)) return new URLSearchParams(text.trim()).get("digits") ?? undefined;
  try {
    const said: { digits?: unknown } = JSON.parse(text);
    return typeof said.digits === "string" ? said.digits : undefined;
  } catch {
    return undefined;
  }
}

function attribute(text: string): string {
  return text.replaceAll(/[&<"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", '"': "&quot;" })[sign] ?? "");
}

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Message } from "vscode-languageserver/node.js";
import { type Diagnostic, makeSource } from "../../language/index.ts";
import { gate, refused } from "../lsp/gate.ts";
import { diagnosticsOf } from "../lsp/shapes.ts";
import { folder } from "./command.ts";
import { type Editor, editor, uriOf } from "./editor.ts";

const directory = `directory: 1
site: { name: s, zone: Europe/Madrid, country: ES, languages: [en] }
groups: { Sales: { members: [ana] } }
agents: { ana: { name: Ana, extension: "5100" } }
`;

const main = `use "lib/crm.strategy"
strategy "main" {
  entry "5000"
  default route to group Sales
  answer
  let who = run customer(call.from)
  note "{who}"
  queue Q {
    at 0s group Sales
    give up after 5m
  }
  hangup
}
test "one" for "main" {
  call A from "+34600000001" to "5000" at 0s
  expect A ends hung_up
}
`;

const library = "sub customer(phone) { return phone }\n";

const site = folder({ "directory.yaml": directory, "main.strategy": main });
mkdirSync(join(site.path, "lib"));
mkdirSync(join(site.path, "prompts"));
writeFileSync(join(site.path, "lib/crm.strategy"), library);
const uri = uriOf(site.path, "main.strategy");
const document = { textDocument: { uri } };

let one: Editor;

beforeAll(async () => {
  one = await editor(site.path);
  await one.tell("textDocument/didOpen", { textDocument: { uri, languageId: "strategy", version: 1, text: main } });
});

afterAll(async () => {
  expect(await one.close()).toBe(0);
  site.remove();
});

/** Where the first `before` of the text ends, as the protocol counts. */
function at(before: string, text = main): { line: number; character: number } {
  const lines = text.slice(0, text.indexOf(before) + before.length).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

let version = 1;

/** Replaces the first `old` in the text that the editor has, and puts it back after `during`. */
async function changed<T>(old: string, put: string, during: () => Promise<T>): Promise<T> {
  const start = at(main.slice(0, main.indexOf(old)));
  const change = (from: string, text: string): Promise<void> => {
    const lines = from.split("\n");
    const end = {
      line: start.line + lines.length - 1,
      character: lines.length === 1 ? start.character + from.length : (lines.at(-1)?.length ?? 0),
    };
    const textDocument = { uri, version: ++version };
    return one.tell("textDocument/didChange", { textDocument, contentChanges: [{ range: { start, end }, text }] });
  };
  await change(old, put);
  const result = await during();
  await change(put, old);
  return result;
}

interface Item {
  label: string;
  textEdit: { newText: string };
}

describe("an editor", () => {
  it("is told what is wrong, in every file of the site", async () => {
    expect(await one.told(uri)).toEqual([]);
    const codes = await changed("group Sales\n  answer", "group Sals\n  answer", () =>
      one.told(uri, (found) => found.length > 0),
    );
    expect(codes).toEqual(["S201"]);
    expect(await one.told(uri, (found) => found.length === 0)).toEqual([]);
  });

  it("gets suggestions in half-typed text", async () => {
    const items = await changed("hangup", "ring agent ", async () => {
      return one.ask<{ items: Item[] }>("textDocument/completion", {
        ...document,
        position: { line: 11, character: 13 },
      });
    });
    expect(items.items.map(({ label }) => label)).toEqual(["ana"]);
  });

  it("counts columns in UTF-16 units, and lines by any line end", async () => {
    const odd = `# 😀 é\r\nstrategy "😀" {\r\n  entry "1"\r\n  default route to group \r\n}\r\n`;
    const other = uriOf(site.path, "odd.strategy");
    await one.tell("textDocument/didOpen", {
      textDocument: { uri: other, languageId: "strategy", version: 1, text: odd },
    });
    const position = { line: 3, character: "  default route to group ".length };
    const { items } = await one.ask<{ items: Item[] }>("textDocument/completion", {
      textDocument: { uri: other },
      position,
    });
    expect(items.map(({ label }) => label)).toContain("Sales");
    await one.tell("textDocument/didClose", { textDocument: { uri: other } });
  });

  it("jumps into other files and into the directory", async () => {
    const to = async (before: string): Promise<string[]> => {
      const found = await one.ask<{ uri: string; range: { start: { line: number } } }[]>("textDocument/definition", {
        ...document,
        position: at(before),
      });
      return found.map((place) => `${place.uri.slice(place.uri.lastIndexOf("/") + 1)}:${place.range.start.line}`);
    };
    expect(await to("run cus")).toEqual(["crm.strategy:0"]);
    expect(await to("route to group Sal")).toEqual(["directory.yaml:2"]);
    expect(await to('note "{wh')).toEqual(["main.strategy:5"]);
  });

  it("renames across files, and is told why not", async () => {
    const position = at("run cus");
    const { changes } = await one.ask<{ changes: Record<string, object[]> }>("textDocument/rename", {
      ...document,
      position,
      newName: "lookup",
    });
    expect(
      Object.entries(changes).map(([file, edits]) => `${file.slice(file.lastIndexOf("/") + 1)} ${edits.length}`),
    ).toEqual(["main.strategy 1", "crm.strategy 1"]);
    await expect(one.ask("textDocument/rename", { ...document, position, newName: "group" })).rejects.toThrow(
      "`group` is a word of the language",
    );
    await expect(one.ask("textDocument/prepareRename", { ...document, position: at("group Sal") })).rejects.toThrow(
      "rename it in the directory",
    );
  });

  it.each([
    ["hover", { position: at("run cus") }, /sub customer\(phone\)/],
    ["signatureHelp", { position: at("run customer(") }, /"label":"customer\(phone\)"/],
    ["references", { position: at("let wh"), context: { includeDeclaration: false } }, /"line":6/],
    ["documentHighlight", { position: at("let wh") }, /"line":5.*"line":6/],
    ["documentSymbol", {}, /"name":"queue Q"/],
    ["foldingRange", {}, /"startLine":1,"endLine":11/],
    ["selectionRange", { positions: [at("let wh")] }, /"parent":\{"range".*"parent"/],
    ["semanticTokens/full", {}, /"data":\[0,0,3,0,0/],
    ["inlayHint", { range: { start: at(""), end: at("hangup") } }, /not answered:/],
    ["codeLens", {}, /cordboard\.test/],
    ["formatting", { options: { tabSize: 2, insertSpaces: true } }, /^\[\]$/],
    [
      "codeAction",
      { range: { start: at("queue Q"), end: at("queue Q") }, context: { diagnostics: [] } },
      /handle `give_up`, `nobody`/,
    ],
  ])("asks for %s", async (method, params, wanted) => {
    expect(JSON.stringify(await one.ask(`textDocument/${method}`, { ...document, ...params }))).toMatch(wanted);
  });

  it("finds items by name, in all files", async () => {
    const found = await one.ask<{ name: string }[]>("workspace/symbol", { query: "cust" });
    expect(found.map(({ name }) => name)).toEqual(["customer"]);
  });

  it("hears of files that change on disk", async () => {
    const file = join(site.path, "directory.yaml");
    writeFileSync(file, directory.replace("Sales", "Selling"));
    await one.tell("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(file), type: 2 }] });
    expect(await one.told(uri, (found) => found.length > 0)).toContain("S201");
    writeFileSync(file, directory);
    await one.tell("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(file), type: 2 }] });
    expect(await one.told(uri, (found) => found.length === 0)).toEqual([]);
    const prompt = join(site.path, "prompts/welcome.wav");
    writeFileSync(prompt, "");
    await one.tell("workspace/didChangeWatchedFiles", { changes: [{ uri: uriOf(prompt), type: 1 }] });
    const items = await changed("hangup", 'play "', async () => {
      return one.ask<{ items: Item[] }>("textDocument/completion", {
        ...document,
        position: { line: 11, character: 8 },
      });
    });
    expect(items.items.map(({ label }) => label)).toEqual(["welcome"]);
    rmSync(prompt);
  });

  it("has a document that no file holds yet", async () => {
    const untitled = "untitled:Untitled-1";
    const text = 'strategy "new" {\n  entry "6000"\n  default route to group Sale\n}\n';
    await one.tell("textDocument/didOpen", {
      textDocument: { uri: untitled, languageId: "strategy", version: 1, text },
    });
    expect(await one.told(untitled)).toContain("S201");
    await one.tell("textDocument/didClose", { textDocument: { uri: untitled } });
    expect(await one.told(untitled, (found) => found.length === 0)).toEqual([]);
  });
});

describe("what the protocol refuses", () => {
  const nowhere = { textDocument: { uri: "file:///%E0%A4%A" }, position: { line: 0, character: 0 } };
  it.each([
    ["hover", nowhere, /uri/],
    ["hover", document, /needs `position`/],
    ["completion", { ...document, position: { line: -5, character: 0 } }, /needs `position`/],
    ["completion", { textDocument: {} }, /uri/],
    ["rename", { ...document, position: at("let wh") }, /needs `newName`/],
    ["codeAction", { ...document, range: { start: at("let") } }, /needs `range`/],
    ["selectionRange", { ...document, positions: [1] }, /needs `positions`/],
  ])("is %s of %j", async (method, params, message) => {
    const before = one.log.length;
    const asked = one.ask(`textDocument/${method}`, params);
    await expect(asked).rejects.toMatchObject({ code: -32602, message: expect.stringMatching(message) });
    expect(one.log.slice(before)).toEqual([]);
  });

  it("is what cannot be opened", async () => {
    const before = one.log.length;
    await one.tell("textDocument/didOpen", { textDocument: { uri: "file:///%E0%A4%A", text: "x" } });
    expect(await one.ask("textDocument/documentSymbol", document)).not.toEqual([]);
    expect(one.log.slice(before)).toEqual([]);
  });

  it("is what comes at the wrong time", () => {
    const shown = (messages: readonly (readonly [string, object?])[]): unknown[] => {
      const { handleMessage } = gate();
      return messages.map(([method, params], id) => {
        let passed: unknown;
        handleMessage({ jsonrpc: "2.0", id, method, params } as Message, (message) => (passed = message));
        return passed;
      });
    };
    expect(
      shown([["shutdown"], ["initialize", {}], ["initialize", {}], ["shutdown"], ["workspace/symbol"]]),
    ).toMatchObject([
      { method: refused, params: { code: -32002 } },
      { method: "initialize" },
      { method: refused, params: { code: -32600 } },
      { method: "shutdown" },
      { method: refused, params: { code: -32600 } },
    ]);
  });
});

it("no text shows more than 500 findings, and the last one says how many more", () => {
  const source = makeSource("a", "x".repeat(700));
  const finding = (start: number): Diagnostic => {
    const severity = start === 699 ? "error" : "warning";
    return { code: "S402", severity, message: `${start}`, path: "a", range: { start, end: start + 1 } };
  };
  const found = Array.from({ length: 700 }, (_, start) => finding(start));
  const shown = diagnosticsOf(found, source, () => undefined).map(({ message }) => message);
  expect([shown.length, shown[0], shown[1], shown.at(-1)]).toEqual([501, "699", "0", "and 200 more"]);
});

describe("a session goes on", () => {
  it("after questions that were called off", async () => {
    const ids = Array.from({ length: 30 }, (_, nth) => 9000 + nth);
    const ask = ids.map((id) => ({ jsonrpc: "2.0", id, method: "textDocument/documentSymbol", params: document }));
    const cancel = ids.slice(5).map((id) => ({ jsonrpc: "2.0", method: "$/cancelRequest", params: { id } }));
    one.raw([...ask, ...cancel].map(framed).join(""));
    expect(await one.ask("textDocument/documentSymbol", document)).not.toEqual([]);
  });

  it.each([
    ["a message that is no JSON", "{ not json"],
    [
      "a question of a kind that nobody knows",
      JSON.stringify({ jsonrpc: "2.0", id: 8001, method: "textDocument/nothing", params: {} }),
    ],
    [
      "a question about a document that is not open",
      JSON.stringify({
        jsonrpc: "2.0",
        id: 8002,
        method: "textDocument/hover",
        params: { textDocument: { uri: "file:///nowhere/x.strategy" }, position: { line: 0, character: 0 } },
      }),
    ],
    [
      "a question without what it needs",
      JSON.stringify({ jsonrpc: "2.0", id: 8003, method: "textDocument/completion", params: { textDocument: {} } }),
    ],
    [
      "a question about a place that is none",
      JSON.stringify({
        jsonrpc: "2.0",
        id: 8004,
        method: "textDocument/completion",
        params: { ...document, position: { line: -5, character: 1e9 } },
      }),
    ],
    [
      "a URI that is none",
      JSON.stringify({
        jsonrpc: "2.0",
        method: "textDocument/didOpen",
        params: { textDocument: { uri: "file:", languageId: "strategy", version: 1, text: "x" } },
      }),
    ],
    ["no message at all", "[]"],
  ])("after %s", async (_, message) => {
    one.raw(`Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`);
    expect(await one.ask("textDocument/documentSymbol", document)).not.toEqual([]);
    expect(one.process.exitCode).toBeNull();
  });

  it("ends with an editor that is gone, and the next one finds everything", async () => {
    one.process.stdin?.end();
    expect(await one.ended).toBe(1);
    one = await editor(site.path);
    await one.tell("textDocument/didOpen", { textDocument: { uri, languageId: "strategy", version: 1, text: main } });
    expect(await one.told(uri)).toEqual([]);
  }, 60_000);
});

function framed(message: object): string {
  const text = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

import type { Site, TextFile, Work } from "../model.ts";
import { notify } from "../notices.tsx";
import { change, current } from "../store.ts";
import { limits, wrongName } from "./limits.ts";
import { show } from "./opening.ts";
import { readWork, workData } from "./reading.ts";
import { setAside } from "./saved.ts";

/** Takes files that a person picked: a work as we export it, or texts, which join those on the page. */
export async function takeFiles(picked: readonly File[]): Promise<void> {
  const tooLarge = picked.find(({ size }) => size > limits.unpacked);
  if (tooLarge) return refuse(`“${tooLarge.name}” is too large: at most ${limits.unpacked / 1e6} MB are taken`);
  const texts: TextFile[] = [];
  for (const file of picked) {
    const text = await textOf(file);
    if (text === undefined) return refuse(`“${file.name}” is no text, or none in UTF-8`);
    texts.push({ path: file.name, text });
  }
  const whole = texts.find(({ path }) => path.endsWith(".json"));
  const read = whole
    ? readExport(whole)
    : readWork({ ...joined(texts), open: (texts.find(({ path }) => path.endsWith(".strategy")) ?? texts[0])?.path });
  if ("refused" in read) return refuse(read.refused);
  setAside();
  if (whole || isSite(texts)) show(read);
  else change((page) => void Object.assign(page, { site: read.site, open: read.open }));
  notify(`Imported ${texts.map(({ path }) => path).join(", ")}.`);
}

const refuse = (why: string): void => notify(`Nothing was imported: ${why}.`, "bad");

/** Undefined where it is none: recordings, tables and what is written in other encodings. */
async function textOf(file: File): Promise<string | undefined> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return undefined;
  }
}

/** With a directory comes another site, of whose prompts nobody knows. */
const isSite = (texts: readonly TextFile[]): boolean => texts.some(({ path }) => path === "directory.yaml");

/** Else the texts join those on the page, and take the place of their namesakes. */
function joined(texts: readonly TextFile[]): Partial<Site> {
  if (isSite(texts)) return { files: [...texts] };
  const { files, prompts } = current().site;
  return { files: [...files.filter(({ path }) => !texts.some((one) => one.path === path)), ...texts], prompts };
}

function readExport({ path, text }: TextFile): Work | { refused: string } {
  try {
    return readWork(JSON.parse(text));
  } catch {
    return { refused: `“${path}” is not JSON` };
  }
}

export function exportAll(): void {
  download("cordboard.json", `${JSON.stringify(workData(current()), null, 2)}\n`);
}

export function exportFile({ path, text }: TextFile): void {
  download(path.slice(path.lastIndexOf("/") + 1), text);
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A change of the files by their tabs. Each returns why it cannot be made, or makes it. */
export const edits = {
  add(path: string): string | undefined {
    const wrong = wrongName(path, paths());
    if (wrong === undefined)
      change((page) => {
        page.site.files.push({ path, text: "" });
        page.open = path;
      });
    return wrong;
  },
  rename(before: string, path: string): string | undefined {
    const wrong = path === before ? undefined : wrongName(path, paths());
    if (wrong === undefined)
      change((page) => {
        const file = page.site.files.find((one) => one.path === before);
        if (file) file.path = path;
        if (page.open === before) page.open = path;
      });
    return wrong;
  },
  remove(path: string): void {
    change((page) => {
      const at = page.site.files.findIndex((one) => one.path === path);
      page.site.files.splice(at, 1);
      page.open = (page.site.files[at] ?? page.site.files.at(-1))?.path ?? "";
    });
  },
};

const paths = (): string[] => current().site.files.map(({ path }) => path);

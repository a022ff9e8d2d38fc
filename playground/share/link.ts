import type { Work } from "../model.ts";
import { limits } from "./limits.ts";
import { readWork, workData } from "./reading.ts";

/*
 * A work in the part of an address that no browser sends to a server: `#v1/`, then JSON, deflated, in base64url.
 * It is unpacked piece by piece, so that a small link cannot become a large text.
 */

const mark = "#v1/";

export const isLink = (hash: string): boolean => hash.startsWith(mark);

export async function packed(work: Work): Promise<string> {
  const plain = new Blob([JSON.stringify(workData(work))]).stream();
  const deflated = await new Response(plain.pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer();
  return mark + base64url(new Uint8Array(deflated));
}

export async function unpacked(hash: string): Promise<Work | { refused: string }> {
  if (hash.length > limits.link) return { refused: `it is longer than ${limits.link} characters` };
  try {
    const text = await inflated(bytesOf(hash.slice(mark.length)));
    return text === undefined ? { refused: "it holds more than anybody writes" } : readWork(JSON.parse(text));
  } catch {
    return { refused: "it is damaged, perhaps cut off on its way" };
  }
}

/** Undefined where there is more of it than we take. */
async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > limits.unpacked) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(part.value, { stream: true });
  }
  return text + decoder.decode();
}

/** RFC 4648, section 5, without padding. */
function base64url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

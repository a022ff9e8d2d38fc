/** For a part of a path; half a character, which nothing can write, becomes the sign for that. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"));
}

/** UTF-8 bytes. */
export function hexOf(text: string): string {
  const escaped = percentEncoded(text);
  return escaped.replace(/%(..)|(.)/g, (_all, hex: string | undefined, char: string | undefined) =>
    (hex ?? (char ?? "").charCodeAt(0).toString(16).padStart(2, "0")).toLowerCase(),
  );
}

/** undefined where the bytes are no UTF-8. */
export function textOfHex(hex: string): string | undefined {
  try {
    return decodeURIComponent(hex.replace(/../g, "%$&"));
  } catch {
    return undefined;
  }
}

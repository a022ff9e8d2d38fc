/* What stands between the quotes of a text. */

/** A run of characters as they are heard or shown, or the place of a `{…}` part; offsets count from the opening quote. */
export type Piece = { is: "run"; text: string } | { is: "part"; start: number; end: number };

/** Splits a text, given with its quotes. `strange` are the offsets of backslashes that escape nothing. */
export function split(image: string): { pieces: Piece[]; strange: number[] } {
  const pieces: Piece[] = [];
  const strange: number[] = [];
  const last = image.length > 1 && image.endsWith('"') ? image.length - 1 : image.length;
  let run = "";
  let at = 1;
  const endRun = (): void => {
    if (run !== "") pieces.push({ is: "run", text: run });
    run = "";
  };
  while (at < last) {
    const char = image.charAt(at);
    if (char === "\\" && at + 1 < last) {
      const escaped = image.charAt(at + 1);
      if (!'{}"\\'.includes(escaped)) strange.push(at);
      run += escaped;
      at += 2;
    } else if (char === "{") {
      const close = image.indexOf("}", at);
      if (close === -1) return { pieces: [], strange };
      endRun();
      pieces.push({ is: "part", start: at + 1, end: close });
      at = close + 1;
    } else {
      run += char;
      at += 1;
    }
  }
  endRun();
  return { pieces, strange };
}

/** A text without parts, as it reads. */
export function plain(image: string): string {
  return split(image)
    .pieces.map((piece) => (piece.is === "run" ? piece.text : ""))
    .join("");
}

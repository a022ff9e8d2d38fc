/*
 * Files in other encodings. Whoever reads a file as UTF-8 gets U+FFFD for bytes that are none, and U+0000 between the letters of
 * UTF-16. Neither is ever meant, and a formatter that wrote it back would destroy what the author had.
 */

/** Where a text begins not to be one; -1 where it is. */
export function misreadAt(text: string): number {
  return text.search(/[\0\uFFFD]/);
}

export const misread = {
  message: "this file is not text in UTF-8: from here on it cannot be read",
  hint: "save it as UTF-8; spreadsheets call it “CSV UTF-8”",
};

/** The part of the run that is shown; milliseconds since it began. */
export interface Window {
  from: number;
  to: number;
}

/** All of the run, or so much of it around the cursor. */
export function windowOf(span: number, at: number, until: number): Window {
  if (span >= until) return { from: 0, to: until };
  const from = Math.min(Math.max(0, at - span / 2), until - span);
  return { from, to: from + span };
}

/** Where an instant is in it, in percent. */
export const share = (at: number, { from, to }: Window): number => ((at - from) / (to - from)) * 100;

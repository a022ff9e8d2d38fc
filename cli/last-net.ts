/**
 * What is thrown where nobody catches it, in a callback of a library or in work that nobody waits for, concerns one call, and hundreds of others
 * must not die of it. The engine's state is whole: its host catches what it throws. Returns how to take the net away.
 */
export function outliveDefects(tell: (defect: unknown) => void): () => void {
  process.on("uncaughtException", tell); // a rejection that nobody handles is one too
  return () => void process.off("uncaughtException", tell);
}

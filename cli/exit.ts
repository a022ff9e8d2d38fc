/** Exit codes; scripts rely on them. */
export const exit = {
  ok: 0,
  /** Findings, a failed test, unformatted files. */
  failed: 1,
  /** Wrong usage or configuration, or `run` could not start. */
  usage: 2,
  /** A defect of ours. */
  defect: 70,
} as const;

/** Ends the command with exit code 2 and one message, without a stack. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** By its name: the built commands and the built `run` each hold this class for themselves. */
export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === "UsageError";
}

/** What the system refuses, in words. */
const refusals: Partial<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "it is not allowed",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is no folder",
};

/** What went wrong, without its stack. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const path = "path" in error && "code" in error;
  return (path ? refusals[String(error.code)] : undefined) ?? error.message;
}

/** What the system refuses at start is a matter of configuration, all else a defect of ours. */
export function startError(error: unknown): unknown {
  const text = reason(error);
  const code = /\bE[A-Z]{3,}\b/.exec(
    error instanceof Error && "code" in error ? `${String(error.code)} ${text}` : text,
  )?.[0];
  if (code === "EADDRINUSE") {
    return new UsageError(
      `a port is taken by another program (${text}); choose others with --sip and --http; port 0 takes a free one`,
    );
  }
  const configured = [
    "EADDRNOTAVAIL",
    "EACCES",
    "ENOENT",
    "ENOTDIR",
    "EISDIR",
    "ECONNREFUSED",
    "ENOSPC",
    "EROFS",
    "EEXIST",
  ];
  const whole = error instanceof Error ? error.message : text;
  return (code && configured.includes(code)) || text.startsWith("no RTP port") ? new UsageError(whole) : error;
}
